"""Sets an article as a publisher does: columns, justified lines with hyphens, running heads and feet, captions and tables in small print.

For tests of the PDF reader, which must find the sentences again. Lines are broken here and not by a library, so that the hyphens are known.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pincite.ingest.text import Document
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
MARGIN, TOP, BOTTOM, GUTTER = 50.0, 780.0, 60.0, 18.0


@dataclass(frozen=True)
class Style:
    """How one article is set."""

    columns: int = 2
    size: float = 9.5
    font: str = "Times"
    indent: float = 12.0
    space: float = 0.0
    hyphens: bool = True
    heads: bool = True


def latin(text: str) -> str:
    """Text in the letters of the standard fonts."""
    for old, new in (("−", "-"), ("≥", ">="), ("≤", "<="), ("–", "-"), ("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("…", "...")):
        text = text.replace(old, new)
    return text.encode("latin-1", "replace").decode("latin-1")


Block = tuple[str, str]
"""Kind (title, authors, abstract, heading, subheading, text, caption, row, footnote, reference) and text."""


class Setter:
    """Sets blocks one after the other."""

    def __init__(self, style: Style, head: str, foot: str) -> None:
        self._style, self._head, self._foot = style, head, foot
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=(WIDTH, HEIGHT), invariant=1)
        self._page, self._column, self._y, self._top = 0, 0, TOP, TOP
        self._columns = 1
        self._new_page()

    def set(self, blocks: Sequence[Block]) -> bytes:
        """The PDF."""
        for kind, text in blocks:
            getattr(self, f"_{kind}")(latin(text))
        self._canvas.save()
        return self._file.getvalue()

    def _title(self, text: str) -> None:
        self._run(text, self._bold, 17, space=10, justified=False)

    def _authors(self, text: str) -> None:
        self._run(text, self._regular, 9, space=8, justified=False)

    def _abstract(self, text: str) -> None:
        self._run(text, self._regular, self._style.size, space=8)

    def _heading(self, text: str) -> None:
        self._begin_columns()
        self._run(text, self._bold, self._style.size + 2, space=3, before=8, justified=False, together=60)

    def _subheading(self, text: str) -> None:
        self._begin_columns()
        self._run(text, self._bold, self._style.size, space=2, before=5, justified=False, together=50)

    def _text(self, text: str) -> None:
        self._begin_columns()
        self._run(text, self._regular, self._style.size, indent=self._style.indent, space=self._style.space)

    def _caption(self, text: str) -> None:
        self._run(text, self._regular, self._style.size - 1.5, space=8, before=8)

    def _row(self, text: str) -> None:
        self._need(10)
        cells = text.split("|")
        left, width = self._box()
        self._canvas.setFont(self._regular, self._style.size - 2)
        for number, cell in enumerate(cells):
            self._canvas.drawString(left + number * width / len(cells), self._y, cell.strip())
        self._y -= 10

    def _reference(self, text: str) -> None:
        self._begin_columns()
        self._run(text, self._regular, self._style.size - 1.5, space=1)

    @property
    def _regular(self) -> str:
        return "Times-Roman" if self._style.font == "Times" else self._style.font

    @property
    def _bold(self) -> str:
        return f"{self._style.font}-Bold"

    def _begin_columns(self) -> None:
        if self._columns == 1 and self._style.columns > 1:
            self._columns, self._column, self._top = self._style.columns, 0, self._y - 6
            self._y = self._top

    def _box(self) -> tuple[float, float]:
        width = (WIDTH - 2 * MARGIN - (self._columns - 1) * GUTTER) / self._columns
        return MARGIN + self._column * (width + GUTTER), width

    def _need(self, height: float) -> None:
        if self._y - height >= BOTTOM:
            return
        self._column += 1
        self._y = self._top
        if self._column >= self._columns:
            self._canvas.showPage()
            self._new_page()

    def _new_page(self) -> None:
        self._page += 1
        self._column, self._y, self._top = 0, TOP, TOP
        if self._style.heads:
            self._canvas.setFont(self._regular, 8)
            odd = self._page % 2
            self._canvas.drawString(MARGIN, 810, self._head if odd else f"{344 + self._page}")
            self._canvas.drawRightString(WIDTH - MARGIN, 810, f"{344 + self._page}" if odd else latin(self._foot))
            self._canvas.drawString(MARGIN, 35, f"Page {self._page} - for personal use only. Downloaded on 3 May 2021.")

    def _run(
        self, text: str, font: str, size: float, *, indent: float = 0, space: float = 0, before: float = 0, justified: bool = True,
        together: float = 0,
    ) -> None:  # fmt: skip
        self._y -= before if self._y < self._top else 0
        self._need(together + 1.2 * size)
        _, width = self._box()
        lines = list(_break(text, font, size, width, indent, self._style.hyphens))
        for number, line in enumerate(lines):
            self._need(1.2 * size)
            left, width = self._box()
            self._y -= 1.2 * size
            shift = indent if number == 0 else 0
            item = self._canvas.beginText(left + shift, self._y)
            item.setFont(font, size)
            slack = width - shift - stringWidth(line, font, size)
            if justified and number + 1 < len(lines) and " " in line and slack > 0:
                item.setWordSpace(slack / line.count(" "))
            item.textOut(line)
            self._canvas.drawText(item)
        self._y -= space


def _break(text: str, font: str, size: float, width: float, indent: float, hyphens: bool) -> Iterator[str]:
    line, room = "", width - indent
    for word in text.split():
        trial = f"{line} {word}" if line else word
        if stringWidth(trial, font, size) <= room:
            line = trial
            continue
        first, rest = _split(word, room - stringWidth(f"{line} ", font, size), font, size) if hyphens else ("", word)
        yield f"{line} {first}".strip() if first else line
        line, room = rest, width
    if line:
        yield line


def _split(word: str, room: float, font: str, size: float) -> tuple[str, str]:
    """The longest part of a word that fits with a hyphen; its own hyphens first."""
    inner = word.strip("()[],.;:")
    for place in sorted((i + 1 for i, c in enumerate(word) if c == "-" and 2 <= i < len(word) - 3), reverse=True):
        if stringWidth(word[:place], font, size) <= room:
            return word[:place], word[place:]
    if not inner.isalpha() or inner.isupper():
        return "", word
    for place in range(len(word) - 3, 2, -1):
        if stringWidth(word[:place] + "-", font, size) <= room and word[place:][0].islower() and word[place - 1].isalpha():
            return word[:place] + "-", word[place:]
    return "", word


def blocks_of(document: Document) -> list[Block]:
    """The blocks of an article that was read from another format; every caption is followed by a small table."""
    blocks: list[Block] = [("title", document.source.title), ("authors", ", ".join(document.source.authors) or "Smith J, Jones K")]
    above: list[str] = []
    for (section, _), group in groupby(document.sentences, key=lambda s: (s.section, s.paragraph)):
        text, path = " ".join(s.text for s in group), section.split(" > ")
        if path[0] == "Abstract":
            blocks.append(("abstract", text))
        elif is_caption(section):
            blocks.append(("caption", f"{section}. {text}"))
            blocks.extend(("row", f"Group {n} | {n * 3.1:.1f} | {n * 7.7:.2f} | 0.0{n}") for n in range(5))
        else:
            new = [(depth, name) for depth, name in enumerate(path) if name and above[: depth + 1] != path[: depth + 1]]
            blocks.extend(("subheading" if depth else "heading", name) for depth, name in new)
            above = path
            blocks.append(("text", text))
    for part in document.sections:
        if part.kind == "references":
            heading, *entries = document.text[part.start : part.end].split("\n")
            blocks += [("heading", heading), *(("reference", entry) for entry in entries)]
    return blocks


def is_caption(section: str) -> bool:
    """Whether a section is the caption of a table or a figure."""
    return section.lower().startswith(("fig", "table"))
