"""From characters with places to lines in reading order: fragments, running heads, columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .build import raised_number

_GAP = 1.0
"""Sizes; a wider gap in a line parts two fragments (columns, cells of a table)."""
_MARGIN = 0.14
"""Of a page's height: running heads and feet stand within it."""
_EXTREME = 3
"""How many lines from the top and from the bottom may be running heads."""
_APART = 1.5
"""Sizes between a running head and the text."""
_SAME_PLACE = 8.0
"""Points."""
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[–-]?\s*(?:\d{1,5}|[ivxl]{1,6})\s*[–-]?(?:\s*(?:of|/)\s*\d{1,5})?", re.IGNORECASE)
_LEAST_SHARE = 0.1
"""Of a page's characters that each side of a gutter must have."""
_FULL = 0.6
"""Prose fills its column: cells of a table do not."""


@dataclass(slots=True)
class Fragment:
    """A run of text on one baseline: left, right and baseline in points from the page's lower left corner; size of its letters."""

    page: int
    height: float
    left: float
    right: float
    base: float
    size: float
    bold: bool
    text: str = ""
    _high: str = field(default="", repr=False)
    _at: float = field(default=-1e9, repr=False)
    _sizes: Counter[float] = field(default_factory=Counter, repr=False)

    def goes_on(self, left: float, base: float, size: float) -> bool:
        """Whether a character at this place belongs to this run; raised and lowered ones do."""
        big = max(self.size, size)
        gap = left - self.right
        # The letters of a ligature all stand at its one place.
        if not -0.5 * big < gap < _GAP * big and abs(left - self._at) > 0.05 * big:
            return False
        shift = abs(base - self.base)
        return shift < 0.15 * big or (shift < 0.55 * big and size < 0.85 * self.size)

    def add(self, character: str, left: float, right: float, base: float, size: float) -> None:
        """Append a character; raised ones are gathered and written so that they change no number."""
        if size < 0.85 * self.size and base - self.base > 0.12 * self.size:
            self._high += character
        else:
            if not self.text and not self._high:
                self.base, self.size = base, size
            self._write_high()
            self.text += character
            self._sizes[size] += 1
        self.right, self._at = max(self.right, right), left

    def space(self) -> None:
        """Append one space, unless there is one."""
        self._write_high()
        if not self.text.endswith(" "):
            self.text += " "

    def closed(self) -> Fragment:
        """The fragment, with nothing left to write; its size is that of most of its letters (a bullet may be smaller)."""
        self._write_high()
        if self._sizes:
            self.size = self._sizes.most_common(1)[0][0]
        self.text = self.text.strip()
        return self

    def _write_high(self) -> None:
        if self._high:
            self.text = self.text.rstrip()  # PDFium puts a space there
            self.text += raised_number(self.text, self._high)
            self._high = ""


@dataclass(slots=True)
class Line:
    """A line of one column, with the column's own left and right edge. ``cells``: it has wide gaps, as a row of a table."""

    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool
    text: str
    column: tuple[float, float]
    cells: bool


def without_running_heads(pages: Sequence[list[Fragment]]) -> list[list[Fragment]]:
    """The pages without what repeats at their top or bottom (numbers apart), and without page numbers."""
    at_edge = [_edges(page) for page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for edges in at_edge:
        keys = {(_shape(f.text), round(f.base / _SAME_PLACE) + shift) for f in edges for shift in (-1, 0, 1)}
        seen.update(keys)
    enough = 2 if len(pages) <= 8 else 3

    def runs(f: Fragment) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(f.text)) or seen[_shape(f.text), round(f.base / _SAME_PLACE)] >= enough

    kept = []
    for page, edges in zip(pages, at_edge, strict=True):
        rows = {round(f.base) for f in edges if runs(f)}
        gone = {id(f) for f in edges if round(f.base) in rows}  # what stands beside a page number is a running head too
        kept.append([f for f in page if id(f) not in gone])
    return kept


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _edges(page: list[Fragment]) -> list[Fragment]:
    """What stands apart at the top and at the bottom: up to three lines, with a gap between them and the text."""
    rows: dict[int, list[Fragment]] = {}
    for f in page:
        rows.setdefault(round(f.base), []).append(f)
    bases = sorted(rows)
    edges: list[Fragment] = []
    for order in (bases, bases[::-1]):
        for count in range(min(_EXTREME, len(order) - 1), 0, -1):
            inner, outer = order[count], order[count - 1]
            edge = [f for base in order[:count] for f in rows[base]]
            apart = abs(inner - outer) > _APART * max(f.size for f in rows[outer])
            if apart and all(min(f.base, f.height - f.base) < _MARGIN * f.height for f in edge):
                edges += edge
                break
    return edges


def reading_order(fragments: list[Fragment]) -> list[Line]:
    """The lines of a page as one reads them: column by column, between what runs across."""
    gutter = _gutter(fragments)
    if gutter is None:
        return _lines(fragments)
    groups: list[tuple[bool, list[Fragment]]] = []
    for f in sorted(fragments, key=lambda f: (-f.base, f.left)):
        across = _crosses(f, gutter)
        if groups and groups[-1][0] == across:
            groups[-1][1].append(f)
        else:
            groups.append((across, [f]))
    lines: list[Line] = []
    full: list[Fragment] = []
    for across, group in groups:
        sides = [f for f in group if f.right <= gutter], [f for f in group if f.right > gutter]
        if across or (full and not (sides[0] and sides[1])):
            full.extend(group)  # a short line below one that runs across goes on with it
            continue
        lines.extend(_lines(full))
        full = []
        for side in sides:
            lines.extend(reading_order(side))
    return lines + _lines(full)


def _crosses(f: Fragment, x: float) -> bool:
    return f.left < x - 1 and f.right > x + 1


def _gutter(fragments: list[Fragment]) -> float | None:
    """The place between two columns, or None where there is one: what leaves most text on both of its sides, and little across."""
    total = sum(len(f.text) for f in fragments)
    if len(fragments) < 6:
        return None
    left, right = min(f.left for f in fragments), max(f.right for f in fragments)
    best: tuple[int, float] | None = None
    for step in range(20, 81):
        x = left + (right - left) * step / 100
        before = sum(len(f.text) for f in fragments if f.right <= x + 1)
        after = sum(len(f.text) for f in fragments if f.left >= x - 1)
        score = min(before, after) - (total - before - after)
        if min(before, after) >= _LEAST_SHARE * total and (best is None or score > best[0]):
            best = (score, x)
    if best is None:
        return None
    x = best[1]
    sides = [f for f in fragments if f.right <= x + 1], [f for f in fragments if f.left >= x - 1]
    # To the middle of the gap, so that a letter that stands out a little crosses nothing.
    x = (max(f.right for f in sides[0]) + min(f.left for f in sides[1])) / 2
    return x if all(_is_prose(side) or (len(side) < len(fragments) and _gutter(side) is not None) for side in sides) else None


def _is_prose(side: list[Fragment]) -> bool:
    width = max(f.right for f in side) - min(f.left for f in side)
    full = sum(len(f.text) for f in side if f.right - f.left >= _FULL * width)
    return len(side) >= 3 and full >= 0.5 * sum(len(f.text) for f in side)


def _lines(fragments: list[Fragment]) -> list[Line]:
    """The lines of one column from top to bottom: fragments on one baseline are one line."""
    if not fragments:
        return []
    column = (min(f.left for f in fragments), max(f.right for f in fragments))
    rows: list[list[Fragment]] = []
    for f in sorted(fragments, key=lambda f: (-f.base, f.left)):
        if rows and abs(rows[-1][0].base - f.base) < 0.3 * max(f.size, rows[-1][0].size):
            rows[-1].append(f)
        else:
            rows.append([f])
    lines = []
    for row in rows:
        row.sort(key=lambda f: f.left)
        gaps = [after.left - before.right for before, after in pairwise(row)]
        main = max(row, key=lambda f: len(f.text))
        wide = [gap for gap in gaps if gap > 2 * main.size]
        text = " ".join(f.text for f in row)
        lines.append(Line(main.page, row[0].left, row[-1].right, main.base, main.size, all(f.bold for f in row), text, column, bool(wide)))
    return lines
