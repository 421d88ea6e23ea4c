"""The parts of a draft that are scored one by one, and which of what a system said belongs to which.

A claim of the system *meets* a gold claim where they share more than half of the shorter of the two: a checker may report a whole sentence
where gold holds its two halves, or halve what gold holds as one. Of several that meet, the worst word counts, on both sides: what is
reported as one claim is expected to get the worst verdict of its parts. A citation or quotation is met by the one whose shared stretch is
the largest share of both together (Jaccard 1912).

Each part is a case of its own for means and intervals. Those of one draft are not independent of each other (a source that was read wrongly
is read wrongly throughout), so the intervals are rather too narrow than too wide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pincite.app.claims import Verdict

from ..draft_records import Checkup, SaidCitation, SaidClaim
from ..drafts import DraftCase, GoldCitation, GoldClaim, Stretch
from .base import Step

WORST: tuple[Verdict, ...] = ("contradicted", "not_found", "unchecked", "partly", "supported")
"""The verdicts, the worst first."""

Unit = str
"""The name of a part: ``article-blog/claim 3``, counted from 1 in the order of the set."""


class Span(Protocol):
    """Anything with offsets, in code points of the draft."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point after the last."""


@dataclass(frozen=True)
class DraftMetric:
    """A name and a function of one draft, which gives the score, from 0 to 1, of each part that it applies to.

    The checkup is None where the draft has no record. ``lower_is_better`` is true of error rates.
    """

    name: str
    scores: Callable[[DraftCase, Checkup | None], Mapping[Unit, float]]
    step: Step = "sentences"
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class MetClaim:
    """A gold claim with what was said of it. ``expected`` is the worst verdict of all that was reported as one with it."""

    unit: Unit
    gold: GoldClaim
    expected: Verdict
    said: tuple[SaidClaim, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The worst that was said; None where the claim was not found."""
        return _worst([claim.verdict for claim in self.said]) if self.said else None


@dataclass(frozen=True, slots=True)
class MetCitation:
    """A gold citation with what was said of it; None where it was not found."""

    unit: Unit
    gold: GoldCitation
    said: SaidCitation | None = None


def claims_of(case: DraftCase, checkup: Checkup | None) -> Iterator[MetClaim]:
    """Every gold claim of a draft, in its order."""
    said = checkup.claims if checkup is not None else ()
    for number, gold in enumerate(case.claims, start=1):
        met = tuple(claim for claim in said if meets(claim, gold.span))
        together = [other.verdict for other in case.claims if any(meets(claim, other.span) for claim in met)]
        yield MetClaim(f"{case.id}/claim {number}", gold, _worst([gold.verdict, *together]), met)


def non_claims_of(case: DraftCase, checkup: Checkup | None) -> Iterator[tuple[Unit, Stretch, tuple[SaidClaim, ...]]]:
    """Every non-claim of a draft, in its order, with the claims that touch it."""
    said = checkup.claims if checkup is not None else ()
    for number, span in enumerate(case.non_claims, start=1):
        yield f"{case.id}/non-claim {number}", span, tuple(claim for claim in said if shared(claim, span) > 0)


def citations_of(case: DraftCase, checkup: Checkup | None) -> Iterator[MetCitation]:
    """Every gold citation of a draft, in its order."""
    said = checkup.citations if checkup is not None else ()
    for number, gold in enumerate(case.citations, start=1):
        touching = [citation for citation in said if shared(citation, gold.span) > 0]
        best = max(touching, key=lambda citation: _likeness(citation, gold.span), default=None)
        yield MetCitation(f"{case.id}/citation {number}", gold, best)


def meets(first: Span, second: Span) -> bool:
    """Whether two spans share more than half of the shorter one."""
    return 2 * shared(first, second) > min(first.end - first.start, second.end - second.start)


def shared(first: Span, second: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def _likeness(first: Span, second: Span) -> float:
    return shared(first, second) / (max(first.end, second.end) - min(first.start, second.start))


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    return min(verdicts, key=WORST.index)
