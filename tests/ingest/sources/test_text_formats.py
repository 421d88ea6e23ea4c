"""Markdown, HTML, Word and line collections."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pincite.ingest.errors import SourceError
from pincite.ingest.sources import read_file, read_source
from pincite.ingest.text import Document

from ..test_sources import check_addresses


def read(path: Path, data: bytes | str) -> Document:
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    document = read_source(path)
    check_addresses(document)
    return document


MARKDOWN = """---
title: "Zinc and colds"
authors: [Kim A, Lee B]
date: 2020-03-04
doi: 10.1000/z
license: https://creativecommons.org/licenses/by/4.0/
---
# Zinc and colds

Intro with **bold**, a [link](http://x.invalid) and `code`.
It wraps.

## Results

- Colds were *shorter*.
- Counts rose to 10<sup>9</sup>/L.

| a | b |
|---|---|
| cell | cell |

```
code block
```
<script>alert(1)</script>

### By dose

Higher doses did more.

## References

1. Doe J. On zinc.
"""


def test_markdown_is_what_a_reader_sees(tmp_path: Path) -> None:
    document = read(tmp_path / "zinc.md", MARKDOWN)
    assert [(s.section, s.text) for s in document.sentences] == [
        ("", "Intro with bold, a link and code."),
        ("", "It wraps."),
        ("Results", "Colds were shorter."),
        ("Results", "Counts rose to 10⁹/L."),
        ("Results > By dose", "Higher doses did more."),
    ]
    for absent in ("cell", "code block", "alert", "**"):
        assert absent not in document.text
    assert document.sections[-1].kind == "references"
    source = document.source
    assert (source.title, source.authors, source.year, source.doi, source.licence) == (
        "Zinc and colds",
        ("Kim A", "Lee B"),
        2020,
        "10.1000/z",
        "CC BY 4.0",
    )
    assert read(tmp_path / "plain.md", "# A title\n\nOne. Two.\n").source.title == "A title"
    with pytest.raises(SourceError, match="holds no text but a title"):
        read(tmp_path / "none.md", "# A title\n")


HTML = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Zinc | Site</title>
<meta name="citation_title" content="Zinc and colds"><meta name="citation_author" content="Kim, A">
<meta name="citation_author" content="Lee, B">
<meta name="citation_doi" content="10.1000/z"><meta name="citation_publication_date" content="2020/03/04">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/a">All the articles</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to make this site work for you.</p></div>
<main><article><h1>Zinc and colds</h1>
<p>Zinc shortened the colds of adults by two days in this trial of three hundred
– a café of people.<sup>12</sup> There were 10<sup>9</sup> cells per litre in all of them.</p>
<h2>Results</h2><p>Colds were shorter among those
who took it &amp; milder in them, too, for as long as the study lasted.</p>
<h3>By dose</h3><ul><li>Higher doses did more than lower ones.</li></ul>
<table><tr><td>cell</td></tr></table><h2>References</h2><ol><li>Doe J. On zinc. Pain 2001.</li></ol></article></main>
<aside class="related"><h3>Recommended</h3><p>Vitamin D does not help against falls.</p></aside>
<footer><p>© 2020 The Publisher. All rights reserved.</p></footer><script>var x = "Zinc harms.";</script></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_of_a_page_the_main_text_is_read(tmp_path: Path, charset: str) -> None:
    document = read(tmp_path / "zinc.html", HTML.format(charset=charset).encode(charset))
    assert [(s.section, s.text) for s in document.sentences] == [
        ("", "Zinc shortened the colds of adults by two days in this trial of three hundred – a café of people.[12]"),
        ("", "There were 10⁹ cells per litre in all of them."),
        ("Results", "Colds were shorter among those who took it & milder in them, too, for as long as the study lasted."),
        ("Results > By dose", "Higher doses did more than lower ones."),
    ]
    for absent in ("Home", "cookies", "Vitamin", "rights", "harms", "cell\n"):
        assert absent not in document.text
    source = document.source
    assert (source.title, source.authors, source.year) == ("Zinc and colds", ("Kim, A", "Lee, B"), 2020)
    assert (source.doi, source.id, source.licence) == ("10.1000/z", "10-1000-z", "CC BY 4.0")


def test_pages_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    for data, reason in (
        (b"<html><body><script>load()</script></body></html>", "has no main text|holds no text"),
        (b"<html><body><p>caf\xe9</p></body></html>", "is in no encoding that it names or that is usual: byte 18"),
        (b"", "is empty"),
        (b"%PDF-1.4", "is called .html, but is a PDF"),
    ):
        with pytest.raises(SourceError, match=reason):
            read(path, data)


def word() -> tuple[docx.document.Document, io.BytesIO]:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "From the properties", "Kim A; Lee B"
    document.add_paragraph("Zinc and colds", style="Title")
    document.add_heading("Results", 1)
    paragraph = document.add_paragraph("Counts rose to 10")
    paragraph.add_run("9").font.superscript = True
    paragraph.add_run("/L. ")
    ns = nsdecls("w")
    paragraph._p.append(parse_xml(f'<w:ins {ns} w:id="1" w:author="x"><w:r><w:t xml:space="preserve">It was kept. </w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del {ns} w:id="2" w:author="x"><w:r><w:delText>It was cut.</w:delText></w:r></w:del>'))
    document.add_heading("By dose", 2)
    document.add_paragraph("Higher doses did more.", style="List Bullet")
    document.add_table(1, 1).cell(0, 0).text = "cell"
    document.add_paragraph("Table 1. Doses of zinc.", style="Caption")
    document.add_heading("References", 1)
    document.add_paragraph("Doe J. On zinc.")
    return document, io.BytesIO()


def test_a_word_document(tmp_path: Path) -> None:
    document, file = word()
    document.save(file)
    found = read(tmp_path / "zinc.docx", file.getvalue())
    assert [(s.section, s.text) for s in found.sentences] == [
        ("Results", "Counts rose to 10⁹/L."),
        ("Results", "It was kept."),
        ("Results > By dose", "Higher doses did more."),
        ("Table 1", "Doses of zinc."),
    ]
    assert (found.source.title, found.source.authors) == ("Zinc and colds", ("Kim A", "Lee B"))
    assert "cell" not in found.text
    assert found.sections[-1].kind == "references"


def test_word_documents_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    document, file = word()
    document.save(file)
    whole = file.getvalue()
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    bomb = bytearray(whole)
    central = bomb.index(b"PK\x01\x02")
    struct.pack_into("<I", bomb, central + 24, 3_000_000_000)
    for data, reason in (
        (whole[: len(whole) // 2], r"is not a Word document \(\.docx\), or is damaged"),
        (other.getvalue(), r"is not a Word document \(\.docx\)"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "is encrypted, or a Word file of the old kind"),
        (bytes(bomb), r"would unpack to 3,0\d\d,\d{3},\d{3} bytes, at most 300,000,000"),
        (b"just text", r"is called \.docx, but is not a Word document"),
    ):
        with pytest.raises(SourceError, match=reason):
            read(tmp_path / "bad.docx", data)


def test_a_collection_with_a_document_a_line(tmp_path: Path) -> None:
    lines = [
        json.dumps({"_id": "d 1", "title": "Zinc", "text": "It helps.\n\nIt is safe.", "metadata": {"year": 2020, "doi": "10.1000/z"}}),
        json.dumps({"doc_id": 7, "title": "Iron", "abstract": ["It binds.", "It rusts."], "structured": False}),
        json.dumps({"text": "No name at all."}),
        "{broken",
        "[]",
        json.dumps({"_id": "8", "title": "No text"}),
        json.dumps({"_id": "7", "text": "Again."}),
        "",
        json.dumps({"_id": "9", "text": "A \u0000 and \ud800 and \u202e here.", "retracted": True}),
    ]
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    read = read_file(path)
    assert [reason.split(" (")[0] for _, reason in read.refused] == [
        "line 4 is not JSON",
        "line 5 is not a JSON object",
        "line 6 has no text: give it a field 'text'",
        "line 7 has the id '7' of an earlier line",
    ]
    documents = [piece.document(piece.named) for piece in read.pieces]
    for document in documents:
        check_addresses(document)
    assert [d.id for d in documents][:2] == ["10-1000-z", "corpus-7"]
    assert documents[2].id.startswith("corpus-")
    assert [s.text for s in documents[0].sentences] == ["It helps.", "It is safe."]
    assert [s.text for s in documents[1].sentences] == ["It binds.", "It rusts."]
    assert documents[3].sentences[0].text == "A and ? and here."
    assert documents[3].source.retracted
    assert read_file(path).pieces == read.pieces


def test_the_abstracts_of_scifact(shared: Path) -> None:
    read = read_file(shared / "retrieval" / "scifact" / "corpus.jsonl")
    assert (len(read.pieces), read.refused) == (5183, ())
    assert len({piece.named for piece in read.pieces}) == 5183
    for piece in read.pieces[::400]:
        check_addresses(piece.document(piece.named))
