"""Citation precision: how much of what is cited is to the point?

The share of the cited sentences that are in a gold set or in ``also``; the mean over the answerable questions that were answered. An answer
without a citation counts 0. A declined question has no citations and is not scored here: read it beside citation recall, which counts it
0. After ALCE (Gao et al. 2023, doi:10.18653/v1/2023.emnlp-main.398), with gold sentences for its entailment model's judgement.
"""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import QuestionMetric


def _score(case: Question, reply: Reply | None) -> float | None:
    if not case.answerable or reply is None or reply.status != "answered" or reply.cited is None:
        return None
    cited = set(reply.cited)
    return len(cited & (case.right | case.also)) / len(cited) if cited else 0.0


PRECISION = QuestionMetric("citation precision", _score)
