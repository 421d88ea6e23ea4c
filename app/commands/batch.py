"""Reading a batch: JSON objects, one a line, each with a text that is asked or claimed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pincite.app.claims import Id
from pincite.ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a batch. ``refusal`` is what it is answered with where it cannot be used; then ``text`` is empty."""

    line: int
    id: Id
    text: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    refusal: dict[str, Any] | None = None

    def error(self, message: str) -> dict[str, Any]:
        """The answer in the place of a line that had to be refused."""
        return {"id": self.id, "line": self.line, "error": message}


def read_row(line: str, number: int, name: str) -> Row:
    """A line with an ``id`` and a text called ``name`` ("question", "claim")."""

    def refused(message: str, id: Id = None) -> Row:
        return Row(number, id, refusal={"id": id, "line": number, "error": message})

    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return refused(f"not JSON: {error}")
    if not isinstance(fields, dict):
        return refused(f'not an object: write {{"id": …, "{name}": …}}')
    id = fields.get("id")
    if isinstance(id, (dict, list)):
        return refused(f"the id {json.dumps(id)[:80]} is no text or number")
    id = valid(id) if isinstance(id, str) else id
    if not isinstance(fields.get(name), str):
        return refused(f'no text "{name}" in the line', id)
    return Row(number, id, valid(fields[name]), {k: valid(v) if isinstance(v, str) else v for k, v in fields.items()})


def valid(text: str) -> str:
    """Bytes that are not text cannot be written back as text: they become replacement characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


@contextmanager
def lines_of(batch: str, what: str) -> Iterator[IO[str]]:
    """The lines of a file, or of standard input for ``-``.

    Raises:
        UsageError: the file cannot be read.
    """
    if batch == "-":
        yield sys.stdin
        return
    try:
        file = Path(batch).open(encoding="utf-8-sig", errors="replace")  # noqa: SIM115 - closed below; what goes wrong there is not about opening
    except OSError as error:
        raise UsageError(f"{batch}: cannot be read ({error.strerror}); give a file of {what}, one JSON object a line") from error
    with file:
        yield file
