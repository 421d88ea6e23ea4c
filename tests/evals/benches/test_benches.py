"""The benchmarks on small files in their own formats, by the real engine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pincite.evals.bench import BENCHES
from pincite.evals.benches.common import classified
from pincite.evals.benches.question_sets import claims_of, decide, vote
from pincite.evals.benches.scifact import document_of
from pincite.evals.run import main

NAPROXEN = "Naproxen reduced pain at rest more than placebo in adults with knee osteoarthritis."
SCIFACT_ROWS = [
    {"doc_id": 11, "title": "Naproxen in knee osteoarthritis", "abstract": ["We enrolled 90 adults.", NAPROXEN], "structured": False},
    {"doc_id": 12, "title": "Bats and viruses", "abstract": ["Bats live long.", "They carry many viruses."], "structured": False},
    {"doc_id": 13, "title": "Dye spray", "abstract": ["Dye spray found more adenomas than plain colonoscopy."], "structured": False},
]
SCIFACT_CLAIMS = [
    {"id": 1, "claim": NAPROXEN, "evidence": {"11": [{"sentences": [1], "label": "SUPPORT"}]}, "cited_doc_ids": [11]},
    {"id": 2, "claim": "Bats carry no viruses.", "evidence": {"12": [{"sentences": [1], "label": "CONTRADICT"}]}, "cited_doc_ids": [12]},
]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize("name", BENCHES)
def test_a_missing_file_says_which_from_where_and_under_which_licence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", name, "--data", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert str(tmp_path / BENCHES[name].needs[0].path) in said
    assert BENCHES[name].needs[0].origin in said
    assert "licence: " in said


def test_a_benchmark_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "trivia", "--data", str(tmp_path)]) == 2
    assert 'there is no benchmark "trivia"; there are scifact, check-covid' in capsys.readouterr().err


@pytest.mark.usefixtures("assistant")
def test_scifact_in_the_authors_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "retrieval/scifact/corpus.jsonl", SCIFACT_ROWS)
    write(tmp_path / "retrieval/scifact/claims_dev.jsonl", SCIFACT_CLAIMS)
    out = tmp_path / "scifact.md"
    printed = []
    for _ in range(2):
        assert main(["bench", "scifact", "--data", str(tmp_path)]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1], "the kept index must give what the new one gave"
    text = printed[0]
    for system in ("pincite", "bm25", "encoder"):
        assert f"| {system}: nDCG@10 " in text
    assert re.search(r"\| pincite: recall@10 +\| 1\.00 \[1\.00, 1\.00\] n=2 +\|", text)
    for setting in ("given the abstracts", "open"):
        assert f"| {setting}, abstract: label + rationale F1 " in text
    assert "Thakur et al. 2021" in text
    assert main(["bench", "scifact", "--data", str(tmp_path), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == text
    assert main(["bench", "scifact", "--data", str(tmp_path), "--out", str(out)]) == 2
    assert "nothing is written over" in capsys.readouterr().err


def test_a_sentence_of_an_abstract_keeps_its_number() -> None:
    document = document_of(SCIFACT_ROWS[0])
    assert [s.text for s in document.sentences] == ["Naproxen in knee osteoarthritis", "We enrolled 90 adults.", NAPROXEN]
    assert all(document.text[s.start : s.end] == s.text for s in document.sentences)


@pytest.mark.usefixtures("assistant")
def test_claims_with_their_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"claim": f"{NAPROXEN} [<|multi_cit|>]", "sents": ["We enrolled 90 adults.", NAPROXEN], "label": "S"},
        {"claim": "Vitamin C cures colds in a day.", "sents": ["Bats live long.", "They carry many viruses."], "label": "N"},
    ]
    write(tmp_path / "claims/dev/check-covid.jsonl", rows)
    write(tmp_path / "claims/dev/citation-integrity.jsonl", rows)
    assert main(["bench", "check-covid", "--data", str(tmp_path)]) == 0
    assert "| accuracy               | 1.00 [1.00, 1.00] n=2 |" in capsys.readouterr().out
    assert main(["bench", "citation-integrity", "--data", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "| false pass             | 0.00 n=1 " in out
    assert "| false strip            | 0.00 n=1 " in out
    folder = tmp_path / "claims/healthver"
    folder.mkdir()
    (folder / "healthver_test.csv").write_text(
        f'id,evidence,claim,label\n1,"{NAPROXEN}","{NAPROXEN}",Supports\n2,Bats live long.,Vitamin C cures colds in a day.,Neutral\n',
        encoding="utf-8",
    )
    assert main(["bench", "healthver", "--data", str(tmp_path)]) == 0
    assert "| accuracy               | 1.00 [1.00, 1.00] n=2 |" in capsys.readouterr().out
    (folder / "healthver_test.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["bench", "healthver", "--data", str(tmp_path)]) == 2
    assert "is not HealthVer's file" in capsys.readouterr().err


@pytest.mark.usefixtures("assistant")
def test_questions_with_their_abstracts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = "Is the number of adenomas higher, lower, or the same when comparing dye spray to plain colonoscopy?"
    source = {"content": "The number of adenomas was higher with dye spray than with plain colonoscopy."}
    write(tmp_path / "questions/medevidence.jsonl", [{"question": question, "sources": {"1": source}, "label": "higher"}])
    assert main(["bench", "medevidence", "--data", str(tmp_path)]) == 0
    assert "| accuracy                    | 1.00 n=1 |" in capsys.readouterr().out
    asked = {
        "question": "Does naproxen reduce pain in knee osteoarthritis?",
        "contexts": [f"We enrolled 90 adults. {NAPROXEN}"],
        "label": "yes",
    }
    write(tmp_path / "questions/pubmedqa.jsonl", [asked])
    assert main(["bench", "pubmedqa", "--data", str(tmp_path)]) == 0
    assert "| accuracy                 | 1.00 n=1 |" in capsys.readouterr().out
    write(tmp_path / "questions/k-qa/questions_w_answers.jsonl", [{"Question": "?", "Free_form_answer": NAPROXEN, "Must_have": [NAPROXEN]}])
    assert main(["bench", "k-qa", "--data", str(tmp_path)]) == 0
    assert "| must-have statements supported    | 1.00 n=1 |" in capsys.readouterr().out


def test_a_question_becomes_three_claims() -> None:
    claims = claims_of("Are total polyp counts lower, higher, or the same when comparing chromoscopy to conventional endoscopy?")
    assert claims == {
        "higher": "The total polyp counts was higher with chromoscopy than with conventional endoscopy.",
        "lower": "The total polyp counts was lower with chromoscopy than with conventional endoscopy.",
        "no difference": "There was no significant difference in the total polyp counts between chromoscopy and conventional endoscopy.",
    }
    assert claims_of("What is the effect of chromoscopy?") is None


def test_votes_by_hand() -> None:
    assert vote({"higher": "supported", "lower": "contradicted", "no difference": "not_found"}) == "higher"
    assert vote({"higher": "contradicted", "lower": "contradicted", "no difference": "not_found"}) == "no difference"
    assert vote({"higher": "not_found", "lower": "contradicted", "no difference": "not_found"}) is None
    assert decide(["higher", "higher", "lower"]) == "higher"
    assert decide(["higher", "lower"]) == "uncertain effect"
    assert decide([]) == "insufficient data"


def test_figures_over_labels_by_hand() -> None:
    rows = {m.metric: m.estimate.mean for m in classified(["a", "a", "b", "b"], ["a", "b", "b", "neither"], ("a", "b"))}
    # a: TP 1, FP 0, FN 1; b: TP 1, FP 1, FN 1.
    assert rows == {"accuracy": 0.5, "macro F1": pytest.approx((2 / 3 + 1 / 2) / 2), 'accuracy of always "a"': 0.5}


@pytest.mark.usefixtures("assistant")
def test_the_development_files_have_the_shapes_that_are_read(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("check-covid", "citation-integrity", "pubmedqa"):
        assert main(["bench", name, "--data", str(shared), "--limit", "1"]) == 0
        assert "Run with --limit 1:" in capsys.readouterr().out
