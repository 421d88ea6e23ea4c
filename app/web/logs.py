"""The log of a served page: a JSON object a line on standard output.

It holds no address and no text of an answer, and that of a question only where the owner wants it.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

from ..claims import Answer

log = logging.getLogger("pincite.served")


class Lines(logging.Formatter):
    """A record as one line of JSON. Of an error it holds the kind and the places in the program; its message may hold a question.

    Args:
        texts: whether texts that a visitor wrote may be written.
    """

    def __init__(self, texts: bool) -> None:
        super().__init__()
        self._texts = texts

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        facts: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage() if record.name == log.name else "message",
            **getattr(record, "facts", {}),
        }
        if record.name != log.name:
            facts |= {"logger": record.name} | ({"text": record.getMessage()} if self._texts or record.levelno < logging.ERROR else {})
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            facts["error"] = type(error).__name__
            facts["where"] = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
            if self._texts:
                facts["says"] = str(error)
        if not self._texts:
            facts.pop("question", None)
            facts.pop("resolved", None)
        return json.dumps(facts, ensure_ascii=False)


def start_log(texts: bool, stream: TextIO | None = None) -> None:
    """Write the log to a stream (standard output by default) from now on."""
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(Lines(texts))
    for name, level in ((log.name, logging.INFO), ("pincite", logging.WARNING), ("uvicorn.error", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)


def event(name: str, **facts: Any) -> None:
    """Write down that something happened."""
    log.info(name, extra={"facts": facts})


def asked(question: str, answer: Answer | None, seconds: float, by: str) -> None:
    """Write down a question: how it ended and how long it took; its text only where the owner wants that. ``by`` is page or api."""
    facts: dict[str, Any] = {"by": by, "status": answer.status if answer else "refused", "ms": round(seconds * 1000)}
    if answer is not None:
        facts |= {"cited": len(answer.citations), "follow_up": answer.resolved is not None, "model": answer.provenance.model}
        facts |= {"resolved": answer.resolved}
    event("asked", **facts, question=question)
