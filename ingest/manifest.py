"""What an index says of itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib import metadata
from typing import Any

from .records import source_as_json
from .sentences import SPLITTER
from .text import Document, Source

SCHEMA = "pincite.index/1"
RECIPE = "3"
"""Counts up whenever reading, splitting, chunking or word matching makes something else of a file: older indexes are then made again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of an index: its id, the hash of its file (of its text, in a file of many), and the names under which it was found."""

    id: str
    sha256: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """A file as it was read: its hash, that of its record ("" without one), and why parts of it were refused."""

    sha256: str
    record: str = ""
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Names everything that made the index.

    Attributes:
        corpus: hash over all documents (id, record, text).
        encoder: name of the encoder.
        fingerprint: of the encoder's weights and runtime.
        dimension: length of the vectors.
        recipe: reading, splitting, chunking and word matching, by a number and the splitter's name and version.
        versions: of pincite, chromadb and bm25s, for the reader's information.
        documents: by id.
        roots: the files and folders that were given to ingest and that documents came from.
        sentences: how many in all.
        files: name to sha256 of the index's own files.
        inputs: the files that were read, by name.
    """

    corpus: str
    encoder: str
    fingerprint: str
    dimension: int
    recipe: str
    versions: Mapping[str, str]
    documents: tuple[Entry, ...]
    roots: tuple[str, ...]
    sentences: int
    files: Mapping[str, str]
    inputs: Mapping[str, Input] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For ``manifest.json``."""
        return {"schema": SCHEMA, **asdict(self)}

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """The reverse of ``as_json``, from text.

        Raises:
            ValueError, KeyError, TypeError: it is not one, or is of another schema.
        """
        values = json.loads(text)
        if values.pop("schema") != SCHEMA:
            raise ValueError("another schema")
        entries = tuple(Entry(e["id"], e["sha256"], tuple(e["paths"])) for e in values.pop("documents"))
        inputs = {name: Input(i["sha256"], i["record"], tuple(i["refused"])) for name, i in values.pop("inputs", {}).items()}
        return cls(documents=entries, roots=tuple(values.pop("roots")), inputs=inputs, **values)


def current_recipe() -> str:
    """What this version of Pincite would write as ``recipe``."""
    name, *_ = SPLITTER.split()
    return f"{RECIPE} {name} {metadata.version(name)}"


def current_versions() -> dict[str, str]:
    """Versions of what writes an index."""
    return {name: metadata.version(name) for name in ("pincite", "chromadb", "bm25s")}


def record_hash(record: Source | None) -> str:
    """Tells one record of a ``sources.jsonl`` from another; "" for none."""
    if record is None:
        return ""
    return hashlib.sha256(json.dumps(source_as_json(record), sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def corpus_hash(documents: Iterable[Document]) -> str:
    """Hash over ids, records and texts, in the order of the ids. An id appears with all that an answer may show of a document."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda document: document.id):
        record = json.dumps(source_as_json(document.source), sort_keys=True, ensure_ascii=False)
        for part in (record, document.text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
