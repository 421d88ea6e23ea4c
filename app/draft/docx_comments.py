"""A copy of a Word draft with comments on what needs a look. The text, its formatting and everything else in the file stay as they are.

A comment is put around whole runs, so runs are split at the borders of a claim, both halves formatted as before. Word takes no comments in
footnotes: those stand at the footnote's mark, and quote its text.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_left, bisect_right
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.app.render import DISCLAIMER
from pincite.ingest.errors import UsageError

from .blocks import ReadDraft
from .findings import DraftReport
from .listing import WORDS, Item, explain, headline, items

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

AUTHOR, INITIALS = "Pincite", "P"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for."""
_ONE = ("br", "cr", "tab", "ptab", "noBreakHyphen")
"""The children of a run that are one character of its text, as a draft is read."""


def write_commented(source: Path, draft: ReadDraft, report: DraftReport, target: Path) -> tuple[str, ...]:
    """Write the copy; what could not be placed is said in the notices that are returned.

    Args:
        source: the Word file that was checked. It is not changed.
        draft: what was read from it.
        report: what was found in it.
        target: the copy to write; must not be ``source``.

    Raises:
        UsageError: the source is no Word file or cannot be read, or the target is the source or cannot be written.
    """
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError(f"{target}: is the draft itself; name another file for the commented copy")
    try:
        data = source.read_bytes()
    except OSError as error:
        raise UsageError(f"{source}: cannot be read ({error.strerror})") from error
    copy, notices = commented(data, draft, report)
    try:
        target.write_bytes(copy)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}); choose another place for the commented copy") from error
    return notices


def commented(data: bytes, draft: ReadDraft, report: DraftReport) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of the commented copy of a Word file, and notices. The same draft and report give the same bytes.

    Raises:
        UsageError: the draft is no Word file, or a damaged one.
    """
    import docx

    if draft.kind != "docx":
        raise UsageError(f"{draft.name}: only a .docx can be copied with comments; ask for Markdown or HTML instead")
    try:
        word = docx.Document(BytesIO(data))
        spans = _spans(word, draft)
    except Exception as error:  # a damaged package fails in as many ways as it has parts
        raise UsageError(f"{draft.name}: no comments can be put into it ({type(error).__name__}: {error})") from error
    if not spans:
        return data, (f"{draft.name}: has no text outside of its notes, so no comment could be put into it",)
    listed = items(report)
    shown = [item for item in listed if not item.settled]
    for at in sorted({at for item in shown for at in (item.start, item.end)}):
        _cut(spans, at)
    # Ranges are set before any is marked: marks come between runs, and the runs stay what they are.
    _comment(word, spans[0].run, spans[0].run, f"{headline(listed)} {DISCLAIMER}")
    notices = []
    for item in shown:
        runs = _runs_of(item.start, item.end, spans)
        if runs:
            _comment(word, runs[0], runs[-1], _words(item))
            continue
        note = next((note for note in draft.notes if note.start <= item.start < note.end), None)
        before = bisect_right(spans, note.at, key=lambda span: span.start) - 1 if note else 0
        run = spans[max(0, before)].run
        _comment(word, run, run, _words(item, quoted=True))
        if note is None:
            notices.append(f"{draft.name}: “{' '.join(item.text.split())[:80]}” has no place of its own: its comment stands at the start")
    buffer = BytesIO()
    word.save(buffer)
    return _without_clock(buffer.getvalue()), tuple(notices)


@dataclass(slots=True)
class _Span:
    """A run of the body, and the stretch of the draft's text that it holds.

    The text of a box that floats over the page is held by the run that the box hangs on, ``whole``: no comment can go into the box.
    """

    start: int
    end: int
    run: Any
    whole: bool


def _spans(word: WordDocument, draft: ReadDraft) -> list[_Span]:
    from docx.oxml.ns import qn

    runs = list(word.element.iter(qn("w:r")))
    spans: list[_Span] = []
    for read in draft.runs:
        if read.part != "document" or read.end == read.start:
            continue
        run, whole = runs[read.index], False
        for above in list(run.iterancestors()):
            if above.tag == qn("w:txbxContent"):
                run, whole = next(a for a in above.iterancestors() if a.tag == qn("w:r")), True
        if spans and spans[-1].run is run and spans[-1].end == read.start:
            spans[-1].end = read.end  # the mark of a note stands within the run
        else:
            spans.append(_Span(read.start, read.end, run, whole))
    return spans


def _runs_of(start: int, end: int, spans: list[_Span]) -> list[Any]:
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, end, key=lambda span: span.start)
    return [span.run for span in spans[first:last]]


def _cut(spans: list[_Span], at: int) -> None:
    """Split the run that goes on over this offset, so that it ends there and a new one begins."""
    n = bisect_right(spans, at, key=lambda span: span.start) - 1
    if n < 0 or spans[n].whole or not spans[n].start < at < spans[n].end:
        return
    span = spans[n]
    new = _split(span.run, at - span.start)
    spans.insert(n + 1, _Span(at, span.end, new, False))
    span.end = at


def _split(run: Any, at: int) -> Any:
    """Move what a run holds after ``at`` characters into a new run behind it, formatted alike; returns the new one."""
    from docx.oxml.ns import qn

    new = deepcopy(run)
    for child in list(new):
        if child.tag != qn("w:rPr"):
            new.remove(child)
    run.addnext(new)
    one, letters, position = {qn(f"w:{name}") for name in _ONE}, qn("w:t"), 0
    for child in list(run):
        if child.tag == qn("w:rPr"):
            continue
        content = (child.text or "") if child.tag == letters else ""
        length = 1 if child.tag in one else len(content)
        if position >= at:
            new.append(child)
        elif position + length > at:
            rest = deepcopy(child)
            child.text, rest.text = content[: at - position], content[at - position :]
            for half in (child, rest):
                half.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            new.append(rest)
        position += length
    return new


def _comment(word: WordDocument, begin: Any, end: Any, text: str) -> None:
    from docx.oxml.ns import qn
    from docx.text.run import Run

    runs = [Run(begin, word), Run(end, word)]  # marking a range asks a run for its element alone
    comment = word.add_comment(runs, _ILLEGAL.sub(" ", text), AUTHOR, INITIALS)
    comment._comment_elm.attrib.pop(qn("w:date"), "")  # the same draft gives the same file whenever it is checked


def _words(item: Item, quoted: bool = False) -> str:
    accepted = " (accepted)" if item.accepted is not None else ""
    of = f": “{item.text}”" if quoted else ""
    return "\n".join([f"{item.n}. {WORDS[item.name].capitalize()}{accepted}{of}", *explain(item)])


def _without_clock(package: bytes) -> bytes:
    """The package with every entry dated as the zip format's first day."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
