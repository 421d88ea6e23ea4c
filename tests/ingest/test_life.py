"""The life of documents in an index: collections, ids, twins, retraction, removal, verification."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pincite.ingest.errors import UsageError
from pincite.ingest.generations import current
from pincite.ingest.index import ingest_paths, open_index
from pincite.ingest.lexical import words
from pincite.ingest.minilm import MiniLM
from pincite.ingest.pipeline import IngestReport, remove
from pincite.ingest.settings import Settings
from pincite.ingest.verify import verify

from .conftest import Corpus


def ingest(folder: Path, *paths: Path) -> IngestReport:
    return ingest_paths(Settings(index=folder), paths)


def lines(*documents: tuple[str, str]) -> str:
    return "".join(json.dumps({"_id": id, "title": f"About {id}", "text": text}) + "\n" for id, text in documents)


def test_documents_of_a_collection_come_change_and_go_by_their_content(tmp_path: Path) -> None:
    root, folder = tmp_path / "c", tmp_path / "i"
    root.mkdir()
    file = root / "set.jsonl"
    file.write_text(lines(("a", "Zinc helps."), ("b", "Iron binds."), ("c", "Zinc helps.")) + "{bad\n", encoding="utf-8")
    report = ingest(folder, root)
    assert (report.added, report.documents) == (("set-a", "set-b", "set-c"), 3)  # the titles differ
    assert [error.reason.split(" (")[0] for error in report.refused] == ["line 4 is not JSON"]
    before = current(folder)
    report = ingest(folder, root)
    assert (report.unchanged, len(report.refused), current(folder)) == (("set-a", "set-b", "set-c"), 1, before)  # told each time
    file.write_text(lines(("n", "New one."), ("b", "Iron binds well."), ("a", "Zinc helps.")), encoding="utf-8")
    report = ingest(folder, root)
    assert (report.added, report.updated, report.unchanged, report.removed) == (("set-n",), ("set-b",), ("set-a",), ("set-c",))
    assert open_index(Settings(index=folder)).documents["set-b"].source.file == "set.jsonl#b"
    report = ingest(folder, file)
    assert (sorted(report.unchanged), report.removed) == (["set-a", "set-b", "set-n"], ())
    file.unlink()
    assert ingest(folder, root).removed == ("set-a", "set-b", "set-n")


def test_the_same_record_in_two_collections_is_one_document(tmp_path: Path) -> None:
    root, folder = tmp_path / "c", tmp_path / "i"
    root.mkdir()
    (root / "one.jsonl").write_text(lines(("a", "Zinc helps."), ("b", "Iron binds.")), encoding="utf-8")
    (root / "two.jsonl").write_text(lines(("b", "Iron binds."), ("c", "Lead harms.")), encoding="utf-8")
    report = ingest(folder, root)
    assert report.added == ("one-a", "one-b", "two-c")
    assert report.same == ((f"{root / 'two.jsonl'}#b", "one-b"),)
    (root / "one.jsonl").unlink()
    assert ingest(folder, root).removed == ("one-a",)
    assert verify(folder) == ([], 2, 2)


def test_a_record_speaks_for_all_documents_of_its_collection(tmp_path: Path) -> None:
    root, folder = tmp_path / "c", tmp_path / "i"
    root.mkdir()
    (root / "set.jsonl").write_text(lines(("a", "Zinc helps.")), encoding="utf-8")
    (root / "sources.jsonl").write_text(
        json.dumps({"file": "set.jsonl", "id": "scifact", "licence": "ODC-By", "year": 2020}), encoding="utf-8"
    )
    ingest(folder, root)
    (document,) = open_index(Settings(index=folder)).documents.values()
    source = document.source
    assert (source.id, source.title, source.licence, source.year) == ("scifact-a", "About a", "ODC-By", 2020)


def markdown(doi: str, text: str) -> str:
    return f"---\ndoi: {doi}\n---\n# A study\n\n{text}\n"


def test_ids_come_from_identifiers_and_stay(tmp_path: Path) -> None:
    root, folder = tmp_path / "c", tmp_path / "i"
    root.mkdir()
    (root / "a.md").write_text(markdown("10.1000/x", "Zinc helps."), encoding="utf-8")
    assert ingest(folder, root).added == ("10-1000-x",)
    (root / "a.md").rename(root / "renamed.md")
    (root / "0.md").write_text(markdown("10.1000/x", "Zinc helps in another edition."), encoding="utf-8")
    report = ingest(folder, root)
    assert (report.added, report.removed) == (("10-1000-x",), ()) or report.added == ("10-1000-x-2",)
    documents = open_index(Settings(index=folder)).documents
    assert len(documents) == 2
    (root / "sources.jsonl").write_text(json.dumps({"file": "renamed.md", "id": "mine", "title": "Given"}), encoding="utf-8")
    ingest(folder, root)
    given = open_index(Settings(index=folder)).documents["mine"].source
    assert (given.title, given.doi) == ("Given", "10.1000/x")  # overridden, completed
    (root / "sources.jsonl").unlink()
    ingest(folder, root)
    again = next(d for d in open_index(Settings(index=folder)).documents.values() if d.source.file == "renamed.md")
    assert again.source.title == "A study"  # what a record no longer says is the file's own again


def test_two_editions_with_one_doi_are_both_kept_and_told(tmp_path: Path) -> None:
    root, folder = tmp_path / "c", tmp_path / "i"
    root.mkdir()
    for name in "ab":
        (root / f"{name}.md").write_text(markdown("10.1000/x", f"Zinc helps in edition {name}."), encoding="utf-8")
    report = ingest(folder, root)
    assert report.added == ("10-1000-x", "10-1000-x-2")
    assert report.notices == (
        f"{root / 'b.md'}: has the identifiers of 10-1000-x (a.md) and another content; it is kept as 10-1000-x-2, beside it.",
    )
    assert ingest(folder, root).unchanged == report.added


def test_a_retracted_document_is_readable_and_no_evidence(corpus: Corpus, tmp_path: Path, encoder: MiniLM) -> None:
    root, folder = corpus(a="Zinc cures colds.", b="Zinc may help."), tmp_path / "i"
    ingest(folder, root)
    (root / "sources.jsonl").write_text(json.dumps({"file": "a.txt", "retracted": True}), encoding="utf-8")
    report = ingest(folder, root)
    assert (report.updated, report.retracted, report.documents) == (("a",), 1, 2)
    index = open_index(Settings(index=folder))
    assert index.documents["a"].source.retracted
    assert index.documents["a"].sentence(1).text == "Zinc cures colds."
    vector = encoder.encode(["zinc cures colds"])[0]
    assert [doc for doc, _, _ in index.dense(vector, 9)] == [doc for doc, _, _ in index.lexical(words("zinc colds"), 9)] == ["b"]
    assert index.dense(vector, 9, ["a"]) == []
    assert (index.searched(), index.searched(["a"])) == ((1, 1), (0, 0))
    assert "cures" not in index.vocabulary
    assert verify(folder)[0] == []
    (root / "sources.jsonl").write_text(json.dumps({"file": "a.txt", "retracted": False}), encoding="utf-8")
    ingest(folder, root)
    assert open_index(Settings(index=folder)).searched() == (2, 2)


def test_removed_documents_come_back_with_their_files(corpus: Corpus, tmp_path: Path, encoder: MiniLM) -> None:
    root, folder = corpus(a="Zinc helps.", b="Iron binds."), tmp_path / "i"
    ingest(folder, root)
    assert remove(folder, ["a"], encoder).removed == ("a",)
    index = open_index(Settings(index=folder))
    assert list(index.documents) == ["b"]
    assert index.searched() == (1, 1)
    with pytest.raises(UsageError, match="no document 'a' in this index; it has: b"):
        remove(folder, ["a"], encoder)
    report = ingest(folder, root)
    assert (report.added, report.unchanged) == (("a",), ("b",))


def test_verify_names_what_differs(corpus: Corpus, tmp_path: Path) -> None:
    root, folder = corpus(a="Zinc helps. It is safe.", b="Iron binds.", c="Lead harms."), tmp_path / "i"
    (root / "set.jsonl").write_text(lines(("x", "Gold glitters.")), encoding="utf-8")
    ingest(folder, root)
    assert verify(folder) == ([], 4, 5)
    (root / "a.txt").write_text("Zinc harms. It is safe.", encoding="utf-8")
    (root / "c.txt").unlink()
    (root / "set.jsonl").write_text(lines(("y", "Gold glitters.")), encoding="utf-8")
    differing, documents, sentences = verify(folder)
    assert (documents, sentences) == (4, 5)
    assert differing == [
        f"{root / 'a.txt'}: has changed since a was read from it; run pincite ingest",
        f"c: {root / 'c.txt'}: cannot be read: No such file or directory",
        f"{root / 'set.jsonl'}: has changed since set-x was read from it; run pincite ingest",
    ]
