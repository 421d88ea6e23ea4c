from __future__ import annotations

import pytest
from pincite.app.answer import Assistant
from pincite.evals.cases import load_questions
from pincite.evals.metrics.stability import overlap
from pincite.evals.run import main
from pincite.evals.sets import find_set
from pincite.evals.stability import measure


def test_overlap_by_hand() -> None:
    assert overlap([("d", 1), ("d", 2)], [("d", 2), ("d", 3)]) == pytest.approx(1 / 3)
    assert overlap([("d", 1)], []) == 0
    assert overlap([("d", 1)], [("e", 1)]) == 0
    assert overlap([("d", 1), ("d", 2)], [("d", 2), ("d", 1)]) == 1
    assert overlap([], []) is None


def test_the_same_question_and_another_order_of_the_corpus_keep_every_citation(assistant: Assistant) -> None:
    found = {scored.metric: scored for scored in measure(load_questions(find_set("questions-article"), assistant.documents)[:4], assistant)}
    assert set(found["asked again"].scores.values()) == {1.0}
    assert set(found["the corpus in another order"].scores.values()) == {1.0}
    assert {"in lower case", "without its question mark", "asked politely"} <= set(found)


@pytest.mark.usefixtures("assistant")
def test_claims_have_no_citations_to_keep(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stability", "claims-article-test"]) == 2
    assert "holds claims" in capsys.readouterr().err
