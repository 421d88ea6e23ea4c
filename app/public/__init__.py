"""Pincite: answers only from the review articles it was given, and pins every statement to the exact sentence that says it.

>>> from pincite import open_corpus
>>> open_corpus().ask("does IV magnesium help migraine?").stance
'inconclusive'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pincite.app.answer import Assistant, open_corpus
    from pincite.app.claims import Answer
    from pincite.app.langchain import PinciteRetriever, ask_runnable
    from pincite.ingest.errors import PinciteError
    from pincite.ingest.settings import Settings

__all__ = ["Answer", "Assistant", "PinciteError", "PinciteRetriever", "Settings", "ask_runnable", "open_corpus"]

_HOMES = {
    "Answer": "pincite.app.claims",
    "Assistant": "pincite.app.answer",
    "PinciteError": "pincite.ingest.errors",
    "PinciteRetriever": "pincite.app.langchain",
    "Settings": "pincite.ingest.settings",
    "ask_runnable": "pincite.app.langchain",
    "open_corpus": "pincite.app.answer",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: LangChain alone takes a second."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pincite' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
