"""Web pages: the main text, without navigation, banners, related articles and footers.

``trafilatura`` finds the main text. Measured on 15 articles of the development data in four page layouts (semantic elements, nested
``div``, a layout table, sections in ``div``), each with menus, related articles, a cookie banner and a footer; sentences kept, and pieces
of the surroundings let in, of 360:

    =====================  =============  ==========
    extractor              sentences      let in
    =====================  =============  ==========
    **trafilatura 2.3**    1.000          0           (without its fallbacks, which change nothing here)
    ... favouring recall   1.000          45
    ... precision          0.750          0
    readability-lxml 0.8   0.987          30
    =====================  =============  ==========
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..text import Source
from .build import LayoutBuilder, clean, raised_number
from .jats_facts import licence_of
from .layout import Layout, facts
from .markup import Element, local
from .plain import REFERENCES

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = {"p", "item", "quote", "head"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HOLDERS = {"p", "div", "li", "blockquote", "td", "dd", "span", "section", "article"}
_START = 60
"""So many characters of a block tell it from the others of its page."""
Block = tuple[str, str, int]
_TITLES = ("citation_title", "dc.title", "og:title")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date",
    "prism.publicationdate",
    "article:published_time",
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def read_html(data: bytes) -> Layout:
    """The layout of a page's main text; its record is read from ``citation_*``, Dublin Core and Open Graph elements.

    Raises:
        ValueError: it is in no known encoding, or has no main text.
    """
    from lxml import etree, html
    from trafilatura import bare_extraction

    text = _DECLARATION.sub("", decode_page(data), count=1)
    try:
        tree: Element = html.document_fromstring(text)
    except etree.ParserError as error:
        raise ValueError("is empty") from error
    said = _facts(tree)
    found = bare_extraction(text, include_comments=False, include_tables=False, include_formatting=True, fast=True, with_metadata=False)
    body = getattr(found, "body", None)
    if body is None:
        raise ValueError("has no main text: it is made of navigation, or its text is loaded by a program")
    builder = LayoutBuilder()
    builder.title(said.title or clean("".join(tree.xpath("(//h1)[1]//text()"))))
    entries: list[str] | None = None
    heading = ""
    for name, words, level in _with_headings(_blocks(body), tree):
        if name == "head":
            if entries is not None:
                builder.references(heading, entries)
                entries = None
            if REFERENCES.fullmatch(words):
                heading, entries = words, []
            elif words != builder.title_text:
                builder.heading(words, level)
        elif entries is not None:
            entries.append(words)
        elif words != builder.title_text:
            builder.paragraph(words)
    if entries is not None:
        builder.references(heading, entries)
    return builder.finish(_titled(said, builder.title_text))


def decode_page(data: bytes) -> str:
    """A page's bytes as text: UTF-8, or else what the page says of itself.

    Raises:
        ValueError: neither is right.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        named = _CHARSET.search(data[:4000])
        if named:
            try:
                return data.decode(named.group(1).decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                pass
        raise ValueError(f"is in no encoding that it names or that is usual: byte {error.start} is no UTF-8; save it as UTF-8") from error


def _blocks(body: Element) -> list[Block]:
    """(kind, text, level of a heading) of the main text in order; text that stands outside of blocks counts as paragraphs."""
    blocks: list[Block] = []
    loose: list[str] = []

    def close() -> None:
        words = clean("".join(loose))
        loose.clear()
        if words:
            blocks.append(("p", words, 0))

    def walk(element: Element) -> None:
        loose.append(element.text or "")
        for child in element:
            name = local(child)
            if name == "hi" and child.get("rend") == "#sup":
                loose.append(raised_number("".join(loose[-3:]), "".join(child.itertext())))
            elif name == "head":
                close()
                words, rend = clean("".join(child.itertext())), child.get("rend") or "h2"
                if words:
                    blocks.append(("head", words, int(rend[1]) if rend[1:2].isdigit() else 2))
            elif name in ("table", "graphic", "code"):
                pass
            elif name in _BLOCKS or name in ("list", "div"):
                close()
                walk(child)
                close()
            else:
                loose.append(" " if name == "lb" else "")
                walk(child)
            loose.append(child.tail or "")

    walk(body)
    close()
    return blocks


def _with_headings(blocks: list[Block], tree: Element) -> list[Block]:
    """The blocks with the page's own headings before them, where the extractor kept none (it drops them from unusual layouts).

    A heading belongs to the block whose text comes next in the page; one that heads something that is not main text is dropped.
    """
    if any(kind == "head" for kind, _, _ in blocks):
        return blocks
    by_start: dict[str, int] = {}
    for position, (_, words, _) in enumerate(blocks):
        by_start.setdefault(words[:_START], position)
    before: dict[int, list[Block]] = {}
    waiting: list[Block] = []
    for element in tree.iter():
        tag = local(element)
        words = clean("".join(element.itertext())) if tag in _HEADINGS or (tag in _HOLDERS and (element.text or "").strip()) else ""
        if not words:
            continue
        if tag in _HEADINGS:
            waiting.append(("head", words, int(tag[1])))
        else:
            if words[:_START] in by_start:
                before[by_start.pop(words[:_START])] = waiting
            waiting = []
    return [item for position, block in enumerate(blocks) for item in (*before.get(position, ()), block)]


def _facts(tree: Element) -> Source:
    said: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name, value = (meta.get("name") or meta.get("property") or "").lower(), clean(meta.get("content") or "")
        if name and value:
            said.setdefault(name, []).append(value)

    def first(*names: str) -> str:
        return next((said[name][0] for name in names if name in said), "")

    year = re.search(r"\b(?:19|20)\d\d\b", first(*_DATES))
    doi = _DOI.search(first("citation_doi", "dc.identifier", "prism.doi"))
    title = first(*_TITLES)
    return facts(
        title=title,
        authors=tuple(said.get("citation_author") or said.get("dc.creator") or ()),
        journal=first("citation_journal_title", "prism.publicationname"),
        year=int(year.group()) if year else None,
        doi=doi.group() if doi else None,
        pmid=first("citation_pmid"),
        licence=_licence(tree),
        type=first("citation_article_type").lower(),
        retracted=title.lower().startswith("retracted"),
    )


def _licence(tree: Element) -> str | None:
    links = tree.xpath("//a[@rel='license']/@href | //link[@rel='license']/@href | //meta[@name='dc.rights']/@content")
    return next((named for link in links if (named := licence_of(str(link)))), None)


def _titled(said: Source, title: str | None) -> Source:
    return replace(said, title=title or said.title)
