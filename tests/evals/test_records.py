from __future__ import annotations

from pathlib import Path

import pytest
from pincite.evals.cases import CaseError
from pincite.evals.records import Record, Reply, read_records, write_records, write_seconds

RECORDS = [
    Record("a", "pincite", Reply("answered", (("d", 2), ("e", 1)), (("e", 1),), "mixed", ("supports", "opposes"))),
    Record("b", "naive", Reply("answered", None, (("d", 1),), score=0.5)),
    Record("c – é", "pincite", Reply("failed", (), error="the index is damaged")),
]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    write_records(path, RECORDS)
    assert read_records(path) == RECORDS
    assert path.read_bytes().count(b"\n") == 3


def test_a_half_written_record_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    write_records(path, RECORDS)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(CaseError, match="line 3: is not JSON"):
        read_records(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"case": "a"}', "is not a record .*status"),
        ('{"case": "a", "system": "s", "status": "sure"}', "is not a record .*sure"),
        ('{"case": "a", "system": "s", "status": "answered", "cited": [1]}', "is not a record"),
    ],
)
def test_what_is_no_record_is_refused(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CaseError, match=reason):
        read_records(path)


def test_seconds_stand_apart(tmp_path: Path) -> None:
    write_seconds(tmp_path / "t.csv", {"a": 0.25, "b,c": 1})
    assert (tmp_path / "t.csv").read_bytes() == b'case,seconds\na,0.250000\n"b,c",1.000000\n'
