"""Whether the corpus says what a quotation says it says: word for word, changed, or not at all.

Honest editing passes: another kind of quotation marks or dashes, white space, the capital at the start and the stop at the end, ellipses,
words in [brackets]. What an ellipsis or a bracket leaves out must not turn the sense: a "not" that is left out is a change.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pincite.ingest.text import Document, Sentence
from rapidfuzz import fuzz

ALIKE = 70.0
"""Likeness (0 to 100, rapidfuzz's partial ratio) from which a sentence is compared word by word with a quotation."""
SAME_WORDS = 0.6
MOST_WORDS = 0.75
FEWEST_IN_A_ROW = 4
"""A quotation is a sentence, altered, where the sentence has the larger share of its words in this order, or the smaller share and so many
in a row."""
SHORT = 4
"""Words up to which only one may have been added or left out, and none replaced: any two short phrases share a word or two."""
WIDEST_GAP = 400
"""Characters that an ellipsis may stand for."""
WIDEST_BRACKET = 80
"""Characters that a bracket may stand for."""

_ELLIPSIS = re.compile(r"\[\s*(?:\.\s?\.\s?\.\s?\.?|…)\s*\]|\(\s*(?:\.\s?\.\s?\.\s?\.?|…)\s*\)|\.\s?\.\s?\.\s?\.?|…")
_SIC = re.compile(r"\s*\[\s*(?:sic|emphasis\s+(?:added|mine|ours)|italics\s+(?:added|mine|ours))\s*\]", re.IGNORECASE)
_LETTER = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_GAP = re.compile(r"\x00|\[[^\[\]]{1,120}\]")
_SIGNS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "\u2011": "-"})
_EDGE = re.compile(r"^[\W_]+|[^\w%)+]+$")
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['-][^\W_]+)*%?")
_NEGATION = re.compile(r"\b(?:not|no|never|neither|nor|cannot|without|none|hardly)\b|n't\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Said:
    """Where the corpus says a quotation. ``exact`` or with a ``difference``, in words; ``likeness`` from 0 to 1."""

    doc: str
    sentence: Sentence
    exact: bool
    likeness: float = 1.0
    difference: str = ""


class Quotable:
    """The documents of a corpus, ready to be searched for quotations."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._texts: dict[str, tuple[str, list[int]]] = {}

    def exact(self, said: str, docs: Iterable[str]) -> Said | None:
        """The first place, in the order of ``docs``, that says a quotation word for word, honest editing granted."""
        pattern, brackets = _pattern(said)
        if pattern is None:
            return None
        for doc in docs:
            text, places = self._text(doc)
            for match in pattern.finditer(text):
                sentence = self._sentence(doc, places[match.start()])
                if sentence and all(_is_honest(omitted, bracket) for omitted, bracket in zip(match.groups(), brackets, strict=True)):
                    return Said(doc, sentence, True)
        return None

    def similar(self, said: str, sentences: Sequence[Sentence]) -> Said | None:
        """The place among some sentences that a quotation was changed from, the likest first; None where there is none."""
        asked = _normal(_ELLIPSIS.sub(" ", _SIC.sub("", _LETTER.sub(r"\1", said))))
        words = _TOKEN.findall(asked)
        best: Said | None = None
        # A sentence alone before one with the next: a quotation that stands in one sentence is found there.
        for text_of in (lambda sentence: sentence.text, self._with_next):
            for sentence in sentences:
                source = _normal(text_of(sentence))
                if round(fuzz.partial_ratio(asked, source), 1) < ALIKE:
                    continue
                likeness, difference = _compare(words, _TOKEN.findall(source))
                if likeness and (best is None or likeness > best.likeness):
                    best = Said(sentence.doc, sentence, False, likeness, difference)
        return best

    def title_of(self, said: str) -> str | None:
        """The document whose title, or the title of whose work, a quotation is."""
        asked = _normal(said)
        for doc, document in self._documents.items():
            titles = (document.source.title, document.source.summarises or "")
            if len(asked) > 12 and any(asked in _normal(title) for title in titles):
                return doc
        return None

    def _with_next(self, sentence: Sentence) -> str:
        document = self._documents[sentence.doc]
        if sentence.number < len(document.sentences) and (after := document.sentence(sentence.number + 1)).paragraph == sentence.paragraph:
            return document.text[sentence.start : after.end]
        return sentence.text

    def _text(self, doc: str) -> tuple[str, list[int]]:
        """The normal form of a document's text, and for each of its characters the place in the text."""
        if doc not in self._texts:
            if len(self._texts) > 64:
                self._texts.clear()
            self._texts[doc] = _spread(self._documents[doc].text)
        return self._texts[doc]

    def _sentence(self, doc: str, place: int) -> Sentence | None:
        """The sentence of the body at a place; titles and references are none."""
        sentences = self._documents[doc].sentences
        at = bisect_right(sentences, place, key=lambda s: s.start) - 1
        return sentences[at] if at >= 0 and place < sentences[at].end else None


def _normal(text: str) -> str:
    return _EDGE.sub("", " ".join(text.translate(_SIGNS).casefold().split()))


def _spread(text: str) -> tuple[str, list[int]]:
    """``_normal``, with a place for every character."""
    characters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace():
            if characters and characters[-1] == " ":
                continue
            folded = " "
        else:
            folded = char.translate(_SIGNS).casefold()
        characters += folded
        places += [place] * len(folded)
    return "".join(characters), [*places, len(text)]


def _pattern(said: str) -> tuple[re.Pattern[str] | None, list[str]]:
    """What a quotation must match in a document, with a group for each ellipsis and bracket within, and what stands in these brackets."""
    edited = _ELLIPSIS.sub("\x00", _LETTER.sub(r"\1", _SIC.sub("", said)))
    parts: list[str] = []
    gaps: list[str] = []
    at = 0
    waiting: str | None = None
    for gap in [*_GAP.finditer(edited), None]:
        segment = " ".join(edited[at : gap.start() if gap else len(edited)].translate(_SIGNS).casefold().split())
        segment = _EDGE.sub("", segment)
        if segment:
            if parts and waiting is not None:  # one at either end stands for anything and asks for nothing
                parts.append(rf"\W*(.{{0,{WIDEST_BRACKET if waiting else WIDEST_GAP}}}?)\W*")
                gaps.append(waiting)
            parts.append(rf"(?<!\w){re.escape(segment)}(?!\w)")
            waiting = None
        if gap:
            at = gap.end()
            waiting = (waiting or "") + ("" if gap.group() == "\x00" else gap.group())
    return (re.compile("".join(parts)), gaps) if parts else (None, [])


def _is_honest(omitted: str, bracket: str) -> bool:
    """Whether what a gap leaves out does not turn the sense, and what a bracket brings in neither denies nor gives another number."""
    if _NEGATION.search(omitted) or _NEGATION.search(bracket):
        return False
    return set(_DIGITS.findall(bracket)) <= set(_DIGITS.findall(omitted))


def _compare(asked: Sequence[str], source: Sequence[str]) -> tuple[float, str]:
    """The share of a quotation's words that a source has in this order, and the differences in words."""
    matcher = SequenceMatcher(None, source, asked, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    same = sum(b.size for b in blocks)
    if not blocks or same < 2:
        return 0.0, ""
    first, last = blocks[0].a, blocks[-1].a + blocks[-1].size
    # The part of the source that the quotation covers: as many words beyond the first and last match as the quotation has there.
    first = max(0, first - blocks[0].b)
    last = min(len(source), last + len(asked) - (blocks[-1].b + blocks[-1].size))
    window = source[first:last]
    changes = [c for c in SequenceMatcher(None, window, asked, autojunk=False).get_opcodes() if c[0] != "equal"]
    share = round(same / len(asked), 4)
    if len(asked) <= SHORT:
        alike = same >= len(asked) - 1 and all(tag != "replace" for tag, *_ in changes)
    else:
        alike = share >= MOST_WORDS or (share >= SAME_WORDS and max(b.size for b in blocks) >= FEWEST_IN_A_ROW)
    return (share if alike else 0.0), "; ".join(_change(window[i1:i2], asked[j1:j2]) for _, i1, i2, j1, j2 in changes)


def _change(source: Sequence[str], draft: Sequence[str]) -> str:
    if not source:
        return f"added “{' '.join(draft)}”"
    if not draft:
        return f"left out “{' '.join(source)}”"
    return f"“{' '.join(source)}” became “{' '.join(draft)}”"
