"""Signs from where a missing word stands in the claim: behind "than", in its subject, among its people, at a time; and names of drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pincite.app.claims import ReasonKind

from . import explain_wording as vocabulary
from .explain_reading import BRIDGE, CLAUSE, MOST_RUNS, PUNCTUATION, Pair, Sign, Span, beginning, counterpart, within

THAN = re.compile(
    r"(?i:\b(?:than|versus|vs|compared (?:with|to)|relative to|(?:superior|inferior|similar|comparable) to|as \w+ as|against"
    r"|outperform\w*|over placebo)\b)"
)
"""What two things compared stand on either side of."""
_PEOPLE_NEXT = re.compile(r"(?i: (?:patients?|people|women|men|children|adults|participants|individuals|volunteers|users)\b)")


def places(texts: Pair) -> Iterator[Sign]:
    """Words that the source lacks, by where they stand in the claim: behind "than", in its subject, among its people …"""
    text = texts.claim.text
    verb = vocabulary.VERB.search(text)
    for span in texts.missing:
        count = len(within(texts.claim, span))
        for name, kind, start in _roles(text, span, verb.start() if verb else 0):
            yield Sign(f"place:{name}", kind, (start, span[1]), counterpart(texts, span), words=count)
    for one, two in pairwise(texts.missing[:2]):
        if texts.share > 0.7 and two[0] > one[1]:
            yield Sign("place:several", "outcome", two, counterpart(texts, two), False)


def compared(texts: Pair) -> Iterator[Sign]:
    """What stands behind the claim's "than", where the source has it not, or makes no comparison."""
    found = THAN.search(texts.claim.text)
    if found is None:
        return
    stop = PUNCTUATION.search(texts.claim.text, found.end())
    behind = [w for w in texts.claim.words if w.start >= found.end() and (stop is None or w.end <= stop.start())][:4]
    if not behind:
        return
    span = (found.start(), behind[min(1, len(behind) - 1)].end)
    gone = [r for r in texts.missing if r[0] < behind[-1].end and r[1] > span[0]]
    theirs = THAN.search(texts.source.text)
    name = f"{'new' if gone else 'known'}:{'both' if theirs else 'claim'}"
    other = None
    if theirs:
        other = beginning(texts.source, theirs.end(), 2)
        other = (theirs.start(), other[1]) if other else None
    yield Sign(f"than:{name}", "comparator", (found.start(), gone[0][1]) if gone and gone[0][1] - found.start() < 50 else span, other)


def _roles(text: str, span: Span, verb: int) -> Iterator[tuple[str, ReasonKind, int]]:
    """The roles that a run of words may have, the kind that each speaks for, and where a quote of it begins."""
    before = text[max(0, span[0] - 40) : span[0]]
    clause = before[max((m.end() for m in CLAUSE.finditer(before)), default=0) :]
    if vocabulary.COMPARING.search(clause):
        yield "compared", "comparator", span[0]
    if vocabulary.OF_PEOPLE.search(clause[-25:]) or _PEOPLE_NEXT.match(text, span[1]):
        yield "people", "population", span[0]
    if vocabulary.BY_MEANS.search(clause):
        yield "means", "outcome", span[0]
    when = [m for m in vocabulary.AT_TIME.finditer(clause) if len(clause) - m.end() <= BRIDGE]
    if when:
        yield "when", "time", span[0] - len(clause) + when[-1].start()
    if span[0] < verb:
        yield "subject", "intervention", span[0]
    else:
        yield "object", "outcome", span[0]


def drugs(texts: Pair) -> Iterator[Sign]:
    """Names that end like a drug's, which the source lacks."""
    for span in texts.missing:
        found = vocabulary.DRUG.search(texts.claim.text, span[0], span[1])
        if found:
            clause = texts.claim.text[max(0, span[0] - 40) : span[0]]
            rivals = [
                m.span() for m in vocabulary.DRUG.finditer(texts.source.text[:4000]) if m.group().lower() not in texts.claim.text.lower()
            ][:MOST_RUNS]
            other = counterpart(texts, found.span(), rivals) if rivals else None
            after = bool(vocabulary.COMPARING.search(clause))
            yield Sign("drug:compared" if after else "drug", "comparator" if after else "intervention", found.span(), other)
