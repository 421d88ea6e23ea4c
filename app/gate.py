"""The gate: what a language model says is shown only where code and the claim checker find it in the sentences it cites.

In order, the first that fails decides: it cites; every number that it cites was given; it is one plain English sentence; what it puts in
quotation marks stands there; every figure stands there, with its unit; it promises and advises no more than they do; no sentence that it
does not cite fits it much better; the checker finds it ``supported`` by what it cites, read with the sentence that those lean on. What
fails is withheld with the reason, and never repaired.

It does not cover what is left out: a reply may be true and tell half. Where the evidence has two sides and what passed cites one, the whole
reply is dropped (``one_sided``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pincite.ingest.chunks import leans
from pincite.ingest.errors import UsageError
from pincite.ingest.lexical import words
from pincite.ingest.text import Document

from .checker.equivalence import equivalent, in_unit_of
from .checker.quantities import Quantity, quantities
from .claims import Checked, Citation, Claim, Reason
from .language import reads_as_english
from .prompts import Said

WITHHELD = "Withheld"
"""How the notice of a withheld sentence begins."""
LONGEST = 400
"""Characters of a sentence that is judged."""
MOST_COUNTED = 12
"""The highest number that is written as a word and that a reader may have counted."""
BETTER = 0.4
"""By how much of a sentence's words another one must fit better to show that the citations were mixed up."""
_NO_PROSE = re.compile(
    r"https?:|www\.|<[a-zA-Z/!]|```|\{\{|\$\{|javascript:|[\[\]{}|\\]|[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]"
)
_QUOTED = re.compile(r"[“\"„«]([^”\"»]{2,})[”\"»]|(?<!\w)[‘']((?:[^’']|[’'](?=\w))+?)[’'](?!\w)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_ONE = re.compile(r"one\b", re.IGNORECASE)

_BOLD = re.compile(
    r"""\b(?:clear(?:ly)?(?!\ (?:whether|if|how|which|that\ it\ is\ not))|definite(?:ly)?|certainly|undoubtedly|unquestionabl[ey]
    |proven|proves?|proved|always|never|cures?|cured|guarantee[sd]?|complete(?:ly)?|totally|entirely|perfectly|risk-free|no\ risks?
    |harmless|miracle|dramatic(?:ally)?|best|must|should|ought|recommend(?:s|ed)?|experts\ agree
    |all\ (?:patients|people|studies|trials|experts))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that promise or advise: a sentence may use one only where what it cites does."""

Check = Callable[[str, str], Checked]
"""A claim and the text that it is judged against, to what was found."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence that is not shown as an answer, and why."""

    text: str
    why: str

    def line(self) -> str:
        """As it stands in the notices of an answer."""
        return f"{WITHHELD} ({self.why}): “{self.text[:LONGEST]}”"


class Gate:
    """Judges the sentences of a reply against what they cite.

    Args:
        check: the claim checker, over a text alone.
        citations: the sentences that the model was given.
        documents: where they stand.
    """

    def __init__(self, check: Check, citations: Sequence[Citation], documents: Mapping[str, Document]) -> None:
        self._check = check
        self._cited = {c.n: c for c in citations}
        self._documents = documents

    def judge(self, said: Said) -> Claim | Withheld:
        """The sentence as a claim of the answer, or why it is withheld."""
        why = self.fault(said)
        return Withheld(said.text, why) if why else Claim(said.text, "supported", said.cites)

    def fault(self, said: Said) -> str | None:
        """Why a sentence cannot be shown, or None."""
        if not said.cites:
            return "it cites nothing"
        unknown = [n for n in said.cites if n not in self._cited]
        if unknown:
            return f"it cites [{unknown[0]}], and there is no such sentence"
        if len(said.text) > LONGEST:
            return "it is too long to be checked"
        if _NO_PROSE.search(said.text):
            return "it is not plain prose"
        if not reads_as_english(said.text):
            return "it does not read as English"
        cited = [self._cited[n] for n in said.cites]
        quotes = " ".join(c.quote for c in cited)
        if any(_folded(said.text) == _folded(c.quote) for c in cited):
            return None  # the source's own words
        return (
            quote_fault(said.text, [c.quote for c in cited])
            or figure_fault(said.text, quotes)
            or boldness_fault(said.text, quotes)
            or self._misplaced(said)
            or self._unsupported(said.text, self._with_context(cited))
        )

    def _misplaced(self, said: Said) -> str | None:
        """Another sentence that was given and is not cited has far more of the words: the citations were mixed up."""
        asked = set(words(said.text))
        share = {n: len(asked & set(words(c.quote))) / max(1, len(asked)) for n, c in self._cited.items()}
        best = max(share, key=lambda n: (share[n], -n))
        together = len(asked & set(words(" ".join(self._cited[n].quote for n in said.cites)))) / max(1, len(asked))
        return f"[{best}] fits it better than what it cites" if share[best] - together >= BETTER else None

    def _with_context(self, cited: Sequence[Citation]) -> str:
        """The cited sentences in the order of their documents, each after the one that it leans on."""
        texts: dict[tuple[str, int], str] = {}
        for citation in cited:
            context = self._documents[citation.doc].context_of(citation.sentence)
            if context and leans(citation.quote):
                texts[citation.doc, citation.sentence - 1] = context
            texts[citation.doc, citation.sentence] = citation.quote
        return " ".join(texts[place] for place in sorted(texts))

    def _unsupported(self, text: str, sources: str) -> str | None:
        try:
            checked = self._check(text, sources)
        except UsageError as error:
            return str(error)
        if checked.verdict == "supported":
            return None
        found = {
            "contradicted": "what it cites says otherwise",
            "partly": "what it cites says only part of it",
            "not_found": "what it cites does not say it",
            "unchecked": "it could not be checked",
        }[checked.verdict]
        return f"{found}: {_shown(checked.reasons[0])}" if checked.reasons else found


def one_sided(claims: Sequence[Claim], citations: Sequence[Citation]) -> bool:
    """Whether the evidence has two sides, and these claims cite one alone."""
    sides = {c.n: c.stance for c in citations if c.stance in ("supports", "opposes")}
    return len(set(sides.values())) == 2 and len({sides[n] for claim in claims for n in claim.citations if n in sides}) < 2


def quote_fault(text: str, sources: Sequence[str]) -> str | None:
    """Words in quotation marks that stand in none of the sources."""
    folded = [_folded(source) for source in sources]
    for match in _QUOTED.finditer(text):
        quoted = match.group(1) or match.group(2)
        inner = _folded(quoted).strip(" ,.;:!?")
        if inner and not any(re.search(rf"(?<!\w){re.escape(inner)}(?!\w)", source) for source in folded):
            return f"it quotes what is not there: “{quoted[:80]}”"
    return None


def figure_fault(text: str, source: str) -> str | None:
    """A figure of the text that the source does not have, or has with another unit."""
    known = quantities(source)
    said = quantities(text)
    for quantity in said:
        shown = text[quantity.start : quantity.end].strip()
        if quantity.derived or (quantity.kind == "count" and _ONE.fullmatch(shown)):
            continue
        # "Four out of five" is 80 %; and "two salts" may be counted by the reader, where the source counts nothing.
        whole = [q for q in said if q.derived and q.start <= quantity.start and quantity.end <= q.end]
        if any(_the_same(q, other) for q in whole for other in known):
            continue
        counted = quantity.kind == "count" and quantity.value <= MOST_COUNTED and not shown[:1].isdigit() and not whole
        if counted and not any(other.kind == "count" for other in known):
            continue
        if not any(_the_same(quantity, other) for other in known):
            return f"the figure {shown} is not in what it cites"
    # What the reader of quantities takes for a name ("IL-6", "grade 3") must stand there letter for letter.
    inside = {place for q in said for place in range(q.start, q.end)}
    figures = set(_FIGURE.findall(source))
    for match in _FIGURE.finditer(text):
        if match.start() not in inside and match.group() not in figures:
            return f"the figure {match.group()} is not in what it cites"
    return None


def boldness_fault(text: str, source: str) -> str | None:
    """A promise or an advice that the source does not give."""
    known = {match.group().casefold() for match in _BOLD.finditer(source)}
    bold = next((match.group() for match in _BOLD.finditer(text) if match.group().casefold() not in known), None)
    return f"it says “{bold}”, and what it cites does not" if bold else None


def _the_same(one: Quantity, other: Quantity) -> bool:
    """Equivalent, and in units that can be turned into each other: "70 mg" is not "70 mg/kg"."""
    return equivalent(one, other) and (one.unit == other.unit or in_unit_of(other, one) is not None)


def _shown(reason: Reason) -> str:
    return (
        f"{reason.kind.replace('_', ' ')}, {reason.claim} ≠ {reason.source}"
        if reason.source
        else f"{reason.kind.replace('_', ' ')}, {reason.claim}"
    )


def _folded(text: str) -> str:
    plain = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2011: "-", 0xA0: " "})
    return " ".join(plain.casefold().split())
