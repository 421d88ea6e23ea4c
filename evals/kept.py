"""The cases of a run as they are kept beside its records, so that a report needs neither the set nor the corpus.

``cases.jsonl`` holds what was expected, ``sentences.json`` the text of every sentence that a case or a record names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pincite.ingest.text import Document

from .cases import Question
from .claims import ClaimCase
from .draft_records import DraftRecord
from .drafts import DraftCase, case_json
from .gold import Place
from .lines import CaseError, read_lines
from .records import AnyRecord, ClaimRecord
from .sets import AnyCases

Sentences = Mapping[Place, str]


def write_cases(path: Path, cases: AnyCases) -> None:
    """One case a line, in order; the same cases give the same bytes."""
    lines = [json.dumps(_as_json(case), ensure_ascii=False) + "\n" for case in cases]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def read_questions(path: Path) -> list[Question]:
    """The questions that ``write_cases`` wrote, without their passages.

    Raises:
        CaseError: the file cannot be read, or is damaged.
    """
    cases = []
    for number, line, row in read_lines(path):
        try:
            gold, also = tuple(_places(members) for members in row["gold"]), _places(row["also"])
            about, history = (row["stance"], row["style"], row["why"]), tuple(row["history"])
            cases.append(Question(row["id"], row["question"], row["answerable"], gold, also, *about, history=history))
        except (KeyError, TypeError, ValueError) as error:
            raise CaseError(path, number, f"is no case of a run ({type(error).__name__}: {error})", line) from None
    return cases


def read_claims(path: Path) -> list[ClaimCase]:
    """The claims that ``write_cases`` wrote, without their passages; raises as ``read_questions`` does."""
    cases = []
    for number, line, row in read_lines(path):
        try:
            gold = tuple(_places(members) for members in row["gold"])
            cases.append(
                ClaimCase(row["id"], row["claim"], row["supported"], row["verdict"], gold, row["kind"], row["why"], part=row["part"])
            )
        except (KeyError, TypeError, ValueError) as error:
            raise CaseError(path, number, f"is no case of a run ({type(error).__name__}: {error})", line) from None
    return cases


def write_sentences(
    path: Path,
    cases: AnyCases,
    records: Iterable[AnyRecord],
    corpus: Mapping[str, Document],
) -> None:
    """The text of every sentence that the cases or the records name, by document and number."""
    documents = dict(corpus) | {case.passage.id: case.passage.document for case in cases if case.passage is not None}
    for case in cases:
        if isinstance(case, DraftCase) and case.shelf is not None:
            documents |= case.shelf.documents
    named = {place for case in cases for place in case.right} | {place for record in records for place in _named(record)}
    texts: dict[str, dict[str, str]] = {}
    for doc, number in sorted(named):
        if doc in documents and 1 <= number <= len(documents[doc].sentences):
            texts.setdefault(doc, {})[str(number)] = documents[doc].sentence(number).text
    path.write_text(json.dumps(texts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def read_sentences(path: Path) -> Sentences:
    """The texts by place; empty where the file is absent.

    Raises:
        CaseError: it is damaged.
    """
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {(doc, int(number)): str(text) for doc, numbered in rows.items() for number, text in numbered.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise CaseError(path, 0, f"is not a file of sentences ({error})") from None


def _as_json(case: Question | ClaimCase | DraftCase) -> dict[str, Any]:
    if isinstance(case, DraftCase):
        return case_json(case)
    gold = [_listed(members) for members in case.gold]
    if isinstance(case, Question):
        return {
            "id": case.id,
            "question": case.question,
            "answerable": case.answerable,
            "gold": gold,
            "also": _listed(case.also),
            "stance": case.stance,
            "style": case.style,
            "why": case.why,
            "history": list(case.history),
        }
    return {
        "id": case.id,
        "claim": case.claim,
        "supported": case.supported,
        "verdict": case.verdict,
        "gold": gold,
        "kind": case.kind,
        "why": case.why,
        "part": case.part,
    }


def _named(record: AnyRecord) -> set[Place]:
    if isinstance(record, DraftRecord):
        return set(record.reply.named)
    if isinstance(record, ClaimRecord):
        return set(record.reply.named) | set(record.reply.ranked)
    return set(record.reply.cited or ()) | set(record.reply.ranked)


def _places(rows: list[Any]) -> frozenset[Place]:
    return frozenset((str(doc), int(number)) for doc, number in rows)


def _listed(places: Iterable[Place]) -> list[list[Any]]:
    return [list(place) for place in sorted(places)]
