"""Asking the checker about the claims of a draft: each question once, however often the draft asks it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pincite.app.claims import Checked, Place

from .claims import DraftClaim

if TYPE_CHECKING:
    from pincite.app.answer import Assistant


class Verdicts:
    """The checker's answers about one draft. ``docs`` are the documents that the whole check is limited to; empty means all."""

    def __init__(self, assistant: Assistant, docs: Sequence[str]) -> None:
        self._assistant = assistant
        self.docs = tuple(docs) or tuple(assistant.documents)
        self._limited = tuple(docs)
        self._known: dict[tuple[str, str, tuple[str, ...]], Checked] = {}

    def of(self, claim: DraftClaim, docs: Sequence[str] | None = None) -> Checked:
        """The verdict on a claim, over some documents of those that the check is limited to, or over all of them."""
        asked = self._limited if docs is None or set(docs) >= set(self.docs) else tuple(docs)
        key = (claim.judged, claim.context, asked)
        if key not in self._known:
            self._known[key] = self._assistant.check(claim.judged, docs=asked, context=claim.context)
        return self._known[key]

    def support(self, claim: DraftClaim, docs: Sequence[str], sentences: Sequence[int] = ()) -> Place | None:
        """The place in some documents that supports a claim, one of the sentences where they are named; None where there is none.

        What the search over everything already found in them counts, so that a claim is never supported and its source not.
        """
        for checked in (self.of(claim), self.of(claim, docs)):
            if checked.verdict == "supported":
                inside = [p for p in checked.supporting if p.doc in docs and (not sentences or p.sentence in sentences)]
                if inside:
                    return inside[0]
        if sentences and len(docs) == 1:
            return self._by_sentences(claim, docs[0], sentences)
        return None

    def _by_sentences(self, claim: DraftClaim, doc: str, sentences: Sequence[int]) -> Place | None:
        """Whether the cited sentences carry a claim by themselves, with the sentence that the first one leans on."""
        document = self._assistant.documents[doc]
        cited = [document.sentence(n) for n in sentences]
        text = " ".join([document.context_of(sentences[0]), *(s.text for s in cited)]).strip()
        judged = f"{claim.context} {claim.judged}" if claim.context else claim.judged
        if self._assistant.check_text(judged, text).verdict != "supported":
            return None
        first = cited[0]
        return Place(doc, first.number, first.start, first.end, first.text)
