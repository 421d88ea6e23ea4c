"""Fit what the checker weighs its signals by: ``python -m pincite.evals.benches.calibrate SET...``.

On development questions only. Logistic regression over every judged sentence (does it answer, or is it to the point), then the two
thresholds: ``answered`` the lowest where answered/declined is right as good as most often, ``also`` as low as the wanted precision of
citations allows (the highest F1 was tried, and leaves out too many of the sentences that are needed together). Prints the calibration as
JSON, with what it reaches on these sets, and with ``--write`` puts it into the checker's ``judge.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pincite.app.answer import JUDGED, Assistant, open_corpus
from pincite.app.checker.decide import beside_the_point
from pincite.evals.cases import Question, load_questions
from pincite.evals.run import find_set
from pincite.evals.runner import by_passage
from pincite.evals.systems import assistant_over
from sklearn.linear_model import LogisticRegression

JUDGE = Path(__file__).resolve().parents[2] / "app" / "checker" / "judge.json"
FLAT = 0.005
"""The lowest threshold within this of the best is taken: what is declined without need cannot be judged by the reader."""
PRECISION = 0.81
"""Wanted of the citations: the goal is 0.80, and neighbours cost some."""
NEIGHBOUR = 0.5
"""A neighbour's threshold, as a share of ``also``."""
_GRID = np.round(np.arange(0.05, 0.96, 0.01), 2)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One case: its signals, shape (sentences, 4), which sentences are right, which a rule excludes, and the case's gold as row numbers."""

    signals: np.ndarray[Any, np.dtype[np.float64]]
    right: np.ndarray[Any, np.dtype[np.bool_]]
    excluded: np.ndarray[Any, np.dtype[np.bool_]]
    answerable: bool


def weigh(case: Question, assistant: Assistant) -> Weighed | None:
    """The signals of one case, or None where the question cannot be searched for."""
    asked = assistant.retriever.read(case.question)
    if not asked.english:
        return None
    found, similarities = assistant.retriever.search_with_similarity(asked.text, JUDGED)
    candidates = assistant.candidates(found, similarities)
    _, signals = assistant.checker.signals(asked.text, candidates)
    wanted = case.right | case.also
    return Weighed(
        np.asarray([s.values() for s in signals]),
        np.asarray([(c.document.id, c.sentence.number) in wanted for c in candidates]),
        np.asarray([beside_the_point(asked.text, c) for c in candidates]),
        case.answerable,
    )


def fit(cases: Sequence[Weighed]) -> dict[str, Any]:
    """The calibration of these cases, as it stands in ``judge.json``."""
    model = LogisticRegression(C=1.0, max_iter=1000).fit(np.vstack([c.signals for c in cases]), np.concatenate([c.right for c in cases]))
    scored = [np.where(c.excluded, 0.0, model.predict_proba(c.signals)[:, 1]) for c in cases]
    best = np.asarray([s.max() for s in scored])
    answerable = np.asarray([c.answerable for c in cases])
    decided = [((best >= t) == answerable).mean() for t in _GRID]
    answered = float(_GRID[int(np.argmax(np.asarray(decided) >= max(decided) - FLAT))])
    precision = [_precision(cases, scored, answered, share) for share in _GRID]
    enough = [i for i, value in enumerate(precision) if value >= PRECISION]
    best_share = enough[0] if enough else int(np.argmax(precision))
    also = float(_GRID[best_share])
    return {
        "weights": [round(float(w), 4) for w in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 4),
        "answered": answered,
        "also": also,
        "neighbour": round(also * NEIGHBOUR, 2),
        "development": {
            "questions": len(cases),
            "decision accuracy": round(float(decided[round((answered - _GRID[0]) * 100)]), 3),
            "citation precision without neighbours": round(float(precision[best_share]), 3),
        },
    }


def _precision(cases: Sequence[Weighed], scored: Sequence[np.ndarray[Any, np.dtype[np.float64]]], answered: float, share: float) -> float:
    """Mean share of cited sentences that are right, over answerable cases that are answered."""
    values = [
        case.right[score >= share * score.max()].mean()
        for case, score in zip(cases, scored, strict=True)
        if case.answerable and score.max() >= answered
    ]
    return float(np.mean(values)) if values else 0.0


def main(argv: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", help="development sets: names of sets that ship, or paths")
    parser.add_argument("--write", action="store_true", help="put the calibration into the checker's judge.json")
    args = parser.parse_args(argv)
    corpus = open_corpus()
    weighed = []
    for name in args.sets:
        for group in by_passage(load_questions(find_set(name), corpus.documents)):
            passage = group[0].passage
            assistant = corpus if passage is None else assistant_over({passage.id: passage.document}, corpus)
            weighed += [found for case in group if (found := weigh(case, assistant)) is not None]
    calibration = fit(weighed) | {"sets": [Path(name).stem for name in args.sets]}
    print(json.dumps(calibration, indent=1))
    if args.write:
        meta = json.loads(JUDGE.read_text(encoding="utf-8"))
        JUDGE.write_text(json.dumps(meta | {"calibration": calibration}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
