"""A draft as HTML with its claims, citations and quotations marked. Its text is all there, in order, and nothing else is added to it.

Layout (a Markdown list's dash, a table's bars) is shown, in a softer colour. Marks may lie in one another or overlap; a mark that
another one's end cuts goes on in a second element, and its sign stands where it ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape
from pincite.app.web.marks import shape

from .blocks import Block
from .listing import WORDS, Item

_SHORT = 30
"""Characters of a citation mark that is kept on one line."""
_STOP = re.compile(r"[.,;:!?)\]”’\"']{1,3}(?!\w)")
_TAIL = re.compile(r"\S{1,24}\Z")
"""The last word, which is kept on one line with the sign after it unless it is a very long one."""


def shown(text: str) -> str:
    """Text for a page, character for character: what is invisible or could turn the reading direction around is shown as a replacement.

    Line ends are written as browsers count them.
    """
    return "".join("\ufffd" if _unfit(c) else c for c in text.replace("\r\n", "\n").replace("\r", "\n"))


def _unfit(character: str) -> bool:
    code = ord(character)
    return (
        (code < 32 and character not in "\n\t")
        or 0x7F <= code < 0xA0
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
        or code & 0xFFFE == 0xFFFE
    )


def marked(text: str, listed: Sequence[Item], blocks: Sequence[Block] = ()) -> Markup:
    """The draft, a paragraph an element.

    Args:
        text: the draft as it was read.
        listed: what to mark, in order.
        blocks: what its stretches are; without them every line is a paragraph.
    """
    waiting = [item for item in listed if item.end > item.start]
    current: list[Item] = []
    parts = []
    at = 0
    for start, end, role in _rows(text, blocks):
        while at < len(waiting) and waiting[at].start < end:
            current.append(waiting[at])
            at += 1
        current = [item for item in current if item.end > start]
        parts.append(Markup('<div class="row" data-role="{}" dir="auto">').format(role))
        first = bisect_left(blocks, start, key=lambda block: block.start)
        begin = blocks[first].start if first < len(blocks) else end
        if start < begin < end and all(item.start >= begin for item in current):
            parts.append(Markup('<span class="layout">{}</span>').format(shown(text[start:begin])))
            start = begin
        parts += _row(text, start, end, current)
        parts.append(Markup("</div>"))
    return Markup("").join(parts)


def _rows(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """Stretches that cover the text. One begins with the line that a block begins on; blocks on one line share it."""
    starts: list[tuple[int, str]] = []
    last = 0
    for block in blocks:
        line = text.rfind("\n", 0, block.start) + 1
        if line >= last:
            starts += _lines(text, last, line)
            starts.append((line, block.role))
        last = block.end
    starts += _lines(text, last, len(text))
    roles = [role for _, role in starts] or ["layout"]
    borders = [0, *(start for start, _ in starts[1:]), len(text)]  # what is before the first line goes with it
    for (start, end), role in zip(pairwise(borders), roles, strict=True):
        if end > start:
            yield start, end, role


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The whole lines between, that are in no block and have something in them."""
    if start:  # what is left of the line before belongs to that one
        start = text.find("\n", start, end) + 1 or end
    while start < end:
        stop = text.find("\n", start, end) + 1 or end
        if text[start:stop].strip():
            yield start, "layout"
        start = stop


@dataclass(frozen=True, slots=True)
class _Line:
    """A short citation and the stop or comma after it, which belong on one line."""

    start: int
    end: int
    n: int


def _row(text: str, start: int, end: int, current: Sequence[Item]) -> Iterator[Markup]:
    spans: list[Item | _Line] = [*current, *_kept_together(text, end, current)]
    borders = sorted({start, end, *(p for span in spans for p in (span.start, span.end) if start < p < end)})
    stack: list[Item | _Line] = []
    for left, right in pairwise(borders):
        for span in sorted((s for s in spans if s not in stack and s.start <= left < s.end), key=lambda s: (-s.end, s.n)):
            stack.append(span)
            yield _open(span, left)
        ending = [span for span in stack if span.end == right]
        items = [span for span in ending if isinstance(span, Item)]
        piece = text[left:right]
        tail = found.group() if items and (found := _TAIL.search(piece)) else ""
        yield escape(shown(piece[: len(piece) - len(tail)]))
        inner = items[-1] if items and not any(isinstance(s, Item) for s in stack[stack.index(items[-1]) + 1 :]) else None
        if inner:
            yield Markup('<span class="tail">{}{}</span>').format(shown(tail), _sign(inner))
        else:
            yield escape(shown(tail))
        again = []
        while any(span in stack for span in ending):  # what only lies in the way goes on in an element of its own
            span = stack.pop()
            if span not in ending:
                again.append(span)
            elif isinstance(span, Item) and span is not inner:
                yield _sign(span)
            yield Markup("</span>")
        for span in reversed(again):
            stack.append(span)
            yield _open(span, right)
    yield Markup("</span>") * len(stack)


def _kept_together(text: str, end: int, current: Sequence[Item]) -> Iterator[_Line]:
    for item in current:
        if _is_short(item) and (stop := _STOP.match(text, item.end, end)):
            yield _Line(item.start, stop.end(), -1)


def _is_short(item: Item) -> bool:
    return item.kind == "citation" and len(item.text) <= _SHORT and "\n" not in item.text


def _open(span: Item | _Line, at: int) -> Markup:
    if isinstance(span, _Line):
        return Markup('<span class="tail">')
    name = Markup(' id="d{}"').format(span.n) if at == span.start else Markup("")
    accepted = Markup(" data-accepted") if span.accepted is not None else Markup("")
    short = Markup(" data-short") if _is_short(span) else Markup("")
    return Markup('<span class="m" data-n="{}" data-name="{}" data-kind="{}"{}{}{}>').format(
        span.n, span.name, span.kind, short, accepted, name
    )


def _sign(item: Item) -> Markup:
    said = f"{item.n}: {WORDS[item.name]}{', accepted' if item.accepted is not None else ''}"
    name = "accepted" if item.accepted is not None else item.name
    return Markup('<a class="sign" href="#e{n}" data-n="{n}" data-name="{of}" aria-label="{said}">{shape}</a>').format(
        n=item.n, of=item.name, said=said, shape=shape(name)
    )
