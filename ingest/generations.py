"""The index folder: generations, of which a pointer file names the current one.

    INDEX/current               the name of the current generation, one line, replaced atomically
    INDEX/lock                  held by the one process that writes
    INDEX/generations/NAME/     complete and never changed once it is current

A new generation is written whole and flushed to disk before the pointer is swapped, so that a process killed at any moment leaves the old
index or the new one. What a killed one left half built is swept by the next that writes.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .errors import IndexUnusable

LOCK_SECONDS = 300.0
"""How long to wait for another process that writes the same index."""
_OURS = {"current", "current.new", "lock", "generations"}
_NAME = re.compile("[0-9a-f]{16}")


def current(folder: Path) -> Path | None:
    """The folder of the current generation, or None where there is no index.

    Raises:
        OSError, ValueError: the pointer is there but cannot be read, or points nowhere.
    """
    pointer = folder / "current"
    try:
        name = pointer.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    generation = folder / "generations" / name
    if not name or name != Path(name).name or not generation.is_dir():
        raise ValueError(f"{pointer} names a generation that is not there: {name!r}")
    return generation


@contextmanager
def writing(folder: Path, timeout: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of the one writer; the folder is made where it is absent.

    Raises:
        IndexUnusable: the folder cannot be written, or another process holds it for longer than ``timeout`` seconds.
    """
    lock = FileLock(folder / "lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = sorted(entry.name for entry in folder.iterdir() if entry.name not in _OURS)
        if strange and not (folder / "current").exists():
            raise IndexUnusable(f"{folder} is no index and not empty: it holds {strange[0]!r}. Name an empty or a new folder with --index")
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise IndexUnusable(f"Another process has been writing the index {folder} for {timeout:g} s; try again when it is done") from error
    except OSError as error:
        raise not_writable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def begin(folder: Path) -> Path:
    """An empty folder for a new generation. What earlier runs left half built is removed. Call it within ``writing``."""
    sweep(folder)
    generation = folder / "generations" / secrets.token_hex(8)
    generation.mkdir(parents=True)
    return generation


def commit(folder: Path, generation: Path) -> None:
    """Make a generation the current one, and remove the others."""
    for path in sorted(generation.rglob("*"), reverse=True):
        _flush(path)
    for path in (generation, generation.parent):
        _flush(path)
    fresh = folder / "current.new"
    fresh.write_text(generation.name + "\n", encoding="ascii")
    _flush(fresh)
    os.replace(fresh, folder / "current")
    _flush(folder)
    sweep(folder)


def sweep(folder: Path) -> None:
    """Remove every generation but the current one."""
    try:
        keep = current(folder)
    except (OSError, ValueError):
        keep = None
    for path in (folder / "generations").glob("*"):
        if _NAME.fullmatch(path.name) and (keep is None or path.name != keep.name):
            shutil.rmtree(path, ignore_errors=True)


def not_writable(folder: Path, error: BaseException) -> IndexUnusable:
    """The one message for a folder that is read-only, full, or no folder."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return IndexUnusable(
        f"The index {folder} cannot be written: {reason}. Make room or allow writing there, or name another folder with --index PATH"
    )


def file_hash(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    """Ask the system to write a file or a folder to disk."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    if os.name == "nt" and path.is_dir():
        return  # folders cannot be opened there
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
