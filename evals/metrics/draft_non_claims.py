"""Non-claims taken: 1 where a claim of the system touches a non-claim (a heading, a question, what the writers did), else 0; over all
non-claims. A single shared character counts."""

from __future__ import annotations

from collections.abc import Mapping

from ..draft_records import Checkup
from ..drafts import DraftCase
from .draft_units import DraftMetric, Unit, non_claims_of


def _scores(case: DraftCase, checkup: Checkup | None) -> Mapping[Unit, float]:
    return {unit: float(bool(said)) for unit, _, said in non_claims_of(case, checkup)}


NON_CLAIMS_TAKEN = DraftMetric("non-claims taken", _scores, "retrieval", lower_is_better=True)
