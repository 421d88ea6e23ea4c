"""Puts the questions of a set to a system. An error is a record, not a hole."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pincite.ingest.errors import PinciteError

from .cases import Question
from .records import Record, Reply
from .systems import Asker, System


@dataclass(frozen=True, slots=True)
class Run:
    """The records of a run in the order of the cases, and the seconds that each question took, by case id."""

    records: list[Record]
    seconds: dict[str, float]

    @property
    def failed(self) -> list[Record]:
        """The records of the questions that could not be put or looked into."""
        return [record for record in self.records if record.reply.status == "failed"]


def run_cases(cases: Sequence[Question], system: System, progress: Callable[[str, int, int], None] | None = None) -> Run:
    """Ask every question over the corpus, or over its own passage where it has one. Each passage is opened once."""
    done: dict[str, Record] = {}
    seconds: dict[str, float] = {}
    for group in by_passage(cases):
        passage = group[0].passage
        asker = system.over(None if passage is None else {passage.id: passage.document})
        for case in group:
            if progress:
                progress(system.name, len(done), len(cases))
            reply, seconds[case.id] = _ask(asker, case.question)
            done[case.id] = Record(case.id, system.name, reply)
    if progress:
        progress(system.name, len(cases), len(cases))
    return Run([done[case.id] for case in cases], {case.id: seconds[case.id] for case in cases})


def by_passage(cases: Sequence[Question]) -> list[list[Question]]:
    """The cases in groups that are asked over the same documents, in the order of their first case."""
    groups: dict[str | None, list[Question]] = {}
    for case in cases:
        groups.setdefault(case.passage.id if case.passage else None, []).append(case)
    return list(groups.values())


def _ask(asker: Asker, question: str) -> tuple[Reply, float]:
    begun = time.perf_counter()
    try:
        reply = asker.ask(question)
        seconds = time.perf_counter() - begun
        return replace(reply, ranked=asker.rank(question)), seconds
    except PinciteError as error:
        return Reply("failed", (), error=str(error)), time.perf_counter() - begun
    except Exception as error:  # a fault of the system on one question must neither end the run nor be graded as an answer
        return Reply("failed", (), error=f"{type(error).__name__}: {error}"), time.perf_counter() - begun
