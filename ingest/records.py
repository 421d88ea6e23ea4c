"""Documents and their records as JSON: lines of ``sources.jsonl``, and the documents that an index keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from sys import intern
from typing import Any

from .text import Document, Section, Sentence, Source, page_at

_TEXT_FIELDS = ("id", "title", "file", "sha256", "journal", "doi", "licence", "type", "summarises", "pmid", "pmcid")
_KNOWN = {field.name for field in fields(Source)}


def parse_record(line: str) -> Source:
    """A line of a ``sources.jsonl``. Only ``file`` is needed; an empty ``id``, ``title`` or ``sha256`` is filled in when the file is read.

    Raises:
        ValueError: it is not a record, in words for the user.
    """
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error})") from error
    if not isinstance(values, dict):
        raise ValueError("is not a JSON object")
    unknown = sorted(set(values) - _KNOWN)
    if unknown:
        raise ValueError(f"has the unknown field {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}")
    for name in _TEXT_FIELDS:
        if values.get(name) is not None and not isinstance(values[name], str):
            raise ValueError(f"has {name!r} that is not a text: {values[name]!r}")
    if not values.get("file"):
        raise ValueError("names no 'file'")
    year = values.get("year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise ValueError(f"has a 'year' that is not a whole number: {year!r}")
    authors = values.get("authors") or []
    if not isinstance(authors, list) or not all(isinstance(author, str) for author in authors):
        raise ValueError(f"has 'authors' that are not a list of names: {authors!r}")
    if not isinstance(values.get("retracted", False), bool):
        raise ValueError(f"has 'retracted' that is neither true nor false: {values['retracted']!r}")
    return source_from_json({"id": "", "title": "", "sha256": "", **values, "authors": authors})


def source_as_json(source: Source) -> dict[str, Any]:
    """All fields of a record; ``authors`` as a list."""
    return {**asdict(source), "authors": list(source.authors)}


def source_from_json(values: Mapping[str, Any]) -> Source:
    """The reverse of ``source_as_json``."""
    return Source(**{**values, "authors": tuple(values.get("authors") or ())})


def document_as_json(document: Document) -> dict[str, Any]:
    """A document for an index: sentence texts are left out, they are cut from the text again."""
    return {
        "source": source_as_json(document.source),
        "text": document.text,
        "sections": [[section.title, section.kind, section.start, section.end] for section in document.sections],
        "sentences": [[s.start, s.end, s.paragraph, s.section] for s in document.sentences],
        "pages": [list(page) for page in document.pages],
    }


def document_from_json(values: Mapping[str, Any]) -> Document:
    """The reverse of ``document_as_json``.

    Raises:
        KeyError, TypeError, ValueError: it is not one.
    """
    source, text, pages = (
        source_from_json(values["source"]),
        values["text"],
        tuple((offset, page) for offset, page in values.get("pages", ())),
    )
    sentences = tuple(
        # One string a section rather than one a sentence: most of a large index in memory would be section names.
        Sentence(source.id, number, start, end, text[start:end], paragraph, intern(section), page_at(pages, start))
        for number, (start, end, paragraph, section) in enumerate(values["sentences"], 1)
    )
    return Document(source, text, tuple(Section(*section) for section in values["sections"]), sentences, pages)
