"""Plain text: bytes to text, headings, paragraphs and references.

A paragraph is a block between blank lines; where a block's lines are not wrapped to a common width, each line is a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..text import Section, SectionKind
from .layout import Layout, Paragraph

REFERENCES = re.compile(r"(?:\d+\.?\s*)?(?:references?|bibliography|literature cited|works cited)\s*:?", re.IGNORECASE)
SECTION = re.compile(
    r"(?:\d+\.?\s*)?(?:abstract|summary|introduction|background|objectives?|methods|results|discussion|conclusions?)\s*:?", re.IGNORECASE
)
_FINAL_STOP = re.compile(r"[.!?;:,…][\"'”’)\]]*$")
_HEADING_START = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+|[IVX]+\.\s+)?[A-Z]")
_HEADING_WORDS = 12
_LABEL_WORDS = 4
_TITLE_WORDS = 40
_NARROWEST, _WIDEST = 40, 120
"""Between these widths, in characters, text is taken to be wrapped by hand or by a program."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

Span = tuple[int, int]


def read_plain(data: bytes) -> Layout:
    """The layout of a plain text. Line ends become ``\\n`` and a byte order mark is dropped; nothing else is changed.

    Raises:
        ValueError: the file is empty, binary, not UTF-8, or holds nothing but references.
    """
    text = decode(data)
    blocks = list(paragraph_spans(text))
    if not blocks:
        raise ValueError("is empty")
    first_reference = next((i for i in reversed(range(len(blocks))) if REFERENCES.fullmatch(text[slice(*blocks[i])])), len(blocks))
    heads = heading_numbers(text, blocks[:first_reference])
    if len(heads) == first_reference:
        heads = set()  # a text of nothing but short lines: they are what it says

    title: str | None = None
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    name, kind, start = "", "body", blocks[0][0]

    def close(end: int) -> None:
        if start < end:
            sections.append(Section(name, _kind(kind), start, end))

    for number, (begin, end) in enumerate(blocks):
        words = " ".join(text[begin:end].split())
        if number == first_reference:
            close(blocks[number - 1][1] if number else begin)
            name, kind, start = words.rstrip(":"), "references", begin
        elif number in heads:
            if number:
                close(blocks[number - 1][1])
            name, kind, start = words.rstrip(":"), "body", begin
            if number == 0 and not SECTION.fullmatch(words):
                title, kind = words, "title"
        elif number < first_reference:
            if kind == "title":
                close(blocks[number - 1][1])
                name, kind, start = "", "body", begin
            paragraphs.append(Paragraph(begin, end, name))
    close(blocks[-1][1])
    if not paragraphs:
        raise ValueError("holds nothing but references")
    return Layout(text, title, tuple(sections), tuple(paragraphs))


def decode(data: bytes) -> str:
    """Bytes of a text file to text with ``\\n`` line ends.

    Raises:
        ValueError: it is empty, binary or not UTF-8 (the message names the byte).
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 text: byte {error.start} is 0x{data[error.start]:02x}; save it as UTF-8") from error
    control = _CONTROL.search(text)
    if control:
        raise ValueError(f"is not a text file: character {control.start()} is the control character 0x{ord(control.group()):02x}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ValueError("is empty")
    return text


def _kind(kind: str) -> SectionKind:
    return "title" if kind == "title" else "references" if kind == "references" else "body"


def paragraph_spans(text: str) -> Iterator[Span]:
    """The paragraphs' spans in order, headings included, white space trimmed."""
    block: list[Span] = []
    position = 0
    for line in [*text.split("\n"), ""]:
        start = position + len(line) - len(line.lstrip())
        end = position + len(line.rstrip())
        position += len(line) + 1
        if start < end:
            block.append((start, end))
        elif block:
            yield from _split_block(text, block)
            block = []


def _split_block(text: str, lines: list[Span]) -> Iterator[Span]:
    """A block of lines to paragraphs: one where it is wrapped text, else a paragraph a line; headings stand alone."""
    part: list[Span] = []
    for line in lines:
        if not REFERENCES.fullmatch(text[slice(*line)]):
            part.append(line)
            continue
        yield from _split_part(text, part)
        yield line
        part = []
    yield from _split_part(text, part)


def _split_part(text: str, lines: list[Span]) -> Iterator[Span]:
    if not lines:
        return
    width, first = _width(lines), 0
    while first + 1 < len(lines) and _stands_alone(text, lines[first], lines[first + 1], width):
        yield lines[first]
        first += 1
    lines = lines[first:]
    joined = _is_wrapped(text, lines)
    start, end = lines[0]
    for begin, finish in lines[1:]:
        runs_on = text[begin].islower() and not _FINAL_STOP.search(text[max(start, end - 20) : end])
        if not (joined or runs_on):
            yield start, end
            start = begin
        end = finish
    yield start, end


def _stands_alone(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether a line is a heading over the line after it, and not the beginning of a sentence that goes on there."""
    return _is_heading(text[slice(*line)]) and not text[after[0]].islower() and not _is_full(text, line, after, width)


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether the lines were broken to fit a width."""
    width = _width(lines)
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST or all(_is_heading(text[start:end]) for start, end in lines[:-1]):
        return False
    full = sum(_is_full(text, line, after, width) for line, after in pairwise(lines))
    return full >= 0.8 * (len(lines) - 1)


def _width(lines: list[Span]) -> int:
    return max(end - start for start, end in lines)


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the line after would not have fitted on this one."""
    return line[1] - line[0] + 1 + len(text[slice(*after)].split(None, 1)[0]) > width


def _is_heading(words: str) -> bool:
    """Short, with a capital or a number first, without a final stop; a colon may end a very short one."""
    count = len(words.split())
    if words.endswith(":") and count <= _LABEL_WORDS:
        words = words[:-1]
    return bool(_HEADING_START.match(words)) and count <= _HEADING_WORDS and not _FINAL_STOP.search(words)


def _is_title(words: str) -> bool:
    return len(words.split()) <= _TITLE_WORDS and not _FINAL_STOP.search(words) and any(map(str.isalpha, words))


def heading_numbers(text: str, blocks: list[Span]) -> set[int]:
    """Which blocks are headings: short, without a final stop. Three and more in a row are a list, and a list is text."""
    heads: set[int] = set()
    run: list[int] = []
    for number, (start, end) in enumerate(blocks):
        words = text[start:end]
        if number == 0 and _is_title(words):
            heads.add(number)
        elif _is_heading(words):
            run.append(number)
        else:
            heads.update(run if len(run) < 3 else run[-1:])
            run = []
    return heads
