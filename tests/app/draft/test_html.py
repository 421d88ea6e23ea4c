"""The page of a checked draft: complete, escaped, closed to the network, and usable by eye, by keyboard and on a phone."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html import unescape

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pincite.app.answer import Assistant
from pincite.app.claims import Checked, Searched
from pincite.app.draft.blocks import Block
from pincite.app.draft.findings import Cited, DraftReport
from pincite.app.draft.html import report_html
from pincite.app.draft.listing import items, words_between
from pincite.app.draft.marked import marked, shown
from pincite.ingest.text import Document

from .reports import DRAFT, HOSTILE, PROVENANCE, read, report


@pytest.fixture(scope="module")
def document(assistant: Assistant) -> Document:
    return assistant.documents["urits-2021"]


@pytest.fixture(scope="module")
def page(document: Document) -> str:
    checked = replace(report(document), accepted=((4, "Of no account here."),))
    return report_html(checked, {"urits-2021": document}, read())


def text_of(html: str) -> str:
    """The text of the draft's pane, as a browser has it."""
    return str(lxml.html.fromstring(f"<div>{html}</div>").text_content())


def card(html: str, n: int) -> str:
    (found,) = lxml.html.fromstring(html).xpath(f'//li[@id="e{n}"]')
    return " ".join(" ".join(map(str, found.itertext())).split())


def test_the_whole_draft_is_there_and_every_finding_beside_it(page: str, document: Document) -> None:
    tree = lxml.html.fromstring(page)
    (pane,) = tree.xpath('//div[@class="text"]')
    assert pane.text_content() == DRAFT
    listed = items(report(document))
    assert [int(c.get("data-n")) for c in tree.xpath('//li[contains(@class, "card")]')] == [item.n for item in listed]
    for item in listed:
        pieces = tree.xpath(f'//span[contains(@class, "m") and @data-n="{item.n}" and @id]')
        assert pieces[0].text_content() == item.text
        assert tree.xpath(f'//a[@class="sign" and @href="#e{item.n}"]')[0].get("aria-label").startswith(f"{item.n}: ")


def test_a_card_gives_the_reason_with_both_sides_and_the_sentence(page: str, document: Document) -> None:
    shown_card = card(page, 1)
    assert "contradicted" in shown_card
    assert "time 3 hours 30 minutes" in shown_card
    (quote,) = lxml.html.fromstring(page).xpath('//li[@id="e1"]//figure/blockquote')
    assert quote.text_content() == document.sentence(3).text
    assert [e.text for e in quote] == ["30 minutes"]
    assert "urits-2021, sentence 3" in shown_card


def test_not_found_shows_what_was_searched_and_what_the_nearest_lack(page: str, document: Document) -> None:
    shown_card = card(page, 6)
    assert "Searched 1 document, 18 sentences." in shown_card
    assert shown_card.count("Lacks: ") == 3
    assert "Lacks: adolescents, cluster headache." in shown_card
    # A nearest sentence leans on the one before it, which is shown too.
    assert f"{document.sentence(11).text} {document.sentence(12).text}" in shown_card


def test_an_altered_quotation_is_compared_word_by_word(page: str) -> None:
    (words,) = lxml.html.fromstring(page).xpath('//li[@id="e10"]//p[@class="words"]')
    assert [(e.tag, e.text) for e in words] == [("del", "is certain that a"), ("ins", "remains unclear whether any")]


def test_accepted_findings_are_shown_with_their_reason(page: str) -> None:
    assert "unchecked accepted" in card(page, 8)
    assert "Accepted: Of no account here." in card(page, 8)
    assert "10 findings need a look, in 7 claims and 8 citations or quotations. 1 accepted." in page


def test_the_words_between_a_quotation_and_its_source() -> None:
    source = "At trial only 41% of patients reported relief, and another study observed more."
    assert words_between("“only 41% of patients reported relief”", source) == [("same", "only 41% of patients reported relief,")]
    assert words_between('"only 80% of patients reported relief"', source) == [
        ("same", "only"),
        ("draft", "80%"),
        ("source", "41%"),
        ("same", "of patients reported relief,"),
    ]
    assert words_between("no word alike", "Entirely different.") == [("draft", "no word alike"), ("source", "Entirely different.")]


def test_nothing_is_asked_of_anyone_and_only_the_own_script_may_run(page: str) -> None:
    assert "://" not in re.sub(r'xmlns="[^"]*"|http%3A//www\.w3\.org/2000/svg', "", re.search(r"<style>.*</script>", page, re.S).group())  # type: ignore[union-attr]
    assert all(link.startswith(("#", "data:")) for link in re.findall(r'(?:href|src)="([^"]*)"', page))
    policy = unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1))  # type: ignore[union-attr]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (code,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" in policy
    assert not re.search(r'\s(?:style|on\w+)="', page)


def test_markup_stays_text_wherever_it_comes_from(document: Document) -> None:
    hostile = Checked(HOSTILE, 0, len(HOSTILE), "unchecked", 0.0, (), (), (), (), Searched(1, 18), PROVENANCE)
    cite = Cited(HOSTILE, 0, len(HOSTILE), "fabricated", HOSTILE, difference=HOSTILE, why=HOSTILE, accepted=HOSTILE)
    html = report_html(DraftReport(HOSTILE, HOSTILE, (hostile,), (cite,), (HOSTILE,), PROVENANCE, ((0, HOSTILE),)))
    tree = lxml.html.fromstring(html)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img")
    assert tree.xpath('//div[@class="text"]')[0].text_content() == HOSTILE
    assert tree.xpath("//title")[0].text == f"{HOSTILE}: checked"


def test_the_same_draft_gives_the_same_page(page: str, document: Document) -> None:
    checked = replace(report(document), accepted=((4, "Of no account here."),))
    assert report_html(checked, {"urits-2021": document}, read()) == page


def test_what_turns_text_around_is_made_visible() -> None:
    assert shown("a\u202eb\x00c\r\nd\re\u05d0") == "a\ufffdb\ufffdc\nd\ne\u05d0"


def test_a_draft_without_claims_says_so() -> None:
    html = report_html(DraftReport("x.txt", "Why?\n", (), (), (), PROVENANCE))
    assert "No claim, citation or quotation was found in this draft." in html


@settings(max_examples=80, deadline=None)
@given(
    st.text("ab \n.[1]<&é", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 30), st.booleans()), max_size=6),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), max_size=4),
)
def test_any_marks_in_any_text_leave_it_as_it_is(text: str, spans: list[tuple[int, int, bool]], boxes: list[tuple[int, int]]) -> None:
    claims, marks = [], []
    for start, length, is_claim in spans:
        end = min(len(text), start + length)
        if start >= end:
            continue
        if is_claim:
            claims.append(Checked(text[start:end], start, end, "partly", 0, (), (), (), (), Searched(1, 1), PROVENANCE))
        else:
            marks.append(Cited(text[start:end], start, end, "ok"))
    blocks, last = [], 0
    for start, length in sorted(boxes):
        end = min(len(text), start + length)
        if last <= start < end:
            blocks.append(Block(start, end, "paragraph"))
            last = end
    listed = items(DraftReport("x", text, tuple(claims), tuple(marks), (), PROVENANCE))
    html = marked(text, listed, blocks)
    assert text_of(html) == text
    for item in listed:
        pieces = lxml.html.fromstring(f"<div>{html}</div>").xpath(f'//span[@data-n="{item.n}" and starts-with(@class, "m")]')
        # Two marks of the same kind may lie across each other: then a piece may hold no more than its own stretch.
        assert "".join(str(p.text_content()) for p in pieces) == item.text


def contrast(one: str, other: str) -> float:
    """WCAG 2's ratio of two colours (#rrggbb)."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_colour_of_text_is_readable_on_every_ground(page: str) -> None:
    palettes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", page, re.S)]
    assert len(palettes) == 2
    for palette in palettes:
        for text in ("ink", "soft", "accent", "wrong", "doubt", "fine"):
            for ground in ("paper", "surface", "tint"):
                assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
        for tone in ("wrong", "doubt"):
            assert contrast(palette[tone], palette[f"{tone}-tint"]) >= 4.5
            assert contrast(palette["paper"], palette[tone]) >= 4.5
        assert contrast(palette["on-accent"], palette["accent"]) >= 4.5
        assert contrast(palette["edge"], palette["surface"]) >= 3
