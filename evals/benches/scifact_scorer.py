"""SciFact's published scores: abstract-level and sentence-level F1 (Wadden et al. 2020, doi:10.18653/v1/2020.emnlp-main.609, section 4.2).

Abstract level: an abstract that was predicted as evidence is right where gold has it with the same label (*label only*), and besides, one
whole gold evidence set is among the first three predicted sentences (*label + rationale*). Sentence level: a predicted sentence is right
where it belongs to a gold evidence set all of whose sentences were predicted (*selection*), and the label is right too (*selection +
label*). Precision is over all that was predicted, recall over all of gold's abstracts or evidence sentences, F1 over the whole set at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..stats import Floats

MOST_SENTENCES = 3
"""Predicted sentences that count at the abstract level."""
SCORES = ("abstract: label only", "abstract: label + rationale", "sentence: selection", "sentence: selection + label")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What gold or a system says of one abstract: its label (SUPPORT or CONTRADICT) and evidence sets; a prediction has one set,
    ordered."""

    label: str
    sets: Sequence[Sequence[int]]

    @property
    def sentences(self) -> list[int]:
        """All of them, in order."""
        return [number for members in self.sets for number in members]


ByAbstract = Mapping[str, Evidence]


def counts_of(gold: ByAbstract, predicted: ByAbstract) -> NDArray[np.int64]:
    """One claim's counts: shape (4, 3), a row for each of ``SCORES``, with what is right, what was predicted and what gold has."""
    counts = np.zeros((len(SCORES), 3), dtype=np.int64)
    counts[:2, 2] = len(gold)
    counts[2:, 2] = sum(len(evidence.sentences) for evidence in gold.values())
    for abstract, prediction in predicted.items():
        chosen = prediction.sentences
        counts[:2, 1] += 1
        counts[2:, 1] += len(chosen)
        truth = gold.get(abstract)
        if truth is None:
            continue
        labelled = truth.label == prediction.label
        whole = any(set(members) <= set(chosen[:MOST_SENTENCES]) for members in truth.sets)
        right = sum(any(number in members and set(members) <= set(chosen) for members in truth.sets) for number in set(chosen))
        counts[:, 0] += np.array([labelled, labelled and whole, right, labelled * right], dtype=np.int64)
    return counts


def f1_of(counts: NDArray[np.int64]) -> Floats:
    """F1 from summed counts, shape (..., 3): the harmonic mean of precision and recall, 0 where nothing is right."""
    right, predicted, gold = (counts[..., i].astype(np.float64) for i in range(3))
    both = predicted + gold
    result: Floats = np.divide(2 * right, both, out=np.zeros_like(right), where=both > 0)
    return result
