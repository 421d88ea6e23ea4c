"""Questions with their gold, and the loader that proves a set sound before anything is run on it.

A set is a file of JSON objects, one a line. A line has one of three shapes:

- about a document of the corpus: ``{"id", "question", "answerable", "gold": [[14, 15]], "also": [11], "stance", "style", "why", "doc"}``;
- about a text of its own: the same with ``"passage"`` (a text file's name without ``.txt``, read from the passages folder) for ``"doc"``;
- about sentences of its own: ``{"id", "question", "answerable", "sents": ["…"], "evidence": [0], "stance"}``.

A thread is ``{"id", "doc" or "passage", "turns": [{"question", "answerable", "gold", "also", "stance", "move", "why"}]}``: each turn is a
question of its own (``ID/1`` and so on), put with the turns before it as its history; its ``style`` is the turn's ``move``.

``gold`` is a list of sets of sentence numbers, counted from 1: any one set suffices, and all its sentences are needed. ``evidence`` is one
such set, counted from 0 within ``sents``. ``also`` names further sentences that are to the point though not needed. Other keys are left
alone. Claims have a loader of their own (``claims.py``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_args

from pincite.app.claims import Stance
from pincite.ingest.text import Document

from .gold import Place, Sets, Texts, gold_of, listed
from .lines import CaseError, UnsoundError, field, optional, read_lines, text
from .passages import Passage

__all__ = ["STANCES", "CaseError", "Place", "Question", "load_questions", "load_threads", "read_cases", "read_lines"]

STANCES: tuple[str, ...] = get_args(Stance)


class _Case(Protocol):
    @property
    def id(self) -> str: ...


C = TypeVar("C", bound=_Case)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its gold. An answerable one has at least one gold set; ``stance`` is given for yes/no questions alone."""

    id: str
    question: str
    answerable: bool
    gold: Sets = ()
    also: frozenset[Place] = frozenset()
    stance: Stance | None = None
    style: str | None = None
    why: str | None = None
    passage: Passage | None = None
    """The text that the question is asked over, where it is not the corpus."""
    history: tuple[str, ...] = ()
    """The earlier questions of its thread, oldest first."""

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
    texts = Texts(passages if passages is not None else path.parent / "passages")
    return read_cases(path, lambda row: [_question(row, documents, texts)])


def load_threads(path: Path, documents: Mapping[str, Document] | None = None, passages: Path | None = None) -> list[Question]:
    """The questions of a set of threads, turn by turn; see ``load_questions`` for the arguments.

    Raises:
        CaseError: the file cannot be read or holds no case, or a line is unsound; the message quotes the line.
    """
    texts = Texts(passages if passages is not None else path.parent / "passages")
    return read_cases(path, lambda row: _thread(row, documents, texts))


def read_cases(path: Path, read: Callable[[dict[str, Any]], list[C]]) -> list[C]:
    """The cases that ``read`` makes of each line, in order, their ids unique.

    Raises:
        CaseError: ``read`` finds a line unsound, an id stands twice, or there is no case at all.
    """
    seen: dict[str, int] = {}
    cases: list[C] = []
    for number, line, row in read_lines(path):
        try:
            made = read(row)
        except UnsoundError as unsound:
            raise CaseError(path, number, str(unsound), line) from None
        for case in made:
            if case.id in seen:
                raise CaseError(path, number, f'the id "{case.id}" is that of line {seen[case.id]} too; ids must be unique', line)
            seen[case.id] = number
        cases += made
    if not cases:
        raise CaseError(path, 0, "holds no cases")
    return cases


def _question(row: dict[str, Any], documents: Mapping[str, Document] | None, texts: Texts) -> Question:
    passage = texts.of(row)
    gold, also = gold_of(row, passage, documents)
    answerable = field(row, "answerable", bool, "true or false")
    if answerable and not gold:
        raise UnsoundError("is answerable and has no gold sentence")
    if not answerable and gold:
        raise UnsoundError(f"is not answerable and has gold sentences ({listed(gold[0])})")
    return Question(
        id=text(row, "id"),
        question=text(row, "question"),
        answerable=answerable,
        gold=gold,
        also=also,
        stance=_stance(row.get("stance"), answerable),
        style=optional(row, "style"),
        why=optional(row, "why"),
        passage=passage,
    )


def _thread(row: dict[str, Any], documents: Mapping[str, Document] | None, texts: Texts) -> list[Question]:
    id = text(row, "id")
    turns = field(row, "turns", list, "a list of questions, oldest first")
    if not turns or not all(isinstance(turn, dict) for turn in turns):
        raise UnsoundError("turns must be questions, and at least one")
    shared: dict[str, Any] = {key: row[key] for key in ("doc", "passage") if key in row}
    made: list[Question] = []
    for number, turn in enumerate(turns, start=1):
        try:
            case = _question({**shared, **turn, "id": f"{id}/{number}", "style": turn.get("move")}, documents, texts)
        except UnsoundError as unsound:
            raise UnsoundError(f"turn {number} {unsound}") from None
        made.append(replace(case, history=tuple(earlier.question for earlier in made)))
    return made


def _stance(value: Any, answerable: bool) -> Stance | None:
    if value is None:
        return None
    for stance in get_args(Stance):
        if value == stance:
            if not answerable:
                raise UnsoundError(f'is not answerable and has the stance "{value}"')
            return stance  # type: ignore[no-any-return]
    raise UnsoundError(f"the stance {json.dumps(value, ensure_ascii=False)} is none of {', '.join(STANCES)}, null")
