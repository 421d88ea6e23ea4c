"""What other programs call over the network: ask, search and check, by Gradio's API and as MCP tools.

A result is one text of JSON: as text is how MCP passes results on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from pincite.ingest.errors import PinciteError, UsageError
from starlette.concurrency import run_in_threadpool

from ..answer import Assistant, failed
from . import logs
from .lane import Lane
from .serving import Rate

FULL = "too many are waiting: try again in a minute"
MOST_FOUND = 50


class Api:
    """The functions of the API over one assistant.

    Args:
        assistant: what answers.
        docs: the only documents to answer from; empty means all.
        lane: the line that callers wait in, together with the page's visitors.
        rate: counts the calls of each address.
    """

    def __init__(self, assistant: Assistant, docs: Sequence[str], lane: Lane, rate: Rate) -> None:
        self._assistant = assistant
        self._docs = tuple(docs)
        self._lane = lane
        self._rate = rate

    async def ask(self, question: str, history: list[str] | None, visitor: str) -> str:
        """An answer (``pincite.answer/1``), or ``{"error"}``."""

        def answer() -> dict[str, Any]:
            began = time.monotonic()
            try:
                found = self._assistant.ask(question, history or (), docs=self._docs)
            except UsageError:
                logs.asked(str(question), None, time.monotonic() - began, "api")
                raise
            except PinciteError as error:
                found = failed(question, error)
            logs.asked(question, found, time.monotonic() - began, "api")
            return found.as_json()

        return await self._in_turn(answer, visitor)

    async def search(self, text: str, k: int, visitor: str) -> str:
        """Ranked sentences (``pincite.search/1``), or ``{"error"}``."""

        def found() -> dict[str, Any]:
            if not 1 <= k <= MOST_FOUND:
                raise UsageError(f"k is {k}: ask for 1 to {MOST_FOUND} sentences")
            rows = []
            for item in self._assistant.search(text, k, docs=self._docs):
                sentence = self._assistant.documents[item.doc].sentence(item.sentence)
                place = {"doc": item.doc, "sentence": item.sentence, "score": item.score}
                rows.append(place | {"start": sentence.start, "end": sentence.end, "quote": sentence.text})
            return {"schema": "pincite.search/1", "query": text, "results": rows}

        return await self._in_turn(found, visitor)

    async def check(self, claim: str, visitor: str) -> str:
        """A checked claim (``pincite.check/1``), or ``{"error"}``."""
        return await self._in_turn(lambda: self._assistant.check(claim, docs=self._docs).as_json(), visitor)

    async def _in_turn(self, work: Callable[[], dict[str, Any]], visitor: str) -> str:
        if wait := self._rate.wait(visitor):
            logs.event("refused", why="rate")
            return _text({"error": f"too many questions: wait {wait} seconds"})
        place = self._lane.join()
        if place is None:
            logs.event("refused", why="full")
            return _text({"error": FULL})
        try:
            async for _ in self._lane.before(place):
                pass
            return _text(await run_in_threadpool(work))
        except PinciteError as error:
            return _text({"error": str(error)})
        finally:
            self._lane.leave(place)


def _text(result: dict[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False)
