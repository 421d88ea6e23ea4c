"""JATS XML, as publishers and PubMed Central give it: sections, captions, the list of references apart.

Cells of tables, supplementary files, author notes and reviewers' reports (``sub-article``) are left out: they hold none of its sentences.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..text import Source
from .build import LayoutBuilder, raised, raised_citation
from .jats_facts import read_facts
from .layout import Layout
from .markup import Element, all_text, entity_text, local

_FLOATS = {"fig", "table-wrap", "fig-group", "table-wrap-group", "boxed-text", "chem-struct-wrap"}
_BLOCKS = {"list", "def-list", "disp-quote", "verse-group", "sec", "statement"}
_SILENT = {
    "fn", "table", "table-wrap-foot", "graphic", "media", "inline-graphic", "tex-math", "supplementary-material", "object-id", "alt-text",
    "long-desc", "attrib", "permissions", "label", "processing-meta", "milestone-start", "milestone-end", "index-term",
}  # fmt: skip
_NUMBERS = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")
_MARKS = {"fn", "table-fn", "aff", "corresp"}
"""Kinds of references whose text is a mark of a footnote."""
_BACK = {"ack": "Acknowledgements", "app-group": "", "glossary": "Abbreviations", "sec": "", "notes": ""}


def read_jats(root: Element) -> Layout:
    """The layout of one ``<article>``.

    Raises:
        ValueError: it has no body text.
    """
    facts = read_facts(root)
    return _Reader(root, facts).read()


class _Reader:
    def __init__(self, root: Element, facts: Source) -> None:
        self._root = root
        self._facts = facts
        self._builder = LayoutBuilder()

    def read(self) -> Layout:
        builder, root = self._builder, self._root
        title = root.find("front/article-meta/title-group/article-title")
        builder.title(inline(title) if title is not None else "")
        for abstract in root.findall("front/article-meta/abstract"):
            if abstract.get("abstract-type") not in ("graphical", "toc", "web-summary"):
                self._container(abstract, 1, "Abstract")
        for body in root.findall("body"):
            self._children(body, 1)
            builder.leave(1)
        back = root.find("back")
        for part in back if back is not None else ():
            if local(part) in _BACK:
                self._container(part, 1, _BACK[local(part)])
        for floats in root.findall("floats-group"):
            for item in floats:
                self._float(item)
        for references in root.iter("ref-list"):
            if references.find("ref") is not None and not any(local(a) == "sub-article" for a in references.iterancestors()):
                builder.references(all_text(references.find("title")), (reference(ref) for ref in references.findall("ref")))
        return builder.finish(replace(self._facts, title=builder.title_text or self._facts.title))

    def _container(self, element: Element, level: int, default: str = "") -> None:
        """A section: its title, or the default where it has none, and what it holds."""
        title = element.find("title")
        name = " ".join(filter(None, (all_text(element.find("label")), inline(title) if title is not None else ""))) or default
        if name:
            self._builder.heading(name, level)
        self._children(element, level + 1 if name else level)
        if name:
            self._builder.leave(level)

    def _children(self, element: Element, level: int) -> None:
        for child in element:
            name = local(child)
            if name in ("sec", "app", "app-group"):
                self._container(child, level)
            elif name == "p":
                self._paragraph(child)
            elif name in _FLOATS:
                self._float(child)
            elif name in _BLOCKS or name == "fn-group":
                self._block(child)
            elif name == "disp-formula":
                self._builder.paragraph(inline(child))

    def _paragraph(self, element: Element) -> None:
        """A paragraph; lists and quotations within it are paragraphs of their own, floats come after it."""
        text, floats = "", []
        for piece in _pieces(element):
            if isinstance(piece, str):
                text += piece
            elif local(piece) in _FLOATS:
                floats.append(piece)
            else:
                self._builder.paragraph(text)
                text = ""
                self._block(piece)
        self._builder.paragraph(text)
        for item in floats:
            self._float(item)

    def _block(self, element: Element) -> None:
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "def-item":
                term, meaning = child.find("term"), child.find("def")
                if term is not None and meaning is not None:
                    self._builder.paragraph(f"{inline(term).strip().rstrip(':')}: {' '.join(inline(p) for p in meaning)}")
            elif name in _BLOCKS or name in ("list-item", "fn"):
                self._block(child)
            elif name in _FLOATS:
                self._float(child)

    def _float(self, element: Element) -> None:
        """The caption of a figure or a table; boxed text is a section with its paragraphs."""
        name = local(element)
        if name == "boxed-text":
            title = element.find("caption/title")
            self._builder.caption(inline(title) if title is not None else "Box", [inline(p) for p in element.iter("p")])
            return
        if name.endswith("-group"):
            for child in element:
                if local(child) in _FLOATS:
                    self._float(child)
            return
        caption = element.find("caption")
        if caption is None or name not in _FLOATS:
            return
        default = "Table" if name == "table-wrap" else "Figure"
        parts = [inline(part) for part in caption if local(part) in ("title", "p")]
        self._builder.caption(all_text(element.find("label")) or default, parts)


def reference(ref: Element) -> str:
    """An entry of the list of references: its number, if it has one, and what is cited, in the file's order."""
    label = all_text(ref.find("label"))
    parts = [
        _citation(child) for child in ref if local(child) in ("mixed-citation", "element-citation", "citation", "nlm-citation", "note", "p")
    ]
    return " ".join(filter(None, [f"{label.rstrip('.')}." if label else "", *parts]))


def _citation(element: Element) -> str:
    if (element.text or "").strip() or any((child.tail or "").strip(" ,.;\n\t") for child in element):
        return all_text(element)  # punctuated by the publisher
    names = [
        " ".join(filter(None, (all_text(n.find("surname")), all_text(n.find("given-names"))))) for n in element.iter("name", "string-name")
    ]
    said = {local(child): all_text(child) for child in element if local(child) not in ("person-group", "name", "string-name", "pub-id")}
    journal = " ".join(filter(None, (said.get("source"), said.get("year"))))
    place = "".join(
        (said.get("volume", ""), f"({said['issue']})" if said.get("issue") else "", f":{said['fpage']}" if said.get("fpage") else "",
         f"-{said['lpage']}" if said.get("fpage") and said.get("lpage") else "")
    )  # fmt: skip
    ids = [
        f"{child.get('pub-id-type')}:{all_text(child)}" for child in element.iter("pub-id") if child.get("pub-id-type") in ("doi", "pmid")
    ]
    title = said.get("article-title") or said.get("chapter-title")
    return ". ".join(filter(None, (", ".join(names), title, ";".join(filter(None, (journal, place))), *ids, said.get("comment"))))


def inline(element: Element) -> str:
    """The running text of an element, without the blocks within it."""
    return "".join(piece for piece in _pieces(element) if isinstance(piece, str))


def _pieces(element: Element) -> list[str | Element]:
    """Stretches of running text, and the blocks between them."""
    pieces: list[str | Element] = []
    _walk(element, pieces)
    return pieces


def _walk(element: Element, pieces: list[str | Element]) -> None:
    pieces.append(element.text or "")
    for child in element:
        name = local(child)
        if not name:
            pieces.append(entity_text(child))
        elif name in _FLOATS or name in _BLOCKS:
            pieces.append(child)
        elif name in ("sup", "xref") and _cites(child):
            before, text = _before(pieces), all_text(child)
            is_raised = name == "sup" or child.find("sup") is not None or (_NUMBERS.fullmatch(text) and _is_glued(before))
            pieces.append(raised_citation(before, text) if is_raised else text)
        elif name == "sup":
            pieces.append(raised(inline(child)))
        elif name == "break":
            pieces.append(" ")
        elif name not in _SILENT and not (name == "xref" and child.get("ref-type") in _MARKS):
            _walk(child, pieces)
        pieces.append(child.tail or "")


def _before(pieces: list[str | Element]) -> str:
    return "".join(piece for piece in pieces[-12:] if isinstance(piece, str))


def _is_glued(before: str) -> bool:
    """Whether a number that came next would run into a word or a stop: then only its style raised it."""
    inside = before.rfind("[") > before.rfind("]") or before.rfind("(") > before.rfind(")")
    return bool(before) and not before[-1].isspace() and not inside


def _cites(element: Element) -> bool:
    return any(reference.get("ref-type") == "bibr" for reference in element.iter("xref"))
