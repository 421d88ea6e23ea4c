"""The best decision that any one threshold on a system's own score could have made: an upper bound, not a result.

A system that always answers may give a score with its answer. The threshold (answer where the score is at least this) is chosen on the very
questions that it is then scored on, so no threshold that had to be set beforehand can do better. A case without a score is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..cases import Question
from ..records import Reply


@dataclass(frozen=True, slots=True)
class Bound:
    """Share of right decisions over ``n`` questions at the best threshold."""

    accuracy: float
    threshold: float
    n: int


def best_threshold(cases: Sequence[Question], replies: Mapping[str, Reply]) -> Bound | None:
    """The bound over the cases (at least one), the lowest threshold where several are best; None where no reply has a score."""
    scored = [(reply.score, case.answerable) for case in cases if (reply := replies.get(case.id)) is not None and reply.score is not None]
    if not scored:
        return None
    # Above them all stands the threshold that never answers.
    thresholds = [*sorted({score for score, _ in scored}), max(score for score, _ in scored) + 1]
    rights = [sum((score >= threshold) == answerable for score, answerable in scored) for threshold in thresholds]
    best = max(range(len(thresholds)), key=lambda i: (rights[i], -i))
    return Bound(rights[best] / len(cases), thresholds[best], len(cases))
