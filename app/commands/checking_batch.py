"""``pincite check --batch``: claims in, verdicts out, a line each, in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pincite.app.answer import Assistant, open_corpus
from pincite.app.claims import Checked
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.settings import Settings

from .answers import answers_to
from .batch import Row, lines_of, read_row
from .console import notify, progress

FINE = frozenset({"supported"})
"""Verdicts that are no finding."""


def check_batch(settings: Settings, batch: str, out: Path | None = None) -> int:
    """Check a file of claims. A line that cannot be used is answered in its place by its error.

    A line with a "text" is judged against that text alone. With ``out`` the results go into that file; those that it has already are kept.

    Returns:
        0 where every claim is supported, 1 where one is not or a line was refused, 2 where no line was usable.
    """
    findings = False
    usable = 0
    with lines_of(batch, "claims") as lines, answers_to(out) as answers:
        with progress() as report:
            assistant = open_corpus(settings, report)
        for notice in assistant.notices:
            notify(notice)
        assistant.check_docs(settings.docs)
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            row = read_row(line, number, "claim")
            result = answers.earlier(number, row.id)
            if result is None:
                result = row.refusal or _checked(assistant, row, settings)
                answers.write(result)
            usable += "error" not in result
            findings |= result.get("verdict") not in FINE
    if not usable:
        notify(f'no usable claim in {batch}: each line must be an object with a text "claim"')
        return 2
    return int(findings)


def _checked(assistant: Assistant, row: Row, settings: Settings) -> dict[str, Any]:
    text = row.fields.get("text")
    try:
        if text is not None and not isinstance(text, str):
            raise UsageError(f'the "text" is {type(text).__name__}, not a text')
        checked: Checked
        if text is None:
            checked = assistant.check(row.text, docs=settings.docs, id=row.id)
        else:
            checked = assistant.check_text(row.text, text, id=row.id)
        return checked.as_json()
    except PinciteError as error:
        return row.error(str(error))
