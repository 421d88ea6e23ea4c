"""Plain text to blocks: paragraphs as the corpus reads them, and what drafts have besides: list items, tables drawn with tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pincite.ingest.sources.plain import heading_numbers, paragraph_spans

from .blocks import Block, Span
from .roles import Outline, is_contents_heading, is_references_heading
from .verbs import first_finite

_MARKER = re.compile(r"[ \t]*(?:[-*•‣◦–][ \t]+|\(?\d{1,3}[.)][ \t]+|\(?[a-z][.)][ \t]+)")
_ITEM = re.compile(rf"^{_MARKER.pattern}(?=\S)", re.MULTILINE)
_QUOTED = re.compile(r"[ \t]*>")
_CELL = re.compile(r"[^\t|]+")
_FEWEST_STATED = 5
_FINAL_STOP = (".", "!", "?", ";", ":", ",")


def plain_blocks(text: str) -> Iterator[Block]:
    """The blocks of a plain text, in order."""
    outline = Outline()
    spans = list(paragraph_spans(text))
    heads = heading_numbers(text, spans)
    if len(heads) == len(spans):
        heads = set()  # nothing but short lines: they are what it says
    for number, (start, end) in enumerate(spans):
        words = text[start:end]
        named = is_references_heading(words) or is_contents_heading(words)
        if named or (number in heads and not outline.in_references and not _states(words, first=number == 0)):
            yield outline.heading(text, start, end)
        elif outline.in_references and number in heads and len(words) <= 80 and not any(map(str.isdigit, words)):
            yield outline.heading(text, start, end, level=2)
        else:
            yield from _paragraph(outline, text, start, end)


def _states(words: str, *, first: bool) -> bool:
    """Whether a short line without a final stop states something, so that it is no heading. The first line is the title."""
    tokens = words.split()
    titled = sum(t[0].isupper() for t in tokens) > 0.6 * len(tokens)
    if first or titled or len(tokens) < _FEWEST_STATED or words.endswith(_FINAL_STOP):
        return False
    return first_finite(words) is not None or bool(_MARKER.match(words))


def _paragraph(outline: Outline, text: str, start: int, end: int) -> Iterator[Block]:
    words = text[start:end]
    if outline.in_references:
        for begin, finish in _lines(text, start, end):
            yield outline.block(text, begin, finish, "paragraph")
    elif "\n" not in words and (words.count("\t") >= 2 or words.count("|") >= 2) and not words.rstrip(" \t0123456789").endswith("."):
        for cell in _CELL.finditer(words):
            if cell.group().strip():
                yield outline.block(text, *_trim(text, start + cell.start(), start + cell.end()), "table")
    elif _QUOTED.match(words):
        yield outline.block(text, *_trim(text, start, end), "quote")
    else:
        places = [start, *(start + m.start() for m in _ITEM.finditer(words) if m.start()), end]
        for begin, finish in pairwise(places):
            begin, finish = _trim(text, begin, finish)
            marker = _MARKER.match(text[begin : begin + 12])
            is_item = marker is not None and begin + marker.end() < finish
            block = outline.block(text, begin, finish, "item" if is_item else "paragraph")
            if is_item and marker and block.role == "item":
                block = Block(begin + marker.end(), finish, "item", block.section)
            yield block


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    position = start
    for line in text[start:end].split("\n"):
        span = _trim(text, position, position + len(line))
        if span[0] < span[1]:
            yield span
        position += len(line) + 1


def _trim(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())
