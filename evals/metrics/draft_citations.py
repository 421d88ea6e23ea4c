"""Citation findings right: 1 where the finding on a citation mark or a quotation is the gold finding, else 0; over all gold citations.

One that was not found counts 0.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..draft_records import Checkup
from ..drafts import DraftCase
from .draft_units import DraftMetric, Unit, citations_of


def _scores(case: DraftCase, checkup: Checkup | None) -> Mapping[Unit, float]:
    return {met.unit: float(met.said is not None and met.said.finding == met.gold.finding) for met in citations_of(case, checkup)}


CITATIONS_RIGHT = DraftMetric("citation findings right", _scores, "verdict")
