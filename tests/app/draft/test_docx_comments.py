"""The commented copy of a Word draft: the same text, the same formatting, comments on the claims."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from pincite.app.answer import Assistant
from pincite.app.claims import Checked, Reason, Searched, Verdict
from pincite.app.draft.blocks import Note
from pincite.app.draft.docx_comments import commented, write_commented
from pincite.app.draft.findings import Cited, DraftReport
from pincite.app.draft.reading import draft_from_text, read_bytes
from pincite.ingest.errors import UsageError
from pincite.ingest.text import Document

from .reports import PROVENANCE, claim

Found = tuple[str, Verdict, tuple[Reason, ...]]

FIRST: Found = ("the relief lasts for 3 hours", "contradicted", (Reason("time", "3 hours", "30 minutes"),))
CELL: Found = ("Headaches went away in 41% of patients", "contradicted", (Reason("number", "41%", "80%"),))
FINE: Found = ("Opioid consumption was lower after abdominal surgery", "supported", ())


def a_draft() -> WordDocument:
    """Bold and coloured runs that claims begin and end within, a table, a tracked change, a break, an empty paragraph."""
    word = docx.Document()
    word.add_heading("Magnesium", 1)
    paragraph = word.add_paragraph("Given intravenously it acts at once, and ")
    bold = paragraph.add_run("the relief las")
    bold.bold = True
    red = paragraph.add_run("ts for 3 hours, as we\tall\nknow")
    red.font.color.rgb = RGBColor(0xC0, 0, 0)
    paragraph.add_run(" [1].")
    word.add_paragraph("")
    table = word.add_table(2, 2)
    table.cell(0, 0).text = "Condition"
    table.cell(0, 1).text = "Effect"
    table.cell(1, 0).text = "Headache"
    table.cell(1, 1).text = "Headaches went away in 41% of patients."
    changed = word.add_paragraph("Opioid consumption ")
    for xml in (
        '<w:ins {ns} w:id="90" w:author="A"><w:r><w:t xml:space="preserve">was lower </w:t></w:r></w:ins>',
        '<w:del {ns} w:id="91" w:author="A"><w:r><w:delText xml:space="preserve">was higher </w:delText></w:r></w:del>',
        "<w:r {ns}><w:t>after abdominal surgery.</w:t></w:r>",
    ):
        changed._p.append(parse_xml(xml.format(ns=nsdecls("w"))))
    return word


def saved(word: WordDocument) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def checked(data: bytes, document: Document, found: Sequence[Found], citations: Sequence[Cited] = ()) -> tuple[bytes, tuple[str, ...]]:
    """The commented copy of a draft in which these claims were found."""
    draft = read_bytes(data, "draft.docx", ".docx")
    claims = tuple(
        claim(text, verdict, document, reasons=reasons, contradicting=(3,) if verdict == "contradicted" else (), draft=draft.text)
        for text, verdict, reasons in found
    )
    return commented(data, draft, DraftReport("draft.docx", draft.text, claims, tuple(citations), (), PROVENANCE))


def anchors(data: bytes) -> dict[str, str]:
    """The text that each comment stands on, by the comment's first line."""
    word = docx.Document(io.BytesIO(data))
    said = {str(c.comment_id): c.text.splitlines()[0] for c in word.comments}
    found: dict[str, str] = {}
    inside: set[str] = set()
    for element in word.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            inside.add(element.get(qn("w:id")))
        elif element.tag == qn("w:commentRangeEnd"):
            inside.discard(element.get(qn("w:id")))
        elif element.tag in (qn("w:t"), qn("w:tab"), qn("w:br")):
            for each in inside:
                found[said[each]] = found.get(said[each], "") + str(element)
    return found


def formatted(data: bytes) -> list[tuple[str, str]]:
    """Every character of the body with its run's formatting."""
    word = docx.Document(io.BytesIO(data))
    characters = []
    for run in word.element.body.iter(qn("w:r")):
        look: Any = run.find(qn("w:rPr"))
        style = "" if look is None else "".join(sorted(child.tag + str(sorted(child.attrib.items())) for child in look))
        characters += [(c, style) for c in run.text + "".join(t.text or "" for t in run.iter(qn("w:delText")))]
    return characters


@pytest.fixture(scope="module")
def document(assistant: Assistant) -> Document:
    return assistant.documents["urits-2021"]


def test_comments_stand_on_the_claims_and_nothing_else_changes(document: Document) -> None:
    before = saved(a_draft())
    after, notices = checked(before, document, [FIRST, CELL, FINE])
    assert notices == ()
    assert anchors(after) == {
        "2 findings need a look, in 3 claims. Not medical advice.": "Magnesium",
        "1. Contradicted": FIRST[0],
        "2. Contradicted": CELL[0],
    }
    assert formatted(after) == formatted(before)
    assert read_bytes(after, "x", ".docx").text == read_bytes(before, "x", ".docx").text


def test_a_comment_gives_reason_sentence_and_address(document: Document) -> None:
    after, _ = checked(saved(a_draft()), document, [FIRST])
    comment = list(docx.Document(io.BytesIO(after)).comments)[1]
    assert comment.author == "Pincite"
    assert comment.text.splitlines() == [
        "1. Contradicted",
        "The source says otherwise.",
        "time: “3 hours” in the draft, “30 minutes” in the source",
        f"urits-2021, sentence 3: “{document.sentence(3).text}”",
    ]


def test_a_claim_over_several_runs_and_one_within_another(document: Document) -> None:
    before = saved(a_draft())
    outer: Found = ("it acts at once, and the relief lasts for 3 hours, as we\tall know", "partly", ())
    after, _ = checked(before, document, [outer, FIRST])
    found = anchors(after)
    assert found["1. Partly supported"] == "it acts at once, and the relief lasts for 3 hours, as we\tall\nknow"
    assert found["2. Contradicted"] == FIRST[0]
    assert formatted(after) == formatted(before)


def test_a_tracked_change_is_kept_and_a_claim_across_it_is_commented(document: Document) -> None:
    before = saved(a_draft())
    after, _ = checked(before, document, [("Opioid consumption was lower after abdominal surgery", "unchecked", ())])
    assert anchors(after)["1. Unchecked"] == "Opioid consumption was lower after abdominal surgery"
    xml = zipfile.ZipFile(io.BytesIO(after)).read("word/document.xml").decode()
    assert xml.count("<w:ins ") == xml.count("<w:del ") == 1
    assert "was higher " in xml


def test_comments_that_are_there_already_stay(document: Document) -> None:
    word = a_draft()
    word.add_comment(word.paragraphs[1].runs[0], "Ours.", "Editor", "E")
    after, _ = checked(saved(word), document, [FIRST])
    assert [c.author for c in docx.Document(io.BytesIO(after)).comments] == ["Editor", "Pincite", "Pincite"]


def test_what_has_no_place_in_the_body_is_quoted_at_the_start_and_said(document: Document) -> None:
    data = saved(a_draft())
    draft = read_bytes(data, "draft.docx", ".docx")
    nowhere = Checked(
        "In a note \x01", len(draft.text) + 5, len(draft.text) + 14, "unchecked", 0, (), (), (), (), Searched(1, 18), PROVENANCE
    )
    after, notices = commented(data, draft, DraftReport("draft.docx", draft.text, (nowhere,), (), (), PROVENANCE))
    assert "has no place of its own" in notices[0]
    assert anchors(after)["1. Unchecked: “In a note  ”"] == "Magnesium"


def test_a_claim_in_a_footnote_is_commented_at_its_mark(document: Document) -> None:
    data = saved(a_draft())
    draft = read_bytes(data, "draft.docx", ".docx")
    note, at = "Headaches went away in 41% of patients.", draft.text.index("Condition") + len("Condition")
    start = len(draft.text) + 1
    noted = replace(draft, text=f"{draft.text}\n{note}", notes=(Note(at, start, start + len(note)),))
    found = Checked(note, start, start + len(note), "contradicted", 0, (), (), (), (), Searched(1, 18), PROVENANCE)
    after, notices = commented(data, noted, DraftReport("draft.docx", noted.text, (found,), (), (), PROVENANCE))
    assert notices == ()
    assert anchors(after)[f"1. Contradicted: “{note}”"] == "Condition"


def test_the_same_draft_gives_the_same_bytes(document: Document) -> None:
    data = saved(a_draft())
    assert checked(data, document, [FIRST, CELL]) == checked(data, document, [FIRST, CELL])


def test_files_that_are_no_word_files_and_the_draft_itself_are_refused(tmp_path: Path, document: Document) -> None:
    text = draft_from_text("Magnesium helps.", "draft.txt")
    report = DraftReport("draft.txt", text.text, (), (), (), PROVENANCE)
    with pytest.raises(UsageError, match=r"only a \.docx"):
        commented(b"Magnesium helps.", text, report)
    source = tmp_path / "draft.docx"
    source.write_bytes(saved(a_draft()))
    draft = read_bytes(source.read_bytes(), "draft.docx", ".docx")
    with pytest.raises(UsageError, match="is the draft itself"):
        write_commented(source, draft, report, source)
    with pytest.raises(UsageError, match="no comments can be put into it"):
        commented(b"PK\x03\x04 nothing", draft, report)
    with pytest.raises(UsageError, match="cannot be written"):
        write_commented(source, draft, report, tmp_path / "absent" / "copy.docx")
    with pytest.raises(UsageError, match="cannot be read"):
        write_commented(tmp_path / "absent.docx", draft, report, tmp_path / "copy.docx")


def test_it_opens_as_a_page_in_libreoffice(tmp_path: Path, document: Document) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "copy.docx").write_bytes(checked(saved(a_draft()), document, [FIRST, CELL])[0])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "copy.docx")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
