"""XML files: which kind of article or record one holds."""

from __future__ import annotations

from collections.abc import Iterator

from .jats import read_jats
from .layout import Layout
from .markup import local, parse_xml
from .pubmed import read_pubmed


def read_xml(data: bytes) -> Iterator[tuple[str, Layout | ValueError]]:
    """The article of a JATS file (key ""), or the records of a PubMed file by their PMID.

    Raises:
        ValueError: it is not well-formed, or is XML of another kind.
    """
    root = parse_xml(data)
    name = local(root)
    if name == "pmc-articleset" and len(root) == 1:
        root, name = root[0], local(root[0])
    if name == "article":
        yield "", read_jats(root)
    elif name in ("PubmedArticleSet", "PubmedArticle", "MedlineCitationSet"):
        yield from read_pubmed(root)
    else:
        raise ValueError(f"is XML of another kind (<{name[:60]}>): known are articles in JATS (<article>) and PubMed (<PubmedArticleSet>)")
