"""A run's folder survives kill -9, refuses company, and never mixes two runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.evals.folder import PART, begin
from pincite.evals.records import Record, Reply, read_records
from pincite.evals.run import main
from pincite.evals.sets import find_set
from pincite.ingest.errors import PinciteError, UsageError

MANIFEST = {"schema": "pincite.run/2", "set": {"sha256": "abc"}, "system": {"name": "s"}}
RECORD = Record("a", "s", Reply("no_evidence", ()))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "questions-few.jsonl"
    path.write_text("\n".join(find_set("questions-article").read_text(encoding="utf-8").splitlines()[:12]) + "\n", encoding="utf-8")
    return path


@pytest.mark.usefixtures("assistant")
def test_a_run_that_was_killed_goes_on_where_it_stopped(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, whole = tmp_path / "killed", tmp_path / "whole"
    command = [sys.executable, "-m", "pincite.evals.run", str(small), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if (out / PART).is_file() and (out / PART).read_bytes().count(b"\n") >= 2:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.005)
    process.wait()
    assert process.returncode == -signal.SIGKILL
    # As if the kill had come in the middle of a line.
    with (out / PART).open("ab") as file:
        file.write(b'{"record": {"case": "qa-0')
    before = (out / PART).read_bytes().count(b"\n")
    assert main([str(small), "--out", str(out)]) == 0
    said = capsys.readouterr().err
    assert f"going on after {before} cases" in said
    assert "the last record is half-written" in said
    assert not (out / PART).exists()
    assert main([str(small), "--out", str(whole)]) == 0
    for name in ("records.jsonl", "scores.csv", "manifest.json", "summary.csv"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def test_two_processes_in_one_folder_are_refused(tmp_path: Path) -> None:
    with (
        begin(tmp_path / "run", MANIFEST),
        pytest.raises(UsageError, match="another process is running in this folder"),
        begin(tmp_path / "run", MANIFEST),
    ):
        pass


def test_a_folder_of_another_run_is_refused_and_says_what_differs(tmp_path: Path) -> None:
    with begin(tmp_path, MANIFEST) as folder:
        folder.add(RECORD, 0.5)
    with (
        pytest.raises(UsageError, match=r"another run.*\n  set\.sha256: abc, now def"),
        begin(tmp_path, MANIFEST | {"set": {"sha256": "def"}}),
    ):
        pass
    with begin(tmp_path, MANIFEST) as folder:
        assert folder.done == {"a": (RECORD, 0.5)}


def test_a_folder_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST | {"schema": "pincite.run/1"}), encoding="utf-8")
    with (
        pytest.raises(UsageError, match=r"written by another version \(pincite\.run/1; this one reads pincite\.run/2\)"),
        begin(tmp_path, MANIFEST),
    ):
        pass
    (tmp_path / "manifest.json").write_text('{"schema":', encoding="utf-8")
    with pytest.raises(UsageError, match=r"manifest\.json is damaged"), begin(tmp_path, MANIFEST):
        pass


def test_a_damaged_line_in_the_middle_is_quoted(tmp_path: Path) -> None:
    with begin(tmp_path, MANIFEST) as folder:
        folder.add(RECORD, 0.5)
    with (tmp_path / PART).open("a", encoding="utf-8") as file:
        file.write('{"record": {"case": "b"}}\n')
    with pytest.raises(UsageError, match=r"records\.part\.jsonl, line 2: is not a record"), begin(tmp_path, MANIFEST):
        pass


@pytest.mark.skipif(os.name != "posix" or not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_and_leaves_what_is_there(tmp_path: Path) -> None:
    with begin(tmp_path, MANIFEST) as folder:
        (tmp_path / PART).symlink_to("/dev/full")
        with pytest.raises(PinciteError, match=r"cannot be written .*No space left.*it goes on"):
            folder.add(RECORD, 0.5)
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")) == MANIFEST


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def breaks(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with begin(tmp_path, MANIFEST) as folder:
        folder.write("scores.csv", lambda path: path.write_text("kept", encoding="utf-8") and None)
        with pytest.raises(PinciteError, match="No space left"):
            folder.write("scores.csv", breaks)
    assert (tmp_path / "scores.csv").read_text(encoding="utf-8") == "kept"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".lock", "manifest.json", "scores.csv"]


@pytest.mark.usefixtures("assistant")
def test_a_finished_run_is_never_written_over(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], assistant: Assistant
) -> None:
    assert main([str(small), "--limit", "1", "--out", str(tmp_path / "run")]) == 0
    before = (tmp_path / "run" / "records.jsonl").read_bytes()
    assert main([str(small), "--limit", "1", "--out", str(tmp_path / "run")]) == 2
    assert "it holds a finished run" in capsys.readouterr().err
    assert (tmp_path / "run" / "records.jsonl").read_bytes() == before
    assert len(read_records(tmp_path / "run" / "records.jsonl")) == 1
