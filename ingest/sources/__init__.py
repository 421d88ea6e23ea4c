"""Files to documents: one reader a format, chosen by the file's extension."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ..errors import SourceError
from ..sentences import split_sentences
from ..text import Document, Sentence, Source
from .layout import Layout, Paragraph
from .plain import read_plain

LARGEST = 50_000_000
"""Bytes; a larger file is refused rather than read into memory."""
READERS: Mapping[str, Callable[[bytes], Layout]] = {".txt": read_plain}
"""Extension to reader. A reader takes the file's bytes and raises ValueError, in words for the user, where it cannot."""


def read_source(path: Path, record: Source | None = None) -> Document:
    """Read one file.

    Args:
        path: the file; its extension tells the format.
        record: what is known about it. What it leaves empty is filled in: the id from the file's name, the title from the text or the name.

    Raises:
        SourceError: the file cannot be read, is empty, is not what its extension says, or has another hash than its record.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise SourceError(str(path), f"{path.suffix or 'a file without extension'} cannot be read yet, only {known}")
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if record is not None and record.sha256 and record.sha256 != sha256:
        raise SourceError(str(path), f"is not the file of its record: sha256 {sha256}, recorded {record.sha256}")
    try:
        layout = reader(data)
    except ValueError as error:
        raise SourceError(str(path), str(error)) from error
    if record is None:
        record = Source(id="", title="", file=path.name, sha256="")
    title = record.title or layout.title or path.stem
    return make_document(replace(record, id=record.id or slug(path.stem), title=title, sha256=sha256), layout)


def resplit(document: Document) -> Document:
    """The same document with its paragraphs split into sentences anew, for when splitting changed and its file is not at hand."""
    spans: dict[int, Paragraph] = {}
    for sentence in document.sentences:
        known = spans.get(sentence.paragraph)
        spans[sentence.paragraph] = Paragraph(known.start if known else sentence.start, sentence.end, sentence.section)
    return make_document(document.source, Layout(document.text, None, document.sections, tuple(spans.values())))


def content_hash(path: Path) -> str:
    """sha256 of a file's bytes.

    Raises:
        SourceError: it cannot be read.
    """
    return hashlib.sha256(_bytes(path)).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise SourceError(str(path), f"is too large to be an article: {size:,} bytes, at most {LARGEST:,}")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror or error}") from error


def make_document(source: Source, layout: Layout) -> Document:
    """Split a text whose layout is known into numbered sentences."""
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(layout.paragraphs, 1):
        for start, end in split_sentences(layout.text[paragraph.start : paragraph.end]):
            start, end = paragraph.start + start, paragraph.start + end
            text = layout.text[start:end]
            sentences.append(Sentence(source.id, len(sentences) + 1, start, end, text, number, paragraph.section))
    return Document(source, layout.text, layout.sections, tuple(sentences))


def slug(name: str) -> str:
    """A document id made from a file's name: lower-case ASCII letters, digits and hyphens; "document" where nothing is left."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-") or "document"
