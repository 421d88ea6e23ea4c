"""Declined: the decision over the unanswerable questions alone (the specificity of decision accuracy). Failing is not declining."""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import Metric


def _score(case: Question, reply: Reply | None) -> float | None:
    return None if case.answerable else float(reply is not None and reply.status == "no_evidence")


DECLINED = Metric("declined, of the others", _score)
