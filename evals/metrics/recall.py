"""Citation recall: how much of what is needed is cited?

The share of a gold set's sentences that are cited, for the gold set that is covered best; over the answerable questions. Declining, failing
and a missing record count 0; a system that cites nothing is not scored. After ALCE (Gao et al. 2023,
doi:10.18653/v1/2023.emnlp-main.398), where a statement counts when its citations carry it whole, with gold sentences for its entailment
model's judgement, and a part counted as a part.
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
    cited = set(reply.cited)
    return max(len(needed & cited) / len(needed) for needed in case.gold)


RECALL = QuestionMetric("citation recall", _score)
