"""``pincite ingest`` and ``pincite corpus`` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pincite.app.cli import main


@pytest.fixture
def shelf(tmp_path: Path) -> tuple[Path, list[str]]:
    """A folder with two good documents, a twin, and what must be refused; and the options that name its index."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "zinc.md").write_text("# Zinc\n\nIntro.\n\n## Results\n\nZinc shortened colds by two days.\n", encoding="utf-8")
    (folder / "zinc copy 😀.md").write_bytes((folder / "zinc.md").read_bytes())
    (folder / "iron.txt").write_text("Iron was not better than placebo.\n", encoding="utf-8")
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7 cut off")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    return folder, ["--index", str(tmp_path / "index")]


def test_ingest_tells_each_refusal_in_one_line_and_goes_on(shelf: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    folder, index = shelf
    assert main(["ingest", str(folder), *index]) == 1
    out, err = capsys.readouterr()
    assert out == "2 added, 0 updated, 0 unchanged, 0 removed, 1 refused. Now 2 documents, 3 sentences.\n"
    assert err.splitlines() == [
        f"pincite: {folder / 'cut.pdf'}: is not a PDF, or is damaged (truncated?)",
        f"pincite: {folder / 'zinc.md'}: the same content as zinc-copy, kept once",
    ]


def test_show_verify_retract_and_remove(shelf: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    folder, index = shelf
    (folder / "cut.pdf").unlink()
    assert main(["ingest", str(folder), *index]) == 0
    capsys.readouterr()
    assert main(["corpus", "show", "zinc-copy", *index]) == 0
    assert "Results\n   2  Zinc shortened colds by two days." in capsys.readouterr().out
    assert main(["corpus", "show", "zinc-copy", "--text", *index]) == 0
    text = capsys.readouterr().out
    assert main(["corpus", "show", "zinc-copy", "--json", *index]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert all(text[s["start"] : s["end"]] == s["text"] for s in shown["sentences"])
    assert main(["corpus", "verify", *index]) == 0
    assert capsys.readouterr().out == "Compared 2 documents, 3 sentences: every one is what its file says.\n"

    (folder / "sources.jsonl").write_text(json.dumps({"file": "iron.txt", "retracted": True}) + "\n", encoding="utf-8")
    assert main(["ingest", str(folder), *index]) == 0
    assert "Now 2 documents, 1 of them retracted (kept to be read, not searched), 3 sentences." in capsys.readouterr().out
    assert main(["corpus", "list", *index]) == 0
    assert "RETRACTED" in capsys.readouterr().out
    assert main(["corpus", "show", "iron", *index]) == 0
    out, err = capsys.readouterr()
    assert "Iron was not better than placebo." in out
    assert "iron is RETRACTED" in err
    assert main(["search", "iron placebo", "--json", *index]) == 0
    assert all(row["doc"] != "iron" for row in json.loads(capsys.readouterr().out)["results"])

    assert main(["corpus", "remove", "iron", *index]) == 0
    assert capsys.readouterr().out == "1 removed. Now 1 documents, 2 sentences.\n"
    assert main(["corpus", "remove", "nobody", *index]) == 2
    assert "'nobody'" in capsys.readouterr().err
    (folder / "zinc.md").write_text("# Zinc\n\nOther.\n", encoding="utf-8")
    assert main(["corpus", "verify", "--json", *index]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["schema"], report["documents"], len(report["differing"])) == ("pincite.verify/1", 1, 1)


def test_what_the_index_follows_by_itself_cannot_be_removed_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "remove", "urits-2021"]) == 2
    assert "belongs to the corpus that the index follows" in capsys.readouterr().err
    assert main(["corpus", "verify"]) == 0


def test_the_answer_shows_where_its_evidence_stands(shelf: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    folder, index = shelf
    assert main(["ingest", str(folder), *index]) == 1
    capsys.readouterr()
    assert main(["ask", "By how much did zinc shorten colds?", *index]) == 0
    assert "zinc-copy, sentence 2 · year not recorded · Results" in capsys.readouterr().out
