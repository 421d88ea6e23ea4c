"""The order of steps from a draft to its report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pincite.app.claims import Checked, Reason

from .blocks import PROSE, ReadDraft, Span
from .citing import Citer, Standing
from .claims import DraftClaim, split_claims
from .findings import Cited, DraftReport
from .marks import Known, Mark, find_marks
from .quotations import find_quotations, spans
from .quoting import Quoter
from .references import References, read_references
from .verdicts import Verdicts

if TYPE_CHECKING:
    from pincite.app.answer import Assistant

Progress = Callable[[str, int, int], None]

NO_CLAIMS = "No claim was found in the draft: nothing was checked."


def check_draft(assistant: Assistant, draft: ReadDraft, *, docs: Sequence[str] = (), progress: Progress | None = None) -> DraftReport:
    """Check every claim, every citation and every quotation of a draft.

    Args:
        assistant: an open corpus.
        draft: as ``read_draft`` gives it.
        docs: only these documents; empty means all.
        progress: called with a stage, how much of it is done, and how much there is.

    Raises:
        UsageError: a document is not in the corpus.
    """
    assistant.check_docs(docs)
    references = read_references(draft)
    verdicts = Verdicts(assistant, docs)
    citer = Citer(assistant.documents, draft, references, verdicts)
    marks = list(draft_marks(draft, known_to(citer, references, verdicts.docs)))
    quotations = find_quotations(draft, marks)
    claims = split_claims(draft, marks, spans(quotations))
    standing = Standing(draft, claims, marks)

    checked = []
    for number, claim in enumerate(claims):
        if progress:
            progress("checking claims", number, len(claims))
        checked.append(replace(verdicts.of(claim), claim=claim.text, start=claim.start, end=claim.end))
    if progress:
        progress("checking claims", len(claims), len(claims))

    quoted = list(Quoter(assistant, verdicts.docs, draft, citer).findings(quotations, marks, standing))
    for finding in quoted:
        for number in standing.overlapping(finding.start, finding.end):
            checked[number] = _with_quotation(checked[number], finding)
    found = sorted([*quoted, *citer.findings(marks, claims, standing)], key=lambda c: (c.start, c.end, c.text))
    notices = (*draft.notices, *citer.notices, *(() if claims else (NO_CLAIMS,)))
    return DraftReport(draft.name, draft.text, tuple(checked), tuple(found), notices, assistant.provenance)


def known_to(citer: Citer, references: References, docs: Sequence[str]) -> Known:
    """What helps to tell marks from what looks alike, in this corpus and this draft."""
    return Known(docs, citer.shelf.surnames | references.surnames, frozenset(references.by_label))


def draft_marks(draft: ReadDraft, known: Known) -> Iterator[Mark]:
    """The citation marks of a draft, in order."""
    raised, at = draft.superscripts, 0
    for block in draft.blocks:
        inside: list[Span] = []
        while at < len(raised) and raised[at][0] < block.end:
            if raised[at][0] >= block.start:
                inside.append(raised[at])
            at += 1
        if block.role in PROSE:
            yield from find_marks(draft.text, block.start, block.end, known, inside)


def _with_quotation(checked: Checked, finding: Cited) -> Checked:
    """A claim with what became of a quotation in it: with words that nobody said it is not supported, whatever else it says."""
    if finding.finding not in {"altered", "fabricated"}:
        return checked
    reason = Reason("quote", finding.text, finding.suggested.quote if finding.suggested else "")
    checked = replace(checked, reasons=(reason, *checked.reasons))
    if checked.verdict != "supported":
        return checked
    if finding.finding == "altered":
        return replace(checked, verdict="partly")
    return replace(checked, verdict="not_found", supporting=(), nearest=checked.supporting)


__all__ = ["NO_CLAIMS", "DraftClaim", "check_draft", "draft_marks", "known_to"]
