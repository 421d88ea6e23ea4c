"""Verdicts right: 1 where the worst verdict that was said of a claim is the one expected (``draft_units.py``), else 0; over the gold claims
that were found.

Claims that were not found are counted by *claims found* alone: read the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..draft_records import Checkup
from ..drafts import DraftCase
from .draft_units import DraftMetric, Unit, claims_of


def _scores(case: DraftCase, checkup: Checkup | None) -> Mapping[Unit, float]:
    return {met.unit: float(met.verdict == met.expected) for met in claims_of(case, checkup) if met.said}


VERDICTS_RIGHT = DraftMetric("verdicts right, of claims found", _scores, "verdict")
