"""How answers look outside the page: a terminal (rich, colour only where there is one) and Markdown.

Everything quoted or typed is untrusted: control characters are shown as spaces, Rich markup is never read, Markdown's own signs are
escaped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from pincite.ingest.text import Document
from rich.console import Console
from rich.text import Text

from .claims import Answer, Citation, Found
from .compose import count
from .gate import WITHHELD
from .labels import label_line

DISCLAIMER = "Not medical advice."
STANCE_STYLES: Mapping[str, str] = {"supports": "green", "opposes": "red", "mixed": "yellow", "inconclusive": "yellow"}
_WIDTH = 92
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")


def plain(text: str) -> str:
    """Text that cannot move a terminal: control, format and surrogate characters become spaces."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text)


def markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = _MARKDOWN.sub(r"\\\1", plain(text).replace("&", "&amp;"))
    # A zero-width joiner keeps an address from becoming a link, a backslash a number from becoming a list.
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", escaped.replace("://", ":\u200d//").replace("www.", "www\u200d."))


def print_answer(console: Console, answer: Answer, documents: Mapping[str, Document]) -> None:
    """Print an answer as in the design: headline and stance, quotes with their numbers, where they stand, what was searched."""
    for notice in _before(answer, documents):
        console.print(Text(plain(notice), style="bold"), soft_wrap=True)
    if answer.resolved and answer.resolved != answer.question:
        console.print(Text(f"Understood as: {plain(answer.resolved)}", style="dim"), soft_wrap=True)
    line = Text(plain(answer.headline), style="bold")
    if answer.stance:
        line.append(" " * max(4, min(_WIDTH, console.width) - len(line) - len(answer.stance)))
        line.append(answer.stance, style=STANCE_STYLES[answer.stance])
    console.print(line, soft_wrap=True)
    console.print()
    for said in statements(answer):
        _hang(console, " ", Text(plain(said)))
    if statements(answer):
        console.print()
    for citation in answer.citations:
        _quote(console, citation, answer.stance)
    if answer.citations:
        console.print()
        for doc in dict.fromkeys(c.doc for c in answer.citations):
            console.print(
                Text("     " + plain(_where(documents[doc], [c.sentence for c in answer.citations if c.doc == doc])), style="dim"),
                soft_wrap=True,
            )
    elif answer.status == "no_evidence" and answer.retrieved:
        console.print(Text("Nearest sentences, and what they lack:"))
        for found in answer.retrieved[:3]:
            _nearest(console, found, documents)
        for doc in dict.fromkeys(f.doc for f in answer.retrieved[:3]):
            numbers = [f.sentence for f in answer.retrieved[:3] if f.doc == doc]
            console.print(Text("     " + plain(_where(documents[doc], numbers)), style="dim"), soft_wrap=True)
    for notice in (n for n in answer.notices if n.startswith(WITHHELD)):
        _hang(console, "     ", Text(plain(notice), style="dim"))
    console.print(Text(f"{searched_line(answer)}  {DISCLAIMER}", style="dim"), soft_wrap=True)


def statements(answer: Answer) -> list[str]:
    """What a language model said and may say, with its marks; empty without one."""
    quotes = {c.quote for c in answer.citations}
    said = [claim for claim in answer.claims if claim.text not in quotes]
    return [f"{claim.text} {''.join(f'[{n}]' for n in claim.citations)}" for claim in said]


def _before(answer: Answer, documents: Mapping[str, Document]) -> Sequence[str]:
    known = tuple(f"{doc}: " for doc in documents)
    return [n for n in answer.notices if not n.startswith((*known, WITHHELD))]


def _quote(console: Console, citation: Citation, overall: str | None) -> None:
    text = Text(plain(citation.quote))
    if citation.stance and citation.stance != overall:
        text.append(f"  ({citation.stance})", style=STANCE_STYLES[citation.stance])
    _hang(console, f" [{citation.n}] ", text)


def _nearest(console: Console, found: Found, documents: Mapping[str, Document]) -> None:
    _hang(console, "     ", Text(plain(documents[found.doc].sentence(found.sentence).text)))
    lacks = f"; lacks: {plain(found.lacks)}" if found.lacks else ""
    _hang(console, "     ", Text(f"{plain(found.doc)}, sentence {found.sentence}{lacks}", style="dim"))


def _hang(console: Console, label: str, text: Text) -> None:
    """Print a text wrapped beside a label, without trailing spaces."""
    width = max(20, min(_WIDTH, console.width) - len(label))
    for number, line in enumerate(text.wrap(console, width)):
        line.rstrip()
        console.print(Text(label if number == 0 else " " * len(label), style="bold cyan") + line, soft_wrap=True)


def _where(document: Document, numbers: Sequence[int]) -> str:
    source = document.source
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][-1] + 1 == number:
            spans[-1].append(number)
        else:
            spans.append([number])
    shown = ", ".join(f"{s[0]}-{s[-1]}" if len(s) > 1 else str(s[0]) for s in spans)
    parts = [
        f"{source.id}, sentence{'s' if len(numbers) > 1 else ''} {shown}",
        source.type or "",
        str(source.year) if source.year else "year not recorded",
        label_line(document, numbers),
    ]
    return " · ".join(p for p in parts if p)


def answer_markdown(answer: Answer, documents: Mapping[str, Document]) -> str:
    """An answer as Markdown: notices, headline, quotes with stance and address; where nothing answers, what the nearest lack."""
    lines = [f"**{markdown(answer.question)}**", "", *(f"*{markdown(notice)}*\n" for notice in _before(answer, documents))]
    lines += [markdown(answer.headline) + (f" ({answer.stance})" if answer.stance else ""), ""]
    lines += [line for said in statements(answer) for line in (markdown(said), "")]
    for citation in answer.citations:
        stance = f" ({citation.stance})" if citation.stance else ""
        where = f"{markdown(citation.doc)}, sentence {citation.sentence}"
        lines += [f"> {markdown(citation.quote)} [{citation.n}]{stance}", ">", f"> {where}", ""]
    for found in answer.retrieved[:3] if answer.status == "no_evidence" else ():
        quote = markdown(documents[found.doc].sentence(found.sentence).text)
        lacks = f"; lacks: {markdown(found.lacks)}" if found.lacks else ""
        lines += [f"> Nearest: {quote}", ">", f"> {markdown(found.doc)}, sentence {found.sentence}{lacks}", ""]
    before = set(_before(answer, documents))
    lines += [f"- {markdown(notice)}" for notice in answer.notices if notice not in before]
    lines += ["", f"{searched_line(answer)} {DISCLAIMER}"]
    return "\n".join(lines) + "\n"


def searched_line(answer: Answer) -> str:
    """``Searched 1 document, 18 sentences.``"""
    return f"Searched {count(answer.searched.documents, 'document')}, {count(answer.searched.sentences, 'sentence')}."


def print_found(console: Console, found: Sequence[Found], documents: Mapping[str, Document]) -> None:
    """Print ranked sentences, one block each."""
    for rank, item in enumerate(found, start=1):
        _hang(console, f"{rank:>3}. ", Text(plain(documents[item.doc].sentence(item.sentence).text)))
        console.print(Text(f"     {plain(item.doc)}, sentence {item.sentence}  {item.score:.6f}", style="dim"), soft_wrap=True)
