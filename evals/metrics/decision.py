"""Decision accuracy: does it answer where there is an answer, and say so where there is none?

1 where the status is ``answered`` for an answerable question or ``no_evidence`` for another, else 0; over all questions. Failing and a
missing record count 0: not having looked is not having found nothing. Answerability as in SQuAD 2.0 (Rajpurkar et al. 2018,
doi:10.18653/v1/P18-2124). What always answers gets the share of answerable questions: read it beside *answered* and *declined*.
"""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import QuestionMetric


def _score(case: Question, reply: Reply | None) -> float | None:
    if reply is None:
        return 0.0
    return float(reply.status == ("answered" if case.answerable else "no_evidence"))


DECISION = QuestionMetric("decision accuracy", _score, "abstention")
