"""The Check tab: a draft goes in as text or as a file, its progress and then its page come out. Nothing of a draft is kept.

The page of the draft is the file that ``pincite check --html`` writes, in a frame that may run its own script and nothing more. An
uploaded file is deleted as soon as it was read.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from markupsafe import Markup
from pincite.ingest.errors import PinciteError
from pincite.ingest.text import Document

from .marks import shape
from .view import sentence

if TYPE_CHECKING:
    from ..answer import Assistant
    from ..draft.blocks import ReadDraft

log = logging.getLogger(__name__)

EMPTY = "There is nothing to check. Paste a draft, or choose a file."
BROKEN = "Something went wrong while checking, and it has been written to the program's log. Please try again."
PASTED = "Pasted draft"
MOST_BYTES = 50_000_000
"""Bytes of the largest file that a browser may send."""
_EVERY = 0.25
"""Seconds between two reports of progress."""


class _Left(Exception):
    """The visitor went away, or started another check: nobody waits for this one."""


def check_text(assistant: Assistant, text: str | None, docs: Sequence[str] = ()) -> Iterator[Markup]:
    """Check a draft that was pasted: progress, then its page or why there is none. Never raises for what is in the text."""

    def read() -> ReadDraft:
        from ..draft.reading import draft_from_text

        return draft_from_text((text or "").replace("\r\n", "\n"), PASTED)

    if not (text or "").strip():
        yield refused(EMPTY)
        return
    yield from _checked(assistant, read, docs)


def check_file(assistant: Assistant, path: str | None, docs: Sequence[str] = ()) -> Iterator[Markup]:
    """Check a draft that was uploaded, and delete the upload: progress, then its page or why there is none. Never raises for the file."""

    def read() -> ReadDraft:
        from ..draft.reading import read_bytes

        assert path is not None
        file = Path(path)
        try:
            return read_bytes(file.read_bytes(), file.name, file.suffix.lower())
        finally:
            shutil.rmtree(file.parent, ignore_errors=True)  # the folder is this one upload's own

    if path is None:
        yield refused(EMPTY)
        return
    yield from _checked(assistant, read, docs)


def _checked(assistant: Assistant, read: Callable[[], ReadDraft], docs: Sequence[str]) -> Iterator[Markup]:
    """Check in a thread of its own, so that its progress can be told meanwhile."""
    told: SimpleQueue[tuple[int, int] | Markup] = SimpleQueue()
    left = Event()

    def work() -> None:
        def report(_: str, done: int, total: int) -> None:
            if left.is_set():
                raise _Left
            told.put((done, total))

        try:
            told.put(_page(assistant, read(), docs, report))
        except _Left:
            return
        except PinciteError as error:
            told.put(refused(sentence(str(error))))
        except Exception:
            log.exception("a draft could not be checked")
            told.put(refused(BROKEN))

    yield working(0, 0)
    Thread(target=work, name="pincite-check", daemon=True).start()
    try:
        shown = monotonic()
        while True:
            news = told.get()
            while not isinstance(news, Markup):  # of several reports that wait the last one says it all
                try:
                    news = told.get_nowait()
                except Empty:
                    break
            if isinstance(news, Markup):
                yield news
                return
            if monotonic() - shown >= _EVERY:
                shown = monotonic()
                yield working(*news)
    finally:
        left.set()


def _page(assistant: Assistant, draft: ReadDraft, docs: Sequence[str], report: Callable[[str, int, int], None]) -> Markup:
    from ..draft.check import check_draft
    from ..draft.html import report_html

    checked = check_draft(assistant, draft, docs=docs, progress=report)
    return framed(report_html(checked, assistant.documents, draft), draft.name)


def start(documents: Mapping[str, Document]) -> Markup:
    """What the empty tab says."""
    first = next(iter(documents.values())).source
    more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
    return Markup(
        '<h2 class="pc-scope">Check a draft against its sources</h2>'
        '<p class="pc-hint">Every claim, citation and quotation of the draft is compared with <cite>{}</cite>{}: what is supported, what'
        " the source says otherwise, what is not there, each with its sentence. The draft is not kept.</p>"
    ).format(first.title, more)


def working(done: int, total: int) -> Markup:
    """How far it is; a total of 0 is not known yet."""
    said = f"Checked {done} of {total} claims" if total else "Reading the draft…"
    bar = Markup('<progress max="{}" value="{}" aria-label="Progress"></progress>').format(total, done) if total else Markup("")
    return Markup('<div class="pc-working" role="status"><p>{}</p>{}</div>').format(said, bar)


def refused(message: str) -> Markup:
    """Why a draft could not be checked."""
    return Markup('<div class="pc-refused" role="alert"><p>{}<span>{}</span></p></div>').format(shape("failed"), message)


def framed(page: str, name: str) -> Markup:
    """The page of a checked draft in a frame, with its download. The frame has no origin: it can reach nothing of the page around it."""
    return Markup(
        '<div class="pc-checked"><div class="pc-checked-bar"><button type="button" data-download>Download</button></div>'
        '<iframe class="pc-report" title="Check of {name}" sandbox="allow-scripts" data-name="{name}" srcdoc="{page}"></iframe></div>'
    ).format(name=name, page=page)
