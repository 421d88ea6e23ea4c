"""What can check drafts, behind one seam: Pincite itself."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Protocol

from pincite.app.answer import Assistant
from pincite.app.draft import policy
from pincite.app.draft.check import check_draft
from pincite.app.draft.findings import DraftReport
from pincite.ingest.errors import UsageError

from .draft_records import Checkup, SaidCitation, SaidClaim
from .drafts import DraftCase
from .shelves import Shelf
from .systems import Pincite, assistant_over

DRAFT_SYSTEMS = ("pincite",)


class DraftSystem(Protocol):
    """A system by name, which checks drafts."""

    @property
    def name(self) -> str:
        """As ``--system`` takes it."""

    @property
    def made_of(self) -> Mapping[str, str]:
        """What makes its findings: versions, models, by name."""

    def open(self, shelf: Shelf | None) -> None:
        """Make ready to check drafts against these documents; None is the corpus. Not timed."""

    def check(self, case: DraftCase) -> Checkup:
        """What the system says of a draft.

        Raises:
            PinciteError: the draft or the documents cannot be used.
        """


class PinciteDrafts:
    """``pincite check``, with what it fails a draft for by default: no policy that lies beside the sets has a say."""

    name = "pincite"

    def __init__(self, corpus: Assistant) -> None:
        self._corpus = corpus
        self._open: dict[str, Assistant] = {}
        self._lock = Lock()
        self.made_of: Mapping[str, str] = Pincite(corpus).made_of

    def open(self, shelf: Shelf | None) -> None:
        """See ``DraftSystem.open``."""
        self._assistant(shelf)

    def check(self, case: DraftCase) -> Checkup:
        """See ``DraftSystem.check``."""
        if case.draft is None:
            raise UsageError(f"the draft of {case.id} is not at hand: check the cases of a set, not those of a run")
        return checkup_of(check_draft(self._assistant(case.shelf), case.draft, docs=case.documents))

    def _assistant(self, shelf: Shelf | None) -> Assistant:
        if shelf is None:
            return self._corpus
        with self._lock:
            if shelf.name not in self._open:
                self._open[shelf.name] = assistant_over(shelf.documents, self._corpus)
            return self._open[shelf.name]


def checkup_of(report: DraftReport) -> Checkup:
    """A report as what is recorded of it."""
    return Checkup(
        claims=tuple(
            SaidClaim(c.start, c.end, c.verdict, tuple((p.doc or "", p.sentence) for p in (*c.supporting, *c.contradicting)))
            for c in report.claims
        ),
        citations=tuple(
            SaidCitation(
                c.start,
                c.end,
                c.finding,
                (c.doc, c.sentence) if c.doc is not None and c.sentence is not None else None,
                (c.suggested.doc, c.suggested.sentence) if c.suggested is not None else None,
            )
            for c in report.citations
        ),
        exit=int(bool(policy.failing(report, policy.fail_on(None)))),
    )


def open_draft_system(name: str, corpus: Assistant) -> DraftSystem:
    """The system of this name, to check drafts against an open corpus.

    Raises:
        UsageError: there is none of this name, or it checks no drafts.
    """
    if name not in DRAFT_SYSTEMS:
        raise UsageError(f'"{name}" checks no drafts; systems for a draft set are {", ".join(DRAFT_SYSTEMS)}')
    return PinciteDrafts(corpus)
