"""Fit what explanations weigh their signs by: ``python -m pincite.app.checker.explain_fit TRAIN.jsonl [--write]``.

The file holds claims over passages with the kind of their difference (one JSON object a line: ``claim``, ``label`` "C" or "N", ``kind``,
``sents``, ``rationales``, ``doc``). A claim of label C is read against its refuting sentences, one of label N against the sentence of
its passage that shares most words with it, as at run time. Conditional logit (McFadden 1974) over the kinds that have a quotable sign, with
a ridge penalty; one weight for each (kind, sign). Prints the accuracy of the first and of the first three, in five folds of whole
documents. ``--write`` puts the weights of the whole file into ``explain.json``.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from pincite.app.claims import ReasonKind
from pincite.ingest.lexical import words
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from .explain import WEIGHTS, names_of
from .explain_reading import pair
from .explain_signs import setting, signs

KINDS: tuple[ReasonKind, ...] = tuple(k for k in get_args(ReasonKind) if k not in ("quote", "citation"))
LABELS = {"C": "contradicted", "N": "not_found"}
_ALSO: Mapping[str, ReasonKind] = {
    **dict.fromkeys(("follow_up", "follow-up", "followup", "other_time", "duration"), "time"),
    **dict.fromkeys(("mechanism", "cost", "other outcome", "other_outcome", "safety", "harm", "reason"), "outcome"),
    **dict.fromkeys(("comparison", "other_comparator", "other comparator"), "comparator"),
    **dict.fromkeys(("subgroup", "other_population", "other population", "site", "setting"), "population"),
    **dict.fromkeys(("other intervention", "other drug", "other_intervention"), "intervention"),
    **dict.fromkeys(("other_dose", "frequency", "schedule"), "dose"),
    "significance": "negation",
    "prevalence": "number",
}
"""Kinds in the writers' words, where they have one of the contract's."""
_RIDGE, _FEWEST, _FOLDS, _LEAST = 3.0, 5, 5, 0.05
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with what refutes it or is nearest to it, and the kind of difference."""

    claim: str
    source: str
    kind: ReasonKind
    doc: str


def rows_of(path: Path, label: str) -> list[Row]:
    """The claims of one label whose kind is one of the contract's."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        kind = item["kind"] if item["kind"] in KINDS else _ALSO.get(item["kind"])
        if item["label"] == label and kind is not None:
            source = _refuting(item) if label == "C" else _nearest(item)
            if source:
                rows.append(Row(item["claim"], source, kind, item["doc"]))
    return rows


def _refuting(item: Mapping[str, Any]) -> str:
    return " ".join(item["sents"][i] for i in item["rationales"][0]) if item["rationales"] else ""


def _nearest(item: Mapping[str, Any]) -> str:
    wanted = set(words(item["claim"]))
    stems = [set(words(s)) for s in item["sents"]]
    best = max(range(len(stems)), key=lambda i: (len(wanted & stems[i]) / (5 + len(stems[i])) ** 0.3, -i))
    return str(item["sents"][best])


def fit(found: Sequence[Mapping[ReasonKind, frozenset[str]]], gold: Sequence[ReasonKind]) -> dict[str, float]:
    """One weight a (kind, sign), from the signs of each claim and its kind of difference."""
    counts = Counter(f"{k}|{n}" for by in found for k, own in by.items() for n in own)
    column = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= _FEWEST))}
    known = [(by, g) for by, g in zip(found, gold, strict=True) if g in by]
    here = [
        (r * len(KINDS) + KINDS.index(k), column[f"{k}|{n}"])
        for r, (by, _) in enumerate(known)
        for k, own in by.items()
        for n in own
        if f"{k}|{n}" in column
    ]
    places = np.asarray(here, dtype=np.int64).reshape(-1, 2)
    shape = (len(known) * len(KINDS), len(column))
    design = csr_matrix((np.ones(len(places)), (places[:, 0], places[:, 1])), shape=shape)
    open_ = np.asarray([[k in by for k in KINDS] for by, _ in known])
    right = np.asarray([[k == g for k in KINDS] for _, g in known], dtype=np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.where(open_, np.asarray(design @ weights).reshape(-1, len(KINDS)), -np.inf)
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        value = -float(np.log(np.maximum((chances * right).sum(axis=1), 1e-300)).sum()) + _RIDGE / 2 * float(weights @ weights)
        return value, design.T @ (chances - right).ravel() + _RIDGE * weights

    best = minimize(loss, np.zeros(len(column)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(best[i]), 2) for name, i in column.items() if abs(best[i]) >= _LEAST}


def order(by: Mapping[ReasonKind, frozenset[str]], weights: Mapping[str, float]) -> list[ReasonKind]:
    """Kinds, likeliest first."""
    scores = {k: sum(weights.get(f"{k}|{n}", 0.0) for n in sorted(own)) for k, own in by.items()}
    return sorted(scores, key=lambda k: (-round(scores[k], 6), k))


def main() -> None:
    """Fit, report, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    fitted = {}
    for label, verdict in LABELS.items():
        rows = rows_of(given.data, label)
        texts = [pair(r.claim, r.source) for r in rows]
        found = [names_of(signs(t), setting(t)) for t in texts]
        gold = [r.kind for r in rows]
        fold = [zlib.crc32(r.doc.encode()) % _FOLDS for r in rows]
        first, three = Counter[ReasonKind](), Counter[ReasonKind]()
        for k in range(_FOLDS):
            weights = fit(
                [f for f, at in zip(found, fold, strict=True) if at != k], [g for g, at in zip(gold, fold, strict=True) if at != k]
            )
            for by, g in ((b, g) for b, g, at in zip(found, gold, fold, strict=True) if at == k):
                likeliest = order(by, weights)
                first[g] += likeliest[:1] == [g]
                three[g] += g in likeliest[:3]
        print(f"{verdict}: {len(rows)} claims, first {first.total() / len(rows):.3f}, first three {three.total() / len(rows):.3f}")
        for kind, n in Counter(gold).most_common():
            print(f"  {kind:13} {n:4} {first[kind] / n:.2f} {three[kind] / n:.2f}")
        fitted[verdict] = fit(found, gold)
    if given.write:
        WEIGHTS.write_text(json.dumps({"weights": fitted}, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
