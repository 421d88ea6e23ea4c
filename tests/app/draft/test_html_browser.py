"""The page of a checked draft in Chromium: by keyboard, on a phone, without its script, with a hostile draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pincite.app.answer import Assistant
from pincite.app.claims import Checked, Searched
from pincite.app.draft.findings import DraftReport
from pincite.app.draft.html import report_html
from pincite.app.draft.reading import draft_from_text
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from .reports import HOSTILE, PROVENANCE, read, report


class Visit:
    """One look at the page in the browser."""

    def __init__(self, driver: webdriver.Chrome, file: Path, size: tuple[int, int] = (1280, 900), script: bool = True) -> None:
        self.driver = driver
        screen = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 500}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]})
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
        driver.get("about:blank")
        for log in ("browser", "performance"):
            driver.get_log(log)  # type: ignore[no-untyped-call]
        driver.get(file.as_uri())

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def keys(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self) -> str:
        return str(self.driver.switch_to.active_element.get_attribute("outerHTML"))

    def current(self) -> str | None:
        found = self.all(".card[aria-current]")
        return found[0].get_attribute("id") if found else None

    def wait(self, condition: Callable[[], Any]) -> Any:
        return WebDriverWait(self.driver, 5, 0.05).until(lambda _: condition())

    def quiet(self) -> bool:
        """Whether nothing was complained of, and nothing asked for but the file itself."""
        said = [e["message"] for e in self.driver.get_log("browser") if e["level"] == "SEVERE"]  # type: ignore[no-untyped-call]
        log = [json.loads(e["message"])["message"] for e in self.driver.get_log("performance")]  # type: ignore[no-untyped-call]
        asked = [e["params"]["request"]["url"] for e in log if e["method"] == "Network.requestWillBeSent"]
        return not said and all(url.startswith(("file:", "data:", "about:")) for url in asked)


@pytest.fixture
def file(assistant: Assistant, tmp_path: Path) -> Path:
    document = assistant.documents["urits-2021"]
    page = report_html(replace(report(document), accepted=((4, "Of no account here."),)), {"urits-2021": document}, read())
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def test_from_finding_to_finding_by_keyboard(driver: webdriver.Chrome, file: Path) -> None:
    visit = Visit(driver, file)
    assert [e.text for e in visit.all("[data-filter]")] == ["Needs a look 10", "Accepted 1", "Everything 15"]
    visit.keys("n")
    assert visit.current() == "e1"
    assert 'href="#e1"' in visit.focused()
    assert driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    visit.keys("j", "j")
    assert visit.current() == "e5"  # 3 and 4 are in order
    assert visit.all(".position")[0].text == "3 of 10"
    visit.keys("k")
    assert visit.current() == "e2"
    visit.keys(Keys.ENTER)  # from the sign to the evidence
    visit.wait(lambda: 'id="e2"' in visit.focused())
    visit.keys(Keys.ENTER)  # and back
    visit.wait(lambda: 'href="#e2"' in visit.focused())
    visit.keys("p", "p")
    assert visit.current() == "e1"  # there is none before the first
    visit.keys(Keys.ESCAPE)
    assert visit.current() is None
    assert visit.quiet()


def test_every_finding_comes_into_view_on_both_sides(driver: webdriver.Chrome, file: Path) -> None:
    visit = Visit(driver, file, (1280, 500))
    inside = "const r = arguments[0].getBoundingClientRect(); return r.height > 0 && r.top >= 0 && r.top < innerHeight"
    for _ in range(10):
        visit.keys("n")
        (found,) = visit.all(".card[aria-current]")
        assert driver.execute_script(inside, found)
        assert driver.execute_script(inside, visit.all(".m.now")[0])


def test_a_mark_that_is_pressed_shows_its_evidence_whatever_is_listed(driver: webdriver.Chrome, file: Path) -> None:
    visit = Visit(driver, file)
    assert not visit.all("#e3")[0].is_displayed()
    visit.all("#d3")[0].click()
    assert visit.current() == "e3"
    assert visit.all("#e3")[0].is_displayed()
    visit.all('[data-filter="accepted"]')[0].click()
    assert [e.get_attribute("id") for e in visit.all(".card") if e.is_displayed()] == ["e8"]
    assert visit.quiet()


def test_on_a_phone_the_evidence_lies_over_the_foot_of_the_draft(driver: webdriver.Chrome, file: Path) -> None:
    visit = Visit(driver, file, (390, 844))
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
    visit.all('[data-step="1"]')[0].click()
    (found,) = visit.all(".card[aria-current]")
    assert found.value_of_css_property("position") == "fixed"
    (mark,) = visit.all(".m.now")
    bottom = "return arguments[0].getBoundingClientRect().bottom"
    top = "return arguments[0].getBoundingClientRect().top"
    assert driver.execute_script(top, mark) >= 0
    assert driver.execute_script(bottom, mark) <= driver.execute_script(top, found)
    visit.all("h1")[0].click()
    assert visit.current() is None
    assert visit.quiet()


def test_it_reads_without_its_script(driver: webdriver.Chrome, file: Path) -> None:
    visit = Visit(driver, file, script=False)
    try:
        assert not visit.all("nav")[0].is_displayed()
        assert all(e.is_displayed() for e in visit.all(".card"))
        visit.all('.sign[href="#e12"]')[0].click()
        assert driver.current_url.endswith("#e12")
        visit.all('.back[href="#d12"]')[0].click()
        assert driver.current_url.endswith("#d12")
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_hostile_drafts_do_nothing_in_a_browser(driver: webdriver.Chrome, tmp_path: Path) -> None:
    claim = Checked(HOSTILE, 0, len(HOSTILE), "unchecked", 0.0, (), (), (), (), Searched(1, 18), PROVENANCE)
    path = tmp_path / "hostile.html"
    draft = draft_from_text(HOSTILE + "\n\nمرحبا \u202e abc\n", "x")
    path.write_text(report_html(DraftReport("x", draft.text, (claim,), (), (), PROVENANCE), draft=draft), encoding="utf-8")
    visit = Visit(driver, path)
    assert driver.title == "x: checked"
    assert visit.all(".text img") == []
    assert visit.quiet()
