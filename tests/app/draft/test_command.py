"""``pincite check`` as a user runs it: output, messages and exit codes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from pincite.app.cli import main

TRUE = "By 24 hours, reduction of pain by magnesium was no longer significant, indicating it has a short-term effect."
FALSE = "Magnesium relieves pain for 3 hours."


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(f"# Magnesium\n\n{TRUE}\n\n{FALSE}\n", encoding="utf-8")
    return path


def test_a_claim_a_line_its_verdict_first_then_a_count(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(draft)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("supported")
    assert TRUE in lines[0]
    assert lines[1].startswith("contradicted")
    assert lines[1].endswith("(line 5)")
    assert lines[2].startswith(" ")
    assert "2 claims: 1 contradicted, 1 supported." in lines[-1]
    assert "Searched 1 document, 18 sentences." in lines[-1]
    assert "\x1b[" not in "".join(lines)


def test_quiet_prints_only_what_is_wrong(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-q", str(draft)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("contradicted")
    assert "supported" not in out
    draft.write_text(TRUE, encoding="utf-8")
    assert main(["check", "-q", str(draft)]) == 0
    assert capsys.readouterr().out == ""


def test_json_is_the_contract_and_alone_on_stdout(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", str(draft)]) == 1
    report = json.loads(capsys.readouterr().out)
    assert list(report) == ["schema", "claims", "citations", "summary", "provenance"]
    assert report["schema"] == "pincite.draft/1"
    assert report["summary"] == {"contradicted": 1, "supported": 1}
    text = draft.read_text(encoding="utf-8")
    assert [text[c["start"] : c["end"]] for c in report["claims"]] == [TRUE, FALSE]


def test_standard_input_is_a_draft(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TRUE.encode()), encoding="utf-8"))
    assert main(["check", "-"]) == 0
    assert capsys.readouterr().out.startswith("supported")


def test_an_unknown_source_is_a_finding(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft.write_text(f"{TRUE[:-1]} (Smith, 2019).", encoding="utf-8")
    assert main(["check", str(draft)]) == 1
    assert "Smith 2019 is not in the corpus." in capsys.readouterr().out
    assert main(["check", str(draft), "--fail-on", "contradicted"]) == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give either a draft"),
        (["a.md", "--batch", "b.jsonl"], "give either a draft"),
        (["absent.md"], "absent.md: cannot be read"),
        (["a.md", "b.md", "--html", "c.html"], "take one at a time"),
        (["a.md", "--docx", "c.docx"], "--docx makes a copy of a Word draft"),
        (["a.md", "--fail-on", "everything"], "'everything' is no finding"),
        (["a.md", "--accept", "x"], "--reason"),
    ],
)
def test_wrong_usage_says_what_to_do(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_of_several_drafts_one_that_cannot_be_read_is_named_and_the_others_go_through(
    draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text(TRUE, encoding="utf-8")
    empty = tmp_path / "empty.md"
    empty.write_text("", encoding="utf-8")
    assert main(["check", str(draft), str(empty)]) == 1
    captured = capsys.readouterr()
    assert f"{empty}: is empty" in captured.err
    assert "supported" in captured.out


def test_other_forms_are_written_beside(draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, log = tmp_path / "report.html", tmp_path / "report.sarif"
    assert main(["check", str(draft), "--html", str(page), "--sarif", str(log), "--markdown"]) == 1
    assert "<html" in page.read_text(encoding="utf-8")
    assert json.loads(log.read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert capsys.readouterr().out.startswith("# Check of")


def test_an_accepted_finding_no_longer_fails_the_draft(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(draft), "--accept", "relieves pain for 3 hours", "--reason", "Another trial says so."]) == 0
    capsys.readouterr()
    assert main(["check", str(draft)]) == 0
    assert "accepted: Another trial says so." in capsys.readouterr().out
