"""The Markdown report: what needs a look first, and nothing of the draft read as Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from pincite.app.answer import Assistant
from pincite.app.draft.findings import DraftReport
from pincite.app.draft.markdown import report_markdown

from .reports import PROVENANCE, claim, report


@pytest.fixture(scope="module")
def checked(assistant: Assistant) -> DraftReport:
    return replace(report(assistant.documents["urits-2021"]), accepted=((4, "Of no account here."),))


def test_what_needs_a_look_comes_first_and_everything_is_there(checked: DraftReport) -> None:
    text = report_markdown(checked)
    assert text.startswith("# Check of review.md\n\n**10 findings need a look, in 7 claims and 8 citations or quotations. 1 accepted.**\n")
    order = [text.index(heading) for heading in ("## Needs a look (10)", "## Accepted (1)", "## Nothing wrong (4)")]
    assert order == sorted(order)
    assert "- time: “3 hours” in the draft, “30 minutes” in the source" in text
    assert "- Accepted: Of no account here." in text
    assert "it ~~is certain that a~~ **remains unclear whether any** clinical benefit" in text
    assert "Searched 1 document, 18 sentences. The nearest sentences, and what they lack:" in text
    assert "\n\nNot medical advice. Made by: version 0" in text
    assert "\n\n\n" not in text


def test_the_same_report_gives_the_same_bytes(checked: DraftReport) -> None:
    assert report_markdown(checked) == report_markdown(checked)


def test_markup_and_markdown_of_a_draft_stay_text(assistant: Assistant) -> None:
    hostile = "# <script>alert(1)</script> [x](https://example.org) **bold** | a `b` ![i](https://example.org/i.png)"
    bad = claim(hostile, "unchecked", assistant.documents["urits-2021"], draft=hostile)
    html = MarkdownIt().render(report_markdown(DraftReport("a*b*.md", hostile, (bad,), (), (hostile,), PROVENANCE)))
    for sign in ("<script", "<a ", "<img", "<code", "<em"):
        assert sign not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_draft_without_claims_says_so() -> None:
    assert "No claim, citation or quotation was found" in report_markdown(DraftReport("x.txt", "Why?", (), (), (), PROVENANCE))
