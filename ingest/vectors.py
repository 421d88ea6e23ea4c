"""The vector store: Chroma, on disk. The only Chroma import.

It is imported where it is used: the import alone costs most of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

COLLECTION = "sentences"
_BATCH = 1000
Metadata = dict[str, str | int]


def write_store(
    folder: Path, ids: Sequence[str], vectors: NDArray[np.float32], metadatas: Sequence[Metadata], progress: Callable[[int], None]
) -> None:
    """Make a new store with cosine distance.

    Args:
        folder: an empty or absent folder.
        ids: one a vector, different from each other.
        vectors: float32, shape (n, dimension).
        metadatas: one a vector: ``doc`` and ``position`` (its row).
        progress: called with the number of vectors written so far.
    """
    client = _client(folder)
    try:
        collection = client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            collection.add(ids=list(ids[part]), embeddings=vectors[part], metadatas=list(metadatas[part]))
            progress(min(start + _BATCH, len(ids)))
    finally:
        client.close()


class VectorStore:
    """An open store."""

    def __init__(self, folder: Path) -> None:
        """Open it; whatever Chroma raises for a damaged one comes through."""
        self._collection = _client(folder).get_collection(COLLECTION, embedding_function=None)

    def near(self, vector: NDArray[np.float32], k: int, docs: Sequence[str] = ()) -> list[int]:
        """Positions of about the ``k`` nearest vectors, in no order that counts: Chroma's search is approximate.

        Args:
            vector: float32, shape (dimension,).
            k: how many.
            docs: only these documents; empty is all.
        """
        where: Any = {"doc": {"$in": list(docs)}} if docs else None
        wanted = max(1, min(k, self._collection.count()))
        found = self._collection.query(query_embeddings=vector[None, :], n_results=wanted, where=where, include=["metadatas"])
        rows = found["metadatas"] or [[]]
        return [int(metadata["position"]) for metadata in rows[0]]


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    # Every field by its default: else Chroma takes servers, exporters and telemetry from the environment and from a .env file nearby.
    defaults = {name: field.get_default(call_default_factory=True) for name, field in ChromaSettings.model_fields.items()}
    settings = ChromaSettings(**{**defaults, "anonymized_telemetry": False, "_env_file": None})
    return chromadb.PersistentClient(path=str(folder), settings=settings)
