"""The domain's own types: what is read, cited and retrieved.

Offsets are code points into ``Document.text``, half open; ``document.text[s.start:s.end] == s.text`` holds for every sentence and chunk.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

SectionKind = Literal["title", "body", "references"]


@dataclass(frozen=True, slots=True)
class Source:
    """The record of a document: what it is, whose it is, and which bytes it is. ``sha256`` is that of the file."""

    id: str
    title: str
    file: str
    sha256: str
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    doi: str | None = None
    licence: str | None = None
    type: str | None = None
    """What the text is, in words: "news summary of a review"."""
    summarises: str | None = None
    """The reference of the work that the text is a summary of, where it is one."""
    pmid: str | None = None
    pmcid: str | None = None
    retracted: bool = False
    """A retracted document stays readable, and is no evidence: it is not searched, and citing it is worth a warning."""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of the text under one heading. Only ``body`` sections hold evidence."""

    title: str
    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document's body. ``number`` counts from 1 within the document, title and references apart."""

    doc: str
    number: int
    start: int
    end: int
    text: str
    paragraph: int
    """Counts from 1; sentences of one paragraph may lean on each other."""
    section: str = ""
    """The headings above it, outermost first, joined by " > "; empty where the text has none."""
    page: int | None = None
    """Of the file, counted from 1, where it has pages."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences, ``first`` to ``last`` by number, that is embedded and retrieved.

    It is about its last sentence; those before give it context.
    """

    doc: str
    first: int
    last: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its record, its sections and its sentences (body only, in order)."""

    source: Source
    text: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...] = field(repr=False)
    pages: tuple[tuple[int, int], ...] = ()
    """(offset, page): from this place of the text on it stands on that page of the file; empty for formats without pages."""

    @property
    def id(self) -> str:
        """The id of its record."""
        return self.source.id

    def page_of(self, offset: int) -> int | None:
        """The page, counted from 1, that a place of the text stands on; None for formats without pages."""
        return page_at(self.pages, offset)

    def sentence(self, number: int) -> Sentence:
        """The sentence with this number.

        Raises:
            IndexError: there is no such sentence.
        """
        if not 1 <= number <= len(self.sentences):
            raise IndexError(f"{self.id} has sentences 1 to {len(self.sentences)}, not {number}")
        return self.sentences[number - 1]

    def context_of(self, number: int) -> str:
        """The sentence before it in the same paragraph, or an empty string."""
        if number < 2 or self.sentences[number - 2].paragraph != self.sentences[number - 1].paragraph:
            return ""
        return self.sentences[number - 2].text


def page_at(pages: Sequence[tuple[int, int]], offset: int) -> int | None:
    """The page of the last change of pages at or before an offset."""
    position = bisect_right(pages, (offset, sys.maxsize))
    return pages[position - 1][1] if position else None
