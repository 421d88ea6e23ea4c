"""Verdict confusion and what is computed from it: F1 of each verdict, their mean, and balanced accuracy.

F1 of a verdict is the harmonic mean of its precision and recall, 2TP / (2TP + FP + FN), and 0 where none of the three occurs (van
Rijsbergen 1979). Macro F1 is the plain mean over the verdicts that occur in gold (scikit-learn's ``f1_score`` with those as its labels).
Balanced accuracy is the mean of the verdicts' recalls (Brodersen et al. 2010, doi:10.1109/ICPR.2010.764; ``balanced_accuracy_score``). A
claim that could not be judged is in the column ``unchecked``: it lowers recall and no verdict's precision.
"""

from __future__ import annotations

import numpy as np

from ..claims import VERDICTS
from .outcomes import CLASSES, Floats, Indexes, Outcomes, SetMetric

_N = len(CLASSES)


def confusion(outcomes: Outcomes, picks: Indexes) -> Floats:
    """Counts of shape (B, gold, got) for picks of shape (B, n)."""
    cells = (outcomes.gold * _N + outcomes.got)[picks]
    counts = np.stack([(cells == cell).sum(axis=-1) for cell in range(_N * _N)], axis=-1).astype(np.float64)
    return counts.reshape(*picks.shape[:-1], _N, _N)


def f1(counts: Floats) -> Floats:
    """F1 of each class, shape (B, class); 0 where the class occurs nowhere."""
    hits = np.diagonal(counts, axis1=-2, axis2=-1)
    both = counts.sum(axis=-1) + counts.sum(axis=-2)
    result: Floats = np.divide(2 * hits, both, out=np.zeros_like(hits), where=both > 0)
    return result


def _every(outcomes: Outcomes) -> Outcomes:
    return outcomes


def _macro(outcomes: Outcomes, picks: Indexes) -> Floats:
    occurring = np.unique(outcomes.gold)
    result: Floats = f1(confusion(outcomes, picks))[..., occurring].mean(axis=-1)
    return result


def _balanced(outcomes: Outcomes, picks: Indexes) -> Floats:
    counts = confusion(outcomes, picks)
    rows = counts.sum(axis=-1)
    recalls = np.divide(np.diagonal(counts, axis1=-2, axis2=-1), rows, out=np.full_like(rows, np.nan), where=rows > 0)
    result: Floats = np.nanmean(recalls, axis=-1)
    return result


def _f1_of(index: int) -> SetMetric:
    def values(outcomes: Outcomes, picks: Indexes) -> Floats:
        result: Floats = f1(confusion(outcomes, picks))[..., index]
        return result

    def applies(outcomes: Outcomes) -> Outcomes:
        # Where gold never has the verdict there is nothing to find, and no figure.
        return outcomes if (outcomes.gold == index).any() else outcomes.only(np.zeros(len(outcomes.gold), dtype=np.bool_))

    return SetMetric(f"F1: {CLASSES[index]}", values, applies)


MACRO_F1 = SetMetric("macro F1", _macro, _every)
BALANCED = SetMetric("balanced accuracy", _balanced, _every)
PER_CLASS: tuple[SetMetric, ...] = tuple(_f1_of(index) for index in range(len(VERDICTS)))
