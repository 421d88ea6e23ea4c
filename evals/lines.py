"""Reading JSON objects a line at a time, and saying exactly which line is unsound."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pincite.ingest.errors import UsageError

_SHOWN = 160


class CaseError(UsageError):
    """A line of a set cannot be used. ``path`` and ``line`` (from 1; 0 for the whole file) say where, and the message quotes it."""

    def __init__(self, path: Path, line: int, reason: str, text: str = "") -> None:
        where = f"{path}, line {line}" if line else str(path)
        quoted = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        super().__init__(f"{where}: {reason}" + (f"\n  {quoted}" if quoted else ""))
        self.path = path
        self.line = line
        self.reason = reason


class UnsoundError(Exception):
    """What is wrong with a line, without saying where it stands."""


def read_lines(path: Path) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Line number (from 1), the line, and the object that it holds; blank lines are skipped.

    Raises:
        CaseError: the file cannot be read, is not UTF-8, or a line is not a JSON object.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CaseError(path, 0, f"cannot be read ({error.strerror or error}); name a set or the path of one") from None
    # Not splitlines(): that also breaks at characters such as U+2028, which JSON allows inside a string.
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            line = raw.decode("utf-8").strip()
        except UnicodeDecodeError as error:
            raise CaseError(path, number, f"is not UTF-8 (byte {error.start + 1} of the line)") from None
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CaseError(path, number, f"is not JSON ({error.msg}, column {error.colno})", line) from None
        if not isinstance(row, dict):
            raise CaseError(path, number, "is not a JSON object", line)
        yield number, line, row


def field(row: dict[str, Any], key: str, kind: type, what: str) -> Any:
    """The value of a key that must be there and of this kind; raises ``UnsoundError``."""
    if key not in row:
        raise UnsoundError(f"has no {key}")
    if not isinstance(row[key], kind):
        raise UnsoundError(f"{key} must be {what}, not {json.dumps(row[key], ensure_ascii=False)}")
    return row[key]


def text(row: dict[str, Any], key: str) -> str:
    """A string that must be there and not be empty; raises ``UnsoundError``."""
    value: str = field(row, key, str, "a string")
    if not value.strip():
        raise UnsoundError(f"{key} is empty")
    return value


def optional(row: dict[str, Any], key: str) -> str | None:
    """A string, or None where the key is absent or null; raises ``UnsoundError``."""
    return None if row.get(key) is None else text(row, key)


def numbers(value: Any, name: str, first: int) -> list[int]:
    """Whole numbers from ``first``, each once; raises ``UnsoundError``."""
    # A bool is an int to Python, and never a sentence number.
    if not isinstance(value, list) or not all(isinstance(n, int) and not isinstance(n, bool) and n >= first for n in value):
        raise UnsoundError(f"{name} must be a list of whole numbers from {first}, not {json.dumps(value, ensure_ascii=False)}")
    if len(set(value)) != len(value):
        raise UnsoundError(f"{name} names a sentence twice: {value}")
    return value
