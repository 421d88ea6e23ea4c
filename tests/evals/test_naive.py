from __future__ import annotations

from importlib.util import find_spec

import pytest
from pincite.app.answer import Assistant
from pincite.evals.benches import speed
from pincite.evals.benches.naive import Naive
from pincite.evals.passages import Passage
from pincite.evals.systems import sentences_of

needs_splitter = pytest.mark.skipif(find_spec("langchain_text_splitters") is None, reason="the bench extra is not installed")


def test_a_piece_retrieves_the_sentences_that_it_holds_half_of() -> None:
    document = Passage.of(("Ten chars.", "Ten signs.", "Ten marks.")).document
    id = document.id
    assert sentences_of(document, 0, 32) == [(id, 1), (id, 2), (id, 3)]
    assert sentences_of(document, 11, 21) == [(id, 2)]
    assert sentences_of(document, 5, 16) == [(id, 1), (id, 2)]
    assert sentences_of(document, 6, 15) == [(id, 0)]


@needs_splitter
def test_the_pipeline_splits_the_article_into_its_sentences_and_its_reference(assistant: Assistant) -> None:
    from pincite.evals.benches.pipeline import splitter

    (document,) = assistant.documents.values()
    pieces = splitter(None).create_documents([document.text])
    spans = [(p.metadata["start_index"], p.metadata["start_index"] + len(p.page_content)) for p in pieces]
    places = [sentences_of(document, *span) for span in spans]
    assert places[:18] == [[("urits-2021", n)] for n in range(1, 19)]
    assert all(place == [("urits-2021", 0)] for place in places[18:])


@needs_splitter
def test_the_pipeline_cites_what_it_retrieves_and_never_declines(assistant: Assistant) -> None:
    naive = Naive(assistant.documents)
    about_migraine = naive.over(None).ask("does intravenous magnesium relieve migraine?")
    about_nothing = naive.over(None).ask("who won the cup in 1966?")
    assert about_migraine.cited is not None
    assert {("urits-2021", 14), ("urits-2021", 15)} <= set(about_migraine.cited)
    assert about_nothing.status == "answered"
    assert about_migraine.score is not None
    assert about_nothing.score is not None
    assert about_migraine.score > about_nothing.score
    passage = Passage.of(("Only this.",))
    only = naive.over({passage.id: passage.document}).ask("what?")
    assert (only.status, only.cited) == ("answered", ((passage.id, 1),))


@needs_splitter
def test_both_are_timed_on_the_same_questions(assistant: Assistant) -> None:
    seconds = speed.measure_warm(2)
    assert set(seconds) == {"pincite", "naive"}
    assert all(len(values) == 2 and min(values) > 0 for values in seconds.values())


def test_nothing_to_measure_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main(["--pairs", "0"]) == 2
    assert "--pairs 0" in capsys.readouterr().err
