"""What a question is about: the intervention, condition, group, route and outcome that it names, each where it stands in the text.

A phrase is a run of words that are no grammar. Its role is told by how medical words are formed ("-itis", "-statin"), by lists of general
clinical nouns, by what the corpus's documents are mostly about, and else by its place in the sentence ("does X help Y", "X for Y").
Nothing here knows an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from pincite.ingest.lexical import surface_words
from pincite.ingest.text import Document
from rapidfuzz.distance import OSA

from . import topic_words as vocabulary
from .checker.slots import SLOTS

Role = Literal["intervention", "condition", "group", "route", "outcome"]

SUBJECT_SHARE = 0.3
"""A word in at least this share of a document's sentences is what the document is about."""
LARGEST = 20_000
"""Sentences of the largest corpus that is counted for it; a larger one is read by form and place alone."""

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SLOTS = {slot: re.compile("|".join(rf"\b(?:{p})\b" for _, p in fillers), re.IGNORECASE) for slot, fillers in SLOTS.items()}
_ROLE_OF_SLOT: Mapping[str, Role] = {"route": "route", "group": "group"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a question: ``text[start:end]`` of the question it was read from. ``before`` is the preposition before it, or empty."""

    role: Role
    text: str
    start: int
    end: int
    before: str = ""
    sure: bool = True
    """Whether its words tell its role; else its place in the sentence does."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    kind: str
    """``grammar``, ``predicate``, ``aspect``, ``outcome``, ``form``, ``condition``, ``intervention``, ``group``, ``route``, ``unknown``."""


class Topics:
    """Reads what questions are about, against the documents of a corpus."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    @cached_property
    def _subjects(self) -> frozenset[str]:
        """The words that a document of the corpus is mostly about, grammar and general words apart."""
        if sum(len(d.sentences) for d in self._documents.values()) > LARGEST:
            return frozenset()
        found: set[str] = set()
        for document in self._documents.values():
            counts = Counter(word for s in document.sentences for word in set(surface_words(s.text)))
            least = max(3, SUBJECT_SHARE * len(document.sentences))
            found |= {w for w, n in counts.items() if n >= least and w.isalpha() and _kind(w, frozenset()) == "unknown"}
        return frozenset(found)

    def phrases(self, text: str) -> list[Phrase]:
        """The phrases of a question, in order."""
        words = self._words(text)
        found: list[Phrase] = []
        run: list[_Word] = []
        for place, word in enumerate([*words, None]):
            if word is not None and word.kind not in vocabulary.BREAKS and _joined(text, run, word):
                run.append(word)
                continue
            if run:
                found += self._of_run(text, run, words)
                if word is not None and word.text.lower() in vocabulary.CONSUMED and _joined(text, run, word):  # "opioid use" is an outcome
                    last = found.pop()
                    found.append(Phrase("outcome", text[last.start : word.end], last.start, word.end, last.before))
            run = [] if word is None or word.kind in vocabulary.BREAKS else [word]
            if word is not None and word.kind in _ROLE_OF_SLOT:
                role = _ROLE_OF_SLOT[word.kind]
                if found and found[-1].role == role and text[found[-1].end : word.start].isspace():  # "older people"
                    last = found.pop()
                    found.append(replace(last, text=text[last.start : word.end], end=word.end))
                else:
                    found.append(Phrase(role, word.text, word.start, word.end, _before(words, place)))
        return found

    def names_only(self, text: str) -> bool:
        """Whether a text names something and says nothing of it: no predicate, nothing general that is asked ("CRPS?", "in children")."""
        kinds = [word for word in self._words(text) if word.kind in ("predicate", "aspect")]
        return all(word.text.lower() in vocabulary.NAMING or word.text.lower() in vocabulary.CONSUMED for word in kinds)

    def asks(self, text: str) -> bool:
        """Whether a text asks anything that can be asked of a treatment: a dose, a harm, what it does."""
        return any(word.kind in ("predicate", "aspect", "outcome") for word in self._words(text))

    def lacks_verb(self, text: str) -> bool:
        """Whether a text has no verb that is known ("which salts", "what dose")."""
        return not any(w.kind == "predicate" or w.text.lower() in vocabulary.VERBS for w in self._words(text))

    def _words(self, text: str) -> list[_Word]:
        slots = {place: role for role, pattern in _SLOTS.items() for m in pattern.finditer(text) for place in range(m.start(), m.end())}
        words: list[_Word] = []
        named = {place for m in vocabulary.NAMED.finditer(text) for place in range(m.start(), m.end())}
        sides = {m.start() for m in vocabulary.SIDES.finditer(text)}
        for m in _TOKEN.finditer(text):
            if m.start() in named or m.start() in sides:
                words.append(_Word(m.group(), m.start(), m.end(), "outcome" if m.start() in named else "unknown"))
                continue
            if words and words[-1].text.lower() in ("vitamin", "vitamins") and vocabulary.LETTER.fullmatch(m.group()):
                words.append(_Word(m.group(), m.start(), m.end(), "intervention"))
                continue
            kind = slots.get(m.start()) or _kind(m.group().lower().replace("’", "'").removesuffix("'s"), self._subjects)
            if (
                kind == "route" and m.group().lower() in vocabulary.FORMS
            ):  # "zinc tablets" are one thing, "oral zinc" is a thing and its route
                kind = "form"
            words.append(_Word(m.group(), m.start(), m.end(), kind))
        return words

    def _of_run(self, text: str, run: list[_Word], words: list[_Word]) -> list[Phrase]:
        groups = _groups(run)
        phrases = []
        for group in groups:
            place = words.index(group[0])
            before = _before(words, place)
            told = _role(group)
            role = told or self._by_place(words, place, before)
            if all(word.kind == "form" for word in group) and _SLOTS["route"].fullmatch(group[0].text):
                role = "route"  # "what about tablets?"
            phrases.append(Phrase(role, text[group[0].start : group[-1].end], group[0].start, group[-1].end, before, told is not None))
        return phrases

    def _by_place(self, words: list[_Word], place: int, before: str) -> Role:
        """The role of a phrase that its words do not tell: a subject acts, what follows "for" or the predicate is acted on."""
        if before in vocabulary.BEFORE_CONDITION:
            return "condition"
        earlier = words[:place]
        later = words[place:]
        if before in ("of", "from", "with") and any(w.kind in ("aspect", "outcome", "predicate") for w in earlier):
            return "intervention"
        acts = any(w.kind == "predicate" for w in later) or any(w.text.lower() == "for" for w in later)
        return "intervention" if acts and not any(w.kind == "predicate" for w in earlier) else "condition"


def general_word(word: str) -> str:
    """The one general word that a lower-case word is a slip of, or the word itself."""
    near = [
        known
        for known in sorted(vocabulary.ASPECTS | vocabulary.OUTCOMES)
        if len(known) > 4 and known[0] == word[0] and OSA.distance(known, word, score_cutoff=1) == 1
    ]
    return near[0] if len(near) == 1 else word


def _kind(word: str, subjects: frozenset[str]) -> str:
    if word in vocabulary.GRAMMAR or word.replace("-", "").isdigit():
        return "grammar"
    if word in vocabulary.FORMS:
        return "form"
    if word in vocabulary.PREDICATES:
        return "predicate"
    if word in vocabulary.ASPECTS:
        return "aspect"
    if word in vocabulary.OUTCOMES:
        return "outcome"
    if re.fullmatch(r"\w*" + vocabulary.CONDITION.pattern, word, re.VERBOSE):
        return "condition"
    if word in subjects or vocabulary.INTERVENTION.fullmatch(word):
        return "intervention"
    return "unknown"


def _joined(text: str, run: list[_Word], word: _Word) -> bool:
    return not run or not re.search(r"[,;:?!()/]", text[run[-1].end : word.start])


def _groups(run: list[_Word]) -> list[list[_Word]]:
    """A run cut where an intervention meets a condition. Unknown words go with what follows them."""
    groups: list[list[_Word]] = []
    waiting: list[_Word] = []
    kind_of = {"condition": "condition", "outcome": "condition", "intervention": "intervention", "form": "intervention"}
    for word in run:
        kind = kind_of.get(word.kind)
        if kind is None:
            waiting.append(word)
            continue
        same = bool(groups) and kind_of.get(groups[-1][-1].kind, kind) == kind and any(kind_of.get(w.kind) == kind for w in groups[-1])
        if same or (word.kind == "form" and not waiting and groups):
            groups[-1] += [*waiting, word]
        elif word.kind == "outcome" and waiting == [] and groups:
            groups.append([word])
        else:
            groups.append([*waiting, word])
        waiting = []
    if waiting and not groups:
        return [waiting]
    groups = [part for group in groups for part in _without_tail(group)]
    if waiting and vocabulary.SALT.fullmatch(
        waiting[0].text.lower()
    ):  # "magnesium sulfate"; else what follows is a verb more often than a name
        groups[-1].append(waiting[0])
    return groups


def _without_tail(group: list[_Word]) -> list[list[_Word]]:
    """ "headache relief" is two things: a condition and what is measured in it."""
    cut = len(group)
    while cut and group[cut - 1].kind == "outcome" and group[cut - 1].text.lower() not in vocabulary.NARROWED:
        cut -= 1
    narrow = any(word.kind in ("condition", "unknown") for word in group[:cut])
    return [group[:cut], group[cut:]] if narrow and cut < len(group) else [group]


def _role(group: list[_Word]) -> Role | None:
    kinds = [word.kind for word in group]
    if all(kind == "outcome" for kind in kinds):
        return "outcome"
    if "condition" in kinds:
        return "condition"
    if "intervention" in kinds or "form" in kinds:
        return "intervention"
    # "lower back pain", "chest pain": an outcome that is narrowed down is what is treated.
    return "condition" if kinds[-1] == "outcome" and group[-1].text.lower() in vocabulary.NARROWED else None


def _before(words: list[_Word], place: int) -> str:
    """The preposition that governs the phrase at a place: articles and general nouns ("patients with") may stand between."""
    for word in reversed(words[:place]):
        lower = word.text.lower()
        if lower in vocabulary.PLACES:
            return lower
        if word.kind not in ("grammar", "aspect", "route", "unknown") or lower in ("or", "and", "is", "are", "does", "do"):
            return ""
    return ""
