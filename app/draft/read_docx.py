"""A .docx to blocks, with ``python-docx``: the text as it would read with all tracked changes accepted, tables and footnotes included.

Every run keeps its number in its part, so that a comment can be put on the run that holds an offset.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from pincite.ingest.errors import UsageError

from .blocks import Block, Note, ReadDraft, Role, Run, Span
from .roles import Outline, is_references_heading
from .verbs import first_finite

LARGEST_UNPACKED = 400_000_000
"""Bytes; an archive that unpacks to more is no manuscript."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({_W + "del", _W + "moveFrom", _W + "pPr", _W + "rPr", _W + "tblPr", _FALLBACK})
_NOTES_OF = {"footnotes": _W + "footnote", "endnotes": _W + "endnote"}
_HEADING_STYLE = re.compile(r"(?:heading\s*(\d)?|title|subtitle)\b", re.IGNORECASE)
_HEADING_WORDS = 12


def read_docx(data: bytes, name: str) -> ReadDraft:
    """Read a .docx that is at hand as bytes.

    Raises:
        UsageError: it is not a .docx, is damaged, or holds no text.
    """
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise UsageError(f"{name}: unpacks to {unpacked:,} bytes; check it in parts")
        document = docx.Document(io.BytesIO(data))
    except UsageError:
        raise
    except Exception as error:  # the archive and XML layers below raise a dozen kinds of errors on damaged files
        raise UsageError(
            f"{name}: is not a Word document (.docx), or is damaged: {error}; open it in a word processor, save it anew"
        ) from error
    reader = _Reader(document)
    reader.read()
    text = "\n".join(reader.parts)
    if not text.strip():
        raise UsageError(f"{name}: holds no text")
    return ReadDraft(
        name,
        text,
        "docx",
        tuple(reader.blocks()),
        tuple(reader.notices()),
        tuple(reader.runs),
        tuple(reader.superscripts),
        tuple(reader.notes()),
    )


class _Reader:
    """Walks the body, then the notes. ``parts`` are the paragraphs' texts; offsets are into them joined by line ends."""

    def __init__(self, document: Any) -> None:
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.superscripts: list[Span] = []
        self._document = document
        self._length = 0
        self._spans: list[tuple[int, int, Role, int]] = []
        """Start, end, role, level of each paragraph."""
        self._marks: list[tuple[str, str, int]] = []
        """Part, id and place of each mark of a note."""
        self._noted: dict[tuple[str, str], Span] = {}
        self._changes = 0
        self._styles = {style.style_id: style.name or "" for style in document.styles}

    def read(self) -> None:
        body = self._document.element
        self._part("document", body, body.body)
        for rel in self._document.part.rels.values():
            kind = rel.reltype.rsplit("/", 1)[-1]
            if kind in _NOTES_OF and not rel.is_external:
                self._notes(kind, rel.target_part.blob)

    def _notes(self, kind: str, blob: bytes) -> None:
        from docx.oxml import parse_xml

        root = parse_xml(blob)
        self._number(root)
        for note in root.iter(_NOTES_OF[kind]):
            if note.get(_W + "type") in {"separator", "continuationSeparator", "continuationNotice"}:
                continue
            start = self._length
            self._blocks(kind, note, "footnote")
            if self._length > start:
                self._noted[kind, note.get(_W + "id") or ""] = (start, self._length - 1)

    def _part(self, part: str, root: Any, body: Any) -> None:
        self._number(root)
        self._blocks(part, body, "paragraph")

    def _number(self, root: Any) -> None:
        self._index = {run: number for number, run in enumerate(root.iter(_W + "r"))}

    def _blocks(self, part: str, parent: Any, role: Role) -> None:
        """Paragraphs and tables below an element, in order, whatever wraps them."""
        for child in parent.iterchildren():
            if child.tag == _W + "p":
                self._paragraph(part, child, role)
            elif child.tag == _W + "tbl":
                self._blocks(part, child, "table")
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                self._blocks(part, child, role)

    def _paragraph(self, part: str, paragraph: Any, role: Role) -> None:
        start, pieces = self._length, list[str]()
        boxes: list[Any] = []
        at = start
        for run, text, superscript in self._pieces(paragraph, boxes):
            if run is not None and run.tag != _W + "r":
                kind = "footnotes" if run.tag == _W + "footnoteReference" else "endnotes"
                self._marks.append((kind, run.get(_W + "id") or "", at))
                continue
            if not text:
                continue
            if run is not None:
                self.runs.append(Run(at, at + len(text), part, self._index[run]))
            if superscript:
                if self.superscripts and self.superscripts[-1][1] == at:
                    self.superscripts[-1] = (self.superscripts[-1][0], at + len(text))
                else:
                    self.superscripts.append((at, at + len(text)))
            pieces.append(text)
            at += len(text)
        self.parts.append("".join(pieces))
        self._length = at + 1
        if self.parts[-1].strip():
            role, level = self._role(paragraph, self.parts[-1], role)
            self._spans.append((start, at, role, level))
        for box in boxes:
            self._blocks(part, box, role if role != "heading" else "paragraph")

    def _pieces(self, element: Any, boxes: list[Any]) -> Iterator[tuple[Any, str, bool]]:
        """(run, text, superscript) below an element; deleted text is passed over. Marks of notes come as themselves."""
        for child in element.iterchildren():
            tag = child.tag
            if tag in _SKIPPED:
                self._changes += tag in {_W + "del", _W + "moveFrom"}
            elif tag == _W + "r":
                self._changes += element.tag == _W + "ins"
                yield from self._run(child, boxes)
            elif tag == _M + "t":
                yield None, child.text or "", False
            elif isinstance(tag, str):
                yield from self._pieces(child, boxes)

    def _run(self, run: Any, boxes: list[Any]) -> Iterator[tuple[Any, str, bool]]:
        properties = run.find(_W + "rPr")
        raised = properties is not None and (v := properties.find(_W + "vertAlign")) is not None and v.get(_W + "val") == "superscript"
        text = ""
        for child in run.iterchildren():
            if child.tag == _W + "t":
                text += (child.text or "").replace("\n", " ")
            elif child.tag in {_W + "tab", _W + "ptab"}:
                text += "\t"
            elif child.tag in {_W + "br", _W + "cr"}:
                text += " "  # a line end within a paragraph must not look like a new paragraph
            elif child.tag == _W + "noBreakHyphen":
                text += "-"
            elif child.tag in {_W + "footnoteReference", _W + "endnoteReference"}:
                yield run, text, raised
                yield child, "", False
                text = ""
            elif child.tag != _FALLBACK:
                boxes.extend(box for box in child.iter(_W + "txbxContent") if not any(a.tag == _FALLBACK for a in box.iterancestors()))
        yield run, text, raised

    def _role(self, paragraph: Any, words: str, role: Role) -> tuple[Role, int]:
        properties = paragraph.find(_W + "pPr")
        find = (lambda tag: None) if properties is None else (lambda tag: properties.find(_W + tag))
        style = find("pStyle")
        name = self._styles.get(style.get(_W + "val"), "") if style is not None else ""
        lower, outline = name.lower(), find("outlineLvl")
        if role != "paragraph":
            return role, 0
        if lower.startswith("toc"):
            return "contents", 0
        if heading := _HEADING_STYLE.match(name):
            return "heading", int(heading.group(1) or 1)
        if outline is not None and (outline.get(_W + "val") or "9") < "9":
            return "heading", int(outline.get(_W + "val")) + 1
        if is_references_heading(words) or self._looks_like_heading(paragraph, words):
            return "heading", 2
        if "caption" in lower:
            return "caption", 0
        if "quote" in lower:
            return "quote", 0
        if "bibliography" in lower:
            return "references", 0
        return ("item" if find("numPr") is not None or "list" in lower else "paragraph"), 0

    def _looks_like_heading(self, paragraph: Any, words: str) -> bool:
        """A short line in bold type without a final stop: headings that were made by hand."""
        tokens = words.split()
        if not 0 < len(tokens) <= _HEADING_WORDS or words.rstrip()[-1] in ".!?;,:" or not words.strip()[0].isupper():
            return False
        texts = [run for run in paragraph.iter(_W + "r") if any((t.text or "").strip() for t in run.iter(_W + "t"))]
        bold = [run.find(f"{_W}rPr/{_W}b") for run in texts]
        return bool(bold) and all(b is not None and b.get(_W + "val") not in {"0", "false"} for b in bold) and first_finite(words) is None

    def blocks(self) -> Iterator[Block]:
        outline, text = Outline(), "\n".join(self.parts)
        for start, end, role, level in self._spans:
            part = text[start:end]
            start, end = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
            if role == "heading":
                yield outline.heading(text, start, end, level)
            else:
                yield outline.block(text, start, end, role, known=role in {"contents", "references"})

    def notes(self) -> Iterator[Note]:
        for kind, id, at in self._marks:
            if span := self._noted.get((kind, id)):
                yield Note(at, *span)

    def notices(self) -> Iterator[str]:
        if self._changes:
            yield "The draft has tracked changes: it was read as if all were accepted (insertions read, deletions not)."
