"""Questions with their gold, and the loader that proves a set sound before anything is run on it.

A set is a file of JSON objects, one a line. A line has one of three shapes:

- about a document of the corpus: ``{"id", "question", "answerable", "gold": [[14, 15]], "also": [11], "stance", "style", "why", "doc"}``;
- about a text of its own: the same with ``"passage"`` (a text file's name without ``.txt``, read from the passages folder) for ``"doc"``;
- about sentences of its own: ``{"id", "question", "answerable", "sents": ["…"], "evidence": [0], "stance"}``.

``gold`` is a list of sets of sentence numbers, counted from 1: any one set suffices, and all its sentences are needed. ``evidence`` is one
such set, counted from 0 within ``sents``. ``also`` names further sentences that are to the point though not needed. Other keys are left
alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pincite.app.claims import Stance
from pincite.ingest.errors import UsageError
from pincite.ingest.text import Document

from .passages import Passage, read_passage

Place = tuple[str, int]
"""The address of a sentence: document id, sentence number."""

STANCES: tuple[str, ...] = get_args(Stance)
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


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its gold. An answerable one has at least one gold set; ``stance`` is given for yes/no questions alone."""

    id: str
    question: str
    answerable: bool
    gold: tuple[frozenset[Place], ...] = ()
    also: frozenset[Place] = frozenset()
    stance: Stance | None = None
    style: str | None = None
    why: str | None = None
    passage: Passage | None = None
    """The text that the question is asked over, where it is not the corpus."""

    @property
    def right(self) -> frozenset[Place]:
        """Every sentence that is a member of some gold set."""
        return frozenset().union(*self.gold)


def load_questions(path: Path, documents: Mapping[str, Document] | None = None, passages: Path | None = None) -> list[Question]:
    """The questions of a set, in the file's order.

    Args:
        path: the set, UTF-8, one JSON object a line; blank lines are skipped.
        documents: the corpus. With it every gold sentence about a document of the corpus is proved to exist.
        passages: the folder of the passages that lines name; by default the folder ``passages`` beside the set.

    Raises:
        CaseError: the file cannot be read or holds no case, or a line is unsound; the message quotes the line.
    """
    folder = passages if passages is not None else path.parent / "passages"
    texts: dict[str, Passage] = {}
    seen: dict[str, int] = {}
    cases: list[Question] = []
    for number, line, row in read_lines(path):
        try:
            case = _question(row, documents, folder, texts)
        except _Unsound as unsound:
            raise CaseError(path, number, str(unsound), line) from None
        if case.id in seen:
            raise CaseError(path, number, f'the id "{case.id}" is that of line {seen[case.id]} too; ids must be unique', line)
        seen[case.id] = number
        cases.append(case)
    if not cases:
        raise CaseError(path, 0, "holds no cases")
    return cases


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


class _Unsound(Exception):
    """What is wrong with a line, without saying where it stands."""


def _question(row: dict[str, Any], documents: Mapping[str, Document] | None, folder: Path, texts: dict[str, Passage]) -> Question:
    passage = _passage(row, folder, texts)
    gold, also = _gold(row, passage, documents)
    answerable = _field(row, "answerable", bool, "true or false")
    if answerable and not gold:
        raise _Unsound("is answerable and has no gold sentence")
    if not answerable and gold:
        raise _Unsound(f"is not answerable and has gold sentences ({_listed(gold[0])})")
    return Question(
        id=_text(row, "id"),
        question=_text(row, "question"),
        answerable=answerable,
        gold=gold,
        also=also,
        stance=_stance(row.get("stance"), answerable),
        style=_optional(row, "style"),
        why=_optional(row, "why"),
        passage=passage,
    )


def _passage(row: dict[str, Any], folder: Path, texts: dict[str, Passage]) -> Passage | None:
    if "sents" in row:
        sentences = row["sents"]
        if not isinstance(sentences, list) or not sentences or not all(isinstance(s, str) and s.strip() for s in sentences):
            raise _Unsound("sents must be a list of sentences, none of them empty")
        return Passage.of(tuple(s.strip() for s in sentences))
    if "passage" not in row:
        return None
    name = _text(row, "passage")
    if name not in texts:
        try:
            texts[name] = read_passage(folder, name)
        except ValueError as error:
            raise _Unsound(str(error)) from None
    return texts[name]


def _gold(
    row: dict[str, Any], passage: Passage | None, documents: Mapping[str, Document] | None
) -> tuple[tuple[frozenset[Place], ...], frozenset[Place]]:
    """The gold sets and the further sentences, as addresses that are proved to exist where that can be known."""
    place = _addresser(row, passage, documents)
    if "evidence" in row:
        indexes = _numbers(row["evidence"], "evidence", first=0)
        return ((frozenset(place(i + 1) for i in indexes),) if indexes else ()), frozenset()
    sets = row.get("gold")
    if not isinstance(sets, list):
        raise _Unsound("gold must be a list of sets of sentence numbers, such as [[14, 15]]; [] where there is no answer")
    gold = tuple(frozenset(place(n) for n in _numbers(members, "a gold set", first=1)) for members in sets)
    if not all(gold):
        raise _Unsound("a gold set is empty; a question without an answer has gold []")
    return gold, frozenset(place(n) for n in _numbers(row.get("also") or [], "also", first=1))


def _addresser(row: dict[str, Any], passage: Passage | None, documents: Mapping[str, Document] | None) -> Callable[[int], Place]:
    if passage is not None:
        doc, length = passage.id, len(passage.document.sentences)
    else:
        doc, length = _text(row, "doc"), None
        if documents is not None:
            if doc not in documents:
                raise _Unsound(f'the document "{doc}" is not in the corpus (it has {", ".join(sorted(documents)) or "none"})')
            length = len(documents[doc].sentences)

    def place(number: int) -> Place:
        if length is not None and number > length:
            raise _Unsound(f"sentence {number} does not exist: {doc} has {length}")
        return (doc, number)

    return place


def _numbers(value: Any, name: str, first: int) -> list[int]:
    # A bool is an int to Python, and never a sentence number.
    if not isinstance(value, list) or not all(isinstance(n, int) and not isinstance(n, bool) and n >= first for n in value):
        raise _Unsound(f"{name} must be a list of whole numbers from {first}, not {json.dumps(value, ensure_ascii=False)}")
    if len(set(value)) != len(value):
        raise _Unsound(f"{name} names a sentence twice: {value}")
    return value


def _stance(value: Any, answerable: bool) -> Stance | None:
    if value is None:
        return None
    for stance in get_args(Stance):
        if value == stance:
            if not answerable:
                raise _Unsound(f'is not answerable and has the stance "{value}"')
            return stance  # type: ignore[no-any-return]
    raise _Unsound(f"the stance {json.dumps(value, ensure_ascii=False)} is none of {', '.join(STANCES)}, null")


def _field(row: dict[str, Any], key: str, kind: type, what: str) -> Any:
    if key not in row:
        raise _Unsound(f"has no {key}")
    if not isinstance(row[key], kind):
        raise _Unsound(f"{key} must be {what}, not {json.dumps(row[key], ensure_ascii=False)}")
    return row[key]


def _text(row: dict[str, Any], key: str) -> str:
    value: str = _field(row, key, str, "a string")
    if not value.strip():
        raise _Unsound(f"{key} is empty")
    return value


def _optional(row: dict[str, Any], key: str) -> str | None:
    return None if row.get(key) is None else _text(row, key)


def _listed(places: frozenset[Place]) -> str:
    return ", ".join(f"{doc} {number}" for doc, number in sorted(places))
