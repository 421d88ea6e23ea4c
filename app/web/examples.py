"""The example questions of the empty page. Each belongs to a document: where that one is not open, its questions are not shown."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Example:
    """A question about one document, by its id; ``declines`` where the document does not answer it."""

    question: str
    doc: str
    declines: bool


def examples_for(documents: Container[str]) -> tuple[Example, ...]:
    """The examples about these documents: four for the corpus that ships, one of which has no answer there."""
    rows = json.loads((resources.files(__package__) / "examples.json").read_text(encoding="utf-8"))
    return tuple(example for example in (Example(**row) for row in rows) if example.doc in documents)
