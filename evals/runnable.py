"""Any LangChain Runnable as a system: ``--system module:attribute``.

For questions it is invoked with the question, a string (``{"question", "history"}`` within a thread), over whatever corpus it was built
with. It may give back the answer contract (``pincite.answer/1``, a mapping with ``status`` and ``citations``), a list of LangChain
documents (a retriever), or a text. For claims it is invoked with ``{"claim": …, "text": …}``, the text being all that the claim is to be
judged against, and gives back a verdict, or a mapping with ``verdict`` and optionally ``score``. A document is a sentence of the corpus
where its metadata has ``doc`` and ``sentence``, or where its text stands in one.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from pincite.app.claims import Stance, Status, Verdict
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.text import Document

from .gold import Place
from .records import Reply, Ruling
from .systems import RANKED, Asker, Gate, sentences_of


def load_runnable(name: str) -> Any:
    """The object that ``module:attribute`` names; modules of the working folder are found too.

    Raises:
        UsageError: there is no such module or attribute, or it has no ``invoke``.
    """
    module, _, attribute = name.partition(":")
    folder = str(Path.cwd())
    sys.path.insert(0, folder)
    try:
        found = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(f'--system {name}: {error}; name a LangChain Runnable as module:attribute, for instance "mine:chain"') from None
    finally:
        sys.path.remove(folder)
    if not callable(getattr(found, "invoke", None)):
        raise UsageError(f"--system {name}: {type(found).__name__} has no invoke(), so it is no LangChain Runnable")
    return found


class RunnableAsker:
    """A Runnable that answers questions; see ``System``."""

    def __init__(self, name: str, corpus: Mapping[str, Document]) -> None:
        self.name = name
        self._runnable = load_runnable(name)
        self._corpus = corpus
        self.made_of: Mapping[str, str] = {"runnable": f"{type(self._runnable).__module__}.{type(self._runnable).__qualname__}"}

    def over(self, documents: Mapping[str, Document] | None) -> Asker:
        """See ``System.over``. A Runnable has the corpus that it was built with: passages cannot be given to it."""
        if documents is not None:
            raise UsageError(
                f"{self.name} answers from its own corpus: run a set about the corpus, not one whose questions bring a passage"
            )
        return _Asked(self._runnable, self._corpus)


class _Asked:
    def __init__(self, runnable: Any, documents: Mapping[str, Document]) -> None:
        self._runnable = runnable
        self._documents = documents

    def ask(self, question: str, history: Sequence[str] = ()) -> Reply:
        asked = {"question": question, "history": list(history)} if history else question
        return _reply(self._runnable.invoke(asked), self._documents)

    def rank(self, question: str) -> tuple[Place, ...]:
        return ()


class RunnableGate:
    """A Runnable that judges claims; see ``ClaimSystem``."""

    def __init__(self, name: str, corpus: Mapping[str, Document]) -> None:
        self.name = name
        self._runnable = load_runnable(name)
        self._corpus = corpus
        self.made_of: Mapping[str, str] = {"runnable": f"{type(self._runnable).__module__}.{type(self._runnable).__qualname__}"}

    def gate_over(self, documents: Mapping[str, Document] | None) -> Gate:
        """See ``ClaimSystem.gate_over``."""
        return _Judged(self._runnable, self._corpus if documents is None else documents)


class _Judged:
    def __init__(self, runnable: Any, documents: Mapping[str, Document]) -> None:
        self._runnable = runnable
        self._text = "\n\n".join(document.text for document in documents.values())

    def judge(self, claim: str) -> Ruling:
        output = self._runnable.invoke({"claim": claim, "text": self._text})
        given = {"verdict": output} if isinstance(output, str) else output
        for verdict in get_args(Verdict):
            if isinstance(given, Mapping) and given.get("verdict") == verdict:
                score = given.get("score")
                return Ruling(verdict, score=float(score) if isinstance(score, int | float) else None)
        raise PinciteError(f"it gave {_shown(output)}, which is no verdict: give one of {', '.join(get_args(Verdict))}")

    def rank(self, claim: str) -> tuple[Place, ...]:
        return ()


def _reply(output: Any, documents: Mapping[str, Document]) -> Reply:
    if isinstance(output, Mapping) and output.get("status") in get_args(Status):
        citations = output.get("citations") or []
        stance = output.get("stance")
        return Reply(
            status=output["status"],
            cited=tuple((str(c["doc"]), int(c["sentence"])) for c in citations),
            stance=stance if stance in get_args(Stance) else None,
            error=str(output.get("answer") or "no reason given") if output["status"] == "failed" else None,
        )
    if isinstance(output, list) and all(hasattr(item, "page_content") for item in output):
        places = tuple(dict.fromkeys(place for item in output for place in _places(item, documents)))[:RANKED]
        return Reply("answered" if places else "no_evidence", None, ranked=places)
    text = getattr(output, "content", output)
    if isinstance(text, str):
        return Reply("answered" if text.strip() else "no_evidence", ())
    raise PinciteError(f"it gave {_shown(output)}, which is no answer: give an answer contract, a list of documents or a text")


def _places(item: Any, documents: Mapping[str, Document]) -> list[Place]:
    metadata = item.metadata or {}
    if metadata.get("doc") in documents and isinstance(metadata.get("sentence"), int):
        return [(metadata["doc"], metadata["sentence"])]
    for document in documents.values():
        start = document.text.find(item.page_content) if item.page_content else -1
        if start >= 0:
            return sentences_of(document, start, start + len(item.page_content))
    return []


def _shown(value: Any) -> str:
    text = f"{type(value).__name__} {value!r}"
    return text if len(text) <= 120 else text[:119] + "…"
