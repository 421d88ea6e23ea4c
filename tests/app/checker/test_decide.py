from __future__ import annotations

import pytest
from pincite.app.checker import Candidate, Checker
from pincite.app.checker.decide import beside_the_point, stance_of
from pincite.app.checker.judge import Judge, Judgement
from pincite.ingest.embed import vocabulary_file

from ..test_compose import document

TEXT = document("Intravenous iron raised haemoglobin in adults.", "It caused constipation.", "Iron tablets were not studied in this trial.")


def candidate(number: int, similarity: float = 0.5) -> Candidate:
    return Candidate(TEXT, TEXT.sentence(number), similarity)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(Judge(vocabulary_file()))


@pytest.mark.parametrize(
    ("question", "number", "beside"),
    [
        ("Does oral iron raise haemoglobin?", 1, True),
        ("Does oral iron cause constipation?", 2, True),
        ("Does intravenous iron cause constipation?", 2, False),
        ("Does iron cause constipation in children?", 2, True),
        ("Does iron cause constipation in adults?", 2, False),
        ("Does iron cause constipation?", 2, False),
    ],
)
def test_another_route_or_group_is_beside_the_point(question: str, number: int, beside: bool) -> None:
    assert beside_the_point(question, candidate(number)) is beside


def test_what_a_rule_excludes_is_never_evidence(checker: Checker) -> None:
    evidence, weighed = checker.weigh("Does oral iron raise haemoglobin?", [candidate(1), candidate(2)])
    assert evidence == []
    assert len(weighed) == 2


def test_nothing_to_weigh_is_no_evidence(checker: Checker) -> None:
    assert checker.weigh("Does it work?", []) == ([], [])


def test_the_most_direct_is_first_whatever_the_order_of_the_search(checker: Checker) -> None:
    question = "Does intravenous iron raise haemoglobin?"
    forwards = checker.weigh(question, [candidate(1, 0.8), candidate(2, 0.4)])
    backwards = checker.weigh(question, [candidate(2, 0.4), candidate(1, 0.8)])
    assert forwards == backwards
    assert forwards[1][0].sentence == 1


@pytest.mark.parametrize(
    ("values", "stance"),
    [((0.7, 0.2, 0.1), "supports"), ((0.2, 0.7, 0.1), "opposes"), ((0.2, 0.1, 0.7), "inconclusive")],
)
def test_the_likeliest_stance(values: tuple[float, float, float], stance: str) -> None:
    assert stance_of(Judgement(0.9, *values, 0.25, 0.25, 0.25, 0.25)) == stance
