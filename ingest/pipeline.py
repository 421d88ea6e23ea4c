"""From files to an index: read what is new, keep what is not, drop what is gone, write a new generation."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import generations
from .corpora import Scan, SourceFile, is_under
from .embed import Embedder
from .errors import PinciteError, SourceError
from .manifest import RECIPE, Entry, Manifest, current_recipe
from .sources import content_hash, read_source, resplit
from .stored import (
    Origins,
    Progress,
    Stored,
    discard,
    known_vectors,
    read_documents,
    read_generation,
    read_manifest,
    silent,
    write_generation,
)
from .text import Document, Source

DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError, sqlite3.Error)
"""What reading a damaged index may raise."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did.

    Attributes:
        index: the index folder.
        added, unchanged, updated, removed: ids of documents, in the order found.
        same: (file, id): the file holds the same bytes as that document, so it is not another one.
        refused: files that could not be read or used; where an earlier version of one is in the index, that is kept.
        notices: what else the user should know (the index was damaged and made anew; another encoder).
        documents, sentences: how many the index holds now.
        written: whether anything on disk changed.
    """

    index: Path
    added: tuple[str, ...]
    unchanged: tuple[str, ...]
    updated: tuple[str, ...]
    removed: tuple[str, ...]
    same: tuple[tuple[str, str], ...]
    refused: tuple[SourceError, ...]
    notices: tuple[str, ...]
    documents: int
    sentences: int
    written: bool


@dataclass(slots=True)
class _Old:
    """What could be read of the index that is there."""

    manifest: Manifest | None = None
    documents: dict[str, Document] = field(default_factory=dict)
    whole: Stored | None = None
    notices: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Plan:
    """What the new index will hold, and what became of the documents."""

    documents: dict[str, Document]
    paths: dict[str, list[str]]
    roots: tuple[str, ...]
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    refused: list[SourceError] = field(default_factory=list)


def update(folder: Path, scan: Scan, embedder: Embedder, progress: Progress = silent) -> IngestReport:
    """Bring an index up to date with what a scan found. Nothing is written where nothing changed.

    Documents that came from elsewhere stay. Whatever fails, the index that was there stays.

    Raises:
        IndexUnusable: the index cannot be written.
    """
    with generations.writing(folder):
        old = _read_old(folder)
        plan = _Planner(scan, old).plan(progress)
        written = _differs(plan, old, embedder)
        if written:
            _write(folder, plan, old, embedder, progress)
    return IngestReport(
        index=folder,
        added=tuple(plan.added),
        unchanged=tuple(plan.unchanged),
        updated=tuple(plan.updated),
        removed=tuple(plan.removed),
        same=tuple(plan.same),
        refused=tuple(plan.refused),
        notices=(*old.notices, *_other_encoder(old.manifest, embedder)),
        documents=len(plan.documents),
        sentences=sum(len(document.sentences) for document in plan.documents.values()),
        written=written,
    )


def is_fresh(stored: Stored, scan: Scan) -> bool:
    """Whether the documents of an index are what this scan found, no more and no less where the scan speaks."""
    names = {name: entry.id for entry in stored.manifest.documents for name in entry.paths if scan.speaks_for(name)}
    if scan.refused or set(names) != {file.name for file in scan.files}:
        return False
    return all(_is_as_before(file, stored.documents[names[file.name]]) for file in scan.files)


def made_alike(manifest: Manifest, embedder: Embedder) -> bool:
    """Whether an index was made by this encoder, and by what this version of Pincite would do with the same files."""
    return _same_encoder(manifest, embedder) and manifest.recipe == current_recipe()


def can_be_searched(manifest: Manifest, embedder: Embedder) -> bool:
    """Whether an index can be searched with this encoder by this version. A newer splitter is no hindrance: the sentences are stored."""
    return _same_encoder(manifest, embedder) and manifest.recipe.split()[:1] == [RECIPE]


def _same_encoder(manifest: Manifest, embedder: Embedder) -> bool:
    return manifest.fingerprint == embedder.fingerprint


def _other_encoder(manifest: Manifest | None, embedder: Embedder) -> list[str]:
    if manifest is None or _same_encoder(manifest, embedder):
        return []
    return [
        f"The index was made with the encoder {manifest.encoder} ({manifest.fingerprint});"
        f" it was made again with {embedder.name} ({embedder.fingerprint})."
    ]


def _read_old(folder: Path) -> _Old:
    """The index that is there, or what is left of it: the documents of a damaged one are kept where they can be."""
    try:
        generation = generations.current(folder)
        if generation is None:
            return _Old()
        whole = read_generation(generation)
        return _Old(whole.manifest, dict(whole.documents), whole)
    except DAMAGE as error:
        damage = f"The index {folder} was damaged ({error}) and was made again"
    try:
        generation = generations.current(folder)
        if generation is None:
            return _Old()
        manifest = read_manifest(generation)
        documents = read_documents(generation, manifest)
    except DAMAGE:
        return _Old(notices=[f"{damage}; documents that came from elsewhere than this time are lost from it, ingest them again."])
    return _Old(manifest, documents, notices=[f"{damage}; no document is lost."])


class _Planner:
    """Decides what becomes of every file found and of every document there was."""

    def __init__(self, scan: Scan, old: _Old) -> None:
        self._scan = scan
        self._old = old.documents
        self._entries = {entry.id: entry for entry in (old.manifest.documents if old.manifest else ()) if entry.id in old.documents}
        self._renew = old.manifest is not None and old.manifest.recipe != current_recipe()
        self._owner = {name: entry.id for entry in self._entries.values() for name in entry.paths}
        present = {file.name for file in scan.files}
        self._staying = {id for id, entry in self._entries.items() if any(n in present or not scan.speaks_for(n) for n in entry.paths)}
        self._orphans = {self._old[id].source.sha256: id for id in self._entries if id not in self._staying}
        """A file that appears with the content of a document whose file is gone was renamed: it keeps the id."""
        roots = (*(old.manifest.roots if old.manifest else ()), *scan.covers)
        self._plan = _Plan({}, {}, tuple(dict.fromkeys(roots)))

    def plan(self, progress: Progress) -> _Plan:
        plan = self._plan
        for id, entry in self._entries.items():
            elsewhere = [name for name in entry.paths if not self._scan.speaks_for(name)]
            if elsewhere:
                plan.documents[id] = resplit(self._old[id]) if self._renew else self._old[id]
                plan.paths[id] = elsewhere
        plan.refused.extend(self._scan.refused)
        self._by_content = {document.source.sha256: id for id, document in plan.documents.items()}
        for number, file in enumerate(self._scan.files):
            progress("read", number, len(self._scan.files))
            self._place(file)
        progress("read", len(self._scan.files), len(self._scan.files))
        plan.removed = sorted(set(self._entries) - set(plan.documents))
        names = [name for paths in plan.paths.values() for name in paths]
        plan.roots = tuple(root for root in plan.roots if any(is_under(name, root) for name in names))
        return plan

    def _place(self, file: SourceFile) -> None:
        plan = self._plan
        before = self._old.get(self._owner.get(file.name, ""))
        try:
            document = self._read(file, before)
        except SourceError as error:
            plan.refused.append(error)
            if before is None:
                return
            document = before  # what was read of it earlier is kept, and the refusal is told
        twin = self._by_content.get(document.source.sha256)
        if twin is not None:
            plan.paths[twin].append(file.name)
            if twin in self._entries and file.name in self._entries[twin].paths:
                if twin not in plan.unchanged and twin not in plan.updated:
                    plan.unchanged.append(twin)
            else:
                plan.same.append((str(file.path), twin))
            return
        id = document.id
        self._by_content[document.source.sha256] = id
        plan.documents[id], plan.paths[id] = document, [file.name]
        earlier = self._old.get(id)
        kind = plan.added if earlier is None else plan.unchanged if earlier.source == document.source else plan.updated
        kind.append(id)

    def _read(self, file: SourceFile, before: Document | None) -> Document:
        if before is not None and not self._renew and before.id not in self._plan.documents and _is_as_before(file, before):
            return before
        taken = self._plan.documents
        content = content_hash(file.path)
        id = file.record.id if file.record is not None else ""
        if id and id in taken and taken[id].source.sha256 != content:
            other = taken[id].source.file
            raise SourceError(str(file.path), f"has the id {id!r} of another document ({other}); give it another in its sources.jsonl")
        if not id:
            id = before.id if before is not None else self._orphans.get(content, "")
        if not id:
            id, count = file.id, 2
            while id in taken or id in self._staying:
                id, count = f"{file.id}-{count}", count + 1
        record = file.record if file.record is not None else Source(id="", title="", file=file.path.name, sha256="")
        return read_source(file.path, replace(record, id=id))


def _is_as_before(file: SourceFile, before: Document) -> bool:
    """Whether a file has the bytes and the record that the document was made from."""
    known = before.source
    record = file.record if file.record is not None else Source(id="", title="", file=file.path.name, sha256="")
    if record.sha256 and record.sha256 != known.sha256:
        return False
    filled = replace(record, id=record.id or known.id, title=record.title or known.title, sha256=known.sha256)
    try:
        return filled == known and content_hash(file.path) == known.sha256
    except SourceError:
        return False


def _differs(plan: _Plan, old: _Old, embedder: Embedder) -> bool:
    """Whether the index on disk is not what the plan would write."""
    if old.whole is None:
        return bool(plan.documents) or old.manifest is not None
    manifest = old.whole.manifest
    entries = {Entry(id, document.source.sha256, tuple(sorted(plan.paths[id]))) for id, document in plan.documents.items()}
    return (
        bool(plan.added or plan.updated or plan.removed)
        or not made_alike(manifest, embedder)
        or entries != set(manifest.documents)
        or plan.roots != manifest.roots
    )


def _write(folder: Path, plan: _Plan, old: _Old, embedder: Embedder, progress: Progress) -> None:
    known = known_vectors(old.whole) if old.whole is not None and _same_encoder(old.whole.manifest, embedder) else {}
    generation: Path | None = None
    try:
        generation = generations.begin(folder)
        write_generation(generation, plan.documents, Origins(plan.paths, plan.roots), embedder, known, progress)
        generations.commit(folder, generation)
    except PinciteError:
        raise
    except Exception as error:  # Chroma has its own kinds for a disk that is full or read-only
        raise generations.not_writable(folder, error) from error
    finally:
        if generation is not None and generation != _current_or_none(folder):
            discard(generation)


def _current_or_none(folder: Path) -> Path | None:
    try:
        return generations.current(folder)
    except (OSError, ValueError):
        return None
