"""Files to documents: layout of plain text, records, refusals, and the addresses that everything rests on."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pincite.ingest.chunks import make_chunks
from pincite.ingest.corpora import shipped
from pincite.ingest.errors import SourceError
from pincite.ingest.records import document_as_json, document_from_json
from pincite.ingest.sources import make_document, read_source, resplit, slug
from pincite.ingest.sources.plain import read_plain
from pincite.ingest.text import Document, Source


def document_of(text: str) -> Document:
    return make_document(Source("d", "d", "d.txt", ""), read_plain(text.encode("utf-8")))


def check_addresses(document: Document) -> None:
    """Rule 1 of the design, for sentences, chunks and the way through an index."""
    text = document.text
    for number, sentence in enumerate(document.sentences, 1):
        assert sentence.number == number
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
    for before, after in zip(document.sentences, document.sentences[1:], strict=False):
        assert before.end <= after.start
        assert before.paragraph <= after.paragraph
    chunks = make_chunks(document)
    searched = [] if document.source.retracted else document.sentences
    assert [chunk.last for chunk in chunks] == [sentence.number for sentence in searched]
    for chunk in chunks:
        assert text[chunk.start : chunk.end] == chunk.text
        assert document.sentence(chunk.first).start == chunk.start
        assert document.sentence(chunk.last).end == chunk.end
        assert document.sentence(chunk.first).paragraph == document.sentence(chunk.last).paragraph
    for section in document.sections:
        held = [s for s in document.sentences if section.start <= s.start < section.end]
        assert section.kind == "body" or not held
    inside = {p for s in document.sentences for p in range(s.start, s.end)}
    headings = {section.title for section in document.sections}
    for section in document.sections:
        if section.kind == "body":
            rest = "".join(text[p] if p not in inside else "\n" for p in range(section.start, section.end)).split("\n")
            assert all(any(" ".join(piece.split()).rstrip(":") in heading for heading in headings) for piece in rest)
    assert document_from_json(document_as_json(document)) == document
    assert resplit(document) == document


def test_the_article_has_its_eighteen_sentences() -> None:
    (file,) = shipped().files
    document = read_source(file.path, file.record)
    check_addresses(document)
    assert document.id == "urits-2021"
    assert len(document.sentences) == 18
    assert "migraine have been published" in document.sentence(14).text
    assert "for migraine relief" in document.sentence(15).text
    assert document.sentence(14).paragraph == document.sentence(15).paragraph
    assert [section.kind for section in document.sections] == ["body", "references"]
    references = document.sections[1]
    assert document.text[references.start : references.end].startswith("Reference\nUrits I,")
    assert not any("doi:" in sentence.text for sentence in document.sentences)
    assert document.source.year == 2021
    assert document.source.summarises
    assert "not under Apache-2.0" in (document.source.licence or "")
    assert hashlib.sha256(file.path.read_bytes()).hexdigest() == document.source.sha256
    assert document.text == file.path.read_text(encoding="utf-8")


line = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60),
    st.sampled_from(
        ["Magnesium for pain", "Methods", "References", "1. Introduction", "It helps. It harms.", "the dose was", "", "   ", "Reference:"]
    ),
)


@given(st.lists(line, min_size=1, max_size=30), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_any_text_is_refused_or_addressed_exactly(lines: list[str], end: str) -> None:
    try:
        document = document_of(end.join(lines))
    except ValueError as error:
        refusal = str(error)
    else:
        refusal = ""
        check_addresses(document)
        assert document.sentences
    assert re.fullmatch(r"(is empty|is not a text file: .*|holds nothing but references)?", refusal)


def test_addresses_hold_over_the_papers_of_the_development_data(shared: Path) -> None:
    """Every quote of a citation equals the document's text: here over the paragraphs of published trials and reviews."""
    papers = sorted((shared / "documents").glob("*/*.xml"))
    assert papers
    sentences = 0
    for paper in papers[::9]:
        tree = etree.parse(paper)
        paragraphs = [" ".join("".join(p.itertext()).split()) for p in tree.iter("title", "p")]
        for joiner in ("\n", "\n\n"):
            document = document_of(joiner.join(filter(None, paragraphs)))
            check_addresses(document)
        sentences += len(document.sentences)
    assert sentences > 3000


LAYOUT = """Magnesium for pain

Background
Pain is common and it is very often under treated in many people all over the
world. The reasons for this are not known, but many have been proposed by those
who studied them.

2.1 Methods:

We gave it.
We waited 5 min.

References
1. Smith J. Pain is common. 2019.

2. Jones K. It is not. 2020.
"""


def test_the_layout_of_a_plain_text() -> None:
    document = document_of(LAYOUT)
    check_addresses(document)
    assert [(s.kind, s.title) for s in document.sections] == [
        ("title", "Magnesium for pain"),
        ("body", "Background"),
        ("body", "2.1 Methods"),
        ("references", "References"),
    ]
    assert [" ".join(s.text.split()) for s in document.sentences] == [
        "Pain is common and it is very often under treated in many people all over the world.",
        "The reasons for this are not known, but many have been proposed by those who studied them.",
        "We gave it.",
        "We waited 5 min.",
    ]
    assert [s.section for s in document.sentences] == ["Background", "Background", "2.1 Methods", "2.1 Methods"]
    assert [s.paragraph for s in document.sentences] == [1, 1, 2, 3]


def test_a_list_of_short_lines_is_text_and_not_headings() -> None:
    document = document_of(
        "Doses in use.\n\nMagnesium oxide 400 mg\n\nMagnesium gluconate 100 mg\n\nMagnesium sulfate 70 mg/kg\n\nAll were safe."
    )
    assert "Magnesium oxide 400 mg" in [s.text for s in document.sentences]


def test_what_follows_a_heading_in_lower_case_is_one_sentence_with_it() -> None:
    assert [s.text for s in document_of("It helped.\nIn some of those\npatients it did not.").sentences][
        -1
    ] == "In some of those\npatients it did not."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"Dose 5 \xb5g daily.", "is not UTF-8 text: byte 7 is 0xb5; save it as UTF-8"),
        ("UTF-16".encode("utf-16"), "is not UTF-8 text: byte 0 is 0xff; save it as UTF-8"),
        (b"GIF89a\x00\x01", "is called .txt, but is an image; give it the extension of what it is"),
        (b"data\x00\x01", "is not a text file: character 4 is the control character 0x00"),
        (b"colour \x1b[31m red.", "is not a text file: character 7 is the control character 0x1b"),
        (b"References\n1. Smith.", "holds nothing but references"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert str(caught.value) == f"{path}: {reason}"


def test_other_refusals_name_file_and_reason(tmp_path: Path) -> None:
    other = tmp_path / "x.rtf"
    other.write_bytes(b"{\\rtf")
    with pytest.raises(SourceError, match=r"x\.rtf: \.rtf cannot be read, only \.docx, .*\.txt"):
        read_source(other)
    with pytest.raises(SourceError, match="No such file"):
        read_source(tmp_path / "absent.txt")
    path = tmp_path / "y.txt"
    path.write_text("It helps.", encoding="utf-8")
    with pytest.raises(SourceError, match=r"is not the file of its record: sha256 [0-9a-f]{64}, recorded 00"):
        read_source(path, Source("y", "Y", "y.txt", "00"))


def test_without_a_record_id_and_title_come_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "Größe & Dosis (2021).txt"
    path.write_bytes(b"\xef\xbb\xbfDose and size\r\n\r\nIt helps.\r\n")
    document = read_source(path)
    assert (document.id, document.source.title) == ("groe-dosis-2021", "Dose and size")
    assert document.text == "Dose and size\n\nIt helps.\n"
    path.write_text("It helps.", encoding="utf-8")
    assert read_source(path).source.title == path.stem
    assert slug("…") == "document"


def test_context_and_missing_sentences() -> None:
    document = document_of("It helps. It harms.\nIt ends.")
    assert document.context_of(2) == "It helps."
    assert document.context_of(1) == document.context_of(3) == ""
    with pytest.raises(IndexError, match="d has sentences 1 to 3, not 4"):
        document.sentence(4)
