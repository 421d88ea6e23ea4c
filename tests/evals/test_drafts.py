"""Draft sets: the loader that proves them, what is scored of a draft, and the command on the real engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pincite.app.answer import Assistant
from pincite.evals.cases import CaseError
from pincite.evals.draft_faults import draft_faults, units_of
from pincite.evals.draft_records import Checkup, DraftRecord, SaidCitation, SaidClaim
from pincite.evals.drafts import DraftCase, case_json, load_drafts, read_kept
from pincite.evals.metrics import DRAFT_METRICS
from pincite.evals.metrics.draft_confusion import findings_by_gold, verdicts_by_gold
from pincite.evals.metrics.draft_units import WORST, claims_of
from pincite.evals.records import read_draft_records, write_records
from pincite.evals.run import main
from pincite.evals.scores import Scored, score_drafts
from pincite.evals.sets import find_set

TEXT = 'The trial\n\nRelief lasted six hours and nausea was rare (Okoro 2022). Why? The authors "found lasting relief".\n'
SOURCE = "In the trial, relief lasted six hours after the infusion of the drug. Nausea was seen in two of 40 patients."


def span(text: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    return {"text": text, "start": start, "end": start + len(text), **more}


ROW: dict[str, Any] = {
    "id": "d",
    "file": "drafts/d.txt",
    "corpus": "shelf",
    "documents": ["okoro-2022"],
    "exit": 1,
    "claims": [
        span("Relief lasted six hours", verdict="supported", kind="time", gold=[[["okoro-2022", 1]]], why="Stated."),
        span("nausea was rare", verdict="contradicted", kind="number", gold=[[["okoro-2022", 2]]], why="It was not."),
        span('The authors "found lasting relief"', verdict="not_found", kind="quote", gold=[], why="Nowhere."),
    ],
    "non_claims": [span("The trial", why="heading"), span("Why?", why="question")],
    "citations": [
        span("(Okoro 2022)", quotation=False, finding="ok", place=["okoro-2022", 1]),
        span('"found lasting relief"', quotation=True, finding="fabricated", place=None, why="Invented."),
    ],
}
NAMES = [metric.name for metric in DRAFT_METRICS]


def write(folder: Path, **changes: Any) -> Path:
    """A set of one draft over a shelf of one document."""
    for name in ("drafts", "shelf"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "drafts" / "d.txt").write_text(TEXT, encoding="utf-8")
    (folder / "shelf" / "okoro-2022.txt").write_text(SOURCE, encoding="utf-8")
    path = folder / "drafts-own.jsonl"
    path.write_text(json.dumps(ROW | changes) + "\n", encoding="utf-8")
    return path


def at(text: str) -> tuple[int, int]:
    found = span(text)
    return found["start"], found["end"]


@pytest.fixture
def case(tmp_path: Path) -> DraftCase:
    return load_drafts(write(tmp_path))[0]


def scores(case: DraftCase, checkup: Checkup | None) -> dict[str, dict[str, float]]:
    records = [] if checkup is None else [DraftRecord(case.id, "system", checkup)]
    return {scored.metric: scored.scores for scored in score_drafts([case], records)}


def test_a_draft_over_a_shelf_of_its_own(case: DraftCase) -> None:
    assert case.shelf is not None
    assert case.draft is not None
    assert list(case.shelf.documents) == ["okoro-2022"]
    assert case.right == {("okoro-2022", 1), ("okoro-2022", 2)}
    assert [case.draft.text[c.span.start : c.span.end] for c in case.claims] == [c.span.text for c in case.claims]


def test_the_shelf_of_the_shipped_drafts_is_read_once_under_its_own_ids() -> None:
    cases = load_drafts(find_set("drafts-trials"))
    assert len({id(case.shelf) for case in cases}) == 1
    assert all(case.shelf is not None and set(case.documents) < set(case.shelf.documents) for case in cases)


CLAIM, MARK = ROW["claims"][0], ROW["citations"][0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"claims": [CLAIM | {"start": 12}]}, '"Relief lasted six hours" is not at 12 to 34 of drafts/d.txt, where "elief'),
        ({"non_claims": [CLAIM | {"end": -1}]}, "is not at 11 to -1"),
        ({"non_claims": [span("six hours and")]}, '"Relief lasted six hours" and "six hours and" share a part of the draft'),
        ({"claims": [CLAIM | {"verdict": "unchecked"}]}, 'has the verdict "unchecked", which is none of supported, partly'),
        ({"claims": [CLAIM | {"gold": []}]}, "is supported and has no gold sentence"),
        ({"claims": [CLAIM | {"gold": [["okoro-2022", 1]]}]}, '"okoro-2022" is no sentence'),
        ({"claims": [CLAIM | {"gold": [[["okoro-2022", 3]]]}]}, "sentence 3 does not exist: okoro-2022 has 2"),
        ({"claims": [CLAIM | {"gold": [[["urits-2021", 3]]]}]}, 'names a sentence of "urits-2021", which is not among the documents'),
        ({"citations": [MARK | {"finding": "wrong"}]}, 'has the finding "wrong", which is none of ok, fabricated'),
        ({"citations": [MARK | {"place": None}]}, "is ok and names no place"),
        ({"documents": ["urits-2021"]}, 'the document "urits-2021" is not in the corpus (it has okoro-2022)'),
        ({"documents": []}, "documents must be ids of documents, and at least one"),
        ({"exit": 0}, "expects the exit code 0, and something in it is wrong"),
        ({"corpus": "../shelf"}, '"../shelf" is outside of'),
        ({"corpus": "none"}, "names a corpus that cannot be used"),
        ({"file": "drafts/none.txt"}, "names a draft that cannot be used"),
        ({"file": "/etc/hostname"}, '"/etc/hostname" is outside of'),
    ],
)
def test_an_unsound_draft_is_refused_with_the_reason(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_drafts(write(tmp_path, **change))
    assert "drafts-own.jsonl, line 1: " in str(caught.value)
    assert reason in caught.value.reason


def test_a_checkup_that_is_right_in_everything_is_scored_at_its_best(case: DraftCase) -> None:
    checkup = Checkup(
        claims=tuple(SaidClaim(c.span.start, c.span.end, c.verdict) for c in case.claims),
        citations=tuple(SaidCitation(c.span.start, c.span.end, c.finding) for c in case.citations),
        exit=1,
    )
    found = scores(case, checkup)
    assert list(found) == NAMES
    assert {name: set(values.values()) for name, values in found.items()} == {
        metric.name: {0.0 if metric.lower_is_better else 1.0} for metric in DRAFT_METRICS
    }
    assert [len(found[name]) for name in NAMES] == [3, 2, 3, 2, 2, 1, 1]
    assert draft_faults([case], [DraftRecord("d", "system", checkup)]) == []


def test_a_sentence_taken_as_one_claim_is_expected_to_get_the_worst_verdict_of_its_parts(case: DraftCase) -> None:
    whole = at("Relief lasted six hours and nausea was rare")
    right, wrong = (Checkup((SaidClaim(*whole, verdict),), exit=1) for verdict in ("contradicted", "supported"))
    assert [met.expected for met in claims_of(case, right)] == ["contradicted", "contradicted", "not_found"]
    found = scores(case, right)
    assert found["claims found"] == {"d/claim 1": 1.0, "d/claim 2": 1.0, "d/claim 3": 0.0}
    assert found["verdicts right, of claims found"] == {"d/claim 1": 1.0, "d/claim 2": 1.0}
    assert scores(case, wrong)["false claims shown as supported"] == {"d/claim 2": 1.0, "d/claim 3": 0.0}
    assert next(fault.case for fault in draft_faults([case], [DraftRecord("d", "system", wrong)])) == "d/claim 2"


def test_of_a_claim_taken_as_two_the_worst_verdict_counts(case: DraftCase) -> None:
    halves = (SaidClaim(*at("Relief lasted"), "supported"), SaidClaim(*at("six hours"), "not_found"))
    (met, *_) = claims_of(case, Checkup(halves, exit=1))
    assert (met.verdict, met.expected) == ("not_found", "supported")
    assert WORST.index("contradicted") < WORST.index("unchecked") < WORST.index("supported")


def test_a_span_that_only_touches_is_not_found_but_a_non_claim_touched_is_taken(case: DraftCase) -> None:
    start, end = at("(Okoro 2022). Why?")
    found = scores(case, Checkup((SaidClaim(start - 5, end - 3, "supported"),), exit=1))
    assert found["claims found"]["d/claim 2"] == 0.0
    assert found["non-claims taken"] == {"d/non-claim 1": 0.0, "d/non-claim 2": 1.0}


def test_a_quotation_fault_is_found_under_any_name_but_right_under_its_own_alone(case: DraftCase) -> None:
    sentence, quotation = at('The authors "found lasting relief"'), at('"found lasting relief"')
    said = (SaidCitation(*sentence, "ok"), SaidCitation(quotation[0] + 1, quotation[1] - 1, "altered", None, ("okoro-2022", 1)))
    found = scores(case, Checkup(citations=said, exit=0))
    assert found["planted quotation faults found"] == {"d/citation 2": 1.0}
    assert found["citation findings right"] == {"d/citation 1": 0.0, "d/citation 2": 0.0}
    assert found["exit code right"] == {"d": 0.0}


@pytest.mark.parametrize("checkup", [None, Checkup(error="it broke")])
def test_a_draft_that_was_not_checked_finds_nothing_and_shows_nothing(case: DraftCase, checkup: Checkup | None) -> None:
    means = {metric: Scored(metric, values).estimate.mean for metric, values in scores(case, checkup).items()}
    assert list(means.values()) == [0.0, 0.0, None, 0.0, 0.0, 0.0, 0.0]


def test_what_was_said_of_what_is_counted(case: DraftCase) -> None:
    whole = SaidClaim(*at("Relief lasted six hours and nausea was rare"), "partly")
    replies = {"d": Checkup((whole,), (SaidCitation(*at("(Okoro 2022)"), "not_supporting"),), 1)}
    assert verdicts_by_gold([case], replies) == [
        ["gold", "partly", "contradicted", "not found", "missed"],
        ["contradicted", "2", "0", "0", "0"],
        ["not found", "0", "0", "0", "1"],
    ]
    assert findings_by_gold([case], replies) == [
        ["gold", "ok", "fabricated", "not supporting", "missed"],
        ["ok", "0", "0", "1", "0"],
        ["fabricated", "0", "0", "0", "1"],
    ]


def test_cases_and_records_are_read_back_as_they_were_written(case: DraftCase, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(json.dumps(case_json(case)) + "\n", encoding="utf-8")
    assert read_kept(tmp_path / "cases.jsonl") == [case]
    claim = SaidClaim(0, 4, "partly", (("okoro-2022", 1),))
    citations = (SaidCitation(5, 9, "altered", ("okoro-2022", 2), ("okoro-2022", 1)), SaidCitation(9, 12, "unknown_source"))
    records = [DraftRecord("d", "system", Checkup((claim,), citations, 1)), DraftRecord("e", "system", Checkup(error="it broke"))]
    write_records(tmp_path / "records.jsonl", records)
    assert read_draft_records(tmp_path / "records.jsonl") == records


def test_the_command_runs_keeps_reports_and_compares(tmp_path: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path)
    for name, more in (("one", []), ("two", ["--jobs", "2"])):
        assert main([str(path), "--out", str(tmp_path / name), *more]) == 0
    out = capsys.readouterr().out
    assert out.startswith("drafts-own: 1 drafts\n\n| ")
    assert all(f"| {name} " in out for name in NAMES)
    for name in ("manifest.json", "cases.jsonl", "records.jsonl", "sentences.json", "scores.csv", "summary.csv", "report.md"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    (record,) = read_draft_records(tmp_path / "one" / "records.jsonl")
    assert not record.reply.failed
    assert record.reply.claims
    assert {doc for doc, _ in record.reply.named} <= {"okoro-2022"}, "only the shelf is searched"
    assert main(["report", str(tmp_path / "one")]) == 0
    page = (tmp_path / "one" / "report.html").read_text(encoding="utf-8")
    assert f"of {len(units_of(load_drafts(path)))} parts of drafts are not fully right" in page
    assert "Findings on citations" in page
    capsys.readouterr()
    assert main(["compare", str(tmp_path / "one"), str(tmp_path / "two")]) == 0
    assert "No guarded metric fell by more than chance." in capsys.readouterr().out


@pytest.mark.usefixtures("assistant")
def test_what_a_set_of_drafts_does_not_take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path)
    assert main([str(path), "--system", "naive"]) == 2
    assert '"naive" checks no drafts; systems for a draft set are pincite' in capsys.readouterr().err
    assert main([str(path), "--oracles", "--out", str(tmp_path / "run")]) == 2
    assert "a set of drafts has none" in capsys.readouterr().err
    assert main([str(path), "--passages", str(tmp_path)]) == 2
    assert "leave --passages out" in capsys.readouterr().err
