"""Why a claim is not supported, once it is known that it is not: the kind of difference, with both sides copied from the two texts.

The rules (``rules.compare``) may make a verdict and are silent where they are not sure; this never makes one, so it may guess. ``signs``
finds what could be the difference, and each kind of difference is scored by the sum of the weights of its signs and of what holds of the
two texts as a whole (``explain.json``; conditional logit, fitted by ``explain_fit``). What the rules prove comes first. A kind without a
place that would show a reader the difference is not named, and a second or third only where it is likely enough. A ``partly`` claim is
cut where the words that the source lacks lie on one side.

Right kind first, and among those shown (1.7 reasons for contradicted claims, 1.5 for those not found, on average; the most frequent kind
alone would reach 0.14 and 0.42). Dev was looked at once, at the end; "folds" are five folds of whole documents of the training claims,
before the cuts that decide what is shown (so "any" is the best three), with the weights alone.

==============  =====================  =====================
kind            contradicted, dev      not found, dev
==============  =====================  =====================
all             200: 0.52 / 0.60       174: 0.70 / 0.80
number          17: 0.65 / 0.65        2: 0.50 / 0.50
unit            9: 0.44 / 0.44         -
time            18: 0.56 / 0.67        19: 0.89 / 0.89
dose            5: 0.60 / 0.80         6: 1.00 / 1.00
route           1: 1.00 / 1.00         -
population      9: 0.67 / 0.78         41: 0.59 / 0.66
intervention    7: 0.14 / 0.29         10: 0.30 / 0.30
comparator      24: 0.67 / 0.79        22: 0.50 / 0.86
outcome         20: 0.40 / 0.70        73: 0.82 / 0.90
direction       27: 0.52 / 0.52        -
negation        25: 0.48 / 0.60        -
strength        26: 0.46 / 0.46        -
study_design    12: 0.42 / 0.42        1: 0.00 / 0.00
all, folds      2,555: 0.45 / 0.66     2,365: 0.66 / 0.89
==============  =====================  =====================

On the set over briefs (source of ``not_found``: the nearest sentence by words): 48 contradicted 0.52 / 0.62, 36 not found 0.47 / 0.56, 18
partly 0.44. The part that the source lacks is the right one for 61 of 69 compound claims of dev (0.88; training 0.92), judged by the words
that the writer's note calls absent; what kind it is has no gold there.

Tried and left out (folds, first / best three; measured as the signs grew). Signs alone, nothing of the pair as a whole: contradicted 0.43
/ 0.66, not found 0.61 / 0.92. Kinds whose only places say nothing ("given", "may") or do not correspond: 0.46 / 0.71 and 0.66 / 0.92, but
the pairs shown could not be read. A ridge of 1 or 6 instead of 3: 0.452 and 0.453 against 0.458. Weights before rules: 0.471 / 0.610
against 0.463 / 0.607 on a quarter of the training claims, but then "12 months" over "12 weeks" had another kind than the rule that
refutes it gives. Always three reasons: 0.67 instead of 0.64 among those shown on a fifth, for 2.4 reasons instead of 1.7.

What it cannot see: drugs, scales and diseases by their meaning (an intervention is told from an outcome by place in the sentence and by
the endings of drugs' names), two figures or arms that changed places, and a difference put in wholly other words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pincite.app.claims import Reason, ReasonKind, Verdict

from .explain_parts import missing_part
from .explain_reading import Pair, Sign, Span, pair
from .explain_signs import setting, signs
from .rules import compare

WEIGHTS = Path(__file__).with_name("explain.json")
_MOST = 3
_LEAST, _LEAST_ALONE = 0.1, 0.2
"""Probability that a further kind must have to be shown: with both sides quoted, and with the claim's alone."""
_READ = 4000
"""Characters of either text that are read."""
_QUOTED, _CLAUSE_QUOTED = 60, 90
"""Longest side of a reason, and of one that is a clause, in characters."""
_TWO_SIDED = 0.5
"""What a place in the source is worth when one of several signs of a kind is chosen to be shown."""
_FIRM = {"overclaim": 6.0}
"""Signs that the data are too few to weigh, and that are certain by definition of the verdicts."""
_GUESSES = ("place:", "any", "drug", "than:")
"""Signs whose place in the source is a guess: not shown where the source need say nothing of the kind."""


def explain(claim: str, source: str, verdict: Verdict) -> list[Reason]:
    """Name what differs between a claim and a source that is known not to support it.

    Args:
        claim: the claim.
        source: what it was judged against: one to three sentences; for ``not_found`` the nearest sentence.
        verdict: what was decided. ``supported`` and ``unchecked`` need no reason and get none.

    Returns:
        At most three reasons, the likeliest first; of a ``partly`` claim one, the part that the source lacks. Sides are copied and short.
        ``source`` is empty where the source has nothing of the kind. Empty where the claim has no word. Never raises; linear in length;
        the same for the same texts.
    """
    if verdict not in ("contradicted", "partly", "not_found"):
        return []
    claim, source = claim[:_READ], source[:_READ]
    if verdict == "partly":
        return _missing_part(claim, source)
    texts = pair(claim, source)
    proven = compare(claim, source)[:_MOST] if verdict == "contradicted" else []
    likely = [_reason(texts, verdict, sign) for sign, _ in chosen(texts, verdict)]
    further = [r for r in likely if r.claim and not any(_nested(r.claim, p.claim) for p in proven)]
    return [*proven, *further][:_MOST]


def chosen(texts: Pair, verdict: Verdict) -> list[tuple[Sign, float]]:
    """The signs that stand for the likeliest kinds, with their probability."""
    weights = _weights()["contradicted" if verdict == "contradicted" else "not_found"]
    found = signs(texts)
    scores = score(found, setting(texts), weights)
    total = sum(math.exp(s) for s in scores.values())
    picked: list[tuple[Sign, float]] = []
    for kind in sorted(scores, key=lambda k: (-round(scores[k], 6), k)):
        share = math.exp(scores[kind]) / total
        sign = max((s for s in found if s.kind == kind and s.quotable), key=lambda s: _telling(s, weights, verdict))
        if picked and (len(picked) == _MOST or share < (_LEAST if sign.source else _LEAST_ALONE)):
            continue
        if not any(_same(texts, verdict, sign, other) for other, _ in picked):
            picked.append((sign, share))
    return picked


def names_of(found: Sequence[Sign], told: Sequence[str]) -> dict[ReasonKind, frozenset[str]]:
    """What speaks for each kind that has a quotable sign: the names of its signs, and what holds of the pair as a whole."""
    quotable = {sign.kind for sign in found if sign.quotable}
    return {kind: frozenset({*told, "kind", *(s.name for s in found if s.kind == kind)}) for kind in sorted(quotable)}


def score(found: Sequence[Sign], told: Sequence[str], weights: Mapping[str, float]) -> dict[ReasonKind, float]:
    """How much speaks for each kind: the sum of its weights (log-odds)."""
    named = names_of(found, told)
    return {kind: sum(weights.get(f"{kind}|{name}", _FIRM.get(name, 0.0)) for name in sorted(own)) for kind, own in named.items()}


def _telling(sign: Sign, weights: Mapping[str, float], verdict: Verdict) -> tuple[float, int]:
    """How well a sign shows its kind: by its weight, rules and figures before others, guesses by how much they quote; ties by place."""
    two_sided = _TWO_SIDED if sign.source and verdict == "contradicted" and not sign.name.startswith(_GUESSES) else 0.0
    if sign.name.startswith(("place:", "any")):
        two_sided = 0.3 * min(3, sign.words)
    rule = 5.0 if sign.name.startswith("rule:") else 2.0 if sign.name.startswith("figure:") else 0.0
    return (round(weights.get(f"{sign.kind}|{sign.name}", 0.0) + two_sided + rule, 6), -sign.claim[0])


def _same(texts: Pair, verdict: Verdict, one: Sign, other: Sign) -> bool:
    """Whether two signs would show a reader the same words."""
    mine, theirs = _reason(texts, verdict, one), _reason(texts, verdict, other)
    return _nested(mine.claim, theirs.claim) and (mine.source == theirs.source or not mine.source)


def _nested(one: str, other: str) -> bool:
    return one in other or other in one


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    loaded: Mapping[str, Mapping[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return loaded


def _reason(texts: Pair, verdict: Verdict, sign: Sign) -> Reason:
    source = sign.source
    if verdict != "contradicted" and (sign.name.startswith(_GUESSES) or sign.name.endswith((":apart", ":theirs"))):
        source = None
    return Reason(sign.kind, _quote(texts.claim.text, sign.claim), _quote(texts.source.text, source) if source else "")


_STOPS = "()[]{}—"
_EDGE = " \t\n\r,;:.!?()[]{}\"“”'‘’"


def _quote(text: str, span: Span, most: int = _QUOTED) -> str:
    """A place as whole words, at most so many characters, without the punctuation around it."""
    start, end = span
    while start > 0 and not text[start - 1].isspace() and text[start - 1] not in _STOPS and span[0] - start < most:
        start -= 1
    while end < len(text) and not text[end].isspace() and text[end] not in _STOPS and end - span[1] < most:
        end += 1
    while end - start > most:
        cut = text.rfind(" ", start, start + most)
        end = cut if cut > start else start + most
    return text[start:end].strip(_EDGE)


def _missing_part(claim: str, source: str) -> list[Reason]:
    """The part that the source lacks, by what it is about."""
    texts = pair(claim, source)
    part = missing_part(texts)
    if part is None:
        return [reason for sign, _ in chosen(texts, "partly")[:1] if (reason := _reason(texts, "partly", sign)).claim]
    within = pair(claim[part[0] : part[1]], source)
    kind = chosen(within, "partly")[0][0].kind
    return [Reason(kind, _quote(claim, part, _CLAUSE_QUOTED), "")]
