"""``pincite ingest`` and ``pincite corpus``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pincite.app.render import plain
from pincite.ingest.corpora import path_of, scan, shipped
from pincite.ingest.errors import UsageError
from pincite.ingest.generations import current
from pincite.ingest.index import Index, ingest_paths, kept_folder, open_index
from pincite.ingest.pipeline import remove
from pincite.ingest.settings import Settings
from pincite.ingest.stored import silent
from pincite.ingest.text import Document
from rich.table import Table
from rich.text import Text

from .console import notify, output, print_json, progress

RETRACTED = "RETRACTED: kept to be read, never searched, no evidence."


def ingest(settings: Settings, paths: Sequence[Path]) -> int:
    """Build or update the index; exit code 1 when a file, or a part of one, had to be refused, 2 when nothing could be used."""
    with progress() as report:
        done = ingest_paths(settings, paths, report)
    for refused in done.refused:
        notify(str(refused))
    for notice in done.notices:
        notify(notice)
    for path, twin in done.same:
        notify(f"{path}: the same content as {twin}, kept once")
    counts = {name: len(getattr(done, name)) for name in ("added", "updated", "unchanged", "removed", "refused")}
    retracted = f", {done.retracted} of them retracted (kept to be read, not searched)" if done.retracted else ""
    print(
        ", ".join(f"{number} {name}" for name, number in counts.items())
        + f". Now {done.documents} documents{retracted}, {done.sentences} sentences."
    )
    if not done.refused:
        return 0
    return 1 if done.added or done.updated or done.unchanged or done.same else 2


def corpus_list(settings: Settings, *, as_json: bool) -> int:
    """The documents: id, what each is, year, sentences."""
    documents = list(_open(settings).documents.values())
    if as_json:
        print_json({"schema": "pincite.corpus/1", "documents": [_record(d) for d in documents]})
        return 0
    table = Table("document", "title", "what it is", "year", "sentences", box=None, pad_edge=False)
    for document in documents:
        source = document.source
        kind = " · ".join(filter(None, ("RETRACTED" if source.retracted else "", source.type)))
        cells = (source.id, source.title, kind, str(source.year or ""), str(len(document.sentences)))
        table.add_row(*(Text(plain(cell)) for cell in cells))
    output().print(table)
    return 0


def corpus_show(settings: Settings, doc: str, *, as_text: bool, as_json: bool) -> int:
    """One document: its record and its sentences numbered, or its canonical text alone."""
    index = _open(settings)
    document = _document(index, doc)
    if document.source.retracted:
        notify(f"{doc} is {RETRACTED}")
    if as_text:
        sys.stdout.write(document.text)
        return 0
    if as_json:
        sentences = [
            {"sentence": s.number, "start": s.start, "end": s.end, "section": s.section, "page": s.page, "text": s.text}
            for s in document.sentences
        ]
        sections = [{"title": s.title, "kind": s.kind, "start": s.start, "end": s.end} for s in document.sections]
        print_json({"schema": "pincite.document/1", **_record(document), "sections": sections, "sentences": sentences})
        return 0
    _print(document)
    return 0


def corpus_remove(settings: Settings, docs: Sequence[str]) -> int:
    """Take documents out of the index. Their files stay where they are.

    Raises:
        UsageError: there is no such document, or it belongs to the corpus that a kept index follows by itself.
    """
    index = _open(settings)
    for doc in docs:
        _document(index, doc)
    if settings.index is None:
        followed = shipped() if settings.corpus is None else scan([settings.corpus])
        for entry in index.manifest.documents:
            own = [name for name in entry.paths if followed.speaks_for(name)]
            if entry.id in docs and own:
                raise UsageError(
                    f"{entry.id} belongs to the corpus that the index follows, so it would come back: remove {path_of(own[0])},"
                    ' or write "retracted": true in its line of sources.jsonl'
                )
    with progress() as report:
        done = remove(settings.index or kept_folder(settings), docs, index.embedder, report or silent)
    notify("their files were left alone: ingesting those again brings the documents back")
    print(f"{len(done.removed)} removed. Now {done.documents} documents, {done.sentences} sentences.")
    return 0


def corpus_verify(settings: Settings, *, as_json: bool) -> int:
    """Hold the index against its files; exit code 1 with what differs."""
    from pincite.ingest.verify import verify

    folder = settings.index or kept_folder(settings)
    if settings.index is None and not (folder / "current").exists() and current(folder) is None:
        _open(settings)
    with progress() as report:
        differing, documents, sentences = verify(folder, report or silent)
    if as_json:
        print_json({"schema": "pincite.verify/1", "documents": documents, "sentences": sentences, "differing": differing})
        return 1 if differing else 0
    for line in differing:
        print(plain(line))
    verdict = f"{len(differing)} things differ" if differing else "every one is what its file says"
    print(f"Compared {documents} documents, {sentences} sentences: {verdict}.")
    return 1 if differing else 0


def _document(index: Index, doc: str) -> Document:
    if doc not in index.documents:
        raise UsageError(f"no document {doc!r} in this corpus; it has: {', '.join(list(index.documents)[:20])}")
    return index.documents[doc]


def _print(document: Document) -> None:
    source, console = document.source, output()
    console.print(Text(plain(source.title), style="bold"))
    facts = (source.type, ", ".join(source.authors), source.journal, str(source.year or ""), source.doi, source.licence)
    if any(facts):
        console.print(Text(plain(" · ".join(f for f in facts if f)), style="dim"))
    paragraph, section, page = 0, "", None
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            console.print()
            paragraph = sentence.paragraph
        if (sentence.section, sentence.page) != (section, page):
            section, page = sentence.section, sentence.page
            heading = " · ".join(filter(None, (section, f"page {page}" if page else "")))
            if heading:
                console.print(Text(plain(heading), style="bold"))
        console.print(Text(f"{sentence.number:>4}  ", style="bold cyan") + Text(plain(sentence.text)))
    for part in document.sections:
        if part.kind == "references":
            console.print(Text(f"\n{plain(part.title)} (shown, never cited)", style="bold"))
            console.print(Text(plain(document.text[part.start : part.end].strip()), style="dim"))


def _record(document: Document) -> dict[str, object]:
    source = document.source
    return {
        "doc": source.id,
        "title": source.title,
        "authors": list(source.authors),
        "journal": source.journal,
        "year": source.year,
        "doi": source.doi,
        "pmid": source.pmid,
        "pmcid": source.pmcid,
        "type": source.type,
        "summarises": source.summarises,
        "licence": source.licence,
        "retracted": source.retracted,
        "sha256": source.sha256,
        "sentences": len(document.sentences),
    }


def _open(settings: Settings) -> Index:
    with progress() as report:
        index = open_index(settings, report)
    for notice in index.notices:
        notify(notice)
    return index
