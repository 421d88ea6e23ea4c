"""A run's folder: begun, gone on with after a kill, finished, and never written over.

While the run lasts, ``records.part.jsonl`` gets one line a case as it finishes, and the lock is held. At the end it becomes
``records.jsonl`` (the cases' order) and ``timings.csv``; a folder with a ``records.jsonl`` is finished.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pincite.ingest.errors import PinciteError, UsageError

from .lines import CaseError, read_lines
from .manifest import SCHEMA, differences
from .records import AnyRecord, record_of

MANIFEST, RECORDS, PART, LOCK = "manifest.json", "records.jsonl", "records.part.jsonl", ".lock"

Done = dict[str, tuple[AnyRecord, float]]


class RunFolder:
    """A folder that a run is being written to; made by ``begin``."""

    def __init__(self, path: Path, done: Done, notices: list[str]) -> None:
        self.path = path
        self.done = done
        """What an earlier, killed run had finished: record and seconds by case id."""
        self.notices = notices
        self._part: FileIO | None = None

    def add(self, record: AnyRecord, seconds: float) -> None:
        """Keep one record at once.

        Raises:
            PinciteError: it cannot be written.
        """
        line = json.dumps({"record": record.as_json(), "seconds": round(seconds, 6)}, ensure_ascii=False).encode() + b"\n"
        with _writing(self.path):
            if self._part is None:
                # Unbuffered: what a full disk refused must not be tried again when the file is closed.
                self._part = (self.path / PART).open("ab", buffering=0)
            if self._part.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write(self, name: str, write: Callable[[Path], None]) -> None:
        """Write a file whole or not at all.

        Raises:
            PinciteError: it cannot be written.
        """
        target = self.path / name
        with _writing(self.path):
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_name(f".{target.name}.unfinished")
            try:
                write(unfinished)
                os.replace(unfinished, target)
            finally:
                unfinished.unlink(missing_ok=True)

    def finish(self) -> None:
        """The records are written: what kept them meanwhile goes."""
        self.close()
        with _writing(self.path):
            (self.path / PART).unlink(missing_ok=True)

    def close(self) -> None:
        """Stop adding."""
        if self._part is not None:
            self._part.close()
            self._part = None


@contextmanager
def begin(path: Path, manifest: Mapping[str, Any]) -> Iterator[RunFolder]:
    """Begin a run in a new or empty folder, or go on with the same run that was killed.

    Raises:
        UsageError: the folder holds something else, a finished run, a run of something else or of another version, or another process
            is running in it.
        PinciteError: it cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise UsageError(f"{path}: another process is running in this folder; wait for it, or name another with --out") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be used as a folder ({error.strerror}); name another with --out") from None
    folder = None
    try:
        notices: list[str] = []
        done: Done = {}
        if any(file.name != LOCK for file in path.iterdir()):
            _same_run(path, manifest)
            done = _read_part(path / PART, notices)
            if done:
                notices.append(f"{path}: going on after {len(done)} cases that were finished before")
        folder = RunFolder(path, done, notices)
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        folder.write(MANIFEST, lambda file: _write_text(file, text))
        yield folder
    finally:
        if folder is not None:
            folder.close()
        lock.release()


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a run's folder.

    Raises:
        UsageError: the folder holds no run, or one of another version.
    """
    file = path / MANIFEST
    if not file.is_file():
        raise UsageError(f"{path} holds no run ({MANIFEST} is absent); name a folder that pincite eval run --out wrote")
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
        schema = manifest["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{file} is damaged ({type(error).__name__}: {error}); run the set again into another folder") from None
    if schema != SCHEMA:
        raise UsageError(
            f"{path} was written by another version ({schema}; this one reads {SCHEMA}); run the set again into another folder"
        )
    result: dict[str, Any] = manifest
    return result


def finished(path: Path) -> Path:
    """The records of a folder whose run came to its end.

    Raises:
        UsageError: it holds none, or an unfinished one.
    """
    read_manifest(path)
    if not (path / RECORDS).is_file():
        raise UsageError(f"the run in {path} is not finished; run the same command again, it goes on where it stopped")
    return path / RECORDS


def _same_run(path: Path, manifest: Mapping[str, Any]) -> None:
    if not (path / MANIFEST).is_file():
        raise UsageError(f"{path} is not empty; nothing is written over what is there, so name another folder")
    before = read_manifest(path)
    if (path / RECORDS).is_file():
        raise UsageError(f"{path} is not empty: it holds a finished run; nothing is written over an earlier run, so name another folder")
    differing = differences(before, json.loads(json.dumps(manifest)))
    if differing:
        raise UsageError(f"{path} holds another run, so this one cannot go on there; name another folder\n  " + "\n  ".join(differing))


def _read_part(path: Path, notices: list[str]) -> Done:
    """What a killed run kept. A last line without its line feed was cut off while it was written: it is taken away."""
    if not path.is_file():
        return {}
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        notices.append(f"{path}: the last record is half-written; its case is put again")
        with _writing(path.parent), path.open("r+b") as file:
            file.truncate(len(whole))
    done: Done = {}
    for number, line, row in read_lines(path):
        try:
            record = record_of(row["record"])
            done[record.case] = (record, float(row["seconds"]))
        except (KeyError, TypeError, ValueError) as error:
            raise CaseError(path, number, f"is not a record ({type(error).__name__}: {error}); name another folder", line) from None
    return done


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PinciteError(
            f"{path} cannot be written ({error.strerror}); free space, then run the same command again: it goes on"
        ) from None
