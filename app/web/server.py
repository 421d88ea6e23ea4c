"""Serving the page: the port first, then the corpus, then the page, on this machine alone unless another address is asked for."""

from __future__ import annotations

import errno
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.settings import Settings

from . import logs
from .guard import Guard
from .serving import EVERYBODY, Rate, Serving, read_users

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ..llm import LanguageModel

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
"""What a browser may load for the page: nothing from another origin. Gradio's own scripts need the two ``unsafe`` words."""

GRACE = 5
"""Seconds that a question which is being answered has left when the server is told to end."""
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
OTHER_HOST = "choose an address of this machine with --host, for instance --host 127.0.0.1"


def serve(
    settings: Settings,
    host: str,
    port: int,
    open_browser: bool = False,
    serving: Serving = EVERYBODY,
    model: LanguageModel | None = None,
) -> None:
    """Serve the chat page until it is interrupted or told to end (SIGTERM). Builds the index first where there is none.

    Args:
        settings: the corpus and the index; ``docs`` narrows the page to these documents.
        host: a name or address of this machine; ``127.0.0.1`` keeps the page to this machine.
        port: 0 takes a free one.
        open_browser: open the page in the user's browser.
        serving: who may use it, how often, and what is written down.
        model: a language model for plain words above the quotes.

    Raises:
        UsageError: the port cannot be one, a document is not in the corpus, or a choice of ``serving`` cannot be meant.
        PinciteError: the port or the address cannot be had, or the corpus cannot be opened.
    """
    users = read_users(serving.auth) if serving.auth is not None else None
    Rate(serving.rate)  # a rate that cannot be meant is said before the slow part
    with closing(listen(host, port)) as listener:
        # The port is taken before the slow part, so that a busy one is reported at once and nobody else gets it meanwhile.
        from ..answer import open_corpus
        from ..commands.console import notify, progress

        with progress() as report:
            assistant = open_corpus(settings, report, model)
        for notice in assistant.notices:
            notify(notice)
        from .page import application

        page, end_streams = application(assistant, settings.docs, serving)
        logs.start_log(serving.log_questions)
        address = url(listener)
        notify(f"the page is at {address} (Ctrl-C ends it)")
        if users is None and host not in LOCAL:
            notify("everybody who can reach this address can use the page; --auth FILE lets in only the users of a file")
        if open_browser:
            webbrowser.open(address)
        logs.event("started", **assistant.served())
        run(Guarded(Guard(page, users)), listener, end_streams)
        logs.event("stopped")


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on ``host`` and ``port``.

    Raises:
        UsageError: the port is not a port number.
        PinciteError: the port is in use or not allowed, or the host is not this machine; the message says what to do.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"--port is {port}: choose one from 0 (any free one) to 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise PinciteError(_cannot(host, port, error, OTHER_HOST)) from error
    try:
        if sys.platform != "win32":  # there, the option would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        other_port = f"choose another with --port, for instance --port {port + 1 if 1024 <= port < 65535 else 7860}"
        raise PinciteError(_cannot(host, port, error, OTHER_HOST if error.errno == errno.EADDRNOTAVAIL else other_port)) from error
    return listener


def _cannot(host: str, port: int, error: OSError, way_out: str) -> str:
    return f"cannot listen on {host}, port {port}: {error.strerror or error}; {way_out}"


def url(listener: socket.socket) -> str:
    """The page's address, as a browser on this machine takes it."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


class Guarded:
    """Adds to every response of an application the headers that keep a page to its own origin."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; on the way back, add the headers."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = {"content-security-policy": POLICY, "referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}
                message["headers"] = [*message.get("headers", []), *((k.encode(), v.encode()) for k, v in extra.items())]
            await send(message)

        await self.application(scope, receive, guarded)


def run(application: ASGIApp, listener: socket.socket, end_streams: Callable[[], None]) -> None:
    """Serve on a listening socket until it is interrupted. ``end_streams`` is called then: open pages would keep the server waiting."""
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            end_streams()
            await super().shutdown(sockets)

    config = uvicorn.Config(application, log_config=None, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE)
    # uvicorn ends on SIGTERM as well, and then hands it to whoever had it before: that is us, and we are done.
    before = signal.signal(signal.SIGTERM, lambda *_: None) if threading.current_thread() is threading.main_thread() else None
    try:
        Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)
