"""Slots that are filled with one of a few words: route, study design, groups that exclude one another, how often.

A slot of the claim differs where claim and source fill it with one each, neither has the other's, and the words around are alike. Where
another filler is another finding (children and adults, mice and people), the source says nothing of the claim: ``elsewhere`` names that,
and it is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pincite.app.claims import Reason, ReasonKind

from ..slots import SLOTS
from .reading import Reading, alike, covered


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot, what may fill it (patterns that exclude one another), and how much of the claim the source must have."""

    kind: ReasonKind
    fillers: tuple[str, ...]
    covered: float = 0.3


_GROUP = dict(SLOTS["group"])
CONTRADICTING: Sequence[Slot] = (
    Slot("route", tuple(pattern for _, pattern in SLOTS["route"])),
    Slot("study_design", (r"retrospective(?:ly)?|looking back", r"prospective(?:ly)?")),
    Slot(
        "study_design",
        (
            r"(?<!non-)(?<!not )(?:randomi[sz]ed|randomly|at random)",
            r"non-?randomi[sz]ed|not randomi[sz]ed|observational|cohort|case[- ](?:series|reports?|control)|cross-sectional"
            r"|retrospective",
        ),
    ),
    Slot(
        "study_design",
        (
            r"open[- ]labell?(?:ed)?|unblinded|unmasked|no blinding|not blinded",
            r"double[- ]blind(?:ed)?|triple[- ]blind(?:ed)?|double[- ]masked",
        ),
    ),
    Slot("study_design", (r"single[- ]blind(?:ed)?", r"double[- ]blind(?:ed)?")),
    Slot("study_design", (r"cross-?over", r"parallel(?:[- ](?:group|arm))?")),
    Slot(
        "study_design",
        (
            r"single[- ](?:cent\w+|site|institution)|one (?:cent(?:re|er)|hospital|site)",
            r"multi-?(?:ple[- ])?(?:cent\w+|site|institution\w*)|\w+ (?:centres|centers|hospitals|sites)",
        ),
    ),
    Slot(
        "study_design",
        (r"single-arm|uncontrolled|no control|without (?:a )?control\w*", r"placebo-controlled|controlled|control group|placebo group"),
        0.5,
    ),
    Slot(
        "dose",
        (
            r"daily|every day|a day|per day|each day",
            r"weekly|every week|a week|per week|each week",
            r"monthly|every month|a month|per month|each month",
        ),
    ),
    Slot(
        "population",
        (r"healthy (?:\w+ )?(?:volunteers?|people|adults|subjects|humans?|participants|individuals|controls?)", r"patients"),
    ),
    Slot("population", (r"\w+[- ]positive", r"\w+[- ]negative"), 0.5),
    Slot("population", (r"in-?patients?|hospitali[sz]ed", r"out-?patients?|ambulatory")),
    Slot("population", (r"mild(?:ly)?", r"severe(?:ly)?")),
)
"""Filled otherwise, the source rules the claim out."""
ELSEWHERE: Sequence[Slot] = (
    Slot("population", (_GROUP["children"], r"adults?|elderly|older (?:people|adults|patients|persons)|geriatric")),
    Slot("population", (r"wom[ae]n|females?|girls|mothers", r"m[ae]n|males?|boys|fathers")),
    Slot("population", (_GROUP["animals"], r"humans?|patients?|volunteers?|people|participants|adults|women|men|children")),
    Slot("population", (r"pre-?menopausal", r"post-?menopausal")),
    Slot("population", (r"acute(?:ly)?", r"chronic(?:ally)?")),
    Slot("time", (r"pre-?operative(?:ly)?", r"post-?operative(?:ly)?", r"intra-?operative(?:ly)?")),
)
"""Filled otherwise, the source speaks of something else."""
_NEAR = 0.2
_Compiled = tuple[Slot, tuple[re.Pattern[str], ...]]


def _compiled(slots: Sequence[Slot]) -> tuple[_Compiled, ...]:
    return tuple((s, tuple(re.compile(rf"(?<![\w-])(?:{p})(?![\w-])", re.IGNORECASE) for p in s.fillers)) for s in slots)


_PATTERNS: Mapping[str, tuple[_Compiled, ...]] = {"contradicting": _compiled(CONTRADICTING), "elsewhere": _compiled(ELSEWHERE)}


def filler_differences(claim: Reading, source: Reading, which: str = "contradicting") -> Iterator[Reason]:
    """The slots that claim and source fill otherwise; ``which`` is "contradicting" or "elsewhere"."""
    overlap = covered(claim, source)
    for slot, patterns in _PATTERNS[which]:
        if overlap < slot.covered:
            continue
        mine = [m for p in patterns if (m := p.search(claim.text))]
        if len(mine) != 1 or mine[0].re.search(source.text):
            continue
        theirs = [m for p in patterns if (m := p.search(source.text))]
        near, other = max(((alike(claim, mine[0].span(), source, m.span()), m) for m in theirs), key=lambda t: t[0], default=(0.0, None))
        if other is not None and near >= _NEAR:
            yield Reason(slot.kind, mine[0].group(), other.group())
