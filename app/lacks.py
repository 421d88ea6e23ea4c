"""Why the nearest sentences do not answer: the question's words that a sentence lacks, and a route or a group that it has instead.

Words that say nothing of what a question is about ("help", "evidence", "patients") are left aside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pincite.ingest.lexical import words
from pincite.ingest.text import Document

from .checker.slots import differs
from .claims import Found

_ASIDE = frozenset(
    words(
        """help helps work works use used using effect effects effective effectively evidence know known tell give given giving
        take taken taking get got make made good better best any much many long often kind type sort way case role matter true
        false right wrong say says said show shows found find study studies trial trials article review patient patients
        people person anyone someone treat treated treatment therapy drug medicine medication please wonder think worth happen
        able need go come let thing does still ever also just really actually exactly versus compared yes no"""
    )
)
"""Words of a question that say nothing of what it is about."""


def lacking(question: str, document: Document, number: int) -> list[str]:
    """The question's words, as typed and in order, that neither the sentence nor its context has (by stem)."""
    there = _stems(document, number)
    missing = []
    for token in re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", question):
        stems = [s for s in words(token) if s not in _ASIDE]
        if stems and not there.issuperset(stems):
            missing.append(token if token.isupper() else token.lower())
    return list(dict.fromkeys(missing))


def explain(question: str, document: Document, number: int) -> str | None:
    """What a sentence lacks for a question, in words, or None where it has them all."""
    parts = []
    missing = lacking(question, document, number)
    if missing:
        parts.append(", ".join(f"“{word}”" for word in missing))
    other = differs(question, document.sentence(number).text, document.context_of(number))
    if other:
        parts.append(other)
    return "; ".join(parts) or None


def nearest(question: str, ranked: Sequence[Found], documents: Mapping[str, Document], count: int) -> list[Found]:
    """The best-ranked sentence, then those that have most of what the ones before lack, each with what it lacks."""
    wanted = {s for s in words(question) if s not in _ASIDE}
    left = list(ranked)
    chosen: list[Found] = []
    while left and len(chosen) < count:
        gains = [len(wanted & _stems(documents[f.doc], f.sentence)) for f in left] if chosen else [0] * len(left)
        pick = left.pop(max(range(len(left)), key=lambda i: (gains[i], -i)))
        chosen.append(Found(pick.doc, pick.sentence, pick.score, explain(question, documents[pick.doc], pick.sentence)))
        wanted -= _stems(documents[pick.doc], pick.sentence)
    return chosen


def _stems(document: Document, number: int) -> set[str]:
    return set(words(document.sentence(number).text)) | set(words(document.context_of(number)))
