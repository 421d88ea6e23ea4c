from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pincite.evals.cases import CaseError
from pincite.evals.claims import load_claims

SENTS = ["Relief lasted 30 minutes.", "Nausea was rare."]
CLAIM: dict[str, Any] = {
    "id": "c1",
    "claim": "Relief lasted half an hour.",
    "verdict": "supported",
    "sents": SENTS,
    "gold": [[1]],
    "kind": "time",
    "why": "The same in words.",
}
TRIPLET = {
    "id": "t1",
    "source": "It lasted an hour.",
    "said": "An hour it lasted.",
    "negated": "It did not last.",
    "swapped": "It lasted a day.",
}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_claim_over_sentences_of_its_own(tmp_path: Path) -> None:
    (case,) = load_claims(write(tmp_path / "c.jsonl", CLAIM))
    assert case.passage is not None
    assert (case.supported, case.verdict, case.right) == (True, "supported", {(case.passage.id, 1)})
    assert (case.kind, case.why, case.part) == ("time", "The same in words.", None)


def test_a_triplet_makes_three_claims(tmp_path: Path) -> None:
    said, negated, swapped = load_claims(write(tmp_path / "c.jsonl", TRIPLET | {"swap": "time"}))
    assert [case.id for case in (said, negated, swapped)] == ["t1/said", "t1/negated", "t1/swapped"]
    assert [(case.supported, case.verdict) for case in (said, negated, swapped)] == [
        (True, "supported"),
        (False, "contradicted"),
        (False, None),
    ]
    assert (said.kind, negated.kind, swapped.kind) == ("said", "negated", "time")
    assert said.passage == swapped.passage
    assert [case.claim for case in (said, swapped)] == ["An hour it lasted.", "It lasted a day."]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"verdict": "unchecked"}, 'the verdict "unchecked" is none of supported, partly, contradicted, not_found'),
        ({"verdict": None}, "the verdict null is none of"),
        ({"verdict": "not_found"}, "is not_found and has gold sentences"),
        ({"gold": []}, "is supported and has no gold sentence"),
        ({"gold": [[3]]}, "sentence 3 does not exist"),
        ({"claim": " "}, "claim is empty"),
    ],
)
def test_an_unsound_claim_is_quoted(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_claims(write(tmp_path / "c.jsonl", TRIPLET, CLAIM | change))
    assert f"c.jsonl, line 2: {reason}" in str(caught.value)


def test_ids_are_unique_among_what_lines_make(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match='the id "t1/negated" is that of line 1 too'):
        load_claims(write(tmp_path / "c.jsonl", TRIPLET, CLAIM | {"id": "t1/negated"}))
