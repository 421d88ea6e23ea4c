"""What happened on a draft: the spans that a system took for claims and citations, and what it said of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, get_args

from pincite.app.claims import Verdict
from pincite.app.draft.findings import Finding

from .gold import Place


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """A span that was taken for a claim, in code points, with its verdict and the sentences that were named, supporting ones first."""

    start: int
    end: int
    verdict: Verdict
    named: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidCitation:
    """A span that was taken for a citation mark or a quotation, with its finding, where it points and where it should have pointed."""

    start: int
    end: int
    finding: Finding
    place: Place | None = None
    suggested: Place | None = None


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a system said of one draft, in the draft's order.

    ``exit`` is the exit code that it ends with, None where the draft could not be checked; ``error`` then says why.
    """

    claims: tuple[SaidClaim, ...] = ()
    citations: tuple[SaidCitation, ...] = ()
    exit: int | None = None
    error: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the draft could not be checked."""
        return self.exit is None

    @property
    def named(self) -> frozenset[Place]:
        """Every sentence that is named somewhere."""
        pointed = {place for c in self.citations for place in (c.place, c.suggested) if place is not None}
        return frozenset(place for claim in self.claims for place in claim.named) | pointed


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft's id, the system that checked it, and what it said."""

    case: str
    system: str
    reply: Checkup

    def as_json(self) -> dict[str, Any]:
        """The line of a run's ``records.jsonl``; places are ``[doc, sentence]``."""
        return {"case": self.case, "system": self.system, **asdict(self.reply)}


def draft_record_of(row: dict[str, Any]) -> DraftRecord:
    """The record that a line of ``records.jsonl`` holds.

    Raises:
        KeyError, TypeError, ValueError: it holds none.
    """
    claims, citations = [], []
    for said in row["claims"]:
        if said["verdict"] not in get_args(Verdict):
            raise ValueError(f"verdict {said['verdict']!r}")
        claims.append(SaidClaim(int(said["start"]), int(said["end"]), said["verdict"], _places(said["named"])))
    for said in row["citations"]:
        if said["finding"] not in get_args(Finding):
            raise ValueError(f"finding {said['finding']!r}")
        place, suggested = ((_places([said[key]])[0] if said[key] is not None else None) for key in ("place", "suggested"))
        citations.append(SaidCitation(int(said["start"]), int(said["end"]), said["finding"], place, suggested))
    return DraftRecord(row["case"], row["system"], Checkup(tuple(claims), tuple(citations), row["exit"], row["error"]))


def _places(rows: Iterable[Any]) -> tuple[Place, ...]:
    return tuple((str(doc), int(number)) for doc, number in rows)
