"""hit@k: is a right sentence among the first k?

1 where one of the first k sentences put forward is a member of any gold set, else 0; over the answerable questions. Put forward are the
cited sentences, in the order of their numbers, or for a system that only ranks, the ranked ones. Declining, failing and a missing record
count 0. Known as success@k; see e.g. Success@k in ir-measures (MacAvaney et al. 2022, doi:10.1007/978-3-030-99739-7_38).
"""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import QuestionMetric


def hit_at(k: int) -> QuestionMetric:
    """The metric for this k, 1 or more."""

    def score(case: Question, reply: Reply | None) -> float | None:
        if not case.answerable:
            return None
        if reply is None or reply.status != "answered":
            return 0.0
        return float(not case.right.isdisjoint(reply.order[:k]))

    return QuestionMetric(f"hit@{k}", score)


HIT_1 = hit_at(1)
HIT_3 = hit_at(3)
