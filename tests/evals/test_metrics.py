"""Every value here is worked by hand."""

from __future__ import annotations

import math

import pytest
from pincite.evals.cases import Place, Question
from pincite.evals.metrics import (
    QUESTION_METRICS,
    alce,
    answered,
    decision,
    declined,
    hit,
    needed_cited,
    precision,
    ranking,
    recall,
    stance,
    unsupported,
)
from pincite.evals.metrics.threshold import best_threshold
from pincite.evals.records import Reply, Statement


def at(*numbers: int) -> tuple[Place, ...]:
    return tuple(("d", n) for n in numbers)


# Either 14 and 15 together, or 18 alone; 11 is to the point though not needed.
CASE = Question("q", "does it help?", True, (frozenset(at(14, 15)), frozenset(at(18))), frozenset(at(11)), "inconclusive")
UNANSWERABLE = Question("u", "what does it cost?", False)


def cites(*numbers: int, **more: object) -> Reply:
    return Reply("answered", at(*numbers), **more)  # type: ignore[arg-type]


NOTHING = Reply("no_evidence", ())
FAILED = Reply("failed", (), error="the index is damaged")
RANKS = Reply("answered", None, at(11, 2, 15, 14))


@pytest.mark.parametrize(
    ("reply", "first", "third", "all_needed", "cited_right", "needed_share"),
    [
        (cites(14, 15), 1, 1, 1, 1, 1),
        (cites(18), 1, 1, 1, 1, 1),
        (cites(15), 1, 1, 0, 1, 0.5),
        (cites(11, 14), 0, 1, 0, 1, 0.5),
        (cites(1, 2, 3, 18), 0, 0, 1, 0.25, 1),
        (cites(1, 14, 15, 2), 0, 1, 1, 0.5, 1),
        (cites(), 0, 0, 0, 0, 0),
        (NOTHING, 0, 0, 0, None, 0),
        (FAILED, 0, 0, 0, None, 0),
        (None, 0, 0, 0, None, 0),
        (RANKS, 0, 1, None, None, None),
    ],
)
def test_citations(
    reply: Reply | None, first: float, third: float, all_needed: float | None, cited_right: float | None, needed_share: float | None
) -> None:
    assert hit.HIT_1.score(CASE, reply) == first
    assert hit.HIT_3.score(CASE, reply) == third
    assert needed_cited.NEEDED_CITED.score(CASE, reply) == all_needed
    assert precision.PRECISION.score(CASE, reply) == cited_right
    assert recall.RECALL.score(CASE, reply) == needed_share


@pytest.mark.parametrize("reply", [cites(14), NOTHING, FAILED, None])
def test_citations_of_an_unanswerable_question_are_not_scored(reply: Reply | None) -> None:
    for metric in (hit.HIT_1, hit.HIT_3, needed_cited.NEEDED_CITED, precision.PRECISION, recall.RECALL, stance.STANCE):
        assert metric.score(UNANSWERABLE, reply) is None


def test_another_documents_sentence_of_the_same_number_is_wrong() -> None:
    reply = Reply("answered", (("other", 18),))
    assert hit.HIT_1.score(CASE, reply) == 0
    assert precision.PRECISION.score(CASE, reply) == 0


@pytest.mark.parametrize(
    ("case", "reply", "right"),
    [
        (CASE, cites(1), 1),
        (CASE, NOTHING, 0),
        (CASE, FAILED, 0),
        (CASE, None, 0),
        (UNANSWERABLE, cites(1), 0),
        (UNANSWERABLE, NOTHING, 1),
        (UNANSWERABLE, FAILED, 0),
        (UNANSWERABLE, None, 0),
    ],
)
def test_decision(case: Question, reply: Reply | None, right: float) -> None:
    assert decision.DECISION.score(case, reply) == right
    side, other = (answered.ANSWERED, declined.DECLINED) if case.answerable else (declined.DECLINED, answered.ANSWERED)
    assert side.score(case, reply) == right
    assert other.score(case, reply) is None


@pytest.mark.parametrize(
    ("reply", "right"),
    [
        (cites(14, stance="inconclusive"), 1),
        (cites(14, stance="mixed"), 0),
        (cites(14), 0),
        (Reply("no_evidence", (), stance="inconclusive"), 0),
        (None, 0),
    ],
)
def test_stance(reply: Reply | None, right: float) -> None:
    assert stance.STANCE.score(CASE, reply) == right


def test_no_stance_in_gold_no_score() -> None:
    open_question = Question("o", "how long does it last?", True, (frozenset(at(3)),))
    assert stance.STANCE.score(open_question, cites(3, stance="supports")) is None


def test_metrics_have_names_of_their_own() -> None:
    names = [metric.name for metric in QUESTION_METRICS]
    assert len(set(names)) == len(names)


def test_best_threshold_is_the_best_that_a_cut_could_do() -> None:
    # Answerable: 0.9, 0.6, 0.3. Not: 0.7, 0.2. Answering from 0.3 up is right on all but 0.7: four of five.
    cases = [Question(f"q{i}", "?", i < 3, (frozenset(at(1)),) if i < 3 else ()) for i in range(5)]
    replies = [Reply("answered", None, score=value) for value in (0.9, 0.6, 0.3, 0.7, 0.2)]
    bound = best_threshold(cases, {case.id: reply for case, reply in zip(cases, replies, strict=True)})
    assert bound is not None
    assert (bound.accuracy, bound.threshold, bound.n) == (0.8, 0.3, 5)


def test_best_threshold_counts_what_is_missing_as_wrong_and_needs_scores() -> None:
    cases = [Question("a", "?", False), Question("b", "?", False)]
    bound = best_threshold(cases, {"a": Reply("answered", None, score=0.4)})
    assert bound is not None
    assert bound.accuracy == 0.5
    assert bound.threshold > 0.4
    assert best_threshold(cases, {"a": cites(1), "b": cites(2)}) is None


def test_abstention_precision_is_over_what_was_declined() -> None:
    assert declined.ABSTENTION_PRECISION.score(UNANSWERABLE, NOTHING) == 1
    assert declined.ABSTENTION_PRECISION.score(CASE, NOTHING) == 0
    for other in (cites(14), FAILED, None):
        assert declined.ABSTENTION_PRECISION.score(UNANSWERABLE, other) is None


def test_ranking_by_hand() -> None:
    # Gold 14, 15, 18 (grade 2) and 11 (grade 1); found 11, 2, 15, 14.
    reply = Reply("no_evidence", (), at(11, 2, 15, 14))
    assert ranking.MRR.score(CASE, reply) == pytest.approx(1 / 3, abs=1e-9)
    assert ranking.FOUND_3.score(CASE, reply) == pytest.approx(1 / 3, abs=1e-9)
    assert ranking.FOUND_10.score(CASE, reply) == pytest.approx(2 / 3, abs=1e-9)
    got = 1 / math.log2(2) + 2 / math.log2(4) + 2 / math.log2(5)
    best = 2 / math.log2(2) + 2 / math.log2(3) + 2 / math.log2(4) + 1 / math.log2(5)
    assert ranking.NDCG_10.score(CASE, reply) == pytest.approx(got / best, abs=1e-9)


def test_a_search_that_found_nothing_counts_and_an_unanswerable_question_does_not() -> None:
    for metric in (ranking.MRR, ranking.FOUND_3, ranking.FOUND_10, ranking.NDCG_10):
        assert metric.score(CASE, cites(14)) == 0
        assert metric.score(CASE, FAILED) == 0
        assert metric.score(CASE, None) == 0
        assert metric.score(UNANSWERABLE, RANKS) is None


def test_unsupported_statements() -> None:
    said = (Statement("a", at(14)), Statement("b", at(1, 11)), Statement("c", at(2)), Statement("d", ()))
    assert unsupported.UNSUPPORTED.score(CASE, cites(14, 1, 11, 2, statements=said)) == 0.5
    assert unsupported.UNSUPPORTED.score(CASE, cites(14, 2)) == 0.5
    assert unsupported.UNSUPPORTED.score(UNANSWERABLE, cites(1)) == 1
    for silent in (NOTHING, FAILED, None, RANKS):
        assert unsupported.UNSUPPORTED.score(CASE, silent) is None


def test_alces_definitions() -> None:
    # One statement carried by both of its citations together, one of which alone does as well; one carried by none.
    said = (Statement("a", at(1, 2), True, (True, False)), Statement("b", at(3), False, (False,)), Statement("c", at(4)))
    reply = cites(1, 2, 3, statements=said)
    assert alce.CHECKED_RECALL.score(CASE, reply) == 0.5
    assert alce.CHECKED_PRECISION.score(CASE, reply) == pytest.approx(1 / 3)
    assert alce.CHECKED_RECALL.score(CASE, cites(1)) is None
    assert alce.CHECKED_PRECISION.score(CASE, NOTHING) is None
