"""Puts the cases of a set to a system. An error is a record, not a hole."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from threading import Lock
from typing import Generic, TypeVar

from pincite.ingest.errors import PinciteError
from pincite.ingest.text import Document

from .audit import Auditor
from .cases import Question
from .claims import ClaimCase
from .draft_records import Checkup, DraftRecord
from .draft_systems import DraftSystem
from .drafts import DraftCase
from .passages import Passage
from .records import ClaimRecord, Record, Reply, Ruling
from .systems import Asker, ClaimSystem, Gate, System

C = TypeVar("C", Question, ClaimCase, DraftCase)
R = TypeVar("R", Record, ClaimRecord, DraftRecord)

Put = Callable[[C], tuple[R, float]]
"""Puts one case; gives its record and the seconds that the system took. Raises nothing that is the system's fault."""
Opener = Callable[[Passage | None], Put[C, R]]
"""Opens a system over a passage, or over the corpus where there is none."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Run(Generic[R]):
    """The records of a run in the order of the cases, and the seconds that each case took, by case id."""

    records: list[R]
    seconds: dict[str, float]

    @property
    def failed(self) -> list[R]:
        """The records of the cases that could not be put or looked into."""
        return [record for record in self.records if record.reply.failed]


def run_cases(cases: Sequence[Question], system: System, progress: Progress | None = None) -> Run[Record]:
    """Ask every question over the corpus, or over its own passage where it has one, one after another."""
    return run(cases, asking(system), label=system.name, progress=progress)


def run(
    cases: Sequence[C],
    opener: Opener[C, R],
    *,
    label: str,
    jobs: int = 1,
    before: Mapping[str, tuple[R, float]] | None = None,
    done: Callable[[R, float], None] | None = None,
    progress: Progress | None = None,
) -> Run[R]:
    """Put every case. Each passage is opened once.

    Args:
        cases: the cases; the order of the result is theirs, whatever ``jobs`` is.
        opener: opens the system that they are put to.
        label: what progress is called.
        jobs: cases at a time; each sees the system as if it were alone, so the records are those of ``jobs=1``.
        before: records and seconds, by case id, of the cases that need not be put again.
        done: told of every record as soon as there is one, one call at a time.
        progress: told how many are done.
    """
    found: dict[str, tuple[R, float]] = dict(before or {})
    left = [case for case in cases if case.id not in found]

    def told(record: R, seconds: float) -> None:
        found[record.case] = (record, seconds)
        if done:
            done(record, seconds)
        if progress:
            progress(label, len(found), len(cases))

    if progress:
        progress(label, len(cases) - len(left), len(cases))
    _put_all(left, opener, jobs, told)
    return Run([found[case.id][0] for case in cases], {case.id: found[case.id][1] for case in cases})


def by_passage(cases: Sequence[C]) -> list[list[C]]:
    """The cases in groups that are put over the same documents, in the order of their first case."""
    groups: dict[str | None, list[C]] = {}
    for case in cases:
        groups.setdefault(case.passage.id if case.passage else None, []).append(case)
    return list(groups.values())


def asking(system: System, auditor: Auditor | None = None) -> Opener[Question, Record]:
    """Questions, put to a system; the auditor, where there is one, is asked about each answer afterwards."""

    def open_over(passage: Passage | None) -> Put[Question, Record]:
        documents = _documents(passage)
        asker = system.over(documents)

        def put(case: Question) -> tuple[Record, float]:
            reply, seconds = ask(asker, case.question, case.history)
            return Record(case.id, system.name, auditor.audit(reply, documents) if auditor else reply), seconds

        return put

    return open_over


def judging(system: ClaimSystem) -> Opener[ClaimCase, ClaimRecord]:
    """Claims, put to a system."""

    def open_over(passage: Passage | None) -> Put[ClaimCase, ClaimRecord]:
        gate = system.gate_over(_documents(passage))

        def put(case: ClaimCase) -> tuple[ClaimRecord, float]:
            ruling, seconds = judge(gate, case.claim)
            return ClaimRecord(case.id, system.name, ruling), seconds

        return put

    return open_over


def checking(system: DraftSystem) -> Opener[DraftCase, DraftRecord]:
    """Drafts, put to a system; the documents that a draft names are made ready outside of its time."""

    def open_over(passage: Passage | None) -> Put[DraftCase, DraftRecord]:
        def put(case: DraftCase) -> tuple[DraftRecord, float]:
            system.open(case.shelf)
            checkup, seconds = check(system, case)
            return DraftRecord(case.id, system.name, checkup), seconds

        return put

    return open_over


def ask(asker: Asker, question: str, history: Sequence[str] = ()) -> tuple[Reply, float]:
    """The reply with its ranking, and the seconds that asking took."""
    begun = time.perf_counter()
    try:
        reply = asker.ask(question, history)
        seconds = time.perf_counter() - begun
        return replace(reply, ranked=reply.ranked or asker.rank(reply.resolved or question)), seconds
    except Exception as error:  # a fault of the system on one question must neither end the run nor be graded as an answer
        return Reply("failed", (), error=_said(error)), time.perf_counter() - begun


def judge(gate: Gate, claim: str) -> tuple[Ruling, float]:
    """The ruling with its ranking, and the seconds that judging took."""
    begun = time.perf_counter()
    try:
        ruling = gate.judge(claim)
        seconds = time.perf_counter() - begun
        return replace(ruling, ranked=ruling.ranked or gate.rank(claim)), seconds
    except Exception as error:  # as above
        return Ruling("unchecked", error=_said(error)), time.perf_counter() - begun


def check(system: DraftSystem, case: DraftCase) -> tuple[Checkup, float]:
    """What the system said of a draft, and the seconds that checking took."""
    begun = time.perf_counter()
    try:
        return system.check(case), time.perf_counter() - begun
    except Exception as error:  # as above
        return Checkup(error=_said(error)), time.perf_counter() - begun


def _put_all(cases: Sequence[C], opener: Opener[C, R], jobs: int, told: Callable[[R, float], None]) -> None:
    if jobs == 1:
        for group in by_passage(cases):
            put = opener(group[0].passage)
            for case in group:
                told(*put(case))
        return
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running: set[Future[tuple[R, float]]] = set()
        try:
            for group in by_passage(cases):
                opened = _Once(opener, group[0].passage)
                for case in group:
                    # Only so many at a time: a stop must not have to wait for a queue, nor memory hold every passage's index.
                    if len(running) >= 2 * jobs:
                        running = _collect(running, told)
                    running.add(pool.submit(opened.put, case))
            while running:
                running = _collect(running, told)
        except BaseException:
            for future in running:
                future.cancel()
            raise


def _collect(running: Collection[Future[tuple[R, float]]], told: Callable[[R, float], None]) -> set[Future[tuple[R, float]]]:
    finished, left = wait(running, return_when=FIRST_COMPLETED)
    for future in finished:
        told(*future.result())
    return left


class _Once(Generic[C, R]):
    """A passage that the first case that needs it opens."""

    def __init__(self, opener: Opener[C, R], passage: Passage | None) -> None:
        self._opener: Opener[C, R] = opener
        self._passage = passage
        self._lock = Lock()
        self._put: Put[C, R] | None = None

    def put(self, case: C) -> tuple[R, float]:
        with self._lock:
            if self._put is None:
                self._put = self._opener(self._passage)
        return self._put(case)


def _documents(passage: Passage | None) -> dict[str, Document] | None:
    return None if passage is None else {passage.id: passage.document}


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, PinciteError) else f"{type(error).__name__}: {error}"
