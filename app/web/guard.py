"""What stands before the page: who is let in, and how much may be sent at once.

Plain ASGI, so that it covers the page, its API and MCP alike.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING

from .logs import event
from .serving import Rate, Users

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 5_000_000
"""Bytes of the largest request: a long draft that was pasted."""
LARGEST_UPLOAD = 51_000_000
"""Bytes of the largest file that is sent to the page, with what is sent around it."""
OPEN = frozenset({"/health"})
"""Paths that need no password."""
TRIES = 10
"""Wrong passwords a minute from one address."""


class TooLarge(Exception):
    """More was sent than is taken."""


class Guard:
    """Lets through requests of known users that are not too large.

    Args:
        application: what is guarded.
        users: who may use it; None is everybody.
    """

    def __init__(self, application: ASGIApp, users: Users | None) -> None:
        self.application = application
        self._users = users
        self._tries = Rate(TRIES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it in words."""
        if scope["type"] not in ("http", "websocket"):
            await self.application(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope.get("headers", [])}
        if self._users is not None and scope["path"] not in OPEN and not self._is_known(headers.get(b"authorization", b"")):
            visitor = (scope.get("client") or ("",))[0]
            wait = self._tries.wait(visitor) if b"authorization" in headers else 0
            event("refused", why="password")
            if wait:
                await _refuse(send, 429, "too many wrong passwords: wait a minute", [(b"retry-after", str(wait).encode())])
            else:
                await _refuse(
                    send, 401, "this page is for its users: sign in", [(b"www-authenticate", b'Basic realm="Pincite", charset="UTF-8"')]
                )
            return
        most = LARGEST_UPLOAD if scope["path"].endswith("/upload") else LARGEST
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > most:
            event("refused", why="size")
            await _refuse(send, 413, f"too large: at most {most:,} bytes at once", [(b"connection", b"close")])
            return
        await self._limited(scope, receive, send, most)

    async def _limited(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        """A request that does not say how long it is, is cut off where it becomes too long."""
        read, begun = 0, False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.application(scope, counted, noted)
        except TooLarge:
            event("refused", why="size")
            if not begun:
                await _refuse(send, 413, f"too large: at most {most:,} bytes at once", [(b"connection", b"close")])

    def _is_known(self, authorization: bytes) -> bool:
        kind, _, encoded = authorization.partition(b" ")
        try:
            name, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        return kind.lower() == b"basic" and bool(colon) and self._users is not None and self._users.knows(name, password)


async def _refuse(send: Send, status: int, why: str, headers: list[tuple[bytes, bytes]]) -> None:
    body = json.dumps({"error": why}).encode()
    start = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})
