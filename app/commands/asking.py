"""``pincite ask`` and ``pincite search``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.app.answer import Assistant, failed, open_corpus
from pincite.app.claims import Answer
from pincite.app.render import answer_markdown, print_answer, print_found
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.settings import Settings

from .answers import answers_to
from .batch import lines_of
from .console import notify, output, print_json, progress

if TYPE_CHECKING:
    from pincite.app.llm import LanguageModel

EXIT_OF_STATUS = {"answered": 0, "no_evidence": 0, "failed": 3}


def ask(settings: Settings, question: str, *, as_json: bool, as_markdown: bool, model: LanguageModel | None = None) -> int:
    """Answer one question. A corpus that cannot be looked into is an answer too: ``failed``, exit code 3."""
    question = _valid(question)
    try:
        assistant = _open(settings, model)
        answer = assistant.ask(question, docs=settings.docs)
        documents = assistant.documents
    except UsageError:
        raise
    except PinciteError as error:
        if not as_json:
            raise
        answer, documents = failed(question, error), {}
    if as_json:
        print_json(answer.as_json())
    elif as_markdown:
        print(answer_markdown(answer, documents), end="")
    else:
        print_answer(output(), answer, documents)
    return EXIT_OF_STATUS[answer.status]


def ask_batch(settings: Settings, batch: str, model: LanguageModel | None = None, out: Path | None = None) -> int:
    """Answer a file of questions, a line each, in order. A line that cannot be used is answered in its place by its error.

    With ``out`` the answers go into that file; those that it has already are kept, and count for the exit code.
    """
    worst = usable = 0
    with lines_of(batch, "questions") as lines, answers_to(out) as answers:
        assistant: Assistant | None = None
        broken: PinciteError | None = None
        try:
            assistant = _open(settings, model)
            assistant.check_docs(settings.docs)
        except UsageError:
            raise
        except PinciteError as error:
            broken = error
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            row = _read(line, number)
            answer = answers.earlier(number, row["id"])
            if answer is None:
                answer = row if "error" in row else _answered(assistant, broken, row, settings, number)
                answers.write(answer)
            usable += "error" not in answer
            worst = max(worst, 1 if "error" in answer else EXIT_OF_STATUS[answer["status"]])
    if not usable:
        notify(f'no usable question in {batch}: each line must be an object with a text "question"')
        return 2
    return worst


def search(settings: Settings, text: str, k: int, *, as_json: bool) -> int:
    """Ranked sentences for a text."""
    if k < 1:
        raise UsageError(f"-k is {k}: ask for at least one sentence")
    assistant = _open(settings)
    text = _valid(text)
    found = assistant.search(text, k, docs=settings.docs)
    for notice in assistant.readings(text):
        notify(notice)
    if not as_json:
        print_found(output(), found, assistant.documents)
        return 0
    rows = []
    for item in found:
        sentence = assistant.documents[item.doc].sentence(item.sentence)
        rows.append(
            {
                "doc": item.doc,
                "sentence": item.sentence,
                "score": item.score,
                "start": sentence.start,
                "end": sentence.end,
                "quote": sentence.text,
            }
        )
    print_json({"schema": "pincite.search/1", "query": text, "results": rows})
    return 0


def _open(settings: Settings, model: LanguageModel | None = None) -> Assistant:
    with progress() as report:
        assistant = open_corpus(settings, report, model)
    for notice in assistant.notices:
        notify(notice)
    return assistant


def _answer(assistant: Assistant | None, broken: PinciteError | None, row: dict[str, Any], settings: Settings) -> Answer:
    if assistant is None:
        return failed(row["question"], broken or PinciteError("the corpus could not be opened"), row["id"])
    try:
        return assistant.ask(row["question"], row["history"], docs=settings.docs, id=row["id"])
    except UsageError:
        raise
    except PinciteError as error:
        return failed(row["question"], error, row["id"])


def _answered(
    assistant: Assistant | None, broken: PinciteError | None, row: dict[str, Any], settings: Settings, number: int
) -> Mapping[str, Any]:
    try:
        return _answer(assistant, broken, row, settings).as_json()
    except UsageError as error:
        return {"id": row["id"], "line": number, "error": str(error)}


def _read(line: str, number: int) -> dict[str, Any]:
    """``{"id", "question", "history"}``, or ``{"id", "line", "error"}``."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "line": number, "error": f"not JSON: {error}"}
    if not isinstance(row, dict):
        return {"id": None, "line": number, "error": 'not an object: write {"id": …, "question": …}'}
    id = row.get("id")
    if isinstance(id, (dict, list)):
        return {"id": None, "line": number, "error": f"the id {json.dumps(id)[:80]} is no text or number"}
    id = _valid(id) if isinstance(id, str) else id
    if not isinstance(row.get("question"), str):
        return {"id": id, "line": number, "error": 'no text "question" in the line'}
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        return {"id": id, "line": number, "error": 'the "history" is no list of texts: give the earlier questions, oldest first'}
    return {"id": id, "question": _valid(row["question"]), "history": [_valid(earlier) for earlier in history]}


def _valid(text: str) -> str:
    """Bytes of the command line that are not text cannot be written back as text: they become replacement characters."""
    return text.encode("utf-8", "replace").decode("utf-8")
