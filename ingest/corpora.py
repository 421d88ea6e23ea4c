"""Finding documents: the corpus that ships, and files and folders that the user names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from .errors import SourceError
from .records import parse_record
from .sources import slug
from .text import Source

RECORDS = "sources.jsonl"
SHIPPED = "shipped:"
"""Begins the paths of the corpus that ships, which lies elsewhere on every machine."""
PART = "\0"
"""Between the name of a file that holds many documents and the key of one of them: no file's name has it."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may be a document. ``name`` stands for it in an index; ``id`` is what it would be called without a record."""

    path: Path
    name: str
    id: str
    record: Source | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found.

    Attributes:
        files: in the order of the paths given, then by name.
        refused: what cannot be a document, one line each.
        covers: the names, of files or folders, that this scan speaks for: a document from there that was not found again is gone.
    """

    files: tuple[SourceFile, ...]
    refused: tuple[SourceError, ...]
    covers: tuple[str, ...] = field(default=())

    def speaks_for(self, name: str) -> bool:
        """Whether a document of this name would have been found."""
        return any(is_under(name, cover) for cover in self.covers)


def is_under(name: str, root: str) -> bool:
    """Whether a file of this name, or a document in it, is ``root`` or lies below it."""
    name = file_of(name)
    return name == root or name.startswith(root if root.endswith((os.sep, ":")) else root + os.sep)


def file_of(name: str) -> str:
    """The name of the file that a document of this name is in."""
    return name.partition(PART)[0]


def path_of(name: str) -> Path:
    """Where the file of a document of this name lies on this machine."""
    file = file_of(name)
    if file.startswith(SHIPPED):
        return Path(str(files("pincite.corpus").joinpath(RECORDS))).parent / file.removeprefix(SHIPPED)
    return Path(file)


def shipped() -> Scan:
    """The corpus that ships with Pincite."""
    folder = Path(str(files("pincite.corpus").joinpath(RECORDS))).parent  # the package itself is a namespace, which has no one path
    found, refused = _with_records(folder)
    found = [replace(file, name=SHIPPED + file.path.relative_to(folder).as_posix()) for file in found]
    return Scan(tuple(found), tuple(refused), (SHIPPED,))


def scan(paths: Sequence[Path], leave_out: Path | None = None) -> Scan:
    """The files under these paths, but for the folder ``leave_out`` (an index that lies among them).

    Links are followed, loops of links are not; names that begin with a dot are passed over.
    A ``sources.jsonl`` in a folder describes files of that folder; a file without a record is described by its name.
    """
    found: dict[str, SourceFile] = {}
    refused: list[SourceError] = []
    covers: list[str] = []
    for path in paths:
        root = Path(os.path.abspath(path))
        if root.is_dir():
            covers.append(str(root))
            for folder in _folders(root, refused, leave_out):
                described, wrong = _with_records(folder)
                refused.extend(wrong)
                named = {file.name: file for file in described}
                for entry in sorted(_entries(folder, refused)):
                    if str(entry) not in named and entry.name != RECORDS:
                        named[str(entry)] = SourceFile(entry, str(entry), slug(str(entry.relative_to(root).with_suffix(""))))
                for name in sorted(named):
                    found.setdefault(name, named[name])
        elif root.is_file():
            covers.append(str(root))
            described, _ = _with_records(root.parent)
            record = next((file.record for file in described if file.path == root), None)
            found.setdefault(str(root), SourceFile(root, str(root), slug(root.stem), record))
        else:
            refused.append(SourceError(str(path), "is neither a file nor a folder" if root.exists() else "does not exist"))
    return Scan(tuple(found.values()), tuple(refused), tuple(covers))


def _with_records(folder: Path) -> tuple[list[SourceFile], list[SourceError]]:
    """The files that a folder's ``sources.jsonl`` describes."""
    path = folder / RECORDS
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        return [], [SourceError(str(path), f"cannot be read: {error}")]
    found, refused = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = parse_record(line)
        except ValueError as error:
            refused.append(SourceError(str(path), f"line {number} {error}"))
            continue
        file = Path(os.path.normpath(folder / record.file))
        if not file.is_relative_to(folder):
            refused.append(SourceError(str(path), f"line {number} names a file outside of its folder: {record.file}"))
        elif not file.is_file():
            refused.append(SourceError(str(file), f"is described in {path}, line {number}, but is not there"))
        else:
            found.append(SourceFile(file, str(file), slug(file.stem), record))
    return found, refused


def _folders(root: Path, refused: list[SourceError], leave_out: Path | None) -> Iterator[Path]:
    """``root`` and the folders below it; each real folder once, so that a loop of links ends."""
    seen = {os.path.realpath(leave_out)} if leave_out is not None else set()

    def note(error: OSError) -> None:
        refused.append(SourceError(str(error.filename), f"cannot be read: {error.strerror or error}"))

    for folder, below, _ in os.walk(root, followlinks=True, onerror=note):
        real = os.path.realpath(folder)
        if real in seen:
            below.clear()
            continue
        seen.add(real)
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield Path(folder)


def _entries(folder: Path, refused: list[SourceError]) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return  # told by the walk
    for entry in entries:
        if entry.name.startswith(".") or entry.is_dir():
            continue
        if entry.is_file():
            yield entry
        else:
            refused.append(SourceError(str(entry), "is not a file that can be read (a broken link, a pipe or a device)"))
