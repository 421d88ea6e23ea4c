"""From lines in reading order to a document: title, headings, paragraphs across columns and pages, captions, references."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from .build import LayoutBuilder, clean
from .layout import Layout
from .pdf_lines import Line
from .plain import REFERENCES, SECTION

_STOP = re.compile(r"[.!?:][\"'”’)\]]*(?:\s?\[[\d,–-]+\])?$")
_CAPTION = re.compile(r"((?i:Table|Figure|Fig\.?|Box|Scheme)\s+[A-Z]?\d{1,3}[A-Za-z]?)(?:\s*[.:|–-]\s+(?=\S)|\s+(?=[A-Z(]))(.*)", re.DOTALL)
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+[A-Z]")
_ENTRY = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}\.|\d{1,3}\s+(?=[A-Z]))\s*\S")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_SUSPENDED = re.compile(r"(?:and|or|to|und)\b")
"""What follows the hyphen of "pre- and post-operative"."""
_BULLET = re.compile(r"[•●▪■◦‣–]\s+")
_HEADING_WORDS = 14
_TITLE_WORDS = 60
_SHORT = 0.12
"""Of a column's width: a line that ends so far before its edge is the last of its paragraph."""
_SHORT_OF_RAGGED = 0.3
"""The same, where lines are not set to one length."""


@dataclass(slots=True)
class _Block:
    """Lines that belong together. ``kind``: title, heading, body, small, caption, table, front."""

    kind: str
    lines: list[Line] = field(default_factory=list)


def lay_out(pages: Sequence[Sequence[Line]]) -> Layout:
    """The layout of the pages' lines.

    Raises:
        ValueError: no body text is among them.
    """
    lines = [line for page in pages for line in page if line.text]
    if not lines:
        raise ValueError("holds no text")
    return _Composer(lines).compose()


class _Composer:
    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[_rounded(line.size)] += len(line.text)
        self._body = sizes.most_common(1)[0][0]
        gaps = [a.base - b.base for a, b in pairwise(lines) if a.page == b.page and a.column == b.column and a.base > b.base]
        usual = [gap for gap in gaps if gap < 2.5 * self._body]
        self._leading = median(usual) if usual else 1.2 * self._body
        prose = [line for line in lines if len(line.text.split()) > 5]
        even = sum(line.right > line.column[1] - 0.02 * (line.column[1] - line.column[0]) for line in prose)
        self._short = _SHORT if even > 0.4 * len(prose) else _SHORT_OF_RAGGED
        self._words = _Words(lines)
        self._builder = LayoutBuilder()
        self._pages: list[tuple[int, int]] = []
        self._aside: list[_Block] = []
        self._entries: list[str] | None = None
        self._references = ""
        self._title_size = self._find_title()

    def compose(self) -> Layout:
        block: _Block | None = None
        for line, before in zip(self._lines, [None, *self._lines[:-1]], strict=True):
            kind = self._kind(line, before, block)
            if kind == "small" and block is not None and block.kind == "body" and self._gap(block.lines[-1], line) < 1.25:
                kind = "body"  # another font within the paragraph, not small print below it
            if block is not None and kind == block.kind and not self._parts(block, line):
                block.lines.append(line)
            elif block is not None and block.kind == "body" and kind in ("small", "caption", "table") and self._is_open(block):
                self._put_aside(kind, line)
            elif block is not None and block.kind == "body" and kind == "body" and self._aside and not self._parts(block, line):
                block.lines.append(line)
            else:
                if block is not None:
                    self._emit(block)
                block = _Block(kind, [line])
        if block is not None:
            self._emit(block)
        if self._entries is not None:
            self._builder.references(self._references, self._entries)
        return self._builder.finish(pages=self._changes())

    def _find_title(self) -> float:
        """The size of the title's letters: the largest of the first page that several words have; 0 where that is the body's."""
        first = [line for line in self._lines if line.page == self._lines[0].page]
        words: Counter[float] = Counter()
        for line in first:
            words[_rounded(line.size)] += len(line.text.split())
        sizes = [size for size, count in words.items() if 3 <= count <= _TITLE_WORDS and size > 1.15 * self._body]
        return max(sizes, default=0.0)

    def _kind(self, line: Line, before: Line | None, block: _Block | None) -> str:
        size, words = _rounded(line.size), line.text.split()
        if self._title_size and size == self._title_size and line.page == self._lines[0].page and not self._pages:
            return "title"
        if line.cells:
            return "table"
        if _CAPTION.match(line.text):
            begins = before is None or _STOP.search(before.text) or self._gap(before, line) > 1.3 or size < 0.97 * self._body
            return "caption" if begins else "body"
        last = block.lines[-1] if block is not None and block.kind == "caption" else None
        if last is not None and abs(size - _rounded(last.size)) < 0.04 * size and self._gap(last, line) < 1.3:
            return "caption"
        if self._is_heading(line, before, words):
            return "heading"
        return "small" if size < 0.93 * self._body else "body"

    def _is_heading(self, line: Line, before: Line | None, words: list[str]) -> bool:
        if len(words) > _HEADING_WORDS or not any(map(str.isalpha, line.text)):
            return False
        if SECTION.fullmatch(line.text) or REFERENCES.fullmatch(line.text):
            return line.text[:1].isupper() or line.text[:1].isdigit()
        stands_out = line.bold or line.size > 1.08 * self._body or (line.text.isupper() and len(line.text) > 5)
        return stands_out and line.size > 0.9 * self._body and not re.search(r"[.,;]$", line.text) and not line.text[:1].islower()

    def _gap(self, before: Line, line: Line) -> float:
        """The distance of two baselines in usual ones; large where the column or the page changed."""
        return 9.0 if before.column != line.column else self._distance(before, line)

    def _distance(self, before: Line, line: Line) -> float:
        """The same, whatever the columns are taken to be: a short last line may not reach across as those above it do."""
        if before.page != line.page or before.base <= line.base:
            return 9.0
        return (before.base - line.base) / (self._leading * max(1.0, min(before.size, line.size) / self._body))

    def _is_open(self, block: _Block) -> bool:
        return not _STOP.search(block.lines[-1].text)

    def _parts(self, block: _Block, line: Line) -> bool:
        """Whether a line begins another block of the kind of the one before it."""
        last = block.lines[-1]
        moved = last.page != line.page or last.column != line.column or last.base <= line.base
        if block.kind == "title":
            return self._distance(last, line) > 1.6
        if block.kind == "heading":
            return moved or self._gap(last, line) > 1.6 or abs(last.size - line.size) > 0.05 * line.size
        if block.kind == "table":
            return False
        if block.kind == "caption":
            return moved or bool(_CAPTION.match(line.text))
        if self._entries is not None:
            return bool(_ENTRY.match(line.text)) or (not moved and self._gap(last, line) > 1.4)
        ended, width = bool(_STOP.search(last.text)), line.column[1] - line.column[0]
        indented = 0.6 * line.size < line.left - line.column[0] < 0.3 * width
        if _BULLET.match(line.text):
            return True
        if _BULLET.match(block.lines[0].text) and line.left > block.lines[0].left + 0.3 * line.size and not moved:
            return self._gap(last, line) > 1.45  # the lines of an item hang below its sign
        if moved:
            return ended and (indented or last.right < last.column[1] - self._short * (last.column[1] - last.column[0]))
        if self._gap(last, line) > 1.45:
            return True
        short = last.right < line.column[1] - self._short * width
        hanging = last.left - last.column[0] < 0.6 * last.size
        if indented and short:
            return True
        return ended and ((indented and hanging) or (short and not line.text[:1].islower()))

    def _put_aside(self, kind: str, line: Line) -> None:
        """Keep small print that interrupts a paragraph until the paragraph is whole."""
        if self._aside and self._aside[-1].kind == kind and not self._parts(self._aside[-1], line):
            self._aside[-1].lines.append(line)
        else:
            self._aside.append(_Block(kind, [line]))

    def _emit(self, block: _Block) -> None:
        self._write(block)
        waiting, self._aside = self._aside, []
        for aside in waiting:
            self._write(aside)

    def _write(self, block: _Block) -> None:
        text, changes = self._joined(block.lines)
        builder = self._builder
        if block.kind == "table":
            return  # cells are no sentences
        if block.kind == "title":
            builder.title(text) if builder.title_text is None else builder.paragraph(text)
        elif block.kind == "heading":
            self._heading(block, text)
        elif self._entries is not None and block.kind in ("body", "small"):
            self._entries.append(text)
        elif block.kind == "caption" and (caption := _CAPTION.fullmatch(text)):
            self._mark(block.lines[0].page, len(caption.group(1)) + 1, [])
            builder.caption(caption.group(1), [caption.group(2)])
        elif not self._pages and not _STOP.search(text) and builder.title_text and len(text) < 600 and not builder.section:
            builder.front(text)  # names and addresses under the title
        else:
            self._mark(block.lines[0].page, 0, changes)
            builder.paragraph(text)

    def _heading(self, block: _Block, text: str) -> None:
        if self._entries is not None:
            self._builder.references(self._references, self._entries)
            self._entries = None
        if REFERENCES.fullmatch(text):
            self._references, self._entries = text, []
            return
        numbered = _NUMBERED.match(text)
        if numbered:
            level = numbered.group(1).count(".") + 1
        elif SECTION.fullmatch(text) or block.lines[0].size > 1.08 * self._body or text.isupper():
            level = 1
        else:
            level = 2
        self._builder.heading(text, level)

    def _mark(self, page: int, head: int, changes: list[tuple[int, int]]) -> None:
        """Note on which pages the next paragraph stands; ``head`` characters of a heading of its own come before it."""
        start = self._builder.position
        self._pages.append((start + head if head else start, page))
        self._pages.extend((start + offset, later) for offset, later in changes)

    def _changes(self) -> tuple[tuple[int, int], ...]:
        kept: list[tuple[int, int]] = []
        for offset, page in self._pages:
            if not kept or kept[-1][1] != page:
                kept.append((offset, page))
        return tuple(kept)

    def _joined(self, lines: Sequence[Line]) -> tuple[str, list[tuple[int, int]]]:
        """The text of lines without the hyphens of their ends, and where in it a new page begins."""
        text, changes, page = "", [], lines[0].page
        for line in lines:
            piece = clean(line.text)
            if text:
                broken = _BROKEN.search(text)
                if broken and _SUSPENDED.match(piece):
                    text += " "
                elif broken and piece[:1].islower():
                    text = text if self._words.keeps_hyphen(broken.group(1), piece) else text[:-1]
                elif not text.endswith(("-", "–", "/")) or not piece[:1].isalnum():
                    text += " "
                if line.page != page:
                    changes.append((len(text), line.page))
                    page = line.page
            text += piece
        return text, changes


class _Words:
    """The words of the document as they stand within lines: they tell whether a hyphen at a line's end belongs to its word."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._seen: set[str] = set()
        broken = False
        for line in lines:
            words = _WORD.findall(clean(line.text).lower())
            after, broken = broken, line.text.endswith("-")
            self._seen.update(words[after : len(words) - broken])

    def keeps_hyphen(self, first: str, rest: str) -> bool:
        """``placebo-`` + ``controlled`` keeps it, ``treat-`` + ``ment`` does not."""
        found = _WORD.match(rest)
        second = found.group().lower() if found else ""
        first = first.lower()
        if first + second in self._seen:
            return False
        if f"{first}-{second}" in self._seen:
            return True
        if self._is_word(first + second):
            return False
        return min(len(first), len(second)) > 2 and self._is_word(first) and self._is_word(second)

    def _is_word(self, word: str) -> bool:
        return word in self._seen or word in _common_words()


@cache
def _common_words() -> frozenset[str]:
    """The whole words of the encoder's vocabulary: some 20,000 of the commonest in English."""
    from ..minilm import vocabulary_file

    vocabulary = json.loads(vocabulary_file().read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(word for word in vocabulary if word.isalpha())


def _rounded(size: float) -> float:
    return round(size * 4) / 4
