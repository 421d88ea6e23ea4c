from __future__ import annotations

from pincite.app.answer import Assistant
from pincite.app.retrieve import FUSION, fuse


def test_fusion_adds_reciprocal_ranks() -> None:
    fused = fuse([[("a", 1), ("b", 1)], [("b", 1)]])
    assert fused == [(("b", 1), round(1 / (FUSION + 2) + 1 / (FUSION + 1), 6)), (("a", 1), round(1 / (FUSION + 1), 6))]


def test_ties_go_by_document_and_sentence() -> None:
    assert [key for key, _ in fuse([[("b", 2)], [("a", 9)], [("b", 1)]])] == [("a", 9), ("b", 1), ("b", 2)]


def test_a_leaning_sentence_is_found_through_its_neighbour(assistant: Assistant) -> None:
    found = [f.sentence for f in assistant.search("abdominal surgery pain after 24 hours", 3)]
    assert 7 in found


def test_search_keeps_within_the_documents_asked_for(assistant: Assistant) -> None:
    assert assistant.search("migraine", 50, docs=["urits-2021"])
    assert len(assistant.search("migraine", 50)) <= 18
