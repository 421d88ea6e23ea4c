"""Finding the quotations of a draft: words in quotation marks, and Markdown's or a word processor's block quotes that quote somebody.

One or two words in quotation marks only keep their distance from a word; they are a quotation where a citation mark follows them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .blocks import PROSE, Block, ReadDraft, Span
from .marks import Mark

SCARE_QUOTES = 2
"""Words up to which quotation marks without a citation are no quotation."""

_LONGEST = 3_000
_PAIRS = re.compile(
    rf"“([^“”]{{1,{_LONGEST}}})”|„([^„“”]{{1,{_LONGEST}}})[“”]|«([^«»]{{1,{_LONGEST}}})»"
    rf"|(?<![\w\d])\"(?=\S)([^\"]{{1,{_LONGEST}}})(?<=\S)\"(?!\w)"
    rf"|(?<!\w)[‘](?=\S)([^‘]{{1,600}}?)(?<=\S)’(?![\w])|(?<![\w])'(?=[^\W\d_])([^'\n]{{1,400}}(?:'[a-z][^'\n]{{0,400}}){{0,4}})(?<=\S)'(?!\w)"
)
_SINGLE = frozenset({5, 6})
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NOT_QUOTED = re.compile(r"(?:note|tip|warning|important|caution|key|summary|info|\[!)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.,;:!?()*_~-]{0,6}(?:\(|\[)?")
_ATTRIBUTED = re.compile(r":[*_\s]*$")
_SIGNED = re.compile(r"\n?[ \t>]*[—–―-]{1,2}\s?[^\n]{2,200}\s*$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """``draft[start:end]`` is the quotation with its marks; ``said`` the words between them, as they stand there.

    ``is_block`` tells a block quote; ``is_certain`` whether its form alone makes it a quotation.
    """

    start: int
    end: int
    said: str
    is_block: bool = False
    is_certain: bool = True


def find_quotations(draft: ReadDraft, marks: Sequence[Mark]) -> list[Quotation]:
    """The quotations of a draft, in order. ``marks`` are its citation marks, in order."""
    found: list[Quotation] = []
    before: Block | None = None
    for block in draft.blocks:
        if block.role in PROSE:
            if block.role == "quote":
                found += _block_quote(draft, block, before, marks)
            else:
                found += _quoted(draft.text, block, marks)
        before = block
    return found


def _quoted(text: str, block: Block, marks: Sequence[Mark]) -> Iterator[Quotation]:
    for match in _PAIRS.finditer(text, block.start, block.end):
        group = match.lastindex or 0
        said = match.group(group)
        words = len(_WORD.findall(said))
        cited = _is_cited(text, match.end(), marks)
        fewest = SCARE_QUOTES if cited else SCARE_QUOTES + 1
        if group in _SINGLE and not cited:
            fewest = SCARE_QUOTES + 2  # apostrophes pair up by chance
        if words >= fewest or (cited and words):
            if said.rstrip().endswith("?") and not cited:
                continue  # a question that someone might ask
            yield Quotation(match.start(), match.end(), said)


def _block_quote(draft: ReadDraft, block: Block, before: Block | None, marks: Sequence[Mark]) -> Iterator[Quotation]:
    start, end = block.start, block.end
    words = draft.text[start:end].lstrip("> \t")
    if _NOT_QUOTED.match(words.lstrip("*_")):
        return
    inner = list(_quoted(draft.text, block, marks))
    if inner:
        yield from inner
        return
    start = end - len(words) if draft.text[start:end].endswith(words) else start
    signed = _SIGNED.search(draft.text[start:end])
    body = start + signed.start() if signed and signed.start() else end
    inside = marks[bisect_left(marks, start, key=lambda m: m.start) : bisect_left(marks, end, key=lambda m: m.start)]
    stop = min([body, *(m.whole[0] for m in inside)])
    stop = start + len(draft.text[start:stop].rstrip(" \t\n>([—–-"))
    introduced = (
        before is not None and before.role == "paragraph" and _ATTRIBUTED.search(draft.text[before.end - 3 : before.end]) is not None
    )
    if _WORD.search(draft.text[start:stop]):
        certain = bool(inside) or introduced or body < end
        yield Quotation(start, stop, draft.text[start:stop], is_block=True, is_certain=certain)


def _is_cited(text: str, end: int, marks: Sequence[Mark]) -> bool:
    gap = _BETWEEN.match(text, end)
    reach = gap.end() if gap else end
    at = bisect_left(marks, end, key=lambda m: m.whole[0])
    return at < len(marks) and marks[at].whole[0] <= reach


def spans(quotations: Sequence[Quotation]) -> list[Span]:
    """Their places."""
    return [(q.start, q.end) for q in quotations]
