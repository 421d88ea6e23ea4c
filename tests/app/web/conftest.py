"""A real page, served by the real command; and documents that try to be more than text."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

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
