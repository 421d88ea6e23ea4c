"""Markdown to blocks, with ``markdown-it-py``: its tokens say which lines a block takes; the offsets are those of the raw file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .blocks import Block, Role, Span
from .roles import Outline, is_references_heading

_LINE_END = re.compile(r"\r\n|\n|\r")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_CELL = re.compile(r"(?:\\\||[^|])+")
_NOTE = re.compile(r"\[\^?[\w-]{1,30}\]:\s")
_SCRIPT = re.compile(r"\s*<(?:script|style|!--|\?|!\[CDATA)", re.IGNORECASE)
_ONLY_LINK = re.compile(r"\[[^\]]{1,300}\]\(#[^)]{0,300}\)")
_LABEL = re.compile(r"(?:\*\*|__)([^*_\n]{1,120})(?:\*\*|__):?")


def markdown_blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text, in order."""
    outline, lines = Outline(), _line_spans(text)
    front = _FRONT_MATTER.match(text)
    hidden = front.end() if front else 0
    # Definitions such as "[1]: https://doi.org/…" are a reference list here and must not vanish into links.
    parser = MarkdownIt("commonmark").enable("table").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    inside: list[str] = []
    for token in parser.parse(text):
        if token.nesting == 1:
            inside.append(token.type)
        elif token.nesting == -1:
            inside.pop()
        if token.type == "tr_open" and token.map:
            yield from _cells(outline, text, lines[token.map[0]])
        if token.map is None or token.nesting or token.type not in {"inline", "fence", "code_block", "html_block"}:
            continue
        span = _span(text, lines, token)
        if span is None or "td_open" in inside or "th_open" in inside:
            continue
        if span[0] < hidden:
            yield outline.block(text, *span, "code")
            continue
        yield from _block(outline, text, span, token, inside)


def _block(outline: Outline, text: str, span: Span, token: Token, inside: list[str]) -> Iterator[Block]:
    start, end = span
    words = text[start:end]
    if token.type in {"fence", "code_block"} or (token.type == "html_block" and _SCRIPT.match(words)):
        yield outline.block(text, start, end, "code")
    elif inside and inside[-1] == "heading_open":
        yield outline.heading(text, start, end, _level(text, start))
    elif (label := _LABEL.fullmatch(words)) and not outline.in_references and not words.endswith("."):
        yield outline.heading(text, start, end, 7) if not is_references_heading(label.group(1)) else outline.heading(text, start, end, 2)
    elif is_references_heading(words):
        yield outline.heading(text, start, end, 2)
    elif outline.in_references or _NOTE.match(words):
        for begin, finish in _lines(text, start, end):
            yield outline.block(text, begin, finish, "references", known=True)
    elif _ONLY_LINK.fullmatch(words):
        yield outline.block(text, start, end, "contents", known=True)
    else:
        role: Role = "quote" if "blockquote_open" in inside else "item" if "list_item_open" in inside else "paragraph"
        yield outline.block(text, start, end, role)


def _level(text: str, start: int) -> int:
    before = text[max(0, start - 12) : start].rsplit("\n", 1)[-1]
    return before.count("#") or 1


def _cells(outline: Outline, text: str, line: Span) -> Iterator[Block]:
    for cell in _CELL.finditer(text, *line):
        start, end = _trim(text, cell.start(), cell.end())
        if start < end:
            yield outline.block(text, start, end, "table")


def _span(text: str, lines: list[Span], token: Token) -> Span | None:
    """Where a token's content stands in the file: from its first line to its last, without the marks of lists and quotes before it."""
    if token.map is None or token.map[0] >= len(lines):
        return None
    first, last = lines[token.map[0]], lines[min(token.map[1], len(lines)) - 1]
    if token.type != "inline":
        start, end = _trim(text, first[0], last[1])
        return (start, end) if start < end else None
    content = token.content.split("\n")
    if not token.content.strip():
        return None
    last = lines[min(token.map[0] + len(content), len(lines)) - 1]
    opened, closed = _find(text, first, content[0]), _find(text, last, content[-1])
    begin = first[0] if opened is None else opened
    finish = last[1] if closed is None else closed + len(content[-1])
    begin, finish = _trim(text, begin, finish)
    return (begin, finish) if begin < finish else None


def _find(text: str, line: Span, content: str) -> int | None:
    # The parser shows NUL as U+FFFD, of the same length.
    at = text[slice(*line)].replace("\0", "\ufffd").find(content)
    return None if at < 0 else line[0] + at


def _line_spans(text: str) -> list[Span]:
    spans, start = [], 0
    for match in _LINE_END.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(text))]


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for begin, finish in _line_spans(text[start:end]):
        begin, finish = _trim(text, start + begin, start + finish)
        if begin < finish:
            yield begin, finish


def _trim(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())
