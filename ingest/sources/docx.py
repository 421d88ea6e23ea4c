"""Word documents (.docx): paragraphs and headings in order. Cells of tables, footnotes, comments and deleted text are left out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from .build import LayoutBuilder, raised_number
from .layout import Layout, facts
from .markup import Element
from .plain import REFERENCES

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNPACKED = 300_000_000
"""Bytes that an archive may unpack to; a bomb says that it will be more, and Python reads no more than what it says."""
_LEVEL = re.compile(r"Heading (\d)")
_CAPTION = re.compile(r"((?:Table|Figure|Fig\.?|Box)\s+\w{1,4})\s*[.:|–-]?\s+(.*)", re.DOTALL)


def read_docx(data: bytes) -> Layout:
    """The layout of a Word document.

    Raises:
        ValueError: it is none, is encrypted, damaged or too large, or holds no text.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError("is encrypted, or a Word file of the old kind (.doc): save it as .docx without a password")
    document = _open(data)
    builder = LayoutBuilder()
    properties = document.core_properties
    entries: list[str] | None = None
    heading = ""
    for paragraph in document.paragraphs:
        text, style = _text(paragraph), _style(paragraph)
        level = _LEVEL.fullmatch(style)
        if not text.strip():
            continue
        is_list = REFERENCES.fullmatch(text.strip()) is not None
        if level or is_list:
            if entries is not None:
                builder.references(heading, entries)
            heading, entries = (text, []) if is_list else ("", None)
            if entries is None and level:
                builder.heading(text, int(level.group(1)))
        elif entries is not None:
            entries.append(text)
        elif style == "Title" and not builder.position:
            builder.title(text)
        elif style == "Caption" and (caption := _CAPTION.fullmatch(text.strip())):
            builder.caption(caption.group(1), [caption.group(2)])
        else:
            builder.paragraph(text)
    if entries is not None:
        builder.references(heading, entries)
    authors = tuple(name.strip() for name in re.split(r"[;,]", properties.author or "") if name.strip() not in ("", "python-docx"))
    return builder.finish(facts(builder.title_text or properties.title, authors=authors))


def _open(data: bytes):  # type: ignore[no-untyped-def]  # the library's type is of no use outside of this module
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise ValueError("is encrypted: save it without a password")
        if size > _UNPACKED:
            raise ValueError(f"would unpack to {size:,} bytes, at most {_UNPACKED:,}")
        return docx.Document(io.BytesIO(data))
    except ValueError as error:
        raise ValueError(str(error) if str(error).startswith(("is enc", "would")) else "is not a Word document (.docx)") from error
    except Exception as error:  # damaged archives and parts: zipfile, lxml and python-docx each have their own kinds
        raise ValueError(f"is not a Word document (.docx), or is damaged: {str(error)[:100] or type(error).__name__}") from error


def _style(paragraph: Paragraph) -> str:
    try:
        return (paragraph.style.name if paragraph.style is not None else "") or ""
    except (KeyError, AttributeError):
        return ""


def _text(paragraph: Paragraph) -> str:
    """What is shown when all changes are accepted: inserted text too, which the library's own ``text`` passes over."""
    parts: list[str] = []
    for node in paragraph._p.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(above.tag in (f"{_W}moveFrom", f"{_W}del", f"{_W}txbxContent") for above in node.iterancestors()):
            continue
        if node.tag == f"{_W}t":
            text = node.text or ""
            parts.append(raised_number("".join(parts[-3:]), text) if _is_raised(node) else text)
        else:
            parts.append("-" if node.tag == f"{_W}noBreakHyphen" else " ")
    return "".join(parts)


def _is_raised(node: Element) -> bool:
    run = node.getparent()
    mark = run.find(f"{_W}rPr/{_W}vertAlign") if run is not None else None
    return mark is not None and mark.get(f"{_W}val") == "superscript"
