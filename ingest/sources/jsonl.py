"""Collections with a document a line: ``{"_id", "title", "text", "metadata"}`` as BEIR has them, or SciFact's ``doc_id`` and ``abstract``.

What ``metadata`` (or the line itself) says of authors, journal, year, doi, pmid, pmcid, licence, type and ``retracted`` goes to the record.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ..text import Source
from .build import LayoutBuilder
from .layout import Layout, facts

_IDS = ("_id", "doc_id", "id", "pmid")
_TEXTS = ("text", "abstract", "contents", "body")
_SAID = ("journal", "doi", "pmid", "pmcid", "licence", "type")


def read_jsonl(data: bytes) -> Iterator[tuple[str, Layout | ValueError]]:
    """The documents by their ids, in order; an error in place of a line that is none. A line without an id is known by its content.

    Raises:
        ValueError: there is no line in it.
    """
    number = 0
    seen: set[str] = set()
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), 1):
        if not line.strip():
            continue
        key = str(number)
        try:
            values = _values(line)
            key = _key(values) or sha256(line.strip()).hexdigest()[:12]
            if key in seen:
                raise ValueError(f"has the id {key!r} of an earlier line")
            seen.add(key)
            yield key, _layout(values)
        except ValueError as error:
            yield key, ValueError(f"line {number} {error}")
    if not number:
        raise ValueError("is empty")


def _values(line: bytes) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON ({str(error)[:100]})") from error
    if not isinstance(values, dict):
        raise ValueError("is not a JSON object")
    return values


def _key(values: dict[str, Any]) -> str:
    return next((str(values[name]).strip() for name in _IDS if isinstance(values.get(name), (str, int)) and str(values[name]).strip()), "")


def _layout(values: dict[str, Any]) -> Layout:
    name = next((name for name in _TEXTS if values.get(name)), None)
    if name is None:
        raise ValueError(f"has no text: give it a field {_TEXTS[0]!r}")
    body = values[name]
    if isinstance(body, list) and all(isinstance(sentence, str) for sentence in body):
        body = " ".join(body)
    if not isinstance(body, str):
        raise ValueError(f"has a field {name!r} that is no text")
    builder = LayoutBuilder()
    builder.title(values["title"] if isinstance(values.get("title"), str) else "")
    for paragraph in body.split("\n\n"):
        builder.paragraph(paragraph)
    return builder.finish(_facts(values, builder.title_text))


def _facts(values: dict[str, Any], title: str | None) -> Source:
    metadata = values.get("metadata")
    said = {**values, **(metadata if isinstance(metadata, dict) else {})}
    texts = {name: str(said[name]) for name in _SAID if isinstance(said.get(name), (str, int))}
    authors, year = said.get("authors"), str(said.get("year", ""))
    if isinstance(authors, str):
        authors = [name.strip() for name in authors.split(";")]
    named = authors if isinstance(authors, list) else []
    return facts(
        title,
        authors=tuple(name for name in named if isinstance(name, str) and name),
        year=int(year) if year.isdigit() and len(year) == 4 else None,
        retracted=said.get("retracted") is True,
        **texts,
    )
