"""What metrics of a whole set are computed from, and what such a metric is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..claims import VERDICTS, ClaimCase
from ..records import Ruling

CLASSES = (*VERDICTS, "unchecked")
"""What a system can say; the last one is also what a claim without a record counts as."""

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A set's claims that have one gold verdict, with what was said of each. All arrays have length ``n`` and the cases' order.

    ``gold`` and ``got`` are indexes into ``CLASSES``; ``right`` is 1 where they agree; ``score`` is NaN where the system gave none or could
    not judge.
    """

    gold: Indexes
    got: Indexes
    right: Floats
    score: Floats

    @classmethod
    def of(cls, cases: Sequence[ClaimCase], replies: Mapping[str, Ruling]) -> Outcomes:
        """The outcomes of these cases; a claim without a record was not judged."""
        rows = [(case.verdict, replies.get(case.id)) for case in cases if case.verdict is not None]
        gold = np.asarray([CLASSES.index(verdict) for verdict, _ in rows], dtype=np.int64)
        got = np.asarray([CLASSES.index(r.verdict if r is not None else "unchecked") for _, r in rows], dtype=np.int64)
        scores = [r.score if r is not None and r.score is not None and r.verdict != "unchecked" else np.nan for _, r in rows]
        return cls(gold, got, (gold == got).astype(np.float64), np.asarray(scores, dtype=np.float64))

    def only(self, kept: NDArray[np.bool_]) -> Outcomes:
        """Those that a mask keeps."""
        return Outcomes(self.gold[kept], self.got[kept], self.right[kept], self.score[kept])

    @property
    def scored(self) -> Outcomes:
        """Those that have a score."""
        return self.only(~np.isnan(self.score))


@dataclass(frozen=True, slots=True)
class SetMetric:
    """A name and a function of many samples at once: ``values(outcomes, picks)`` gives a figure a row of ``picks``, indexes of shape (B,
    n).

    ``applies`` picks the outcomes that it is computed over; over none there is no figure.
    """

    name: str
    values: Callable[[Outcomes, Indexes], Floats]
    applies: Callable[[Outcomes], Outcomes]
    lower_is_better: bool = False
    needs_scores: bool = False
