"""``pincite eval compare A B``: what got better, what got worse, case by case, and whether it is more than chance.

A metric *fell by more than chance* where the whole interval of its paired difference (bootstrap over cases) lies on the worse side of
zero. Several metrics are guarded at once, so each interval is at 1 − 0.05 / m for m of them (Bonferroni): comparing two equal systems
raises an alarm in at most one of twenty cases. Where one fell, the exit code is 1 and the step at fault is named: the first, in the order
of the work, whose metric fell. Citations and stance are looked at over the questions that both runs answered for that, or every question
that is newly declined would count against them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pincite.ingest.errors import UsageError

from .loaded import LoadedRun, load_run
from .metrics import BY_NAME, STEPS, Step
from .metrics.outcomes import Indexes, Outcomes, SetMetric
from .metrics.stability import overlap
from .report import figure, markdown
from .run import EXIT_DONE, EXIT_WORSE, NOTE
from .scores import SET_METRICS, Scored
from .sets import Kind
from .stats import Estimate, Floats, estimate, estimate_of, paired_difference

QUESTION_GUARDS = (
    "decision accuracy",
    "needed cited",
    "citation precision",
    "citation recall, by the checker",
    "stance accuracy",
    "search: nDCG@10",
)
CLAIM_GUARDS = ("verdict accuracy", "false pass", "false strip", "not judged", "a right sentence named", "search: recall@3")
DRAFT_GUARDS = (
    "claims found",
    "non-claims taken",
    "verdicts right, of claims found",
    "false claims shown as supported",
    "citation findings right",
)
GUARDS: Mapping[Kind, tuple[str, ...]] = {"questions": QUESTION_GUARDS, "claims": CLAIM_GUARDS, "drafts": DRAFT_GUARDS}
ALARM = 0.05
"""How often a comparison of two equal systems may raise an alarm."""


@dataclass(frozen=True, slots=True)
class Change:
    """One metric in both runs. ``difference`` is second − first over the cases that both score, at 95 %."""

    metric: str
    first: Estimate
    second: Estimate
    difference: Estimate
    fell: bool = False
    """Whether it is guarded and fell by more than chance."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose guarded metrics changed, in sum by ``by`` (below 0: worse). ``what`` is a line for a reader."""

    case: str
    by: float
    what: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one set, compared."""

    changes: Sequence[Change]
    better: Sequence[Moved]
    worse: Sequence[Moved]
    step: Step | None
    """The step at fault, where a guarded metric fell by more than chance."""
    kept: Estimate
    """Share of citations that both runs have; of questions alone."""

    @property
    def fell(self) -> list[Change]:
        """The guarded metrics that fell by more than chance."""
        return [change for change in self.changes if change.fell]


def compare_runs(first: LoadedRun, second: LoadedRun, guards: Sequence[str] | None = None) -> Comparison:
    """Compare two runs over the cases that both have.

    Raises:
        UsageError: they are of different kinds, have no case in common, or a guarded metric does not exist.
    """
    if first.kind != second.kind:
        raise UsageError(f"{first.path} is a run of {first.kind} and {second.path} one of {second.kind}; compare runs of one set")
    shared = first.texts.keys() & second.texts.keys()
    if not shared:
        raise UsageError(f"{first.path} and {second.path} have no case in common; compare runs of one set")
    chosen = tuple(guards) if guards else GUARDS[first.kind]
    known = [scored.metric for scored in first.scored]
    for name in chosen:
        if name not in known:
            raise UsageError(f'there is no metric "{name}" of {first.kind}; there are {", ".join(known)}')
    pairs = [(_only(a, shared), _only(b, shared)) for a, b in zip(first.scored, second.scored, strict=True)]
    changes = [_change(a, b, len(chosen) if a.metric in chosen else 0) for a, b in pairs]
    fallen = [BY_NAME[change.metric].step for change in changes if change.fell]
    moved = _moved(first, second, [pair for pair in pairs if pair[0].metric in chosen])
    return Comparison(
        changes=[*changes, *_whole(first, second, shared)],
        better=[m for m in moved if m.by > 0],
        worse=[m for m in moved if m.by < 0],
        step=_step(first, second, pairs, [change.metric for change in changes if change.fell]) if fallen else None,
        kept=_kept(first, second, shared),
    )


def main(argv: Sequence[str]) -> int:
    """Print a comparison. Returns 1 where a guarded metric fell by more than chance."""
    parser = argparse.ArgumentParser(prog="pincite eval compare", description="Compare two runs of one set, case by case.")
    parser.add_argument("first", metavar="A", type=Path, help="folder of the run before")
    parser.add_argument("second", metavar="B", type=Path, help="folder of the run after")
    parser.add_argument(
        "--metric", metavar="NAME", action="append", help="guard this metric; may be repeated (default: a few of each step)"
    )
    args = parser.parse_args(argv)
    first, second = load_run(args.first), load_run(args.second)
    before, now = first.manifest["set"], second.manifest["set"]
    if (before["sha256"], before["passages"]) != (now["sha256"], now["passages"]):
        raise UsageError(
            f"{args.first} is a run of {before['name']} ({before['sha256'][:12]}) and {args.second} one of {now['name']}"
            f" ({now['sha256'][:12]}): what differs may be the sets; run one of them again"
        )
    found = compare_runs(first, second, args.metric)
    print(told(first, second, found), end="")
    return EXIT_WORSE if found.fell else EXIT_DONE


def told(first: LoadedRun, second: LoadedRun, found: Comparison) -> str:
    """The comparison as text."""
    rows = [["", "A", "B", "B − A, paired", ""]]
    for change in found.changes:
        mark = "fell by more than chance" if change.fell else ""
        rows.append([change.metric, figure(change.first), figure(change.second), figure(change.difference, signed=True), mark])
    parts = [f"A: {first.path} ({first.system})\nB: {second.path} ({second.system})\n", markdown(rows), NOTE + "\n"]
    if found.kept.mean is not None:
        parts.append(f"Citations that both runs have, of all that either has: {figure(found.kept)}\n")
    for name, moved in (("Worse", found.worse), ("Better", found.better)):
        parts.append(f"{name}: {len(moved)} cases\n" + "".join(f"  {m.what}\n" for m in moved))
    if found.fell:
        names = ", ".join(change.metric for change in found.fell)
        parts.append(f"Fell by more than chance: {names}.\nThe step at fault: {found.step}.\n")
    else:
        parts.append("No guarded metric fell by more than chance.\n")
    return "\n".join(parts)


def _change(first: Scored, second: Scored, guarded: int) -> Change:
    difference = paired_difference(first.scores, second.scores)
    fell = bool(guarded) and _worse(first.metric, paired_difference(first.scores, second.scores, 1 - ALARM / guarded))
    return Change(first.metric, first.estimate, second.estimate, difference, fell)


def _worse(name: str, difference: Estimate) -> bool:
    if difference.low is None or difference.high is None:
        return False
    return difference.low > 0 if BY_NAME[name].lower_is_better else difference.high < 0


def _step(first: LoadedRun, second: LoadedRun, pairs: Sequence[tuple[Scored, Scored]], fallen: Sequence[str]) -> Step:
    """The first step whose metric fell, the later steps' metrics taken over the cases on which the earlier step did the same."""
    alike = _alike(first, second)
    own = []
    for a, b in pairs:
        if a.metric in fallen:
            step = BY_NAME[a.metric].step
            within = paired_difference(a.scores, b.scores) if step in ("retrieval", "abstention") else _within(a, b, alike)
            if _worse(a.metric, within):
                own.append(step)
    return min(own or [BY_NAME[name].step for name in fallen], key=STEPS.index)


def _within(first: Scored, second: Scored, alike: frozenset[str]) -> Estimate:
    return paired_difference({id: value for id, value in first.scores.items() if id in alike}, second.scores)


def _alike(first: LoadedRun, second: LoadedRun) -> frozenset[str]:
    """The cases that both runs answered, or judged."""
    if first.kind == "drafts":
        one, other = first.words, second.words
        return frozenset(id for id in one if id in other and "missed" not in (one[id], other[id]))
    if first.kind == "claims":
        a, b = first.rulings, second.rulings
        return frozenset(id for id in a if id in b and "unchecked" not in (a[id].verdict, b[id].verdict))
    c, d = first.replies, second.replies
    return frozenset(id for id in c if id in d and c[id].status == d[id].status == "answered")


def _only(scored: Scored, shared: set[str]) -> Scored:
    return Scored(scored.metric, {id: value for id, value in scored.scores.items() if id in shared})


def _moved(first: LoadedRun, second: LoadedRun, pairs: Sequence[tuple[Scored, Scored]]) -> list[Moved]:
    found = []
    for id, text in first.texts.items():
        steps = []
        for a, b in pairs:
            old, new = a.scores.get(id), b.scores.get(id)
            if old is not None and new is not None and old != new:
                steps.append((a.metric, old, new, (old - new if BY_NAME[a.metric].lower_is_better else new - old)))
        by = sum(step[3] for step in steps)
        if by:
            words = "; ".join(f"{name} {old:.2f} → {new:.2f}" for name, old, new, _ in steps)
            found.append(Moved(id, by, f"{id}: {text} ({_said(first, id)} → {_said(second, id)}; {words})"))
    return sorted(found, key=lambda m: -abs(m.by))


def _said(run: LoadedRun, id: str) -> str:
    if run.kind == "drafts":
        return run.words.get(id, "no record")
    if run.kind == "claims":
        ruling = run.rulings.get(id)
        return ruling.verdict if ruling else "no record"
    reply = run.replies.get(id)
    if reply is None:
        return "no record"
    return f"{reply.status}, {reply.stance}" if reply.stance else reply.status


def _whole(first: LoadedRun, second: LoadedRun, shared: set[str]) -> list[Change]:
    cases = [case for case in first.claims if case.id in shared]
    if not cases:
        return []
    a, b = Outcomes.of(cases, first.rulings), Outcomes.of(cases, second.rulings)
    return [_of_both(metric, a, b) for metric in SET_METRICS]


def _of_both(metric: SetMetric, a: Outcomes, b: Outcomes) -> Change:
    """Both runs resampled together: where the metric needs scores, over the cases that have one in both."""
    if metric.needs_scores:
        both = ~np.isnan(a.score) & ~np.isnan(b.score)
        a, b = a.only(both), b.only(both)
    x, y = metric.applies(a), metric.applies(b)

    def of(outcomes: Outcomes) -> Callable[[Indexes], Floats]:
        return lambda picks: metric.values(outcomes, picks)

    n = len(x.gold)
    difference = estimate_of(lambda picks: metric.values(y, picks) - metric.values(x, picks), n)
    return Change(metric.name, estimate_of(of(x), n), estimate_of(of(y), n), difference)


def _kept(first: LoadedRun, second: LoadedRun, shared: set[str]) -> Estimate:
    a, b = first.replies, second.replies
    values = [overlap(a[id].cited or (), b[id].cited or ()) for id in sorted(shared) if id in a and id in b]
    return estimate([value for value in values if value is not None])
