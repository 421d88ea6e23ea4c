"""False claims shown as supported: 1 where every claim that meets the gold claim was called supported, else 0; over the gold claims that
are not supported (contradicted, not found, or true in part only), those that were not found included.

The *false pass* of ``gate.py`` within a draft. What was not found is not shown as supported; neither is a claim of which a part is called
anything else, since its reader is warned.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..draft_records import Checkup
from ..drafts import DraftCase
from .draft_units import DraftMetric, Unit, claims_of


def _scores(case: DraftCase, checkup: Checkup | None) -> Mapping[Unit, float]:
    return {met.unit: float(met.verdict == "supported") for met in claims_of(case, checkup) if met.gold.verdict != "supported"}


FALSE_PASS = DraftMetric("false claims shown as supported", _scores, "verdict", lower_is_better=True)
