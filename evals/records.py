"""What happened on a case. A record holds nothing that a clock can change: seconds are kept apart, in a file of their own."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from pincite.app.claims import Stance, Status, Verdict

from .draft_records import DraftRecord, draft_record_of
from .gold import Place
from .lines import CaseError, read_lines


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of an answer and the sentences that it cites.

    ``borne`` is the checker's word on whether the cited sentences bear the statement out, all together, and ``useful`` on each of them
    (``audit.py``); None and empty where it was not asked.
    """

    text: str
    cited: tuple[Place, ...]
    borne: bool | None = None
    useful: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system said to one question.

    ``cited`` is None for a system that only ranks sentences and cites none. ``score`` is the system's own confidence that there is
    an answer, where it gives one (higher is surer): a threshold on it is what such a system could decide by.
    """

    status: Status
    cited: tuple[Place, ...] | None
    ranked: tuple[Place, ...] = ()
    """The sentences in the order of the search, best first: tells what was not found from what was found and not cited."""
    stance: Stance | None = None
    stances: tuple[Stance | None, ...] = ()
    """The cited sentences' own, in their order."""
    score: float | None = None
    error: str | None = None
    """Why there is no answer, where the status is ``failed``."""
    statements: tuple[Statement, ...] = ()
    resolved: str | None = None
    """The question as it was understood, where it came with a history."""

    @property
    def order(self) -> tuple[Place, ...]:
        """The sentences that the system puts forward, first one first: the cited, or the ranked where it cites none."""
        return self.ranked if self.cited is None else self.cited

    @property
    def failed(self) -> bool:
        """Whether the system could not look."""
        return self.status == "failed"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a system said of one claim.

    ``score`` is how sure it is of its verdict, from 0 to 1, or None where it gives none. ``verdict`` is ``unchecked`` where it could not
    judge; ``error`` then says why, where that is known.
    """

    verdict: Verdict
    supporting: tuple[Place, ...] = ()
    contradicting: tuple[Place, ...] = ()
    ranked: tuple[Place, ...] = ()
    """The sentences in the order of the search for the claim, best first; empty for a system that shows none."""
    score: float | None = None
    reasons: tuple[str, ...] = ()
    """What differs, in words, both sides quoted."""
    error: str | None = None

    @property
    def named(self) -> frozenset[Place]:
        """The sentences that the verdict rests on."""
        return frozenset(self.supporting) | frozenset(self.contradicting)

    @property
    def failed(self) -> bool:
        """Whether the system raised an error on the claim."""
        return self.error is not None


@dataclass(frozen=True, slots=True)
class Record:
    """A case's id, the system asked, and its reply."""

    case: str
    system: str
    reply: Reply

    def as_json(self) -> dict[str, Any]:
        """The line of a run's ``records.jsonl``; places are ``[doc, sentence]``."""
        reply = self.reply
        return {
            "case": self.case,
            "system": self.system,
            "status": reply.status,
            "stance": reply.stance,
            "cited": None if reply.cited is None else [list(place) for place in reply.cited],
            "stances": list(reply.stances),
            "ranked": [list(place) for place in reply.ranked],
            "score": reply.score,
            "error": reply.error,
            "resolved": reply.resolved,
            "statements": [asdict(statement) for statement in reply.statements],
        }


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim's id, the system that judged it, and its ruling."""

    case: str
    system: str
    reply: Ruling

    def as_json(self) -> dict[str, Any]:
        """The line of a run's ``records.jsonl``; places are ``[doc, sentence]``."""
        return {"case": self.case, "system": self.system, **asdict(self.reply)}


AnyRecord = Record | ClaimRecord | DraftRecord


def write_records(path: Path, records: Iterable[AnyRecord]) -> None:
    """One JSON object a line, in the order given; the same records give the same bytes."""
    path.write_text("".join(record_line(record) for record in records), encoding="utf-8", newline="\n")


def record_line(record: AnyRecord) -> str:
    """One record as a line of a file, with its line feed."""
    return json.dumps(record.as_json(), ensure_ascii=False) + "\n"


def read_records(path: Path) -> list[Record]:
    """The records of a run over questions.

    Raises:
        CaseError: the file cannot be read, or a line is not a record; the message quotes it.
    """
    return [record for record in _read(path) if isinstance(record, Record)]


def read_claim_records(path: Path) -> list[ClaimRecord]:
    """The records of a run over claims; raises as ``read_records`` does."""
    return [record for record in _read(path) if isinstance(record, ClaimRecord)]


def read_draft_records(path: Path) -> list[DraftRecord]:
    """The records of a run over drafts; raises as ``read_records`` does."""
    return [record for record in _read(path) if isinstance(record, DraftRecord)]


def write_seconds(path: Path, seconds: Mapping[str, float]) -> None:
    """Columns ``case`` and ``seconds``, in the order given."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["case", "seconds"])
        writer.writerows((case, f"{value:.6f}") for case, value in seconds.items())


def read_seconds(path: Path) -> dict[str, float]:
    """Seconds by case id; empty where the file is absent.

    Raises:
        CaseError: it is damaged.
    """
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["case"]: float(row["seconds"]) for row in csv.DictReader(file)}
    except (KeyError, TypeError, ValueError) as error:
        raise CaseError(path, 0, f"is not a file of timings ({type(error).__name__}: {error})") from None


def record_of(row: dict[str, Any]) -> AnyRecord:
    """The record that a line of ``records.jsonl`` holds.

    Raises:
        KeyError, TypeError, ValueError: it holds none.
    """
    if "exit" in row:
        return draft_record_of(row)
    return _claim_record(row) if "verdict" in row else _record(row)


def _read(path: Path) -> list[AnyRecord]:
    records: list[AnyRecord] = []
    for number, line, row in read_lines(path):
        try:
            records.append(record_of(row))
        except (KeyError, TypeError, ValueError) as error:
            raise CaseError(path, number, f"is not a record ({type(error).__name__}: {error}); run the set again", line) from None
    return records


def _record(row: dict[str, Any]) -> Record:
    if row["status"] not in get_args(Status):
        raise ValueError(f"status {row['status']!r}")
    return Record(
        case=row["case"],
        system=row["system"],
        reply=Reply(
            status=row["status"],
            cited=None if row["cited"] is None else _places(row["cited"]),
            ranked=_places(row["ranked"]),
            stance=row["stance"],
            stances=tuple(row["stances"]),
            score=row["score"],
            error=row["error"],
            statements=tuple(
                Statement(s["text"], _places(s["cited"]), s["borne"], tuple(s["useful"])) for s in row.get("statements") or ()
            ),
            resolved=row.get("resolved"),
        ),
    )


def _claim_record(row: dict[str, Any]) -> ClaimRecord:
    if row["verdict"] not in get_args(Verdict):
        raise ValueError(f"verdict {row['verdict']!r}")
    return ClaimRecord(
        case=row["case"],
        system=row["system"],
        reply=Ruling(
            verdict=row["verdict"],
            supporting=_places(row["supporting"]),
            contradicting=_places(row["contradicting"]),
            ranked=_places(row["ranked"]),
            score=row["score"],
            reasons=tuple(row["reasons"]),
            error=row["error"],
        ),
    )


def _places(rows: list[Any]) -> tuple[Place, ...]:
    return tuple((str(doc), int(number)) for doc, number in rows)
