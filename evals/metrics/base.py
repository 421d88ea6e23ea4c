"""What a metric is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..cases import Question
from ..records import Reply


@dataclass(frozen=True, slots=True)
class Metric:
    """A name and a function of one case. ``score`` is from 0 to 1, or None where the metric does not apply to the case.

    The reply is None where the case has no record.
    """

    name: str
    score: Callable[[Question, Reply | None], float | None]
