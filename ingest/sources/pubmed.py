"""PubMed and MEDLINE records: XML as E-utilities and the baseline files give it, and ``.nbib`` as PubMed's "Citation manager" saves it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from .build import LayoutBuilder, clean
from .jats import inline
from .jats_facts import author
from .layout import Layout, facts
from .markup import Element, all_text, local

_KINDS = (
    "Meta-Analysis", "Systematic Review", "Practice Guideline", "Guideline", "Network Meta-Analysis", "Scoping Review", "Review",
    "Randomized Controlled Trial", "Controlled Clinical Trial", "Clinical Trial", "Observational Study", "Case Reports",
    "Comparative Study", "Editorial", "Letter", "Comment", "News",
)  # fmt: skip
_RETRACTED = "Retracted Publication"
_LABEL = re.compile(r"\b([A-Z][A-Z&/,' -]{3,60}):\s+(?=\S)")
_STRUCTURE = re.compile(
    r"background|objective|aim|purpose|introduction|context|method|material|design|setting|participant|patient|intervention|measure|outcome"
    r"|result|finding|conclusion|interpretation|discussion|limitation|significance|importance|registration|funding|rationale|hypothes|data",
    re.IGNORECASE,
)


def read_pubmed(root: Element) -> Iterator[tuple[str, Layout | ValueError]]:
    """The records of a ``<PubmedArticleSet>`` by their PMID, in order; an error in place of a record that has no abstract."""
    kinds = ("PubmedArticle", "MedlineCitation")
    articles = [root] if local(root) in kinds else [child for child in root if local(child) in kinds]
    if not articles:
        raise ValueError("holds no PubMed record")
    for number, article in enumerate(articles, 1):
        citation = article if local(article) == "MedlineCitation" else article.find("MedlineCitation")
        pmid = all_text(citation.find("PMID")) if citation is not None else ""
        try:
            if citation is None or not pmid:
                raise ValueError("has no PMID")
            yield pmid, _xml_record(article, citation, pmid)
        except ValueError as error:
            yield pmid or str(number), ValueError(f"record {number}{f' (PMID {pmid})' if pmid else ''}: {error}")


def _xml_record(article: Element, citation: Element, pmid: str) -> Layout:
    builder, body = LayoutBuilder(), citation.find("Article")
    if body is None:
        raise ValueError("has no article")
    title_element = body.find("ArticleTitle")
    title = _title(inline(title_element) if title_element is not None else "")
    builder.title(title)
    builder.heading("Abstract", 1)
    for part in body.findall("Abstract/AbstractText"):
        label = part.get("Label") or ""
        if label and label.upper() != "UNLABELLED":
            builder.heading(label.capitalize() if label.isupper() else label, 2)
        else:
            builder.leave(2)
        builder.paragraph(inline(part))
    kinds = [all_text(kind) for kind in body.findall("PublicationTypeList/PublicationType")]
    ids = {i.get("IdType"): all_text(i) for i in article.findall("PubmedData/ArticleIdList/ArticleId")}
    located = {i.get("EIdType"): all_text(i) for i in body.findall("ELocationID")}
    return builder.finish(
        facts(
            title=title,
            authors=tuple(filter(None, map(_xml_author, body.findall("AuthorList/Author")))),
            journal=clean(all_text(body.find("Journal/Title"))),
            year=_year(all_text(body.find("Journal/JournalIssue/PubDate"))) or _year(all_text(body.find("ArticleDate/Year"))),
            doi=ids.get("doi") or located.get("doi"),
            pmid=pmid,
            pmcid=ids.get("pmc"),
            type=_kind(kinds),
            retracted=_RETRACTED in kinds,
        )
    )


def _xml_author(element: Element) -> str:
    given = all_text(element.find("Initials")) or all_text(element.find("ForeName"))
    return clean(all_text(element.find("CollectiveName"))) or author(all_text(element.find("LastName")), given)


def read_nbib(data: bytes) -> Iterator[tuple[str, Layout | ValueError]]:
    """The records of a ``.nbib`` or MEDLINE file by their PMID, in order; an error in place of a record that has no abstract.

    Raises:
        ValueError: it is not UTF-8 text, or holds no record.
    """
    from Bio import Medline

    from .plain import decode

    text = decode(data)
    if not re.search(r"^PMID\s*- ", text, re.MULTILINE):
        raise ValueError("holds no PubMed record: no line begins with 'PMID- '")
    # Records are parted by an empty line; the library wants one, and none at the beginning.
    text = re.sub(r"\n\s*\n+", "\n\n", text.strip()) + "\n\n"
    try:
        parse: Any = Medline.parse  # has no types
        records: list[dict[str, str | list[str]]] = list(parse(io.StringIO(text)))
    except (KeyError, IndexError) as error:
        raise ValueError("is not a MEDLINE file: it begins with the middle of a field") from error
    for number, record in enumerate(records, 1):
        pmid = str(record.get("PMID", ""))
        try:
            if not pmid:
                raise ValueError("has no PMID")
            yield pmid, _nbib_record(record)
        except ValueError as error:
            yield pmid or str(number), ValueError(f"record {number}{f' (PMID {pmid})' if pmid else ''}: {error}")


def _nbib_record(record: dict[str, str | list[str]]) -> Layout:
    def one(tag: str) -> str:
        value = record.get(tag, "")
        return value if isinstance(value, str) else " ".join(value)

    def many(tag: str) -> list[str]:
        value = record.get(tag, [])
        return [value] if isinstance(value, str) else list(value)

    builder, title = LayoutBuilder(), _title(one("TI"))
    builder.title(title)
    builder.heading("Abstract", 1)
    for label, text in labelled(one("AB")):
        if label:
            builder.heading(label.capitalize(), 2)
        builder.paragraph(text)
    dois = re.findall(r"(\S+) \[doi\]", " ".join([*many("AID"), *many("LID")]))
    return builder.finish(
        facts(
            title=title,
            authors=(*map(clean, many("AU")), *map(clean, many("CN"))),
            journal=clean(one("JT") or one("TA")),
            year=_year(one("DP")),
            doi=dois[0] if dois else None,
            pmid=one("PMID"),
            pmcid=one("PMC") or None,
            type=_kind(many("PT")),
            retracted=_RETRACTED in many("PT"),
        )
    )


def labelled(abstract: str) -> list[tuple[str, str]]:
    """A structured abstract in one string as (label, text) pairs: ``METHODS: We asked ... RESULTS: ...``; one pair without them."""
    found = (m for m in _LABEL.finditer(abstract) if _STRUCTURE.search(m.group(1)))
    marks = [m for m in found if abstract[: m.start()].rstrip()[-1:] in ("", *".!?)]")]
    if not marks:
        return [("", abstract)]
    pairs = [("", abstract[: marks[0].start()])] if marks[0].start() else []
    ends = [*(m.start() for m in marks[1:]), len(abstract)]
    return pairs + [(m.group(1), abstract[m.end() : end]) for m, end in zip(marks, ends, strict=True)]


def _title(text: str) -> str:
    """PubMed ends titles with a stop, and brackets those that it translated."""
    text = clean(text).removesuffix(".")
    return text[1:-1] if text.startswith("[") and text.endswith("]") else text


def _kind(kinds: Sequence[str]) -> str | None:
    """The most telling of a record's publication types, in lower case."""
    return next((kind.lower() for kind in _KINDS if kind in kinds), "journal article" if kinds else None)


def _year(text: str) -> int | None:
    found = re.search(r"\b(1[89]|20)\d\d\b", text)
    return int(found.group()) if found else None
