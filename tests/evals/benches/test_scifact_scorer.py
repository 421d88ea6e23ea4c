"""The published scorer's own worked example (its evaluation guide), and the corners of its definitions."""

from __future__ import annotations

import numpy as np
import pytest
from pincite.evals.benches.scifact_scorer import SCORES, Evidence, counts_of, f1_of

GOLD = {"11": Evidence("SUPPORT", [[0, 1], [11]]), "15": Evidence("SUPPORT", [[4]])}
PREDICTED = {"11": Evidence("SUPPORT", [[1, 11, 13]]), "16": Evidence("CONTRADICT", [[18, 20]])}


def scores(gold: dict[str, Evidence], predicted: dict[str, Evidence]) -> dict[str, float]:
    return dict(zip(SCORES, f1_of(counts_of(gold, predicted)).tolist(), strict=True))


def test_the_authors_example() -> None:
    found = scores(GOLD, PREDICTED)
    assert found["abstract: label + rationale"] == pytest.approx(1 / 2, abs=1e-9)
    assert found["sentence: selection + label"] == pytest.approx(2 / 9, abs=1e-9)
    assert counts_of(GOLD, PREDICTED).tolist() == [[1, 2, 2], [1, 2, 2], [1, 5, 4], [1, 5, 4]]


def test_a_wrong_label_counts_for_the_selection_alone() -> None:
    found = scores(GOLD, {"15": Evidence("CONTRADICT", [[4]])})
    assert found["abstract: label only"] == found["abstract: label + rationale"] == 0
    assert found["sentence: selection"] == pytest.approx(2 / 5, abs=1e-9)
    assert found["sentence: selection + label"] == 0


def test_only_the_first_three_sentences_count_for_an_abstract_but_all_for_the_sentences() -> None:
    found = counts_of({"15": Evidence("SUPPORT", [[4]])}, {"15": Evidence("SUPPORT", [[1, 2, 3, 4]])})
    assert found[:, 0].tolist() == [1, 0, 1, 1]
    assert found[:, 1].tolist() == [1, 1, 4, 4]


def test_counts_add_up_over_claims_and_nothing_predicted_is_nothing_right() -> None:
    both = counts_of(GOLD, PREDICTED) + counts_of({}, {}) + counts_of(GOLD, {})
    assert f1_of(both)[3] == pytest.approx(2 * 1 / (5 + 8), abs=1e-9)
    assert f1_of(np.zeros((4, 3), dtype=np.int64)).tolist() == [0, 0, 0, 0]
