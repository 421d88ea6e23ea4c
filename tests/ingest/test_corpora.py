"""Finding files: records, folders, and what cannot be a document."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pincite.ingest.corpora import scan, shipped
from pincite.ingest.records import parse_record
from pincite.ingest.settings import Settings

from .conftest import Corpus


def test_the_shipped_corpus_is_described_and_complete() -> None:
    found = shipped()
    assert [(file.name, file.record.id) for file in found.files if file.record] == [("shipped:articles/urits-2021.txt", "urits-2021")]
    assert not found.refused


def test_files_of_folders_below_are_found_in_order_and_named_apart(corpus: Corpus) -> None:
    root = corpus(b="B.", a="A.")
    (root / "2021").mkdir()
    (root / "2021" / "a.txt").write_text("C.")
    (root / ".hidden.txt").write_text("H.")
    (root / ".git").mkdir()
    (root / ".git" / "x.txt").write_text("H.")
    assert [(file.path.name, file.id) for file in scan([root]).files] == [("a.txt", "a"), ("b.txt", "b"), ("a.txt", "2021-a")]


def test_a_file_named_twice_is_one(corpus: Corpus) -> None:
    root = corpus(a="A.")
    assert len(scan([root, root / "a.txt", root]).files) == 1


def test_loops_of_links_and_broken_links_survive(corpus: Corpus) -> None:
    root = corpus(a="A.")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "self.txt").symlink_to(root / "self.txt")
    (root / "broken.txt").symlink_to(root / "nowhere.txt")
    os.mkfifo(root / "pipe.txt")
    found = scan([root])
    assert [file.path.name for file in found.files] == ["a.txt"]
    assert sorted(Path(error.path).name for error in found.refused) == ["broken.txt", "pipe.txt", "self.txt"]


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    found = scan([tmp_path / "absent", Path("/dev/null")])
    assert [error.reason for error in found.refused] == ["does not exist", "is neither a file nor a folder"]
    assert not found.files
    assert not found.covers


def test_records_describe_files_of_their_folder(corpus: Corpus) -> None:
    root = corpus(a="A.", b="B.")
    lines = [
        json.dumps({"file": "a.txt", "id": "smith-2020", "year": 2020, "authors": ["Smith J"]}),
        "",
        "{not json",
        json.dumps({"file": "../a.txt"}),
        json.dumps({"file": "gone.txt"}),
        json.dumps({"file": "b.txt", "yaer": 2020}),
        json.dumps({"id": "x"}),
    ]
    (root / "sources.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = scan([root])
    assert [(file.path.name, file.record.id if file.record else None) for file in found.files] == [("a.txt", "smith-2020"), ("b.txt", None)]
    reasons = [str(error) for error in found.refused]
    assert [f"line {n}" in reason for n, reason in zip((3, 4, 5, 6, 7), reasons, strict=True)] == [True] * 5
    assert "is not JSON" in reasons[0]
    assert "outside of its folder: ../a.txt" in reasons[1]
    assert "gone.txt" in reasons[2]
    assert "unknown field 'yaer'; known are authors, doi" in reasons[3]
    assert "names no 'file'" in reasons[4]
    single = scan([root / "a.txt"]).files[0]
    assert single.record is not None
    assert single.record.id == "smith-2020"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[]", "not a JSON object"),
        ('{"file": "a", "year": "2020"}', "'year' that is not a whole number: '2020'"),
        ('{"file": "a", "authors": "Smith"}', "'authors' that are not a list of names: 'Smith'"),
        ('{"file": "a", "title": 3}', "'title' that is not a text: 3"),
    ],
)
def test_a_wrong_record_says_what_is_wrong(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"^(is|has)") as caught:
        parse_record(line)
    assert reason in str(caught.value)


def test_settings_of_the_environment() -> None:
    environment = {"PINCITE_CORPUS": "c", "PINCITE_INDEX": "", "PINCITE_DOC": "a, b,", "PINCITE_ENCODER": "e"}
    assert Settings.from_environment(environment) == Settings(Path("c"), None, ("a", "b"), "e")
    assert Settings.from_environment({}) == Settings()
