"""Pass rate by triplet kind: how often each part of a triplet is shown as supported.

A triplet is one source sentence in other words (*said*, which should pass), its denial (*negated*) and one slot filled otherwise
(*swapped*), which should not. A checker that goes by likeness passes all three: the gap between the rows is what it understands. After
contrast sets (Gardner et al. 2020, doi:10.18653/v1/2020.findings-emnlp.117).
"""

from __future__ import annotations

from ..claims import PARTS, ClaimCase, Part
from ..records import Ruling
from .base import ClaimMetric
from .gate import passed


def _passed_part(part: Part) -> ClaimMetric:
    def score(case: ClaimCase, reply: Ruling | None) -> float | None:
        return float(passed(reply)) if case.part == part else None

    return ClaimMetric(f"passed: {part}", score, "verdict", lower_is_better=part != "said")


PASSED: tuple[ClaimMetric, ...] = tuple(_passed_part(part) for part in PARTS)
