"""What a public benchmark is, and what they share: files with their origin, marks that others published, and figures over labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from pincite.app.answer import Assistant
from pincite.ingest.errors import UsageError

from ..cases import read_lines
from ..metrics.confusion import f1
from ..runner import Progress
from ..stats import Estimate, Floats, estimate, estimate_of


@dataclass(frozen=True, slots=True)
class Needed:
    """A file of a benchmark within the data folder, where it comes from and under which licence."""

    path: str
    origin: str
    licence: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What someone else reached, and where it is published."""

    metric: str
    value: str
    whose: str
    source: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its name."""

    metric: str
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Bench:
    """A benchmark. ``measure`` takes the data folder, an open corpus (for its encoder and checker), how many cases at most, and
    progress."""

    name: str
    title: str
    needs: tuple[Needed, ...]
    measure: Callable[[Path, Assistant, int | None, Progress | None], list[Measured]]
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = field(default=())


def require(bench: Bench, data: Path) -> None:
    """Prove that the files are there.

    Raises:
        UsageError: one is missing; the message says which, from where and under which licence.
    """
    for needed in bench.needs:
        if not (data / needed.path).is_file():
            raise UsageError(
                f"{bench.name} needs {data / needed.path}, which is missing. It comes from {needed.origin} (licence: {needed.licence});"
                " put it there, or name another folder with --data"
            )


def rows_of(path: Path, limit: int | None) -> list[dict[str, Any]]:
    """The objects of a file, or the first of them.

    Raises:
        CaseError: it cannot be read, or a line is no object.
    """
    rows = []
    for _, _, row in read_lines(path):
        rows.append(row)
        if limit is not None and len(rows) == limit:
            break
    return rows


def classified(gold: Sequence[str], said: Sequence[str], labels: Sequence[str]) -> list[Measured]:
    """Accuracy, macro F1 over the labels, and what always naming the commonest label would get.

    What was said may be none of the labels ("could not be judged"): it is then right of none.
    """
    classes = [*labels, "other"]
    truth = np.asarray([classes.index(label) for label in gold], dtype=np.int64)
    answer = np.asarray([classes.index(label) if label in labels else len(labels) for label in said], dtype=np.int64)
    size = len(classes)

    def macro(picks: Any) -> Floats:
        cells = (truth * size + answer)[picks]
        counts = np.stack([(cells == cell).sum(axis=-1) for cell in range(size * size)], axis=-1).astype(np.float64)
        result: Floats = f1(counts.reshape(-1, size, size))[:, : len(labels)].mean(axis=-1)
        return result

    commonest = Counter(gold).most_common(1)[0][0]
    return [
        Measured("accuracy", estimate([float(a == b) for a, b in zip(gold, said, strict=True)])),
        Measured("macro F1", estimate_of(macro, len(gold))),
        Measured(f'accuracy of always "{commonest}"', estimate([float(label == commonest) for label in gold])),
    ]
