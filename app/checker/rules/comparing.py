"""Direction of an effect, and which of two things compared is the better, on one scale of opposites at a time.

A direction differs where the claim has one pole of a scale, the source only the other, both next to the same word, and neither sentence
is negated alone. "A more than B" and "B less than A" are one statement: where the two sides of "than" changed places, the poles say
nothing, and equal poles contradict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pincite.app.claims import Reason

from ..number_words import WORDS
from .negation import NEGATION
from .reading import Reading, alike, covered

SCALES: Mapping[str, tuple[str, str]] = {
    "change": (
        r"increas\w*|ris(?:e|es|ing|en)|rose|elevat\w*|rais\w+|grew|grow\w*|climb\w*|upregulat\w*",
        r"decreas\w*|reduc\w*|fall(?:s|en|ing)?|fell|lower(?:s|ed|ing)|declin\w*|drop\w*|diminish\w*|cut|cuts|downregulat\w*"
        r"|lessen\w*|attenuat\w*"
        r"|shrank|shrink\w*",
    ),
    "amount": (r"higher|greater|larger|stronger|highest|largest", r"lower|smaller|weaker|lowest|smallest"),
    "more": (r"more", r"less|fewer"),
    "quality": (
        r"improv\w*|better|best|benefi\w*|ameliorat\w*|reliev\w*|eas(?:e|es|ed|ing)",
        r"worse\w*|worst|deteriorat\w*|harm\w*|aggravat\w*|poorer",
    ),
    "length": (r"long(?:er|est)|prolong\w*|lengthen\w*|extend\w*|stretch\w*", r"short(?:er|est)|shorten\w*"),
    "speed": (r"fast(?:er|est)|quick(?:er|est|ly)|rapid\w*|sooner|accelerat\w*", r"slow(?:er|est|ed|s)?|delay\w*"),
    "effect": (r"effective(?:ly)?|efficacious|useful|helpful", r"ineffective(?:ly)?|useless|unhelpful"),
    "safety": (r"safe(?:ly|ty)?|well[- ]tolerated|harmless", r"unsafe|dangerous|harmful|poorly tolerated|toxic"),
    "sign": (r"positive(?:ly)?", r"negative(?:ly)?|inverse(?:ly)?"),
    "frequency": (r"common(?:ly|er|est)?|frequent(?:ly)?|often", r"rare(?:ly|r|st)?|uncommon|infrequent(?:ly)?|seldom"),
}
"""Poles of each scale: words of general English."""
_POLES = {name: tuple(re.compile(rf"(?<![\w-])(?:{p})(?![\w-])", re.IGNORECASE) for p in poles) for name, poles in SCALES.items()}
_THAN = re.compile(r"(?i:\b(?:than|compared (?:with|to)|versus|vs|relative to|as against)\b)")
_THAN_ALONE = re.compile(r"(?i:\bthan\b|\bcompared (?:with|to)\b)")
_NUMBER_AHEAD = re.compile(rf"(?i: (?:an? )?(?:\d|(?:{WORDS})\b))")
_BOUND = re.compile(rf"(?i: than (?:an? )?(?:\d|(?:{WORDS})\b))")
_DOWN = re.compile(
    r"(?i:\b(?:less|fewer|lower|smaller|worse|shorter|slower|rarer|weaker|poorer|younger|milder|cheaper|decreas\w*|reduc\w*"
    r"|declin\w*|fell)\b)"
)
_UP = re.compile(
    r"(?i:\b(?:more|higher|greater|larger|better|longer|faster|stronger|older|earlier|later|\w{3,}er|increas\w*|rose|superior|rather)\b)"
)
_COVERED, _NEAR = 0.5, 0.2
_SWAP_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The content words before and behind "than", where a text has it once or more."""

    first: frozenset[str]
    second: frozenset[str]
    start: int
    end: int


def direction_differences(claim: Reading, source: Reading) -> Iterator[Reason]:
    """Where the source has the effect go the other way."""
    if covered(claim, source) < _COVERED or bool(NEGATION.search(claim.text)) != bool(NEGATION.search(source.text)):
        return
    mine, theirs = _comparison(claim), _comparison(source)
    if mine and theirs and not (mine.second - mine.first) & (theirs.second - theirs.first):
        return
    for name, (up, down) in _POLES.items():
        if name == "frequency" and (mine or theirs):
            continue
        for one, other in ((up, down), (down, up)):
            a, b = _pole(one, claim.text), _pole(other, source.text)
            if a is None or b is None or other.search(claim.text) or one.search(source.text):
                continue
            if name == "more" and (claim.ahead(a.end(), 1) != source.ahead(b.end(), 1) or (mine is None) != (theirs is None)):
                continue
            beside = {*claim.behind(a.start(), 2), *claim.ahead(a.end(), 2)} & {*source.behind(b.start(), 3), *source.ahead(b.end(), 3)}
            if beside and alike(claim, a.span(), source, b.span()) >= _NEAR:
                yield Reason("direction", a.group(), b.group())


def comparator_differences(claim: Reading, source: Reading) -> Iterator[Reason]:
    """Where claim and source say the same of the two sides of "than", and the sides have changed places."""
    mine, theirs = _comparison(claim, _THAN_ALONE, 5), _comparison(source, _THAN_ALONE, 5)
    if not mine or not theirs or covered(claim, source) < _SWAP_COVERED or not _swapped(mine, theirs):
        return
    signs = _sign(claim, mine), _sign(source, theirs)
    if None in signs or signs[0] != signs[1]:
        return
    yield Reason("comparator", _clause(claim, mine), _clause(source, theirs))


def _comparison(reading: Reading, pattern: re.Pattern[str] = _THAN, reach: int = 12) -> _Comparison | None:
    than = next((m for m in pattern.finditer(reading.text) if not _NUMBER_AHEAD.match(reading.text, m.end())), None)
    if than is None:
        return None
    first, second = reading.behind(than.start(), reach, 120), reading.ahead(than.end(), 3, 40)
    return _Comparison(frozenset(first), frozenset(second), than.start(), than.end())


def _swapped(mine: _Comparison, theirs: _Comparison) -> bool:
    my_first, my_second = mine.first - mine.second, mine.second - mine.first
    their_first, their_second = theirs.first - theirs.second, theirs.second - theirs.first
    return bool(my_second & their_first and their_second & my_first)


def _pole(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that is not a bound ("more than 5")."""
    return next((m for m in pattern.finditer(text) if not _BOUND.match(text, m.end())), None)


def _sign(reading: Reading, comparison: _Comparison) -> bool | None:
    """Whether the comparison says more (True) or less (False) of its first side; None where it holds no comparative."""
    clause = reading.text[max(0, comparison.start - 80) : comparison.start]
    if _DOWN.search(clause):
        return False
    return True if _UP.search(clause) else None


def _clause(reading: Reading, comparison: _Comparison) -> str:
    """The words around "than", as they stand."""
    words = reading.words
    before = [w.start for w in words if w.end <= comparison.start][-5:]
    behind = [w.end for w in words if w.start >= comparison.end][:3]
    return reading.text[before[0] if before else comparison.start : behind[-1] if behind else comparison.end]
