"""Pincite inside LangChain: the search as a retriever, the whole of ask as a Runnable.

``PinciteRetriever`` gives documents whose ``page_content`` is one sentence and whose metadata is its citation: ``doc``, ``sentence``,
``start``, ``end`` (code points), ``score``, ``title``, ``year``. ``ask_runnable`` takes a question (a string, or a mapping with
``"question"`` and optionally ``"id"`` and ``"history"``, the earlier questions) and returns the answer contract as a dict; ``batch`` works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pincite.ingest.errors import PinciteError, UsageError
from pydantic import ConfigDict, Field

from .answer import Assistant, failed


class PinciteRetriever(BaseRetriever):
    """The hybrid search over an open corpus as a LangChain retriever."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = Field(default=10, ge=1)
    docs: tuple[str, ...] = ()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[LangChainDocument]:
        return [self._document(found.doc, found.sentence, found.score) for found in self.assistant.search(query, self.k, docs=self.docs)]

    def _document(self, doc: str, number: int, score: float) -> LangChainDocument:
        document = self.assistant.documents[doc]
        sentence = document.sentence(number)
        metadata = {
            "doc": doc,
            "sentence": number,
            "start": sentence.start,
            "end": sentence.end,
            "score": score,
            "title": document.source.title,
            "year": document.source.year,
        }
        return LangChainDocument(page_content=sentence.text, metadata=metadata, id=f"{doc}#{number}")


def ask_runnable(assistant: Assistant) -> Runnable[str | Mapping[str, Any], dict[str, Any]]:
    """The whole of ask: a question in, the answer contract out.

    An unusable question raises ``UsageError``; a corpus that cannot be looked into gives status ``failed``.
    """

    def ask(asked: str | Mapping[str, Any]) -> dict[str, Any]:
        question, id = (asked, None) if isinstance(asked, str) else (asked.get("question"), asked.get("id"))
        history = () if isinstance(asked, str) else asked.get("history") or ()
        if not isinstance(question, str):
            raise UsageError(f'no text "question" in {asked!r}; give a question, or a mapping with "question"')
        try:
            return assistant.ask(question, history, id=id).as_json()
        except UsageError:
            raise
        except PinciteError as error:
            return failed(question, error, id).as_json()

    return RunnableLambda(ask, name="pincite.ask")
