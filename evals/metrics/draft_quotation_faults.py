"""Planted quotation faults found: 1 where a quotation that is not as it should be (invented, altered, or another document's) has any
finding but ``ok``, else 0; over those quotations.

Whether the fault was also called by its name is in *citation findings right*, and so are sound quotations that were called faulty.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..draft_records import Checkup
from ..drafts import DraftCase
from .draft_units import DraftMetric, Unit, citations_of


def _scores(case: DraftCase, checkup: Checkup | None) -> Mapping[Unit, float]:
    return {
        met.unit: float(met.said is not None and met.said.finding != "ok")
        for met in citations_of(case, checkup)
        if met.gold.quotation and met.gold.finding != "ok"
    }


QUOTATION_FAULTS = DraftMetric("planted quotation faults found", _scores, "verdict")
