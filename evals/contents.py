"""What a report says, before it is Markdown or HTML: tables with their notes, in the order of reading."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .execute import scored_of
from .loaded import LoadedRun
from .metrics import BY_NAME
from .metrics.draft_confusion import findings_by_gold, verdicts_by_gold
from .metrics.draft_units import claims_of
from .metrics.outcomes import Floats, Indexes
from .oracles import ORACLES
from .records import AnyRecord
from .report import figure
from .run import DRAFTS_NOTE, NOTE
from .scores import Scored
from .sets import AnyCases
from .stats import Estimate, estimate_of

HEADLINES = {
    "claims": ("false pass", "contradicted, passed", "false strip", "not judged"),
    "questions": ("decision accuracy", "needed cited", "citation precision", "stance accuracy"),
    "drafts": ("verdicts right, of claims found", "false claims shown as supported", "citation findings right", "exit code right"),
}
"""What stands at the top, by kind of set."""
_BY_KIND = {
    "claims": ("verdict accuracy", "false pass", "false strip"),
    "questions": ("decision accuracy", "needed cited", "citation precision"),
    "drafts": ("claims found", "verdicts right, of claims found", "false claims shown as supported"),
}
_ORACLES = {
    "claims": ("verdict accuracy", "false pass", "false strip"),
    "questions": ("needed cited", "decision accuracy", "stance accuracy"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts: the first row is its head, the first cell of each row its name."""

    title: str
    rows: Sequence[Sequence[str]]
    note: str = ""


def tables(run: LoadedRun) -> list[Table]:
    """The tables of a report; those for which the run holds nothing are left out."""
    found = [
        Table(
            "Metrics",
            [["", "value"], *([row.metric, figure(row.estimate)] for row in run.rows)],
            DRAFTS_NOTE if run.kind == "drafts" else NOTE,
        ),
        *crossed(run),
        by_kind(run),
        costs(run),
        latency(run.seconds),
        stability(run),
        made_of(run),
    ]
    return [table for table in found if table is not None]


def headlines(run: LoadedRun) -> list[tuple[str, Estimate]]:
    """Name and figure of what stands at the top."""
    by_name = {scored.metric: scored.estimate for scored in run.scored}
    return [(name, by_name[name]) for name in HEADLINES[run.kind] if name in by_name]


def by_kind(run: LoadedRun) -> Table | None:
    """The main metrics by what a claim hinges on, or by how a question is put."""
    kinds = {case.id: case.kind for case in run.claims} | {case.id: case.style for case in run.questions}
    # The parts of a draft that are no claims hinge on nothing.
    kinds |= dict.fromkeys(run.texts) if run.drafts else {}
    kinds |= {met.unit: met.gold.kind for case in run.drafts for met in claims_of(case, None)}
    names = sorted({kind for kind in kinds.values() if kind})
    if not names:
        return None
    chosen = [scored for scored in run.scored if scored.metric in _BY_KIND[run.kind]]
    rows = [["", *(scored.metric for scored in chosen)]]
    for name in names:
        rows.append([name, *(figure(_part(scored, kinds, name).estimate) for scored in chosen)])
    title = "By how the question is put" if run.kind == "questions" else "By what the claim hinges on"
    return Table(title, rows, "Few cases a row: read the intervals.")


def crossed(run: LoadedRun) -> list[Table]:
    """What was said of what in drafts, as counts."""
    if not run.drafts:
        return []
    return [
        Table("Verdicts", verdicts_by_gold(run.drafts, run.checkups), "Rows are gold, columns what was said."),
        Table("Findings on citations", findings_by_gold(run.drafts, run.checkups), "Rows are gold, columns what was said."),
    ]


def costs(run: LoadedRun) -> Table | None:
    """What each step costs, in points, from the oracle runs."""
    if not all(name in run.oracles for name in ORACLES):
        return None
    columns = [_means(run.cases, run.records), *(_means(run.cases, run.oracles[name]) for name in ORACLES)]
    verdict = "the verdict costs" if run.kind == "claims" else "the stance costs"
    rows = [["", "as run", "gold search", "and gold sentences", "the search costs", "the sentences cost", verdict]]
    for name in _ORACLES[run.kind]:
        values = [column.get(name) for column in columns]
        if all(value is not None for value in values):
            numbers = [float(value) for value in values if value is not None]
            better = -1 if BY_NAME[name].lower_is_better else 1
            best = 0.0 if BY_NAME[name].lower_is_better else 1.0
            steps = [better * (after - before) for before, after in zip(numbers, [*numbers[1:], best], strict=True)]
            rows.append([name, *(f"{value:.2f}" for value in numbers), *(_points(step) for step in steps)])
    return Table(
        "What each step costs",
        rows,
        "In percentage points, from runs with gold in place of a step and of those before it. With gold everywhere nothing is left to lose;"
        " a cost below zero means that a later step made less of more.",
    )


def latency(seconds: Mapping[str, float]) -> Table | None:
    """Median and 95th percentile of the seconds a case took."""
    if not seconds:
        return None
    values = np.asarray(list(seconds.values()), dtype=np.float64)

    def percentile(q: float) -> Estimate:
        def of(picks: Indexes) -> Floats:
            return np.asarray(np.percentile(values[picks], q, axis=-1), dtype=np.float64)

        return estimate_of(of, len(values))

    rows = [["", "seconds"]]
    for name, q in (("p50", 50.0), ("p95", 95.0)):
        found = percentile(q)
        interval = "" if found.low is None or found.high is None else f" [{found.low:.3f}, {found.high:.3f}]"
        rows.append([name, f"{found.mean:.3f}{interval} n={found.n}"])
    return Table("Latency", rows, "On the machine of the run, the system alone; with --jobs above 1, cases wait for each other.")


def stability(run: LoadedRun) -> Table | None:
    """What ``pincite eval stability --into`` wrote beside the run."""
    path = run.path / "stability.csv"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[row["metric"], figure(_estimate(row))] for row in csv.DictReader(file)]
    note = "When the question is put again or in other words, or the corpus in another order."
    return Table("Citations that stay", [["", "share"], *rows], note)


def made_of(run: LoadedRun) -> Table:
    """The manifest, flat."""
    return Table("What made this run", [["", "value"], *_flat(run.manifest)])


def _points(share: float) -> str:
    tenths = round(1000 * share)
    return f"{tenths / 10:+.1f}" if tenths else "0.0"


def _flat(values: Mapping[str, Any], prefix: str = "") -> list[list[str]]:
    rows = []
    for key, value in values.items():
        if isinstance(value, Mapping):
            rows += _flat(value, f"{prefix}{key}: ")
        elif value not in (None, ""):
            rows.append([f"{prefix}{key}", str(value)])
    return rows


def _part(scored: Scored, kinds: Mapping[str, str | None], name: str) -> Scored:
    return Scored(scored.metric, {id: value for id, value in scored.scores.items() if kinds[id] == name})


def _means(cases: AnyCases, records: Sequence[AnyRecord]) -> dict[str, float | None]:
    return {scored.metric: scored.estimate.mean for scored in scored_of(cases, records)[0]}


def _estimate(row: Mapping[str, str]) -> Estimate:
    mean, low, high = (float(row[key]) if row[key] else None for key in ("value", "low", "high"))
    return Estimate(int(row["n"]), mean, low, high)
