"""Decides what becomes of every file found and of every document that an index had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .corpora import PART, Scan, SourceFile, file_of, is_under
from .errors import SourceError
from .manifest import Input, Manifest, current_recipe, record_hash
from .reading import read_all
from .sources import FileRead, Piece, content_hash, resplit
from .stored import Progress
from .text import Document

_MOST_REFUSALS = 20
"""Of one file; a collection of a thousand bad lines is told by its first ones."""


@dataclass(slots=True)
class Plan:
    """What the new index will hold, and what became of the documents."""

    documents: dict[str, Document]
    paths: dict[str, list[str]]
    roots: tuple[str, ...]
    inputs: dict[str, Input] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    refused: list[SourceError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def is_as_read(file: SourceFile, known: Input | None) -> bool:
    """Whether a file has the bytes and the record that it was read with."""
    if known is None or known.record != record_hash(file.record):
        return False
    try:
        return content_hash(file.path) == known.sha256
    except SourceError:
        return False


class Planner:
    """One use: give it a scan and what the index held, then call ``plan``."""

    def __init__(self, scan: Scan, manifest: Manifest | None, documents: Mapping[str, Document]) -> None:
        self._scan = scan
        self._old = documents
        self._inputs: Mapping[str, Input] = manifest.inputs if manifest else {}
        self._entries = {entry.id: entry for entry in (manifest.documents if manifest else ()) if entry.id in documents}
        self._renew = manifest is not None and manifest.recipe != current_recipe()
        self._owner = {name: entry.id for entry in self._entries.values() for name in entry.paths}
        self._of_file: dict[str, list[str]] = {}
        for name in self._owner:
            self._of_file.setdefault(file_of(name), []).append(name)
        present = {file.name for file in scan.files}
        self._staying = {
            id for id, entry in self._entries.items() if any(file_of(n) in present or not scan.speaks_for(n) for n in entry.paths)
        }
        self._orphans = {documents[id].source.sha256: id for id in self._entries if id not in self._staying}
        """A file that appears with the content of a document whose file is gone was renamed: it keeps the id."""
        roots = (*(manifest.roots if manifest else ()), *scan.covers)
        self._plan = Plan({}, {}, tuple(dict.fromkeys(roots)))
        self._by_content: dict[str, str] = {}

    def plan(self, progress: Progress) -> Plan:
        """Read what is new or changed, and settle the rest."""
        plan, files = self._plan, self._scan.files
        for id, entry in self._entries.items():
            elsewhere = [name for name in entry.paths if not self._scan.speaks_for(name)]
            if elsewhere:
                plan.documents[id], plan.paths[id] = self._earlier(id), elsewhere
                plan.inputs.update({file_of(n): self._inputs[file_of(n)] for n in elsewhere if file_of(n) in self._inputs})
        plan.refused.extend(self._scan.refused)
        self._by_content = {document.source.sha256: id for id, document in plan.documents.items()}
        fresh = [self._renew or not is_as_read(file, self._inputs.get(file.name)) for file in files]
        replies = read_all([file for file, new in zip(files, fresh, strict=True) if new])
        for number, (file, new) in enumerate(zip(files, fresh, strict=True)):
            progress("read", number, len(files))
            if not new:
                self._keep(file)
                self._note(file, self._inputs[file.name])
                continue
            reply = next(replies)
            if isinstance(reply, SourceError):
                plan.refused.append(reply)
                self._keep(file)  # what was read of it earlier is kept, and the refusal is told
                if file.name in self._inputs and self._of_file.get(file.name):
                    plan.inputs[file.name] = self._inputs[file.name]
            else:
                self._place_all(file, reply)
        next(replies, None)  # there is none: that ends the workers
        progress("read", len(files), len(files))
        plan.removed = sorted(set(self._entries) - set(plan.documents))
        names = [name for paths in plan.paths.values() for name in paths]
        plan.roots = tuple(root for root in plan.roots if any(is_under(name, root) for name in names))
        return plan

    def _earlier(self, id: str) -> Document:
        return resplit(self._old[id]) if self._renew else self._old[id]

    def _note(self, file: SourceFile, known: Input) -> None:
        self._plan.inputs[file.name] = known
        self._plan.refused.extend(SourceError(str(file.path), reason) for reason in known.refused)

    def _keep(self, file: SourceFile) -> None:
        """Settle what an earlier reading of this file gave."""
        for name in self._of_file.get(file.name, ()):
            self._settle(self._earlier(self._owner[name]), name, file)

    def _place_all(self, file: SourceFile, read: FileRead) -> None:
        reasons = [reason for _, reason in read.refused]
        for piece in read.pieces:
            try:
                self._place(file, piece)
            except SourceError as error:
                reasons.append(error.reason)
        if len(reasons) > _MOST_REFUSALS:
            reasons[_MOST_REFUSALS:] = [f"... and {len(reasons) - _MOST_REFUSALS} more like these"]
        self._note(file, Input(read.sha256, record_hash(file.record), tuple(reasons)))

    def _place(self, file: SourceFile, piece: Piece) -> None:
        name = f"{file.name}{PART}{piece.key}" if piece.key else file.name
        if piece.source.sha256 in self._by_content:
            self._join(self._by_content[piece.source.sha256], name, file)
        else:
            self._settle(piece.document(self._id(file, piece, name)), name, file)

    def _id(self, file: SourceFile, piece: Piece, name: str) -> str:
        """The record's id; else the one that it had; else what it offers itself, or its file's name, made different from the others."""
        taken, content, id = self._plan.documents, piece.source.sha256, piece.source.id
        if file.record is not None and file.record.id and not piece.key:
            if id in taken:
                other = taken[id].source.file
                raise SourceError(str(file.path), f"has the id {id!r} of another document ({other}); give it another in its sources.jsonl")
            return id
        before = self._owner.get(name) or self._orphans.get(content, "")
        if before and before not in taken:
            return before
        wanted = piece.named or file.id
        id, count = wanted, 2
        while id in taken or id in self._staying:
            id, count = f"{wanted}-{count}", count + 1
        if id != wanted and piece.named and wanted in taken:
            other = taken[wanted].source.file
            self._plan.notices.append(
                f"{file.path}: has the identifiers of {wanted} ({other}) and another content; it is kept as {id}, beside it."
            )
        return id

    def _settle(self, document: Document, name: str, file: SourceFile) -> None:
        plan, id = self._plan, document.id
        twin = self._by_content.get(document.source.sha256)
        if twin is not None:
            self._join(twin, name, file)
            return
        if id in plan.documents:  # kept from elsewhere, and its content has changed here
            plan.paths[id].append(name)
            return
        self._by_content[document.source.sha256] = id
        plan.documents[id], plan.paths[id] = document, [name]
        earlier = self._old.get(id)
        (plan.added if earlier is None else plan.unchanged if earlier.source == document.source else plan.updated).append(id)

    def _join(self, twin: str, name: str, file: SourceFile) -> None:
        """Count a file among those of the document that has the same content."""
        plan = self._plan
        plan.paths[twin].append(name)
        if twin not in self._entries or name not in self._entries[twin].paths:
            part = name.partition(PART)[2]
            plan.same.append((f"{file.path}#{part}" if part else str(file.path), twin))
        elif twin not in plan.unchanged and twin not in plan.updated:
            plan.unchanged.append(twin)
