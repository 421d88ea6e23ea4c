"""Verdict accuracy: 1 where the verdict is the gold verdict, else 0; over the claims that have one gold verdict.

A claim that could not be judged, or has no record, counts 0; how many those are stands under *not judged*. The label accuracy of FEVER
(Thorne et al. 2018, doi:10.18653/v1/N18-1074), with *partly* as a label of its own.
"""

from __future__ import annotations

from ..claims import ClaimCase
from ..records import Ruling
from .base import ClaimMetric


def _score(case: ClaimCase, reply: Ruling | None) -> float | None:
    return None if case.verdict is None else float(reply is not None and reply.verdict == case.verdict)


VERDICT = ClaimMetric("verdict accuracy", _score, "verdict")
