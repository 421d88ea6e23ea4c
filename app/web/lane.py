"""The line in which visitors wait: so many are answered at once, each of the others is told how many are before them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator


class Lane:
    """A waiting line, first come first served. Belongs to one event loop.

    Args:
        width: how many are answered at once.
        most: how many may wait besides.
    """

    def __init__(self, width: int, most: int) -> None:
        self.width = width
        self._most = most
        self._line: list[object] = []
        self._moved = asyncio.Event()

    def join(self) -> object | None:
        """A place at the end of the line, or None where it is full. Who joins must ``leave``."""
        if len(self._line) >= self.width + self._most:
            return None
        place = object()
        self._line.append(place)
        return place

    async def before(self, place: object) -> AsyncIterator[int]:
        """How many must be done before it is this place's turn, each time that it changes; ends when it is its turn."""
        told = 0
        while (ahead := self._line.index(place) - self.width + 1) > 0:
            if ahead != told:
                yield ahead
                told = ahead
            await self._moved.wait()

    def leave(self, place: object) -> None:
        """Done, or gone."""
        if place in self._line:
            self._line.remove(place)
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
