"""Shared by all tests: the repository, the development data where it is, and a cache folder of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pincite.app.answer import Assistant, open_corpus
from pincite.ingest.settings import Settings

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the user's cache or is steered by the user's settings."""
    folder = tmp_path_factory.mktemp("cache")
    before = dict(os.environ)
    for name in [n for n in os.environ if n.startswith("PINCITE_") and n != "PINCITE_SHARED"]:
        del os.environ[name]
    os.environ["XDG_CACHE_HOME"] = str(folder)
    yield folder
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the development data; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("PINCITE_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent: set PINCITE_SHARED to the folder that holds data/")
    return folder


@pytest.fixture(scope="session")
def assistant(own_cache: Path) -> Assistant:
    """The shipped corpus, open."""
    return open_corpus(Settings())
