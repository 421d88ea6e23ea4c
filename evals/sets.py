"""The sets by name: finding one, reading it as its kind, and proving that what tuned the system does not test it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Generic, Literal, TypeVar

from pincite.ingest.errors import UsageError
from pincite.ingest.text import Document

from .cases import Question, load_questions, load_threads
from .claims import ClaimCase, load_claims
from .drafts import DraftCase, load_drafts, texts_of
from .lines import CaseError, read_lines

Kind = Literal["questions", "claims", "drafts"]
C = TypeVar("C", Question, ClaimCase, DraftCase)

_TUNE, _TEST = "-tune", "-test"


@dataclass(frozen=True, slots=True)
class CaseSet(Generic[C]):
    """A set that was read whole. ``sha256`` is that of its file, ``passages`` that of the texts its cases bring along (empty for none)."""

    name: str
    kind: Kind
    sha256: str
    passages: str
    cases: Sequence[C]


AnyCases = Sequence[Question] | Sequence[ClaimCase] | Sequence[DraftCase]
AnySet = CaseSet[Question] | CaseSet[ClaimCase] | CaseSet[DraftCase]


def sets_folder() -> Path:
    """Where the sets that ship are."""
    return Path(str(files("pincite.evals").joinpath("cases.py"))).parent / "sets"


def find_set(name: str) -> Path:
    """The file of a set: a path, or the name of a set that ships, without ``.jsonl``.

    Raises:
        UsageError: there is neither.
    """
    path = Path(name)
    if path.is_file():
        return path
    sets = sets_folder()
    if (sets / f"{name}.jsonl").is_file():
        return sets / f"{name}.jsonl"
    known = ", ".join(sorted(file.stem for file in sets.glob("*.jsonl") if kind_of_name(file.stem))) or "none"
    raise UsageError(f'there is no set "{name}": give the path of a file, or a set that ships ({known})')


def kind_of_name(stem: str) -> Kind | None:
    """The kind that a set's name begins with, or None; threads are questions with a history."""
    prefix = stem.partition("-")[0]
    if prefix in ("questions", "threads"):
        return "questions"
    if prefix == "drafts":
        return "drafts"
    return "claims" if prefix == "claims" else None


def load_set(path: Path, documents: Mapping[str, Document] | None = None, passages: Path | None = None, limit: int | None = None) -> AnySet:
    """Read a set as the kind that its name begins with, or that its first line shows; see ``load_questions`` for the other arguments.

    Args:
        limit: only so many cases, the first ones; all are proved sound all the same.

    Raises:
        CaseError: it cannot be read, or a line is unsound.
        UsageError: it shares cases with the part that the system was tuned on.
    """
    kind = kind_of_name(path.stem) or _kind_of_lines(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    if kind == "drafts":
        if passages is not None:
            raise UsageError(f"{path} is a set of drafts, which name their folders themselves: leave --passages out")
        drafts = load_drafts(path, documents)
        return CaseSet(path.stem, kind, digest, _texts_hash(texts_of(drafts)), drafts[:limit])
    if kind == "claims":
        claims = load_claims(path, documents, passages)
        _no_leak(path, [case.claim for case in claims])
        return CaseSet(path.stem, kind, digest, _passages_hash(claims), claims[:limit])
    read = load_threads if _holds_threads(path) else load_questions
    questions = read(path, documents, passages)
    _no_leak(path, [case.question for case in questions])
    return CaseSet(path.stem, kind, digest, _passages_hash(questions), questions[:limit])


def leaks(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """Texts of the second that stand in the first too, but for case, spaces and punctuation; in their order."""
    known = {_plain(text) for text in first}
    return [text for text in second if _plain(text) in known]


def _no_leak(path: Path, texts: Sequence[str]) -> None:
    """A test part is refused where the tuning part beside it, of the same name, holds one of its cases."""
    if not path.stem.endswith(_TEST):
        return
    tune = path.with_name(path.name.replace(_TEST, _TUNE))
    if not tune.is_file():
        return
    rows = [row for _, _, row in read_lines(tune)]
    shared = leaks([str(row.get(key)) for row in rows for key in ("claim", "question") if row.get(key)], texts)
    if shared:
        raise UsageError(
            f'{path}: {len(shared)} of its cases stand in {tune.name} too, which the system may be tuned on: first "{shared[0]}"'
        )


def _holds_threads(path: Path) -> bool:
    return any("turns" in row for _, _, row in islice(read_lines(path), 1))


def _kind_of_lines(path: Path) -> Kind:
    for number, line, row in read_lines(path):
        if "file" in row and "claims" in row:
            return "drafts"
        if "claim" in row or "said" in row:
            return "claims"
        if "question" in row or "turns" in row:
            return "questions"
        raise CaseError(
            path, number, 'is neither a question ("question"), nor a thread ("turns"), nor a claim ("claim"), nor a draft ("file")', line
        )
    raise CaseError(path, 0, "holds no cases")


def _passages_hash(cases: Iterable[Question] | Iterable[ClaimCase]) -> str:
    passages = [case.passage for case in cases]
    return _texts_hash({passage.id: passage.document.text for passage in passages if passage is not None})


def _texts_hash(texts: Mapping[str, str]) -> str:
    if not texts:
        return ""
    digest = hashlib.sha256()
    for id, text in sorted(texts.items()):
        digest.update(f"{id}\0{text}\0".encode())
    return digest.hexdigest()


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
