"""Exit code right: 1 where the exit code is the gold one (1 where anything in the draft is wrong, else 0), else 0; over the drafts.

A draft that could not be checked has none, and counts 0.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..draft_records import Checkup
from ..drafts import DraftCase
from .draft_units import DraftMetric, Unit


def _scores(case: DraftCase, checkup: Checkup | None) -> Mapping[Unit, float]:
    return {case.id: float(checkup is not None and checkup.exit == case.exit)}


EXIT_RIGHT = DraftMetric("exit code right", _scores, "verdict")
