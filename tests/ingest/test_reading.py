"""Many files at once: workers and this process read the same, and a file that harms its reader costs nobody else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pincite.ingest.corpora import SourceFile, scan
from pincite.ingest.errors import SourceError
from pincite.ingest.reading import read_all
from pincite.ingest.sources import FileRead

from .conftest import Corpus
from .sources.typeset import Setter, Style

BAD = {
    "empty.txt": b"",
    "cut.xml": b"<article><body><p>Cut",
    "wrong.pdf": b"<html><body></body></html>",
    "latin.txt": b"caf\xe9",
    "other.xlsx": b"PK",
    "broken.jsonl": b"{",
}


@pytest.fixture
def mixed(corpus: Corpus) -> list[SourceFile]:
    root = corpus(**{f"t{n}": f"Text {n} is here. It has two sentences." for n in range(6)})
    for name, data in BAD.items():
        (root / name).write_bytes(data)
    (root / "p a p e r 😀.pdf").write_bytes(
        Setter(Style(), "Head", "Foot").set([("title", "A title of three words"), ("text", "It helps.")])
    )
    (root / "many.jsonl").write_text('{"_id": "1", "text": "One."}\n{"_id": "2", "text": "Two."}\n', encoding="utf-8")
    return list(scan([root]).files)


def seen(replies: list[FileRead | SourceError]) -> list[object]:
    return [str(reply) if isinstance(reply, SourceError) else reply for reply in replies]


def test_workers_read_what_this_process_reads_in_order(mixed: list[SourceFile]) -> None:
    here = seen(list(read_all(mixed, workers=0)))
    assert seen(list(read_all(mixed, workers=2))) == here
    assert len(here) == 14
    refused = [reply for reply in here if isinstance(reply, str)]
    assert len(refused) == len(BAD)
    assert all(len(line.splitlines()) == 1 for line in refused)


def test_a_script_without_a_guard_is_not_run_again(mixed: list[SourceFile], tmp_path: Path) -> None:
    import subprocess
    import sys

    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom pincite.ingest.corpora import scan\nfrom pincite.ingest.reading import read_all\n"
        "print('begun')\nprint(len(list(read_all(scan([Path(sys.argv[1])]).files, workers=2))))\n"
    )
    done = subprocess.run([sys.executable, str(script), str(mixed[0].path.parent)], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["begun", "14"]


def test_a_file_that_takes_too_long_is_named_and_the_next_is_read(corpus: Corpus) -> None:
    root = corpus(b="It is short.")
    os.mkfifo(root / "a.txt")  # reading it never ends
    files = [SourceFile(root / f"{name}.txt", name, name) for name in "ab"]
    late, read = read_all(files, workers=1, seconds=3)
    assert isinstance(late, SourceError)
    assert late.reason == "cannot be read: it took longer than 3 s to read"
    assert isinstance(read, FileRead)


def test_files_that_are_too_large_are_refused_unread(tmp_path: Path) -> None:
    reasons = []
    for name, size in (("a.txt", 1_000_000_000), ("b.xml", 60_000_000), ("c.jsonl", 600_000_000)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        (reply,) = read_all([SourceFile(tmp_path / name, name, name)], workers=0)
        reasons.append(getattr(reply, "reason", ""))
    assert reasons == [
        "is too large to be an article: 1,000,000,000 bytes, at most 50,000,000",
        "is too large to be an article: 60,000,000 bytes, at most 50,000,000",
        "is too large to be one collection; split it: 600,000,000 bytes, at most 500,000,000",
    ]
