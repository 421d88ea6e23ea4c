"""JATS and PubMed: sections, captions, references apart, the record, and nothing from outside of the file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pincite.ingest.errors import SourceError
from pincite.ingest.sources import read_file, read_source
from pincite.ingest.text import Document

from ..test_sources import check_addresses

JATS = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.1 20151215//EN" "JATS-archivearticle1.dtd">
<article article-type="review-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title-group><journal-title>Pain Medicine</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="pmc">456</article-id>
<article-id pub-id-type="doi">10.1000/ABC.1</article-id>
<title-group><article-title>Magnesium <italic>versus</italic> placebo&alpha;<xref ref-type="fn">*</xref></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Smith</surname><given-names>John Q.</given-names></name></contrib>
<contrib contrib-type="author"><collab>The Pain Group</collab></contrib></contrib-group>
<pub-date pub-type="pmc-release"><year>2022</year></pub-date><pub-date pub-type="epub"><year>2020</year></pub-date>
<pub-date pub-type="collection"><year>2021</year></pub-date>
<permissions><license xlink:href="http://creativecommons.org/licenses/by-nc/4.0/"><license-p>Free.</license-p></license></permissions>
<abstract><sec><title>Results</title><p>Pain fell by 10<sup>2</sup> units.</p></sec></abstract></article-meta></front>
<body><sec><label>1</label><title>Methods</title><p>We searched [<xref ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref>] well.
<list><list-item><p>First item.</p></list-item><list-item><p>Second item.</p></list-item></list></p>
<sec><title>Analysis</title><p>Doses of 5&nbsp;mg<sup><xref ref-type="bibr">12</xref>,<xref ref-type="bibr">13</xref>
</sup> were pooled.<xref
 ref-type="bibr"><sup>14</sup></xref> The I<sup>2</sup> was low
<fig><label>Figure 1</label><caption><p>Forest plot of pain.</p></caption><graphic/></fig> in H<sub>2</sub>O.</p></sec></sec>
<sec><title>Discussion</title><p>It helps.</p><table-wrap><label>Table 1</label><caption><title>Trials.</title></caption>
<table><tr><td>cell text</td></tr></table></table-wrap><p>It is safe.</p></sec></body>
<back><ack><p>Thanks.</p></ack><ref-list><title>References</title><ref><label>1</label><element-citation><person-group><name>
<surname>Doe</surname>
<given-names>J</given-names></name></person-group><article-title>On pain</article-title><source>Pain</source><year>2001</year>
<volume>3</volume>
<fpage>4</fpage><pub-id pub-id-type="doi">10.1/x</pub-id></element-citation></ref><ref>
<mixed-citation>Roe K. On sleep. 2002.</mixed-citation></ref>
</ref-list></back></article>"""


def read(tmp_path: Path, text: str, name: str = "paper.xml") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    document = read_source(path)
    check_addresses(document)
    return document


def test_an_article_and_its_parts(tmp_path: Path) -> None:
    document = read(tmp_path, JATS)
    assert [(s.section, s.text) for s in document.sentences] == [
        ("Abstract > Results", "Pain fell by 10² units."),
        ("1 Methods", "We searched [1,2] well."),
        ("1 Methods", "First item."),
        ("1 Methods", "Second item."),
        ("1 Methods > Analysis", "Doses of 5 mg [12,13] were pooled.[14]"),
        ("1 Methods > Analysis", "The I² was low in H2O."),
        ("Figure 1", "Forest plot of pain."),
        ("Discussion", "It helps."),
        ("Table 1", "Trials."),
        ("Discussion", "It is safe."),
        ("Acknowledgements", "Thanks."),
    ]
    references = document.sections[-1]
    assert (references.kind, references.title) == ("references", "References")
    assert document.text[references.start : references.end] == (
        "References\n1. Doe J. On pain. Pain 2001;3:4. doi:10.1/x\nRoe K. On sleep. 2002."
    )
    assert "cell text" not in document.text


def test_the_record_is_read_from_the_article(tmp_path: Path) -> None:
    source = read(tmp_path, JATS).source
    assert source.title == "Magnesium versus placeboα"
    assert source.authors == ("Smith JQ", "The Pain Group")
    assert (source.journal, source.year, source.doi, source.pmid, source.pmcid) == ("Pain Medicine", 2021, "10.1000/ABC.1", "123", "PMC456")
    assert (source.type, source.licence, source.retracted) == ("review article", "CC BY-NC 4.0", False)
    assert source.id == "10-1000-abc-1"
    assert read(tmp_path, JATS.replace('<article-id pub-id-type="doi">10.1000/ABC.1</article-id>', "")).id == "pmid-123"
    assert read(tmp_path, JATS.replace("<article-title>", "<article-title>RETRACTED: ")).source.retracted


SECRET = '<!DOCTYPE article [<!ENTITY xxe SYSTEM "{}">]><article><body><p>Text &xxe; more.</p></body></article>'
BOMB = (
    '<!DOCTYPE article [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]><article><body><p>&h;</p></body></article>"
)


def test_no_entity_is_ever_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    for text, name in ((SECRET.format(secret.as_uri()), "xxe"), (SECRET.format("http://127.0.0.1:9/x"), "xxe"), (BOMB, "h")):
        with pytest.raises(SourceError) as caught:
            read(tmp_path, text)
        assert "secret" not in caught.value.reason
        assert caught.value.reason.startswith((f"refers to the entity &{name};, which is not resolved", "is not well-formed XML"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<article><body><p>Cut off", "is not well-formed XML: "),
        ("<rss><channel/></rss>", "is XML of another kind (<rss>)"),
        ("<article><body/></article>", "holds no text"),
        ("<PubmedArticleSet></PubmedArticleSet>", "holds no PubMed record"),
        ("Plain words.", "is called .xml, but is not XML"),
        ("", "is empty"),
        ("<a>" * 5000, "is not well-formed XML"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, text)
    assert caught.value.reason.startswith(reason)
    assert "\n" not in caught.value.reason


def test_the_articles_of_the_development_data(shared: Path) -> None:
    for folder in ("reviews", "trials"):
        with (shared / "documents" / folder / "index.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows[:: 6 if folder == "reviews" else 40]:
            document = read_source(shared / "documents" / folder / row["file"])
            check_addresses(document)
            source = document.source
            assert (source.pmcid, (source.doi or "").lower()) == (row["pmcid"], row["doi"].lower())
            assert abs((source.year or 0) - int(row["year"])) <= 1
            sections = {s.section.split(" > ")[0] for s in document.sentences}
            assert len(sections) > 3
            assert any(section.kind == "references" for section in document.sections)


PUBMED = """<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>77</PMID><Article><Journal>
<JournalIssue><PubDate><MedlineDate>2019 Jan-Feb</MedlineDate></PubDate></JournalIssue><Title>Headache</Title></Journal>
<ArticleTitle>[Magnesium for migraine].</ArticleTitle><ELocationID EIdType="doi">10.1/m</ELocationID><Abstract>
<AbstractText Label="RESULTS">Attacks fell.</AbstractText><AbstractText Label="CONCLUSION">It helps.</AbstractText></Abstract>
<AuthorList><Author><LastName>Kim</LastName><Initials>AB</Initials></Author></AuthorList><PublicationTypeList>
<PublicationType>Journal Article</PublicationType><PublicationType>Randomized Controlled Trial</PublicationType>
<PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>78</PMID><Article><ArticleTitle>No abstract.</ArticleTitle></Article></MedlineCitation>
</PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>79</PMID><Article><ArticleTitle>Zinc.</ArticleTitle><Abstract>
<AbstractText>Zinc helped.</AbstractText>
</Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
NBIB = """
PMID- 88
DP  - 2018 Mar 3
TI  - Ketamine for pain in
      adults.
AB  - BACKGROUND: Pain is common. We asked: why? RESULTS: Ketamine
      lowered pain (P < 0.05). CONCLUSIONS: It helps.
AU  - Lee C
AU  - Park D
JT  - Anaesthesia
PT  - Journal Article
PT  - Meta-Analysis
LID - 10.1/k [doi]
LID - S0001 [pii]


PMID- 89
TI  - Without abstract.
"""


def test_records_of_pubmed(tmp_path: Path) -> None:
    path = tmp_path / "set.xml"
    path.write_text(PUBMED, encoding="utf-8")
    read = read_file(path)
    assert read.refused == ((str(path), "record 2 (PMID 78): holds no text but a title, headings or references"),)
    first, second = (piece.document(piece.named) for piece in read.pieces)
    check_addresses(first)
    assert [(s.section, s.text) for s in first.sentences] == [
        ("Abstract > Results", "Attacks fell."),
        ("Abstract > Conclusion", "It helps."),
    ]
    source = first.source
    assert (source.id, source.title, source.authors, source.year) == ("10-1-m", "Magnesium for migraine", ("Kim AB",), 2019)
    assert (source.type, source.retracted, source.pmid, source.journal) == ("randomized controlled trial", True, "77", "Headache")
    assert (second.id, second.source.file, second.sentences[0].section) == ("pmid-79", "set.xml#79", "Abstract")


def test_records_of_a_citation_manager(tmp_path: Path) -> None:
    path = tmp_path / "my refs.nbib"
    path.write_text(NBIB, encoding="utf-8")
    read = read_file(path)
    assert [reason for _, reason in read.refused] == ["record 2 (PMID 89): holds no text but a title, headings or references"]
    document = read.pieces[0].document("x")
    check_addresses(document)
    assert [(s.section, s.text) for s in document.sentences] == [
        ("Abstract > Background", "Pain is common."),
        ("Abstract > Background", "We asked: why?"),
        ("Abstract > Results", "Ketamine lowered pain (P < 0.05)."),
        ("Abstract > Conclusions", "It helps."),
    ]
    source = document.source
    assert (source.title, source.authors, source.year, source.doi) == ("Ketamine for pain in adults", ("Lee C", "Park D"), 2018, "10.1/k")
    assert (source.type, source.journal) == ("meta-analysis", "Anaesthesia")
    path.write_text("not a record", encoding="utf-8")
    with pytest.raises(SourceError, match="holds no PubMed record: no line begins with 'PMID- '"):
        read_file(path)
