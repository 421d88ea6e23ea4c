from __future__ import annotations

from pathlib import Path

import pytest
from pincite.evals.cases import Question
from pincite.evals.metrics import QUESTION_METRICS, declined
from pincite.evals.records import Record, Reply
from pincite.evals.report import faults, figure, markdown, table
from pincite.evals.scores import score, write_scores, write_summary
from pincite.evals.stats import Estimate
from pincite.ingest.errors import UsageError

GOLD = (frozenset({("d", 1)}),)
CASES = [
    Question("a", "does it help?", True, GOLD, stance="supports"),
    Question("b", "how long?", True, GOLD),
    Question("c", "cost?", False),
]
GOOD = Record("a", "s", Reply("answered", (("d", 1),), stance="supports"))
WRONG = Record("c", "s", Reply("answered", (("d", 2),)))


def means(records: list[Record]) -> dict[str, tuple[float | None, int]]:
    return {scored.metric: (scored.estimate.mean, scored.estimate.n) for scored in score(CASES, records)}


def test_scoring_starts_from_the_cases() -> None:
    assert means([GOOD, WRONG]) == {
        "hit@1": (0.5, 2),
        "hit@3": (0.5, 2),
        "needed cited": (0.5, 2),
        "citation precision": (1.0, 1),
        "citation recall": (0.5, 2),
        "unsupported-claim rate": (0.5, 2),
        "citation precision, by the checker": (None, 0),
        "citation recall, by the checker": (None, 0),
        "decision accuracy": (pytest.approx(1 / 3), 3),
        "answered, of the answerable": (0.5, 2),
        "declined, of the others": (0.0, 1),
        "abstention precision": (None, 0),
        "stance accuracy": (1.0, 1),
        "search: recall@3": (0.0, 2),
        "search: recall@10": (0.0, 2),
        "search: nDCG@10": (0.0, 2),
        "search: MRR": (0.0, 2),
    }


def test_a_run_that_recorded_nothing_is_wrong_everywhere_and_absent_nowhere() -> None:
    values = means([])
    of_answers = ("citation precision", "unsupported-claim rate", "citation precision, by the checker", "citation recall, by the checker")
    for name in (*of_answers, "abstention precision"):
        assert values.pop(name) == (None, 0)
    assert {mean for mean, _ in values.values()} == {0.0}


def test_records_of_another_set_are_refused() -> None:
    with pytest.raises(UsageError, match='"z" belongs to no case'):
        score(CASES, [Record("z", "s", Reply("no_evidence", ()))])
    with pytest.raises(UsageError, match='"a" has two records'):
        score(CASES, [GOOD, GOOD])


def test_scores_as_a_file(tmp_path: Path) -> None:
    write_scores(tmp_path / "scores.csv", score(CASES, [GOOD, WRONG], QUESTION_METRICS[:1]))
    assert (tmp_path / "scores.csv").read_bytes() == b"case,metric,score\na,hit@1,1.000000\nb,hit@1,0.000000\n"


def test_a_figure_shows_its_n_and_no_cases_are_no_number() -> None:
    assert figure(Estimate(60, 0.933, 0.88, 0.97)) == "0.93 [0.88, 0.97] n=60"
    assert figure(Estimate(60, 0.1, -0.05, 0.25), signed=True) == "+0.10 [-0.05, +0.25] n=60"
    assert figure(Estimate(1, 1.0)) == "1.00 n=1"
    assert figure(Estimate(0)) == "no cases"


def test_table_has_a_row_a_metric_and_a_column_a_system() -> None:
    text = table({"one": score(CASES, [GOOD, WRONG]), "two": score(CASES, [])})
    lines = text.splitlines()
    assert len(lines) == 2 + len(QUESTION_METRICS)
    assert len({len(line) for line in lines}) == 1
    assert [cell.strip() for cell in lines[5].split("|")[1:4]] == ["citation precision", "1.00 n=1", "no cases"]


def test_a_bar_in_a_cell_opens_no_column() -> None:
    assert markdown([["a|b", "c\nd"]]).splitlines()[0] == "| a\\|b | c d |"


def test_faults_are_told_worst_first() -> None:
    text = faults(CASES, [GOOD, WRONG])
    assert text.startswith("2 of 3 cases are not fully right.\n")
    assert text.index("b: how long?") < text.index("c: cost?")
    assert "a: does it help?" not in text
    assert "got       no record" in text
    assert "expected  no evidence\n  got       d 2" in text


def test_figures_as_a_file(tmp_path: Path) -> None:
    write_summary(tmp_path / "s.csv", score(CASES, [GOOD, WRONG], [declined.DECLINED, declined.ABSTENTION_PRECISION]))
    assert (tmp_path / "s.csv").read_bytes() == (
        b'metric,n,value,low,high\n"declined, of the others",1,0.000000,,\nabstention precision,0,,,\n'
    )
