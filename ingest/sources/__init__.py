"""Files to documents: one reader a format, chosen by the file's extension and imported when it is needed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from importlib import import_module
from pathlib import Path

from ..errors import SourceError
from ..sentences import split_sentences
from ..text import Document, Sentence, Source, page_at
from .kinds import mismatch
from .layout import Layout, Paragraph

LARGEST = 50_000_000
"""Bytes; a larger file is refused rather than read into memory."""
LARGEST_COLLECTION = 500_000_000
"""Bytes of a file that holds many documents."""
COLLECTIONS = frozenset({".jsonl", ".nbib"})
"""Formats that hold many documents; so may XML, when its root says so."""
READERS: Mapping[str, tuple[str, str]] = {
    ".docx": ("docx", "read_docx"),
    ".htm": ("html", "read_html"),
    ".html": ("html", "read_html"),
    ".jsonl": ("jsonl", "read_jsonl"),
    ".markdown": ("markdown", "read_markdown"),
    ".md": ("markdown", "read_markdown"),
    ".nbib": ("pubmed", "read_nbib"),
    ".nxml": ("xml", "read_xml"),
    ".pdf": ("pdf", "read_pdf"),
    ".txt": ("plain", "read_plain"),
    ".xhtml": ("html", "read_html"),
    ".xml": ("xml", "read_xml"),
}
"""Extension to (module, function). A reader takes the file's bytes and gives a layout, or (key, layout) pairs where a file holds many
documents, with a ValueError in place of one that cannot be read. It raises ValueError, in words for the user, where nothing can."""

Read = Callable[[bytes], Layout | Iterable[tuple[str, Layout | ValueError]]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One document of a file, read and split, before it has an id.

    Attributes:
        key: what tells it from the others of its file; "" where a file is one document.
        source: its record, with what the file says filled in. ``id`` is the record's, or empty.
        named: the id that the file itself offers (DOI, PMID, PMCID, the key), or empty.
        layout: the text and its parts.
        spans: of each sentence: start, end, paragraph (from 1), section.
    """

    key: str
    source: Source
    named: str
    layout: Layout
    spans: tuple[tuple[int, int, int, str], ...]

    def document(self, id: str) -> Document:
        """The document, under this id."""
        text, pages = self.layout.text, self.layout.pages
        sentences = tuple(
            Sentence(id, number, start, end, text[start:end], paragraph, section, page_at(pages, start))
            for number, (start, end, paragraph, section) in enumerate(self.spans, 1)
        )
        return Document(replace(self.source, id=id), text, self.layout.sections, sentences, pages)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file gave: its hash, its documents, and (place, reason) of what in it could not be read."""

    sha256: str
    pieces: tuple[Piece, ...]
    refused: tuple[tuple[str, str], ...] = ()


def read_source(path: Path, record: Source | None = None) -> Document:
    """Read one file that is one document.

    Args:
        path: the file; its extension tells the format.
        record: what is known about it. What it leaves empty is filled in from the file, the id and the title at last from the file's name.

    Raises:
        SourceError: the file cannot be read, is empty, is not what its extension says, has another hash than its record, or holds many
            documents.
    """
    read = read_file(path, record)
    if len(read.pieces) != 1:
        raise SourceError(str(path), f"holds {len(read.pieces)} documents, not one")
    (piece,) = read.pieces
    return piece.document(piece.source.id or piece.named or slug(path.stem))


def read_file(path: Path, record: Source | None = None) -> FileRead:
    """Read all documents of a file.

    A record of a file that holds many speaks for all of them, where they do not say otherwise; its id goes before theirs.

    Raises:
        SourceError: as for ``read_source``.
    """
    suffix = path.suffix.lower()
    if suffix not in READERS:
        known = ", ".join(sorted(READERS))
        raise SourceError(str(path), f"{path.suffix or 'a file without extension'} cannot be read, only {known}")
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if record is not None and record.sha256 and record.sha256 != sha256:
        raise SourceError(str(path), f"is not the file of its record: sha256 {sha256}, recorded {record.sha256}")
    given = record if record is not None else Source(id="", title="", file=path.name, sha256="")
    pieces, refused = [], []
    try:
        for key, layout in _layouts(suffix, data):
            if isinstance(layout, ValueError):
                refused.append((str(path), str(layout)))
            elif key:
                pieces.append(_part(key, layout, given, path))
            else:
                source = _filled(given, layout.facts)
                title = source.title or layout.title or path.stem
                pieces.append(_piece("", replace(source, title=title, sha256=sha256), offered(source), layout))
    except ValueError as error:
        raise SourceError(str(path), str(error)) from error
    except (RecursionError, MemoryError) as error:
        raise SourceError(str(path), f"cannot be read: it is nested too deeply or too large ({type(error).__name__})") from error
    if not pieces:
        raise SourceError(str(path), refused[0][1] if refused else "holds no document")
    refused.extend((str(path), notice) for piece in pieces for notice in piece.layout.notices)
    return FileRead(sha256, tuple(pieces), tuple(refused))


def _layouts(suffix: str, data: bytes) -> Iterator[tuple[str, Layout | ValueError]]:
    if not data.strip():
        raise ValueError("is empty")
    wrong = mismatch(suffix, data)
    if wrong:
        raise ValueError(wrong)
    module, function = READERS[suffix]
    read: Read = getattr(import_module(f".{module}", __name__), function)
    result = read(data)
    if isinstance(result, Layout):
        yield "", result
    else:
        yield from result


def _part(key: str, layout: Layout, given: Source, path: Path) -> Piece:
    """One document of many: what it says of itself comes first, and its hash is that of its text."""
    said = layout.facts or Source(id="", title="", file="", sha256="")
    source = _filled(replace(said, id="", title=said.title or layout.title or f"{path.stem} {key}"), replace(given, id="", title=""))
    sha256 = hashlib.sha256(layout.text.encode("utf-8", "surrogatepass")).hexdigest()
    named = f"{given.id}-{slug(key)}" if given.id else offered(said) or f"{slug(path.stem)}-{slug(key)}"
    return _piece(key, replace(source, file=f"{path.name}#{key}", sha256=sha256), named, layout)


def _filled(first: Source, second: Source | None) -> Source:
    """The first record, with what it leaves empty taken from the second."""
    if second is None:
        return first
    missing = {f.name: getattr(second, f.name) for f in fields(Source) if not getattr(first, f.name) and getattr(second, f.name)}
    missing.pop("file", None)
    missing.pop("sha256", None)
    return replace(first, **missing)


def offered(source: Source) -> str:
    """The id that a document's own identifiers make: of its DOI, else PMID, else PMCID; "" where it has none."""
    if source.doi:
        return slug(source.doi)
    return f"pmid-{slug(source.pmid)}" if source.pmid else slug(source.pmcid) if source.pmcid else ""


def resplit(document: Document) -> Document:
    """The same document with its paragraphs split into sentences anew, for when splitting changed and its file is not at hand."""
    spans: dict[int, Paragraph] = {}
    for sentence in document.sentences:
        known = spans.get(sentence.paragraph)
        spans[sentence.paragraph] = Paragraph(known.start if known else sentence.start, sentence.end, sentence.section)
    layout = Layout(document.text, None, document.sections, tuple(spans.values()), pages=document.pages)
    return make_document(document.source, layout)


def content_hash(path: Path) -> str:
    """sha256 of a file's bytes.

    Raises:
        SourceError: it cannot be read.
    """
    _check_size(path)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror or error}") from error


def _bytes(path: Path) -> bytes:
    _check_size(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror or error}") from error


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
        most = LARGEST
        if size > LARGEST and (path.suffix.lower() in COLLECTIONS or _is_record_set(path)):
            most = LARGEST_COLLECTION
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror or error}") from error
    if size > most:
        what = "an article" if most == LARGEST else "one collection; split it"
        raise SourceError(str(path), f"is too large to be {what}: {size:,} bytes, at most {most:,}")


def _is_record_set(path: Path) -> bool:
    if path.suffix.lower() != ".xml":
        return False
    with path.open("rb") as file:
        return b"<PubmedArticleSet" in file.read(2000)


def make_document(source: Source, layout: Layout) -> Document:
    """Split a text whose layout is known into numbered sentences."""
    return _piece("", source, "", layout).document(source.id)


def _piece(key: str, source: Source, named: str, layout: Layout) -> Piece:
    spans: list[tuple[int, int, int, str]] = []
    for number, paragraph in enumerate(layout.paragraphs, 1):
        for start, end in split_sentences(layout.text[paragraph.start : paragraph.end]):
            spans.append((paragraph.start + start, paragraph.start + end, number, paragraph.section))
    return Piece(key, source, named, layout, tuple(spans))


def slug(name: str) -> str:
    """A document id made from a name: lower-case ASCII letters, digits and hyphens; "document" where nothing is left."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-") or "document"
