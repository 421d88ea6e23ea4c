"""Gold in place of one step after another: what each step costs.

``retrieval``: the search brings up the gold sentences first, the rest is Pincite's own. ``sentences``: besides, exactly the sentences of
the first gold set are taken as evidence (a case without gold sentences has none, and is declined or not found). With the verdict in gold
too, everything is right. So, for a metric that is 1 at its best, the search costs *retrieval* − as run, the choice of sentences *sentences*
− *retrieval*, and the verdict (for questions, the stance) 1 − *sentences*. After the oracle experiments of SciFact (Wadden et al. 2020,
doi:10.18653/v1/2020.emnlp-main.609), which tell "did not find it" from "found it and misread it".

A step's cost can be negative: a later step may make less of more.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence

from pincite.app.answer import Assistant
from pincite.app.checker import Candidate, Checker, Evidence
from pincite.app.checking import ClaimChecker
from pincite.app.claims import Found
from pincite.app.retrieve import DEPTH, Retriever

from .cases import Question
from .claims import ClaimCase
from .gold import Place
from .passages import Passage
from .records import AnyRecord, ClaimRecord, Record, Ruling
from .runner import Opener, Progress, Put, ask, judge, run
from .sets import AnySet
from .systems import PinciteAsker, assistant_over, ruling_of

ORACLES = ("retrieval", "sentences")
"""In the order of the steps; each holds the gold of those before it too."""


def run_oracle(name: str, case_set: AnySet, corpus: Assistant, *, jobs: int = 1, progress: Progress | None = None) -> Sequence[AnyRecord]:
    """The records of Pincite on a set with the gold of the step ``name`` (of ``ORACLES``) and of those before it."""
    label = f"oracle: {name}"
    if case_set.kind == "claims":
        claims = [case for case in case_set.cases if isinstance(case, ClaimCase)]
        return run(claims, _judging(name, corpus), label=label, jobs=jobs, progress=progress).records
    questions = [case for case in case_set.cases if isinstance(case, Question)]
    return run(questions, _asking(name, corpus), label=label, jobs=jobs, progress=progress).records


def _asking(name: str, corpus: Assistant) -> Opener[Question, Record]:
    def open_over(passage: Passage | None) -> Put[Question, Record]:
        assistant = _open(passage, corpus)

        def put(case: Question) -> tuple[Record, float]:
            told = copy.copy(assistant)
            told.retriever = GoldFirst(assistant.retriever, case.right)
            if name == "sentences":
                told.checker = _GoldEvidence(assistant.checker, case.gold[0] if case.gold else frozenset())
            reply, seconds = ask(PinciteAsker(told), case.question, case.history)
            return Record(case.id, f"oracle-{name}", reply), seconds

        return put

    return open_over


def _judging(name: str, corpus: Assistant) -> Opener[ClaimCase, ClaimRecord]:
    def open_over(passage: Passage | None) -> Put[ClaimCase, ClaimRecord]:
        assistant = _open(passage, corpus)

        def put(case: ClaimCase) -> tuple[ClaimRecord, float]:
            ruling, seconds = judge(_OracleGate(name, assistant, case), case.claim)
            return ClaimRecord(case.id, f"oracle-{name}", ruling), seconds

        return put

    return open_over


class GoldFirst(Retriever):
    """A search that puts these sentences first, in its own order, and leaves the order of the others alone."""

    def __init__(self, inner: Retriever, gold: Collection[Place]) -> None:
        super().__init__(inner.index)
        self._gold = gold

    def search_with_similarity(self, text: str, k: int, docs: Sequence[str] = ()) -> tuple[list[Found], list[float]]:
        """See ``Retriever.search_with_similarity``; a gold sentence that was not found is given the lowest similarity."""
        found, similarities = super().search_with_similarity(text, max(k, DEPTH), docs)
        ranked = list(zip(found, similarities, strict=True))
        seen = {(f.doc, f.sentence) for f in found}
        lowest = min(similarities, default=0.0)
        ranked += [(Found(*place, 0.0), lowest) for place in sorted(self._gold) if place not in seen]
        ranked.sort(key=lambda pair: (pair[0].doc, pair[0].sentence) not in self._gold)
        return [f for f, _ in ranked[:k]], [s for _, s in ranked[:k]]


class _GoldEvidence(Checker):
    """A checker that takes exactly these sentences as evidence, with its own stance on each."""

    def __init__(self, inner: Checker, gold: Collection[Place]) -> None:
        self.__dict__.update(inner.__dict__)
        self._gold = gold

    def weigh(self, question: str, candidates: Sequence[Candidate]) -> tuple[list[Evidence], list[Evidence]]:
        _, weighed = super().weigh(question, candidates)
        return [e for e in weighed if (e.doc, e.sentence) in self._gold], weighed


class _OracleGate:
    def __init__(self, name: str, assistant: Assistant, case: ClaimCase) -> None:
        self._name = name
        self._assistant = assistant
        self._case = case

    def judge(self, claim: str) -> Ruling:
        assistant = self._assistant
        if self._name == "retrieval":
            first = GoldFirst(assistant.retriever, self._case.right)
            return ruling_of(ClaimChecker(first, assistant.checker.verdicts, assistant.provenance).check(claim))
        if not self._case.gold:
            return Ruling("not_found")
        places = sorted(self._case.gold[0])
        text = " ".join(assistant.documents[doc].sentence(number).text for doc, number in places)
        ruling = ruling_of(assistant.check_text(claim, text))
        # Sentences count within that text: what it names is the gold set.
        return Ruling(ruling.verdict, supporting=tuple(places), score=ruling.score, reasons=ruling.reasons, error=ruling.error)

    def rank(self, claim: str) -> tuple[Place, ...]:
        return tuple(sorted(self._case.right))


def _open(passage: Passage | None, corpus: Assistant) -> Assistant:
    return corpus if passage is None else assistant_over({passage.id: passage.document}, corpus)
