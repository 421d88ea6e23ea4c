"""From files to an index: read what is new, keep what is not, drop what is gone, write a new generation."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import generations
from .corpora import Scan, file_of
from .embed import Embedder
from .errors import IndexUnusable, PinciteError, SourceError, UsageError
from .manifest import RECIPE, Entry, Manifest, current_recipe
from .planning import Plan, Planner, is_as_read
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
from .text import Document

DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError, sqlite3.Error)
"""What reading a damaged index may raise."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did.

    Attributes:
        index: the index folder.
        added, unchanged, updated, removed: ids of documents, in the order found.
        same: (file, id): the file holds the same bytes as that document, so it is not another one.
        refused: files, or parts of them, that could not be read or used; where an earlier version of one is in the index, that is kept.
        notices: what else the user should know (the index was damaged and made anew; another encoder).
        documents, sentences: how many the index holds now.
        written: whether anything on disk changed.
        retracted: how many of the documents are retracted.
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
    retracted: int = 0


@dataclass(slots=True)
class _Old:
    """What could be read of the index that is there."""

    manifest: Manifest | None = None
    documents: dict[str, Document] = field(default_factory=dict)
    whole: Stored | None = None
    notices: list[str] = field(default_factory=list)


def update(folder: Path, scan: Scan, embedder: Embedder, progress: Progress = silent) -> IngestReport:
    """Bring an index up to date with what a scan found. Nothing is written where nothing changed.

    Documents that came from elsewhere stay. Whatever fails, the index that was there stays.

    Raises:
        IndexUnusable: the index cannot be written.
    """
    with generations.writing(folder):
        old = _read_old(folder)
        plan = Planner(scan, old.manifest, old.documents).plan(progress)
        written = _differs(plan, old, embedder)
        if written:
            _write(folder, plan, old, embedder, progress)
    return _report(folder, plan, (*old.notices, *_other_encoder(old.manifest, embedder), *plan.notices), written)


def remove(folder: Path, ids: Sequence[str], embedder: Embedder, progress: Progress = silent) -> IngestReport:
    """Take documents out of an index; their files stay where they are, and a later ingest of them adds them again.

    Raises:
        UsageError: there is no such document; nothing was changed.
        IndexUnusable: the index cannot be written, or is damaged.
    """
    with generations.writing(folder):
        old = _read_old(folder)
        if old.whole is None:
            raise IndexUnusable(f"There is no whole index at {folder} to remove from")
        unknown = [id for id in ids if id not in old.documents]
        if unknown:
            raise UsageError(f"no document {unknown[0]!r} in this index; it has: {', '.join(list(old.documents)[:20])}")
        plan = Plan({id: d for id, d in old.documents.items() if id not in ids}, {}, old.whole.manifest.roots, removed=sorted(set(ids)))
        plan.paths = {entry.id: list(entry.paths) for entry in old.whole.manifest.documents if entry.id in plan.documents}
        # What is read no more must not count as read: a later ingest would take its files for unchanged.
        gone = {file_of(name) for entry in old.whole.manifest.documents if entry.id in ids for name in entry.paths}
        plan.inputs = {name: known for name, known in old.whole.manifest.inputs.items() if name not in gone}
        _write(folder, plan, old, embedder, progress)
    return _report(folder, plan, (), True)


def _report(folder: Path, plan: Plan, notices: Sequence[str], written: bool) -> IngestReport:
    return IngestReport(
        index=folder,
        added=tuple(plan.added),
        unchanged=tuple(plan.unchanged),
        updated=tuple(plan.updated),
        removed=tuple(plan.removed),
        same=tuple(plan.same),
        refused=tuple(plan.refused),
        notices=tuple(notices),
        documents=len(plan.documents),
        sentences=sum(len(document.sentences) for document in plan.documents.values()),
        written=written,
        retracted=sum(document.source.retracted for document in plan.documents.values()),
    )


def is_fresh(stored: Stored, scan: Scan) -> bool:
    """Whether the documents of an index are what this scan found, no more and no less where the scan speaks."""
    known = {name: as_read for name, as_read in stored.manifest.inputs.items() if scan.speaks_for(name)}
    if scan.refused or set(known) != {file.name for file in scan.files}:
        return False
    return all(is_as_read(file, known[file.name]) for file in scan.files)


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


def _differs(plan: Plan, old: _Old, embedder: Embedder) -> bool:
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
        or plan.inputs != manifest.inputs
    )


def _write(folder: Path, plan: Plan, old: _Old, embedder: Embedder, progress: Progress) -> None:
    known = known_vectors(old.whole) if old.whole is not None and _same_encoder(old.whole.manifest, embedder) else {}
    generation: Path | None = None
    try:
        generation = generations.begin(folder)
        write_generation(generation, plan.documents, Origins(plan.paths, plan.roots, plan.inputs), embedder, known, progress)
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
