"""Where the answers of a batch go: to stdout, or into a file in which a batch that was stopped goes on."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout
from pincite.app.claims import Id
from pincite.ingest.errors import PinciteError, UsageError

from .console import notify, print_json


class Answers:
    """One answer for each line of a batch, in order. Holds one of them at a time; made by ``answers_to``."""

    def __init__(self, path: Path | None, file: IO[bytes] | None) -> None:
        self._path = path
        self._file = file
        self._behind = file is not None
        self._kept = 0

    def earlier(self, line: int, id: Id) -> Mapping[str, Any] | None:
        """The answer that the file already has for the next line of the batch, or None: it is to be answered.

        Raises:
            UsageError: the file holds something else than the answers to this batch.
        """
        if self._file is None or not self._behind:
            return None
        start = self._file.tell()
        raw = self._file.readline()
        if not raw.endswith(b"\n"):
            # At the end, or in a line that was cut off while it was written: that one is answered again.
            self._file.truncate(start)
            self._file.seek(start)
            self._behind = False
            if self._kept:
                notify(f"{self._path}: going on after {self._kept} lines that are answered")
            return None
        try:
            answer: dict[str, Any] = json.loads(raw)
            if answer["id"] != id:
                raise ValueError(f"its id is {answer['id']!r}, not {id!r}")
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{self._path} does not hold the answer to line {line} of this batch ({error}); name another --out") from None
        self._kept += 1
        return answer

    def write(self, answer: Mapping[str, Any]) -> None:
        """The answer to the next line.

        Raises:
            PinciteError: it cannot be written.
        """
        if self._file is None:
            print_json(answer, indent=None)
            return
        try:
            self._file.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        except OSError as error:
            raise PinciteError(f"{self._path}: cannot be written ({error.strerror}); free space and run it again, it goes on") from None


@contextmanager
def answers_to(path: Path | None) -> Iterator[Answers]:
    """The answers of one batch, to stdout where path is None.

    Raises:
        UsageError: the file cannot be opened, or another process is writing it.
    """
    if path is None:
        yield Answers(None, None)
        return
    # Not beside the file: a lock that stays behind is of no use to anyone there.
    name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    lock = FileLock(Path(tempfile.gettempdir()) / f"pincite-{name}.lock", timeout=0)
    try:
        lock.acquire()
        # Unbuffered: an answer is in the file as soon as it is written, whatever ends the program.
        file = path.open("a+b", buffering=0)
    except Timeout:
        raise UsageError(f"{path}: another process is writing it; wait for it, or name another --out") from None
    except OSError as error:
        lock.release()
        raise UsageError(f"{path}: cannot be opened ({error.strerror}); name another --out") from None
    try:
        with file:
            file.seek(0)
            yield Answers(path, file)
    finally:
        lock.release()
