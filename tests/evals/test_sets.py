"""The sets that ship are sound, and about the corpus that ships."""

from __future__ import annotations

from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.evals.cases import load_questions
from pincite.evals.run import find_set

SETS = sorted(path.stem for path in find_set("questions-article").parent.glob("questions-*.jsonl"))


@pytest.mark.parametrize("name", SETS)
def test_every_line_is_a_sound_case(name: str, assistant: Assistant) -> None:
    path: Path = find_set(name)
    assert load_questions(path, assistant.documents)


def test_the_articles_set_is_large_enough_and_every_question_is_asked_once(assistant: Assistant) -> None:
    cases = load_questions(find_set("questions-article"), assistant.documents)
    assert sum(case.answerable for case in cases) >= 60
    assert sum(not case.answerable for case in cases) >= 20
    assert len({case.question.casefold() for case in cases}) == len(cases)


def test_every_sentence_of_the_article_but_none_else_can_be_gold(assistant: Assistant) -> None:
    cases = load_questions(find_set("questions-article"), assistant.documents)
    gold = {place for case in cases for place in case.right}
    assert gold == {("urits-2021", n) for n in range(1, 19)}
