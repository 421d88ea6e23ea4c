"""Holds an index against the files that it was made from: every document, every sentence, every address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from .corpora import PART, file_of, path_of
from .errors import IndexCorrupt, IndexMissing, SourceError
from .generations import current
from .manifest import Entry
from .pipeline import DAMAGE
from .sources import Piece, content_hash, read_file
from .stored import Progress, Stored, read_generation, silent
from .text import Document


def verify(folder: Path, progress: Progress = silent) -> tuple[list[str], int, int]:
    """Read the files of an index again and compare.

    Returns:
        What differs, a line each; how many documents and how many sentences were compared.

    Raises:
        IndexMissing: there is no index.
        IndexCorrupt: the index's own files are not what was written.
    """
    try:
        generation = current(folder)
        if generation is None:
            raise IndexMissing(f"There is no index at {folder}")
        stored = read_generation(generation)
    except DAMAGE as error:
        raise IndexCorrupt(f"The index {folder} is damaged ({error}). Make it again: pincite ingest") from error
    differing: list[str] = []
    read: dict[str, Mapping[str, Piece]] = {}
    entries = stored.manifest.documents
    for number, entry in enumerate(entries):
        progress("verify", number, len(entries))
        differing.extend(_of_document(stored, entry, read))
    progress("verify", len(entries), len(entries))
    return differing, len(stored.documents), sum(len(document.sentences) for document in stored.documents.values())


def _of_document(stored: Stored, entry: Entry, read: dict[str, Mapping[str, Piece]]) -> Iterator[str]:
    document = stored.documents.get(entry.id)
    if document is None:
        yield f"{entry.id}: is in the manifest and not among the documents"
        return
    for sentence in document.sentences:
        if document.text[sentence.start : sentence.end] != sentence.text or sentence.text != sentence.text.strip():
            yield f"{entry.id}, sentence {sentence.number}: its address does not give its text"
    for name in entry.paths:
        file, key = file_of(name), name.partition(PART)[2]
        path = path_of(name)
        try:
            known = stored.manifest.inputs.get(file)
            if known is not None and content_hash(path) != known.sha256:
                yield f"{path}: has changed since {entry.id} was read from it; run pincite ingest"
                continue
            if file not in read:
                read.clear()  # the documents of one file follow each other: one file at a time is in memory
                read[file] = {piece.key: piece for piece in read_file(path).pieces}
            piece = read[file].get(key)
        except SourceError as error:
            yield f"{entry.id}: {error}"
            continue
        if piece is None:
            yield f"{path}: holds no {key!r}, of which {entry.id} was made"
        elif piece.source.sha256 == document.source.sha256:
            yield from _against(document, piece)
        elif name == entry.paths[0]:
            yield f"{path}: its content is not that of {entry.id} (sha256 {piece.source.sha256}, in the index {document.source.sha256})"


def _against(document: Document, piece: Piece) -> Iterator[str]:
    """Compare with a new reading; one line for the first sentence that differs says enough."""
    if piece.layout.text != document.text:
        yield f"{document.id}: the file now reads as another text than the one that is in the index; run pincite ingest"
        return
    stored = ((s.start, s.end, s.paragraph, s.section) for s in document.sentences)
    for number, (ours, theirs) in enumerate(zip_longest(stored, piece.spans), 1):
        if ours != theirs:
            yield f"{document.id}, sentence {number}: stands at {ours} in the index and at {theirs} in the file"
            return
