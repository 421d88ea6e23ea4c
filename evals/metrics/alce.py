"""Citation recall and precision by the checker: do the cited sentences carry the statements?

ALCE's own definitions (Gao et al. 2023, doi:10.18653/v1/2023.emnlp-main.398, section 4), with Pincite's checker for its entailment model.
Recall: the share of statements that their cited sentences, taken together, support. Precision: the share of citations that are useful; a
citation is useful where the statement is supported by all of its citations, and either this one supports it alone or the others without it
do not. Over the questions that were answered and whose statements the checker was asked about.

The checker is a part of Pincite, so these say that an answer agrees with its citations, not that it is right: gold sentences judge that
(``precision.py``, ``recall.py``), and the two are never mixed.
"""

from __future__ import annotations

from ..cases import Question
from ..records import Reply, Statement
from .base import QuestionMetric


def _judged(reply: Reply | None) -> list[Statement]:
    return [s for s in reply.statements if s.borne is not None] if reply is not None and reply.status == "answered" else []


def _recall(case: Question, reply: Reply | None) -> float | None:
    judged = _judged(reply)
    return sum(bool(s.borne) for s in judged) / len(judged) if judged else None


def _precision(case: Question, reply: Reply | None) -> float | None:
    judged = _judged(reply)
    useful = [flag for s in judged for flag in s.useful]
    if not judged:
        return None
    return sum(useful) / len(useful) if useful else 0.0


CHECKED_RECALL = QuestionMetric("citation recall, by the checker", _recall, "sentences")
CHECKED_PRECISION = QuestionMetric("citation precision, by the checker", _precision, "sentences")
