"""Puts a document's canonical text together from the blocks that a reader finds: title, headings, paragraphs, captions, references."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..text import Section, SectionKind, Source
from .layout import Layout, Paragraph

PATH = " > "
"""Between the headings above a sentence, outermost first."""
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROL = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
_TABLE: dict[int, str | None] = {**_HYPHENS, **_LIGATURES, **_UNSEEN, **_CONTROL}
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_RAISED_TEXT = re.compile(r"[0-9+\-−=()]+|[ni]")
_CITING = re.compile(r"\[?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]?")
_CLOSED = re.compile(r"[.!?,;:)\]”\"'’]$")
_STOP = ".!?:;"


def clean(text: str) -> str:
    """A run of text as Pincite keeps it: composed (NFC), white space single, nothing unseen in it, one kind of hyphen, no ligatures."""
    text = unicodedata.normalize("NFC", text.translate(_TABLE))
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def raised(text: str) -> str:
    """Superscript as text: ``10⁹`` must not become ``109``. What has no raised form stays as it is."""
    inner = text.strip()
    return text.replace(inner, inner.translate(_RAISED)) if _RAISED_TEXT.fullmatch(inner) else text


def raised_citation(before: str, text: str) -> str:
    """A raised citation number as text: ``pain¹²`` is kept as ``pain [12]``, so that no number grows by it.

    Args:
        before: the text before it, which decides on the space.
        text: the raised text.
    """
    inner = text.strip().strip(",;")
    if not inner:
        return text
    bracketed = inner if inner.startswith("[") else f"[{inner}]"
    return bracketed if not before or before[-1].isspace() or _CLOSED.search(before) else f" {bracketed}"


def raised_number(before: str, text: str) -> str:
    """Superscript whose meaning only the place tells: after a word or a stop a citation (``pain.12``), else an exponent (``m2``)."""
    inner, word = text.strip(), re.search(r"[^\s\d]+$", before)
    cites = _CITING.fullmatch(inner) and word and (len(word.group()) > 3 or word.group()[-1] in ".,;)")
    return raised_citation(before, inner) if cites and not inner.startswith(("-", "−")) else raised(text)


class LayoutBuilder:
    """Collects blocks in order. Two line ends part blocks, one parts a heading from what it heads."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._sections: list[Section] = []
        self._open: tuple[str, SectionKind, int] | None = None
        self._path: list[tuple[int, str]] = []
        self._aside: str | None = None
        self._paragraphs: list[Paragraph] = []
        self._last_end = 0
        self._glue = ""
        self.title_text: str | None = None

    @property
    def section(self) -> str:
        """The headings above what comes next."""
        return self._aside if self._aside is not None else PATH.join(name for _, name in self._path)

    @property
    def position(self) -> int:
        """Where the next block will begin."""
        return self._length + len(self._glue)

    def title(self, text: str) -> None:
        """The document's title, once and first."""
        text = clean(text)
        if text:
            self.title_text = text
            self._begin(text, "title")
            self._put(text, "\n\n")

    def front(self, text: str) -> None:
        """What stands under the title (names, addresses): readable, never evidence."""
        text = clean(text)
        if text:
            self._begin("", "title")
            self._put(text, "\n\n")

    def heading(self, text: str, level: int) -> None:
        """A heading; deeper levels are larger numbers. It ends the sections of its own level and of deeper ones."""
        text = clean(text)
        if not text:
            return
        self._aside = None
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, text.rstrip(":.")))
        self._begin(text.rstrip(":"), "body")
        self._put(text, "\n")

    def leave(self, level: int) -> None:
        """Go back to what is above headings of this level."""
        if self._aside is not None or (self._path and self._path[-1][0] >= level):
            self._close()
        self._aside = None
        while self._path and self._path[-1][0] >= level:
            self._path.pop()

    def paragraph(self, text: str) -> None:
        """A paragraph of the body."""
        text = clean(text)
        if not text:
            return
        if self._aside is not None:
            self._close()
            self._aside = None
        self._body(text)

    def caption(self, name: str, paragraphs: Iterable[str]) -> None:
        """The caption of a table or a figure, a section of its own that is called ``name``; the section around it goes on after it."""
        texts = [text for text in map(clean, paragraphs) if text]
        name = clean(name).rstrip(":.")
        if not texts:
            return
        self._aside = name
        if name:
            self._begin(name, "body")
            self._put(name, "\n")
        for text in texts:
            self._body(text)

    def references(self, heading: str, entries: Iterable[str]) -> None:
        """A list of references, an entry a line: readable, never evidence."""
        texts = [text for text in map(clean, entries) if text]
        if not texts:
            return
        heading = clean(heading) or "References"
        self._path, self._aside = [], None
        self._begin(heading.rstrip(":"), "references")
        self._put(heading, "\n")
        for text in texts:
            self._put(text, "\n")
        self._glue = "\n\n"
        self._close()

    def finish(self, facts: Source | None = None, pages: tuple[tuple[int, int], ...] = (), notices: tuple[str, ...] = ()) -> Layout:
        """The layout.

        Raises:
            ValueError: there is no body text.
        """
        self._close()
        if not self._paragraphs:
            raise ValueError("holds no text" if not self._sections else "holds no text but a title, headings or references")
        text = "".join(self._parts) + "\n"
        return Layout(text, self.title_text, tuple(self._sections), tuple(self._paragraphs), facts, pages, notices)

    def _body(self, text: str) -> None:
        if self._open is None:
            self._begin("", "body")
        start = self.position
        self._put(text, "\n\n")
        self._paragraphs.append(Paragraph(start, self._last_end, self.section))

    def _begin(self, name: str, kind: SectionKind) -> None:
        self._close()
        if self._glue:
            self._glue = "\n\n"
        self._open = (name, kind, self.position)

    def _close(self) -> None:
        if self._open is not None and self._last_end > self._open[2]:
            self._sections.append(Section(self._open[0], self._open[1], self._open[2], self._last_end))
        self._open = None

    def _put(self, text: str, glue: str) -> None:
        self._parts += [self._glue, text]
        self._length += len(self._glue) + len(text)
        self._last_end, self._glue = self._length, glue
        if self._open is not None and self._open[1] == "title":
            self._close()
