"""What can be asked and what can judge claims: Pincite itself, and its rivals, behind one seam."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pincite.app.answer import Assistant
from pincite.app.claims import Answer, Checked
from pincite.ingest.errors import UsageError
from pincite.ingest.index import Index
from pincite.ingest.stored import in_memory
from pincite.ingest.text import Document

from .gold import Place
from .records import Reply, Ruling, Statement

RANKED = 10
"""How far down a ranking is recorded."""
LEAST = 0.5
"""A piece of text counts as naming a sentence where it holds at least this share of it."""


class Asker(Protocol):
    """A system over some documents, to be asked questions."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Reply:
        """What the system says; ``history`` are the earlier questions of the thread.

        The seconds that this takes are the system's; ``ranked`` is left empty.

        Raises:
            PinciteError: the question cannot be put, or the documents cannot be looked into.
        """

    def rank(self, question: str) -> tuple[Place, ...]:
        """The sentences in the order of the system's search, best first, at most ``RANKED``; not timed."""


class System(Protocol):
    """A system by name, which opens documents to be asked about."""

    @property
    def name(self) -> str:
        """As ``--system`` takes it."""

    @property
    def made_of(self) -> Mapping[str, str]:
        """What makes its answers: versions, models, by name."""

    def over(self, documents: Mapping[str, Document] | None) -> Asker:
        """The system over these documents alone; None is the corpus."""


class Gate(Protocol):
    """A system over some documents, to judge claims."""

    def judge(self, claim: str) -> Ruling:
        """What the system says of the claim. The seconds that this takes are the system's; ``ranked`` is left empty.

        Raises:
            PinciteError: the claim cannot be put, or the documents cannot be looked into.
        """

    def rank(self, claim: str) -> tuple[Place, ...]:
        """The sentences in the order of the search for the claim, at most ``RANKED``; none where it shows no search. Not timed."""


class ClaimSystem(Protocol):
    """A system by name, which opens documents to judge claims against."""

    @property
    def name(self) -> str:
        """As ``--system`` takes it."""

    @property
    def made_of(self) -> Mapping[str, str]:
        """What makes its verdicts: versions, models, by name."""

    def gate_over(self, documents: Mapping[str, Document] | None) -> Gate:
        """The system over these documents alone; None is the corpus."""


class Pincite:
    """Pincite as it is opened by a user; documents that are not the corpus get an index of their own, in memory."""

    name = "pincite"

    def __init__(self, corpus: Assistant) -> None:
        self._corpus = corpus
        provenance = corpus.provenance
        self.made_of: Mapping[str, str] = {
            "pincite": provenance.version,
            "corpus": provenance.corpus,
            "encoder": provenance.encoder,
            "checker": provenance.checker,
        }

    def over(self, documents: Mapping[str, Document] | None) -> Asker:
        """See ``System.over``."""
        return PinciteAsker(self._open(documents))

    def gate_over(self, documents: Mapping[str, Document] | None) -> Gate:
        """See ``ClaimSystem.gate_over``."""
        return PinciteGate(self._open(documents))

    def _open(self, documents: Mapping[str, Document] | None) -> Assistant:
        return self._corpus if documents is None else assistant_over(documents, self._corpus)


class PinciteAsker:
    """An open assistant, asked questions."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str, history: Sequence[str] = ()) -> Reply:
        """See ``Asker.ask``."""
        return reply_of(self._assistant.ask(question, history))

    def rank(self, question: str) -> tuple[Place, ...]:
        """See ``Asker.rank``."""
        return tuple((found.doc, found.sentence) for found in self._assistant.search(question, RANKED))


class PinciteGate:
    """An open assistant, given claims."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def judge(self, claim: str) -> Ruling:
        """See ``Gate.judge``."""
        return ruling_of(self._assistant.check(claim))

    def rank(self, claim: str) -> tuple[Place, ...]:
        """See ``Gate.rank``."""
        return tuple((found.doc, found.sentence) for found in self._assistant.search(claim, RANKED))


def reply_of(answer: Answer) -> Reply:
    """An answer as a reply; the ranking is left empty."""
    places = {c.n: (c.doc, c.sentence) for c in answer.citations}
    return Reply(
        status=answer.status,
        cited=tuple(places.values()),
        stance=answer.stance,
        stances=tuple(c.stance for c in answer.citations),
        error="; ".join(answer.notices) if answer.status == "failed" else None,
        resolved=answer.resolved,
        statements=tuple(Statement(claim.text, tuple(places[n] for n in claim.citations)) for claim in answer.claims),
    )


def ruling_of(checked: Checked) -> Ruling:
    """A checked claim as a ruling; the ranking is left empty."""
    return Ruling(
        verdict=checked.verdict,
        supporting=tuple((p.doc or "", p.sentence) for p in checked.supporting),
        contradicting=tuple((p.doc or "", p.sentence) for p in checked.contradicting),
        score=checked.score,
        reasons=tuple(f"{r.kind}: {r.claim} ≠ {r.source}" if r.source else f"{r.kind}: {r.claim}" for r in checked.reasons),
        error="; ".join(checked.notices) or None if checked.verdict == "unchecked" else None,
    )


def assistant_over(documents: Mapping[str, Document], corpus: Assistant) -> Assistant:
    """An assistant over other documents, with the encoder and the checker of an open corpus; its index is in memory."""
    embedder = corpus.index.embedder
    return Assistant(Index(in_memory(documents, embedder), embedder), corpus.checker)


def sentences_of(document: Document, start: int, end: int) -> list[Place]:
    """The sentences that a piece of the text names. A piece of anything else (the reference list) is sentence 0: never right."""
    held = [(s, min(s.end, end) - max(s.start, start)) for s in document.sentences]
    return [(document.id, s.number) for s, length in held if length >= LEAST * (s.end - s.start)] or [(document.id, 0)]


def open_system(name: str, corpus: Assistant) -> System:
    """The system of this name, to be asked questions over an open corpus.

    Raises:
        UsageError: there is none of this name, it answers no questions, or what it needs is not installed.
    """
    if name == "pincite":
        return Pincite(corpus)
    # The others are imported only here: they need packages that Pincite does without.
    if name == "naive":
        from .benches.naive import Naive

        return Naive(corpus.documents)
    if name == "bm25":
        from .bm25 import WordsAlone

        return WordsAlone(corpus.index)
    if ":" in name:
        from .runnable import RunnableAsker

        return RunnableAsker(name, corpus.documents)
    raise UsageError(_unknown(name, SYSTEMS, CLAIM_SYSTEMS, "answers no questions, it judges claims", "a question set"))


def open_claim_system(name: str, corpus: Assistant) -> ClaimSystem:
    """The system of this name, to judge claims against an open corpus.

    Raises:
        UsageError: there is none of this name, it judges no claims, or what it needs is not installed.
    """
    if name == "pincite":
        return Pincite(corpus)
    if name in ("hallucination-check", "anchorcite"):
        from .rivals import open_rival

        return open_rival(name, corpus.documents)
    if ":" in name:
        from .runnable import RunnableGate

        return RunnableGate(name, corpus.documents)
    raise UsageError(_unknown(name, CLAIM_SYSTEMS, SYSTEMS, "judges no claims, it answers questions", "a claim set"))


def _unknown(name: str, known: tuple[str, ...], others: tuple[str, ...], what: str, set: str) -> str:
    listed = f"systems for {set} are {', '.join(known)}, and any LangChain Runnable as module:attribute"
    return f'"{name}" {what}; {listed}' if name in others else f'there is no system "{name}"; {listed}'


SYSTEMS = ("pincite", "naive", "bm25")
CLAIM_SYSTEMS = ("pincite", "hallucination-check", "anchorcite")
