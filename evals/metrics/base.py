"""What a metric is, and which step of the work it looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from ..cases import Question
from ..claims import ClaimCase
from ..records import Reply, Ruling

C = TypeVar("C")
R = TypeVar("R")

Step = Literal["retrieval", "abstention", "sentences", "verdict"]
"""Where the fault lies when the metric falls: what the search brings up, whether to answer at all, which sentences are chosen and cited,
what is made of them."""
STEPS: tuple[Step, ...] = ("retrieval", "abstention", "sentences", "verdict")


@dataclass(frozen=True)
class Metric(Generic[C, R]):
    """A name and a function of one case. ``score`` is from 0 to 1, or None where the metric does not apply to the case.

    The reply is None where the case has no record. ``lower_is_better`` is true of error rates.
    """

    name: str
    score: Callable[[C, R | None], float | None]
    step: Step = "sentences"
    lower_is_better: bool = False


QuestionMetric = Metric[Question, Reply]
ClaimMetric = Metric[ClaimCase, Ruling]
