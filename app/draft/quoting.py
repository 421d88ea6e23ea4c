"""What became of the quotations of a draft: word for word, altered, another document's, or nobody's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pincite.ingest.text import Document, Sentence

from .blocks import ReadDraft
from .citing import Citer, Standing
from .findings import Cited, Suggestion
from .marks import Mark
from .quotations import Quotation
from .quote_match import Quotable, Said

if TYPE_CHECKING:
    from pincite.app.answer import Assistant

SMALL = 2_000
"""Sentences up to which a quotation is compared with all of the corpus; in a larger one with what the search brings up."""
NEAR = 600
"""Characters around a quotation in which its marks stand."""
FOUND = 20
"""Sentences that the search brings up for a quotation."""


class Quoter:
    """Judges the quotations of a draft."""

    def __init__(self, assistant: Assistant, docs: Sequence[str], draft: ReadDraft, citer: Citer) -> None:
        self._assistant, self._docs, self._draft, self._citer = assistant, tuple(docs), draft, citer
        documents: Mapping[str, Document] = assistant.documents
        self._documents = {doc: documents[doc] for doc in docs}
        self._quotable = Quotable(self._documents)
        self._is_small = sum(len(d.sentences) for d in self._documents.values()) <= SMALL

    def findings(self, quotations: Sequence[Quotation], marks: Sequence[Mark], standing: Standing) -> Iterator[Cited]:
        """A finding for each quotation, in order. Block quotes that quote nobody and that the corpus does not say have none."""
        for quotation in quotations:
            numbers = standing.overlapping(quotation.start, quotation.end)
            cited = self._judge(quotation, self._marks_of(quotation, marks, standing), numbers[0] if numbers else None)
            if cited:
                yield cited

    def _marks_of(self, quotation: Quotation, marks: Sequence[Mark], standing: Standing) -> list[Mark]:
        """The marks that a quotation is cited with: those that stand with its claims, or right behind it."""
        mine = set(standing.overlapping(quotation.start, quotation.end))
        first = bisect_left(marks, quotation.start - NEAR, key=lambda m: m.start)
        near = marks[first : bisect_left(marks, quotation.end + NEAR, key=lambda m: m.start)]
        return [
            m
            for m in near
            if mine & set(standing.with_mark(m.start, narrative=m.whole[0] < quotation.start)) or 0 <= m.whole[0] - quotation.end <= 4
        ]

    def _judge(self, quotation: Quotation, marks: Sequence[Mark], claim: int | None) -> Cited | None:
        text, start, end = self._draft.text[quotation.start : quotation.end], quotation.start, quotation.end
        targets = [t for mark in marks for t in self._citer.targets(mark)]
        cited = tuple(dict.fromkeys(doc for t in targets for doc in t.docs))
        sentences, everywhere = self._near(quotation.said, cited)
        if said := self._quotable.exact(quotation.said, cited):
            return Cited(text, start, end, "ok", said.doc, said.sentence.number, claim=claim)
        if said := self._quotable.exact(quotation.said, everywhere):
            if not targets:
                return Cited(text, start, end, "ok", said.doc, said.sentence.number, claim=claim)
            source = cited[0] if cited else "the source it is cited to"
            why = f"{said.doc}, sentence {said.sentence.number}, says this, not {source}."
            return Cited(text, start, end, "misattributed", cited[0] if cited else None, None, _suggestion(said), claim, why=why)
        if doc := self._quotable.title_of(quotation.said):
            return Cited(text, start, end, "ok", doc, None, claim=claim, why="It is the title of the work.")
        if said := self._quotable.similar(quotation.said, sentences):
            why = f"{said.doc}, sentence {said.sentence.number}, says it otherwise: {said.difference}."
            return Cited(text, start, end, "altered", said.doc, said.sentence.number, _suggestion(said), claim, said.difference, why)
        if not quotation.is_certain:
            return None
        why = "No document of the corpus says this."
        if targets and not cited:
            why = "No document of the corpus says this, and the source it is cited to is not in the corpus."
        return Cited(text, start, end, "fabricated", cited[0] if cited else None, None, None, claim, why=why)

    def _near(self, said: str, cited: Sequence[str]) -> tuple[list[Sentence], tuple[str, ...]]:
        """The sentences that a quotation may have been changed from, and the documents that may say it."""
        if self._is_small:
            return [s for d in self._documents.values() for s in d.sentences], self._docs
        found = self._assistant.search(said, FOUND, docs=self._docs)
        documents = tuple(dict.fromkeys([*cited, *(f.doc for f in found)]))
        return [self._documents[f.doc].sentence(f.sentence) for f in found], documents


def _suggestion(said: Said) -> Suggestion:
    return Suggestion(said.doc, said.sentence.number, said.sentence.text)
