"""What a draft is once it was read: its text, and which stretches of it are what.

Offsets are code points into ``ReadDraft.text``, half open. For a text or a Markdown file that is the text of the file itself, so that an
editor finds the place; for a .docx it is the paragraphs joined by line ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "markdown", "docx"]
Role = Literal["heading", "paragraph", "item", "table", "caption", "quote", "footnote", "references", "contents", "code"]
Span = tuple[int, int]

PROSE: frozenset[Role] = frozenset({"paragraph", "item", "table", "caption", "quote", "footnote"})
"""The roles that can hold claims."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a list item, a table cell, an entry of the reference list …: ``draft.text[start:end]``, trimmed.

    ``section`` is the heading that it stands under, empty before the first.
    """

    start: int
    end: int
    role: Role
    section: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a .docx: ``draft.text[start:end]`` is its text, so that a comment can be put on it.

    ``index`` is its number (from 0) among all ``w:r`` elements of its part, in document order; ``part`` is "document", "footnotes" or
    "endnotes". Runs of deleted text and runs without text are not listed.
    """

    start: int
    end: int
    part: str
    index: int


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of a .docx: its mark stands at ``at``, its text is ``draft.text[start:end]``."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """A draft that was read. ``blocks`` are in order and do not overlap; what lies in none is layout.

    ``superscripts`` and ``notes`` are what a .docx knows about its citation marks and plain text cannot say.
    """

    name: str
    text: str
    kind: Kind
    blocks: tuple[Block, ...]
    notices: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    superscripts: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()

    def line_of(self, offset: int) -> int:
        """The number (from 1) of the line that an offset stands on; for a .docx, of the paragraph."""
        return self.text.count("\n", 0, offset) + 1


def containing(spans: Sequence[Span], offset: int) -> int | None:
    """The number of the span (in order, not overlapping) that holds an offset, or None."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at if at >= 0 and offset < spans[at][1] else None
