"""Language models by name, behind one small interface: instructions and data in, pieces of text out. The only LangChain chat-model import.

A model is asked at temperature 0, for a bounded time, at most three times, and for a bounded length. What goes wrong becomes one
``ModelError`` that names the model and says what to do. Keys come from the environment alone and are never shown.
"""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pincite.ingest.errors import PinciteError, UsageError

TIMEOUT = 60.0
"""Seconds that a model may take for one reply, all attempts together."""
ATTEMPTS = 3
LONGEST_REPLY = 6000
"""Characters that are read of a reply; a model that does not stop is stopped."""
MOST_TOKENS = 512
SERVER_KEY = "PINCITE_MODEL_KEY"
"""The variable that holds the key of a server given by its address. No other key is ever sent to one."""

_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}
_KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
_TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})

Pieces = Callable[[str, str, threading.Event], Iterator[str]]
"""Instructions, data and a sign to stop, to pieces of text."""


class ModelError(PinciteError):
    """A language model cannot be used; the message names it and says what to do."""


class LanguageModel:
    """A chat model that was opened.

    Args:
        name: how the user named it, without keys; provenance shows it.
        pieces: asks it once.
        timeout: seconds for one reply.
    """

    def __init__(self, name: str, pieces: Pieces, timeout: float = TIMEOUT) -> None:
        self.name = name
        self._pieces = pieces
        self._timeout = timeout

    def stream(self, instructions: str, data: str) -> Iterator[str]:
        """The pieces of one reply, as they come; at most ``LONGEST_REPLY`` characters.

        Raises:
            ModelError: the model cannot be reached, refuses, fails, or takes too long.
        """
        ends = time.monotonic() + self._timeout
        for attempt in range(1, ATTEMPTS + 1):
            begun = False
            try:
                for piece in self._once(instructions, data, ends):
                    begun = True
                    yield piece
                return
            except ModelError:
                raise
            except Exception as error:
                # What was begun cannot be taken back: a second attempt would be another reply.
                if begun or attempt == ATTEMPTS or not _is_transient(error) or time.monotonic() + attempt >= ends:
                    raise ModelError(explain(self.name, error)) from error
                time.sleep(0.25 * attempt)

    def _once(self, instructions: str, data: str, ends: float) -> Iterator[str]:
        """One attempt in a thread of its own: whatever a provider's client waits for, the reader does not wait longer than allowed."""
        pieces: queue.Queue[str | Exception | None] = queue.Queue()
        stop = threading.Event()

        def ask() -> None:
            try:
                for piece in self._pieces(instructions, data, stop):
                    if stop.is_set():
                        return
                    pieces.put(piece)
                pieces.put(None)
            except Exception as error:
                pieces.put(error)

        threading.Thread(target=ask, name="pincite-model", daemon=True).start()
        length = 0
        try:
            while length < LONGEST_REPLY:
                try:
                    piece = pieces.get(timeout=max(0.0, ends - time.monotonic()))
                except queue.Empty:
                    raise ModelError(
                        f"the model {self.name} gave no whole reply within {self._timeout:g} seconds; allow it more with --model-timeout, "
                        "or choose another with --model"
                    ) from None
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise piece
                yield piece[: LONGEST_REPLY - length]
                length += len(piece)
        finally:
            stop.set()


def open_model(name: str, timeout: float = TIMEOUT, environment: Mapping[str, str] | None = None) -> LanguageModel:
    """Open a model by its name.

    Args:
        name: ``provider:model`` as LangChain has it ("ollama:llama3.1", "openai:gpt-5-mini", "anthropic:…"); the address of a server that
            speaks the OpenAI protocol ("http://127.0.0.1:8080/v1", with "#model" behind it where it serves several); or the path of a
            GGUF file or of a folder with a transformers model. Nothing is downloaded.
        timeout: seconds for one reply.
        environment: where keys are; by default the process's own.

    Raises:
        UsageError: no such provider, path or address.
        ModelError: its package or its key is absent, or the server cannot be asked which models it serves.
    """
    environment = os.environ if environment is None else environment
    name = name.strip()
    if timeout <= 0:
        raise UsageError(f"--model-timeout is {timeout:g}: give the seconds that a reply may take, for instance 60")
    path = Path(name).expanduser()
    if name.startswith(("http://", "https://")):
        shown, pieces = _server(name, timeout, environment)
    elif name.endswith(".gguf") or path.is_dir() or name.startswith(("./", "../", "/", "~")):
        from .local_model import LocalModel

        shown, pieces = path.name, LocalModel(path, MOST_TOKENS).pieces
    else:
        shown, pieces = name, _provider(name, timeout)
    return LanguageModel(shown, pieces, timeout)


def _provider(name: str, timeout: float) -> Pieces:
    provider, _, model = name.partition(":")
    provider = provider.lower().replace("-", "_")
    if not model or not provider.isidentifier():
        raise UsageError(
            f"--model {name!r} names no model: write provider:model (ollama:llama3.1, openai:…, anthropic:…), "
            "the address of a server (http://127.0.0.1:8080/v1), or the path of a GGUF file"
        )
    options: dict[str, Any] = {"temperature": 0}
    if provider == "ollama":
        options |= {"num_predict": MOST_TOKENS, "seed": 0, "client_kwargs": {"timeout": timeout}}
    else:
        options |= {"timeout": timeout, "max_retries": 0, "max_tokens": MOST_TOKENS}
    return _chat(name, provider, {"model": model, "model_provider": provider, **options})


def _server(name: str, timeout: float, environment: Mapping[str, str]) -> tuple[str, Pieces]:
    address, _, model = name.partition("#")
    parts = urlsplit(address)
    if not parts.hostname or parts.username or parts.password or parts.query:
        raise UsageError(
            f"--model {address.split('@')[-1]!r} is no address of a server: write http://host:port/v1, its key in {SERVER_KEY}"
        )
    key = environment.get(SERVER_KEY) or "none"
    model = model or _only_model(address, key, min(timeout, 10.0))
    options = {"base_url": address, "api_key": key, "timeout": timeout, "max_retries": 0, "max_tokens": MOST_TOKENS, "temperature": 0}
    shown = f"{address.rstrip('/')}#{model}"
    return shown, _chat(shown, "openai", {"model": model, "model_provider": "openai", "use_responses_api": False, **options})


def _only_model(address: str, key: str, timeout: float) -> str:
    import urllib.request  # slow to load, and few need it

    request = urllib.request.Request(f"{address.rstrip('/')}/models", headers={"Authorization": f"Bearer {key}"})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            served = [str(model["id"]) for model in json.loads(response.read(1_000_000))["data"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(explain(address, error)) from error
    if len(served) != 1:
        what, first = (", ".join(served[:10]), served[0]) if served else ("no model", "name")
        raise ModelError(f"the server {address} serves {what}; name one behind the address: {address}#{first}")
    return served[0]


def _chat(shown: str, provider: str, options: Mapping[str, Any]) -> Pieces:
    from langchain.chat_models import init_chat_model
    from langchain_core.messages import HumanMessage, SystemMessage
    from langsmith import tracing_context

    try:
        chat: Any = init_chat_model(**options)
    except ImportError as error:
        extra = _EXTRAS.get(provider)
        how = f"pip install 'pincite[{extra}]'" if extra else f"install LangChain's package for {provider}"
        raise ModelError(f"the model {shown} needs a package that is not installed; {how}") from error
    except Exception as error:
        if _KEYS.get(provider, "?") in str(error) or "api_key" in str(error):
            raise ModelError(f"the model {shown} needs a key; set {_KEYS.get(provider, 'its key')} in the environment") from error
        if isinstance(error, ValueError) and "provider" in str(error).lower():
            raise UsageError(
                f"--model {shown!r}: no provider {provider!r}; LangChain knows openai, anthropic, ollama and others"
            ) from error
        raise ModelError(explain(shown, error)) from error

    def pieces(instructions: str, data: str, stop: threading.Event) -> Iterator[str]:
        # Without this, a variable of LangSmith in the environment would send questions to another company's server.
        with tracing_context(enabled=False):
            try:
                for chunk in chat.stream([SystemMessage(instructions), HumanMessage(data)]):
                    if stop.is_set():
                        return
                    if text := str(chunk.text):
                        yield text
            except ValueError as error:
                if "No generation chunks" not in str(error):  # LangChain's word for a reply without a word
                    raise

    return pieces


def _status(error: BaseException) -> int | None:
    for known in (error, getattr(error, "response", None)):
        for name in ("status_code", "code", "status"):
            if isinstance(value := getattr(known, name, None), int):
                return value
    return None


def _is_transient(error: BaseException) -> bool:
    status = _status(error)
    return status in _TRANSIENT if status is not None else _is_unreachable(error) or isinstance(error, json.JSONDecodeError)


def _is_unreachable(error: BaseException | None) -> bool:
    seen = 0
    while error is not None and seen < 8:
        if isinstance(error, (ConnectionError, TimeoutError)) or "Connect" in type(error).__name__ or type(error).__name__ == "URLError":
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False


def explain(name: str, error: BaseException) -> str:
    """What went wrong with a model, in one line. A provider's own words may hold part of a key or of a document: they are not shown."""
    status = _status(error)
    if status in (401, 403):
        return (
            f"the model {name} refuses the key (HTTP {status}); set the right one in the environment ({SERVER_KEY} for a server's address)"
        )
    if status == 404:
        return f"there is no model {name} (HTTP 404); check its name, and for Ollama get it first: ollama pull NAME"
    if status == 400:
        return f"the model {name} does not take what it was asked (HTTP 400); choose another with --model"
    if status == 429:
        return f"the model {name} takes no more questions for now (HTTP 429); wait, or choose another with --model"
    if status is not None:
        return f"the model {name} failed on its server (HTTP {status}); try again later, or choose another with --model"
    if _is_unreachable(error):
        return f"the model {name} cannot be reached; start its server, check the address, or choose another with --model"
    return f"the model {name} failed ({type(error).__name__}); try again, or choose another with --model"
