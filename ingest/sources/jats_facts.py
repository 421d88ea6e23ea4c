"""What a JATS file says of its article: title, authors, journal, year, identifiers, kind, licence."""

from __future__ import annotations

import re

from ..text import Source
from .build import clean
from .layout import facts
from .markup import Element, all_text, local

_NOT_PUBLICATION = {"pmc-release", "nihms-submitted", "retraction", "received", "accepted"}
_COMMONS = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|(publicdomain)/zero/(\d\.\d))", re.IGNORECASE)
_LICENCE_LENGTH = 200


def read_facts(root: Element) -> Source:
    """The record of an ``<article>``, as far as the file has one."""
    meta = root.find("front/article-meta")
    if meta is None:
        return facts()
    ids = {identifier.get("pub-id-type"): all_text(identifier) for identifier in meta.findall("article-id")}
    pmc = ids.get("pmcid") or ids.get("pmc") or ids.get("pmcaid") or ""
    title = clean(all_text(meta.find("title-group/article-title")))
    kind = (root.get("article-type") or "").replace("-", " ")
    return facts(
        title=title,
        authors=tuple(filter(None, map(_author, meta.findall("contrib-group/contrib")))),
        journal=clean(all_text(root.find("front/journal-meta//journal-title"))),
        year=_year(meta),
        doi=ids.get("doi"),
        pmid=ids.get("pmid"),
        pmcid=f"PMC{pmc.upper().removeprefix('PMC')}" if pmc else None,
        type=kind,
        licence=_licence(meta),
        retracted=title.lower().startswith("retracted"),
    )


def _author(contrib: Element) -> str:
    """``Surname AB``, as reference lists write it; a group by its name."""
    if contrib.get("contrib-type") not in (None, "author"):
        return ""
    name = contrib.find("name")
    if name is None:
        name = contrib.find("name-alternatives/name")
    if name is None:
        return clean(all_text(contrib.find("collab")) or all_text(contrib.find("string-name")))
    return author(all_text(name.find("surname")), all_text(name.find("given-names")))


def author(surname: str, given: str) -> str:
    """A name as reference lists write it: surname and initials."""
    parts = re.findall(r"\w+\.?", given)
    short = "".join(part if part.isupper() and len(part) <= 3 else part[0].upper() for part in (p.rstrip(".") for p in parts))
    return clean(f"{surname} {short}")


def _year(meta: Element) -> int | None:
    """The year of the issue where one is given, else the earliest date of publication."""
    years: dict[str, int] = {}
    for date in meta.findall("pub-date"):
        kind, year = date.get("pub-type") or date.get("date-type") or "", all_text(date.find("year"))
        if kind not in _NOT_PUBLICATION and year.isdigit():
            years.setdefault(kind, int(year))
    for kind in ("collection", "ppub"):
        if kind in years:
            return years[kind]
    return min(years.values()) if years else None


def _licence(meta: Element) -> str | None:
    for element in meta.findall("permissions/license"):
        said = " ".join(
            [*(str(v) for node in element.iter() if isinstance(node.tag, str) for v in node.attrib.values()), all_text(element)]
        )
        return licence_of(said) or clean(all_text(element))[:_LICENCE_LENGTH]
    for element in meta.iter():
        if local(element) == "copyright-statement" and (named := licence_of(all_text(element))):
            return named
    return None


def licence_of(text: str) -> str | None:
    """``CC BY 4.0`` where a text links to a Creative Commons licence."""
    found = _COMMONS.search(text)
    if not found:
        return None
    return f"CC0 {found.group(4)}" if found.group(3) else f"CC {found.group(1).upper()} {found.group(2)}"
