"""From cases and records to scores. Starts from the expected cases; reads nothing but records."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pincite.ingest.errors import UsageError

from .cases import Question
from .metrics import QUESTION_METRICS, Metric
from .records import Record, Reply
from .stats import Estimate, estimate


@dataclass(frozen=True, slots=True)
class Scored:
    """One metric's scores, by case id in the order of the cases; cases it does not apply to are absent."""

    metric: str
    scores: dict[str, float]

    @property
    def estimate(self) -> Estimate:
        """The mean with its interval."""
        return estimate(list(self.scores.values()))


def score(cases: Sequence[Question], records: Iterable[Record], metrics: Sequence[Metric] = QUESTION_METRICS) -> list[Scored]:
    """Each metric over the cases, in the order of the metrics.

    Raises:
        UsageError: two records of one case, or a record of a case that is not in the set.
    """
    replies: dict[str, Reply] = {}
    expected = {case.id for case in cases}
    for record in records:
        if record.case not in expected:
            raise UsageError(f'the record of "{record.case}" belongs to no case of this set; score it with the set that was run')
        if record.case in replies:
            raise UsageError(f'the case "{record.case}" has two records; keep one run in a folder')
        replies[record.case] = record.reply
    return [_scored(metric, cases, replies) for metric in metrics]


def write_scores(path: Path, scored: Sequence[Scored]) -> None:
    """Columns ``case``, ``metric`` and ``score``, by metric and then by case."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["case", "metric", "score"])
        for column in scored:
            writer.writerows((case, column.metric, f"{value:.6f}") for case, value in column.scores.items())


def _scored(metric: Metric, cases: Sequence[Question], replies: dict[str, Reply]) -> Scored:
    values = {case.id: metric.score(case, replies.get(case.id)) for case in cases}
    return Scored(metric.name, {id: value for id, value in values.items() if value is not None})
