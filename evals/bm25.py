"""BM25 alone, over the same chunks and words as Pincite's own: what the meaning of a question adds is the difference to this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version

from pincite.ingest.index import Index
from pincite.ingest.lexical import Lexical, words
from pincite.ingest.stored import all_chunks
from pincite.ingest.text import Document

from .gold import Place
from .records import Reply
from .systems import RANKED, Asker


class WordsAlone:
    """Ranks sentences by BM25 and cites none; answers where any word of the question occurs. See ``System``."""

    name = "bm25"

    def __init__(self, index: Index) -> None:
        self._index = index
        self.made_of: Mapping[str, str] = {"bm25s": version("bm25s"), "corpus": index.manifest.corpus}

    def over(self, documents: Mapping[str, Document] | None) -> Asker:
        """See ``System.over``."""
        return _OfIndex(self._index) if documents is None else _OfChunks(documents)


class _OfIndex:
    def __init__(self, index: Index) -> None:
        self._index = index

    def ask(self, question: str, history: Sequence[str] = ()) -> Reply:
        return _reply(self.rank(question))

    def rank(self, question: str) -> tuple[Place, ...]:
        return tuple((doc, number) for doc, number, _ in self._index.lexical(words(question), RANKED))


class _OfChunks:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._chunks = all_chunks(documents.values())
        self._lexical = Lexical.build([chunk.text for chunk in self._chunks])

    def ask(self, question: str, history: Sequence[str] = ()) -> Reply:
        return _reply(self.rank(question))

    def rank(self, question: str) -> tuple[Place, ...]:
        found = self._lexical.search(words(question), RANKED)
        return tuple((self._chunks[position].doc, self._chunks[position].last) for position, _ in found)


def _reply(ranked: tuple[Place, ...]) -> Reply:
    return Reply("answered" if ranked else "no_evidence", None)
