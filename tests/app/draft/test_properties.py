"""For drafts of every kind: what is said to stand at a place stands there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pincite.app.draft.blocks import ReadDraft
from pincite.app.draft.check import draft_marks
from pincite.app.draft.claims import split_claims
from pincite.app.draft.marks import Known
from pincite.app.draft.quotations import find_quotations, spans
from pincite.app.draft.reading import draft_from_text
from pincite.app.draft.references import read_references

KNOWN = Known(("urits-2021",), {"urits"}, frozenset({"1", "2", "3"}))
PIECES = st.sampled_from(
    [
        *(
            "Magnesium relieves pain",
            "opioid use fell by 12%",
            "it lasted for 30 minutes",
            "Urits et al. (2021) found that",
            "relief was brief",
        ),
        *(
            " [1]",
            " [1,3–5]",
            "¹",
            " (Urits et al., 2021; Smith, 2019)",
            " [urits-2021:14]",
            " doi:10.5812/aapm.112348",
            "<sup>2</sup>",
            "[^1]",
        ),
        *(". ", ", and ", "; ", "? ", " but ", ": ", " “it remains unclear” ", ' "in 80% of patients" ', "…", "**", "_", "`", "\\"),
        *(
            "\n",
            "\n\n",
            "\n# Heading\n\n",
            "\n- ",
            "\n1. ",
            "\n> ",
            "\n| a | b |\n|---|---|\n| c | d |\n",
            "\n\nReferences\n\n1. Urits I. One. 2021.\n",
        ),
        *(
            "\r\n",
            "\t",
            "\x00",
            "\x1b[31m",
            "\u200f",
            "\u202e",
            "مغنيسيوم",
            "镁可以缓解疼痛。",
            "é",
            "e\u0301",
            "😀",
            "<script>",
            "</p>",
            "&lt;",
            "\u2028",
        ),
    ]
)
DRAFTS = st.lists(PIECES | st.text(max_size=12), min_size=1, max_size=40).map("".join).filter(str.strip)


def all_read(text: str, kind: str) -> ReadDraft:
    return draft_from_text(text, kind="markdown" if kind == "markdown" else "text")


@settings(deadline=None, max_examples=150)
@given(DRAFTS, st.sampled_from(["text", "markdown"]))
def test_every_claim_mark_and_quotation_stands_where_it_says(text: str, kind: str) -> None:
    draft = all_read(text, kind)
    assert draft.text == text
    end = 0
    for block in draft.blocks:
        assert end <= block.start < block.end <= len(text)
        end = block.end
    marks = list(draft_marks(draft, KNOWN))
    quotations = find_quotations(draft, marks)
    claims = split_claims(draft, marks, spans(quotations))
    for mark in marks:
        assert 0 <= mark.whole[0] <= mark.start < mark.end <= mark.whole[1] <= len(text)
    for quotation in quotations:
        assert quotation.said in text[quotation.start : quotation.end]
    end = 0
    for claim in claims:
        assert text[claim.start : claim.end] == claim.text
        assert claim.text.strip()
        assert claim.judged.strip()
        assert claim.start >= end
        end = claim.end
    read_references(draft)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300).filter(str.strip), st.sampled_from(["text", "markdown"]))
def test_any_text_at_all_is_read(text: str, kind: str) -> None:
    draft = all_read(text, kind)
    for claim in split_claims(draft, list(draft_marks(draft, KNOWN))):
        assert text[claim.start : claim.end] == claim.text
