"""The gold of a line: what the case is put over, and which sentences are right, each proved to exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pincite.ingest.text import Document

from .lines import UnsoundError, numbers, text
from .passages import Passage, read_passage

Place = tuple[str, int]
"""The address of a sentence: document id, sentence number."""

Sets = tuple[frozenset[Place], ...]
"""Gold: any one set suffices, and all its sentences are needed."""


class Texts:
    """The passages that the lines of one set name, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Passage] = {}

    def of(self, row: dict[str, Any]) -> Passage | None:
        """The passage that a line brings along, or None where it is about the corpus; raises ``UnsoundError``."""
        if "sents" in row:
            sentences = row["sents"]
            if not isinstance(sentences, list) or not sentences or not all(isinstance(s, str) and s.strip() for s in sentences):
                raise UnsoundError("sents must be a list of sentences, none of them empty")
            return Passage.of(tuple(s.strip() for s in sentences))
        if "passage" not in row:
            return None
        name = text(row, "passage")
        if name not in self._read:
            try:
                self._read[name] = read_passage(self._folder, name)
            except ValueError as error:
                raise UnsoundError(str(error)) from None
        return self._read[name]


def gold_of(row: dict[str, Any], passage: Passage | None, documents: Mapping[str, Document] | None) -> tuple[Sets, frozenset[Place]]:
    """The gold sets and the further sentences (``also``), as addresses that are proved to exist where that can be known."""
    place = _addresser(row, passage, documents)
    if "evidence" in row:
        indexes = numbers(row["evidence"], "evidence", first=0)
        return ((frozenset(place(i + 1) for i in indexes),) if indexes else ()), frozenset()
    sets = row.get("gold")
    if not isinstance(sets, list):
        raise UnsoundError("gold must be a list of sets of sentence numbers, such as [[14, 15]]; [] where there is no answer")
    gold = tuple(frozenset(place(n) for n in numbers(members, "a gold set", first=1)) for members in sets)
    if not all(gold):
        raise UnsoundError("a gold set is empty; a case without an answer has gold []")
    return gold, frozenset(place(n) for n in numbers(row.get("also") or [], "also", first=1))


def listed(places: frozenset[Place]) -> str:
    """``urits-2021 14, urits-2021 15``."""
    return ", ".join(f"{doc} {number}" for doc, number in sorted(places))


def _addresser(row: dict[str, Any], passage: Passage | None, documents: Mapping[str, Document] | None) -> Callable[[int], Place]:
    if passage is not None:
        doc, length = passage.id, len(passage.document.sentences)
    else:
        doc, length = text(row, "doc"), None
        if documents is not None:
            if doc not in documents:
                raise UnsoundError(f'the document "{doc}" is not in the corpus (it has {", ".join(sorted(documents)) or "none"})')
            length = len(documents[doc].sentences)

    def place(number: int) -> Place:
        if length is not None and number > length:
            raise UnsoundError(f"sentence {number} does not exist: {doc} has {length}")
        return (doc, number)

    return place
