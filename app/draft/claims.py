"""From a draft to its claims: which sentences claim something, where each stands, and how the checker reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.ingest.chunks import leans
from pincite.ingest.sentences import split_sentences

from .blocks import PROSE, Block, ReadDraft, Role, Span
from .clauses import split_clauses
from .commands import is_command, reason_of
from .marks import Mark
from .non_claims import is_lead_in, is_non_claim, is_own_section, states_something
from .roles import caption_label
from .surface import cleaned, dropped, label_length, masked
from .verbs import first_finite
from .wording import worded

MOST_CONTEXT = 2
"""Sentences before a claim that are passed with it, where each leans on the one before."""
_FRAGMENTS: frozenset[Role] = frozenset({"table", "caption"})
_ENDED = re.compile(r"[.!…。！؟][\"'”’»)\]*_]*\s*$")
_LONGEST_CONTEXT = 1_000
_FEWEST_OF_CELL = 4


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim of a draft. ``text`` is ``draft[start:end]``; ``judged`` is what the checker is given, with ``context`` before it.

    ``sentence`` is the span of the sentence that it is all or a part of, ``block`` the number of its block.
    """

    start: int
    end: int
    text: str
    judged: str
    context: str
    sentence: Span
    block: int


def split_claims(draft: ReadDraft, marks: Sequence[Mark] = (), quotations: Sequence[Span] = ()) -> list[DraftClaim]:
    """The claims of a draft, in order.

    Args:
        draft: as it was read.
        marks: its citation marks, in order; they are no part of what is judged.
        quotations: spans of its quotations; in a section about the draft's own methods only what cites or quotes is a claim.
    """
    claims: list[DraftClaim] = []
    lead = ""
    at = 0
    for number, block in enumerate(draft.blocks):
        while at < len(marks) and marks[at].start < block.start:
            at += 1
        last = at
        while last < len(marks) and marks[last].start < block.end:
            last += 1
        if block.role not in PROSE:
            lead = "" if block.role == "heading" else lead
            continue
        reader = _BlockReader(draft, block, number, marks[at:last], quotations, lead if block.role == "item" else "")
        claims += reader.claims()
        if block.role != "item":
            lead = reader.lead
    return claims


class _BlockReader:
    """Reads one block; ``lead`` is the open sentence before a list ("Magnesium is approved for:"), which its items complete."""

    def __init__(self, draft: ReadDraft, block: Block, number: int, marks: Sequence[Mark], quotations: Sequence[Span], lead: str) -> None:
        self._draft, self._block, self._number = draft, block, number
        self._marks, self._quotations, self._lead = marks, quotations, lead
        self._dropped = dropped(draft.text, block.start, block.end, draft.kind, marks)
        self._flat = masked(draft.text, block.start, block.end, self._dropped)
        self._said_from = 0
        self.lead = ""

    def claims(self) -> Iterator[DraftClaim]:
        start, own = self._block.start, is_own_section(self._block.section)
        skip = caption_label(self._flat) if self._block.role == "caption" else 0
        before: list[str] = []
        for begin, end in split_sentences(" " * skip + self._flat[skip:]):
            span = (start + begin, start + end)
            self._said_from = span[0] + label_length(self._flat[begin:end])
            said = self._clean(self._said_from, span[1])
            if said and not (own and not self._is_marked(span)):
                yield from self._sentence(span, said, before)
            if said:
                before.append(said)

    def _sentence(self, span: Span, said: str, before: Sequence[str]) -> Iterator[DraftClaim]:
        self.lead = said.rstrip(" :") if is_lead_in(said) else ""
        ended = _ENDED.search(said) is not None
        spoken = worded(said)
        start = self._said_from
        if self._lead and not before and not states_something(said, ended=False):
            yield self._claim((start, span[1]), span, f"{self._lead} {said[:1].lower() + said[1:] if said[1:2].islower() else said}", "")
            return
        flat = self._flat[start - self._block.start : span[1] - self._block.start]
        if is_non_claim(said) or is_non_claim(spoken):
            reason = reason_of(flat) if is_command(said) else 0
            wording = self._clean(start + reason, span[1])
            if reason and states_something(wording, ended=False) and not is_non_claim(wording):
                yield self._claim((start + reason, span[1]), span, worded(wording), said)
            return
        if self._block.role in _FRAGMENTS:
            if first_finite(said) is None or len(said.split()) < _FEWEST_OF_CELL:
                return
        elif not states_something(said, ended=ended):
            return
        clauses = split_clauses(flat)
        context = _context(said, before or ([self._lead] if self._lead else []))
        for order, clause in enumerate(clauses):
            part = (start + clause.start, start + clause.end)
            wording = self._clean(*part)
            # A clause is found by what the one before it is about, whether it leans on that or not.
            leaning = self._clean(start + clauses[order - 1].start, start + clauses[order - 1].end) if order else context
            # The carried words come from the text with its marks masked.
            judged = worded(f"{' '.join(clause.carried.split())} {wording}" if clause.carried else wording)
            if judged and not (order and is_non_claim(wording)):
                yield self._claim(part, span, judged, leaning)

    def _claim(self, part: Span, sentence: Span, judged: str, context: str) -> DraftClaim:
        text = self._draft.text[slice(*part)]
        return DraftClaim(*part, text, judged, context, sentence, self._number)

    def _clean(self, start: int, end: int) -> str:
        return cleaned(self._draft.text, start, end, self._dropped)

    def _is_marked(self, span: Span) -> bool:
        marked = any(span[0] <= m.start < span[1] + 8 for m in self._marks)
        return marked or any(span[0] <= q[0] < span[1] for q in self._quotations)


def _context(said: str, before: Sequence[str]) -> str:
    """The sentences before that a sentence leans on, as far back as they lean themselves."""
    taken: list[str] = []
    current = said
    for sentence in reversed(before[-MOST_CONTEXT:]):
        if not leans(current):
            break
        taken.insert(0, sentence)
        current = sentence
    return " ".join(taken)[-_LONGEST_CONTEXT:]
