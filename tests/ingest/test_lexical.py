"""Words and BM25."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pincite.ingest.lexical import Lexical, surface_words, words

TEXTS = ["Magnesium relieves migraines.", "Ketamine 0.5 mg/kg was infused.", "Magnesium, magnesium, magnesium.", "The and of.", ""]


def test_words_are_stemmed_and_numbers_stay_whole() -> None:
    assert words("Does infusing 0.5 mg/kg relieve the patients’ migraines?") == ["infus", "0.5", "mg", "kg", "reliev", "patient", "migrain"]
    assert surface_words("Mg2+ at 70 mg/kg; N-methyl-D-aspartate (NMDA)") == [
        "mg2",
        "at",
        "70",
        "mg",
        "kg",
        "n",
        "methyl",
        "d",
        "aspartate",
        "nmda",
    ]
    assert words("\ufb01ve") == words("five")


def test_search_finds_ranks_and_restricts(tmp_path: Path) -> None:
    built = Lexical.build(TEXTS)
    built.save(tmp_path / "lexical")
    for index in (built, Lexical.load(tmp_path / "lexical")):
        found = index.search(words("magnesium for migraine"), 5)
        assert [position for position, _ in found] == [0, 2]
        assert found[0][1] > found[1][1] > 0
        assert all(score == round(score, 6) for _, score in found)
        assert index.search(words("magnesium for migraine"), 1) == found[:1]
        assert index.search(words("magnesium"), 5, np.array([False, True, True, True, True])) == [
            (position, score) for position, score in index.search(words("magnesium"), 5) if position == 2
        ]
        assert index.search(["unheard"], 5) == []
        assert index.search([], 5) == []
        assert index.search(words("magnesium"), 0) == []


def test_ties_go_by_position() -> None:
    assert [position for position, _ in Lexical.build(["knee pain", "back pain", "hip pain"]).search(["pain"], 3)] == [0, 1, 2]


@pytest.mark.parametrize("texts", [[], ["the of"], [""]])
def test_nothing_to_match_is_no_error(tmp_path: Path, texts: list[str]) -> None:
    Lexical.build(texts).save(tmp_path / "x")
    assert Lexical.load(tmp_path / "x").search(["pain"], 3) == []
