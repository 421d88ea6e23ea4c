"""Which words are quotations, and whether the corpus says them."""

from __future__ import annotations

import pytest
from pincite.app.answer import Assistant
from pincite.app.draft.marks import Known, find_marks
from pincite.app.draft.quotations import find_quotations
from pincite.app.draft.quote_match import Quotable
from pincite.app.draft.reading import draft_from_text

DOC = "urits-2021"


def quoted(text: str) -> list[str]:
    draft = draft_from_text(text, kind="markdown")
    marks = [m for b in draft.blocks for m in find_marks(text, b.start, b.end, Known((DOC,), {"urits"}))]
    found = find_quotations(draft, marks)
    assert all(q.said in text[q.start : q.end] for q in found)
    return [q.said for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They say “the use remains controversial”.", ["the use remains controversial"]),
        ('They say "the use remains controversial".', ["the use remains controversial"]),
        ("They say «the use remains controversial».", ["the use remains controversial"]),
        ("They say ‘the use remains quite controversial’.", ["the use remains quite controversial"]),
        ("They say 'the use remains quite controversial'.", ["the use remains quite controversial"]),
        ("A “natural” drug and a “wonder drug” were given.", []),
        ("It is “controversial” [1].", ["controversial"]),
        ("Patients ask “does magnesium help with migraine?” every day.", []),
        ("The patients' pain and the doctors' view didn't differ.", []),
        ('A 5" needle and a 6" needle were used.', []),
        ("The review says:\n\n> It remains unclear.", ["It remains unclear."]),
        ("> Note: this is only a remark.", []),
        ("> It remains unclear.\n> — Urits et al.", ["It remains unclear."]),
    ],
)
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.fixture(scope="module")
def quotable(assistant: Assistant) -> Quotable:
    return Quotable(assistant.documents)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("it remains unclear whether any clinical benefit may be achieved", 15),
        ("Overall, it  remains\nunclear whether any clinical benefit may be achieved", 15),
        ("It remains unclear whether any clinical benefit may be achieved.", 15),
        ("headaches have been eliminated … within 15 minutes", 12),
        ("headaches have been eliminated [...] within 15 minutes", 12),
        ("[H]eadaches have been eliminated in 80% of patients", 12),
        ("did not confirm [the] findings among patients", 17),
        ("… lower pain during the first 12 hours …", 6),
        ("voltage‑gated ion channels".replace("‑", "–"), 4),
        ("it has a short-term effect [sic]", 7),
    ],
)
def test_honest_editing_passes(quotable: Quotable, said: str, sentence: int) -> None:
    found = quotable.exact(said, [DOC])
    assert found is not None
    assert found.sentence.number == sentence


@pytest.mark.parametrize(
    ("said", "sentence", "difference"),
    [
        ("headaches have been eliminated in 80% of patients within 50 minutes", 12, "“15” became “50”"),
        ("more recently published studies did confirm these findings", 17, "left out “not”"),
        ("more recently published studies … confirm these findings", 17, "left out “did not”"),
        ("headaches have been eliminated in [90%] of patients", 12, "“80%” became “90%”"),
        ("a small pilot trial of oral magnesium treatment", 8, "added “oral”"),
    ],
)
def test_changed_words_are_altered_and_said(quotable: Quotable, assistant: Assistant, said: str, sentence: int, difference: str) -> None:
    assert quotable.exact(said, [DOC]) is None
    found = quotable.similar(said, assistant.documents[DOC].sentences)
    assert found is not None
    assert (found.sentence.number, found.difference) == (sentence, difference)


@pytest.mark.parametrize(
    "said",
    [
        "Magnesium is the safest treatment for migraine in all adults",
        "magnesium can reverse chronic pain",
        "magnesium cures pain",
        "the aspirin of the nervous system",
        "xyzzy",
        "…",
        "[]",
    ],
)
def test_what_nobody_said_is_nowhere(quotable: Quotable, assistant: Assistant, said: str) -> None:
    assert quotable.exact(said, [DOC]) is None
    assert quotable.similar(said, assistant.documents[DOC].sentences) is None


def test_the_reference_list_of_a_document_says_nothing(quotable: Quotable) -> None:
    said = "Utilization of magnesium for the treatment of chronic pain"
    assert quotable.exact(said, [DOC]) is None
    assert quotable.title_of(said) == DOC
