"""One generation of an index on disk: documents, vectors, word index and manifest, written whole and read back checked.

manifest.json       see manifest.py; holds the hashes of the next three
documents.jsonl     a document a line
vectors.npy         float32, one row a chunk, in the order of (document, sentence)
lexical/            BM25
chroma/             the same vectors in Chroma, which searches them where they are too many to be compared one by one
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .chunks import make_chunks
from .embed import Embedder
from .generations import file_hash
from .lexical import Lexical
from .manifest import Entry, Input, Manifest, corpus_hash, current_recipe, current_versions
from .records import document_as_json, document_from_json
from .text import Chunk, Document
from .vectors import write_store

Progress = Callable[[str, int, int], None]
"""Called with a stage ("read", "embed", "store"), how much of it is done, and how much there is."""
_TEXTS_A_STEP = 32


@dataclass(frozen=True, slots=True)
class Stored:
    """A generation in memory. ``vectors[i]`` is that of ``chunks[i]``; documents and chunks are in the order of their ids and numbers."""

    folder: Path | None
    manifest: Manifest
    documents: Mapping[str, Document]
    chunks: tuple[Chunk, ...]
    vectors: NDArray[np.float32]
    lexical: Lexical


@dataclass(frozen=True, slots=True)
class Origins:
    """Where documents came from: the names of each one's files by its id, the paths that were given to ingest, and what was read there."""

    paths: Mapping[str, Sequence[str]]
    roots: Sequence[str]
    inputs: Mapping[str, Input] = field(default_factory=dict)


def silent(stage: str, done: int, total: int) -> None:
    """A progress callback that says nothing."""


def all_chunks(documents: Iterable[Document]) -> tuple[Chunk, ...]:
    """The chunks of all documents, in the order of (document id, sentence)."""
    return tuple(chunk for document in sorted(documents, key=lambda document: document.id) for chunk in make_chunks(document))


def embed_chunks(
    chunks: Sequence[Chunk], embedder: Embedder, known: Mapping[str, NDArray[np.float32]], progress: Progress
) -> NDArray[np.float32]:
    """One row a chunk, taken from ``known`` (chunk text to vector) where it is there."""
    vectors = np.zeros((len(chunks), embedder.dimension), dtype=np.float32)
    missing = [position for position, chunk in enumerate(chunks) if chunk.text not in known]
    for position, chunk in enumerate(chunks):
        if chunk.text in known:
            vectors[position] = known[chunk.text]
    for start in range(0, len(missing), _TEXTS_A_STEP):
        progress("embed", start, len(missing))
        part = missing[start : start + _TEXTS_A_STEP]
        vectors[part] = embedder.encode([chunks[position].text for position in part])
    progress("embed", len(missing), len(missing))
    return vectors


def write_generation(
    folder: Path,
    documents: Mapping[str, Document],
    origins: Origins,
    embedder: Embedder,
    known: Mapping[str, NDArray[np.float32]],
    progress: Progress = silent,
) -> None:
    """Write a generation into an empty folder. The manifest comes last.

    Args:
        folder: where.
        documents: by id.
        origins: where they came from.
        embedder: makes the vectors that are not in ``known``.
        known: chunk text to vector, made by the same encoder.
        progress: told of every step.

    Raises:
        OSError: the disk is full or read-only. Chroma raises its own errors for that.
    """
    ordered = [documents[id] for id in sorted(documents)]
    chunks = all_chunks(ordered)
    vectors = embed_chunks(chunks, embedder, known, progress)
    with (folder / "documents.jsonl").open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for document in ordered:
            file.write(json.dumps(document_as_json(document), ensure_ascii=False) + "\n")
    np.save(folder / "vectors.npy", vectors)
    Lexical.build([chunk.text for chunk in chunks]).save(folder / "lexical")
    if chunks:
        progress("store", 0, len(chunks))
        write_store(
            folder / "chroma",
            [_chunk_id(chunk) for chunk in chunks],
            vectors,
            [{"doc": chunk.doc, "position": position} for position, chunk in enumerate(chunks)],
            lambda done: progress("store", done, len(chunks)),
        )
    own = ["documents.jsonl", "vectors.npy", *(p.relative_to(folder).as_posix() for p in (folder / "lexical").rglob("*") if p.is_file())]
    manifest = _manifest(ordered, origins, embedder, {name: file_hash(folder / name) for name in sorted(own)})
    (folder / "manifest.json").write_text(json.dumps(manifest.as_json(), indent=1) + "\n", encoding="ascii")


def in_memory(documents: Mapping[str, Document], embedder: Embedder, progress: Progress = silent) -> Stored:
    """A generation that is on no disk."""
    ordered = [documents[id] for id in sorted(documents)]
    chunks = all_chunks(ordered)
    vectors = embed_chunks(chunks, embedder, {}, progress)
    lexical = Lexical.build([chunk.text for chunk in chunks])
    return Stored(None, _manifest(ordered, Origins({}, ()), embedder, {}), {d.id: d for d in ordered}, chunks, vectors, lexical)


def _manifest(ordered: Sequence[Document], origins: Origins, embedder: Embedder, files: Mapping[str, str]) -> Manifest:
    return Manifest(
        corpus=corpus_hash(ordered),
        encoder=embedder.name,
        fingerprint=embedder.fingerprint,
        dimension=embedder.dimension,
        recipe=current_recipe(),
        versions=current_versions(),
        documents=tuple(Entry(d.id, d.source.sha256, tuple(sorted(origins.paths.get(d.id, ())))) for d in ordered),
        roots=tuple(origins.roots),
        sentences=sum(len(d.sentences) for d in ordered),
        files=files,
        inputs=dict(sorted(origins.inputs.items())),
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        OSError, ValueError, KeyError, TypeError: it is damaged.
    """
    return Manifest.from_json((folder / "manifest.json").read_text(encoding="ascii"))


def read_documents(folder: Path, manifest: Manifest) -> dict[str, Document]:
    """The documents of a generation, by id.

    Raises:
        OSError, ValueError, KeyError, TypeError: they are damaged.
    """
    _check(folder, manifest, "documents.jsonl")
    with (folder / "documents.jsonl").open(encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        documents = [document_from_json(json.loads(line)) for line in file]
    return {document.id: document for document in documents}


def read_generation(folder: Path) -> Stored:
    """Read a generation and check it against its manifest.

    Raises:
        OSError, ValueError, KeyError, TypeError, sqlite3.Error: it is damaged.
    """
    manifest = read_manifest(folder)
    documents = read_documents(folder, manifest)
    for name in manifest.files:
        if name != "documents.jsonl":
            _check(folder, manifest, name)
    chunks = all_chunks(documents.values())
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    if vectors.shape != (len(chunks), manifest.dimension):
        raise ValueError(f"vectors.npy is of shape {vectors.shape}, not {(len(chunks), manifest.dimension)}")
    if chunks:
        _check_store(folder / "chroma")
    return Stored(folder, manifest, documents, chunks, vectors, Lexical.load(folder / "lexical"))


def known_vectors(stored: Stored) -> dict[str, NDArray[np.float32]]:
    """Chunk text to vector."""
    return {chunk.text: stored.vectors[position] for position, chunk in enumerate(stored.chunks)}


def discard(folder: Path) -> None:
    """Remove a generation that could not be finished, as far as it can be removed."""
    shutil.rmtree(folder, ignore_errors=True)


def _check(folder: Path, manifest: Manifest, name: str) -> None:
    if file_hash(folder / name) != manifest.files[name]:
        raise ValueError(f"{name} is not what was written")


def _check_store(folder: Path) -> None:
    """Chroma changes its files when it opens them, so they have no hash; their database can be checked without opening Chroma."""
    with closing(sqlite3.connect(f"{(folder / 'chroma.sqlite3').resolve().as_uri()}?mode=ro", uri=True)) as database:
        (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise ValueError(f"chroma.sqlite3 is damaged: {verdict}")


def _chunk_id(chunk: Chunk) -> str:
    return sha256(f"{chunk.doc}\0{chunk.first}\0{chunk.last}\0{chunk.text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
