"""What every reader returns: the text and where its parts are."""

from __future__ import annotations

from dataclasses import dataclass

from ..text import Section


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of body text, ``start`` to ``end`` in code points, under the section called ``section``."""

    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A text and its parts. ``paragraphs`` holds the body only; title, headings and references are in ``sections`` alone."""

    text: str
    title: str | None
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
