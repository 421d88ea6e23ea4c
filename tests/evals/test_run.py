"""The command, on the real article and the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.evals.cases import load_questions
from pincite.evals.claims import load_claims
from pincite.evals.records import read_claim_records, read_records
from pincite.evals.run import find_set, main
from pincite.evals.runner import run_cases
from pincite.evals.systems import open_system
from pincite.ingest.errors import UsageError

FILES = [
    "cases.jsonl",
    "manifest.json",
    "records.jsonl",
    "report.md",
    "scores.csv",
    "sentences.json",
    "summary.csv",
    "timings.csv",
]


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


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A few claims about the article, and a triplet over a source of its own."""
    lines = find_set("claims-article-test").read_text(encoding="utf-8").splitlines()[::20]
    lines += find_set("claims-triplets").read_text(encoding="utf-8").splitlines()[:1]
    path = tmp_path / "claims-small.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_run_twice_gives_the_same_bytes_but_for_the_clock(
    small: Path, tmp_path: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for name, more in (("one", []), ("two", ["--jobs", "3"])):
        assert main(["run", str(small), "--out", str(tmp_path / name), "--faults", *more]) == 0
        printed.append(capsys.readouterr())
    assert printed[0] == printed[1]
    assert printed[0].err == ""
    assert printed[0].out.startswith("questions-small: 14 questions\n\n| ")
    assert sorted(path.name for path in (tmp_path / "one").iterdir() if path.name != ".lock") == FILES
    for name in FILES[:-1]:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    records = read_records(tmp_path / "one" / "records.jsonl")
    assert [record.case for record in records] == [case.id for case in load_questions(small)]
    assert not [record for record in records if record.reply.status == "failed"]
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["set"]["cases"] == 14
    assert manifest["system"]["checker"] == manifest["models"]["checker"] == assistant.provenance.checker
    assert manifest["corpus"] == assistant.provenance.corpus
    assert all(s.borne for record in records for s in record.reply.statements), "the gate must carry what the answers quote"


@pytest.mark.usefixtures("assistant")
def test_claims_are_run_the_same_way_one_by_one_or_side_by_side(claims: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, more in (("one", []), ("two", ["--jobs", "4"])):
        assert main([str(claims), "--out", str(tmp_path / name), *more]) == 0
    out = capsys.readouterr().out
    assert out.startswith("claims-small: 12 claims\n")
    for row in ("false pass", "false strip", "not judged", "passed: negated", "macro F1", "ECE", "area under risk-coverage"):
        assert f"| {row} " in out
    for name in FILES[:-1]:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    records = read_claim_records(tmp_path / "one" / "records.jsonl")
    assert [record.case for record in records] == [case.id for case in load_claims(claims)]
    assert not [record for record in records if record.reply.failed]


@pytest.mark.usefixtures("assistant")
def test_a_limit_takes_the_first_cases_and_stands_in_the_manifest(small: Path, tmp_path: Path) -> None:
    assert main([str(small), "--limit", "2", "--out", str(tmp_path / "run")]) == 0
    assert [record.case for record in read_records(tmp_path / "run" / "records.jsonl")] == [c.id for c in load_questions(small)[:2]]
    assert json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))["settings"]["limit"] == 2
    assert main([str(small), "--jobs", "0"]) == 2


@pytest.mark.usefixtures("assistant")
def test_a_thread_is_asked_turn_by_turn_as_it_was_understood(tmp_path: Path) -> None:
    path = tmp_path / "threads-one.jsonl"
    path.write_text(find_set("threads-article").read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "run")]) == 0
    records = read_records(tmp_path / "run" / "records.jsonl")
    assert [record.case for record in records][:2] == ["ta-01/1", "ta-01/2"]
    assert records[0].reply.resolved is None
    assert "magnesium" in (records[1].reply.resolved or "")
    assert main(["report", str(tmp_path / "run")]) == 0


@pytest.mark.usefixtures("assistant")
def test_a_line_a_case_as_it_finishes(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(small), "--limit", "3", "--verbose"]) == 0
    assert len([line for line in capsys.readouterr().err.splitlines() if line.endswith(" s")]) == 3


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
    assert 'there is no system "oracle"; systems for a question set are pincite, naive, bm25' in capsys.readouterr().err
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
