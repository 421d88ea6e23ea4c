"""What can be asked: Pincite itself, and its rivals, behind one seam."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pincite.app.answer import Assistant
from pincite.ingest.errors import UsageError
from pincite.ingest.index import Index
from pincite.ingest.stored import in_memory
from pincite.ingest.text import Document

from .cases import Place
from .records import Reply

RANKED = 10
"""How far down a ranking is recorded."""


class Asker(Protocol):
    """A system over some documents."""

    def ask(self, question: str) -> Reply:
        """What the system says. The seconds that this takes are the system's; ``ranked`` is left empty.

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
        if documents is None:
            return _PinciteAsker(self._corpus)
        return _PinciteAsker(assistant_over(documents, self._corpus))


class _PinciteAsker:
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str) -> Reply:
        answer = self._assistant.ask(question)
        return Reply(
            status=answer.status,
            cited=tuple((c.doc, c.sentence) for c in answer.citations),
            stance=answer.stance,
            stances=tuple(c.stance for c in answer.citations),
            error="; ".join(answer.notices) if answer.status == "failed" else None,
        )

    def rank(self, question: str) -> tuple[Place, ...]:
        return tuple((found.doc, found.sentence) for found in self._assistant.search(question, RANKED))


def assistant_over(documents: Mapping[str, Document], corpus: Assistant) -> Assistant:
    """An assistant over other documents, with the encoder and the checker of an open corpus; its index is in memory."""
    embedder = corpus.index.embedder
    return Assistant(Index(in_memory(documents, embedder), embedder), corpus.checker)


def open_system(name: str, corpus: Assistant) -> System:
    """The system of this name over an open corpus.

    Raises:
        UsageError: there is none of this name, or what it needs is not installed.
    """
    if name == "pincite":
        return Pincite(corpus)
    if name == "naive":
        # Imported only here: it needs packages that Pincite does without.
        from .benches.naive import Naive

        return Naive(corpus.documents)
    raise UsageError(f'there is no system "{name}"; systems are {", ".join(SYSTEMS)}')


SYSTEMS = ("pincite", "naive")
