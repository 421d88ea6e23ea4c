from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pincite.evals.cases import CaseError, load_questions, load_threads
from pincite.evals.passages import Passage
from pincite.ingest.text import Document

ARTICLE: dict[str, Document] = {"urits-2021": Passage.of(("It may help.", "By 24 hours it did not.", "Trials are needed.")).document}
GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "does it help?",
    "answerable": True,
    "gold": [[1, 2], [3]],
    "also": [],
    "stance": "mixed",
    "style": "lay",
    "why": "both say so",
    "doc": "urits-2021",
}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_question_about_the_corpus(tmp_path: Path) -> None:
    (case,) = load_questions(write(tmp_path / "s.jsonl", GOOD, ""), ARTICLE)
    assert case.gold == (frozenset({("urits-2021", 1), ("urits-2021", 2)}), frozenset({("urits-2021", 3)}))
    assert case.right == {("urits-2021", n) for n in (1, 2, 3)}
    assert case.passage is None
    assert (case.stance, case.style, case.why) == ("mixed", "lay", "both say so")


def test_a_question_about_sentences_of_its_own(tmp_path: Path) -> None:
    sents = ["One (p < 0.05).", "Two.", "Three."]
    row = {"id": "w", "question": "?", "answerable": True, "sents": sents, "evidence": [0, 2], "stance": None}
    (case,) = load_questions(write(tmp_path / "s.jsonl", row), ARTICLE)
    assert case.passage is not None
    document = case.passage.document
    assert document.text == "One (p < 0.05). Two. Three."
    assert [document.text[s.start : s.end] for s in document.sentences] == sents
    assert [s.text for s in document.sentences] == sents
    assert case.gold == (frozenset({(document.id, 1), (document.id, 3)}),)


def test_a_question_about_a_text_beside_the_set(tmp_path: Path) -> None:
    folder = tmp_path / "passages" / "briefs"
    folder.mkdir(parents=True)
    (folder / "x.txt").write_text("Relief lasted 30 minutes. It did not last longer.\n\nThe dose was 70 mg/kg.\n", encoding="utf-8")
    row = GOOD | {"passage": "briefs/x", "gold": [[3]]}
    row.pop("doc")
    path = write(tmp_path / "s.jsonl", row, row | {"id": "q2"})
    first, second = load_questions(path)
    assert first.passage is not None
    assert first.passage is second.passage
    document = first.passage.document
    assert [(s.number, s.paragraph, s.text) for s in document.sentences] == [
        (1, 1, "Relief lasted 30 minutes."),
        (2, 1, "It did not last longer."),
        (3, 2, "The dose was 70 mg/kg."),
    ]
    assert all(document.text[s.start : s.end] == s.text for s in document.sentences)
    assert first.gold == (frozenset({("briefs/x", 3)}),)
    with pytest.raises(CaseError, match="sentence 4 does not exist: briefs/x has 3"):
        load_questions(write(tmp_path / "t.jsonl", row | {"gold": [[4]]}))
    with pytest.raises(CaseError, match="outside"):
        load_questions(write(tmp_path / "u.jsonl", row | {"passage": "../../x"}))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": None}, "id must be a string, not null"),
        ({"id": " "}, "id is empty"),
        ({"question": ""}, "question is empty"),
        ({"answerable": "yes"}, 'answerable must be true or false, not "yes"'),
        ({"answerable": False, "stance": None}, "is not answerable and has gold sentences"),
        ({"gold": []}, "is answerable and has no gold sentence"),
        ({"gold": [[]]}, "a gold set is empty"),
        ({"gold": 14}, "gold must be a list of sets"),
        ({"gold": [14]}, "a gold set must be a list of whole numbers from 1, not 14"),
        ({"gold": [[0]]}, "from 1, not [0]"),
        ({"gold": [[True]]}, "from 1, not [true]"),
        ({"gold": [[2, 2]]}, "names a sentence twice"),
        ({"gold": [[4]]}, "sentence 4 does not exist: urits-2021 has 3"),
        ({"also": [9]}, "sentence 9 does not exist"),
        ({"doc": "other"}, 'the document "other" is not in the corpus (it has urits-2021)'),
        ({"stance": "maybe"}, 'the stance "maybe" is none of supports, opposes, mixed, inconclusive, null'),
        ({"stance": ["mixed"]}, 'the stance ["mixed"] is none of'),
        ({"answerable": False, "gold": []}, 'is not answerable and has the stance "mixed"'),
        ({"sents": ["One.", " "]}, "sents must be a list of sentences"),
        ({"sents": ["One."], "evidence": [1]}, "sentence 2 does not exist"),
        ({"passage": "briefs/none"}, 'the passage "briefs/none" cannot be used'),
    ],
)
def test_a_bad_line_is_quoted_with_file_and_number(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    bad = GOOD | {"id": "q2"} | change
    path = write(tmp_path / "set.jsonl", GOOD, "", bad)
    with pytest.raises(CaseError) as raised:
        load_questions(path, ARTICLE)
    message = str(raised.value)
    assert message.startswith(f"{path}, line 3: ")
    assert reason in message
    assert json.dumps(bad)[:100] in message
    assert (raised.value.path, raised.value.line) == (path, 3)


@pytest.mark.parametrize(
    ("line", "reason"),
    [('{"id": ', "is not JSON"), ("[1]", "is not a JSON object"), (json.dumps(GOOD), 'the id "q1" is that of line 1 too')],
)
def test_a_line_that_is_no_case(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(CaseError, match=reason) as raised:
        load_questions(write(tmp_path / "set.jsonl", GOOD, line))
    assert raised.value.line == 2


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    for key in ("id", "question", "answerable", "doc"):
        row = {k: v for k, v in GOOD.items() if k != key}
        with pytest.raises(CaseError, match=f"has no {key}"):
            load_questions(write(tmp_path / "set.jsonl", row))


def test_files_that_hold_nothing_or_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="holds no cases"):
        load_questions(write(tmp_path / "empty.jsonl", "", "  "))
    with pytest.raises(CaseError, match="cannot be read"):
        load_questions(tmp_path / "absent.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}\n')
    with pytest.raises(CaseError, match=r"latin\.jsonl, line 1: is not UTF-8 \(byte 9 of the line\)"):
        load_questions(tmp_path / "latin.jsonl")


def test_a_line_separator_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    line = json.dumps(GOOD | {"question": "one\u2028two"}, ensure_ascii=False)
    (case,) = load_questions(write(tmp_path / "set.jsonl", line))
    assert case.question == "one\u2028two"


def test_the_written_questions_load_and_share_their_passages(shared: Path) -> None:
    cases = load_questions(shared / "questions" / "written-dev.jsonl")
    assert Counter(case.answerable for case in cases) == {True: 86, False: 86}
    passages = {case.passage.id: case.passage for case in cases if case.passage is not None}
    assert len(passages) == 86
    for passage in passages.values():
        document = passage.document
        assert all(document.text[s.start : s.end] == s.text for s in document.sentences)
    first = next(case for case in cases if case.id == "dev00-007")
    assert first.passage is not None
    assert first.gold == (frozenset({(first.passage.id, 3)}),)


THREAD: dict[str, Any] = {
    "id": "t",
    "doc": "urits-2021",
    "turns": [
        {
            "question": "does it help?",
            "answerable": True,
            "gold": [[1]],
            "also": [],
            "stance": "supports",
            "move": "start",
            "why": "it may",
        },
        {"question": "for how long?", "answerable": True, "gold": [[2]], "also": [], "stance": None, "move": "ellipsis", "why": "24 hours"},
        {"question": "and the price?", "answerable": False, "gold": [], "also": [], "stance": None, "move": "ellipsis", "why": "not said"},
    ],
}


def test_a_thread_is_its_turns_each_with_those_before_it(tmp_path: Path) -> None:
    cases = load_threads(write(tmp_path / "t.jsonl", THREAD), ARTICLE)
    assert [case.id for case in cases] == ["t/1", "t/2", "t/3"]
    assert [case.history for case in cases] == [(), ("does it help?",), ("does it help?", "for how long?")]
    assert [case.style for case in cases] == ["start", "ellipsis", "ellipsis"]
    assert cases[1].right == {("urits-2021", 2)}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"turns": []}, "turns must be questions, and at least one"),
        ({"turns": "q"}, "turns must be a list of questions"),
        ({"turns": [*THREAD["turns"], {"question": " "}]}, "turn 4 gold must be a list"),
        ({"turns": [THREAD["turns"][0] | {"gold": [[9]]}]}, "turn 1 sentence 9 does not exist"),
    ],
)
def test_an_unsound_turn_is_named(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(CaseError) as caught:
        load_threads(write(tmp_path / "t.jsonl", THREAD | change), ARTICLE)
    assert reason in str(caught.value)
