"""One run of a set on a system, from opened parts to records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pincite.app.answer import Assistant

from .audit import Auditor
from .cases import Question
from .claims import ClaimCase
from .draft_records import DraftRecord
from .draft_systems import DraftSystem, open_draft_system
from .drafts import DraftCase
from .records import AnyRecord, ClaimRecord, Record
from .runner import Progress, Run, asking, checking, judging, run
from .scores import Figure, Scored, figures, score, score_claims, score_drafts
from .sets import AnyCases, AnySet, Kind
from .systems import ClaimSystem, System, open_claim_system, open_system

Done = Callable[[AnyRecord, float], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A system that was opened for one kind of set. Exactly one of the three is there."""

    asks: System | None = None
    judges: ClaimSystem | None = None
    checks: DraftSystem | None = None

    @property
    def system(self) -> System | ClaimSystem | DraftSystem:
        """Whichever it is."""
        system = self.asks or self.judges or self.checks
        assert system is not None
        return system


def open_for(kind: Kind, name: str, corpus: Assistant) -> Opened:
    """The system of this name for sets of this kind.

    Raises:
        UsageError: there is none of this name, or it does not do what the set asks.
    """
    if kind == "drafts":
        return Opened(checks=open_draft_system(name, corpus))
    return Opened(judges=open_claim_system(name, corpus)) if kind == "claims" else Opened(asks=open_system(name, corpus))


def execute(
    case_set: AnySet,
    opened: Opened,
    *,
    auditor: Auditor | None = None,
    jobs: int = 1,
    before: Mapping[str, tuple[AnyRecord, float]] | None = None,
    done: Done | None = None,
    progress: Progress | None = None,
) -> Run[Record] | Run[ClaimRecord] | Run[DraftRecord]:
    """Put every case of a set to a system; see ``runner.run`` for the arguments."""
    label = opened.system.name
    kept = before or {}
    if opened.checks is not None:
        drafts = [case for case in case_set.cases if isinstance(case, DraftCase)]
        checked = {id: (record, s) for id, (record, s) in kept.items() if isinstance(record, DraftRecord)}
        return run(drafts, checking(opened.checks), label=label, jobs=jobs, before=checked, done=done, progress=progress)
    if opened.judges is not None:
        claims = [case for case in case_set.cases if isinstance(case, ClaimCase)]
        ruled = {id: (record, s) for id, (record, s) in kept.items() if isinstance(record, ClaimRecord)}
        return run(claims, judging(opened.judges), label=label, jobs=jobs, before=ruled, done=done, progress=progress)
    assert opened.asks is not None
    questions = [case for case in case_set.cases if isinstance(case, Question)]
    replied = {id: (record, s) for id, (record, s) in kept.items() if isinstance(record, Record)}
    return run(questions, asking(opened.asks, auditor), label=label, jobs=jobs, before=replied, done=done, progress=progress)


def scored_of(cases: AnyCases, records: Sequence[AnyRecord]) -> tuple[list[Scored], list[Figure]]:
    """The scores case by case, and the figures of the set as a whole (claims alone have any).

    Raises:
        UsageError: two records of one case, or a record of a case that is not among these.
    """
    drafts = [case for case in cases if isinstance(case, DraftCase)]
    if drafts:
        return score_drafts(drafts, [record for record in records if isinstance(record, DraftRecord)]), []
    claims = [case for case in cases if isinstance(case, ClaimCase)]
    if claims:
        rulings = [record for record in records if isinstance(record, ClaimRecord)]
        return score_claims(claims, rulings), figures(claims, rulings)
    questions = [case for case in cases if isinstance(case, Question)]
    return score(questions, [record for record in records if isinstance(record, Record)]), []
