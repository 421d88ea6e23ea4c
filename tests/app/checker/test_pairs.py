"""The training pairs must not give their label away by anything but their content."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pincite.app.checker.pairs import (
    IGNORE,
    altered_pairs,
    brief_pairs,
    contrast_pairs,
    group_pairs,
    other_number,
    other_way,
    question_pairs,
    read_rows,
)

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
    rng = random.Random(0)
    pairs = {(p.query, p.sentence, p.verdict) for _ in range(10) for p in contrast_pairs(rows, rng) if p.verdict != IGNORE}
    assert pairs == {
        ("A helps.", "A did help.", 0),
        ("A helps.", "B did not help.", 2),
        ("B helps.", "B did not help.", 1),
        ("B helps.", "A did help.", 2),
    }


def test_an_altered_figure_is_one_that_the_premise_does_not_have() -> None:
    premise = "Pain fell by 41% at 12 weeks and by 82% at 24 weeks."
    for seed in range(30):
        altered = other_number("Pain fell by 41%.", premise, random.Random(seed))
        assert altered is None or (altered.startswith("Pain fell by ") and "41%" not in altered and "82%" not in altered)
    assert other_number("Pain fell.", premise, random.Random(0)) is None


def test_a_direction_is_turned_round_only_where_there_is_one() -> None:
    assert other_way("Pain was lower with naproxen.") == "Pain was higher with naproxen."
    assert other_way("Pain was lower and function was better.") is None
    assert other_way("More than half had pain.") is None
    assert other_way("Pain was the same.") is None


def test_claims_made_from_a_supported_one_are_labelled_by_what_was_done_to_them() -> None:
    row = {
        "claim": "Pain fell by 41%.",
        "label": "S",
        "sents": ["We saw 90 adults.", "Pain fell by 41%, a lower score."],
        "rationales": [[1]],
    }
    made = {(p.query, p.verdict) for p in altered_pairs([row] * 60, random.Random(2))}
    assert (row["sents"][1], 0) in made
    assert (row["sents"][0], 2) in made
    assert all(verdict == 1 for query, verdict in made if query not in row["sents"])
    assert len(made) > 4


def test_questions_keep_their_stance_on_what_answers_alone() -> None:
    row = {"question": "Does A help?", "sents": ["A helped.", "A is blue.", "A costs much."], "evidence": [0], "stance": "supports"}
    pairs = list(question_pairs([row], random.Random(0), near=4))
    assert [(p.answers, p.stance) for p in pairs if p.sentence == "A helped."] == [(1, 0)]
    assert all(p.stance == IGNORE for p in pairs if p.answers == 0)
