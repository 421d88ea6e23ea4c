"""From cases and records to scores. Starts from the expected cases; reads nothing but records."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from pincite.ingest.errors import UsageError

from .cases import Question
from .claims import ClaimCase
from .draft_records import DraftRecord
from .drafts import DraftCase
from .metrics import CLAIM_METRICS, DRAFT_METRICS, QUESTION_METRICS, TRIPLET_METRICS, DraftMetric, Metric
from .metrics.calibration import BRIER, ECE
from .metrics.confusion import BALANCED, MACRO_F1, PER_CLASS
from .metrics.outcomes import Outcomes, SetMetric
from .metrics.risk_coverage import AREA
from .records import ClaimRecord, Record, Reply, Ruling
from .stats import Estimate, estimate, estimate_of

SET_METRICS: tuple[SetMetric, ...] = (MACRO_F1, BALANCED, *PER_CLASS, ECE, BRIER, AREA)
"""What is reported of a claim set as a whole, in this order."""


class _Case(Protocol):
    @property
    def id(self) -> str: ...


R_co = TypeVar("R_co", covariant=True)


class _Record(Protocol[R_co]):
    @property
    def case(self) -> str: ...

    @property
    def reply(self) -> R_co: ...


C = TypeVar("C", bound=_Case)
R = TypeVar("R")


@dataclass(frozen=True)
class Scored:
    """One metric's scores, by case id (of drafts: by the part's name) in the order of the cases; those it does not apply to are absent."""

    metric: str
    scores: dict[str, float]

    @cached_property
    def estimate(self) -> Estimate:
        """The mean with its interval."""
        return estimate(list(self.scores.values()))


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric of a whole set, with its interval."""

    metric: str
    estimate: Estimate


def score(
    cases: Sequence[Question], records: Iterable[Record], metrics: Sequence[Metric[Question, Reply]] = QUESTION_METRICS
) -> list[Scored]:
    """Each metric over the questions, in the order of the metrics.

    Raises:
        UsageError: two records of one case, or a record of a case that is not in the set.
    """
    replies = by_case(cases, records)
    return [_scored(metric, cases, replies) for metric in metrics]


def score_claims(
    cases: Sequence[ClaimCase], records: Iterable[ClaimRecord], metrics: Sequence[Metric[ClaimCase, Ruling]] | None = None
) -> list[Scored]:
    """Each metric over the claims, in the order of the metrics (those that say something of this set); raises as ``score`` does."""
    replies = by_case(cases, records)
    return [_scored(metric, cases, replies) for metric in (claim_metrics(cases) if metrics is None else metrics)]


def score_drafts(
    cases: Sequence[DraftCase], records: Iterable[DraftRecord], metrics: Sequence[DraftMetric] = DRAFT_METRICS
) -> list[Scored]:
    """Each metric over the parts of the drafts, in the order of the metrics; raises as ``score`` does."""
    replies = by_case(cases, records)
    return [
        Scored(metric.name, {unit: value for case in cases for unit, value in metric.scores(case, replies.get(case.id)).items()})
        for metric in metrics
    ]


def claim_metrics(cases: Sequence[ClaimCase]) -> tuple[Metric[ClaimCase, Ruling], ...]:
    """What is reported of these claims: the pass rates of triplets belong to triplets alone."""
    return (*CLAIM_METRICS, *TRIPLET_METRICS) if any(case.part for case in cases) else CLAIM_METRICS


def figures(cases: Sequence[ClaimCase], records: Iterable[ClaimRecord], metrics: Sequence[SetMetric] = SET_METRICS) -> list[Figure]:
    """Each metric of the set as a whole, in the order of the metrics; raises as ``score`` does."""
    outcomes = Outcomes.of(cases, by_case(cases, records))
    return [_figure(metric, metric.applies(outcomes)) for metric in metrics]


def by_case(cases: Sequence[_Case], records: Iterable[_Record[R]]) -> dict[str, R]:
    """The replies by case id.

    Raises:
        UsageError: two records of one case, or a record of a case that is not in the set.
    """
    replies: dict[str, R] = {}
    expected = {case.id for case in cases}
    for record in records:
        if record.case not in expected:
            raise UsageError(f'the record of "{record.case}" belongs to no case of this set; score it with the set that was run')
        if record.case in replies:
            raise UsageError(f'the case "{record.case}" has two records; keep one run in a folder')
        replies[record.case] = record.reply
    return replies


def write_scores(path: Path, scored: Sequence[Scored]) -> None:
    """Columns ``case``, ``metric`` and ``score``, by metric and then by case."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["case", "metric", "score"])
        for column in scored:
            writer.writerows((case, column.metric, f"{value:.6f}") for case, value in column.scores.items())


def write_summary(path: Path, rows: Sequence[Scored | Figure]) -> None:
    """Columns ``metric``, ``n``, ``value``, ``low`` and ``high``; empty where there is no figure."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["metric", "n", "value", "low", "high"])
        for row in rows:
            found = row.estimate
            numbers = ["" if value is None else f"{value:.6f}" for value in (found.mean, found.low, found.high)]
            writer.writerow([row.metric, found.n, *numbers])


def _scored(metric: Metric[C, R], cases: Sequence[C], replies: Mapping[str, R]) -> Scored:
    values = {case.id: metric.score(case, replies.get(case.id)) for case in cases}
    return Scored(metric.name, {id: value for id, value in values.items() if value is not None})


def _figure(metric: SetMetric, outcomes: Outcomes) -> Figure:
    return Figure(metric.name, estimate_of(lambda picks: metric.values(outcomes, picks), len(outcomes.gold)))
