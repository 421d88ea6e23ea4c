"""A draft as a whole: its claims, its marks and its quotations, against the shipped article and against a shelf of two."""

from __future__ import annotations

from pathlib import Path

import pytest
from pincite.app.answer import Assistant, open_corpus
from pincite.app.draft.blocks import Block, Note, ReadDraft
from pincite.app.draft.check import NO_CLAIMS, check_draft
from pincite.app.draft.findings import Cited, DraftReport
from pincite.app.draft.reading import draft_from_text
from pincite.ingest.errors import UsageError
from pincite.ingest.settings import Settings

TRUE = "By 24 hours, reduction of pain by magnesium was no longer significant, indicating it has a short-term effect"
OTHER = "The trial enrolled 212 adults with seasonal rhinitis. Nasal zinc shortened colds by two days in schoolchildren with asthma.\n"


def check(assistant: Assistant, text: str, docs: tuple[str, ...] = ()) -> DraftReport:
    report = check_draft(assistant, draft_from_text(text, kind="markdown"), docs=docs)
    for claim in report.claims:
        assert text[claim.start : claim.end] == claim.claim
    for cited in report.citations:
        assert text[cited.start : cited.end] == cited.text
    return report


def only(report: DraftReport, text: str) -> Cited:
    (found,) = [c for c in report.citations if c.text == text]
    return found


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, assistant: Assistant) -> Assistant:
    """The shipped article and another one."""
    folder = tmp_path_factory.mktemp("shelf")
    Path(folder, "urits-2021.txt").write_text(assistant.documents["urits-2021"].text, encoding="utf-8")
    Path(folder, "zinc-2020.txt").write_text(OTHER, encoding="utf-8")
    return open_corpus(Settings(corpus=folder))


def test_a_true_claim_and_its_mark_are_in_order(assistant: Assistant) -> None:
    report = check(assistant, f"{TRUE} (Urits et al., 2021).")
    assert [c.verdict for c in report.claims] == ["supported"]
    cited = only(report, "(Urits et al., 2021)")
    assert (cited.finding, cited.doc, cited.sentence, cited.claim) == ("ok", "urits-2021", 7, 0)
    assert "is a news summary of a review" in report.notices[0]


def test_a_wrong_time_is_contradicted_and_its_mark_does_not_support_it(assistant: Assistant) -> None:
    report = check(assistant, "Magnesium relieves pain for 3 hours [urits-2021:3].")
    assert [c.verdict for c in report.claims] == ["contradicted"]
    assert only(report, "[urits-2021:3]").finding == "not_supporting"


def test_a_marker_with_the_wrong_sentence_is_told_the_right_one(assistant: Assistant) -> None:
    cited = only(check(assistant, f"{TRUE} [urits-2021:2]."), "[urits-2021:2]")
    assert cited.finding == "not_supporting"
    assert cited.suggested is not None
    assert (cited.suggested.doc, cited.suggested.sentence) == ("urits-2021", 7)


@pytest.mark.parametrize("mark", ["[urits-2021:99]", "(Smith et al., 2019)", "[7]", "doi:10.1000/182", "[smith-2019:1]"])
def test_what_is_not_there_is_said(assistant: Assistant, mark: str) -> None:
    cited = only(check(assistant, f"{TRUE} {mark}."), mark)
    assert cited.finding == ("not_supporting" if "99" in mark else "unknown_source")
    assert cited.why


def test_quotations_exact_altered_and_invented(assistant: Assistant) -> None:
    report = check(
        assistant,
        "“Overall, it remains unclear whether any clinical benefit may be achieved by administering magnesium for migraine relief.”\n\n"
        "“Headaches have been eliminated in 80% of patients within 50 minutes of a magnesium infusion.”\n\n"
        "“Magnesium should be the first choice for every adult with migraine.”",
    )
    assert [c.finding for c in report.citations] == ["ok", "altered", "fabricated"]
    assert report.citations[1].difference == "“15” became “50”"
    assert (report.citations[1].doc, report.citations[1].sentence) == ("urits-2021", 12)
    for claim in report.claims[1:]:
        assert claim.verdict != "supported"
        assert claim.reasons[0].kind == "quote"


def test_true_words_in_an_invented_quotation_are_not_supported(assistant: Assistant) -> None:
    report = check(assistant, "The authors call magnesium “approved for constipation and for arrhythmia by the American authorities”.")
    assert report.citations[0].finding in {"fabricated", "altered"}
    assert report.claims[0].verdict != "supported"


def test_words_of_another_document_are_misattributed(shelf: Assistant) -> None:
    said = "“Nasal zinc shortened colds by two days in schoolchildren with asthma”"
    report = check(shelf, f"{said} [urits-2021].")
    cited = only(report, said)
    assert (cited.finding, cited.doc) == ("misattributed", "urits-2021")
    assert cited.suggested is not None
    assert (cited.suggested.doc, cited.suggested.sentence) == ("zinc-2020", 2)


def test_a_claim_of_another_document_is_misattributed(shelf: Assistant) -> None:
    report = check(shelf, "Nasal zinc shortened colds by two days in schoolchildren with asthma [urits-2021].")
    cited = only(report, "[urits-2021]")
    assert cited.finding == "misattributed"
    assert cited.suggested is not None
    assert cited.suggested.doc == "zinc-2020"


def test_marks_stand_with_their_own_clauses(assistant: Assistant) -> None:
    text = "Magnesium is approved for constipation [urits-2021], and it was reviewed in a journal of anesthesiology [2]."
    report = check(assistant, text)
    assert [c.claim for c in report.citations] == [0, 1]


def test_only_some_documents(shelf: Assistant) -> None:
    report = check(shelf, f"{TRUE} [urits-2021].", docs=("zinc-2020",))
    assert report.claims[0].searched.documents == 1
    assert only(report, "[urits-2021]").finding == "unknown_source"
    with pytest.raises(UsageError, match="no document 'absent'"):
        check(shelf, TRUE, docs=("absent",))


def test_a_draft_without_claims_says_so(assistant: Assistant) -> None:
    report = check(assistant, "# Only a heading")
    assert (report.claims, report.citations, report.notices) == ((), (), (NO_CLAIMS,))


def test_a_footnote_that_cites_stands_with_the_sentence_of_its_mark(assistant: Assistant) -> None:
    note = "Urits I, Jung J. Utilization of magnesium for the treatment of chronic pain. 2021. doi:10.5812/aapm.112348"
    text = f"{TRUE}.\n{note}"
    at = len(TRUE) + 1
    blocks = (Block(0, at, "paragraph"), Block(at + 1, len(text), "references"))
    draft = ReadDraft("a.docx", text, "docx", blocks, notes=(Note(at, at + 1, len(text)),))
    report = check_draft(assistant, draft)
    assert [c.claim for c in report.claims] == [f"{TRUE}."]
    assert [(c.text, c.finding, c.claim) for c in report.citations] == [(note, "ok", 0)]


def test_progress_ends_at_the_number_of_claims(assistant: Assistant) -> None:
    steps: list[tuple[str, int, int]] = []
    check_draft(assistant, draft_from_text(f"{TRUE}. {TRUE}. {TRUE}."), progress=lambda *step: steps.append(step))
    assert steps[0][1:] == (0, 3)
    assert steps[-1][1:] == (3, 3)


def test_the_same_draft_gives_the_same_report(assistant: Assistant) -> None:
    text = f"{TRUE} [1]. “It remains unclear whether” it helps (Urits 2021)."
    assert check(assistant, text).as_json() == check(assistant, text).as_json()
