"""Risk and coverage: how many verdicts are wrong if only the surest are shown?

The claims with a score, the surest first. At coverage k/n, the risk is the share of wrong verdicts among the first k; among claims of equal
score, the wrong ones are spread evenly, which is the expectation over their orders. The area is the mean risk over all coverages, AURC
(Geifman, Uziel & El-Yaniv 2019, arXiv:1805.08206); lower is better. Claims that could not be judged are not in it: they are counted apart.
"""

from __future__ import annotations

import numpy as np

from .outcomes import Floats, Indexes, Outcomes, SetMetric


def curve(score: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Coverage and risk, arrays of the same length, from the surest claim alone to all of them."""
    order = np.argsort(-score, kind="stable")
    sorted_scores, wrong = score[order], 1.0 - right[order]
    ties = np.concatenate([[0], np.cumsum(np.diff(sorted_scores) != 0)]) if len(score) else np.zeros(0, dtype=np.int64)
    wrong = (np.bincount(ties, wrong) / np.bincount(ties))[ties] if len(score) else wrong
    seen = np.arange(1, len(score) + 1, dtype=np.float64)
    return seen / max(len(score), 1), np.cumsum(wrong) / seen


def _area(outcomes: Outcomes, picks: Indexes) -> Floats:
    return np.asarray([curve(outcomes.score[pick], outcomes.right[pick])[1].mean() for pick in picks], dtype=np.float64)


def _scored(outcomes: Outcomes) -> Outcomes:
    return outcomes.scored


AREA = SetMetric("area under risk-coverage", _area, _scored, lower_is_better=True, needs_scores=True)
