"""What happened on a case. A record holds nothing that a clock can change: seconds are kept apart, in a file of their own."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pincite.app.claims import Stance, Status

from .cases import CaseError, Place, read_lines


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

    @property
    def order(self) -> tuple[Place, ...]:
        """The sentences that the system puts forward, first one first: the cited, or the ranked where it cites none."""
        return self.ranked if self.cited is None else self.cited


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
        }


def write_records(path: Path, records: Iterable[Record]) -> None:
    """One JSON object a line, in the order given; the same records give the same bytes."""
    lines = [json.dumps(record.as_json(), ensure_ascii=False) + "\n" for record in records]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def read_records(path: Path) -> list[Record]:
    """The records of a run.

    Raises:
        CaseError: the file cannot be read, or a line is not a record; the message quotes it.
    """
    records: list[Record] = []
    for number, line, row in read_lines(path):
        try:
            records.append(_record(row))
        except (KeyError, TypeError, ValueError) as error:
            raise CaseError(path, number, f"is not a record ({type(error).__name__}: {error}); run the set again", line) from None
    return records


def write_seconds(path: Path, seconds: Mapping[str, float]) -> None:
    """Columns ``case`` and ``seconds``, in the order given."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["case", "seconds"])
        writer.writerows((case, f"{value:.6f}") for case, value in seconds.items())


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
        ),
    )


def _places(rows: list[Any]) -> tuple[Place, ...]:
    return tuple((str(doc), int(number)) for doc, number in rows)
