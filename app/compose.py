"""How an answer is put together from judged sentences: the sentences that answer, verbatim, and one plain line before them.

The line is chosen from a fixed list by the stances that the checker found in the cited sentences, and says no more than those; where a
stance was misread, so is the line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pincite.ingest.text import Document

from .checker import Evidence
from .claims import Citation, Claim, Found, Searched, Stance

MOST_CITED = 5
"""Citations in one answer: what a reader takes in."""

DIRECT = 0.8
"""How direct a sentence must be to count for the whole, as a share of the most direct one. Stance accuracy on development questions (218):
0.60 without it, 0.62 with; 1.0, the most direct one alone, gives 0.63 and hides the other side."""

AS_DIRECT = 0.9
"""A sentence before the most direct one of its run stays there where it is so nearly as direct. Right first on development questions (768):
0.737; 0.731 where runs always keep the text's order, 0.735 where the most direct one always comes first."""

HEADLINES: Mapping[Stance | None, tuple[str, str]] = {
    "supports": ("Yes, going by the sentence below.", "Yes, going by the sentences below."),
    "opposes": ("No, going by the sentence below.", "No, going by the sentences below."),
    "mixed": ("The evidence points both ways.", "The evidence points both ways."),
    "inconclusive": ("Unclear. The sentence below leaves it open.", "Unclear. The sentences below leave it open."),
    None: ("One sentence answers this.", "{n} sentences answer this."),
}
"""The first line by stance, for one sentence and for more."""
LEFT_OPEN: Mapping[Stance, str] = {
    "supports": "Yes, going by some of the sentences below; others leave it open.",
    "opposes": "No, going by some of the sentences below; others leave it open.",
    "inconclusive": "Unclear. The most direct sentence below leaves it open; others take a side.",
}
"""The first line where the cited sentences take one side or leave it open, and not all do the same."""
SIDES: Mapping[Stance, str] = {
    "supports": "Yes, going by the most direct sentence below; others say otherwise.",
    "opposes": "No, going by the most direct sentence below; others say otherwise.",
}
"""The first line where a less direct sentence takes the other side."""
NOTHING = "Not in these articles. No sentence was found that answers this question."


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts of an answer that depend on the evidence."""

    headline: str
    text: str
    stance: Stance | None
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]


def compose(evidence: Sequence[Evidence], documents: Mapping[str, Document], yes_no: bool) -> Composed:
    """Order, number and word the evidence that was found to answer. ``evidence`` must not be empty."""
    chosen = _most_direct(evidence, yes_no)
    ordered = [item for run in _runs(chosen) for item in run]
    citations = []
    for n, item in enumerate(ordered, start=1):
        sentence = documents[item.doc].sentence(item.sentence)
        stance = item.stance if yes_no else None
        citations.append(Citation(n, item.doc, item.sentence, sentence.start, sentence.end, sentence.text, stance))
    stance = overall([(e.stance, e.answers) for e in ordered]) if yes_no else None
    headline = _headline(stance, citations)
    lines = [headline, *(f"{c.quote} [{c.n}]" for c in citations)]
    claims = tuple(Claim(c.quote, "supported", (c.n,)) for c in citations)
    return Composed(headline, "\n".join(lines), stance, claims, tuple(citations))


def _most_direct(evidence: Sequence[Evidence], yes_no: bool) -> list[Evidence]:
    """The most direct, at most ``MOST_CITED``; a side that only less direct ones take is not left out of a yes/no answer."""
    ranked = sorted(evidence, key=lambda e: (-e.answers, e.doc, e.sentence))
    chosen, rest = ranked[:MOST_CITED], ranked[MOST_CITED:]
    if yes_no and len({e.stance for e in chosen} - {"inconclusive"}) == 1:
        other = [e for e in rest if e.stance not in {c.stance for c in chosen} | {"inconclusive"}]
        chosen = [*chosen[:-1], other[0]] if other else chosen
    return chosen


def _headline(stance: Stance | None, citations: Sequence[Citation]) -> str:
    said = {c.stance for c in citations}
    if stance is not None and stance in SIDES and {"supports", "opposes"} <= said:
        return SIDES[stance]
    if stance is not None and stance in LEFT_OPEN and len(said) > 1:
        return LEFT_OPEN[stance]
    return HEADLINES[stance][len(citations) > 1].format(n=len(citations))


def overall(stances: Sequence[tuple[Stance, float]]) -> Stance:
    """What sentences that each lean one way add up to: both ways is mixed, the most direct one decides between a side and "open".

    Only those count that are nearly as direct as the most direct one.
    """
    least = DIRECT * max(answers for _, answers in stances)
    stances = [(stance, answers) for stance, answers in stances if answers >= least]
    said = {stance for stance, _ in stances}
    if "mixed" in said or {"supports", "opposes"} <= said:
        return "mixed"
    if len(said) == 1:
        return said.pop()
    return max(stances, key=lambda s: s[1])[0]


def _runs(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Sentences that follow one another together, the run with the most direct sentence first.

    A run keeps the text's order, but what comes before its most direct sentence and is clearly less direct comes after it.
    """
    runs: list[list[Evidence]] = []
    for item in sorted(evidence, key=lambda e: (e.doc, e.sentence)):
        if runs and runs[-1][-1].doc == item.doc and runs[-1][-1].sentence + 1 == item.sentence:
            runs[-1].append(item)
        else:
            runs.append([item])
    runs.sort(key=lambda run: (-max(e.answers for e in run), run[0].doc, run[0].sentence))
    return [_most_direct_first(run) for run in runs]


def _most_direct_first(run: Sequence[Evidence]) -> list[Evidence]:
    top = max(run, key=lambda e: e.answers)
    leading = [e for e in run if e.sentence >= top.sentence or e.answers >= AS_DIRECT * top.answers]
    return [*leading, *(e for e in run if e not in leading)]


def compose_nothing(nearest: Sequence[Found], documents: Mapping[str, Document], searched: Searched) -> str:
    """The text of a ``no_evidence`` answer: what was searched, the nearest sentences, and what each lacks."""
    lines = [NOTHING, f"Searched {count(searched.documents, 'document')}, {count(searched.sentences, 'sentence')}."]
    for found in nearest:
        quote = documents[found.doc].sentence(found.sentence).text
        lacks = f" Lacks: {found.lacks}." if found.lacks else ""
        lines.append(f"Nearest: {found.doc}, sentence {found.sentence}: “{quote}”{lacks}")
    return "\n".join(lines)


def count(number: int, noun: str) -> str:
    """``1 document``, ``18 sentences``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
