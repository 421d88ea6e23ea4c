"""Scores as a Markdown table that reads as well on a terminal, and the faults one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .cases import Place, Question
from .metrics import QUESTION_METRICS
from .records import Record, Reply
from .scores import Scored
from .stats import Estimate


def table(columns: Mapping[str, Sequence[Scored]]) -> str:
    """A row a metric, a column a system (by name, at least one; all with the same metrics), each figure with its interval and n."""
    return markdown([["", *columns], *rows(columns)])


def rows(columns: Mapping[str, Sequence[Scored]]) -> list[list[str]]:
    """The table without its head: a metric's name, then a figure a system."""
    by_metric = zip(*columns.values(), strict=True)
    return [[scored[0].metric, *(figure(column.estimate) for column in scored)] for scored in by_metric]


def figure(value: Estimate, *, signed: bool = False) -> str:
    """``0.93 [0.88, 0.97] n=60``; ``no cases`` where there are none."""
    if value.mean is None:
        return "no cases"
    form = "+.2f" if signed else ".2f"
    interval = "" if value.low is None or value.high is None else f" [{value.low:{form}}, {value.high:{form}}]"
    return f"{value.mean:{form}}{interval} n={value.n}"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns line up; the first row is the head. Ends in a line feed."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    widths = [max(3, *(len(row[i]) for row in cells)) for i in range(len(cells[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines) + "\n"


def faults(cases: Sequence[Question], records: Iterable[Record]) -> str:
    """Every case that some metric scores below 1: question, expected, got, and which metrics; the worst first, then in the set's order."""
    replies = {record.case: record.reply for record in records}
    found: list[tuple[float, str]] = []
    for case in cases:
        reply = replies.get(case.id)
        scores = {metric.name: metric.score(case, reply) for metric in QUESTION_METRICS}
        short = {name: value for name, value in scores.items() if value is not None and value < 1}
        if short:
            found.append((sum(short.values()) - len(short), _fault(case, reply, short)))
    found.sort(key=lambda item: item[0])
    return f"{len(found)} of {len(cases)} cases are not fully right.\n" + "".join("\n" + text for _, text in found)


def _fault(case: Question, reply: Reply | None, short: Mapping[str, float]) -> str:
    expected = " or ".join(_places(sorted(needed)) for needed in case.gold) or "no evidence"
    if case.also:
        expected += f" (also {_places(sorted(case.also))})"
    lines = [
        f"{case.id}: {case.question}",
        f"  expected  {expected}{_stance(case.stance)}" + (f"; {case.why}" if case.why else ""),
        f"  got       {_got(reply)}",
        f"  found     {_places(reply.ranked) if reply and reply.ranked else 'nothing'}",
        "  short     " + ", ".join(f"{name} {value:.2f}" for name, value in short.items()),
    ]
    return "\n".join(lines) + "\n"


def _got(reply: Reply | None) -> str:
    if reply is None:
        return "no record"
    if reply.status == "failed":
        return f"failed: {reply.error}"
    if reply.status == "no_evidence":
        return "no evidence"
    return (_places(reply.order) or "an answer without citations") + _stance(reply.stance)


def _stance(stance: str | None) -> str:
    return f", {stance}" if stance else ""


def _places(places: Iterable[Place]) -> str:
    """``urits-2021 14, 15``: the document once for sentences that follow in it."""
    words: list[str] = []
    last = ""
    for doc, number in places:
        words.append(str(number) if doc == last else f"{doc} {number}")
        last = doc
    return ", ".join(words)
