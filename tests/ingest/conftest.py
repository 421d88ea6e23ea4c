"""Shared by the tests of ingest: one encoder for all, and small corpora on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pincite.ingest.minilm import MiniLM

Corpus = Callable[..., Path]


@pytest.fixture(scope="session")
def encoder() -> MiniLM:
    return MiniLM()


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Makes a folder of text files: ``corpus(a="Text.", b="Other.")``."""

    def make(folder: str = "corpus", **texts: str) -> Path:
        root = tmp_path / folder
        root.mkdir(exist_ok=True)
        for name, text in texts.items():
            (root / f"{name}.txt").write_text(text, encoding="utf-8")
        return root

    return make
