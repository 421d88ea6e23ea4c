"""Metrics, one a file. Each reads a case and what happened on it, and gives the case's score, or None where it does not apply.

A case without a record is scored as if nothing had been said: it never drops out. A mean over no cases is no number, not zero. What is no
mean over cases (F1, calibration, risk and coverage) is in ``confusion.py``, ``calibration.py`` and ``risk_coverage.py``.
"""

from collections.abc import Mapping
from typing import Any

from . import (
    alce,
    answered,
    decision,
    declined,
    draft_citations,
    draft_claims_found,
    draft_exit,
    draft_false_pass,
    draft_non_claims,
    draft_quotation_faults,
    draft_verdict,
    evidence,
    gate,
    hit,
    needed_cited,
    precision,
    ranking,
    recall,
    stance,
    triplets,
    unsupported,
    verdict,
)
from .base import STEPS, ClaimMetric, Metric, QuestionMetric, Step
from .draft_units import DraftMetric

QUESTION_METRICS: tuple[QuestionMetric, ...] = (
    hit.HIT_1,
    hit.HIT_3,
    needed_cited.NEEDED_CITED,
    precision.PRECISION,
    recall.RECALL,
    unsupported.UNSUPPORTED,
    alce.CHECKED_PRECISION,
    alce.CHECKED_RECALL,
    decision.DECISION,
    answered.ANSWERED,
    declined.DECLINED,
    declined.ABSTENTION_PRECISION,
    stance.STANCE,
    ranking.FOUND_3,
    ranking.FOUND_10,
    ranking.NDCG_10,
    ranking.MRR,
)
"""What is reported of a question set, in this order."""

CLAIM_METRICS: tuple[ClaimMetric, ...] = (
    gate.FALSE_PASS,
    gate.CONTRADICTED_PASSED,
    gate.FALSE_STRIP,
    gate.UNJUDGED,
    verdict.VERDICT,
    evidence.EVIDENCE,
    ranking.CLAIM_FOUND_3,
    ranking.CLAIM_FOUND_10,
    ranking.CLAIM_MRR,
)
"""What is reported of a claim set, case by case, in this order."""

TRIPLET_METRICS: tuple[ClaimMetric, ...] = triplets.PASSED
"""What is reported besides of a set that holds triplets."""

DRAFT_METRICS: tuple[DraftMetric, ...] = (
    draft_claims_found.CLAIMS_FOUND,
    draft_non_claims.NON_CLAIMS_TAKEN,
    draft_verdict.VERDICTS_RIGHT,
    draft_false_pass.FALSE_PASS,
    draft_citations.CITATIONS_RIGHT,
    draft_quotation_faults.QUOTATION_FAULTS,
    draft_exit.EXIT_RIGHT,
)
"""What is reported of a draft set, in this order."""

BY_NAME: Mapping[str, Metric[Any, Any] | DraftMetric] = {
    **{metric.name: metric for metric in QUESTION_METRICS},
    **{metric.name: metric for metric in (*CLAIM_METRICS, *TRIPLET_METRICS)},
    **{metric.name: metric for metric in DRAFT_METRICS},
}
"""Names are shared only where a metric is the same for questions and claims."""

__all__ = [
    "BY_NAME",
    "CLAIM_METRICS",
    "DRAFT_METRICS",
    "QUESTION_METRICS",
    "STEPS",
    "TRIPLET_METRICS",
    "ClaimMetric",
    "DraftMetric",
    "Metric",
    "QuestionMetric",
    "Step",
]
