"""What an answer is. The JSON of the contracts is made from these types and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Status = Literal["answered", "no_evidence", "failed"]
Stance = Literal["supports", "opposes", "mixed", "inconclusive"]
Verdict = Literal["supported", "partly", "contradicted", "not_found", "unchecked"]
ReasonKind = Literal[
    "number",
    "unit",
    "time",
    "dose",
    "route",
    "population",
    "intervention",
    "comparator",
    "outcome",
    "direction",
    "negation",
    "strength",
    "study_design",
    "quote",
    "citation",
]

Id = str | int | float | None
"""The caller's own name for a question, given back as it came."""

ANSWER_SCHEMA = "pincite.answer/1"
CHECK_SCHEMA = "pincite.check/1"


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to one sentence: ``quote`` is the document's text from ``start`` to ``end`` (code points), copied."""

    n: int
    doc: str
    sentence: int
    start: int
    end: int
    quote: str
    stance: Stance | None = None

    def as_json(self) -> dict[str, Any]:
        """The citation as it stands in the answer contract."""
        return {
            "n": self.n,
            "doc": self.doc,
            "sentence": self.sentence,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "stance": self.stance,
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the answer, what checking found, and the numbers of the citations that carry it."""

    text: str
    verdict: Verdict
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What differs between a claim and a source: ``claim`` and ``source`` are copied from the two texts, as they stand there.

    ``source`` is empty where the source has nothing of the kind.
    """

    kind: ReasonKind
    claim: str
    source: str

    def as_json(self) -> dict[str, str]:
        """The reason as it stands in the check contract."""
        return {"kind": self.kind, "claim": self.claim, "source": self.source}


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that the search brought up, with its score (rounded, higher is nearer)."""

    doc: str
    sentence: int
    score: float
    lacks: str | None = None
    """For the nearest sentences of a ``no_evidence`` answer: what the sentence lacks, in words."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through."""

    documents: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything that made the answer, by name and fingerprint."""

    version: str
    corpus: str
    encoder: str
    checker: str
    model: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The names as they stand in every contract."""
        return {
            "version": self.version,
            "corpus": self.corpus,
            "encoder": self.encoder,
            "checker": self.checker,
            "model": self.model,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user sees. ``answer`` is plain text with [n] markers: a first line built by fixed wording, then the quoted sentences."""

    question: str
    status: Status
    stance: Stance | None
    answer: str
    headline: str
    """The first line of ``answer``, without markers."""
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    retrieved: tuple[Found, ...]
    """Found and not used, nearest first: never a source."""
    notices: tuple[str, ...]
    searched: Searched
    provenance: Provenance
    id: Id = None
    resolved: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer contract (``pincite.answer/1``)."""
        return {
            "schema": ANSWER_SCHEMA,
            "id": self.id,
            "question": self.question,
            "resolved": self.resolved,
            "status": self.status,
            "stance": self.stance,
            "answer": self.answer,
            "claims": [{"text": c.text, "verdict": c.verdict, "citations": list(c.citations)} for c in self.claims],
            "citations": [c.as_json() for c in self.citations],
            "retrieved": [{"doc": f.doc, "sentence": f.sentence, "score": f.score} for f in self.retrieved],
            "notices": list(self.notices),
            "provenance": self.provenance.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that bears on a claim: ``quote`` is the text from ``start`` to ``end`` (code points), copied.

    ``doc`` is ``None`` where the claim was judged against a text that came with it. ``lacks`` says of a nearest sentence, in words, what
    it does not have of the claim.
    """

    doc: str | None
    sentence: int
    start: int
    end: int
    quote: str
    lacks: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The sentence as it stands in the check contract."""
        place: dict[str, Any] = {"doc": self.doc, "sentence": self.sentence, "start": self.start, "end": self.end, "quote": self.quote}
        return place if self.lacks is None else place | {"lacks": self.lacks}


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim that was checked.

    ``claim`` is the text from ``start`` to ``end`` of the draft it stands in (of itself where it came alone). ``score`` is how sure the
    verdict is, from 0 to 1. ``nearest`` are shown where the claim is ``not_found``.
    """

    claim: str
    start: int
    end: int
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]
    supporting: tuple[Place, ...]
    contradicting: tuple[Place, ...]
    nearest: tuple[Place, ...]
    searched: Searched
    provenance: Provenance
    notices: tuple[str, ...] = ()
    id: Id = None

    def as_json(self) -> dict[str, Any]:
        """The check contract (``pincite.check/1``)."""
        return {
            "schema": CHECK_SCHEMA,
            "id": self.id,
            "claim": self.claim,
            "start": self.start,
            "end": self.end,
            "verdict": self.verdict,
            "score": self.score,
            "reasons": [r.as_json() for r in self.reasons],
            "supporting": [p.as_json() for p in self.supporting],
            "contradicting": [p.as_json() for p in self.contradicting],
            "nearest": [p.as_json() for p in self.nearest],
            "searched": {"documents": self.searched.documents, "sentences": self.searched.sentences},
            "provenance": self.provenance.as_json(),
        }
