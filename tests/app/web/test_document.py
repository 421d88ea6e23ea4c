"""The document pane shows the whole text, in order, and nothing of it as markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]
from pincite.app.answer import Assistant
from pincite.app.web.document import NOT_EVIDENCE, dated, document_html, pane, source_line
from pincite.ingest.sources import make_document, read_source
from pincite.ingest.sources.plain import read_plain
from pincite.ingest.text import Document, Source

YEAR = 2026


def rendered(document: Document) -> html.HtmlElement:
    return html.fromstring(str(document_html(document, YEAR)))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def assert_shows_all(document: Document) -> None:
    """The body's text, our label apart, is the document's; every sentence is an element with its number."""
    element = rendered(document)
    (body,) = element.find_class("pc-body")
    for label in body.find_class("pc-label"):
        label.drop_tree()
    assert squeezed(body.text_content()) == squeezed(document.text)
    shown = [(int(s.get("data-sentence")), s.text_content()) for s in element.find_class("pc-sentence")]
    assert shown == [(s.number, s.text) for s in document.sentences]


def test_the_shipped_article_is_shown_whole(assistant: Assistant) -> None:
    document = assistant.documents["urits-2021"]
    assert_shows_all(document)
    paragraphs = list(rendered(document).find_class("pc-body")[0].iterchildren("p"))
    assert len(paragraphs) == document.sentences[-1].paragraph


def test_references_are_apart_and_labelled(assistant: Assistant) -> None:
    (references,) = rendered(assistant.documents["urits-2021"]).find_class("pc-references")
    assert references.findtext("h3") == "Reference"
    assert NOT_EVIDENCE in references.text_content()
    assert not references.find_class("pc-sentence")


def test_what_the_document_is_and_how_old(assistant: Assistant) -> None:
    document = assistant.documents["urits-2021"]
    header = rendered(document).find("header").text_content()
    assert "news summary of a review · 2021, 5 years old" in header
    assert "It summarises: Urits I" in header
    assert header.count("10.5812/aapm.112348") == 1  # of the review; the summary has none of its own


@pytest.mark.parametrize(
    ("published", "shown"), [(2021, "2021, 5 years old"), (2025, "2025, 1 year old"), (2026, "2026"), (None, "year not recorded")]
)
def test_age(published: int | None, shown: str) -> None:
    assert dated(published, YEAR) == shown


def test_headings_and_title_stand_where_they_stood() -> None:
    text = "A title\n\nMethods\nWe searched\ntwo databases.\n\n2. Results\n\nPain fell. It rose again.\n\nBibliography\nA B. 2019."
    document = make_document(Source("x", "A title", "x.txt", ""), read_plain(text.encode()))
    assert_shows_all(document)
    assert [h.text for h in rendered(document).iter("h3")] == ["Methods", "2. Results", "Bibliography"]


def test_a_title_is_shown_once() -> None:
    layout = read_plain(b"The  title\n\nPain fell.")
    (same,) = rendered(make_document(Source("x", "The title", "x.txt", ""), layout)).find_class("pc-own-title")
    (other,) = rendered(make_document(Source("x", "Another title", "x.txt", ""), layout)).find_class("pc-own-title")
    assert (same.get("hidden"), other.get("hidden")) == ("", None)


def test_markup_in_a_document_stays_text(shelf: Path) -> None:
    document = read_source(shelf / "zinc.txt")
    assert_shows_all(document)
    shown = str(pane({document.id: document}, YEAR))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b>" not in shown


@given(st.text(st.sampled_from("ab<>&\"'/ \n.$`{}A1%"), min_size=1, max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_shown_whole(text: str) -> None:
    try:
        layout = read_plain(text.encode())
    except ValueError:
        return
    assert_shows_all(make_document(Source("x", text, "x.txt", ""), layout))


def test_one_document_needs_no_choice_and_two_do(assistant: Assistant, shelf: Path) -> None:
    two = {d.id: d for d in (read_source(shelf / "plain.txt"), read_source(shelf / "zinc.txt"))}
    assert "<select" not in pane(assistant.documents, YEAR)
    element = html.fromstring(f"<div>{pane(two, YEAR)}</div>")
    assert [o.get("value") for o in element.iter("option")] == ["plain", "zinc"]
    assert [a.get("data-doc") for a in element.find_class("pc-document")] == ["plain"]


def test_source_line_without_a_record(shelf: Path) -> None:
    assert source_line(read_source(shelf / "zinc.txt"), YEAR) == "zinc · document · year not recorded"
