"""The folders of documents that drafts are checked against where that is not the corpus, each read once and kept in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pincite.ingest.corpora import scan
from pincite.ingest.errors import SourceError
from pincite.ingest.sources import read_source
from pincite.ingest.text import Document, Source

from .lines import UnsoundError


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of a folder, by id; ``name`` is the folder as the set names it."""

    name: str
    documents: Mapping[str, Document] = field(repr=False, compare=False)


class Shelves:
    """The folders that the lines of one set name, read as a corpus is. ``root`` is where the set lies."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, Shelf] = {}

    def of(self, name: str) -> Shelf:
        """The shelf of this name.

        Raises:
            UnsoundError: it is outside of the set's folder, or a file of it cannot be used: none may be missing unnoticed.
        """
        if name not in self._read:
            self._read[name] = Shelf(name, _documents(beside(self._root, name)))
        return self._read[name]


def beside(root: Path, name: str) -> Path:
    """A file or folder that a line names, which must lie below the set's folder; raises ``UnsoundError``."""
    # By name, not by where links lead: an installed package may be made of links.
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise UnsoundError(f'"{name}" is outside of {root}')
    return root / name


def _documents(folder: Path) -> dict[str, Document]:
    found = scan([folder])
    documents: dict[str, Document] = {}
    try:
        if found.refused:
            raise found.refused[0]
        for file in found.files:
            document = read_source(file.path, file.record or Source(id=file.id, title="", file=file.path.name, sha256=""))
            documents[document.id] = document
    except SourceError as error:
        raise UnsoundError(f"names a corpus that cannot be used: {error}") from None
    if not documents:
        raise UnsoundError(f"names a corpus without documents: {folder}")
    if len(documents) < len(found.files):
        raise UnsoundError(f"names a corpus in which two files have one id: {folder}")
    return documents
