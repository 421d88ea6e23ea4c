"""Stance accuracy: which way does the answer go?

1 where the answer's stance is the gold stance (supports, opposes, mixed or inconclusive), else 0; over the questions that have one, which
are the answerable yes/no questions. Declining, failing and a missing record count 0. As the accuracy of PubMedQA (Jin et al. 2019,
doi:10.18653/v1/D19-1259), whose "maybe" is split here into mixed and inconclusive.
"""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import QuestionMetric


def _score(case: Question, reply: Reply | None) -> float | None:
    if case.stance is None:
        return None
    return float(reply is not None and reply.status == "answered" and reply.stance == case.stance)


STANCE = QuestionMetric("stance accuracy", _score, "verdict")
