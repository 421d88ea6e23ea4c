"""Needed cited: does the answer cite all that it takes?

1 where all sentences of at least one gold set are cited, else 0; over the answerable questions. Declining, failing and a missing record
count 0; a system that cites nothing is not scored. Gold as a list of sets, any one of which suffices, and all of whose sentences are
needed: SciFact (Wadden et al. 2020, doi:10.18653/v1/2020.emnlp-main.609), where a rationale counts when all of it was predicted.
"""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import QuestionMetric


def _score(case: Question, reply: Reply | None) -> float | None:
    if not case.answerable:
        return None
    if reply is None or reply.status != "answered":
        return 0.0
    if reply.cited is None:
        return None
    return float(any(needed <= set(reply.cited) for needed in case.gold))


NEEDED_CITED = QuestionMetric("needed cited", _score)
