"""A report on a draft about the shipped article, written by hand: every verdict, every finding, real sentences and real offsets."""

from __future__ import annotations

from pincite.app.claims import Checked, Place, Provenance, Reason, Searched, Verdict
from pincite.app.draft.blocks import ReadDraft
from pincite.app.draft.findings import Cited, DraftReport, Finding, Suggestion
from pincite.app.draft.reading import draft_from_text
from pincite.ingest.text import Document

DRAFT = """# Magnesium for pain, a *draft*

Given intravenously, magnesium relieves pain at once, and the relief lasts for 3 hours [1]. In complex regional pain syndrome,
quality of life was better at 12 weeks after five days of infusions (Urits 2021). Headaches went away in 80% of patients within
15 minutes of an infusion, most of all in children.

Magnesium cures cluster headache in adolescents [2]. It is also <b>safe</b> & cheap, ça va sans dire.

- The authors say that "it is certain that a clinical benefit may be achieved by administering magnesium for migraine relief" [1].
- Elsewhere magnesium is called "the aspirin of the nervous system" (Urits 2021).
- Opioid consumption was lower after abdominal surgery [3].
- "These findings were not confirmed among patients with refractory postherpetic neuralgia" (Lee 2019).

## References

1. Urits I, et al. Utilization of magnesium for the treatment of chronic pain. 2021.
2. Smith A. Cluster headache in the young. 2018.
"""

HOSTILE = (
    """<script>document.title='taken'</script><img src=x onerror="document.title='taken'"> ${1+1} {{7*7}} {0} </style></title> 'x' & y"""
)

PROVENANCE = Provenance("0.1.0", "corpus-1234", "encoder-1", "checker-1")


def read() -> ReadDraft:
    return draft_from_text(DRAFT, "review.md", "markdown")


def place(document: Document, number: int, lacks: str | None = None) -> Place:
    sentence = document.sentence(number)
    return Place(document.source.id, number, sentence.start, sentence.end, sentence.text, lacks)


def claim(
    text: str,
    verdict: Verdict,
    document: Document,
    *,
    reasons: tuple[Reason, ...] = (),
    supporting: tuple[int, ...] = (),
    contradicting: tuple[int, ...] = (),
    nearest: tuple[tuple[int, str], ...] = (),
    draft: str = DRAFT,
) -> Checked:
    start = draft.index(text)
    return Checked(
        text,
        start,
        start + len(text),
        verdict,
        0.9,
        reasons,
        tuple(place(document, n) for n in supporting),
        tuple(place(document, n) for n in contradicting),
        tuple(place(document, n, lacks) for n, lacks in nearest),
        Searched(1, len(document.sentences)),
        PROVENANCE,
    )


def cited(
    text: str,
    finding: Finding,
    *,
    after: str = "",
    doc: str | None = "urits-2021",
    suggested: Suggestion | None = None,
    why: str = "",
    draft: str = DRAFT,
) -> Cited:
    start = draft.index(text, draft.index(after))
    return Cited(text, start, start + len(text), finding, doc, None, suggested, why=why)


def report(document: Document, name: str = "review.md") -> DraftReport:
    """The report: seven claims and eight citations or quotations, none accepted."""

    def suggestion(number: int) -> Suggestion:
        return Suggestion("urits-2021", number, document.sentence(number).text)

    claims = (
        claim(
            "Given intravenously, magnesium relieves pain at once, and the relief lasts for 3 hours",
            "contradicted",
            document,
            reasons=(Reason("time", "3 hours", "30 minutes"),),
            contradicting=(3,),
        ),
        claim(
            "In complex regional pain syndrome,\nquality of life was better at 12 weeks after five days of infusions",
            "supported",
            document,
            supporting=(8,),
        ),
        claim(
            "Headaches went away in 80% of patients within\n15 minutes of an infusion, most of all in children",
            "partly",
            document,
            reasons=(Reason("population", "children", ""),),
            supporting=(12,),
        ),
        claim(
            "Magnesium cures cluster headache in adolescents",
            "not_found",
            document,
            reasons=(Reason("strength", "cures", ""),),
            nearest=((11, "adolescents, cluster headache"), (12, "cluster headache"), (15, "adolescents")),
        ),
        claim("It is also <b>safe</b> & cheap", "unchecked", document),
        claim(
            'The authors say that "it is certain that a clinical benefit may be achieved by administering magnesium for migraine relief"',
            "contradicted",
            document,
            reasons=(Reason("strength", "it is certain", "it remains unclear"),),
            contradicting=(15,),
        ),
        claim("Opioid consumption was lower after abdominal surgery", "supported", document, supporting=(5,)),
    )
    citations = (
        cited("[1]", "not_supporting", suggested=suggestion(3), why="The cited sentence gives another time."),
        cited("(Urits 2021)", "ok"),
        cited("[2]", "unknown_source", doc=None),
        cited(
            '"it is certain that a clinical benefit may be achieved by administering magnesium for migraine relief"',
            "altered",
            suggested=suggestion(15),
        ),
        cited("[1]", "ok", after="- The authors"),
        cited('"the aspirin of the nervous system"', "fabricated", doc=None),
        cited("[3]", "unknown_source", doc=None, after="- Opioid"),
        cited(
            '"These findings were not confirmed among patients with refractory postherpetic neuralgia"',
            "misattributed",
            suggested=suggestion(17),
        ),
    )
    return DraftReport(name, DRAFT, claims, citations, ("No document of the corpus is “Lee 2019”.",), PROVENANCE)
