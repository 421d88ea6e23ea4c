"""Hybrid search: a question in, sentences out.

Dense similarity finds the same meaning in other words, BM25 the rare word that decides. Their ranks are fused by reciprocal rank
(Cormack, Clarke & Büttcher 2009, k = 60), which needs no common scale. Ties go by (document, sentence).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pincite.ingest.index import Index
from pincite.ingest.lexical import STOPWORDS, words

from .claims import Found
from .question import Lexicon, Question, read_question
from .shorthand import stands_for

FUSION = 60
"""The constant of reciprocal rank fusion."""
DEPTH = 50
"""How far down each ranking the fusion looks."""
_LONGEST_PHRASE = 6
_BREAK = re.compile(r"[^\w\s'’-]+")
_PART = re.compile(r"[^\W_]+")
_WITHIN = frozenset("and for in of the to".split())
"""Function words that a name may hold; with any other a run of words is no name."""


class Retriever:
    """Searches one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._lexicon = Lexicon(index.vocabulary, lru_cache(maxsize=512)(self._find_phrase), index.embedder.knows)

    def read(self, asked: str) -> Question:
        """The question, read against the corpus's words."""
        return read_question(asked, self._lexicon)

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is one of the corpus, or English, and so no slip of another."""
        return word in self.index.vocabulary or self.index.embedder.knows(word)

    def search(self, text: str, k: int, docs: Sequence[str] = ()) -> list[Found]:
        """The ``k`` best sentences for a text, best first; ``score`` is the fused one, at most 2 / 61."""
        return self.search_with_similarity(text, k, docs)[0]

    def search_with_similarity(self, text: str, k: int, docs: Sequence[str] = ()) -> tuple[list[Found], list[float]]:
        """As ``search``, and the cosine similarity of each sentence.

        One that only BM25 found is given the lowest similarity of those that the dense search ranked: it is no nearer than that.
        """
        if k < 1:
            return [], []
        depth = max(k, DEPTH)
        vector = self.index.embedder.encode([text])[0]
        dense = self.index.dense(vector, depth, docs)
        lexical = self.index.lexical(words(text), depth, docs)
        fused = fuse([[(doc, number) for doc, number, _ in ranking] for ranking in (dense, lexical)])[:k]
        similarity = {(doc, number): score for doc, number, score in dense}
        lowest = min(similarity.values(), default=0.0)
        return [Found(*key, score) for key, score in fused], [similarity.get(key, lowest) for key, _ in fused]

    def _find_phrase(self, letters: str) -> str | None:
        counts: dict[str, int] = {}
        for document in self.index.documents.values():
            for sentence in document.sentences:
                for phrase in _phrases(sentence.text, letters):
                    counts[phrase] = counts.get(phrase, 0) + 1
        return min(counts, key=lambda p: (-counts[p], len(p), p)) if counts else None


def fuse(rankings: Iterable[Sequence[tuple[str, int]]]) -> list[tuple[tuple[str, int], float]]:
    """Reciprocal rank fusion of rankings of (document, sentence), best first, scores rounded to six places."""
    scores: dict[tuple[str, int], float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + 1.0 / (FUSION + rank)
    rounded = {key: round(score, 6) for key, score in scores.items()}
    return sorted(rounded.items(), key=lambda item: (-item[1], item[0]))


def _phrases(text: str, letters: str) -> Iterable[str]:
    for part in _BREAK.split(text.lower()):
        tokens = _PART.findall(part)
        for start, token in enumerate(tokens):
            if token[0] != letters[0]:
                continue
            for end in range(start + 2, min(len(tokens), start + _LONGEST_PHRASE) + 1):
                run = tokens[start:end]
                if stands_for(letters, run) and not any(word in STOPWORDS and word not in _WITHIN for word in run):
                    yield " ".join(run)
