"""The draft's own reference list, and which of its entries the corpus has."""

from __future__ import annotations

import pytest
from pincite.app.answer import Assistant
from pincite.app.draft.citations import Shelf
from pincite.app.draft.marks import Known, find_marks
from pincite.app.draft.reading import draft_from_text
from pincite.app.draft.references import parse_reference, read_references

DOC = "urits-2021"


@pytest.fixture(scope="module")
def shelf(assistant: Assistant) -> Shelf:
    return Shelf(assistant.documents)


@pytest.mark.parametrize(
    "lines",
    [
        "1. Urits I. One thing. 2021.\n2. Smith J. Another. 2019.",
        "[1] Urits I. One thing. 2021.\n[2] Smith J. Another. 2019.",
        "(1) Urits I. One thing. 2021.\n(2) Smith J. Another. 2019.",
        "1) Urits I. One thing. 2021.\n2) Smith J. Another. 2019.",
        "1 Urits I. One thing. 2021.\n2 Smith J. Another. 2019.",
        "¹ Urits I. One thing. 2021.\n² Smith J. Another. 2019.",
        "[^1]: Urits I. One thing. 2021.\n[^2]: Smith J. Another. 2019.",
        "1. Urits I. One\n   thing. 2021.\n2. Smith J.\n   Another. 2019.",
        "Urits I. One thing. 2021.\n\nSmith J. Another. 2019.",
        "- Urits I. One thing. 2021.\n- Smith J. Another. 2019.",
        "1. Urits I. One thing. 2021.\n1. Smith J. Another. 2019.\n1. Lee K. Third. 2018.",
    ],
)
@pytest.mark.parametrize("heading", ["## References", "## 5. Bibliography:", "**References**"])
def test_entries_have_their_numbers(lines: str, heading: str) -> None:
    draft = draft_from_text(f"Pain fell [1].\n\n{heading}\n\n{lines}\n", kind="markdown")
    found = {label: entry.names[0] for label, entry in read_references(draft).by_label.items()}
    assert {k: v for k, v in found.items() if k in {"1", "2"}} == {"1": "urits", "2": "smith"}


@pytest.mark.parametrize(
    "text",
    [
        "Somebody. Something. doi:10.5812/aapm.112348",
        "Somebody. Something. https://doi.org/10.5812/AAPM.112348.",
        "Urits, I., Jung, J. W., & Amgalan, A. (2021). Utilization of magnesium for the treatment of chronic pain. APM, 11(1).",
        "Ivan Urits, et al. “Utilisation of magnesium for the treatment of chronic pain.” 2021.",
        "Utilization of Magnesium for the Treatment of Chronic Pain. Anesthesiol Pain Med 2021;11:e112348",
        "Urits et al., 2021",
    ],
)
def test_an_entry_is_the_document_by_doi_title_or_author(shelf: Shelf, text: str) -> None:
    assert shelf.document_of(parse_reference(text)) == DOC


@pytest.mark.parametrize(
    "text",
    [
        "Urits I, Gress K, et al. Use of cannabidiol (CBD) for the treatment of chronic pain. Best Pract Res. 2020;34(3):463-477.",
        "Urits I, Smoots D, et al. Another subject of the same author and year entirely, in adults. Pain Ther. 2021;9:1-12.",
        "Smith J. Magnesium. 2021.",
        "Urits I. 2019.",
        "",
    ],
)
def test_another_work_of_the_same_author_is_another(shelf: Shelf, text: str) -> None:
    assert shelf.document_of(parse_reference(text)) is None


@pytest.mark.parametrize(
    ("mark", "doc", "why"),
    [
        ("[1]", DOC, ""),
        ("[2]", None, "reference 2 is not in the corpus"),
        ("[9]", None, "has no 9"),
        ("(Urits et al., 2021)", DOC, ""),
        ("(Smith, 2019)", None, "Smith 2019 is not in the corpus"),
        ("(Urits et al., 2019)", None, "Urits 2019 is not in the corpus"),
        ("Urits et al.", DOC, ""),
        ("doi:10.5812/aapm.112348", DOC, ""),
        ("doi:10.1000/1", None, "the DOI 10.1000/1"),
        ("[@urits2021]", DOC, ""),
        ("[urits-2021:14]", DOC, ""),
        ("[urits-2021:99]", DOC, "sentences 1 to 18, not 99"),
        ("[jones-2020:3]", None, "no document jones-2020"),
        ("PMID: 12345678", None, "PubMed 12345678"),
    ],
)
def test_a_mark_points_to_its_document(shelf: Shelf, mark: str, doc: str | None, why: str) -> None:
    text = (
        f"Pain fell {mark} here.\n\n## References\n\n"
        "1. Urits I. Utilization of magnesium for the treatment of chronic pain. 2021.\n2. Smith J. Another. 2019.\n"
    )
    references = read_references(draft_from_text(text, kind="markdown"))
    (found,) = find_marks(text, 0, text.index("\n"), Known((DOC,), shelf.surnames | references.surnames, frozenset(references.by_label)))
    (target,) = shelf.resolve(found, references)
    assert (target.docs[0] if target.docs else None) == doc
    assert why in target.why


def test_without_a_list_a_number_says_nothing(shelf: Shelf) -> None:
    draft = draft_from_text("Pain fell [1].")
    (mark,) = find_marks(draft.text, 0, len(draft.text), Known((DOC,)))
    (target,) = shelf.resolve(mark, read_references(draft))
    assert target.docs == ()
    assert "no reference list" in target.why
