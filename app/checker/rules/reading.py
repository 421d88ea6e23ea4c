"""What the rules know of a text: its content words with their places, its quantities, and how much of one text is in another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pincite.ingest.lexical import words

from ..quantities import Quantity, quantities

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PEOPLE = frozenset(
    words(
        """patient patients people person participant participants subject subjects volunteer volunteers women men woman man adults
        children adolescents individuals respondents users recipients kids infants babies mothers cases controls smokers students"""
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: its stem and where it stands."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read once."""

    text: str
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    stems: frozenset[str]

    def near(self, start: int, end: int, reach: int) -> frozenset[str]:
        """The content words that stand within ``reach`` characters of a place, its own left out."""
        return frozenset(w.stem for w in self._between(start - reach, end + reach) if w.end <= start or w.start >= end)

    def ahead(self, end: int, count: int, reach: int = 60) -> list[str]:
        """The next content words behind a place."""
        return [w.stem for w in self._between(end, end + reach)][:count]

    def behind(self, start: int, count: int, reach: int = 60) -> list[str]:
        """The content words before a place, the nearest first."""
        return [w.stem for w in reversed(self._between(start - reach, start))][:count]

    def _between(self, start: int, end: int) -> list[Word]:
        lo, hi = 0, len(self.words)
        while lo < hi:
            middle = (lo + hi) // 2
            if self.words[middle].start < start:
                lo = middle + 1
            else:
                hi = middle
        found = []
        while lo < len(self.words) and self.words[lo].end <= end:
            found.append(self.words[lo])
            lo += 1
        return found


@lru_cache(maxsize=512)
def read(text: str) -> Reading:
    """Read a text."""
    found = tuple(
        Word(_kind_of(stem), m.start(), m.end()) for m in _WORD.finditer(text) for stem in words(m.group())[:1] if not stem[0].isdigit()
    )
    return Reading(text, found, tuple(quantities(text)), frozenset(w.stem for w in found))


def _kind_of(stem: str) -> str:
    return "people" if stem in _PEOPLE else stem


def covered(claim: Reading, source: Reading) -> float:
    """The share of the claim's content words that the source has, 0 to 1."""
    return len(claim.stems & source.stems) / (len(claim.stems) or 1)


def alike(claim: Reading, at: tuple[int, int], source: Reading, there: tuple[int, int], reach: int = 45) -> float:
    """The share of the content words around a place of the claim that also stand around a place of the source, 0 to 1."""
    mine = claim.near(*at, reach)
    return len(mine & source.near(*there, reach)) / (len(mine) or 1)
