"""The order of steps from a question to an answer, and the one object that other programs hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pincite.ingest.embed import vocabulary_file
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.index import Index, open_index
from pincite.ingest.settings import Settings
from pincite.ingest.text import Document

from .checker import Candidate, Checker, Evidence
from .checker.judge import Judge
from .checking import ClaimChecker
from .claims import Answer, Checked, Found, Id, Provenance, Searched
from .compose import NOTHING, Composed, compose, compose_nothing
from .lacks import nearest
from .question import LONGEST, Question
from .retrieve import Retriever
from .safety import in_order
from .thread import Threads, Understood
from .topics import Topics
from .version import version

if TYPE_CHECKING:
    from .llm import LanguageModel

JUDGED = 8
"""Sentences that are judged for a question: recall of the needed ones is bounded by it, time grows with it."""
SHOWN = 10
"""Sentences listed as found and not used."""
NEAREST = 3
"""Nearest sentences quoted when nothing answers."""
RETRACTED = "{doc} is retracted: it can be read, and is no evidence."

Progress = Callable[[str, int, int], None]


class Assistant:
    """An open corpus that answers questions. Safe to share between threads; it keeps no question, nor
    anything of one but runs of up to six letters that were looked up as initials (the last 512)."""

    def __init__(self, index: Index, checker: Checker, model: LanguageModel | None = None) -> None:
        self.index = index
        self.model = model
        self.retriever = Retriever(index)
        self.threads = Threads(self.retriever.read, Topics(index.documents), self.retriever.knows, index.embedder.encode)
        self.checker = checker
        self.provenance = Provenance(version(), index.manifest.corpus, index.manifest.encoder, checker.name)

    @cached_property
    def claims(self) -> ClaimChecker:
        """What checks claims; the model for it is loaded when the first one comes."""
        return ClaimChecker(self.retriever, self.checker.verdicts, self.provenance)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents of the corpus by id."""
        return self.index.documents

    @property
    def notices(self) -> tuple[str, ...]:
        """What was said when the index was opened (made anew, and why)."""
        return self.index.notices

    def served(self) -> dict[str, str | None]:
        """What answers, by name and fingerprint, with the language model where there is one."""
        return replace(self.provenance, model=self.model.name if self.model else None).as_json()

    def search(self, text: str, k: int = 10, *, docs: Sequence[str] = ()) -> list[Found]:
        """The ``k`` best sentences for a text, best first.

        Raises:
            UsageError: an empty text, or a document that is not in the corpus.
        """
        self.check_docs(docs)
        worded = not text.strip() or any(c.isalpha() for c in text)  # an empty text is refused by the reader; "80%" is searched as it is
        return self.retriever.search(self.retriever.read(text).text if worded else text, k, docs)

    def ask(self, question: str, history: Sequence[str] = (), *, docs: Sequence[str] = (), id: Id = None) -> Answer:
        """Answer a question from the corpus, or say that the corpus does not.

        Args:
            question: what is asked.
            history: the earlier questions of its thread, oldest first. "What about children?" is understood from them, and the answer's
                ``resolved`` says how.
            docs: only these documents; empty means all.
            id: the caller's own name for the question.

        Raises:
            UsageError: an empty, over-long or wordless question, or a document that is not in the corpus.
        """
        *_, answer = self.stream(question, history, docs=docs, id=id)
        return answer

    def stream(self, question: str, history: Sequence[str] = (), *, docs: Sequence[str] = (), id: Id = None) -> Iterator[Answer]:
        """As ``ask``: without a language model one answer, with one the answer as it grows, a sentence at a time, each checked before.

        Raises:
            UsageError: as ``ask``.
        """
        self.check_docs(docs)
        if isinstance(history, str) or not isinstance(history, Sequence) or not all(isinstance(earlier, str) for earlier in history):
            raise UsageError("the history is no list of texts: give the earlier questions, oldest first")
        asked = self.retriever.read(question)
        if history:
            understood = self.threads.understand(question, history)
            answer = replace(self._look(question, self._as_understood(asked, understood), docs, id), resolved=understood.text)
        else:
            answer = self._look(question, asked, docs, id)
        if self.model is None:
            yield answer
            return
        from .writing import Writer

        yield from Writer(self.model, self.check_text).write(answer, self.documents)

    def _as_understood(self, asked: Question, understood: Understood) -> Question:
        """The question as its thread makes it, with the notices of both."""
        if not understood.leans:
            return asked
        read = self.retriever.read(understood.text[:LONGEST])
        return replace(read, asked=asked.asked, notices=in_order((*asked.notices, *understood.notices, *read.notices)))

    def _look(self, question: str, asked: Question, docs: Sequence[str], id: Id) -> Answer:
        found, similarities = self.retriever.search_with_similarity(asked.text, JUDGED + SHOWN, docs)
        evidence, weighed = self.checker.weigh(asked.text, self.candidates(found[:JUDGED], similarities))
        if not asked.english:
            evidence = []  # the judge reads English: what it makes of another language is no proof
        searched = Searched(*self.index.searched(docs))
        withdrawn = [RETRACTED.format(doc=doc) for doc in docs if self.documents[doc].source.retracted]
        if withdrawn:
            asked = replace(asked, notices=in_order((*asked.notices, *withdrawn)))
        if not evidence:
            return self._nothing(question, id, asked, found, weighed, searched)
        composed = compose(evidence, self.documents, asked.yes_no)
        return self._answered(question, id, asked, found, composed, searched)

    def check(self, claim: str, *, docs: Sequence[str] = (), id: Id = None, context: str = "") -> Checked:
        """Check a claim against the corpus. ``context`` is what stands before it in its paragraph.

        Raises:
            UsageError: an empty claim, or a document that is not in the corpus.
        """
        self.check_docs(docs)
        return self.claims.check(claim, docs=docs, id=id, context=context)

    def check_text(self, claim: str, text: str, *, id: Id = None) -> Checked:
        """Check a claim against a text alone; sentences count within the text.

        Raises:
            UsageError: an empty claim, or an empty or over-long text.
        """
        return self.claims.check_text(claim, text, id=id)

    def readings(self, text: str) -> list[str]:
        """What of a text is read as something else, a line each."""
        if not any(c.isalpha() for c in text):
            return []
        return [f"Read “{slip}” as “{word}”." for slip, word in self.retriever.read(text).readings]

    def check_docs(self, docs: Sequence[str]) -> None:
        """Raise ``UsageError`` where a document is not in the corpus."""
        unknown = [doc for doc in docs if doc not in self.documents]
        if unknown:
            raise UsageError(f"no document {unknown[0]!r} in this corpus; it has: {', '.join(list(self.documents)[:20])}")

    def candidates(self, found: Sequence[Found], similarities: Sequence[float]) -> list[Candidate]:
        """What the checker weighs: the sentences that the search found, with their documents."""
        documents = [self.documents[f.doc] for f in found]
        return [Candidate(d, d.sentence(f.sentence), s) for d, f, s in zip(documents, found, similarities, strict=False)]

    def _answered(self, question: str, id: Id, asked: Question, found: Sequence[Found], composed: Composed, searched: Searched) -> Answer:
        cited = {(c.doc, c.sentence) for c in composed.citations}
        notices = [*asked.notices, *(about(self.documents[doc]) for doc in dict.fromkeys(c.doc for c in composed.citations))]
        return Answer(
            question=question,
            status="answered",
            stance=composed.stance,
            answer=composed.text,
            headline=composed.headline,
            claims=composed.claims,
            citations=composed.citations,
            retrieved=tuple(f for f in found if (f.doc, f.sentence) not in cited)[:SHOWN],
            notices=tuple(notices),
            searched=searched,
            provenance=self.provenance,
            id=id,
        )

    def _nothing(
        self, question: str, id: Id, asked: Question, found: Sequence[Found], weighed: Sequence[Evidence], searched: Searched
    ) -> Answer:
        scores = {(f.doc, f.sentence): f.score for f in found}
        judged = {(e.doc, e.sentence): scores[e.doc, e.sentence] for e in weighed}
        ranked = [Found(*key, score) for key, score in (judged | scores).items()]
        shown = nearest(asked.text, ranked, self.documents, NEAREST)
        first = {(f.doc, f.sentence) for f in shown}
        notices = [*asked.notices, *(about(self.documents[doc]) for doc in dict.fromkeys(f.doc for f in shown))]
        return Answer(
            question=question,
            status="no_evidence",
            stance=None,
            answer=compose_nothing(shown, self.documents, searched),
            headline=NOTHING,
            claims=(),
            citations=(),
            retrieved=(*shown, *(f for f in ranked if (f.doc, f.sentence) not in first))[:SHOWN],
            notices=tuple(notices),
            searched=searched,
            provenance=self.provenance,
            id=id,
        )


def about(document: Document) -> str:
    """What a document is and how old, in one line."""
    source = document.source
    parts = [source.type or "document", f"published {source.year}" if source.year else "year not recorded"]
    line = f"{source.id}: {', '.join(parts)}."
    return f"{line} It summarises: {source.summarises}" if source.summarises else line


def open_corpus(settings: Settings | None = None, progress: Progress | None = None, model: LanguageModel | None = None) -> Assistant:
    """Open a corpus: the shipped one by default, whose index is made on first use.

    Args:
        settings: which corpus and index; None is what the environment says.
        progress: told how far the index is, where one has to be made.
        model: a language model for plain words above the quotes (``pincite.app.llm.open_model``); None is none.

    Raises:
        PinciteError: the index, the encoder or the checker cannot be used; the message says what to do.
    """
    index = open_index(settings or Settings.from_environment(), progress)
    return Assistant(index, Checker(Judge(vocabulary_file())), model)


def failed(question: str, error: PinciteError, id: Id = None) -> Answer:
    """The answer when the corpus could not be looked into."""
    return Answer(
        question=question,
        status="failed",
        stance=None,
        answer=f"Could not look: {error}",
        headline="Could not look.",
        claims=(),
        citations=(),
        retrieved=(),
        notices=(str(error),),
        searched=Searched(0, 0),
        provenance=Provenance(version(), "", "", ""),
        id=id,
    )
