"""How the browser tests look at the page and act on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

DESKTOP, PHONE = (1280, 900), (390, 844)
IN_VIEW = """
const there = arguments[0].getBoundingClientRect();
const frame = document.querySelector(".pc-text").getBoundingClientRect();
return there.height > 0 && there.top >= frame.top && there.bottom <= Math.min(frame.bottom, innerHeight);
"""


class Browsing:
    """One visit to the page."""

    def __init__(self, driver: webdriver.Chrome, url: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> None:
        self.driver = driver
        self.url = url
        width, height = size
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.logged("performance")
        self.logged("browser")
        driver.get(url)
        self.until(lambda: self.one("#pc-question textarea").is_displayed())

    def until(self, condition: Callable[[], Any], seconds: float = 20) -> Any:
        """Wait for something to be true; its value."""
        wait = WebDriverWait(self.driver, seconds, 0.05, [NoSuchElementException, StaleElementReferenceException, IndexError])
        return wait.until(lambda _: condition())

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> list[str]:
        """The text content of each element, white space squeezed."""
        contents = [self.run("return arguments[0].textContent", element) for element in self.all(selector)]
        return [" ".join(content.split()) for content in contents]

    def keys(self, *keys: str) -> None:
        """Press keys where the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self, selector: str) -> bool:
        """Whether the focus is on an element of this kind."""
        return bool(self.run("return document.activeElement.matches(arguments[0])", selector))

    def tab_to(self, selector: str, *, back: bool = False, most: int = 40) -> None:
        """Press Tab until the focus is there."""
        for _ in range(most):
            if self.focused(selector):
                return
            if back:
                ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
            else:
                self.keys(Keys.TAB)
        raise AssertionError(f"{most} presses of Tab do not reach {selector}")

    def ask(self, question: str) -> WebElement:
        """Type a question, press Enter, wait for what comes of it."""
        before = len(self.all(".pc-turn"))
        self.one("#pc-question textarea").send_keys(question + Keys.ENTER)
        return self.answer(before + 1)

    def answer(self, number: int) -> WebElement:
        """The turn of this number, once it has an answer."""
        return self.until(lambda: self.one(f'.pc-turn[data-turn="{number}"]:not([data-status="searching"])'))  # type: ignore[no-any-return]

    def cited(self, number: int) -> list[int]:
        """The sentences that a turn cites, in order."""
        return [int(e.get_attribute("data-sentence") or 0) for e in self.all(f'.pc-turn[data-turn="{number}"] .pc-evidence .pc-cite')]

    def active(self) -> WebElement:
        """The sentence that is highlighted, once it is in view."""
        return self.until(lambda: (e := self.one(".pc-sentence[data-active]")) and self.run(IN_VIEW, e) and e)  # type: ignore[no-any-return]

    def back(self) -> None:
        """The browser's own way back."""
        self.driver.back()

    def logged(self, name: str) -> list[dict[str, Any]]:
        """What a log of the browser got since it was last read."""
        return self.driver.get_log(name)  # type: ignore[no-untyped-call, no-any-return]

    def requests(self) -> list[str]:
        """Every address that the page asked anything of since the visit began, data addresses apart."""
        entries = [json.loads(entry["message"])["message"] for entry in self.logged("performance")]
        sent = [e["params"] for e in entries if e["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated")]
        urls = [e["request"]["url"] if "request" in e else e["url"] for e in sent]
        return [url for url in urls if urlsplit(url).scheme not in ("data", "chrome", "blob", "about")]

    def complaints(self) -> list[str]:
        """What the page wrote to the browser's console as errors."""
        return [entry["message"] for entry in self.logged("browser") if entry["level"] == "SEVERE"]
