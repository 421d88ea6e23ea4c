"""What a report lists: every claim, citation and quotation of a draft, in its order, with words for people.

The page, the Markdown, the comments in a Word file, SARIF and the policy are all made from this one list, so that none of them can say
more or less than another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pincite.app.claims import Checked, Place, Reason
from pincite.app.compose import count
from pincite.app.web.marks import word

from .findings import Cited, DraftReport, Suggestion

SETTLED = frozenset({"supported", "ok"})
"""What needs nobody's attention."""

ORDER = (
    *("contradicted", "not_found", "partly", "unchecked", "supported"),
    *("fabricated", "altered", "misattributed", "not_supporting", "unknown_source", "ok"),
)
"""Every verdict of a claim, then every finding on a citation or a quotation, the worst first."""

WORDS: Mapping[str, str] = {name: word(name) for name in ORDER}
"""Each as it is called where people read it."""

MEANING: Mapping[str, str] = {
    "contradicted": "The source says otherwise.",
    "not_found": "Nothing that was searched says this.",
    "partly": "The source says a part of this, and not the rest.",
    "unchecked": "This could not be judged.",
    "supported": "The source says this.",
    "fabricated": "These words stand in none of the documents.",
    "altered": "The source has other words.",
    "misattributed": "Another document says this.",
    "not_supporting": "The cited document does not say this.",
    "unknown_source": "The cited source is not among the documents.",
    "ok": "The citation is in order.",
}

Kind = Literal["claim", "citation"]


@dataclass(frozen=True, slots=True)
class Item:
    """One claim, citation or quotation: ``draft[start:end] == text``.

    ``n`` counts from 1 in the order of the draft, ``name`` is the verdict or the finding, ``accepted`` the reason with which somebody
    accepted it. ``beside`` is the text of the claim that a citation stands with.
    """

    n: int
    kind: Kind
    name: str
    start: int
    end: int
    text: str
    subject: Checked | Cited
    accepted: str | None = None
    beside: str | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.name in SETTLED

    @property
    def open(self) -> bool:
        """Whether it still needs somebody's attention."""
        return not self.settled and self.accepted is None

    @property
    def meaning(self) -> str:
        """What is the matter, in a sentence: what was said of this one, or else what the word means."""
        said = self.subject.why if isinstance(self.subject, Cited) else ""
        return said or MEANING[self.name]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What differs between a claim and its source; none for a citation."""
        return self.subject.reasons if isinstance(self.subject, Checked) else ()

    @property
    def evidence(self) -> tuple[Place, ...]:
        """The sentences that decide about a claim, those against it first. ``nearest`` ones decide nothing and are not among them."""
        return (*self.subject.contradicting, *self.subject.supporting) if isinstance(self.subject, Checked) else ()

    @property
    def nearest(self) -> tuple[Place, ...]:
        """Where no sentence decides about a claim: the three that come nearest, which are no evidence."""
        return self.subject.nearest[:3] if isinstance(self.subject, Checked) and not self.evidence else ()

    @property
    def suggested(self) -> Suggestion | None:
        """The sentence that a citation or quotation should have pointed to."""
        return self.subject.suggested if isinstance(self.subject, Cited) else None


def items(report: DraftReport) -> tuple[Item, ...]:
    """All claims and citations in the order of the draft; of two that begin together the longer one, then the claim, is first."""
    accepted = dict(report.accepted)
    found: list[tuple[Kind, Checked | Cited, str, str, str | None]] = [
        *(("claim", c, c.verdict, c.claim, accepted.get(n)) for n, c in enumerate(report.claims)),
        *(("citation", c, c.finding, c.text, c.accepted) for c in report.citations),
    ]
    found.sort(key=lambda f: (f[1].start, -f[1].end, f[0] != "claim"))
    return tuple(
        Item(n, kind, name, subject.start, subject.end, text, subject, reason, _beside(report, subject))
        for n, (kind, subject, name, text, reason) in enumerate(found, start=1)
    )


def _beside(report: DraftReport, subject: Checked | Cited) -> str | None:
    claim = subject.claim if isinstance(subject, Cited) else None
    return report.claims[claim].claim if isinstance(claim, int) and 0 <= claim < len(report.claims) else None


def counts(listed: Sequence[Item], kind: Kind) -> dict[str, int]:
    """How many items of a kind got each verdict or finding, the worst first."""
    found = Counter(item.name for item in listed if item.kind == kind)
    return {name: found[name] for name in ORDER if found[name]}


def headline(listed: Sequence[Item]) -> str:
    """The outcome in one line, never better than it is."""
    if not listed:
        return "No claim, citation or quotation was found in this draft."
    wrong, accepted = sum(item.open for item in listed), sum(item.accepted is not None for item in listed)
    claims, marks = (sum(item.kind == kind for item in listed) for kind in ("claim", "citation"))
    parts = [count(claims, "claim")] if claims else []
    parts += [f"{marks} citation{'s' * (marks > 1)} or quotation{'s' * (marks > 1)}"] if marks else []
    found = f"{count(wrong, 'finding')} {'needs' if wrong == 1 else 'need'} a look" if wrong else "Nothing needs a look"
    return f"{found}, in {' and '.join(parts)}." + (f" {accepted} accepted." if accepted else "")


def reason_line(reason: Reason) -> str:
    """A reason in words, with both sides: ``number: “80%” in the draft, “41%” in the source``."""
    source = f"“{unquoted(reason.source)}” in the source" if reason.source else "the source has none"
    mine = f"“{unquoted(reason.claim)}” in the draft" if reason.claim else "the draft has none"
    return f"{reason.kind.replace('_', ' ')}: {mine}, {source}"


def unquoted(words: str) -> str:
    """Words without the quotation marks that they may stand in."""
    return words.strip(" \t\n\"'“”„«»‘’")


def address(place: Place | Suggestion) -> str:
    """Where a sentence stands: ``urits-2021, sentence 13``."""
    return f"{place.doc}, sentence {place.sentence}" if place.doc else f"sentence {place.sentence}"


def explain(item: Item) -> Iterator[str]:
    """Everything that was found about an item, in plain sentences, a line each."""
    yield item.meaning
    for reason in item.reasons:
        yield reason_line(reason)
    for place in item.evidence:
        yield f"{address(place)}: “{place.quote}”"
    if isinstance(item.subject, Checked) and item.name == "not_found":
        searched = item.subject.searched
        nearest = " The nearest:" if item.nearest else ""
        yield f"Searched {count(searched.documents, 'document')}, {count(searched.sentences, 'sentence')}.{nearest}"
    for place in item.nearest:
        yield f"{address(place)}: “{place.quote}”" + (f" (lacks: {place.lacks})" if place.lacks else "")
    if item.suggested:
        yield f"{'Source' if item.name in ('altered', 'ok') else 'Suggested'}: {address(item.suggested)}: “{item.suggested.quote}”"
    if item.name == "altered" and item.suggested and item.meaning == MEANING["altered"]:
        for mine, theirs in changes(item.text, item.suggested.quote):
            yield f"words: {f'“{mine}”' if mine else 'nothing'} in the draft, {f'“{theirs}”' if theirs else 'nothing'} in the source"
    elif isinstance(item.subject, Cited) and item.subject.difference:
        yield f"Difference: {item.subject.difference}"
    if item.accepted is not None:
        yield f"Accepted: {item.accepted}"


def words_between(quotation: str, source: str) -> list[tuple[Literal["same", "draft", "source"], str]]:
    """The difference between a quotation and its source, word by word, in stretches: in both, in the draft alone, in the source alone.

    Only the stretch of the source that the quotation covers is compared: what stands before its first and after its last shared word
    is left out. Letters' case, quotation marks and the punctuation at a word's end make no difference.
    """
    mine, theirs = unquoted(quotation).split(), source.split()
    blocks = SequenceMatcher(None, [*map(_bare, mine)], [*map(_bare, theirs)], autojunk=False).get_matching_blocks()
    shared = [block for block in blocks if block.size]
    if not shared:
        return [("draft", " ".join(mine)), ("source", " ".join(theirs))]
    first, last = shared[0], shared[-1]
    at = max(0, first.b - first.a)
    to = min(len(theirs), last.b + last.size + (len(mine) - last.a - last.size))
    stretches: list[tuple[Literal["same", "draft", "source"], str]] = []
    left, right = 0, at
    for block in blocks:
        begin, end = (block.b, block.b + block.size) if block.size else (to, to)
        if block.a > left:
            stretches.append(("draft", " ".join(mine[left : block.a])))
        if begin > right:
            stretches.append(("source", " ".join(theirs[right:begin])))
        if block.size:
            stretches.append(("same", " ".join(theirs[begin:end])))
        left, right = block.a + block.size, max(right, end)
    return stretches


def changes(quotation: str, source: str) -> list[tuple[str, str]]:
    """What a quotation has and its source has there instead, in order; one of the two is empty where words were added or left out."""
    found: list[tuple[str, str]] = []
    before = "same"
    for side, words in words_between(quotation, source):
        if side == "draft":
            found.append((words, ""))
        elif side == "source" and before == "draft":
            found[-1] = (found[-1][0], words)
        elif side == "source":
            found.append(("", words))
        before = side
    return found


def _bare(word: str) -> str:
    return re.sub(r"^[\W_]+|[\W_]+$", "", word).casefold() or word
