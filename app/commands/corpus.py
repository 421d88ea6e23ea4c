"""``pincite ingest`` and ``pincite corpus``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pincite.app.render import plain
from pincite.ingest.errors import UsageError
from pincite.ingest.index import Index, ingest_paths, open_index
from pincite.ingest.settings import Settings
from pincite.ingest.text import Document
from rich.table import Table
from rich.text import Text

from .console import notify, output, print_json, progress


def ingest(settings: Settings, paths: Sequence[Path]) -> int:
    """Build or update the index; exit code 1 when a file had to be refused, 2 when nothing could be used."""
    with progress() as report:
        done = ingest_paths(settings, paths, report)
    for refused in done.refused:
        notify(str(refused))
    for notice in done.notices:
        notify(notice)
    for path, twin in done.same:
        notify(f"{path}: the same content as {twin}, kept once")
    counts = {name: len(getattr(done, name)) for name in ("added", "updated", "unchanged", "removed", "refused")}
    print(
        ", ".join(f"{number} {name}" for name, number in counts.items()) + f". Now {done.documents} documents, {done.sentences} sentences."
    )
    if not done.refused:
        return 0
    return 1 if done.added or done.updated or done.unchanged else 2


def corpus_list(settings: Settings, *, as_json: bool) -> int:
    """The documents: id, what each is, year, sentences."""
    documents = list(_open(settings).documents.values())
    if as_json:
        print_json({"schema": "pincite.corpus/1", "documents": [_record(d) for d in documents]})
        return 0
    table = Table("document", "title", "what it is", "year", "sentences", box=None, pad_edge=False)
    for document in documents:
        source = document.source
        cells = (source.id, source.title, source.type or "", str(source.year or ""), str(len(document.sentences)))
        table.add_row(*(Text(plain(cell)) for cell in cells))
    output().print(table)
    return 0


def corpus_show(settings: Settings, doc: str, *, as_text: bool, as_json: bool) -> int:
    """One document: its record and its sentences numbered, or its canonical text alone."""
    index = _open(settings)
    if doc not in index.documents:
        raise UsageError(f"no document {doc!r} in this corpus; it has: {', '.join(list(index.documents)[:20])}")
    document = index.documents[doc]
    if as_text:
        sys.stdout.write(document.text)
        return 0
    if as_json:
        sentences = [
            {"sentence": s.number, "start": s.start, "end": s.end, "section": s.section, "text": s.text} for s in document.sentences
        ]
        sections = [{"title": s.title, "kind": s.kind, "start": s.start, "end": s.end} for s in document.sections]
        print_json({"schema": "pincite.document/1", **_record(document), "sections": sections, "sentences": sentences})
        return 0
    _print(document)
    return 0


def _print(document: Document) -> None:
    source, console = document.source, output()
    console.print(Text(plain(source.title), style="bold"))
    facts = (source.type, ", ".join(source.authors), source.journal, str(source.year or ""), source.doi, source.licence)
    console.print(Text(plain(" · ".join(f for f in facts if f)), style="dim"))
    paragraph = 0
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            console.print()
            paragraph = sentence.paragraph
        console.print(Text(f"{sentence.number:>4}  ", style="bold cyan") + Text(plain(sentence.text)))
    for section in document.sections:
        if section.kind == "references":
            console.print(Text(f"\n{section.title} (shown, never cited)", style="bold"))
            console.print(Text(plain(document.text[section.start : section.end].strip()), style="dim"))


def _record(document: Document) -> dict[str, object]:
    source = document.source
    return {
        "doc": source.id,
        "title": source.title,
        "authors": list(source.authors),
        "journal": source.journal,
        "year": source.year,
        "doi": source.doi,
        "type": source.type,
        "summarises": source.summarises,
        "licence": source.licence,
        "sha256": source.sha256,
        "sentences": len(document.sentences),
    }


def _open(settings: Settings) -> Index:
    with progress() as report:
        index = open_index(settings, report)
    for notice in index.notices:
        notify(notice)
    return index
