"""Which stretch of a draft is what: headings, reference lists, tables of contents, captions. Shared by the readers of all formats."""

from __future__ import annotations

import re

from .blocks import Block, Role

_NUMBER = r"(?:(?:\d+(?:\.\d+)*|[IVX]+|[A-H])[.)]?\s+)?"
_REFERENCES = re.compile(
    _NUMBER
    + r"(?:references?|bibliography|literature(?:\s+cited)?|works\s+cited|reference\s+list|list\s+of\s+references|cited\s+literature"
    r"|sources|citations|further\s+reading|notes\s+and\s+references)\s*:?",
    re.IGNORECASE,
)
_CONTENTS = re.compile(_NUMBER + r"(?:table\s+of\s+contents|contents|list\s+of\s+(?:tables|figures|abbreviations))\s*:?", re.IGNORECASE)
_AFTER_REFERENCES = re.compile(
    _NUMBER + r"(?:appendi(?:x|ces)\b.{0,80}|acknowledge?ments?|funding|conflicts?\s+of\s+interests?|competing\s+interests|disclosures?"
    r"|author\s+contributions|(?:figure\s+)?legends?|tables?|figures?|abbreviations|supplementary\s+.{0,60}|glossary|about\s+the\s+authors?"
    r"|introduction|background|methods|results|discussion|conclusions?|summary|abstract)\s*:?",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(r"(?:\.{3}|…|(?:\s\.){3}|\t|\s{4})\s{0,9}(?:\d{1,4}|[ivx]{1,6})$")
"""The end of a line of a table of contents: a leader and the page."""
_LONGEST_CONTENTS_LINE = 300
_CAPTION = re.compile(r"(?:table|figure|fig\.?|box|chart|scheme|panel)\s+(?:S?\d+|[IVX]+)[A-Za-z]?\s*(?:[.:|–—-]|$)\s*", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:\[?\^?\d{1,4}[\].):]{1,2}\s*)?"
    r"[^\W\d_][^\W\d_'’-]+(?:[\s-][^\W\d_][^\W\d_'’-]+){0,3},?\s(?:[A-Z]{1,3}\b|(?:[A-Z]\.[\s-]?){1,3})[,.;&\s].{10,}"
    r"(?:\b(?:19|20)\d\d[a-z]?\s*;\s*\d|\b(?:doi|DOI)\b|doi\.org/|\bPMID\b|\b\d+\s?\(\d+\)\s?[:,]\s?e?\d+|\((?:19|20)\d\d[a-z]?\)\.\s)",
    re.DOTALL,
)
_LONGEST_REFERENCE = 1_500


def is_references_heading(words: str) -> bool:
    """Whether a line is the heading of a reference list."""
    return len(words) <= 60 and bool(_REFERENCES.fullmatch(words.strip().strip("*_ ")))


def is_contents_heading(words: str) -> bool:
    """Whether a line is the heading of a table of contents."""
    return len(words) <= 60 and bool(_CONTENTS.fullmatch(words.strip().strip("*_ ")))


def is_reference(text: str) -> bool:
    """Whether a paragraph is a bibliographic reference, wherever it stands: names with initials, then a year with a volume, or a DOI."""
    return len(text) <= _LONGEST_REFERENCE and bool(_REFERENCE.match(text.strip()))


def caption_label(text: str) -> int:
    """The length of the label of a caption ("Table 2. "), or 0 where the text is none."""
    match = _CAPTION.match(text[:60])
    return match.end() if match else 0


class Outline:
    """Gives the blocks of a draft their roles, fed with them in order: what a heading says holds for what stands under it."""

    def __init__(self) -> None:
        self.section = ""
        self._state: Role | None = None
        self._level = 0

    def heading(self, text: str, start: int, end: int, level: int = 1) -> Block:
        """A heading; it may begin or end a reference list or a table of contents. ``level`` 1 is the highest."""
        words = " ".join(text[start:end].split())
        if is_references_heading(words):
            self._state, self._level = "references", level
        elif is_contents_heading(words):
            self._state, self._level = "contents", level
        elif self._state and (level <= self._level or _AFTER_REFERENCES.fullmatch(words)):
            self._state = None
        self.section = words.strip("*_#: ")
        return Block(start, end, "heading", self.section)

    def block(self, text: str, start: int, end: int, role: Role, *, known: bool = False) -> Block:
        """Anything else; ``role`` is what its form says, which the section and the wording may overrule unless it is ``known``."""
        words = text[start : min(end, start + _LONGEST_REFERENCE + 1)]
        if known or role == "code":
            return Block(start, end, role, self.section)
        if self._state == "contents" and (len(words) > 200 or words.rstrip().endswith((".", "!"))):
            self._state = None
        if self._state and role != "footnote":
            role = self._state
        elif role in {"paragraph", "item", "footnote"}:
            if is_reference(words):
                role = "references"
            elif role == "footnote":
                pass
            elif "\n" not in words and len(words) <= _LONGEST_CONTENTS_LINE and _CONTENTS_LINE.search(words[-40:]):
                role = "contents"
            elif caption_label(words):
                role = "caption"
        return Block(start, end, role, self.section)

    @property
    def in_references(self) -> bool:
        """Whether what comes now stands in the reference list."""
        return self._state == "references"
