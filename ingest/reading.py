"""Reading many files: in this process where they are few and plain, else in worker processes, in order and with the same result.

A worker that a hostile file kills, hangs or fills up costs that file alone. Workers are plain child processes that speak pickle over their
pipes: unlike those of ``multiprocessing`` they never run the caller's main module again, so a script needs no guard.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from .corpora import SourceFile
from .errors import SourceError
from .sources import FileRead, read_file
from .text import Source

SECONDS = 1800.0
"""How long one file may take: two thousand pages on a busy machine take minutes."""
MEMORY = 4 << 30
"""Bytes of address space that a worker may take, where the system can limit it."""
_MANY_FILES = 24
_MANY_BYTES = 8_000_000
_MOST_WORKERS = 8
_ALWAYS_APART = (".pdf", ".docx")
"""Formats whose files can make their reader crash or swell."""
_START = "import sys; sys.path[:] = sys.argv[1:]; from pincite.ingest.reading import serve; serve()"
_LENGTH = struct.Struct(">Q")

Reply = FileRead | SourceError


def read_all(files: Sequence[SourceFile], workers: int | None = None, seconds: float = SECONDS) -> Iterator[Reply]:
    """What each file gave, or why it could not be read, in the order given.

    Args:
        files: what to read.
        workers: how many processes; 0 reads here; None decides by what is to be read.
        seconds: how long one file may take in a worker.
    """
    count = _workers_for(files) if workers is None else workers
    if not count:
        yield from (_reply(file.path, file.record) for file in files)
        return
    pool = _Pool(seconds)
    try:
        with ThreadPoolExecutor(min(count, len(files) or 1), "reader") as threads:
            yield from threads.map(pool.read, files)
    finally:
        pool.close()


def _workers_for(files: Sequence[SourceFile]) -> int:
    apart = any(file.path.suffix.lower() in _ALWAYS_APART for file in files)
    if not apart and len(files) < _MANY_FILES and sum(map(_size, files)) < _MANY_BYTES:
        return 0
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(usable, _MOST_WORKERS, len(files)))


def _size(file: SourceFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _reply(path: Path, record: Source | None) -> Reply:
    try:
        return read_file(path, record)
    except SourceError as error:
        return error
    except Exception as error:  # a library that fails on a strange file must not take the others with it
        return SourceError(str(path), f"cannot be read: {type(error).__name__}: {str(error)[:200]}")


class _Pool:
    """Worker processes, one a thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._mine = threading.local()
        self._all: list[subprocess.Popen[bytes]] = []

    def read(self, file: SourceFile) -> Reply:
        """Read one file in this thread's worker, which is started when it is needed."""
        worker = getattr(self._mine, "worker", None)
        if worker is None:
            try:
                worker = self._start()
            except OSError:
                return _reply(file.path, file.record)  # no process can be had: read here
        late = threading.Event()

        def stop() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            _send(worker.stdin, (str(file.path), file.record))
            ok, value = _receive(worker.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            worker.kill()
            worker.wait()
            self._mine.worker = None
            reason = f"took longer than {self._seconds:g} s to read" if late.is_set() else "needs too much memory, or crashed its reader"
            return SourceError(str(file.path), f"cannot be read: it {reason}")
        finally:
            timer.cancel()
        return value if ok else SourceError(*value)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", _START, *(path or os.getcwd() for path in sys.path)]
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._mine.worker = worker
        self._all.append(worker)
        return worker

    def close(self) -> None:
        """End the workers."""
        for worker in self._all:
            for stream in (worker.stdin, worker.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            worker.kill()
            worker.wait()


def serve() -> None:
    """A worker's whole life: a request in, a reply out, until its input ends."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the replies
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    while True:
        try:
            path, record = _receive(requests)
        except (EOFError, KeyboardInterrupt):
            return
        reply = _reply(Path(path), record)
        _send(replies, (False, (reply.path, reply.reason)) if isinstance(reply, SourceError) else (True, reply))


def _send(stream: IO[bytes] | None, value: object) -> None:
    assert stream is not None
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes] | None):  # type: ignore[no-untyped-def]  # whatever was sent
    assert stream is not None
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)
