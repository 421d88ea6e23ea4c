"""Finding the citation marks of a draft: numbers, superscripts, author and year, DOIs, PMIDs, keys, footnotes and Pincite's own markers.

What looks alike and is none stays out: intervals ("95% CI [1, 3]"), powers and units ("10⁶", "kg/m²"), ions, statistics, years, months.
Every pattern is bounded, so that the time is linear in the length.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from .authors import author_marks
from .blocks import Span
from .numerals import NUMBERS, numbered, spelled

MarkKind = Literal["number", "author", "doi", "pmid", "document", "key", "note"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One source of a citation mark: ``text[start:end]`` is the mark, or the part of it that names this source.

    ``whole`` is the mark with its brackets. ``values`` are the reference numbers (as text), the surnames, the DOI, the PMID, the id of the
    document, the key or the label of the note. ``sentences`` are those of Pincite's own markers.
    """

    start: int
    end: int
    kind: MarkKind
    values: tuple[str, ...]
    whole: Span
    year: str = ""
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What helps to tell a mark from what looks alike: the corpus's ids, authors' surnames, the numbers of the reference list."""

    documents: Collection[str] = ()
    surnames: Collection[str] = ()
    numbers: Collection[str] = ()


_ID = r"[a-z0-9]+(?:[-_][a-z0-9]+)+"
_OWN_TAIL = rf"(?:\s*:\s*|,?\s+sentences?\s+|,?\s+sents?\.?\s+|#s?)(?P<sentences>{NUMBERS}(?:,?\s+and\s+\d{{1,5}})?)"
_OWN = re.compile(
    rf"\[(?P<id>{_ID}){_OWN_TAIL}\]|\[(?P<dated>[a-z0-9]+(?:[-_][a-z0-9]+){{0,9}}-(?:19|20)\d\d[a-z]?)\]"
    rf"|(?<![\w/-])(?P<bare>{_ID}){_OWN_TAIL.replace('sentences>', 'after>')}"
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|\bdoi\.org/|\bdoi:?\s{0,2})?\b(10\.\d{4,9}/[^\s\"<>“”‘’\[\]{}|]{1,200})", re.IGNORECASE)
_PMID = re.compile(
    r"https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{4,9})/?|\bPMID\s{0,2}:?\s{0,2}(\d{4,9})\b"
    r"|\b(PMC\d{5,9})\b"
)
_BRACKETS = re.compile(r"\\?\[([^\[\]\n]{1,300}(?:\n[^\[\]\n]{1,300})?)\]")
_PARENTHESES = re.compile(r"\(([^()\n]{1,400}(?:\n[^()\n]{1,300})?)\)")
_LIST = re.compile(rf"\s*(?:refs?\.?|references?|nos?\.)?\s*({NUMBERS})\s*\\?", re.IGNORECASE)
_NAMED_LIST = re.compile(rf"\b(?:refs?\.\s?|references?\s)({NUMBERS})", re.IGNORECASE)
_INTERVAL = re.compile(
    r"(?:\b(?:CI|CrI|CIs|IQR|intervals?|ranged?|ranges|between|from|median|mean|SD|of|score|aged?|limits|scale|set)|[=<>≤≥~±])[\s:,;]{0,3}$"
    r"|(?<![\d.])(?!(?:19|20)\d\d\s)[\d.]{1,8}\s{0,2}$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"[\s-]{0,2}(?:mg|g|kg|mcg|µg|ml|mL|l|L|mmol|mEq|h|hours?|min|minutes?|days?|weeks?|months?|years?|%|patients|doses?)\b|%"
)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = re.compile(rf"[{_RAISED}]{{1,4}}(?:[⁻˒,‚–-][{_RAISED}]{{1,4}})*")
_TAGGED = re.compile(rf"<sup>\s*\\?\[?({NUMBERS})\\?\]?\s*</sup>|(?<![\^\d])\^\[?({NUMBERS})\]?\^", re.IGNORECASE)
_UNRAISED = str.maketrans(_RAISED + "⁻˒‚", "0123456789-,,")
_POWER_BEFORE = re.compile(r"(?:(?<![^\W\d_])(?:[kcdmµnμ]?m|kg/m|ft|in|s|R|r|I|χ|η|τ|x|X|n)|[×x*]\s?10|Mg|Ca|Na|K|Zn|Fe|Cl|HCO|SO|PO|CO)$")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_GLUED = re.compile(rf"(?<=[^\W\d_][^\W\d_][.,;])({NUMBERS})(?=\s+[A-Z“\"(]|\s*$|\s+[a-z])")
_KEY = re.compile(r"(?<![\w.])-?@([A-Za-z][\w:.-]{1,60}\w)")
_NOTE = re.compile(r"\[\^([\w-]{1,30})\](?!:)")
_CODE = re.compile(r"`[^`\n]{1,300}`")


def find_marks(text: str, start: int, end: int, known: Known, raised: Collection[Span] = ()) -> list[Mark]:
    """The citation marks in a stretch of a draft, in order. ``raised`` are the superscripts in it that the format knows of."""
    finder = _Finder(text, start, end, known)
    finder.take_code()
    for mark in (*finder.own(), *finder.addresses(), *finder.notes(), *finder.keys()):
        finder.take(mark)
    for group in (finder.raised(raised), finder.bracketed(), finder.in_parentheses()):
        for mark in group:
            finder.take(mark)
    for kind in author_marks(text, start, end, known.surnames):
        finder.take_author(*kind)
    return sorted(finder.marks, key=lambda m: (m.start, m.end))


class _Finder:
    """Collects marks; where two overlap, the one that was found first stays."""

    def __init__(self, text: str, start: int, end: int, known: Known) -> None:
        self.text, self.start, self.end, self.known = text, start, end, known
        self.marks: list[Mark] = []
        self._taken = bytearray(end - start)

    def take(self, mark: Mark) -> None:
        if not self._is_taken(mark.start, mark.end):
            self.marks.append(mark)
            self._fill(mark.start, mark.end)

    def take_author(self, start: int, end: int, names: tuple[str, ...], year: str, whole: Span) -> None:
        if year or not self._has_mark_near(start, end):
            self.take(Mark(start, end, "author", names, whole, year))

    def take_code(self) -> None:
        for match in _CODE.finditer(self.text, self.start, self.end):
            self._fill(*match.span())

    def own(self) -> Iterator[Mark]:
        for match in _OWN.finditer(self.text, self.start, self.end):
            id = match["id"] or match["dated"] or match["bare"]
            if match["bare"] and id not in self.known.documents and "sentence" not in match.group():
                continue
            listed = match["sentences"] or match["after"] or ""
            numbers = tuple(n for _, _, run in spelled(listed) for n in run)
            yield Mark(*match.span(), "document", (id,), match.span(), sentences=numbers)
        for id in self.known.documents:
            bracketed, named = rf"\[{re.escape(id)}\]", any(map(str.isdigit, id)) and "-" in id
            pattern = rf"{bracketed}|(?<![\w/-]){re.escape(id)}(?![\w-])" if named else bracketed
            if self.text.find(id, self.start, self.end) >= 0:
                for match in re.compile(pattern).finditer(self.text, self.start, self.end):
                    if not any(m.start <= match.start() < m.end for m in self.marks):
                        yield Mark(*match.span(), "document", (id,), match.span())

    def addresses(self) -> Iterator[Mark]:
        for match in _DOI.finditer(self.text, self.start, self.end):
            doi = _trimmed(match.group(1))
            end = match.start(1) + len(doi)
            yield Mark(match.start(), end, "doi", (doi.lower(),), (match.start(), end))
        for match in _PMID.finditer(self.text, self.start, self.end):
            yield Mark(*match.span(), "pmid", (match.group(1) or match.group(2) or match.group(3),), match.span())

    def notes(self) -> Iterator[Mark]:
        for match in _NOTE.finditer(self.text, self.start, self.end):
            yield Mark(*match.span(), "note", (match.group(1),), match.span())

    def keys(self) -> Iterator[Mark]:
        for match in _KEY.finditer(self.text, self.start, self.end):
            if any(map(str.isdigit, match.group(1))):
                yield Mark(*match.span(), "key", (match.group(1),), match.span())

    def bracketed(self) -> Iterator[Mark]:
        for match in _BRACKETS.finditer(self.text, self.start, self.end):
            listed = _LIST.fullmatch(match.group(1))
            if listed and not self._is_taken(*match.span()) and self._is_list(match.span(), listed.group(1)):
                yield from self._listed(listed.group(1), match.start(1) + listed.start(1), match.span())

    def in_parentheses(self) -> Iterator[Mark]:
        for match in _PARENTHESES.finditer(self.text, self.start, self.end):
            listed = _LIST.fullmatch(match.group(1))
            if listed and (match.group(1).strip()[0].isalpha() or self._is_numbered(listed.group(1), match.span())):
                yield from self._listed(listed.group(1), match.start(1) + listed.start(1), match.span())
        for match in _NAMED_LIST.finditer(self.text, self.start, self.end):
            yield from self._listed(match.group(1), match.start(1), match.span())

    def raised(self, spans: Collection[Span]) -> Iterator[Mark]:
        for match in _SUPERSCRIPT.finditer(self.text, self.start, self.end):
            after = self.text[match.end() : match.end() + 1]
            if after not in {"⁺", "⁻"} and not self._is_power(match.start()):
                yield from self._listed(match.group().translate(_UNRAISED), match.start(), match.span())
        for match in _TAGGED.finditer(self.text, self.start, self.end):
            group = 1 if match.group(1) else 2
            if not self._is_power(match.start()):
                yield from self._listed(match.group(group), match.start(group), match.span())
        for start, end in spans:
            if numbered(self.text[start:end]) and not self._is_power(start):
                yield from self._listed(self.text[start:end], start, (start, end))
        for match in _GLUED.finditer(self.text, self.start, self.end):
            if self._are_known(match.group(1)):
                yield from self._listed(match.group(1), match.start(1), match.span(1))

    def _listed(self, listed: str, offset: int, whole: Span) -> Iterator[Mark]:
        runs = list(spelled(listed))
        for start, end, run in runs:
            span = whole if len(runs) == 1 else (offset + start, offset + end)
            yield Mark(*span, "number", tuple(map(str, run)), whole)

    def _is_list(self, span: Span, listed: str) -> bool:
        """Whether numbers in brackets are references rather than an interval, a year or an edited quantity."""
        if any(len(n) > 3 for n in re.findall(r"\d+", listed)) and not self._are_known(listed):
            return False
        before = self.text[max(self.start, span[0] - 20) : span[0]]
        several = "," in listed or ";" in listed or re.search(r"\d\s*[-–—−]", listed) is not None
        if several and (_INTERVAL.search(before) or (before.rstrip().endswith("%") and not self._are_known(listed))):
            return False
        return not _UNIT_AFTER.match(self.text, span[1], min(self.end, span[1] + 12))

    def _is_numbered(self, listed: str, span: Span) -> bool:
        """Whether plain numbers in parentheses are references: the list has them all, and they end a phrase that they do not count."""
        before, after = self.text[max(self.start, span[0] - 3) : span[0]], self.text[span[1] : min(self.end, span[1] + 3)]
        ends = not after or after[0] in ".,;:)?!" or re.match(r"\s+[A-Z\n]|\s*$", after) is not None
        return self._are_known(listed) and ends and re.search(r"[^\W\d_%]\s?$|%\s?$", before) is not None

    def _are_known(self, listed: str) -> bool:
        return bool(self.known.numbers) and all(str(n) in self.known.numbers for _, _, run in spelled(listed) for n in run)

    def _is_power(self, start: int) -> bool:
        before = self.text[max(self.start, start - 12) : start]
        return (
            before[-1:] in {"⁻", "⁺"} or (before[-1:].isdigit() and not _YEAR_BEFORE.search(before)) or bool(_POWER_BEFORE.search(before))
        )

    def _has_mark_near(self, start: int, end: int) -> bool:
        """Whether another mark stands in the rest of the sentence: then a name without a year is only the name of that mark's author."""
        stop = re.compile(r"[.!?]\s+[A-Z]").search(self.text, end, min(self.end, end + 300))
        until = stop.start() + 2 if stop else min(self.end, end + 300)
        return any(start - 3 <= m.start <= until for m in self.marks)

    def _is_taken(self, start: int, end: int) -> bool:
        return any(self._taken[start - self.start : end - self.start])

    def _fill(self, start: int, end: int) -> None:
        self._taken[start - self.start : end - self.start] = b"\x01" * (end - start)


def _trimmed(doi: str) -> str:
    """A DOI without the punctuation of the sentence that it ends."""
    while doi and (doi[-1] in ".,;:*_'`!?" or (doi[-1] == ")" and doi.count(")") > doi.count("("))):
        doi = doi[:-1]
    return doi
