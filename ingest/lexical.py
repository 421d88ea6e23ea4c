"""Word matching: BM25 over the chunks. The only bm25s import."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import snowballstemmer

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?(?:\d+)?|\w+")
_STEMMER = snowballstemmer.stemmer("english")

_FUNCTION_WORDS = (
    "a about an and any are as at be been being both but by can could did do does doing done for from had has have having he her "
    "here his how i if in into is it its itself may me might more most must my no nor not of on or our shall she should so some "
    "such than that the their them then there these they this those to too us very was we were what when where which while who "
    "whom whose why will with would you your"
)
STOPWORDS = frozenset(_FUNCTION_WORDS.split())
"""Function words of English; they say nothing about what a text is about."""


def surface_words(text: str) -> list[str]:
    """The words and numbers of a text, lower case, in order, stop words included. A decimal number is one word."""
    return [word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(unicodedata.normalize("NFKC", text).lower())]


def words(text: str) -> list[str]:
    """The terms of a text: its words without stop words, stemmed (English Snowball). What BM25 counts."""
    return [_stem(word) for word in surface_words(text) if word not in STOPWORDS]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


class Lexical:
    """A BM25 index over texts that are known by their position."""

    def __init__(self, model: Any, size: int) -> None:
        self._model = model
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> Lexical:
        """Index these texts."""
        import bm25s

        terms = [words(text) for text in texts]
        if not any(terms):
            return cls(None, len(terms))
        model = bm25s.BM25(backend="numpy", csc_backend="numpy")
        model.index(terms, show_progress=False)
        return cls(model, len(terms))

    def save(self, folder: Path) -> None:
        """Write the index to a new folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "size").write_text(str(self._size), encoding="ascii")
        if self._model is not None:
            self._model.save(str(folder / "bm25"), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Lexical:
        """Read an index that ``save`` wrote.

        Raises:
            OSError, ValueError, KeyError: it is absent or damaged.
        """
        import bm25s

        size = int((folder / "size").read_text(encoding="ascii"))
        model = bm25s.BM25.load(str(folder / "bm25"), show_progress=False) if (folder / "bm25").exists() else None
        return cls(model, size)

    def search(self, terms: Sequence[str], k: int, allowed: np.ndarray | None = None) -> list[tuple[int, float]]:
        """The best texts for these terms.

        Args:
            terms: what ``words`` returns; a term counts as often as it stands there.
            k: how many at most; texts with none of the terms are left out.
            allowed: boolean, one a text: only these; None is all.

        Returns:
            (position, BM25 score rounded to 6), best first, ties by position.
        """
        if self._model is None or not terms:
            return []
        known = self._model.get_tokens_ids(list(terms))
        if not known:
            return []
        scores = np.round(self._model.get_scores_from_ids(known).astype(np.float64), 6)
        if allowed is not None:
            scores[~allowed] = 0.0
        found = np.flatnonzero(scores > 0)
        best = found[np.lexsort((found, -scores[found]))][:k]
        return [(int(position), float(scores[position])) for position in best]
