"""Abstention, both ways.

*Declined, of the others* is abstention recall: of the questions that have no answer, the share that was declined (the specificity of
decision accuracy). *Abstention precision*: of the questions that were declined, the share that has no answer; nothing declined, no figure.
Failing is not declining. As precision and recall of unanswerable in SQuAD 2.0 (Rajpurkar et al. 2018, doi:10.18653/v1/P18-2124).
"""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import QuestionMetric


def _recall(case: Question, reply: Reply | None) -> float | None:
    return None if case.answerable else float(reply is not None and reply.status == "no_evidence")


def _precision(case: Question, reply: Reply | None) -> float | None:
    return float(not case.answerable) if reply is not None and reply.status == "no_evidence" else None


DECLINED = QuestionMetric("declined, of the others", _recall, "abstention")
ABSTENTION_PRECISION = QuestionMetric("abstention precision", _precision, "abstention")
