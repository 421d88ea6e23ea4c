"""Splitting: total, exact, linear, and right on the hard cases."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pincite.ingest.sentences import split_sentences

HARD = [
    line.split(" ‖ ")
    for line in Path(__file__).with_name("hard_sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
STILL_WRONG = {
    "It was tested in the U.S.",
    "Results (see Table 2) were mixed (Fig. 3).",
}


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize("sentences", HARD, ids=lambda sentences: sentences[0][:40])
def test_hard_case(sentences: list[str]) -> None:
    right = split(" ".join(sentences)) == sentences
    assert right == (sentences[0] not in STILL_WRONG)


words = st.sampled_from(
    [
        *(
            "Magnesium",
            "the",
            "mRNA",
            "pH",
            "dose",
            "A",
            "et",
            "al.",
            "vs.",
            "i.v.",
            "Fig.",
            "2",
            "0.05",
            "(p",
            "<",
            "[1]",
            "[2,",
            "3]",
            "E.",
            "coli",
        ),
        *(
            "stop.",
            "stop?",
            "stop!",
            "stop...",
            "…",
            '"quote."',
            "“quote”",
            "(see",
            "Table",
            "1).",
            ")",
            "(",
            "]",
            "Dr.",
            "J.",
            "U.S.",
            "13",
            "lost.13",
        ),
        *("é̀", "𝛼-blocker", "日本。", "ß", "\u200b", "'", ".", "?!", "Results.", "1.", "•"),
    ]
)
spaces = st.sampled_from([" ", "  ", "\n", "\t", "\u00a0", "\u2028", ""])
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(words, spaces), max_size=60).map(lambda parts: "".join(word + space for word, space in parts)),
)


@given(texts)
def test_every_character_but_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    inside = [position for start, end in spans for position in range(start, end)]
    assert inside == sorted(set(inside))
    outside = set(range(len(text))) - set(inside)
    assert all(text[position].isspace() for position in outside)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)


@given(texts)
def test_a_wrapped_line_is_as_a_space(text: str) -> None:
    assert split_sentences(text.replace(" ", "\n")) == split_sentences(text.replace("\n", " "))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "(",
        '"',
        "1. ",
        "a. ",
        "A. ",
        ".",
        "a.)",
        " ",
        "e.g. ",
        "[1] ",
        "lost.13 ",
        "('a. B ",
        "Results. ",
        "The dose was 5 mg/kg (i.v.) vs. 0. ",
        "日本。",
    ],
)
def test_a_hundred_thousand_characters_in_one_line_do_not_hang(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - started < 5


def test_agrees_with_the_passages_of_the_development_data(shared: Path) -> None:
    """The figures in the module's docstring."""
    right = found = wanted = 0
    seen = set()
    for part in ("dev", "train"):
        for line in (shared / "claims" / part / "written.jsonl").read_text(encoding="utf-8").splitlines():
            sentences = tuple(" ".join(sentence.split()) for sentence in json.loads(line)["sents"])
            if len(sentences) < 2 or sentences in seen:
                continue
            seen.add(sentences)
            ends, position = set(), -1
            for sentence in sentences[:-1]:
                position += len(sentence) + 1
                ends.add(position)
            ours = {end for _, end in split_sentences(" ".join(sentences))[:-1]}
            right, found, wanted = right + len(ours & ends), found + len(ours), wanted + len(ends)
    assert right / found > 0.99
    assert right / wanted > 0.99
