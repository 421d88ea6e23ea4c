"""The draft's own reference list: its entries, by number, by label, and by author and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .authors import surname
from .blocks import Block, ReadDraft

_NUMBERED = re.compile(
    r"(?:\\?\[(\d{1,4})\\?\]|\((\d{1,4})\)|\^(\d{1,4})\^|<sup>(\d{1,4})</sup>|(\d{1,4})\s?[.):]|(\d{1,4})(?=\s+[^\W\d_a-z]))\s*"
)
_RAISED = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})\s*")
_LABELLED = re.compile(r"\[\^?([\w-]{1,30})\]:\s*")
_UNRAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BULLET = re.compile(r"[-*•–]\s+")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>“”\[\]{}|]{1,200}")
_PMID = re.compile(
    r"\bPMID\s{0,2}:?\s{0,2}(\d{4,9})|pubmed\.ncbi\.nlm\.nih\.gov/(\d{4,9})|ncbi\.nlm\.nih\.gov/pubmed/(\d{4,9})|\b(PMC\d{5,9})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)([a-z]?)(?![\d/-])")
_NAME = re.compile(
    r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|al|bin|ter|ten|dos|du)\s){0,3}[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+){0,3}"
)
_WORD = re.compile(r"[^\W_]+")
_NAMES_WITHIN = 160
"""Characters from the start of an entry in which its authors stand."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a reference list. ``names`` are the surnames at its start (lower case), ``years`` those it gives, with their letters."""

    text: str
    doi: str = ""
    pmid: str = ""
    names: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(slots=True)
class References:
    """A reference list: entries by their number or label, and all in order."""

    by_label: dict[str, Reference] = field(default_factory=dict)
    entries: list[Reference] = field(default_factory=list)
    _by_name: dict[str, list[Reference]] = field(default_factory=dict)

    def add(self, label: str | None, reference: Reference) -> None:
        """Add an entry; of two with one number the first stays."""
        self.entries.append(reference)
        if label is not None:
            self.by_label.setdefault(label, reference)
        for name in reference.names[:3]:
            self._by_name.setdefault(name, []).append(reference)

    def find(self, names: Sequence[str], year: str) -> list[Reference]:
        """The entries of a first author (surname, lower case) and a year; without a year all of the author's."""
        named = [r for r in self._by_name.get(names[0], []) if names[0] in r.names[:2]] if names else []
        if not year or not year[:1].isdigit():
            return named
        exact = [r for r in named if year in r.years]
        return exact or [r for r in named if year[:4] in {y[:4] for y in r.years}]

    @property
    def surnames(self) -> set[str]:
        """The surnames of all first authors."""
        return {name for reference in self.entries for name in reference.names[:2]}


def parse_reference(text: str) -> Reference:
    """An entry, whatever its style, without its number."""
    doi = _DOI.search(text)
    without = text.replace(doi.group(), " ") if doi else text
    pmid = _PMID.search(text)
    names = tuple(surname(m.group()) for m in _NAME.finditer(text[:_NAMES_WITHIN]))
    years = tuple(dict.fromkeys("".join(m.groups()) for m in _YEAR.finditer(without)))
    identifier = doi.group().rstrip(".,;:*_`)").lower() if doi else ""
    found = next(filter(None, pmid.groups()), "") if pmid else ""
    return Reference(text, identifier, found, names, years, frozenset(w.lower() for w in _WORD.findall(text)))


def read_references(draft: ReadDraft) -> References:
    """The reference list of a draft. Entries without a number get one by their order, where no entry has one."""
    references = References()
    entries = list(_entries(draft))
    numbers = [number for number, _ in entries]
    # "1." on every line is how Markdown may write a list, and a word processor numbers by itself: both count by order.
    by_order = not any(numbers) or (len(entries) > 2 and len({n for n in numbers if n}) == 1)
    for order, (number, text) in enumerate(entries, start=1):
        references.add(str(order) if by_order else number, parse_reference(text))
    return references


def _entries(draft: ReadDraft) -> Iterator[tuple[str | None, str]]:
    """(number or label, text) of each entry. Lines without a number carry on the entry before where the list is numbered."""
    noted = {note.start for note in draft.notes}  # a footnote is no entry of a list: its mark says what it belongs to
    blocks = [b for b in draft.blocks if b.role == "references" and b.start not in noted]
    read = [_labelled(draft.text, block) for block in blocks]
    numbered = sum(label is not None for label, _ in read) >= 0.5 * len(read) if read else False
    label: str | None = None
    parts: list[str] = []
    for (number, text), block in zip(read, blocks, strict=True):
        begins = number is not None if numbered and draft.kind != "docx" else not _carries_on(draft.text, block, parts)
        if begins and parts:
            yield label, " ".join(parts)
            parts = []
        if begins or not parts:
            label = number
        parts.append(text)
    if parts:
        yield label, " ".join(parts)


def _labelled(text: str, block: Block) -> tuple[str | None, str]:
    words = text[block.start : block.end]
    if match := _LABELLED.match(words):
        return match.group(1), words[match.end() :]
    if match := _RAISED.match(words):
        return match.group(1).translate(_UNRAISED), words[match.end() :]
    if match := _NUMBERED.match(words):
        return str(int(next(filter(None, match.groups())))), words[match.end() :]
    before = text[max(0, block.start - 8) : block.start].rsplit("\n", 1)[-1]
    if match := re.search(r"(\d{1,4})[.)]\s+$", before):
        return str(int(match.group(1))), words  # the reader of Markdown or of lists left the number before the block
    bullet = _BULLET.match(words)
    return None, words[bullet.end() :] if bullet else words


def _carries_on(text: str, block: Block, parts: Sequence[str]) -> bool:
    """Whether an unnumbered line is the rest of the entry before it: it stands right below, and that entry lacks its end."""
    if not parts:
        return False
    gap = text[max(0, block.start - 60) : block.start]
    apart = gap.rstrip(" \t").endswith("\n\n") or re.search(r"\n\s*\n\s*$", gap) is not None
    start = text[block.start : block.start + 2]
    return not apart and (start[:1].islower() or start[:1].isdigit() or not re.search(r"[.\d/)]$", parts[-1].rstrip()))
