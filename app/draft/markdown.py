"""A checked draft as Markdown: the outcome, then what needs a look, then what was accepted, then the rest in a table's few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pincite.app.claims import Checked
from pincite.app.compose import count
from pincite.app.render import DISCLAIMER, markdown

from .findings import DraftReport
from .listing import WORDS, Item, address, counts, headline, items, reason_line, words_between

_CLAIM = 300
"""Characters of a claim that its heading shows."""


def report_markdown(report: DraftReport) -> str:
    """The report. Everything that comes from the draft or from a document is shown as it is and never read as Markdown."""
    listed = items(report)
    lines = [f"# Check of {markdown(report.name)}", "", f"**{headline(listed)}**", ""]
    for kind, heading in (("claim", "Claims"), ("citation", "Citations and quotations")):
        found = counts(listed, "claim" if kind == "claim" else "citation")
        if found:
            lines.append(f"- {heading}: " + ", ".join(f"{number} {WORDS[name]}" for name, number in found.items()))
    lines += [f"- {markdown(notice)}" for notice in report.notices]
    lines += _group("Needs a look", [item for item in listed if item.open])
    lines += _group("Accepted", [item for item in listed if item.accepted is not None])
    settled = [item for item in listed if item.settled]
    if settled:
        lines += ["", f"## Nothing wrong ({len(settled)})", ""]
        lines += [f"- {item.n}\\. {WORDS[item.name]}: {markdown(_short(item.text))}{_where(item)}" for item in settled]
    made = report.provenance
    by = ", ".join(f"{name} {markdown(value)}" for name, value in made.as_json().items() if value)
    text = "\n".join([*lines, "", f"{DISCLAIMER} Made by: {by}."]) + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def _group(heading: str, listed: Sequence[Item]) -> Iterator[str]:
    if not listed:
        return
    yield from ("", f"## {heading} ({len(listed)})")
    for item in listed:
        yield from ("", f"### {item.n}\\. {WORDS[item.name]}: {markdown(_short(item.text))}", "", markdown(item.meaning), "")
        yield from _details(item)


def _details(item: Item) -> Iterator[str]:
    if item.beside is not None and len(item.text) < len(item.beside):
        yield f"- it stands with: {markdown(_short(item.beside))}"
    if item.accepted is not None:
        yield from (f"- Accepted: {markdown(item.accepted)}",)
    yield from (f"- {markdown(reason_line(reason))}" for reason in item.reasons)
    for place in item.evidence:
        yield from ("", f"> {markdown(place.quote)}", ">", f"> {markdown(address(place))}")
    if isinstance(item.subject, Checked):
        if item.name == "not_found":
            searched = item.subject.searched
            looked = f"Searched {count(searched.documents, 'document')}, {count(searched.sentences, 'sentence')}."
            yield from ("", looked + (" The nearest sentences, and what they lack:" if item.nearest else ""))
        for place in item.nearest:
            lacks = f"; lacks: {markdown(place.lacks)}" if place.lacks else ""
            yield from ("", f"> {markdown(place.quote)}", ">", f"> {markdown(address(place))}{lacks}")
    elif item.name == "altered" and item.suggested:
        signs = {"same": "{}", "draft": "~~{}~~", "source": "**{}**"}
        stretches = words_between(item.text, item.suggested.quote)
        yield "Word by word (struck out: the draft alone; bold: the source alone): " + " ".join(
            signs[side].format(markdown(words)) for side, words in stretches
        )
    elif item.subject.difference:
        yield f"- difference: {markdown(item.subject.difference)}"
    if item.suggested:
        yield from ("", f"> {markdown(item.suggested.quote)}", ">", f"> {markdown(address(item.suggested))}")


def _where(item: Item) -> str:
    if item.evidence:
        return f" ({markdown(address(item.evidence[0]))})"
    return f" ({markdown(address(item.suggested))})" if item.suggested else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _CLAIM else f"{text[: _CLAIM - 1]}…"
