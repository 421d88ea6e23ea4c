from __future__ import annotations

import pytest
from pincite.evals.stats import Estimate, estimate, paired_difference
from scipy.stats import binom


def test_no_cases_is_not_zero() -> None:
    assert estimate([]) == Estimate(0, None, None, None)
    assert estimate([0.0, 0.0]).mean == 0


def test_one_case_has_no_interval() -> None:
    assert estimate([1.0]) == Estimate(1, 1.0, None, None)


def test_a_rate_has_the_interval_of_its_resamples() -> None:
    # A resample of 40 cases of which 30 are right is binomial(40, 0.75): its 2.5 and 97.5 % points are known.
    value = estimate([1.0] * 30 + [0.0] * 10)
    low, high = (binom.ppf(share, 40, 0.75) / 40 for share in (0.025, 0.975))
    assert value.n == 40
    assert value.mean == 0.75
    assert value.low == pytest.approx(low, abs=1 / 40)
    assert value.high == pytest.approx(high, abs=1 / 40)


def test_same_scores_same_interval() -> None:
    assert estimate([0.0, 0.5, 1.0, 1.0]) == estimate([0.0, 0.5, 1.0, 1.0])


def test_where_every_case_is_alike_the_interval_is_a_point() -> None:
    assert estimate([1.0] * 5) == Estimate(5, 1.0, 1.0, 1.0)


def test_paired_difference_is_over_the_cases_of_both() -> None:
    first = {"a": 0.0, "b": 0.0, "c": 1.0, "only here": 1.0}
    second = {"a": 1.0, "b": 0.0, "c": 1.0, "only there": 0.0}
    value = paired_difference(first, second)
    assert value.n == 3
    assert value.mean == pytest.approx(1 / 3)
    assert value.low == 0
    assert value.high == 1
    assert paired_difference(first, first) == Estimate(4, 0.0, 0.0, 0.0)
    assert paired_difference(first, {}) == Estimate(0)
