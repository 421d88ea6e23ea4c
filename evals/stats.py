"""Means with their uncertainty.

Intervals are 95 % percentile bootstrap intervals over cases (Efron & Tibshirani 1993, chapter 13): ``scipy.stats.bootstrap``, 9,999
resamples, NumPy's PCG64 seeded with 20210 for every interval, so the same scores give the same bytes. Where every case has the same score,
resampling shows no spread and the interval is a point; that is a limit of the method, not certainty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import bootstrap

CONFIDENCE = 0.95
RESAMPLES = 9_999
SEED = 20210


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over ``n`` cases and its 95 % interval. ``mean`` is None where n is 0, the interval where n is less than 2."""

    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None


def estimate(scores: Sequence[float]) -> Estimate:
    """The mean of the cases' scores with its interval; of no scores there is no mean."""
    if not scores:
        return Estimate(0)
    values = np.asarray(scores, dtype=np.float64)
    mean = float(values.mean())
    if len(values) < 2:
        return Estimate(1, mean)
    interval = bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        vectorized=True,
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Estimate(len(values), mean, float(interval.low), float(interval.high))


def paired_difference(first: Mapping[str, float], second: Mapping[str, float]) -> Estimate:
    """The mean of second − first over the cases that both have (by id), with its interval: above 0, the second is better."""
    return estimate([second[case] - first[case] for case in first if case in second])
