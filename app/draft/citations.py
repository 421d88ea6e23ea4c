"""What a citation mark points to: from a mark, over the draft's reference list, to documents of the corpus."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pincite.ingest.text import Document
from rapidfuzz import fuzz

from .authors import surname
from .marks import Mark
from .references import Reference, References, parse_reference

TITLE_MATCH = 90.0
"""Likeness (0 to 100, rapidfuzz's partial ratio) from which a title stands in a reference."""
SHARED_WORDS = 0.6
"""Share of a title's words that a reference must have before its likeness is worth computing."""
SHORTEST_TITLE = 3
"""Words; a shorter title is found in too many references."""
_NOT_ALNUM = re.compile(r"[\W_]+")
_TITLE = re.compile(r"(?:et al\.?|[A-Z]{1,3}\.?|\(\d{4}[a-z]?\)\.?)\s+([^.?!]{15,300}[.?!])")


@dataclass(frozen=True, slots=True)
class Target:
    """What a mark points to: documents of the corpus (none where it is not there), sentences of it, and ``why`` if it is amiss."""

    docs: tuple[str, ...] = ()
    sentences: tuple[int, ...] = ()
    why: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class _Work:
    """A way to cite a document: as itself or as the work that it summarises."""

    doc: str
    names: tuple[str, ...]
    years: tuple[str, ...]
    title: str
    words: frozenset[str]


class Shelf:
    """The documents of a corpus as a draft may cite them."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._dois: dict[str, str] = {}
        self._pmids: dict[str, str] = {}
        self._keys = {_NOT_ALNUM.sub("", id.lower()): id for id in documents}
        self._works: list[_Work] = []
        for id, document in documents.items():
            source = document.source
            if source.doi:
                self._dois.setdefault(source.doi.lower().removeprefix("https://doi.org/"), id)
            authors = tuple(_last_name(a) for a in source.authors)
            self._works.append(_work(id, authors, (str(source.year),) if source.year else (), source.title))
            if source.summarises:
                self._add_summarised(id, source.summarises)
        self.surnames = {work.names[0] for work in self._works if work.names}
        self._by_name: dict[str, list[_Work]] = {}
        for work in self._works:
            for name in work.names[:1]:
                self._by_name.setdefault(name, []).append(work)

    def _add_summarised(self, id: str, summarises: str) -> None:
        entry = parse_reference(summarises)
        if entry.doi:
            self._dois.setdefault(entry.doi, id)
        if entry.pmid:
            self._pmids.setdefault(entry.pmid, id)
        title = _TITLE.search(summarises)
        self._works.append(_work(id, entry.names[:1], entry.years, title.group(1).rstrip(".") if title else ""))

    def resolve(self, mark: Mark, references: References) -> list[Target]:
        """What a mark points to; a mark of several references gives a target for each."""
        if mark.kind == "document":
            return [self._document(mark)]
        if mark.kind == "doi":
            return [self._known(self._dois.get(mark.values[0]), f"the DOI {mark.values[0]}")]
        if mark.kind == "pmid":
            return [self._known(self._pmids.get(mark.values[0]), f"PubMed {mark.values[0]}")]
        if mark.kind == "key":
            return [self._key(mark.values[0], references)]
        if mark.kind == "author":
            return [self._author(mark, references)]
        return [self._listed(label, mark, references) for label in mark.values]

    def document_of(self, reference: Reference) -> str | None:
        """The document that an entry of a reference list is, by DOI, PMID, title, or author and year, in this order."""
        if found := self._dois.get(reference.doi) or self._pmids.get(reference.pmid):
            return found
        for work in self._works:
            if len(work.words) < SHORTEST_TITLE or len(work.words & reference.words) < SHARED_WORDS * len(work.words):
                continue
            if round(fuzz.partial_ratio(work.title, reference.text.lower()), 1) >= TITLE_MATCH:
                return work.doc
        if reference.doi or len(reference.words) > 12:
            return None  # it says which work it is, and that is another one
        return next((w.doc for n in reference.names[:1] for w in self._by_name.get(n, []) if set(w.years) & set(reference.years)), None)

    def _document(self, mark: Mark) -> Target:
        id = mark.values[0]
        if id not in self._documents:
            return Target(why=f"there is no document {id} in the corpus")
        last = len(self._documents[id].sentences)
        missing = [n for n in mark.sentences if not 1 <= n <= last]
        why = f"{id} has sentences 1 to {last}, not {missing[0]}" if missing else ""
        return Target((id,), tuple(n for n in mark.sentences if n not in missing), why)

    def _known(self, doc: str | None, name: str) -> Target:
        return self._found(doc) if doc else Target(why=f"{name} is of no document of the corpus")

    def _key(self, key: str, references: References) -> Target:
        if doc := self._keys.get(_NOT_ALNUM.sub("", key.lower())):
            return self._found(doc)
        parts = re.match(r"([^\W\d_]+)\D*((?:19|20)\d\d[a-z]?)", key)
        names, year = ((parts.group(1).lower(),), parts.group(2)) if parts else ((), "")
        return self._by_author(names, year, references) or Target(why=f"there is no document {key} in the corpus")

    def _author(self, mark: Mark, references: References) -> Target:
        shown = f"{mark.values[0].title()} {mark.year}".strip() if mark.values else "it"
        return self._by_author(mark.values, mark.year, references) or Target(why=f"{shown} is not in the corpus")

    def _by_author(self, names: tuple[str, ...], year: str, references: References) -> Target | None:
        if not names:
            return None
        listed = references.find(names, year)
        if listed:
            docs = tuple(dict.fromkeys(doc for r in listed if (doc := self.document_of(r))))
            return Target(docs, notice=self._notice(docs)) if docs else None
        works = [w for w in self._by_name.get(names[0], []) if not year or not year[:1].isdigit() or year[:4] in {y[:4] for y in w.years}]
        docs = tuple(dict.fromkeys(w.doc for w in works))
        if not docs and year and (doc := self._keys.get(_NOT_ALNUM.sub("", names[0] + year))):
            docs = (doc,)
        return Target(docs, notice=self._notice(docs)) if docs else None

    def _listed(self, label: str, mark: Mark, references: References) -> Target:
        reference = references.by_label.get(label)
        if reference is None:
            if not references.entries:
                return Target(why=f"the draft has no reference list that says what {label} is")
            return Target(why=f"the draft's reference list has no {label}")
        doc = self.document_of(reference)
        return self._found(doc) if doc else Target(why=f"reference {label} is not in the corpus")

    def _found(self, doc: str) -> Target:
        return Target((doc,), notice=self._notice((doc,)))

    def _notice(self, docs: tuple[str, ...]) -> str:
        for doc in docs:
            source = self._documents[doc].source
            if source.summarises:
                kind = source.type or "summary"
                return f"{doc} is a {kind}: what cites the work itself was checked against it. The work: {source.summarises}"
        return ""


def _work(id: str, names: tuple[str, ...], years: tuple[str, ...], title: str) -> _Work:
    words = frozenset(w for w in _NOT_ALNUM.split(title.lower()) if len(w) > 2)
    return _Work(id, names, years, title.lower(), words)


def _last_name(author: str) -> str:
    """ "Urits I", "Urits, Ivan" and "Ivan Urits" are "urits"."""
    if "," in author:
        return author.split(",")[0].strip().lower()
    bare = surname(author)
    return bare if bare != author.strip().lower() else author.split()[-1].lower() if author.split() else ""
