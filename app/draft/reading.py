"""Reading a draft: a text, a Markdown file or a .docx, from a file or from standard input. Nothing in it is run, fetched or obeyed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pincite.ingest.errors import UsageError

from .blocks import Block, Kind, Note, ReadDraft, Role, Run, Span

__all__ = ["LARGEST", "Block", "Kind", "Note", "ReadDraft", "Role", "Run", "Span", "draft_from_text", "read_bytes", "read_draft"]

LARGEST = 50_000_000
"""Bytes; a larger file is refused rather than read into memory."""
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"})
_OTHER = {
    ".doc": "save it as .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".pdf": "give the document that it was made from (.docx, .md or .txt)",
    ".html": "save it as .docx or as text",
    ".tex": "save it as Markdown or text",
}
_ZIP = b"PK\x03\x04"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY = 0.1
"""Share of control characters from which a file is no text."""
_LOOKS_MARKDOWN = re.compile(r"^(?:#{1,6}[ \t]+\S|```|~~~)|\*\*[^*\n]{1,200}\*\*|\[[^\[\]\n]{1,200}\]\(https?://", re.MULTILINE)


def read_draft(path: str | Path) -> ReadDraft:
    """Read a draft.

    Args:
        path: a .txt, .md or .docx file (any other extension is read as text), or "-" for standard input.

    Raises:
        UsageError: it is missing, empty, too large, binary, not UTF-8, or not what its extension says.
    """
    if str(path) == "-":
        return read_bytes(sys.stdin.buffer.read(LARGEST + 1), "standard input", "")
    file = Path(path)
    shown = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    suffix = file.suffix.lower()
    if suffix in _OTHER:
        raise UsageError(f"{shown}: {suffix} files cannot be read; {_OTHER[suffix]}")
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{shown}: cannot be read ({reason}); give a .txt, .md or .docx file, or - for standard input") from error
    return read_bytes(data, shown, suffix)


def read_bytes(data: bytes, name: str, suffix: str) -> ReadDraft:
    """Read a draft that is at hand as bytes. ``suffix`` is its extension with the dot, or "" where there is none.

    Raises:
        UsageError: as ``read_draft``.
    """
    if len(data) > LARGEST:
        raise UsageError(f"{name}: is larger than {LARGEST:,} bytes; check it in parts")
    if not data.strip():
        raise UsageError(f"{name}: is empty")
    if suffix == ".docx" or (not suffix and data.startswith(_ZIP)):
        from .read_docx import read_docx

        return read_docx(data, name)
    return draft_from_text(_decode(data, name), name, "markdown" if suffix in _MARKDOWN else None)


def draft_from_text(text: str, name: str = "draft", kind: Kind | None = None) -> ReadDraft:
    """A draft from its text. Without a kind, text that carries Markdown's headings, bold type, fences or links is read as Markdown.

    Raises:
        UsageError: the text is empty.
    """
    if not text.strip():
        raise UsageError(f"{name}: is empty")
    if kind == "markdown" or (kind is None and _LOOKS_MARKDOWN.search(text)):
        from .read_markdown import markdown_blocks

        return ReadDraft(name, text, "markdown", tuple(markdown_blocks(text)))
    from .read_plain import plain_blocks

    return ReadDraft(name, text, "text", tuple(plain_blocks(text)))


def _decode(data: bytes, name: str) -> str:
    if data.startswith(_ZIP):
        raise UsageError(f"{name}: is a zip archive or an office document, not text; a Word document must be named .docx")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is not UTF-8 text: byte {error.start} is 0x{data[error.start]:02x}; save it as UTF-8") from error
    if len(_CONTROL.findall(text)) > _BINARY * len(text):
        raise UsageError(f"{name}: is not a text file, it holds mostly control characters; give a .txt, .md or .docx file")
    return text
