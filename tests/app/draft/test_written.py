"""What ``pincite check`` writes beside what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from pincite.app.cli import main

DRAFT = "Magnesium given intravenously relieves pain for 3 hours.\n"


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "draft.docx"
    document = docx.Document()
    document.add_paragraph(DRAFT.strip())
    document.save(str(path))
    return path


def test_a_page_and_a_commented_copy(word: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, copy = tmp_path / "report.html", tmp_path / "copy.docx"
    before = word.read_bytes()
    assert main(["check", str(word), "--html", str(page), "--docx", str(copy)]) == 1
    assert "contradicted" in page.read_text(encoding="utf-8")
    comments = [comment.text.splitlines()[0] for comment in docx.Document(str(copy)).comments]
    assert comments == ["1 finding needs a look, in 1 claim. Not medical advice.", "1. Contradicted"]
    assert word.read_bytes() == before
    assert "3 hours" in capsys.readouterr().out
    first = page.read_bytes(), copy.read_bytes()
    main(["check", str(word), "--html", str(page), "--docx", str(copy)])
    assert (page.read_bytes(), copy.read_bytes()) == first


def test_sarif_of_several_drafts_into_a_file_or_printed_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one.md", "two.md"):
        Path(name).write_text(DRAFT, encoding="utf-8")
    assert main(["check", "one.md", "two.md", "--sarif", "-"]) == 1
    printed = json.loads(capsys.readouterr().out)
    places = [r["locations"][0]["physicalLocation"] for r in printed["runs"][0]["results"]]
    assert [place["artifactLocation"] for place in places] == [{"uri": "one.md", "index": 0}, {"uri": "two.md", "index": 1}]
    assert main(["check", "one.md", "two.md", "--sarif", "found.sarif"]) == 1
    assert json.loads(Path("found.sarif").read_text(encoding="utf-8")) == printed


def test_what_cannot_be_meant_is_refused_before_anything_is_checked(tmp_path: Path, word: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "draft.md"
    text.write_text(DRAFT, encoding="utf-8")
    for arguments, said in (
        ([str(text), str(word), "--html", "x.html"], "one at a time"),
        ([str(text), "--docx", "x.docx"], "copy of a Word draft"),
        ([str(text), "--fail-on", "wrong"], "'wrong' is no finding"),
        ([str(text), "--accept", "3 hours"], "--accept needs --reason"),
    ):
        assert main(["check", *arguments]) == 2
        assert said in capsys.readouterr().err
    assert main(["check", str(word), "--docx", str(word)]) == 2
    assert "is the draft itself" in capsys.readouterr().err
    (tmp_path / ".pincite.toml").write_text("[check]\nfail = []\n", encoding="utf-8")
    assert main(["check", str(text)]) == 2
    assert "unknown key 'fail' in [check]" in capsys.readouterr().err
