"""Calibration: does a verdict that is called 80 % sure turn out right four times in five?

Over the claims with a score. *ECE*: expected calibration error with ten bins of equal width, the mean of |share right − mean score| weighed
by the size of the bin (Naeini et al. 2015; Guo et al. 2017, arXiv:1706.04599). *Brier*: the mean of (score − right)² (Brier 1950,
doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; ``sklearn.metrics.brier_score_loss``). Lower is better for both. ECE is biased upwards
on small sets: read it with its interval.
"""

from __future__ import annotations

import numpy as np

from .outcomes import Floats, Indexes, Outcomes, SetMetric

BINS = 10


def bin_of(scores: Floats) -> Indexes:
    """The bin of each score, from 0; a score on a border belongs to the bin above, 1 to the last."""
    # Rounded first: 0.3 / 0.1 is a hair below 3.
    result: Indexes = np.minimum(np.floor(np.round(scores * BINS, 9)).astype(np.int64), BINS - 1)
    return result


def _ece(outcomes: Outcomes, picks: Indexes) -> Floats:
    bins, gaps = bin_of(outcomes.score)[picks], (outcomes.right - outcomes.score)[picks]
    total = np.zeros(picks.shape[:-1])
    for number in range(BINS):
        total += np.abs(np.where(bins == number, gaps, 0.0).sum(axis=-1))
    result: Floats = total / picks.shape[-1]
    return result


def _brier(outcomes: Outcomes, picks: Indexes) -> Floats:
    result: Floats = ((outcomes.score - outcomes.right) ** 2)[picks].mean(axis=-1)
    return result


def _scored(outcomes: Outcomes) -> Outcomes:
    return outcomes.scored


ECE = SetMetric("ECE", _ece, _scored, lower_is_better=True, needs_scores=True)
BRIER = SetMetric("Brier", _brier, _scored, lower_is_better=True, needs_scores=True)
