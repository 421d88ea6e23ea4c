"""What a file is by its first bytes, so that a wrong extension is named rather than read as rubbish."""

from __future__ import annotations

import re

_HEAD = 2048
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (.docx, .xlsx or .zip)"),
    (b"\xd0\xcf\x11\xe0", "an Office file of the old kind, or an encrypted one"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"GIF8", "an image"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)
_MARKUP = re.compile(rb"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+)?([a-z][\w:-]*)", re.IGNORECASE | re.DOTALL)
_EXPECTED = {
    ".pdf": {"a PDF"},
    ".docx": {"a ZIP archive (.docx, .xlsx or .zip)", "an Office file of the old kind, or an encrypted one"},
    ".xml": {"XML"},
    ".nxml": {"XML"},
    ".html": {"HTML", "XML", "text"},
    ".htm": {"HTML", "XML", "text"},
    ".xhtml": {"HTML", "XML", "text"},
}


def kind_of(data: bytes) -> str:
    """In words: "a PDF", "HTML", "XML", an archive or an image, "text" for whatever has no sign."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if b"%PDF-" in head[:1024]:
        return "a PDF"  # the standard allows for some bytes before it
    markup = _MARKUP.match(head)
    if markup:
        return "HTML" if markup.group(2).lower() == b"html" else "XML" if markup.group(1) or head.lstrip().startswith(b"<?xml") else "text"
    return "text"


def mismatch(suffix: str, data: bytes) -> str | None:
    """What is wrong with a file whose content is not what its extension says, in words that follow its name; None where it may be right."""
    kind = kind_of(data)
    expected = _EXPECTED.get(suffix, {"text"})
    if kind in expected or (kind == "text" and not data.strip()):
        return None
    if suffix in (".xml", ".nxml") and data.lstrip()[:1] == b"<":
        return None  # the parser says it better
    wanted = {".pdf": "a PDF", ".docx": "a Word document", ".xml": "XML", ".nxml": "XML"}.get(suffix, "text")
    return f"is called {suffix}, but is {kind if kind != 'text' else 'not ' + wanted}; give it the extension of what it is"
