"""What must not be lost: killed builds, full and read-only disks, two writers, no network."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pincite.ingest import generations
from pincite.ingest.errors import IndexUnusable
from pincite.ingest.index import ingest_paths, kept_folder, open_index
from pincite.ingest.lexical import words
from pincite.ingest.settings import Settings

from .conftest import Corpus

INGEST = """
import sys
from pathlib import Path
from pincite.ingest.index import ingest_paths
from pincite.ingest.settings import Settings
ingest_paths(Settings(index=Path(sys.argv[1])), [Path(sys.argv[2])])
"""
KILL_SELF = """
import os, signal, sys
from pathlib import Path
from pincite.ingest.index import ingest_paths
from pincite.ingest.settings import Settings
stage, least = sys.argv[3], int(sys.argv[4])
def step(at, done, total):
    if at == stage and done >= least:
        os.kill(os.getpid(), signal.SIGKILL)
ingest_paths(Settings(index=Path(sys.argv[1])), [Path(sys.argv[2])], step)
"""
OLD = {f"old{n}": f"Old text {n} about pain. It is old." for n in range(3)}
NEW = {f"new{n}": f"New text {n} about sleep. It is new." for n in range(40)}


def state(folder: Path) -> str:
    """ "old" or "new": what an index answers from; anything else, a half of it or an error, is a failure."""
    index = open_index(Settings(index=folder))
    ids = set(index.documents)
    vector = index.embedder.encode(["text about sleep"])[0]
    assert len(index.dense(vector, 1000)) == index.searched()[1] == 2 * len(ids)
    assert {doc for doc, _, _ in index.lexical(words("pain sleep"), 1000)} == ids
    if ids == set(OLD):
        return "old"
    assert ids == set(OLD) | set(NEW)
    return "new"


@pytest.fixture
def old_index(corpus: Corpus, tmp_path: Path) -> tuple[Path, Path]:
    """An index of the old texts, and the folder that now holds new ones too."""
    root, folder = corpus(**OLD), tmp_path / "index"
    ingest_paths(Settings(index=folder), [root])
    corpus(**NEW)
    return folder, root


@pytest.mark.parametrize(("stage", "least"), [("read", 0), ("embed", 33), ("store", 0), ("store", 80)])
def test_killed_at_a_step_the_old_index_stays(old_index: tuple[Path, Path], stage: str, least: int) -> None:
    folder, root = old_index
    done = subprocess.run([sys.executable, "-c", KILL_SELF, str(folder), str(root), stage, str(least)], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert state(folder) == "old"
    ingest_paths(Settings(index=folder), [root])
    assert state(folder) == "new"
    assert len(list((folder / "generations").iterdir())) == 1


def wrote_manifest(folder: Path, old: Path) -> bool:
    return len(list(folder.glob("generations/*/manifest.json"))) > 1


def swapping(folder: Path, old: Path) -> bool:
    return (folder / "current.new").exists()


def sweeping(folder: Path, old: Path) -> bool:
    return not (old / "manifest.json").exists()


@pytest.mark.parametrize("moment", [wrote_manifest, swapping, sweeping])
def test_killed_from_outside_it_is_the_old_or_the_new(old_index: tuple[Path, Path], moment: Callable[[Path, Path], bool]) -> None:
    folder, root = old_index
    (old,) = (folder / "generations").iterdir()
    child = subprocess.Popen([sys.executable, "-c", INGEST, str(folder), str(root)])
    deadline = time.monotonic() + 60
    while child.poll() is None and not moment(folder, old) and time.monotonic() < deadline:
        pass
    child.kill()
    child.wait()
    assert state(folder) in {"old", "new"}
    ingest_paths(Settings(index=folder), [root])
    assert state(folder) == "new"


def test_two_writers_wait_for_each_other(old_index: tuple[Path, Path]) -> None:
    folder, root = old_index
    children = [subprocess.Popen([sys.executable, "-c", INGEST, str(folder), str(root)], stderr=subprocess.PIPE) for _ in range(2)]
    for child in children:
        _, errors = child.communicate(timeout=120)
        assert child.returncode == 0, errors
    assert state(folder) == "new"


def test_a_writer_that_does_not_let_go_is_named(tmp_path: Path) -> None:
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with generations.writing(tmp_path / "i"):
            held.set()
            release.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert held.wait(20)
        with (
            pytest.raises(IndexUnusable, match=r"Another process has been writing the index .*/i for 0\.2 s"),
            generations.writing(tmp_path / "i", 0.2),
        ):
            pass
    finally:
        release.set()
        thread.join()


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from pincite.ingest.errors import IndexUnusable
from pincite.ingest.index import ingest_paths
from pincite.ingest.settings import Settings
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    ingest_paths(Settings(index=Path(sys.argv[1])), [Path(sys.argv[2])])
except IndexUnusable as error:
    print(error)
"""


@pytest.mark.parametrize("room", [0, 4_000, 100_000])
def test_a_full_disk_is_told_once_and_loses_nothing(old_index: tuple[Path, Path], room: int) -> None:
    """The limit on a file's size stands in for the end of the disk: writes fail in the same places, for root too."""
    folder, root = old_index
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder), str(root), str(room)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"The index {folder} cannot be written: ")
    assert "name another folder with --index PATH" in done.stdout
    assert len(done.stdout.splitlines()) == 1
    assert state(folder) == "old"
    assert len(list((folder / "generations").iterdir())) == 1


def test_a_place_that_cannot_be_written_is_told(corpus: Corpus, tmp_path: Path) -> None:
    root = corpus(a="A pain is here.")
    below_a_file = root / "a.txt" / "index"
    with pytest.raises(IndexUnusable, match=r"The index .*/a\.txt/index cannot be written: Not a directory"):
        ingest_paths(Settings(index=below_a_file), [root])
    with pytest.raises(IndexUnusable, match=r"is no index and not empty: it holds 'a\.txt'"):
        ingest_paths(Settings(index=root), [root])
    assert [path.name for path in root.iterdir()] == ["a.txt"]


def test_without_a_cache_folder_the_index_is_temporary_with_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked / "cache"))
    index = open_index(Settings())
    assert index.searched() == (1, 18)
    (notice,) = index.notices
    assert notice.startswith(f"The index {kept_folder(Settings())} cannot be written: ")
    assert notice.endswith("Until then it is made anew in a temporary folder each time.")


@pytest.mark.usefixtures("socket_disabled")
def test_with_sockets_disabled_an_index_is_made_opened_and_searched(corpus: Corpus, tmp_path: Path) -> None:
    ingest_paths(Settings(index=tmp_path / "i"), [corpus(**OLD)])
    assert state(tmp_path / "i") == "old"


HOSTILE = {
    "CHROMA_API_IMPL": "chromadb.api.fastapi.FastAPI",
    "CHROMA_SERVER_HOST": "chroma.invalid",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://collector.invalid:4317",
    "CHROMA_OTEL_GRANULARITY": "all",
    "ANONYMIZED_TELEMETRY": "True",
    "ORT_DISABLE_TELEMETRY": "0",
}


def test_the_environment_cannot_send_the_store_elsewhere(corpus: Corpus, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / ".env").write_text("\n".join(f"{name}={value}" for name, value in HOSTILE.items()) + "\n")
    environment = {**os.environ, **HOSTILE, "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", INGEST, str(tmp_path / "i"), str(corpus(**OLD))]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert state(tmp_path / "i") == "old"
    assert not (tmp_path / "cache").exists()


SEARCH = """
import json, sys
from pathlib import Path
from pincite.ingest.index import open_index
from pincite.ingest.lexical import words
from pincite.ingest.settings import Settings
index = open_index(Settings())
question = "does IV magnesium help migraine?"
print(json.dumps([index.dense(index.embedder.encode([question])[0], 18), index.lexical(words(question), 18), index.manifest.corpus]))
"""


def test_two_processes_find_the_same_to_the_last_digit(tmp_path: Path) -> None:
    outputs = []
    for number in range(2):
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / str(number)), "PYTHONHASHSEED": str(number)}
        done = subprocess.run([sys.executable, "-c", SEARCH], env=environment, capture_output=True, text=True, check=True, timeout=120)
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert len(json.loads(outputs[0])[0]) == 18
