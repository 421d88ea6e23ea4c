"""``pincite check``: drafts in, what is wrong with them out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pincite.app.answer import Assistant, open_corpus
from pincite.app.draft import policy
from pincite.app.draft.check import check_draft
from pincite.app.draft.findings import DraftReport
from pincite.app.draft.reading import ReadDraft, read_draft
from pincite.ingest.errors import UsageError
from pincite.ingest.settings import Settings

from .console import notify, output, print_json, progress

STDIN = "-"
_STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class Checking:
    """How drafts are checked and shown: the options of ``pincite check``."""

    as_json: bool = False
    as_markdown: bool = False
    quiet: bool = False
    fail_on: Sequence[str] = ()
    html: Path | None = None
    sarif: Path | None = None
    docx: Path | None = None
    accept: str | None = None
    reason: str = ""


def check(settings: Settings, paths: Sequence[str], how: Checking) -> int:
    """Check drafts, one after another.

    Returns:
        0 where nothing is wrong; 1 where something is that fails a draft, or a draft could not be read while others could.

    Raises:
        UsageError: no draft could be read, or an option cannot be meant.
    """
    if len(paths) > 1 and (how.html or how.docx or how.accept):
        raise UsageError(f"{len(paths)} drafts are given; --html, --docx and --accept take one at a time")
    if how.docx and not paths[0].lower().endswith(".docx"):
        raise UsageError(f"--docx makes a copy of a Word draft with comments, and {paths[0]} is none; use --html FILE")
    policies = {path: policy.fail_on(_file(path), how.fail_on) for path in paths}
    drafts, refused = _read(paths)
    with progress() as bar:
        assistant = open_corpus(settings, bar)
        reports = []
        for path, draft in drafts:
            report, notices = policy.accept(check_draft(assistant, draft, docs=settings.docs, progress=bar), _accepted(path))
            reports.append((path, draft, replace(report, notices=(*report.notices, *notices))))
    for notice in assistant.notices:
        notify(notice)
    if how.accept is not None:
        return _accept(*reports[0][::2], how)
    for _, draft, report in reports:
        if how.sarif != _STDOUT:
            _show(report, how, several=len(paths) > 1)
        _write(assistant, draft, report, how, paths[0])
    if how.sarif:
        from pincite.app.draft.sarif import sarif

        log = sarif([report for *_, report in reports])
        if how.sarif == _STDOUT:
            print_json(log)
        else:
            _save(how.sarif, json.dumps(log, ensure_ascii=False, indent=2) + "\n")
    wrong = any(policy.failing(report, policies[path]) for path, _, report in reports)
    return int(wrong or refused)


def _read(paths: Sequence[str]) -> tuple[list[tuple[str, ReadDraft]], bool]:
    """The drafts that can be read, and whether one could not: it is named, and the others go through."""
    drafts: list[tuple[str, ReadDraft]] = []
    errors: list[UsageError] = []
    for path in paths:
        try:
            drafts.append((path, read_draft(path)))
        except UsageError as error:
            errors.append(error)
    if not drafts:
        raise errors[0]
    for refusal in errors:
        notify(str(refusal))
    return drafts, bool(errors)


def _show(report: DraftReport, how: Checking, *, several: bool) -> None:
    if how.as_json:
        for notice in report.notices:
            notify(notice)
        print_json(report.as_json(), indent=None if several else 2)
    elif how.as_markdown:
        from pincite.app.draft.markdown import report_markdown

        print(report_markdown(report), end="")
    else:
        from pincite.app.draft.terminal import print_report

        console = output()
        if several:
            console.print(report.name, style="bold", soft_wrap=True)
        print_report(console, report, quiet=how.quiet)
        if several and not how.quiet:
            console.print()


def _write(assistant: Assistant, draft: ReadDraft, report: DraftReport, how: Checking, path: str) -> None:
    if how.html:
        from pincite.app.draft.html import report_html

        _save(how.html, report_html(report, assistant.documents, draft))
    if how.docx:
        from pincite.app.draft.docx_comments import write_commented

        for notice in write_commented(Path(path), draft, report, how.docx):
            notify(notice)


def _accept(path: str, report: DraftReport, how: Checking) -> int:
    """Keep a finding of a draft as accepted, with the reason."""
    if path == STDIN:
        raise UsageError("what is accepted is kept in a file beside the draft: give the draft as a file")
    item = policy.choose(report, how.accept or "")
    target = policy.accepted_file(Path(path))
    policy.write_acceptance(target, item, how.reason)
    print(f"accepted in {target}: {item.name}: {' '.join(item.text.split())}", file=sys.stderr)
    return 0


def _file(path: str) -> Path | None:
    return None if path == STDIN else Path(path)


def _accepted(path: str) -> tuple[policy.Acceptance, ...]:
    file = _file(path)
    return policy.read_accepted(policy.accepted_file(file)) if file else ()


def _save(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another place for it") from error
