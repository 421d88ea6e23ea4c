"""The Check tab: what its handlers give, and the tab in Chromium, on a desktop and on a phone."""

from __future__ import annotations

import io
import re
import threading
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from pincite.app.answer import Assistant
from pincite.app.draft.check import check_draft
from pincite.app.draft.html import report_html
from pincite.app.draft.reading import draft_from_text
from pincite.app.web import checking
from pincite.app.web.check_tab import CheckTab
from selenium import webdriver

from .browsing import DESKTOP, PHONE, Browsing

DRAFT = "Intravenous magnesium relieves pain at once, and the relief lasts for 3 hours. It cures cluster headache in children.\n"
HOSTILE = """Magnesium <script>document.title='taken'</script><img src=x onerror="document.title='taken'">
relieves pain ${1+1} {{7*7}} for 30 minutes."""


def last(shown: object) -> str:
    *_, end = shown  # type: ignore[misc]
    return str(end)


def page_in(shown: str) -> str:
    found = re.search(r'srcdoc="([^"]*)"', shown)
    assert found
    return unescape(found.group(1))


def uploaded(folder: Path, name: str, data: bytes) -> Path:
    """A file as an upload leaves it: in a folder of its own."""
    path = folder / "upload" / name
    path.parent.mkdir()
    path.write_bytes(data)
    return path


def test_the_tab_shows_the_file_that_the_command_writes(assistant: Assistant) -> None:
    first, *_, end = checking.check_text(assistant, DRAFT)
    assert "Reading the draft" in first
    draft = draft_from_text(DRAFT, checking.PASTED)
    assert page_in(end) == report_html(check_draft(assistant, draft), assistant.documents, draft)
    assert 'sandbox="allow-scripts"' in end


def test_an_upload_is_read_and_deleted(assistant: Assistant, tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph(DRAFT.strip())
    buffer = io.BytesIO()
    word.save(buffer)
    path = uploaded(tmp_path, "my draft.docx", buffer.getvalue())
    shown = last(checking.check_file(assistant, str(path)))
    assert "my draft.docx: checked" in page_in(shown)
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.docx", b"\x00\x01 not a document", "is not a Word document"),
        ("x.txt", b"", "is empty"),
        ("x.pdf", b"%PDF-1.7 \xff\xfe", ""),
        ("x.txt", b"\xff\x00\xff", "is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_deleted(
    assistant: Assistant, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    path = uploaded(tmp_path, name, data)
    shown = last(checking.check_file(assistant, str(path)))
    assert "pc-refused" in shown
    assert said in shown
    assert not path.parent.exists()


@pytest.mark.parametrize("text", ["", "  \n ", None])
def test_nothing_to_check_is_told_so(assistant: Assistant, text: str | None) -> None:
    assert checking.EMPTY in last(checking.check_text(assistant, text))
    assert checking.EMPTY in last(checking.check_file(assistant, None))


def test_markup_of_a_draft_stays_text(assistant: Assistant) -> None:
    shown = last(checking.check_text(assistant, HOSTILE))
    assert "<script" not in shown
    assert page_in(shown).count("<script>") == 1


def test_the_tab_keeps_nothing(assistant: Assistant) -> None:
    tab = CheckTab(assistant)
    before = dict(vars(tab))
    assert "pc-checked" in last(tab.check_text(DRAFT))
    assert tab.start_over() == ""
    assert vars(tab) == before


def test_a_check_that_nobody_waits_for_ends(assistant: Assistant) -> None:
    steps = checking.check_text(assistant, DRAFT * 60)
    next(steps)
    next(steps)
    steps.close()
    for thread in threading.enumerate():
        if thread.name == "pincite-check":
            thread.join(20)
            assert not thread.is_alive()


def test_two_checks_at_once_do_not_meet(assistant: Assistant) -> None:
    texts = [DRAFT, "Patients with headache have low serum magnesium levels.\n"]
    alone = [last(checking.check_text(assistant, text)) for text in texts]
    one, other = (checking.check_text(assistant, text) for text in texts)
    next(one)
    next(other)
    assert [last(one), last(other)] == alone


def to_the_tab(page: Browsing) -> None:
    page.one('[data-show="check"]').click()
    page.until(lambda: page.one("#pc-draft textarea").is_displayed())


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_paste_check_read_and_start_again(driver: webdriver.Chrome, page_url: str, size: tuple[int, int]) -> None:
    page = Browsing(driver, page_url, size)
    to_the_tab(page)
    page.one("#pc-draft textarea").send_keys(DRAFT)
    page.one("#pc-check-go").click()
    frame = page.until(lambda: page.one("iframe.pc-report"), 60)
    assert page.run("return document.documentElement.scrollWidth") <= size[0]
    page.until(lambda: not page.one("#pc-check-form").is_displayed())
    page.until(lambda: page.focused("iframe"))
    driver.switch_to.frame(frame)
    try:
        assert "need a look" in page.until(lambda: page.one(".headline").text).replace("needs", "need")
        page.one('[data-step="1"]').click()
        assert page.one(".card[aria-current]").is_displayed()
        assert page.run("return window.origin") == "null"  # it can reach nothing of the page around it
    finally:
        driver.switch_to.default_content()
    page.one("#pc-check-again").click()
    page.until(lambda: page.one("#pc-draft textarea").is_displayed())
    assert page.one("#pc-draft textarea").get_attribute("value") == DRAFT
    page.until(lambda: page.focused("#pc-draft textarea"))
    page.one('[data-show="ask"]').click()
    page.until(lambda: page.one("#pc-question textarea").is_displayed())
    assert page.complaints() == []
    assert {urlsplit(url).netloc for url in page.requests()} == {urlsplit(page_url).netloc}


def test_a_file_is_chosen_and_its_page_downloaded(driver: webdriver.Chrome, page_url: str, tmp_path: Path) -> None:
    page = Browsing(driver, page_url)
    to_the_tab(page)
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    file = tmp_path / "A draft of mine.md"
    file.write_text("# Pain\n\n" + HOSTILE + "\n", encoding="utf-8")
    page.one("#pc-check-form input[type=file]").send_keys(str(file))
    page.until(lambda: page.one("iframe.pc-report"), 60)
    page.one("[data-download]").click()
    saved = page.until(lambda: next(tmp_path.glob("*-checked.html"), None))
    assert saved.name == "A draft of mine-checked.html"
    assert "30 minutes" in saved.read_text(encoding="utf-8")
    assert driver.title == "Pincite"
    assert page.complaints() == []


def test_header_fits_a_phone_after_a_question(driver: webdriver.Chrome, page_url: str) -> None:
    page = Browsing(driver, page_url, PHONE)
    page.ask("does IV magnesium help migraine?")
    right = page.run("return Math.max(...[...document.querySelectorAll('#pc-header button')].map((b) => b.getBoundingClientRect().right))")
    assert right <= PHONE[0]
    assert page.one('[data-show="check"]').accessible_name == "Check a draft"
