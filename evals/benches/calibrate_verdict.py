"""Fit what the verdict on a claim is decided by: ``python -m pincite.evals.benches.calibrate_verdict --data DIR``.

On development claims whose passage or premise comes along (``claims/dev/written.jsonl``, ``contrast.jsonl``): the papers are split in two
by their names. The first half fits the softmax regression, the second one reports. With ``--write`` the calibration goes into the checker's
``verdict.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pincite.app.answer import Assistant, open_corpus
from pincite.app.checker.verdict import SIGNALS, VERDICTS, signals
from pincite.app.checking import TextSearch, windows
from pincite.evals.passages import Passage
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

LABELS = {"S": "supported", "C": "contradicted", "N": "not_found", "P": "partly"}
SETS = ("written", "contrast")
SUPPORTED = 0.5
"""A claim passes as supported only where that is likelier than everything else together."""
REGULARISATION = 0.3


@dataclass(frozen=True, slots=True)
class Weighed:
    """Claims as signals, shape (claims, signals), their verdicts by number, and which half each belongs to."""

    signals: NDArray[np.float64]
    verdicts: NDArray[np.int64]
    fitting: NDArray[np.bool_]


def weigh(data: Path, assistant: Assistant) -> Weighed:
    """The signals of all development claims.

    Raises:
        FileNotFoundError: the folder lacks a set; the message names it.
    """
    search = TextSearch(assistant.index.embedder)
    checker = assistant.checker.verdicts
    rows: list[dict[str, Any]] = []
    for name in SETS:
        path = data / "claims/dev" / f"{name}.jsonl"
        if not path.is_file():
            raise FileNotFoundError(f"{path} is absent: give the folder of the development data with --data")
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    papers = sorted({row["doc"] for row in rows})
    half = set(papers[::2])
    values = []
    for row in track(rows, description="judging"):
        document = Passage.of(tuple(row.get("sents") or [row["premise"]])).document
        read = windows(search.near(row["claim"], document))
        values.append(signals(row["claim"], read, checker.judge(row["claim"], read)))
    verdicts = np.asarray([VERDICTS.index(LABELS[row["label"]]) for row in rows])
    return Weighed(np.asarray(values), verdicts, np.asarray([row["doc"] in half for row in rows]))


def fit(weighed: Weighed) -> dict[str, Any]:
    """The calibration of these claims, as it stands in ``verdict.json``."""
    x, y = weighed.signals[weighed.fitting], weighed.verdicts[weighed.fitting]
    mean, scale = x.mean(0), x.std(0) + 1e-6
    model = LogisticRegression(C=REGULARISATION, max_iter=5000).fit((x - mean) / scale, y)
    held = ~weighed.fitting
    shown = model.predict_proba((weighed.signals[held] - mean) / scale)
    decided = _decide(shown)
    truth = weighed.verdicts[held]
    return {
        "signals": list(SIGNALS),
        "weights": np.round(model.coef_, 4).tolist(),
        "bias": np.round(model.intercept_, 4).tolist(),
        "mean": np.round(mean, 4).tolist(),
        "scale": np.round(scale, 4).tolist(),
        "supported": SUPPORTED,
        "development, the other half": {
            "claims": int(held.sum()),
            "macro F1": round(float(f1_score(truth, decided, average="macro")), 3),
            "contradicted passed": round(float((decided[truth == 1] == 0).mean()), 3),
            "supported kept": round(float((decided[truth == 0] == 0).mean()), 3),
        },
    }


def _decide(probability: NDArray[np.float64]) -> NDArray[np.int64]:
    order = np.argsort(-probability, axis=1, kind="stable")
    weak = (order[:, 0] == 0) & (probability[:, 0] < SUPPORTED)
    return np.where(weak, order[:, 1], order[:, 0])


def main(argv: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--write", action="store_true", help="put the calibration into the checker's verdict.json")
    args = parser.parse_args(argv)
    assistant = open_corpus()
    calibration = fit(weigh(args.data, assistant))
    print(json.dumps(calibration["development, the other half"], indent=1))
    if args.write:
        path = assistant.checker.verdicts.recipe
        meta = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(meta | {"verdict": calibration}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
