"""Scores as a Markdown table that reads as well on a terminal, and the faults one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .cases import Place, Question
from .claims import ClaimCase
from .draft_faults import draft_faults, units_of
from .draft_records import DraftRecord
from .drafts import DraftCase
from .faults import Fault, claim_faults, question_faults
from .metrics.draft_confusion import findings_by_gold, verdicts_by_gold
from .records import ClaimRecord, Record
from .scores import Figure, Scored
from .stats import Estimate


def table(columns: Mapping[str, Sequence[Scored | Figure]]) -> str:
    """A row a metric, a column a system (by name, at least one; all with the same metrics), each figure with its interval and n."""
    return markdown([["", *columns], *rows(columns)])


def rows(columns: Mapping[str, Sequence[Scored | Figure]]) -> list[list[str]]:
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
    """Every question that some metric scores below its best, the worst first, then in the set's order."""
    return _told(question_faults(cases, records), len(cases))


def faults_of_claims(cases: Sequence[ClaimCase], records: Iterable[ClaimRecord]) -> str:
    """Every claim that was not judged rightly, the worst first, then in the set's order."""
    return _told(claim_faults(cases, records), len(cases))


def faults_of_drafts(cases: Sequence[DraftCase], records: Sequence[DraftRecord]) -> str:
    """What was said of what, as counts, then every part of a draft that was not judged rightly, the worst first."""
    replies = {record.case: record.reply for record in records}
    crossed = [markdown(verdicts_by_gold(cases, replies)), markdown(findings_by_gold(cases, replies))]
    return "\n".join([*crossed, _told(draft_faults(cases, records), len(units_of(cases)), "parts of drafts")])


def places(named: Iterable[Place]) -> str:
    """``urits-2021 14, 15``: the document once for sentences that follow in it."""
    words: list[str] = []
    last = ""
    for doc, number in named:
        words.append(str(number) if doc == last else f"{doc} {number}")
        last = doc
    return ", ".join(words)


def _told(found: Sequence[Fault], cases: int, what: str = "cases") -> str:
    return f"{len(found)} of {cases} {what} are not fully right.\n" + "".join("\n" + _lines(fault) for fault in found)


def _lines(fault: Fault) -> str:
    expected = places(fault.expected) or fault.expected_words
    if fault.expected and fault.expected_words:
        expected += f", {fault.expected_words}"
    got = places(fault.got) or fault.got_words
    if fault.got and fault.got_words:
        got += f", {fault.got_words}"
    lines = [
        f"{fault.case}: {fault.text}",
        f"  expected  {expected}" + (f"; {fault.why}" if fault.why else ""),
        f"  got       {got}",
        f"  found     {places(fault.found) or 'nothing'}",
        "  short     " + ", ".join(fault.short),
    ]
    return "\n".join(lines) + "\n"
