"""The index: what it finds, what an ingest changes and leaves alone, and when it is refused."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import numpy as np
import pytest
from pincite.ingest import index as index_module
from pincite.ingest.errors import IndexCorrupt, IndexMissing, IndexStale, IndexUnusable, UsageError
from pincite.ingest.generations import current
from pincite.ingest.index import build_index, ingest_paths, kept_folder, open_index
from pincite.ingest.lexical import words
from pincite.ingest.minilm import MiniLM, model_folder
from pincite.ingest.settings import Settings

from .conftest import Corpus

Steps = list[tuple[str, int, int]]


def embedded(steps: Steps) -> int:
    """How many texts an ingest embedded."""
    return max((total for stage, _, total in steps if stage == "embed"), default=0)


def ingest(folder: Path, *paths: Path, encoder: str | None = None) -> tuple[index_module.IngestReport, Steps]:
    steps: Steps = []
    report = ingest_paths(Settings(index=folder, encoder=encoder), paths, lambda *step: steps.append(step))
    return report, steps


def test_search_of_the_shipped_corpus(encoder: MiniLM) -> None:
    index = open_index(Settings())
    assert index.searched() == (1, 18)
    question = "does IV magnesium help migraine?"
    dense = index.dense(encoder.encode([question])[0], 5)
    assert {number for _, number, _ in dense[:2]} == {14, 15}
    assert len(dense) == 5
    assert [score for _, _, score in dense] == sorted((score for _, _, score in dense), reverse=True)
    assert all(score == round(score, 6) for _, _, score in dense)
    lexical = index.lexical(words(question), 5)
    assert {number for _, number, _ in lexical[:2]} == {14, 15}
    assert index.vocabulary["migraine"] == 2
    assert index.vocabulary["magnesium"] == 13
    assert not index.notices
    assert not open_index(Settings()).notices


def test_only_the_documents_asked_for(corpus: Corpus, tmp_path: Path, encoder: MiniLM) -> None:
    ingest(tmp_path / "i", corpus(a="Magnesium helps. Pain falls.", b="Magnesium harms.", c="Ketamine helps."))
    index = open_index(Settings(index=tmp_path / "i"))
    vector = encoder.encode(["magnesium helps"])[0]
    assert [(doc, number) for doc, number, _ in index.dense(vector, 9, ["b", "c"])] == [("b", 1), ("c", 1)]
    assert [(doc, number) for doc, number, _ in index.lexical(words("magnesium"), 9, ["b"])] == [("b", 1)]
    assert index.searched(["a", "c", "a"]) == (2, 3)
    assert index.dense(vector, 0) == []


def test_chroma_and_the_exact_comparison_find_the_same(
    shared: Path, encoder: MiniLM, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (shared / "claims" / "dev" / "written.jsonl").read_text(encoding="utf-8").splitlines()
    passages = list(dict.fromkeys(" ".join(json.loads(line)["sents"]) for line in lines))[:60]
    root = tmp_path / "c"
    root.mkdir()
    for number, passage in enumerate(passages):
        (root / f"p{number:02}.txt").write_text(passage, encoding="utf-8")
    ingest(tmp_path / "i", root)
    index = open_index(Settings(index=tmp_path / "i"))
    assert index.searched()[1] > 250
    vectors = encoder.encode(["pain after surgery", "quality of life", "no difference between the groups"])
    exact = [index.dense(vector, 10) for vector in vectors] + [index.dense(vectors[0], 10, ["p01", "p02", "p03"])]
    monkeypatch.setattr(index_module, "EXACT", 0)
    through_chroma = [index.dense(vector, 10) for vector in vectors] + [index.dense(vectors[0], 10, ["p01", "p02", "p03"])]
    assert through_chroma == exact


def test_in_memory_it_is_the_same(encoder: MiniLM) -> None:
    kept = open_index(Settings())
    again = build_index(kept.documents.values(), encoder)
    vector = encoder.encode(["opioids after surgery"])[0]
    assert again.dense(vector, 18) == kept.dense(vector, 18)
    assert again.lexical(words("opioids after surgery"), 18) == kept.lexical(words("opioids after surgery"), 18)
    assert again.manifest.corpus == kept.manifest.corpus


def test_an_ingest_embeds_only_what_is_new(corpus: Corpus, tmp_path: Path) -> None:
    root, folder = corpus(a="Magnesium helps. Pain falls.", b="It harms."), tmp_path / "i"
    report, steps = ingest(folder, root)
    assert (report.added, report.documents, report.sentences, embedded(steps)) == (("a", "b"), 2, 3, 3)
    before = current(folder)
    report, steps = ingest(folder, root)
    assert (report.added, report.unchanged, steps[-1][0]) == ((), ("a", "b"), "read")
    assert current(folder) == before
    corpus(a="Magnesium helps. Pain rises.", c="New.")
    report, steps = ingest(folder, root)
    assert (report.added, report.updated, report.unchanged, embedded(steps)) == (("c",), ("a",), ("b",), 2)
    assert before is not None
    assert not before.exists()
    assert open_index(Settings(index=folder)).documents["a"].sentence(2).text == "Pain rises."


def test_a_changed_record_is_an_update_without_embedding(corpus: Corpus, tmp_path: Path) -> None:
    root, folder = corpus(a="Magnesium helps."), tmp_path / "i"
    ingest(folder, root)
    hash_before = open_index(Settings(index=folder)).manifest.corpus
    (root / "sources.jsonl").write_text(json.dumps({"file": "a.txt", "year": 2020, "title": "A"}), encoding="utf-8")
    report, steps = ingest(folder, root)
    assert (report.updated, embedded(steps)) == (("a",), 0)
    index = open_index(Settings(index=folder))
    assert (index.documents["a"].source.year, index.documents["a"].source.title) == (2020, "A")
    assert index.manifest.corpus != hash_before


def test_what_is_gone_from_a_folder_goes_and_nothing_else_does(corpus: Corpus, tmp_path: Path) -> None:
    one, two, folder = corpus("one", a="A pain is here.", b="B pain is here."), corpus("two", c="C pain is here."), tmp_path / "i"
    ingest(folder, one)
    ingest(folder, two)
    (one / "a.txt").unlink()
    (two / "c.txt").unlink()
    report, _ = ingest(folder, one)
    assert (report.removed, report.documents) == (("a",), 2)
    assert sorted(open_index(Settings(index=folder)).documents) == ["b", "c"]
    report, _ = ingest(folder, one / "b.txt")
    assert (report.removed, report.unchanged) == ((), ("b",))
    report, _ = ingest(folder, two)
    assert (report.removed, report.documents) == (("c",), 1)


def test_the_same_content_twice_is_one_document_until_both_are_gone(corpus: Corpus, tmp_path: Path) -> None:
    one, two, folder = corpus("one", a="A pain is here."), corpus("two", copy="A pain is here."), tmp_path / "i"
    report, _ = ingest(folder, one, two)
    assert (report.added, report.same) == (("a",), ((str(two / "copy.txt"), "a"),))
    assert ingest(folder, one, two)[0].same == ()
    (one / "a.txt").unlink()
    assert ingest(folder, one)[0].removed == ()
    (two / "copy.txt").unlink()
    assert ingest(folder, two)[0].removed == ("a",)
    assert open_index(Settings(index=folder)).searched() == (0, 0)


def test_a_renamed_file_keeps_its_id_and_namesakes_are_told_apart(corpus: Corpus, tmp_path: Path) -> None:
    one, two, folder = corpus("one", a="A pain is here."), corpus("two", a="Another one."), tmp_path / "i"
    assert ingest(folder, one, two)[0].added == ("a", "a-2")
    (one / "a.txt").rename(one / "z.txt")
    report, _ = ingest(folder, one)
    assert (report.added, report.removed, report.updated) == ((), (), ("a",))
    assert open_index(Settings(index=folder)).documents["a"].source.file == "z.txt"


def test_an_id_given_twice_is_refused_by_name(corpus: Corpus, tmp_path: Path) -> None:
    root = corpus(a="A pain is here.", b="B pain is here.")
    lines = [json.dumps({"file": f"{name}.txt", "id": "same"}) for name in "ab"]
    (root / "sources.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report, _ = ingest(tmp_path / "i", root)
    assert report.added == ("same",)
    assert [str(error) for error in report.refused] == [
        f"{root / 'b.txt'}: has the id 'same' of another document (a.txt); give it another in its sources.jsonl"
    ]


def test_refused_files_do_not_stop_the_others_and_lose_nothing(corpus: Corpus, tmp_path: Path) -> None:
    root, folder = corpus(a="A pain is here.", b="B pain is here."), tmp_path / "i"
    (root / "empty.txt").write_bytes(b"")
    (root / "paper.pdf").write_bytes(b"%PDF")
    report, _ = ingest(folder, root)
    assert (report.added, len(report.refused)) == (("a", "b"), 2)
    (root / "b.txt").write_bytes(b"\xff")
    report, _ = ingest(folder, root)
    assert (report.unchanged, report.removed, len(report.refused)) == (("a", "b"), (), 3)
    assert open_index(Settings(index=folder)).documents["b"].text == "B pain is here."
    with pytest.raises(UsageError, match=r"Nothing was ingested: .*empty\.txt: is empty$"):
        ingest(tmp_path / "j", root / "empty.txt")
    assert not (tmp_path / "j" / "current").exists()


def test_an_index_among_the_documents_is_passed_over(corpus: Corpus) -> None:
    root = corpus(a="A pain is here.")
    ingest(root / "index", root)
    assert ingest(root / "index", root)[0].refused == ()


def test_a_named_index_that_is_absent_damaged_or_foreign_is_refused_with_the_command(corpus: Corpus, tmp_path: Path) -> None:
    root, folder = corpus(a="A pain is here."), tmp_path / "my index"
    settings = Settings(index=folder)
    command = f"pincite ingest --index {shlex.quote(str(folder))}"
    with pytest.raises(IndexMissing) as missing:
        open_index(settings)
    assert str(missing.value) == f"There is no index at {folder}. Make one: {command} PATH"
    ingest(folder, root)
    (root / "b.txt").write_text("B is new.")
    with pytest.raises(IndexStale) as stale:
        open_index(Settings(index=folder, corpus=root))
    assert f"was not made from {root} as it is now. Make it again: {command} {root}" in str(stale.value)
    other = str(model_folder())
    with pytest.raises(IndexStale) as stale:
        open_index(Settings(index=folder, encoder=other))
    for part in ("all-MiniLM-L6-v2", other, f"{command} --encoder {shlex.quote(other)} {root}"):
        assert part in str(stale.value)
    with pytest.raises(IndexUnusable, match="is a file, and an index is a folder"):
        open_index(Settings(index=root / "a.txt"))


def damage_pointer(folder: Path) -> None:
    (folder / "current").write_text("0123456789abcdef\n")


def damage(name: str, data: bytes | None = None) -> object:
    def change(folder: Path) -> None:
        generation = current(folder)
        assert generation is not None
        file = generation / name
        if data is None:
            file.unlink()
        else:
            file.write_bytes(data)

    return change


DAMAGES = {
    "pointer": damage_pointer,
    "manifest garbled": damage("manifest.json", b"\xff{"),
    "manifest of another kind": damage("manifest.json", b"[]"),
    "manifest gone": damage("manifest.json"),
    "documents changed": damage("documents.jsonl", b"{}\n"),
    "vectors cut": damage("vectors.npy", b"\x93NUMPY"),
    "words gone": damage("lexical/bm25/vocab.index.json"),
    "chroma garbled": damage("chroma/chroma.sqlite3", b"not a database, but long enough to look at" * 100),
    "chroma gone": damage("chroma/chroma.sqlite3"),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_index_is_refused_when_named_and_made_again_by_ingest(kind: str, corpus: Corpus, tmp_path: Path) -> None:
    root, folder = corpus(a="A pain is here."), tmp_path / "i"
    ingest(folder, root)
    DAMAGES[kind](folder)  # type: ignore[operator]
    with pytest.raises(IndexCorrupt) as caught:
        open_index(Settings(index=folder))
    assert str(caught.value).startswith(f"The index {folder} is damaged (")
    assert str(caught.value).endswith(f"Make it again: pincite ingest --index {folder} PATH")
    report, _ = ingest(folder, root)
    assert "was damaged" in report.notices[0]
    assert open_index(Settings(index=folder)).searched() == (1, 1)


def test_documents_from_elsewhere_survive_damage_to_the_rest(corpus: Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    ingest(folder, corpus("one", a="A pain is here."))
    damage("vectors.npy", b"")(folder)  # type: ignore[operator]
    report, _ = ingest(folder, corpus("two", b="B pain is here."))
    assert report.notices[0].endswith("no document is lost.")
    assert sorted(open_index(Settings(index=folder)).documents) == ["a", "b"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.usefixtures("cache")
def test_a_kept_index_follows_its_corpus_with_a_notice(corpus: Corpus) -> None:
    root = corpus(a="A pain is here.")
    settings = Settings(corpus=root)
    assert open_index(settings).notices == ()
    corpus(a="A was here.", b="B pain is here.")
    (root / "c.rtf").write_bytes(b"%PDF")
    index = open_index(settings)
    assert index.notices[0] == "The corpus changed, so its index was made again: added: b; changed: a."
    assert index.notices[1].startswith(f"Not read: {root / 'c.rtf'}: .rtf cannot be read, only")
    assert index.documents["a"].text == "A was here."
    (root / "a.txt").unlink()
    (root / "c.rtf").unlink()
    assert open_index(settings).notices == ("The corpus changed, so its index was made again: removed: a.",)
    (root / "b.txt").unlink()
    with pytest.raises(UsageError, match=f"There is nothing to answer from in {root}: no file was found"):
        open_index(settings)


@pytest.mark.usefixtures("cache")
def test_a_kept_index_is_made_again_for_another_encoder_and_after_damage_with_a_notice(corpus: Corpus) -> None:
    root = corpus(a="A pain is here.")
    open_index(Settings(corpus=root))
    other = Settings(corpus=root, encoder=str(model_folder()))
    (notice,) = open_index(other).notices
    assert notice.startswith("The index was made with the encoder all-MiniLM-L6-v2 (53aa51172d14-onnx-fp32); it was made again with ")
    assert open_index(other).notices == ()
    DAMAGES["vectors cut"](kept_folder(other))  # type: ignore[operator]
    (notice,) = open_index(other).notices
    assert "was damaged (vectors.npy is not what was written) and was made again" in notice


@pytest.mark.usefixtures("cache")
def test_what_was_ingested_into_the_kept_index_stays_beside_the_shipped_corpus(corpus: Corpus) -> None:
    ingest_paths(Settings(), [corpus(a="A pain is here.")])
    assert sorted(open_index(Settings()).documents) == ["a", "urits-2021"]
    assert open_index(Settings()).notices == ()


def test_vectors_of_the_index_are_those_of_its_chunks(encoder: MiniLM) -> None:
    stored = open_index(Settings())._stored
    assert np.array_equal(stored.vectors, encoder.encode([chunk.text for chunk in stored.chunks]))
