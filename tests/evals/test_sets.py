"""The sets that ship are sound, and about the corpus that ships."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.evals.cases import CaseError, load_questions, read_lines
from pincite.evals.sets import find_set, kind_of_name, leaks, load_set, sets_folder
from pincite.ingest.errors import UsageError

SETS = sorted(path.stem for path in sets_folder().glob("*.jsonl") if kind_of_name(path.stem))


@pytest.mark.parametrize("name", SETS)
def test_every_line_is_a_sound_case(name: str, assistant: Assistant) -> None:
    found = load_set(find_set(name), assistant.documents)
    assert found.cases
    assert found.kind == name.partition("-")[0].replace("threads", "questions")


def test_no_case_of_a_set_stands_in_another_of_its_kind() -> None:
    for kind, key in (("questions", "question"), ("claims", "claim")):
        texts = {name: [str(row.get(key, "")) for _, _, row in read_lines(find_set(name))] for name in SETS if name.startswith(kind)}
        for first, second in combinations(texts, 2):
            assert leaks((t for t in texts[first] if t), (t for t in texts[second] if t)) == [], f"{first} and {second}"


def test_a_test_part_that_shares_a_case_with_its_tuning_part_is_refused(tmp_path: Path) -> None:
    row = {"id": "a", "claim": "Relief lasted an hour.", "verdict": "supported", "sents": ["Relief lasted an hour."], "evidence": [0]}
    (tmp_path / "claims-x-tune.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    test = tmp_path / "claims-x-test.jsonl"
    test.write_text(json.dumps(row | {"claim": "relief lasted an  hour"}) + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"1 of its cases stand in claims-x-tune\.jsonl too"):
        load_set(test)
    test.write_text(json.dumps(row | {"claim": "Relief lasted two hours."}) + "\n", encoding="utf-8")
    assert len(load_set(test).cases) == 1


def test_a_set_of_no_kind_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"id": "a", "text": "?"}\n', encoding="utf-8")
    with pytest.raises(CaseError, match=r"mine\.jsonl, line 1: is neither a question"):
        load_set(path)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(CaseError, match="holds no cases"):
        load_set(path)


def test_the_articles_set_is_large_enough_and_every_question_is_asked_once(assistant: Assistant) -> None:
    cases = load_questions(find_set("questions-article"), assistant.documents)
    assert sum(case.answerable for case in cases) >= 60
    assert sum(not case.answerable for case in cases) >= 20
    assert len({case.question.casefold() for case in cases}) == len(cases)


def test_every_sentence_of_the_article_but_none_else_can_be_gold(assistant: Assistant) -> None:
    cases = load_questions(find_set("questions-article"), assistant.documents)
    gold = {place for case in cases for place in case.right}
    assert gold == {("urits-2021", n) for n in range(1, 19)}
