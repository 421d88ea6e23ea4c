"""The command line as a user runs it: output, messages and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pincite.app.cli import main

FIRST = "does IV magnesium help migraine?"


def test_ask_prints_the_answer_its_stance_and_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", FIRST]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Unclear.")
    assert out.splitlines()[0].endswith("inconclusive")
    assert "[1] Similarly, conflicting studies" in out
    assert "urits-2021, sentences 14-15" in out
    assert "news summary of a review · 2021" in out
    assert "Searched 1 document, 18 sentences.  Not medical advice." in out
    assert "\x1b[" not in out


def test_ask_json_is_the_contract_and_alone_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", FIRST, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == [
        "schema",
        "id",
        "question",
        "resolved",
        "status",
        "stance",
        "answer",
        "claims",
        "citations",
        "retrieved",
        "notices",
        "provenance",
    ]
    assert answer["schema"] == "pincite.answer/1"
    assert list(answer["citations"][0]) == ["n", "doc", "sentence", "start", "end", "quote", "stance"]
    assert list(answer["provenance"]) == ["version", "corpus", "encoder", "checker", "model"]
    assert all(answer["provenance"][key] for key in ("version", "corpus", "encoder", "checker"))


def test_no_evidence_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "does oral magnesium help migraine?"]) == 0
    assert "Not in these articles." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", ""], "empty"),
        (["ask", "a" * 100_000], "100000 characters"),
        (["ask"], "--batch"),
        (["ask", "x", "--batch", "y"], "either"),
        (["search", "x", "-k", "0"], "-k is 0"),
    ],
)
def test_wrong_usage_is_2_and_says_why(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert len(captured.err.splitlines()) == 1


def test_a_batch_keeps_its_order_and_answers_bad_lines_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "questions.jsonl"
    lines = [
        json.dumps({"id": "a", "question": FIRST}),
        "not json",
        '{"id": "c"}',
        '{"id": "d", "question": " "}',
        '{"id": "e", "question": "zinc?"}',
    ]
    batch.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "c", "d", "e"]
    assert [row.get("line") for row in rows] == [None, 2, 3, 4, None]
    assert rows[0]["status"] == "answered"


def test_a_batch_gives_what_single_questions_give(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text(json.dumps({"id": None, "question": FIRST}) + "\n", encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--json"]) == 0
    in_batch = json.loads(capsys.readouterr().out)
    assert main(["ask", FIRST, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == in_batch


def test_a_thread_in_a_batch_is_read_and_how_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "q.jsonl"
    lines = [
        {"id": "alone", "question": FIRST},
        {"id": "empty", "question": FIRST, "history": []},
        {"id": "thread", "question": "what about CRPS?", "history": [FIRST]},
        {"id": "no list", "question": "what about CRPS?", "history": FIRST},
        {"id": "no text", "question": "what about CRPS?", "history": [1]},
    ]
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--json"]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer.get("resolved") for answer in answers[:2]] == [None, None]
    assert answers[2]["resolved"] == "Does intravenous magnesium help complex regional pain syndrome?"
    assert 8 in [citation["sentence"] for citation in answers[2]["citations"]]
    assert all("history" in answer["error"] for answer in answers[3:])


def test_a_batch_of_nothing_usable_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text("{}\n", encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--json"]) == 2
    assert main(["ask", "--batch", str(tmp_path / "absent.jsonl"), "--json"]) == 2


def test_an_index_that_cannot_be_used_is_a_failed_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "nowhere")
    assert main(["ask", FIRST, "--index", missing, "--json"]) == 3
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer["status"] == "failed"
    assert missing in answer["answer"]
    assert main(["ask", FIRST, "--index", missing]) == 3
    assert missing in capsys.readouterr().err


def test_search_prints_ranked_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "postherpetic neuralgia", "-k", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["results"]
    assert len(found) == 3
    assert found[0]["sentence"] == 17
    assert main(["search", "postherpetic neuralgia", "-k", "1"]) == 0
    assert "sentence 17" in capsys.readouterr().out


def test_corpus_list_and_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "list"]) == 0
    assert "urits-2021" in capsys.readouterr().out
    assert main(["corpus", "show", "urits-2021", "--text"]) == 0
    text = capsys.readouterr().out
    assert main(["corpus", "show", "urits-2021", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["sentences"]) == 18
    assert all(text[s["start"] : s["end"]] == s["text"] for s in document["sentences"])
    assert main(["corpus", "show", "nobody"]) == 2
    assert "'nobody'" in capsys.readouterr().err


def test_doc_limits_the_search_and_names_what_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", FIRST, "--doc", "urits-2021"]) == 0
    assert main(["ask", FIRST, "--doc", "nobody"]) == 2
    assert "'nobody'" in capsys.readouterr().err


def test_ingest_into_a_named_index_then_ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "zinc.txt").write_text("Zinc lozenges shortened colds by two days in adults.\n", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    index = str(tmp_path / "index")
    assert main(["ingest", str(folder), "--index", index]) == 1
    captured = capsys.readouterr()
    assert "1 added" in captured.out
    assert "empty.txt" in captured.err
    assert main(["ask", "By how much did zinc lozenges shorten colds?", "--index", index, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["citations"][0]["doc"] == "zinc"


def test_markup_in_a_question_stays_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "[bold]does[/bold] \x1b[31mmagnesium help migraine?", "--markdown"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_bytes_that_are_not_text_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "migraine \udcff\udcfe?", "--json"]) == 0
    json.loads(capsys.readouterr().out)


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("pincite ")


def test_markdown_begins_with_the_notices(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "my father took 20 magnesium tablets for migraine", "--markdown"]) == 0
    out = capsys.readouterr().out
    assert out.index("emergency number") < out.index("Searched")
    assert out.splitlines()[2].startswith("*If someone is in danger")


def test_ids_come_back_as_they_went_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_bytes(b"\xef\xbb\xbf" + b'{"id": 7, "question": "zinc?"}\n{"id": {"a": 1}, "question": "zinc?"}\n')
    assert main(["ask", "--batch", str(batch), "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0]["id"] == 7
    assert "no text or number" in rows[1]["error"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said_in_one_line() -> None:
    command = [sys.executable, "-m", "pincite.app.cli", "ask", FIRST]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_number_alone_can_be_searched_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "80%", "-k", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["sentence"] == 12
