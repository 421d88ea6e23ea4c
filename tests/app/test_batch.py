"""Batches into a file: they go on after a stop, refuse what is not theirs, and hold one line at a time."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from pincite.app.answer import Assistant
from pincite.app.cli import main
from pincite.app.commands.answers import answers_to
from pincite.ingest.errors import UsageError

pytestmark = pytest.mark.usefixtures("assistant")
QUESTIONS = [
    {"id": "a", "question": "does IV magnesium help migraine?"},
    {"id": "b"},
    {"id": 3, "question": "who won the cup in 1966?"},
    {"id": "d", "question": "is magnesium approved for constipation?"},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_file_holds_what_stdout_would(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch, out = write(tmp_path / "q.jsonl", QUESTIONS), tmp_path / "out.jsonl"
    assert main(["ask", "--batch", str(batch), "--json"]) == 1
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert main(["ask", "--batch", str(batch), "--out", str(out)]) == 1
    assert capsys.readouterr().out == ""
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "q.jsonl"]


def test_a_batch_that_was_stopped_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch, whole, out = write(tmp_path / "q.jsonl", QUESTIONS), tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    main(["ask", "--batch", str(batch), "--out", str(whole)])
    lines = whole.read_bytes().splitlines(keepends=True)
    for kept, cut in ((0, 0), (2, 0), (2, 40), (4, 0)):
        out.write_bytes(b"".join(lines[:kept]) + (lines[kept][:cut] if cut else b""))
        capsys.readouterr()
        assert main(["ask", "--batch", str(batch), "--out", str(out)]) == 1, "what was refused before counts for the exit code"
        assert out.read_bytes() == whole.read_bytes()
        said = capsys.readouterr().err
        assert (f"going on after {kept} lines that are answered" in said) == (0 < kept < 4)


def test_claims_go_on_the_same_way(tmp_path: Path) -> None:
    rows = [
        {"id": i, "claim": "Magnesium is approved for constipation.", "text": "Magnesium is approved for constipation."} for i in range(3)
    ]
    batch, whole, out = write(tmp_path / "c.jsonl", rows), tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    assert main(["check", "--batch", str(batch), "--out", str(whole)]) == 0
    out.write_bytes(whole.read_bytes()[:-20])
    assert main(["check", "--batch", str(batch), "--out", str(out)]) == 0
    assert out.read_bytes() == whole.read_bytes()


def test_the_answers_of_another_batch_are_not_gone_on_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = write(tmp_path / "q.jsonl", QUESTIONS)
    out = write(tmp_path / "out.jsonl", [{"id": "z", "status": "answered"}])
    before = out.read_bytes()
    assert main(["ask", "--batch", str(batch), "--out", str(out)]) == 2
    assert "does not hold the answer to line 1 of this batch (its id is 'z', not 'a')" in capsys.readouterr().err
    out.write_text("not JSON\n", encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--out", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "not JSON\n"
    assert before != b""


def test_two_processes_do_not_write_one_file(tmp_path: Path) -> None:
    with (
        answers_to(tmp_path / "out.jsonl"),
        pytest.raises(UsageError, match="another process is writing it"),
        answers_to(tmp_path / "out.jsonl"),
    ):
        pass


def test_out_belongs_to_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "does it help?", "--out", str(tmp_path / "x")]) == 2
    assert "--out belongs to --batch" in capsys.readouterr().err
    batch = write(tmp_path / "q.jsonl", QUESTIONS)
    assert main(["ask", "--batch", str(batch), "--out", str(tmp_path / "absent" / "x")]) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_memory_does_not_grow_with_the_batch(tmp_path: Path, assistant: Assistant) -> None:
    few = [QUESTIONS[i % 4] for i in range(8)]
    many = [*few, *({"id": i} for i in range(10_000)), *few]
    peaks = []
    for name, rows in (("warm", few), ("few", few), ("many", many)):
        batch = write(tmp_path / f"{name}.jsonl", rows)
        tracemalloc.start()
        main(["ask", "--batch", str(batch), "--out", str(tmp_path / f"{name}.out")])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert len((tmp_path / "many.out").read_bytes().splitlines()) == len(many)
    # A thousandfold batch may cost no more than the noise of one answer: 100,000 lines take what 8 take.
    assert peaks[2] - peaks[1] < 1_000_000
