"""A question on the served page: counted, in its turn, answered as the answer grows, and written down."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from starlette.concurrency import iterate_in_threadpool

from . import logs
from .api import FULL
from .lane import Lane
from .serving import Rate
from .view import Turn, sentence

if TYPE_CHECKING:
    from .page import Page


class Live:
    """What stands between the page's event and its answer. Holds no thread of any visitor.

    Args:
        page: answers.
        lane: the line that visitors wait in.
        rate: counts the questions of each address.
    """

    def __init__(self, page: Page, lane: Lane, rate: Rate) -> None:
        self._page = page
        self._lane = lane
        self._rate = rate

    async def ask(self, question: str | None, thread: tuple[Turn, ...], visitor: str) -> AsyncIterator[tuple[Any, ...]]:
        """Show the question at once, then how many are before it, then its answer as it grows."""
        question = question or ""
        yield self._page.shown((*thread, Turn(question)), box="")
        wait = self._rate.wait(visitor) if question.strip() else 0
        place = None if wait else self._lane.join()
        if place is None:
            logs.event("refused", why="rate" if wait else "full")
            why = f"too many questions within a minute: ask again in {wait} seconds" if wait else FULL
            yield self._page.shown((*thread, Turn(question, refused=sentence(why))))
            return
        began, turn = time.monotonic(), Turn(question)
        try:
            async for ahead in self._lane.before(place):
                yield self._page.shown((*thread, Turn(question, ahead=ahead)))
            async for turn in iterate_in_threadpool(self._page.turns(question, [earlier.question for earlier in thread])):
                yield self._page.shown((*thread, turn))
        finally:
            self._lane.leave(place)
            logs.asked(question, turn.answer, time.monotonic() - began, "page")
