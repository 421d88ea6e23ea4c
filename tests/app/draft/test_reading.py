"""Drafts as files: what they are read as, and what is refused with words that help."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pincite.app.draft.blocks import ReadDraft
from pincite.app.draft.reading import draft_from_text, read_bytes, read_draft
from pincite.ingest.errors import UsageError

MARKDOWN = """---
title: A draft
---
# Magnesium

Pain **fell** after
an infusion.

- one item
- another item

> It remains unclear.

| Drug | Dose |
|------|------|
| oxide | 400 mg |

Figure 1. Pain scores.

```
code
```

<script>alert(1)</script>

## References

1. Urits I, et al. Utilization of magnesium. 2021.
2. Smith J. Another. 2019.

## Appendix

The end.
"""


def roles(draft: ReadDraft) -> list[tuple[str, str]]:
    return [(b.role, draft.text[b.start : b.end]) for b in draft.blocks]


def test_markdown_has_its_blocks_at_their_places_in_the_raw_file() -> None:
    assert roles(draft_from_text(MARKDOWN, kind="markdown")) == [
        ("code", "title: A draft"),
        ("heading", "Magnesium"),
        ("paragraph", "Pain **fell** after\nan infusion."),
        ("item", "one item"),
        ("item", "another item"),
        ("quote", "It remains unclear."),
        ("table", "Drug"),
        ("table", "Dose"),
        ("table", "oxide"),
        ("table", "400 mg"),
        ("caption", "Figure 1. Pain scores."),
        ("code", "```\ncode\n```"),
        ("code", "<script>alert(1)</script>"),
        ("heading", "References"),
        ("references", "Urits I, et al. Utilization of magnesium. 2021."),
        ("references", "Smith J. Another. 2019."),
        ("heading", "Appendix"),
        ("paragraph", "The end."),
    ]


def test_windows_line_ends_keep_the_offsets_of_the_raw_file() -> None:
    raw = MARKDOWN.replace("\n", "\r\n")
    draft = read_bytes(raw.encode(), "a.md", ".md")
    assert draft.text == raw
    assert [t for r, t in roles(draft) if r == "item"] == ["one item", "another item"]


def test_plain_text_has_headings_items_contents_and_references() -> None:
    text = (
        "Magnesium for pain\n\nContents\nIntroduction ........ 1\nResults ....... 3\n\nIntroduction\n\n"
        "Pain fell by half after an infusion of the drug.\n\n"
        "- It lasted for 30 minutes.\n- It did not return.\n\nReferences\n1. Urits I. Utilization. 2021.\n2. Smith J. Another.\n"
    )
    assert [r for r, _ in roles(draft_from_text(text))] == [
        *("heading", "heading", "contents", "contents", "heading", "paragraph", "item", "item", "heading", "references", "references")
    ]


def test_a_reference_without_a_heading_is_a_reference() -> None:
    text = "Pain fell by half.\n\nUrits I, Jung JW, Amgalan A, et al. Utilization of magnesium. Anesthesiol Pain Med. 2021;11(1):e112348.\n"
    assert [r for r, _ in roles(draft_from_text(text))] == ["paragraph", "references"]


@pytest.mark.parametrize(
    ("data", "suffix", "says"),
    [
        (b"", ".md", "is empty"),
        (b" \n\t ", ".txt", "is empty"),
        (b"\x00\x01\x02\x03" * 50, ".txt", "not a text file"),
        (b"Pain fell by \xff half.", ".txt", "byte 13 is 0xff"),
        (b"PK\x03\x04rest", ".txt", "must be named .docx"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, ".docx", "is not a Word document"),
        (b"PK\x03\x04 a damaged archive", ".docx", "is not a Word document"),
        (b"plain text", ".docx", "is not a Word document"),
    ],
)
def test_what_is_no_draft_is_refused(data: bytes, suffix: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_bytes(data, f"draft{suffix}", suffix)


def test_a_zip_that_is_no_document_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(UsageError, match="is not a Word document"):
        read_bytes(buffer.getvalue(), "a.docx", ".docx")


@pytest.mark.parametrize(
    ("name", "says"), [("absent.md", "cannot be read"), ("a.pdf", ".pdf files cannot be read"), ("a\0b.md", "cannot be read")]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_draft(tmp_path / name)


def test_other_encodings_with_a_mark_are_read() -> None:
    assert read_bytes("Pain fell – by ½.".encode("utf-16"), "a.txt", ".txt").text == "Pain fell – by ½."
    assert read_bytes("\ufeffPain fell.".encode(), "a.txt", ".txt").text == "Pain fell."


def word_file() -> bytes:
    """A document with a tracked change, a footnote mark in it, a table, a superscript, a numbered list and a text of two runs."""
    document = docx.Document()
    document.add_heading("Magnesium", 1)
    paragraph = document.add_paragraph("Relief lasted for ")
    change = f"""<w:ins {nsdecls("w")} w:id="1" w:author="A"><w:r><w:t>30 minutes</w:t></w:r></w:ins>"""
    removed = f"""<w:del {nsdecls("w")} w:id="2" w:author="A"><w:r><w:delText>3 hours</w:delText></w:r></w:del>"""
    paragraph._p.append(parse_xml(change))
    paragraph._p.append(parse_xml(removed))
    paragraph.add_run(" in adults.")
    paragraph.add_run("1,2").font.superscript = True
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Magnesium oxide was given by mouth."
    table.cell(0, 1).text = "400 mg"
    document.add_paragraph("It did not help.", style="List Number")
    document.add_paragraph("References")
    document.add_paragraph("Urits I, et al. Utilization of magnesium. 2021.", style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_word_file_reads_as_if_its_changes_were_accepted() -> None:
    draft = read_bytes(word_file(), "a.docx", ".docx")
    assert roles(draft) == [
        ("heading", "Magnesium"),
        ("paragraph", "Relief lasted for 30 minutes in adults.1,2"),
        ("table", "Magnesium oxide was given by mouth."),
        ("table", "400 mg"),
        ("item", "It did not help."),
        ("heading", "References"),
        ("references", "Urits I, et al. Utilization of magnesium. 2021."),
    ]
    assert draft.text == "\n".join(text for _, text in roles(draft))
    assert [draft.text[slice(*span)] for span in draft.superscripts] == ["1,2"]
    assert "tracked changes" in draft.notices[0]


def test_runs_of_a_word_file_are_where_they_say() -> None:
    data = word_file()
    draft = read_bytes(data, "a.docx", ".docx")
    every: list[Any] = list(docx.Document(io.BytesIO(data)).element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"))
    assert draft.runs
    for run in draft.runs:
        assert (
            "".join(t.text for t in every[run.index].iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
            == (draft.text[run.start : run.end])
        )


def test_footnotes_are_read_after_the_body_and_keep_the_place_of_their_mark() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Relief lasted for 30 minutes.")
    mark = f"""<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>"""
    paragraph._p.append(parse_xml(mark))
    buffer = io.BytesIO()
    document.save(buffer)
    draft = read_bytes(_with_footnote(buffer.getvalue(), "Urits I. Utilization of magnesium. doi:10.5812/aapm.112348"), "a.docx", ".docx")
    assert draft.text == "Relief lasted for 30 minutes.\nUrits I. Utilization of magnesium. doi:10.5812/aapm.112348"
    (note,) = draft.notes
    assert (note.at, draft.text[note.start : note.end]) == (29, "Urits I. Utilization of magnesium. doi:10.5812/aapm.112348")


def _with_footnote(data: bytes, text: str) -> bytes:
    """The same file with a part of footnotes, as word processors write it."""
    footnotes = (
        f"""<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>"""
        f"""<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>"""
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode() if name.endswith((".xml", ".rels")) else old.read(name)
            if name == "[Content_Types].xml" and isinstance(content, str):
                content = content.replace("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>')
            if name == "word/_rels/document.xml.rels" and isinstance(content, str):
                content = content.replace(
                    "</Relationships>", f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>'
                )
            new.writestr(name, content)
        new.writestr("word/footnotes.xml", footnotes)
    return out.getvalue()
