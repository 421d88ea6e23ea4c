"""The training pairs must not give their label away by anything but their content."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pincite.app.checker.pairs import IGNORE, brief_pairs, contrast_pairs, group_pairs, question_pairs, read_rows

OWN = Path(__file__).resolve().parents[3] / "app" / "checker" / "data"


def test_an_absent_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--data"):
        read_rows(tmp_path / "claims" / "train" / "written.jsonl")


def test_a_context_does_not_tell_whether_a_sentence_answers() -> None:
    rng = random.Random(1)
    pairs = [*brief_pairs(read_rows(OWN / "question-briefs.jsonl"), rng), *group_pairs(read_rows(OWN / "question-groups.jsonl"))]
    shares = []
    for there in (True, False):
        some = [p.answers > 0 for p in pairs if bool(p.context) is there]
        shares.append(sum(some) / len(some))
    assert abs(shares[0] - shares[1]) < 0.12


def test_the_same_question_is_answered_and_not_answered() -> None:
    for group in read_rows(OWN / "question-groups.jsonl"):
        labels = {premise["label"] == "beside" for premise in group["premises"]}
        assert labels == {True, False}, group["question"]


def test_every_label_of_a_brief_points_at_a_sentence() -> None:
    for row in read_rows(OWN / "question-briefs.jsonl"):
        for item in row["questions"]:
            assert all(0 <= i < len(row["sents"]) for i in [*item["gold"], *item["also"]])


def test_a_claim_meets_a_premise_that_turns_it_and_one_that_leaves_it_open() -> None:
    rows = [
        {"doc": "d", "claim": "A helps.", "premise": "A did help.", "label": "S"},
        {"doc": "d", "claim": "B helps.", "premise": "B did not help.", "label": "C"},
    ]
    pairs = [p for p in contrast_pairs(rows, random.Random(0)) if p.verdict != IGNORE]
    assert {(p.query, p.sentence, p.verdict) for p in pairs} == {
        ("A helps.", "A did help.", 0),
        ("A helps.", "B did not help.", 2),
        ("B helps.", "B did not help.", 1),
        ("B helps.", "A did help.", 2),
    }


def test_questions_keep_their_stance_on_what_answers_alone() -> None:
    row = {"question": "Does A help?", "sents": ["A helped.", "A is blue.", "A costs much."], "evidence": [0], "stance": "supports"}
    pairs = list(question_pairs([row], random.Random(0)))
    assert [(p.answers, p.stance) for p in pairs if p.sentence == "A helped."] == [(1, 0)]
    assert all(p.stance == IGNORE for p in pairs if p.answers == 0)
