"""What every reader returns: the text and where its parts are."""

from __future__ import annotations

from dataclasses import dataclass

from ..text import Section, Source


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of body text, ``start`` to ``end`` in code points, under the section called ``section``."""

    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A text and its parts. ``paragraphs`` holds the body only; title, headings and references are in ``sections`` alone.

    Attributes:
        facts: what the file says of itself (authors, year, journal ...); None where its format has no place for that.
        pages: (offset, page): from there on ``text`` stands on that page of the file; empty for formats without pages.
        notices: what of the file could not be read, in words that follow the file's name ("page 3 is a scanned image ...").
    """

    text: str
    title: str | None
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    facts: Source | None = None
    pages: tuple[tuple[int, int], ...] = ()
    notices: tuple[str, ...] = ()


def facts(title: str | None = None, **values: object) -> Source:
    """A record of what a file says of itself; empty values count as not said."""
    return Source(id="", title=title or "", file="", sha256="", **{name: value for name, value in values.items() if value})  # type: ignore[arg-type]
