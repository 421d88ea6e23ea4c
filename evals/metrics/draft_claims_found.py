"""Claims found: 1 where a claim of the system meets the gold claim (``draft_units.py``), else 0; over all gold claims.

A draft that could not be checked has none found. The recall of taking a draft apart; *non-claims taken* is its other side.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..draft_records import Checkup
from ..drafts import DraftCase
from .draft_units import DraftMetric, Unit, claims_of


def _scores(case: DraftCase, checkup: Checkup | None) -> Mapping[Unit, float]:
    return {met.unit: float(bool(met.said)) for met in claims_of(case, checkup)}


CLAIMS_FOUND = DraftMetric("claims found", _scores, "retrieval")
