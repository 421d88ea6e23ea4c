from __future__ import annotations

import pytest
from pincite.app.checker import Evidence
from pincite.app.claims import Found, Searched, Stance
from pincite.app.compose import HEADLINES, LEFT_OPEN, MOST_CITED, SIDES, compose, compose_nothing, overall
from pincite.ingest.text import Document, Section, Sentence, Source


def document(*texts: str) -> Document:
    text, sentences = "", []
    for number, sentence in enumerate(texts, start=1):
        start = len(text)
        text += sentence + " "
        sentences.append(Sentence("d", number, start, start + len(sentence), sentence, paragraph=1))
    return Document(Source("d", "A title", "d.txt", "0" * 64), text, (Section("", "body", 0, len(text)),), tuple(sentences))


DOCUMENTS = {"d": document("Zero.", "One helps.", "Two does not.", "Three is unclear.", "Four.", "Five.", "Six.", "Seven.")}


def evidence(number: int, answers: float, stance: Stance = "supports") -> Evidence:
    return Evidence("d", number, answers, stance)


def test_the_most_direct_is_first_and_neighbours_keep_their_order() -> None:
    composed = compose([evidence(3, 0.9), evidence(2, 0.85), evidence(6, 0.8)], DOCUMENTS, yes_no=False)
    assert [c.sentence for c in composed.citations] == [2, 3, 6]
    assert [c.n for c in composed.citations] == [1, 2, 3]


def test_what_is_less_direct_comes_after_though_it_stands_before() -> None:
    composed = compose([evidence(3, 0.9), evidence(2, 0.7), evidence(4, 0.6)], DOCUMENTS, yes_no=False)
    assert [c.sentence for c in composed.citations] == [3, 4, 2]


def test_every_quote_is_the_document_at_its_offsets() -> None:
    composed = compose([evidence(2, 0.9), evidence(4, 0.9)], DOCUMENTS, yes_no=True)
    for citation in composed.citations:
        assert DOCUMENTS["d"].text[citation.start : citation.end] == citation.quote
        assert f"{citation.quote} [{citation.n}]" in composed.text


def test_no_more_is_cited_than_a_reader_takes_in() -> None:
    composed = compose([evidence(n, 1 - n / 100) for n in range(1, 9)], DOCUMENTS, yes_no=False)
    assert len(composed.citations) == MOST_CITED


def test_a_question_that_is_not_yes_no_has_no_stance() -> None:
    composed = compose([evidence(2, 0.9)], DOCUMENTS, yes_no=False)
    assert composed.stance is None
    assert composed.citations[0].stance is None


@pytest.mark.parametrize(
    ("stances", "together"),
    [
        ([("supports", 0.9)], "supports"),
        ([("opposes", 0.9), ("opposes", 0.6)], "opposes"),
        ([("supports", 0.9), ("opposes", 0.8)], "mixed"),
        ([("supports", 0.9), ("opposes", 0.6)], "supports"),
        ([("inconclusive", 0.9), ("supports", 0.8)], "inconclusive"),
        ([("supports", 0.9), ("inconclusive", 0.8)], "supports"),
        ([("mixed", 0.9), ("supports", 0.8)], "mixed"),
    ],
)
def test_what_stances_add_up_to(stances: list[tuple[Stance, float]], together: Stance) -> None:
    assert overall(stances) == together


def test_both_sides_are_shown() -> None:
    composed = compose([evidence(2, 0.9, "supports"), evidence(3, 0.8, "opposes")], DOCUMENTS, yes_no=True)
    assert composed.stance == "mixed"
    assert [c.stance for c in composed.citations] == ["supports", "opposes"]
    assert composed.headline == HEADLINES["mixed"][1]


def test_a_headline_says_when_some_sentences_leave_it_open() -> None:
    composed = compose([evidence(2, 0.9, "supports"), evidence(4, 0.8, "inconclusive")], DOCUMENTS, yes_no=True)
    assert composed.stance == "supports"
    assert composed.headline == LEFT_OPEN["supports"]


def test_the_other_side_is_cited_even_when_it_is_less_direct() -> None:
    one_side = [evidence(n, 1 - n / 100, "supports") for n in range(1, 7)]
    composed = compose([*one_side, evidence(8, 0.5, "opposes")], DOCUMENTS, yes_no=True)
    assert 8 in [c.sentence for c in composed.citations]
    assert len(composed.citations) == MOST_CITED
    assert composed.headline == SIDES["supports"]


def test_nothing_found_says_what_was_searched_and_what_the_nearest_lack() -> None:
    text = compose_nothing([Found("d", 2, 0.01, "children")], DOCUMENTS, Searched(1, 8))
    assert "Searched 1 document, 8 sentences." in text
    assert "One helps." in text
    assert "Lacks: children." in text
