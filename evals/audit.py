"""Asks the checker whether the sentences that an answer cites carry its statements: what ``metrics/alce.py`` is computed from.

It is asked after the answer and outside its time, of any system whose statements cite sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pincite.app.answer import Assistant
from pincite.ingest.text import Document

from .gold import Place
from .records import Reply, Statement


class Auditor:
    """The checker of an open corpus as an auditor of answers over it, or over other documents."""

    def __init__(self, corpus: Assistant) -> None:
        self._corpus = corpus

    def audit(self, reply: Reply, documents: Mapping[str, Document] | None = None) -> Reply:
        """The reply with ``borne`` and ``useful`` of its statements; documents are those it cites from, None for the corpus."""
        if reply.status != "answered" or not reply.statements:
            return reply
        texts = self._corpus.documents if documents is None else documents
        return replace(reply, statements=tuple(self._statement(statement, texts) for statement in reply.statements))

    def _statement(self, statement: Statement, documents: Mapping[str, Document]) -> Statement:
        cited = statement.cited
        if not cited or not self._carries(statement.text, cited, documents):
            return replace(statement, borne=False, useful=(False,) * len(cited))
        # One alone that carries the statement is useful; so is one without which the others do not.
        useful = tuple(
            len(cited) == 1
            or self._carries(statement.text, (place,), documents)
            or not self._carries(statement.text, tuple(other for other in cited if other != place), documents)
            for place in cited
        )
        return replace(statement, borne=True, useful=useful)

    def _carries(self, text: str, places: Iterable[Place], documents: Mapping[str, Document]) -> bool:
        source = " ".join(documents[doc].sentence(number).text for doc, number in places if _exists(doc, number, documents))
        return bool(source) and self._corpus.check_text(text, source).verdict == "supported"


def _exists(doc: str, number: int, documents: Mapping[str, Document]) -> bool:
    return doc in documents and 1 <= number <= len(documents[doc].sentences)
