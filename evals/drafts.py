"""Drafts with their gold, and the loader that proves a set of them sound.

A line is ``{"id", "file", "corpus", "documents", "exit", "claims", "non_claims", "citations"}``. ``file`` is the draft, beside the set;
``corpus`` is null for the corpus that is open, else a folder beside the set that is ingested in memory; ``documents`` are the only ones
that the draft is checked against. ``exit`` is the exit code that ``pincite check`` should end with. Every claim, non-claim and citation
names its span, in code points of the draft as it is read: ``draft[start:end]`` is its ``text``. ``sets/README.md`` says what each holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from pincite.app.claims import Verdict
from pincite.app.draft.findings import Finding
from pincite.app.draft.reading import ReadDraft, read_draft
from pincite.ingest.errors import PinciteError
from pincite.ingest.text import Document

from .cases import read_cases
from .claims import VERDICTS
from .gold import Place, Sets
from .lines import CaseError, UnsoundError, optional, read_lines, text
from .lines import field as value_of
from .passages import Passage
from .shelves import Shelf, Shelves, beside

FINDINGS: tuple[Finding, ...] = get_args(Finding)
RESTING: frozenset[Finding] = frozenset({"ok", "altered", "misattributed"})
"""The findings that rest on a sentence."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a draft: ``draft[start:end] == text``, in code points. Of a non-claim this is all there is."""

    text: str
    start: int
    end: int
    why: str | None = None


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim of a draft with its verdict, the sentences that it hinges on, and the kind of what it hinges on."""

    span: Stretch
    verdict: Verdict
    gold: Sets = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class GoldCitation:
    """A citation mark or a quotation with its finding, and the sentence that it rests on where there is one."""

    span: Stretch
    quotation: bool
    finding: Finding
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class DraftCase:
    """A draft with its gold. ``draft`` and ``shelf`` are absent where a case was read back from a run; the shelf is None for the corpus."""

    id: str
    file: str
    corpus: str | None
    documents: tuple[str, ...]
    exit: int
    claims: tuple[GoldClaim, ...]
    non_claims: tuple[Stretch, ...]
    citations: tuple[GoldCitation, ...]
    draft: ReadDraft | None = field(default=None, repr=False, compare=False)
    shelf: Shelf | None = field(default=None, repr=False, compare=False)

    @property
    def passage(self) -> Passage | None:
        """None: a draft names a folder of documents where a question brings a passage."""
        return None

    @property
    def right(self) -> frozenset[Place]:
        """Every sentence that is gold of some claim, or that some citation rests on."""
        needed = frozenset(place for claim in self.claims for members in claim.gold for place in members)
        return needed | {citation.place for citation in self.citations if citation.place is not None}


def load_drafts(path: Path, documents: Mapping[str, Document] | None = None) -> list[DraftCase]:
    """The drafts of a set, in the file's order.

    Args:
        path: the set, UTF-8, one JSON object a line; drafts and folders that lines name lie beside it.
        documents: the corpus. With it every sentence of the corpus that is named is proved to exist.

    Raises:
        CaseError: the file cannot be read or holds no case, or a line is unsound; the message quotes the line.
    """
    shelves = Shelves(path.parent)

    def read(row: dict[str, Any]) -> list[DraftCase]:
        corpus = optional(row, "corpus")
        shelf = shelves.of(corpus) if corpus is not None else None
        try:
            draft = read_draft(beside(path.parent, text(row, "file")))
        except PinciteError as error:
            raise UnsoundError(f"names a draft that cannot be used: {error}") from None
        case = _case(row, draft, shelf)
        _prove(case, draft, documents if shelf is None else shelf.documents)
        return [case]

    return read_cases(path, read)


def read_kept(path: Path) -> list[DraftCase]:
    """The drafts that a run kept, without their files and folders.

    Raises:
        CaseError: the file cannot be read, or is damaged.
    """
    cases = []
    for number, line, row in read_lines(path):
        try:
            cases.append(_case(row))
        except UnsoundError as unsound:
            raise CaseError(path, number, f"is no case of a run ({unsound})", line) from None
    return cases


def case_json(case: DraftCase) -> dict[str, Any]:
    """A case as a line of a set."""
    return {
        "id": case.id,
        "file": case.file,
        "corpus": case.corpus,
        "documents": list(case.documents),
        "exit": case.exit,
        "claims": [
            _span_json(claim.span)
            | {"verdict": claim.verdict, "kind": claim.kind, "gold": [[list(place) for place in sorted(s)] for s in claim.gold]}
            for claim in case.claims
        ],
        "non_claims": [_span_json(span) for span in case.non_claims],
        "citations": [
            _span_json(cited.span)
            | {"quotation": cited.quotation, "finding": cited.finding, "place": None if cited.place is None else list(cited.place)}
            for cited in case.citations
        ],
    }


def _case(row: dict[str, Any], draft: ReadDraft | None = None, shelf: Shelf | None = None) -> DraftCase:
    ids = value_of(row, "documents", list, "a list of document ids")
    if not ids or not all(isinstance(id, str) and id for id in ids):
        raise UnsoundError("documents must be ids of documents, and at least one")
    return DraftCase(
        id=text(row, "id"),
        file=text(row, "file"),
        corpus=optional(row, "corpus"),
        documents=tuple(ids),
        exit=value_of(row, "exit", int, "0 or 1"),
        claims=tuple(_claim(item) for item in _items(row, "claims")),
        non_claims=tuple(_span(item) for item in _items(row, "non_claims")),
        citations=tuple(_citation(item) for item in _items(row, "citations")),
        draft=draft,
        shelf=shelf,
    )


def _claim(item: dict[str, Any]) -> GoldClaim:
    span, verdict = _span(item), item.get("verdict")
    if verdict not in VERDICTS:
        raise UnsoundError(f"{_at(span)} has the verdict {_quoted(verdict)}, which is none of {', '.join(VERDICTS)}")
    sets = value_of(item, "gold", list, "a list of sets of sentences")
    gold = tuple(frozenset(_place(place) for place in members) for members in sets if isinstance(members, list))
    if len(gold) != len(sets) or not all(gold):
        raise UnsoundError(f'{_at(span)} has a gold set that is no list of sentences, such as [["urits-2021", 3]]')
    if (verdict == "not_found") == bool(gold):
        raise UnsoundError(f"{_at(span)} is {verdict} and has {'gold sentences' if gold else 'no gold sentence'}")
    return GoldClaim(span, verdict, gold, optional(item, "kind"))


def _citation(item: dict[str, Any]) -> GoldCitation:
    span, finding = _span(item), item.get("finding")
    if finding not in FINDINGS:
        raise UnsoundError(f"{_at(span)} has the finding {_quoted(finding)}, which is none of {', '.join(FINDINGS)}")
    place = None if item.get("place") is None else _place(item["place"])
    if (finding in RESTING) != (place is not None):
        raise UnsoundError(f"{_at(span)} is {finding} and names {'no' if place is None else 'a'} place")
    return GoldCitation(span, value_of(item, "quotation", bool, "true or false"), finding, place)


def _span(item: dict[str, Any]) -> Stretch:
    start, end = (value_of(item, key, int, "a whole number") for key in ("start", "end"))
    return Stretch(text(item, "text"), start, end, optional(item, "why"))


def _place(value: Any) -> Place:
    match value:
        case [str(doc), int(number)] if number > 0:
            return doc, number
    raise UnsoundError(f'{_quoted(value)} is no sentence, such as ["urits-2021", 3]')


def _items(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = value_of(row, key, list, "a list")
    if not all(isinstance(item, dict) for item in items):
        raise UnsoundError(f"{key} must hold objects")
    return items


def _prove(case: DraftCase, draft: ReadDraft, documents: Mapping[str, Document] | None) -> None:
    """Every span has its text, no two statements share any, every sentence exists, and the exit code follows from the rest."""
    statements = sorted([*(claim.span for claim in case.claims), *case.non_claims], key=lambda span: span.start)
    for span in (*statements, *(citation.span for citation in case.citations)):
        found = draft.text[max(0, span.start) : max(0, span.end)]
        if found != span.text:
            raise UnsoundError(f"{_at(span)} is not at {span.start} to {span.end} of {case.file}, where {_quoted(found[:80])} stands")
    for first, second in pairwise(statements):
        if second.start < first.end:
            raise UnsoundError(f"{_at(first)} and {_at(second)} share a part of the draft")
    if documents is not None:
        _prove_places(case, documents)
    wrong = any(c.verdict != "supported" for c in case.claims) or any(c.finding != "ok" for c in case.citations)
    if case.exit != int(wrong):
        raise UnsoundError(f"expects the exit code {case.exit}, and {'something' if wrong else 'nothing'} in it is wrong")


def _prove_places(case: DraftCase, documents: Mapping[str, Document]) -> None:
    for doc in case.documents:
        if doc not in documents:
            raise UnsoundError(f'the document "{doc}" is not in the corpus (it has {", ".join(sorted(documents)) or "none"})')
    for doc, number in sorted(case.right):
        if doc not in case.documents:
            raise UnsoundError(f'names a sentence of "{doc}", which is not among the documents that the draft is checked against')
        if number > len(documents[doc].sentences):
            raise UnsoundError(f"sentence {number} does not exist: {doc} has {len(documents[doc].sentences)}")


def _span_json(span: Stretch) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end, "why": span.why}


def _at(span: Stretch) -> str:
    return _quoted(span.text if len(span.text) <= 60 else span.text[:59] + "…")


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def texts_of(cases: Iterable[DraftCase]) -> dict[str, str]:
    """Every text that the cases bring along, drafts and documents of folders, by a name."""
    drafts = {f"{case.id} {case.file}": case.draft.text for case in cases if case.draft is not None}
    shelves = {case.shelf.name: case.shelf for case in cases if case.shelf is not None}
    return drafts | {f"{name} {doc}": document.text for name, shelf in shelves.items() for doc, document in shelf.documents.items()}
