"""Figures with their uncertainty.

Intervals are 95 % percentile bootstrap intervals over cases (Efron & Tibshirani 1993, chapter 13): ``scipy.stats.bootstrap``, 9,999
resamples, NumPy's PCG64 seeded with 20210 for every interval, so the same scores give the same bytes. Where every case has the same score,
resampling shows no spread and the interval is a point; that is a limit of the method, not certainty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

CONFIDENCE = 0.95
RESAMPLES = 9_999
SEED = 20210
_BATCH = 1_000
"""Resamples at a time, which bounds the memory."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over ``n`` cases and its interval. ``mean`` is None where n is 0, the interval where n is less than 2."""

    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None


def estimate(scores: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """The mean of the cases' scores with its interval; of no scores there is no mean."""
    if not scores:
        return Estimate(0)
    values = np.asarray(scores, dtype=np.float64)
    mean = float(values.mean())
    if len(values) < 2:
        return Estimate(1, mean)
    return Estimate(len(values), mean, *_interval(values, np.mean, confidence))


def estimate_of(figures: Callable[[NDArray[np.int64]], Floats], n: int, confidence: float = CONFIDENCE) -> Estimate:
    """A figure that is no mean, with its interval.

    Args:
        figures: from indexes of shape (B, n), B samples of the n cases, to B figures.
        n: how many cases there are; of none there is no figure.
        confidence: of the interval.
    """
    if n == 0:
        return Estimate(0)
    everything = np.arange(n, dtype=np.int64)
    point = float(figures(everything[None, :])[0])
    if n < 2:
        return Estimate(1, point)

    def statistic(picks: NDArray[np.int64], axis: int = -1) -> Floats:
        return figures(np.atleast_2d(picks))

    return Estimate(n, point, *_interval(everything, statistic, confidence))


def paired_difference(first: Mapping[str, float], second: Mapping[str, float], confidence: float = CONFIDENCE) -> Estimate:
    """The mean of second − first over the cases that both have (by id), with its interval: above 0, the second is higher."""
    return estimate([second[case] - first[case] for case in first if case in second], confidence)


def _interval(values: NDArray[Any], statistic: Callable[..., Any], confidence: float) -> tuple[float, float]:
    interval = bootstrap(
        (values,),
        statistic,
        n_resamples=RESAMPLES,
        confidence_level=confidence,
        method="percentile",
        vectorized=True,
        batch=_BATCH,
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(interval.low), float(interval.high)
