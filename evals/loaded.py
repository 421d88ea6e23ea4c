"""A finished run, read back from its folder: what reports and comparisons are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from .cases import Question
from .claims import ClaimCase
from .draft_faults import draft_faults, said_of, units_of
from .draft_records import Checkup, DraftRecord
from .drafts import DraftCase, read_kept
from .execute import scored_of
from .faults import Fault, claim_faults, question_faults
from .folder import finished, read_manifest
from .kept import Sentences, read_claims, read_questions, read_sentences
from .records import AnyRecord, ClaimRecord, Record, Reply, Ruling, read_claim_records, read_draft_records, read_records, read_seconds
from .scores import Figure, Scored
from .sets import AnyCases, Kind


@dataclass(frozen=True)
class LoadedRun:
    """A run with its cases. ``seconds`` is empty where timings were not kept; ``oracles`` holds the same cases' records by oracle."""

    path: Path
    manifest: Mapping[str, Any]
    cases: AnyCases
    records: Sequence[AnyRecord]
    seconds: Mapping[str, float]
    sentences: Sentences
    oracles: Mapping[str, Sequence[AnyRecord]] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """Of its set."""
        kind: Kind = self.manifest["set"]["kind"]
        return kind

    @property
    def system(self) -> str:
        """The name of what was run."""
        return str(self.manifest["system"]["name"])

    @property
    def questions(self) -> list[Question]:
        """Its cases where they are questions."""
        return [case for case in self.cases if isinstance(case, Question)]

    @property
    def claims(self) -> list[ClaimCase]:
        """Its cases where they are claims."""
        return [case for case in self.cases if isinstance(case, ClaimCase)]

    @property
    def drafts(self) -> list[DraftCase]:
        """Its cases where they are drafts."""
        return [case for case in self.cases if isinstance(case, DraftCase)]

    @cached_property
    def texts(self) -> dict[str, str]:
        """What is scored one by one, by the names that scores have, each with its text: the cases, or the parts of drafts."""
        asked = {case.id: case.question for case in self.questions} | {case.id: case.claim for case in self.claims}
        return asked | units_of(self.drafts)

    @cached_property
    def words(self) -> dict[str, str]:
        """What was said of each part of its drafts, in a word or two, by the part's name."""
        return {unit: said for case in self.drafts for unit, said in said_of(case, self.checkups.get(case.id)).items()}

    @property
    def checkups(self) -> dict[str, Checkup]:
        """By case id, where its cases are drafts."""
        return {record.case: record.reply for record in self.records if isinstance(record, DraftRecord)}

    @property
    def replies(self) -> dict[str, Reply]:
        """By case id, where its cases are questions."""
        return {record.case: record.reply for record in self.records if isinstance(record, Record)}

    @property
    def rulings(self) -> dict[str, Ruling]:
        """By case id, where its cases are claims."""
        return {record.case: record.reply for record in self.records if isinstance(record, ClaimRecord)}

    @cached_property
    def _scored(self) -> tuple[list[Scored], list[Figure]]:
        return scored_of(self.cases, self.records)

    @property
    def scored(self) -> list[Scored]:
        """Metrics case by case."""
        return self._scored[0]

    @property
    def figures(self) -> list[Figure]:
        """Metrics of the set as a whole."""
        return self._scored[1]

    @property
    def rows(self) -> list[Scored | Figure]:
        """All of them, in the order of the report."""
        return [*self.scored, *self.figures]

    @cached_property
    def faults(self) -> list[Fault]:
        """What went wrong, the worst first."""
        if self.kind == "drafts":
            return draft_faults(self.drafts, [record for record in self.records if isinstance(record, DraftRecord)])
        if self.kind == "claims":
            return claim_faults(self.claims, [record for record in self.records if isinstance(record, ClaimRecord)])
        return question_faults(self.questions, [record for record in self.records if isinstance(record, Record)])


def load_run(path: Path) -> LoadedRun:
    """Read a finished run.

    Raises:
        UsageError: the folder holds no run, an unfinished one or one of another version, or a file of it is damaged.
    """
    manifest = read_manifest(path)
    records = finished(path)
    kind: Kind = manifest["set"]["kind"]
    read_cases, read = _READERS[kind]
    return LoadedRun(
        path=path,
        manifest=manifest,
        cases=read_cases(path / "cases.jsonl"),
        records=read(records),
        seconds=read_seconds(path / "timings.csv"),
        sentences=read_sentences(path / "sentences.json"),
        oracles={file.stem: read(file) for file in sorted((path / "oracles").glob("*.jsonl"))},
    )


_READERS: Mapping[Kind, tuple[Callable[[Path], AnyCases], Callable[[Path], Sequence[AnyRecord]]]] = {
    "questions": (read_questions, read_records),
    "claims": (read_claims, read_claim_records),
    "drafts": (read_kept, read_draft_records),
}
"""Of a run of each kind: what reads its cases, and what its records."""
