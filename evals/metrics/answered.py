"""Answered: the decision over the answerable questions alone (the sensitivity of decision accuracy)."""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import QuestionMetric


def _score(case: Question, reply: Reply | None) -> float | None:
    return float(reply is not None and reply.status == "answered") if case.answerable else None


ANSWERED = QuestionMetric("answered, of the answerable", _score, "abstention")
