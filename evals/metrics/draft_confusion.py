"""What was said of what: the verdicts expected of claims by those given, the gold findings on citations by those given. Counts.

``missed`` is what no claim, or no citation, of the system meets. For claims the row is the verdict expected, as in ``draft_verdict.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..claims import VERDICTS
from ..draft_records import Checkup
from ..drafts import FINDINGS, DraftCase
from .draft_units import citations_of, claims_of

MISSED = "missed"

Rows = list[list[str]]


def verdicts_by_gold(cases: Sequence[DraftCase], replies: Mapping[str, Checkup]) -> Rows:
    """A row a verdict that occurs in gold, a column each that was given; the head first."""
    pairs = [(met.expected, met.verdict or MISSED) for case in cases for met in claims_of(case, replies.get(case.id))]
    return _crossed(pairs, VERDICTS, (*VERDICTS, "unchecked", MISSED))


def findings_by_gold(cases: Sequence[DraftCase], replies: Mapping[str, Checkup]) -> Rows:
    """A row a finding that occurs in gold, a column each that was given; the head first."""
    met = [met for case in cases for met in citations_of(case, replies.get(case.id))]
    return _crossed([(m.gold.finding, m.said.finding if m.said else MISSED) for m in met], FINDINGS, (*FINDINGS, MISSED))


def _crossed(pairs: Sequence[tuple[str, str]], rows: Sequence[str], columns: Sequence[str]) -> Rows:
    counts = Counter(pairs)
    occurring = {gold for gold, _ in pairs}
    given = [column for column in columns if column in {said for _, said in pairs} | occurring]
    table = [["gold", *(_words(column) for column in given)]]
    table += [[_words(row), *(str(counts[row, column]) for column in given)] for row in rows if row in occurring]
    return table


def _words(name: str) -> str:
    return name.replace("_", " ")
