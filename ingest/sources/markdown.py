"""Markdown (CommonMark with tables): the text that a reader sees. Code, images, HTML and the cells of tables are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..text import Source
from .build import LayoutBuilder, clean, raised
from .jats_facts import licence_of
from .layout import Layout, facts
from .plain import REFERENCES, decode

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---\s*\n(.*?\n)(?:---|\.\.\.)\s*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"(\w+)\s*:\s*(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")


def read_markdown(data: bytes) -> Layout:
    """The layout of a Markdown text. Front matter (``title``, ``authors``, ``year`` or ``date``, ``journal``, ``doi`` ...) is its record.

    Raises:
        ValueError: it is empty, binary, not UTF-8, or holds no text.
    """
    from markdown_it import MarkdownIt

    text = decode(data)
    front = _FRONT.match(text)
    said = _front_matter(front.group(1)) if front else {}
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    builder = LayoutBuilder()
    title = _first(said, "title")
    builder.title(title)
    entries: list[str] | None = None
    heading, skip = "", ""
    for number, token in enumerate(tokens):
        if skip:
            skip = "" if token.type == skip else skip
        elif token.type == "table_open":
            skip = "table_close"
        elif token.type == "inline":
            words = _visible(token)
            opener = tokens[number - 1]
            if opener.type != "heading_open":
                if entries is None:
                    builder.paragraph(words)
                else:
                    entries.append(words)
                continue
            if entries is not None:
                builder.references(heading, entries)
                entries = None
            level = int(opener.tag[1:])
            if REFERENCES.fullmatch(words.strip()):
                heading, entries = words, []
            elif level == 1 and not builder.title_text and not builder.position:
                builder.title(words)
            elif clean(words) != builder.title_text:  # the title of the front matter, once more
                builder.heading(words, level)
    if entries is not None:
        builder.references(heading, entries)
    return builder.finish(_facts(said, builder.title_text))


def _visible(token: Token) -> str:
    """The text of a paragraph without its marks; superscript written as HTML keeps its meaning."""
    parts: list[str] = []
    high = False
    for child in token.children or ():
        if child.type == "html_inline":
            high = child.content.lower().startswith("<sup") or (high and not child.content.lower().startswith("</sup"))
        elif child.type in ("text", "code_inline", "text_special"):
            parts.append(raised(child.content) if high else child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)


def _front_matter(block: str) -> dict[str, list[str]]:
    """``key: value`` lines and lists of ``- item``; the rest of YAML is not read."""
    said: dict[str, list[str]] = {}
    last: list[str] = []
    for line in block.splitlines():
        if item := _ITEM.fullmatch(line):
            last.append(_unquoted(item.group(1)))
        elif field := _FIELD.fullmatch(line.strip()):
            value = field.group(2).strip()
            values = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            last = said.setdefault(field.group(1).lower(), [])
            last.extend(v for v in map(_unquoted, values) if v)
    return said


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _first(said: dict[str, list[str]], *names: str) -> str:
    return next((said[name][0] for name in names if said.get(name)), "")


def _facts(said: dict[str, list[str]], title: str | None) -> Source:
    year = re.search(r"\b(?:19|20)\d\d\b", _first(said, "year", "date", "published"))
    licence = _first(said, "licence", "license")
    return facts(
        title,
        authors=tuple(said.get("authors") or said.get("author") or ()),
        journal=_first(said, "journal"),
        year=int(year.group()) if year else None,
        doi=_first(said, "doi"),
        pmid=_first(said, "pmid"),
        pmcid=_first(said, "pmcid"),
        licence=licence_of(licence) or licence,
        type=_first(said, "type"),
        retracted=_first(said, "retracted").lower() == "true",
    )
