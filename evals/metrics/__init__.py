"""Metrics, one a file. Each reads a case and what happened on it, and gives the case's score, or None where it does not apply.

A case without a record is scored as if nothing had been said: it never drops out. A mean over no cases is no number, not zero.
"""

from . import answered, decision, declined, hit, needed_cited, precision, recall, stance
from .base import Metric

QUESTION_METRICS: tuple[Metric, ...] = (
    hit.HIT_1,
    hit.HIT_3,
    needed_cited.NEEDED_CITED,
    precision.PRECISION,
    recall.RECALL,
    decision.DECISION,
    answered.ANSWERED,
    declined.DECLINED,
    stance.STANCE,
)
"""What is reported of a question set, in this order."""

__all__ = ["QUESTION_METRICS", "Metric"]
