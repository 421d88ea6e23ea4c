"""Lists of numbers as reference marks write them: "1", "1,3–5", "2; 7-9", "14, 15 and 17"."""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBERS = r"\d{1,5}(?:\s{0,2}[-–—−,;]\s{0,2}\d{1,5}){0,60}"
"""A pattern for such a list."""
WIDEST = 200
"""A range over more numbers is no range of references."""

_ENTRY = re.compile(r"(\d{1,5})(?:\s{0,2}[-–—−]\s{0,2}(\d{1,5}))?")


def numbered(text: str) -> bool:
    """Whether a text is such a list and nothing else."""
    return re.fullmatch(rf"[\[(]?{NUMBERS}[\])]?,?", text.strip()) is not None


def spelled(listed: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """The entries of a list: start and end in the text, and the numbers that the entry stands for (a range is one entry)."""
    for match in _ENTRY.finditer(listed):
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        if first < last <= first + WIDEST:
            yield match.start(), match.end(), tuple(range(first, last + 1))
        elif match.group(2) and first != last:
            yield match.start(1), match.end(1), (first,)
            yield match.start(2), match.end(2), (last,)
        else:
            yield match.start(), match.end(), (first,)
