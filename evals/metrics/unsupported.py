"""Unsupported-claim rate: how much of what is said does the source not say?

The share of an answer's statements none of whose cited sentences is right (a member of a gold set, or in ``also``); the mean over the
questions that were answered, those that have no answer included, where every statement is unsupported. A statement without a citation is
unsupported. Nothing answered, no figure; a system that states nothing (it only ranks) is not scored. The complement of the attributable
share of AIS (Rashkin et al. 2023, doi:10.1162/coli_a_00486), with gold sentences for its raters.
"""

from __future__ import annotations

from ..cases import Question
from ..records import Reply
from .base import QuestionMetric


def _score(case: Question, reply: Reply | None) -> float | None:
    if reply is None or reply.status != "answered" or reply.cited is None:
        return None
    good = case.right | case.also
    said = [statement.cited for statement in reply.statements] or [(place,) for place in reply.cited]
    return sum(good.isdisjoint(cited) for cited in said) / len(said) if said else 1.0


UNSUPPORTED = QuestionMetric("unsupported-claim rate", _score, "sentences", lower_is_better=True)
