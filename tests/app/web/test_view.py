"""A conversation as HTML: names, numbers, order, and nothing typed or quoted as markup."""

from __future__ import annotations

import pytest
from lxml import html  # type: ignore[import-untyped]
from pincite.app.answer import Assistant, failed
from pincite.app.claims import Answer, Citation, Claim, Found, Provenance, Searched, Stance, Status, Verdict
from pincite.app.web.examples import examples_for
from pincite.app.web.marks import mark
from pincite.app.web.view import SHOWN_OF_QUESTION, Turn, foot, header, sentence, thread, welcome
from pincite.ingest.errors import IndexCorrupt
from pincite.ingest.text import Document

YEAR = 2026
DOC = "urits-2021"


@pytest.fixture(scope="module")
def documents(assistant: Assistant) -> dict[str, Document]:
    return dict(assistant.documents)


def cite(documents: dict[str, Document], n: int, number: int, stance: Stance | None = None) -> Citation:
    s = documents[DOC].sentence(number)
    return Citation(n, DOC, number, s.start, s.end, s.text, stance)


def answer(
    status: Status = "answered",
    *,
    stance: Stance | None = None,
    headline: str = "Two sentences answer this.",
    claims: tuple[Claim, ...] = (),
    citations: tuple[Citation, ...] = (),
    retrieved: tuple[Found, ...] = (),
    notices: tuple[str, ...] = (),
) -> Answer:
    return Answer(
        "q", status, stance, headline, headline, claims, citations, retrieved, notices, Searched(1, 18), Provenance("0", "c", "e", "k")
    )


def shown(documents: dict[str, Document], *turns: Turn) -> html.HtmlElement:
    return html.fromstring(f"<div>{thread(turns, documents, YEAR)}</div>")


def texts(element: html.HtmlElement, name: str) -> list[str]:
    return [" ".join(e.text_content().split()) for e in element.find_class(name)]


def test_citations_are_buttons_with_a_name_in_the_answers_order(documents: dict[str, Document]) -> None:
    citations = (cite(documents, 1, 7, "opposes"), cite(documents, 2, 5, "supports"))
    element = shown(documents, Turn("q", answer(stance="mixed", citations=citations)))
    buttons = element.find_class("pc-cite")
    assert [b.tag for b in buttons] == ["button", "button"]
    assert [b.get("aria-label") for b in buttons] == [f"Citation 1: {DOC}, sentence 7", f"Citation 2: {DOC}, sentence 5"]
    assert [b.text for b in buttons] == ["1", "2"]
    assert [q.text for q in element.iter("blockquote")] == [c.quote for c in citations]
    assert texts(element, "pc-verdict") == ["mixed"]
    assert texts(element, "pc-place") == ["opposessentence 7", "supportssentence 5"]
    assert texts(element, "pc-source") == [f"{DOC} · news summary of a review · 2021, 5 years old"]


@pytest.mark.parametrize(
    "name",
    [
        "supports",
        "opposes",
        "mixed",
        "inconclusive",
        "supported",
        "partly",
        "contradicted",
        "not_found",
        "unchecked",
        "no_evidence",
        "failed",
    ],
)
def test_every_stance_verdict_and_status_has_a_word_and_a_shape(name: str) -> None:
    element = html.fromstring(str(mark(name)))
    assert element.text_content().strip()
    (shape,) = element.iter("svg")
    assert shape.get("aria-hidden") == "true"
    assert len(shape)


def test_stances_differ_in_word_and_in_shape() -> None:
    names = ("supports", "opposes", "mixed", "inconclusive")
    assert len({str(mark(name)).split("</svg>")[1] for name in names}) == 4
    assert len({str(mark(name)).split("<svg")[1].split("</svg>")[0] for name in names}) == 4


def test_found_and_not_used_is_apart_and_no_citation(documents: dict[str, Document]) -> None:
    found = (Found(DOC, 12, 0.03), Found(DOC, 3, 0.02))
    element = shown(documents, Turn("q", answer(citations=(cite(documents, 1, 14),), retrieved=found)))
    (details,) = element.iter("details")
    assert details.findtext("summary") == "Found, not used (2)"
    assert details.get("open") is None
    assert [b.get("data-sentence") for b in details.find_class("pc-goto")] == ["12", "3"]
    assert not details.find_class("pc-cite")


def test_no_evidence_shows_what_was_searched_and_the_nearest_with_what_they_lack(documents: dict[str, Document]) -> None:
    found = tuple(Found(DOC, n, 0.01, "“oral”" if n == 15 else None) for n in (15, 14, 9, 3, 4))
    element = shown(documents, Turn("q", answer("no_evidence", headline="Not in these articles.", retrieved=found)))
    assert texts(element, "pc-verdict") == ["no evidence"]
    assert texts(element, "pc-nearest") == ["Searched 1 document, 18 sentences. The nearest sentences, and what they lack:"]
    assert texts(element, "pc-lacks") == ["Lacks: “oral”."]
    assert not element.find_class("pc-cite")
    (details,) = element.iter("details")
    assert details.findtext("summary") == "Found, not used (2)"
    assert [b.get("data-sentence") for b in element.find_class("pc-goto")] == ["15", "14", "9", "3", "4"]


def test_failed_is_not_no_evidence(documents: dict[str, Document]) -> None:
    element = shown(documents, Turn("q", failed("q", IndexCorrupt("The index at <here> is damaged: run pincite ingest."))))
    assert texts(element, "pc-verdict") == ["could not look"]
    assert "The index at <here> is damaged: run pincite ingest." in texts(element, "pc-notices")[0]
    assert not element.find_class("pc-nearest")


def test_notices_come_before_the_answer_and_the_source_is_said_once(assistant: Assistant, documents: dict[str, Document]) -> None:
    asked = assistant.ask("should my mother take magnesium for migrane?")
    element = shown(documents, Turn("q", asked))
    notices = [" ".join(e.text_content().split()) for e in element.iter("li") if e.getparent().get("class") == "pc-notices"]
    assert notices == [n for n in asked.notices if not n.startswith(f"{DOC}: ")]
    assert len(notices) >= 2
    order = [e.get("class") for e in element.iter() if e.get("class") in ("pc-notices", "pc-headline")]
    assert order == ["pc-notices", "pc-headline"]


@pytest.mark.parametrize("verdict", ["partly", "contradicted", "not_found", "unchecked"])
def test_a_claim_that_is_no_quote_is_shown_with_its_verdict(documents: dict[str, Document], verdict: Verdict) -> None:
    claims = (Claim("Magnesium cures migraine.", verdict, (1, 9)),)
    element = shown(documents, Turn("q", answer(claims=claims, citations=(cite(documents, 1, 15),))))
    (statement,) = element.find_class("pc-statement")
    assert statement.text_content().startswith("Magnesium cures migraine.")
    assert [b.get("data-n") for b in statement.find_class("pc-cite")] == ["1"]  # 9 was never assigned
    assert statement.find_class("pc-mark")[0].get("data-mark") == verdict


def test_a_claim_that_is_a_quote_is_not_shown_twice(documents: dict[str, Document]) -> None:
    citation = cite(documents, 1, 15)
    element = shown(documents, Turn("q", answer(claims=(Claim(citation.quote, "supported", (1,)),), citations=(citation,))))
    assert not element.find_class("pc-statement")
    assert element.text_content().count(citation.quote) == 1


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \" onclick='x' ${1+1} {{7*7}} &lt;"


def test_what_is_typed_stays_text(documents: dict[str, Document]) -> None:
    element = shown(documents, Turn(HOSTILE, refused=f"No: {HOSTILE}"), Turn(HOSTILE))
    assert not list(element.iter("script", "img"))
    (question, _) = element.find_class("pc-question")
    assert question.text_content() == f"You asked: {HOSTILE}"
    assert HOSTILE in element.find_class("pc-headline")[0].text_content()


def test_what_an_answer_carries_stays_text(documents: dict[str, Document]) -> None:
    citation = Citation(1, f'{DOC}"><script>', 14, 0, 1, HOSTILE, "mixed")
    hostile = answer(headline=HOSTILE, claims=(Claim(HOSTILE, "unchecked", (1,)),), citations=(citation,), notices=(HOSTILE,))
    element = shown(documents, Turn("q", hostile))
    assert not list(element.iter("script", "img"))
    assert element.find_class("pc-headline")[0].text_content() == HOSTILE
    assert element.find_class("pc-cite")[0].get("data-doc") == f'{DOC}"><script>'
    assert not [e for e in element.iter() if "onclick" in e.attrib or "onerror" in e.attrib]


def test_a_long_question_is_counted_and_not_shown_whole(documents: dict[str, Document]) -> None:
    (question,) = shown(documents, Turn("x" * 100_000)).find_class("pc-question")
    assert len(question.text_content()) < SHOWN_OF_QUESTION + 60
    assert "(100,000 characters)" in question.text_content()


def test_a_question_is_shown_while_it_is_looked_up(documents: dict[str, Document]) -> None:
    element = shown(documents, Turn("first", answer()), Turn("second"))
    assert [e.get("data-status") for e in element.find_class("pc-turn")] == ["answered", "searching"]
    assert texts(element, "pc-searching") == ["Searching…"]


def test_the_empty_page_says_what_it_answers_from(documents: dict[str, Document]) -> None:
    examples = examples_for(documents)
    text = " ".join(html.fromstring(f"<div>{welcome(documents, examples)}</div>").text_content().split())
    assert text.startswith("Answers only from: Utilization of magnesium for the treatment of chronic pain")
    assert "news summary of a review, 2021" in text
    assert len(examples) == 4
    assert sum(example.declines for example in examples) == 1


def test_another_corpus_has_none_of_these_examples(documents: dict[str, Document]) -> None:
    assert examples_for({"other": documents[DOC]}) == ()
    assert "start with one" not in welcome(documents, ())


def test_the_foot_says_what_is_searched_and_what_this_is_not() -> None:
    assert html.fromstring(str(foot(None, Searched(1, 18)))).text_content() == "Searches 1 document, 18 sentences. Not medical advice."
    assert (
        html.fromstring(str(foot(Searched(2, 1), Searched(2, 30)))).text_content()
        == "Searched 2 documents, 1 sentence. Not medical advice."
    )


def test_the_header_has_the_line_for_screen_readers() -> None:
    (line,) = html.fromstring(f"<div>{header()}</div>").xpath("//*[@aria-live]")
    assert (line.get("role"), line.get("aria-live")) == ("status", "polite")


def test_messages_become_sentences() -> None:
    assert sentence("the question is empty") == "The question is empty."
    assert sentence("ask in words!") == "Ask in words!"
