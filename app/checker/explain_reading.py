"""A claim and a source read together: what each has and the other lacks, and how a place is widened to a phrase that can be quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pincite.app.claims import ReasonKind

from . import explain_wording as vocabulary
from .rules.reading import Reading, Word, alike, read

Span = tuple[int, int]
PUNCTUATION = re.compile(r"[.;:,()\[\]]|--|—")
CLAUSE = re.compile(r"[.;,:]")
BRIDGE = 9
"""Characters between two words that still stand together."""
MOST_RUNS = 12
_RUN_WORDS = 5
_COUNTERPART = 0.4
"""How alike the surroundings must be for two places to be shown as each other's alternative."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign: its name, the kind that it speaks for, and its places. ``source`` is None where the source has nothing of the kind."""

    name: str
    kind: ReasonKind
    claim: Span
    source: Span | None = None
    quotable: bool = True
    """Whether the two places, shown side by side, would tell a reader the difference. If not, the sign only counts."""
    words: int = 1
    """How many content words of the claim a guess is about."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a source, read, with what each has and the other lacks: runs of words, in order."""

    claim: Reading
    source: Reading
    missing: tuple[Span, ...]
    extra: tuple[Span, ...]
    share: float
    """Of the claim's content words, those that the source has, 0 to 1."""


def pair(claim: str, source: str) -> Pair:
    """Read a claim and a source together."""
    mine, theirs = read(claim), read(source)
    lacking, others = _lacking(mine, theirs), _lacking(theirs, mine)
    share = 1 - len(lacking) / (len(mine.words) or 1)
    return Pair(mine, theirs, _runs(mine, lacking), _runs(theirs, others), share)


def within(reading: Reading, span: Span) -> list[Word]:
    """The content words of a place."""
    return [w for w in reading.words if w.start >= span[0] and w.end <= span[1]]


def _lacking(mine: Reading, theirs: Reading) -> list[Word]:
    """The content words that the other text has in no form: not by stem, by its first letters, or as an abbreviation."""
    starts = {w.stem[:5] for w in theirs.words}
    initials = "".join(theirs.text[w.start].lower() for w in theirs.words)
    own = "".join(mine.text[w.start].lower() for w in mine.words)
    shortened = {theirs.text[w.start : w.end].lower() for w in theirs.words if theirs.text[w.start : w.end].isupper()}
    spelled = {i for short in shortened if 2 <= len(short) <= 6 for at in [own.find(short)] if at >= 0 for i in range(at, at + len(short))}
    out = []
    for i, word in enumerate(mine.words):
        shape = mine.text[word.start : word.end]
        if word.stem in vocabulary.LIGHT or word.stem in theirs.stems or (len(word.stem) >= 5 and word.stem[:5] in starts) or i in spelled:
            continue
        if shape.isupper() and 2 <= len(shape) <= 6 and shape.lower() in initials:
            continue
        out.append(word)
    return out


def _runs(reading: Reading, words: Sequence[Word]) -> tuple[Span, ...]:
    """Words that stand together, little words between them included, cut at punctuation and at five."""
    runs: list[tuple[int, int, int]] = []
    for word in words:
        if runs:
            start, end, count = runs[-1]
            between = reading.text[end : word.start]
            if count < _RUN_WORDS and len(between) <= BRIDGE and not PUNCTUATION.search(between) and not any(map(str.isdigit, between)):
                runs[-1] = (start, word.end, count + 1)
                continue
        runs.append((word.start, word.end, 1))
    return tuple((start, end) for start, end, _ in runs[:MOST_RUNS])


def counterpart(texts: Pair, span: Span, spans: Sequence[Span] = ()) -> Span | None:
    """What stands in the source where the claim has this: of the words that only the source has, those in the likest surroundings."""
    best, place = _COUNTERPART, None
    for other in spans or texts.extra:
        near = round(alike(texts.claim, span, texts.source, other), 3)
        if near > best:
            best, place = near, other
    return place


def swap(texts: Pair) -> Pair:
    """The pair with its sides exchanged."""
    return Pair(texts.source, texts.claim, texts.extra, texts.missing, texts.share)


def find(text: str, quote: str, start: int = 0) -> Span | None:
    """Where a quote stands in a text, or None."""
    at = text.find(quote, start)
    return (at, at + len(quote)) if quote and at >= 0 else None


def phrase(reading: Reading, span: Span, most: int = 2) -> Span:
    """A word with the next content words of its clause."""
    stop = CLAUSE.search(reading.text, span[1])
    limit = min(stop.start() if stop else len(reading.text), span[1] + 40)
    ends = [w.end for w in reading.words if span[1] <= w.start and w.end <= limit][:most]
    return (span[0], ends[-1] if ends else span[1])


def echo(one: Reading, span: Span, other: Reading) -> Span | None:
    """Where the words of one text's phrase stand in the other, with the content word before."""
    stems = {w.stem for w in one.words if span[0] <= w.start < span[1]}
    at = next((i for i, w in enumerate(other.words) if w.stem in stems), None)
    if at is None:
        return None
    first = other.words[at - 1] if at and other.words[at].start - other.words[at - 1].end <= BRIDGE else other.words[at]
    between = other.text[first.end : other.words[at].start]
    return (other.words[at].start if PUNCTUATION.search(between) else first.start, other.words[at].end)


def verb_of(reading: Reading) -> Span:
    """The claim's verb with the word behind it, or else its first words."""
    found = vocabulary.VERB.search(reading.text)
    if found is None:
        return (0, reading.words[min(2, len(reading.words) - 1)].end if reading.words else len(reading.text))
    ends = [w.end for w in reading.words if w.start >= found.end()][:2]
    return (found.start(), ends[-1] if ends and ends[-1] - found.start() < 50 else found.end())


def beginning(reading: Reading, start: int, most: int) -> Span | None:
    """The first words behind a place, as far as they stand together."""
    end = start
    for word in [w for w in reading.words if w.start >= start][:most]:
        between = reading.text[end : word.start]
        if len(between) > BRIDGE + 4 or any(c in ".;:,()" or c.isdigit() for c in between):
            break
        end = word.end
    return (start, end) if end > start else None
