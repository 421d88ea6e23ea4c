"""The command, on the real article and the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.evals.cases import load_questions
from pincite.evals.records import read_records
from pincite.evals.run import find_set, main
from pincite.evals.runner import run_cases
from pincite.evals.systems import open_system
from pincite.ingest.errors import UsageError

FILES = ["manifest.json", "records.jsonl", "report.md", "scores.csv", "timings.csv"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Every tenth question of the article's set, and two over a passage of their own."""
    lines = find_set("questions-article").read_text(encoding="utf-8").splitlines()[::10]
    sents = [
        "Relief lasted six hours in the trial.",
        "Adverse events were as rare as with placebo.",
        "The trial was paid for by the maker.",
    ]
    rows = [
        {"id": "p1", "question": "How long did relief last?", "answerable": True, "sents": sents, "evidence": [0], "stance": None},
        {"id": "p2", "question": "Which dose was given?", "answerable": False, "sents": sents, "evidence": [], "stance": None},
    ]
    path = tmp_path / "questions-small.jsonl"
    path.write_text("\n".join([*lines, *map(json.dumps, rows)]) + "\n", encoding="utf-8")
    return path


def test_a_run_twice_gives_the_same_bytes_but_for_the_clock(
    small: Path, tmp_path: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for name in ("one", "two"):
        assert main(["run", str(small), "--out", str(tmp_path / name), "--faults"]) == 0
        printed.append(capsys.readouterr())
    assert printed[0] == printed[1]
    assert printed[0].err == ""
    assert printed[0].out.startswith("questions-small: 14 questions\n\n| ")
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == FILES
    for name in FILES[:-1]:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    records = read_records(tmp_path / "one" / "records.jsonl")
    assert [record.case for record in records] == [case.id for case in load_questions(small)]
    assert not [record for record in records if record.reply.status == "failed"]
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["set"]["cases"] == 14
    assert manifest["system"]["checker"] == assistant.provenance.checker


def test_nothing_is_written_over_an_earlier_run(
    small: Path, tmp_path: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "records.jsonl").write_text("kept", encoding="utf-8")
    assert main([str(small), "--out", str(tmp_path / "run")]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert (tmp_path / "run" / "records.jsonl").read_text(encoding="utf-8") == "kept"
    assert main([str(small), "--out", str(small)]) == 2
    assert f"{small} cannot be used as a folder" in capsys.readouterr().err


def test_a_passage_is_asked_alone(small: Path, assistant: Assistant) -> None:
    case = next(case for case in load_questions(small) if case.id == "p1")
    (record,) = run_cases([case], open_system("pincite", assistant)).records
    assert case.passage is not None
    assert set(record.reply.ranked) == {(case.passage.id, n) for n in (1, 2, 3)}
    assert {doc for doc, _ in record.reply.order} <= {case.passage.id}


@pytest.mark.usefixtures("assistant")
def test_wrong_usage(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions-none"]) == 2
    assert 'there is no set "questions-none"' in (error := capsys.readouterr().err)
    assert "questions-article" in error
    assert main([str(small), "--system", "oracle"]) == 2
    assert 'there is no system "oracle"; systems are pincite, naive' in capsys.readouterr().err
    bad = tmp_path / "questions-bad.jsonl"
    bad.write_text(small.read_text(encoding="utf-8").replace('"urits-2021"', '"urits-2022"', 1), encoding="utf-8")
    assert main([str(bad)]) == 2
    assert f'{bad}, line 1: the document "urits-2022" is not in the corpus' in capsys.readouterr().err


def test_an_index_that_is_not_there(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(small), "--index", str(tmp_path / "none")]) == 3
    assert "There is no index at" in capsys.readouterr().err


def test_a_set_by_name_and_by_path(small: Path) -> None:
    assert find_set(str(small)) == small
    assert find_set("questions-article").name == "questions-article.jsonl"
    with pytest.raises(UsageError):
        find_set(str(small.parent))
