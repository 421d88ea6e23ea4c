"""The page in Chromium: the real command serves it, the real engine answers."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from pincite.app.answer import Assistant
from pincite.app.web.examples import examples_for
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from .browsing import DESKTOP, PHONE, Browsing

QUESTION = "does IV magnesium help migraine?"


def test_ask_and_see_the_sentence(driver: webdriver.Chrome, page_url: str, assistant: Assistant) -> None:
    page = Browsing(driver, page_url)
    page.ask(QUESTION)
    expected = [c.sentence for c in assistant.ask(QUESTION).citations]
    assert page.cited(1) == expected
    assert page.active().get_attribute("data-sentence") == str(expected[0])
    last = page.all(".pc-evidence .pc-cite")[-1]
    last.click()
    page.until(lambda: last.get_attribute("aria-current") == "true")
    highlighted = page.active()
    assert highlighted.get_attribute("data-sentence") == str(expected[-1])
    assert highlighted.text == assistant.documents["urits-2021"].sentence(expected[-1]).text
    assert highlighted.value_of_css_property("background-color") != page.one(".pc-text").value_of_css_property("background-color")
    assert [int(e.get_attribute("data-sentence") or 0) for e in page.all(".pc-sentence[data-cited]")] == sorted(expected)
    assert "Not medical advice." in page.one("#pc-foot").text
    assert page.complaints() == []


def test_the_pane_shows_the_whole_article(driver: webdriver.Chrome, page_url: str, assistant: Assistant) -> None:
    page = Browsing(driver, page_url)
    document = assistant.documents["urits-2021"]
    shown = page.run(
        "const b = document.querySelector('.pc-body').cloneNode(true); b.querySelector('.pc-label').remove(); return b.textContent"
    )
    assert " ".join(shown.split()) == " ".join(document.text.split())


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_examples(driver: webdriver.Chrome, page_url: str, assistant: Assistant, size: tuple[int, int]) -> None:
    page = Browsing(driver, page_url, size)
    examples = examples_for(assistant.documents)
    assert page.text(".pc-example") == [example.question for example in examples]
    assert page.text(".pc-scope")[0].startswith("Answers only from: ")
    for example in examples:
        next(button for button in page.all(".pc-example") if button.text == example.question).click()
        turn = page.answer(1)
        assert turn.get_attribute("data-status") == ("no_evidence" if example.declines else "answered"), example.question
        page.one("#pc-again").click()
        page.until(lambda: len(page.all(".pc-example")) == len(examples))


def test_an_abstention_says_what_was_searched(driver: webdriver.Chrome, page_url: str) -> None:
    page = Browsing(driver, page_url)
    turn = page.ask("Which statin has the lowest risk of muscle pain?")
    assert turn.get_attribute("data-status") == "no_evidence"
    assert "no evidence" in turn.text
    assert "Searched 1 document, 18 sentences." in turn.text
    assert not turn.find_elements(By.CSS_SELECTOR, ".pc-cite")
    nearest = turn.find_elements(By.CSS_SELECTOR, ".pc-goto")[0]
    nearest.click()
    shown = page.active()
    assert shown.get_attribute("data-active") == "found"
    assert shown.get_attribute("data-sentence") == nearest.get_attribute("data-sentence")
    assert page.text(".pc-position") == [f"Sentence {nearest.get_attribute('data-sentence')}, not cited"]


def test_on_a_phone_a_citation_opens_the_document_over_the_page(driver: webdriver.Chrome, page_url: str) -> None:
    page = Browsing(driver, page_url, PHONE)
    page.ask(QUESTION)
    assert not page.one("#pc-side").is_displayed()
    cite = page.one(".pc-evidence .pc-cite")

    def escape() -> None:
        page.keys(Keys.ESCAPE)

    def press_close() -> None:
        page.one("[data-close]").click()

    for close in (escape, press_close, page.back):
        cite.click()
        sheet = page.until(lambda: page.one('#pc-side[role="dialog"][aria-modal="true"]'))
        assert sheet.get_attribute("aria-label") == "Document"
        assert page.active().get_attribute("data-sentence") == cite.get_attribute("data-sentence")
        assert page.run("return document.querySelector('#pc-side').contains(document.activeElement)")
        assert page.run("return document.querySelector('#pc-talk').inert")
        close()
        page.until(lambda: not page.one("#pc-side").is_displayed())
        assert page.focused(".pc-cite")
        assert not page.run("return document.querySelector('#pc-talk').inert")
    page.one("[data-open]").click()
    page.until(lambda: page.one("#pc-side").is_displayed())
    assert driver.current_url == page_url


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_is_wider_than_the_screen_and_lines_are_short(driver: webdriver.Chrome, page_url: str, size: tuple[int, int]) -> None:
    page = Browsing(driver, page_url, size)
    page.ask(QUESTION)
    page.ask("w" * 300)
    assert page.run("return document.documentElement.scrollWidth") <= size[0]
    assert page.run("return document.querySelector('#pc-scroll').scrollWidth <= document.querySelector('#pc-scroll').clientWidth")
    longest = """
    const range = document.createRange(), node = arguments[0].firstChild;
    let line = 0, longest = 0, top = null;
    for (let i = 0; i < node.length; i++) {
      range.setStart(node, i); range.setEnd(node, i + 1);
      const y = Math.round(range.getBoundingClientRect().top);
      line = y === top ? line + 1 : 1; top = y; longest = Math.max(longest, line);
    }
    return longest;"""
    assert max(page.run(longest, quote) for quote in page.all(".pc-evidence blockquote")) <= 73  # 72 and the space at the end


def test_the_keyboard_is_enough(driver: webdriver.Chrome, page_url: str, assistant: Assistant) -> None:
    expected = [c.sentence for c in assistant.ask(QUESTION).citations]
    assert len(expected) >= 2
    page = Browsing(driver, page_url)
    page.tab_to("#pc-question textarea")
    page.keys(QUESTION, Keys.ENTER)
    page.answer(1)
    assert page.focused("#pc-question textarea")
    page.tab_to('.pc-evidence .pc-cite[data-n="1"]', back=True)
    assert page.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keys("j")
    page.until(lambda: page.active().get_attribute("data-sentence") == str(expected[1]))
    assert page.text(".pc-position") == [f"Citation 2 of {len(expected)}"]
    page.tab_to(".pc-text")
    page.keys("k")
    page.until(lambda: page.active().get_attribute("data-sentence") == str(expected[0]))
    page.keys("k")  # the first has none before it
    assert page.text(".pc-position") == [f"Citation 1 of {len(expected)}"]
    page.tab_to('[data-step="1"]', back=True)
    page.keys(Keys.ENTER)
    page.until(lambda: page.active().get_attribute("data-sentence") == str(expected[1]))
    page.tab_to(".pc-found summary", back=True)
    page.keys(Keys.ENTER)
    page.until(lambda: page.one(".pc-found").get_attribute("open"))
    page.tab_to("#pc-question textarea")
    page.keys("jk")  # in the box they are letters
    assert page.one("#pc-question textarea").get_attribute("value") == "jk"


def test_an_example_by_keyboard_keeps_the_focus_on_the_page(driver: webdriver.Chrome, page_url: str) -> None:
    page = Browsing(driver, page_url)
    page.tab_to(".pc-example")
    page.keys(Keys.ENTER)
    page.answer(1)
    page.until(lambda: page.focused(".pc-turn"))
    page.keys(Keys.TAB)
    assert page.focused(".pc-cite, .pc-goto")


def test_a_screen_reader_hears_the_answer(driver: webdriver.Chrome, page_url: str, assistant: Assistant) -> None:
    page = Browsing(driver, page_url)
    answer = assistant.ask(QUESTION)
    page.ask(QUESTION)
    heard = page.until(lambda: (said := page.text("#pc-said")[0]) != "Searching…" and said)
    count = len(answer.citations)
    assert heard == f"{answer.headline} {answer.stance}. {count} citation{'s' if count > 1 else ''}."
    assert page.one(".pc-cite").accessible_name == f"Citation 1: urits-2021, sentence {answer.citations[0].sentence}"
    assert page.one("#pc-question textarea").accessible_name == "Your question"


def test_what_is_typed_stays_text(driver: webdriver.Chrome, page_url: str) -> None:
    page = Browsing(driver, page_url)
    hostile = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"> ${1+1} {{7*7}} `x` does it help?"
    page.ask(hostile)
    assert page.text(".pc-question") == [f"You asked: {hostile}"]
    assert driver.title == "Pincite"
    assert not page.all(".pc-turn script, .pc-turn img")


def test_a_question_that_cannot_be_asked_is_answered_in_the_thread(driver: webdriver.Chrome, page_url: str) -> None:
    page = Browsing(driver, page_url)
    assert page.ask("??? 123").get_attribute("data-status") == "refused"
    assert page.ask("   ").text.endswith("not asked")
    box = page.one("#pc-question textarea")
    page.run("arguments[0].value = 'x'.repeat(100000); arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", box)
    page.one("#pc-send").click()
    assert "100,000 characters" in page.answer(3).text
    assert page.ask(QUESTION).get_attribute("data-status") == "answered"


def test_two_visitors_see_their_own_thread(driver: webdriver.Chrome, page_url: str) -> None:
    first = Browsing(driver, page_url)
    first.ask(QUESTION)
    home = driver.current_window_handle
    driver.switch_to.new_window("tab")
    try:
        second = Browsing(driver, page_url)
        assert second.all(".pc-turn") == []
        second.ask("What is the CRPS dose?")
        assert second.text(".pc-question") == ["You asked: What is the CRPS dose?"]
    finally:
        driver.close()
        driver.switch_to.window(home)
    first.ask("Does magnesium help after abdominal surgery?")
    assert first.text(".pc-question") == [f"You asked: {QUESTION}", "You asked: Does magnesium help after abdominal surgery?"]


def test_no_request_leaves_the_server(driver: webdriver.Chrome, page_url: str) -> None:
    page = Browsing(driver, page_url)
    page.ask(QUESTION)
    page.one(".pc-cite").click()
    page.active()
    requests = page.requests()
    assert len(requests) > 10
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(page_url).netloc}
    assert not [url for url in requests if ".woff" in url or "font" in url]
    assert not page.all("footer, a[href^='http']")


def test_light_and_dark_follow_the_system(driver: webdriver.Chrome, page_url: str) -> None:
    def brightness() -> float:
        return max(map(float, page.run("return getComputedStyle(document.querySelector('#pc-app')).backgroundColor.match(/\\d+/g)")))

    page = Browsing(driver, page_url)
    assert brightness() > 200
    page = Browsing(driver, page_url, dark=True)
    assert brightness() < 60


def test_a_shelf_of_documents_and_markup_in_one_of_them(driver: webdriver.Chrome, shelf_url: str) -> None:
    page = Browsing(driver, shelf_url)
    assert page.text(".pc-example") == []
    assert page.one(".pc-document").get_attribute("data-doc") == "plain"
    choice = page.one(".pc-choice")
    choice.send_keys("zinc")
    page.until(lambda: page.one(".pc-document").get_attribute("data-doc") == "zinc")
    assert "<img src=x onerror=\"document.title='taken'\">" in page.one(".pc-body").text
    assert "${1 + 1} & {{7 * 7}}" in page.one(".pc-body").text
    page.ask("Did vitamin C prevent colds?")
    (goto, *_) = [e for e in page.all(".pc-cite, .pc-goto") if e.get_attribute("data-doc") == "plain"]
    page.run("arguments[0].closest('details')?.setAttribute('open', '')", goto)
    goto.click()
    page.until(lambda: page.one(".pc-document").get_attribute("data-doc") == "plain")
    assert page.active().get_attribute("data-sentence") == goto.get_attribute("data-sentence")
    assert choice.get_attribute("value") == "plain"
    assert driver.title == "Pincite"
    assert page.complaints() == []
