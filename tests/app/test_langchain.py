from __future__ import annotations

import pytest
from pincite import PinciteRetriever, ask_runnable
from pincite.app.answer import Assistant
from pincite.ingest.errors import UsageError


def test_the_retriever_gives_sentences_with_their_citation(assistant: Assistant) -> None:
    found = PinciteRetriever(assistant=assistant, k=3).invoke("postherpetic neuralgia")
    assert len(found) == 3
    first = found[0]
    assert (first.metadata["doc"], first.metadata["sentence"], first.metadata["year"]) == ("urits-2021", 17, 2021)
    text = assistant.documents["urits-2021"].text
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content


def test_the_runnable_gives_the_answer_contract_and_batches(assistant: Assistant) -> None:
    chain = ask_runnable(assistant)
    questions = ["does IV magnesium help migraine?", {"id": "b", "question": "Is sourdough in it?"}]
    first, second = chain.batch(questions)
    assert first == chain.invoke(questions[0])
    assert first["stance"] == "inconclusive"
    assert (second["id"], second["status"]) == ("b", "no_evidence")
    followed = chain.invoke({"question": "what about CRPS?", "history": ["does IV magnesium help migraine?"]})
    assert "complex regional pain syndrome" in followed["resolved"]


def test_the_runnable_refuses_what_cannot_be_asked(assistant: Assistant) -> None:
    with pytest.raises(UsageError):
        ask_runnable(assistant).invoke("")
    with pytest.raises(UsageError, match="history"):
        ask_runnable(assistant).invoke({"question": "why?", "history": "does it help?"})
