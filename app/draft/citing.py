"""What became of the citation marks of a draft: does the cited document carry the claim, and if not, which sentence does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from pincite.ingest.text import Document

from .blocks import Note, ReadDraft, Span
from .citations import Shelf, Target
from .claims import DraftClaim
from .findings import Cited, Finding, Suggestion
from .marks import Mark
from .references import References, parse_reference
from .roles import is_reference
from .verdicts import Verdicts

_GAP = 12
"""Characters between the end of a sentence and a mark that still belongs to it."""


class Standing:
    """Which claims a mark or a quotation stands with."""

    def __init__(self, draft: ReadDraft, claims: Sequence[DraftClaim], marks: Sequence[Mark]) -> None:
        self._draft, self._claims = draft, claims
        self._starts = [c.sentence[0] for c in claims]
        self._marked = [m.start for m in marks if not _is_narrative(draft.text, m)]

    def with_mark(self, start: int, *, narrative: bool = False) -> list[int]:
        """The numbers of the claims that a mark at ``start`` stands for: the clauses of its sentence back to the mark before it."""
        last = bisect_right(self._starts, start) - 1
        if last < 0:
            return []
        span = self._claims[last].sentence
        if start >= span[1] and (start - span[1] > _GAP or re.search(r"\w", self._draft.text[span[1] : start])):
            return []
        numbers = [n for n in range(last, -1, -1) if self._claims[n].sentence == span][::-1]
        if narrative:
            return [n for n in numbers if not self._has_mark(n)] or numbers
        at = next((n for n in reversed(numbers) if self._claims[n].start <= start), numbers[0])
        chosen = [at]
        while chosen[0] - 1 in numbers and not self._has_mark(chosen[0] - 1):
            chosen.insert(0, chosen[0] - 1)
        return chosen

    def overlapping(self, start: int, end: int) -> list[int]:
        """The numbers of the claims that a stretch overlaps."""
        first = max(0, bisect_right(self._starts, start) - 12)
        return [n for n in range(first, len(self._claims)) if self._claims[n].start < end and start < self._claims[n].end]

    def _has_mark(self, number: int) -> bool:
        claim, at = self._claims[number], number + 1
        beyond = at < len(self._claims) and self._claims[at].sentence == claim.sentence
        until = self._claims[at].start if beyond else claim.sentence[1] + _GAP
        first = bisect_right(self._marked, claim.start - 1)
        return first < len(self._marked) and self._marked[first] < until


class Citer:
    """Judges the citation marks of a draft."""

    def __init__(self, documents: Mapping[str, Document], draft: ReadDraft, references: References, verdicts: Verdicts) -> None:
        self._documents, self._draft, self._references, self._verdicts = documents, draft, references, verdicts
        self.shelf = Shelf({doc: documents[doc] for doc in verdicts.docs})
        self.notices: dict[str, None] = {}

    def targets(self, mark: Mark) -> list[Target]:
        """What a mark points to; notices are kept."""
        targets = self.shelf.resolve(mark, self._references)
        self.notices.update({t.notice: None for t in targets if t.notice})
        return targets

    def findings(self, marks: Sequence[Mark], claims: Sequence[DraftClaim], standing: Standing) -> Iterator[Cited]:
        """A finding for each mark, in order."""
        for mark in marks:
            numbers = standing.with_mark(mark.start, narrative=_is_narrative(self._draft.text, mark))
            yield self._judge((mark.start, mark.end), self.targets(mark), numbers, claims)
        for note in self._draft.notes:
            target = self._noted(note)
            if target is not None:
                yield self._judge((note.start, note.end), [target], standing.with_mark(max(0, note.at - 1)), claims)

    def _noted(self, note: Note) -> Target | None:
        """What a footnote of a .docx cites; None where it cites nothing."""
        text = self._draft.text[note.start : note.end]
        reference = parse_reference(text)
        doc = self.shelf.document_of(reference)
        if doc:
            return Target((doc,))
        return Target(why="the work in this note is not in the corpus") if reference.doi or is_reference(text) else None

    def _judge(self, span: Span, targets: Sequence[Target], numbers: Sequence[int], claims: Sequence[DraftClaim]) -> Cited:
        start, end = span
        text, claim = self._draft.text[start:end], numbers[-1] if numbers else None
        docs = tuple(dict.fromkeys(doc for t in targets for doc in t.docs))
        why = next((t.why for t in targets if t.why), "")
        if not docs:
            return Cited(text, start, end, "unknown_source", claim=claim, why=_sentence(why or "this source is not in the corpus"))
        sentences = targets[0].sentences if len(targets) == 1 else ()
        if why and len(targets) == 1:
            suggested = self._suggest([claims[n] for n in numbers])
            return Cited(text, start, end, "not_supporting", docs[0], None, suggested, claim, why=_sentence(why))
        if not numbers:
            return Cited(text, start, end, "ok", docs[0], next(iter(sentences), None), why="It stands with no claim that was checked.")
        place = None
        for number in numbers:
            place = self._verdicts.support(claims[number], docs, sentences)
            if place is None:
                return self._unsupported(span, docs, sentences, number, claims)
        assert place is not None
        return Cited(text, start, end, "ok", place.doc, place.sentence, claim=claim)

    def _unsupported(self, span: Span, docs: Sequence[str], sentences: Sequence[int], number: int, claims: Sequence[DraftClaim]) -> Cited:
        claim, (start, end) = claims[number], span
        checked = self._verdicts.of(claim, docs)
        suggested = self._suggest([claim])
        where = f"{docs[0]}, sentence {sentences[0]}," if sentences else docs[0] if len(docs) == 1 else "The documents cited"
        finding: Finding = "not_supporting"
        if suggested and suggested.doc not in docs:
            finding, why = "misattributed", f"{suggested.doc}, sentence {suggested.sentence}, says this, not {docs[0]}."
        elif checked.verdict == "contradicted" and not sentences:
            why = f"{where} says otherwise."
        elif checked.verdict == "partly" and not sentences:
            why = f"{where} says only a part of this."
        else:
            why = f"{where} {'do' if len(docs) > 1 and not sentences else 'does'} not say this."
        return Cited(self._draft.text[start:end], start, end, finding, docs[0], next(iter(sentences), None), suggested, number, why=why)

    def _suggest(self, claims: Sequence[DraftClaim]) -> Suggestion | None:
        for claim in claims:
            checked = self._verdicts.of(claim)
            if checked.verdict == "supported" and checked.supporting:
                place = checked.supporting[0]
                return Suggestion(place.doc or "", place.sentence, place.quote)
        return None


def _is_narrative(text: str, mark: Mark) -> bool:
    return mark.kind == "author" and text[mark.whole[0]] not in "(["


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
