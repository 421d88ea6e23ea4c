"""A checked draft on a terminal: a claim a line in the order of the draft, its verdict first, what is wrong in full, then a count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pincite.app.claims import Checked, Place, Reason
from pincite.app.compose import count
from pincite.app.render import DISCLAIMER, plain
from rich.console import Console
from rich.text import Text

from .findings import Cited, DraftReport, Suggestion
from .listing import WORDS, Item, counts, items

STYLES = {
    "contradicted": "bold red",
    "fabricated": "bold red",
    "altered": "bold red",
    "misattributed": "bold red",
    "partly": "bold yellow",
    "not_found": "bold yellow",
    "unchecked": "bold yellow",
    "not_supporting": "bold yellow",
    "unknown_source": "bold yellow",
    "supported": "green",
    "ok": "green",
}
_COLUMN = max(map(len, WORDS.values())) + 2
_WIDTH = 100
_Address = Callable[[Place | Suggestion], str]


def print_report(console: Console, report: DraftReport, *, quiet: bool = False) -> None:
    """Print a report. ``quiet`` leaves out what is supported, what was accepted, and the count."""
    listed = items(report)
    address = _addresses(report)
    place = "paragraph" if report.name.lower().endswith(".docx") else "line"
    for item in listed:
        # A mark that is in order is no news beside the claim that it stands with.
        if (quiet and not item.open) or (item.kind == "citation" and item.settled):
            continue
        _print_item(console, report, item, address, place)
    if quiet:
        return
    if listed:
        console.print()
    for notice in report.notices:
        console.print(Text(plain(notice)), soft_wrap=True)
    console.print(Text(_summary(report, listed), style="dim"), soft_wrap=True)


def _print_item(console: Console, report: DraftReport, item: Item, address: _Address, place: str) -> None:
    line = Text(" ".join(plain(item.text).split()))
    if item.accepted is None and not item.settled:
        line.append(f"  ({place} {report.text.count(chr(10), 0, item.start) + 1})", style="dim")
    elif isinstance(item.subject, Checked) and item.evidence:
        line.append(f"  {address(item.evidence[0])}", style="dim")
    _hang(console, Text(WORDS[item.name].ljust(_COLUMN), style=STYLES[item.name]), line)
    if item.accepted is not None:
        _hang(console, Text(" " * _COLUMN), Text(f"accepted: {plain(item.accepted)}", style="dim"))
    elif not item.settled:
        for detail, style in _details(item, address):
            _hang(console, Text(" " * _COLUMN), Text(" ".join(plain(detail).split()), style=style))


def _details(item: Item, address: _Address) -> Iterator[tuple[str, str]]:
    """The lines below a finding, with their style: what differs, then the sentences."""
    deciding = [*item.evidence[:2], *item.nearest[:1]]
    if isinstance(item.subject, Cited):
        yield item.meaning, ""
        if item.suggested:
            yield f"{address(item.suggested)} {item.suggested.quote}", "dim"
        return
    for reason in item.reasons:
        yield _reason(reason) + (f" {address(deciding[0])}" if deciding and reason.kind != "quote" else ""), ""
    if not item.reasons:
        yield item.meaning, ""
    for notice in item.subject.notices if isinstance(item.subject, Checked) else ():
        yield notice, ""
    for place in item.evidence[:2]:
        yield f"{address(place)} {place.quote}", "dim"
    for place in item.nearest[:1]:
        yield f"nearest: {address(place)} {place.quote}" + (f" (lacks: {place.lacks})" if place.lacks else ""), "dim"


def _reason(reason: Reason) -> str:
    """``time: 3 hours ≠ 30 minutes``."""
    kind = reason.kind.replace("_", " ")
    if not reason.source:
        return f"{kind}: {reason.claim}: not in the source"
    return f"{kind}: {reason.claim} ≠ {reason.source}" if reason.claim else f"{kind}: the source has {reason.source}"


def _addresses(report: DraftReport) -> _Address:
    """``[3]`` where only one document comes up, else ``[urits-2021:3]``."""
    docs = {p.doc for c in report.claims for p in (*c.supporting, *c.contradicting, *c.nearest)}
    docs |= {c.suggested.doc for c in report.citations if c.suggested}
    single = len(docs) < 2
    return lambda place: f"[{place.sentence}]" if single else f"[{place.doc}:{place.sentence}]"


def _summary(report: DraftReport, listed: Sequence[Item]) -> str:
    parts = []
    for kind, name in (("claim", "claim"), ("citation", "citation or quotation")):
        found = counts(listed, "claim" if kind == "claim" else "citation")
        total = sum(found.values())
        if total:
            many = name if total == 1 else name.replace("citation or quotation", "citations and quotations").replace("claim", "claims")
            parts.append(f"{total} {many}: " + ", ".join(f"{n} {WORDS[k]}" for k, n in found.items()) + ".")
    if report.claims:
        searched = report.claims[0].searched
        parts.append(f"Searched {count(searched.documents, 'document')}, {count(searched.sentences, 'sentence')}.")
    return "  ".join([*parts, DISCLAIMER])


def _hang(console: Console, label: Text, text: Text) -> None:
    """A label and a text beside it; on a terminal wrapped there, in a pipe on one line, for tools that read lines."""
    if not console.is_terminal:
        line = label + text
        line.rstrip()
        console.print(line, soft_wrap=True)
        return
    width = max(20, min(_WIDTH, console.width) - len(label))
    for number, part in enumerate(text.wrap(console, width)):
        part.rstrip()
        console.print((label if number == 0 else Text(" " * len(label))) + part, soft_wrap=True)
