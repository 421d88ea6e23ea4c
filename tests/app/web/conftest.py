"""A real page, served by the real command, in a real browser; and documents that try to be more than text."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --hide-scrollbars --lang=en"
).split()
HOSTILE = """<script>document.title = 'taken'</script> on trial

Zinc lozenges shortened colds by 33% in <b>one</b> trial of ${1 + 1} & {{7 * 7}} doses.
A second trial found <img src=x onerror="document.title='taken'"> no change.

Oral zinc is not advised for </script><script>document.title = 'taken'</script> children under four.

References
Someone A. Zinc <i>and</i> colds. 2019.
"""


@dataclass
class Served:
    """A running ``pincite chat``."""

    url: str
    process: subprocess.Popen[str]

    def interrupt(self) -> int:
        """What Ctrl-C does; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


@contextmanager
def chat(*arguments: str, cache: Path | None = None) -> Iterator[Served]:
    """Start ``pincite chat`` on a free port and wait until it says where."""
    environment = {**os.environ, **({"XDG_CACHE_HOME": str(cache)} if cache else {})}
    command = [sys.executable, "-m", "pincite.app.cli", "chat", "--port", "0", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if address := re.search(r"http://\S+/", line):
                yield Served(address.group(), process)
                break
        else:
            pytest.fail(f"pincite chat ended with {process.wait()}: {''.join(said)}")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def page_url(own_cache: Path) -> Iterator[str]:
    """The page over the shipped corpus."""
    with chat() as served:
        yield served.url


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two documents, one of which holds markup and script."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "plain.txt").write_text(
        "A plain review\n\nVitamin C did not prevent colds in 29 trials. It shortened them by 8%.\n", encoding="utf-8"
    )
    (folder / "zinc.txt").write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def shelf_url(own_cache: Path, shelf: Path) -> Iterator[str]:
    """The page over the shelf."""
    with chat("--corpus", str(shelf)) as served:
        yield served.url


def _found(names: Sequence[str]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """One Chromium for all browser tests."""
    browser, service = _found(["chromium", "chromium-browser", "google-chrome"]), _found(["chromedriver"])
    if browser is None or service is None:
        pytest.skip("chromium and chromedriver are not both installed")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(service))
    chrome.set_script_timeout(20)
    try:
        yield chrome
    finally:
        chrome.quit()
