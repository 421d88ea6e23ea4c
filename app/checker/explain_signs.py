"""Signs of a difference between a claim and a source that is known not to support it: what kind, and where it stands in either text.

A sign is weaker than a rule: a figure that the source has otherwise, a word of one scale over another word of it, a "no" on one side only,
a name behind "than" that the source lacks. No sign proves anything; ``explain`` weighs them against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pincite.app.claims import ReasonKind
from pincite.ingest.lexical import words

from . import explain_wording as vocabulary
from .equivalence import equivalent
from .explain_places import THAN, compared, drugs, places
from .explain_reading import (
    MOST_RUNS,
    Pair,
    Sign,
    Span,
    counterpart,
    echo,
    find,
    phrase,
    swap,
    verb_of,
    within,
)
from .quantities import Quantity
from .rules import compare, elsewhere
from .rules.negation import NEGATION, figures
from .rules.numbers import unmatched
from .rules.reading import Reading, alike

_NULL_LIKE = re.compile(
    r"(?i:\b(?:similar(?:ly)?|same|alike|equal(?:ly)?|comparable|equivalent|unchanged|unaffected|unrelated"
    r"|no (?:\w+ ){0,3}(?:differences?|effects?|changes?"
    r"|benefits?|associations?|correlations?)|(?:did|does|do|was|were|is|are|could|can|has|have|had|would|will)(?: not|n['’]t)(?! only)"
    r"|fail(?:s|ed|ing)? to|in-?effective|in-?significant\w*|non-?significant\w*|rul(?:ed|es) out|absent|absence|free of|without"
    r"|neither|nor|nobody|none"
    r"|no longer|never|rather than|hardly|barely|unable|instead of|except|unlikely|stopped short|short of|no)\b)"
)
_NO_EFFECT = re.compile(
    r"(?i:\b(?:no(?: longer)?|not|n['’]t|without|neither|nor)(?: [\w-]+){0,2} (?:significan\w+|differ\w*)|\bnon-?significan\w+"
    r"|\binsignifican\w+)"
)
_DENIED = re.compile(r"(?i:\b(?:no|not|n['’]t|without|nor|neither|non|any)\b(?: [\w-]+){0,2} ?$)")
_SIGNIFICANT = re.compile(r"(?i:(?<!non-)(?<!non)\bsignifican\w+)")
_NEAR = 0.2
_WHEREVER = frozenset({"study_design", "route", "strength"})
"""Kinds whose words differ wherever they stand."""
_NAMED_BY_SOURCE = frozenset({"study_design", "route", "direction"})
"""Kinds that a word of the source alone can show, where it stands beside what the claim has instead."""
_BARE = frozenset({"direction", "strength", "time", "comparator"})
"""Kinds whose words say little alone: quoted with what they belong to."""
_GRAMS = ("gram", "liter", "mole", "_unit")


def signs(texts: Pair) -> list[Sign]:
    """All signs of a difference, in a fixed order. There is always one."""
    rules = (_strict, _overclaims, _figures, _scales, _negations, places, compared, drugs)
    found = [s if _telling(texts.claim.text, s) else replace(s, quotable=False) for rule in rules for s in rule(texts)]
    longest = max(texts.missing, key=lambda r: (len(within(texts.claim, r)), -r[0]), default=None)
    span = longest or verb_of(texts.claim)
    return [*found, Sign("any", "outcome", span, counterpart(texts, span), words=len(within(texts.claim, span)))]


def _telling(claim: str, sign: Sign) -> bool:
    """Whether the claim's side says more than "patients" or "was given"."""
    quote = claim[sign.claim[0] : sign.claim[1]]
    return sign.quotable and (
        sign.source is not None or sign.kind in _BARE or sign.kind == "negation" or bool(set(words(quote)) - vocabulary.LIGHT)
    )


def setting(texts: Pair) -> tuple[str, ...]:
    """What holds of the pair as a whole, and makes one kind of difference likelier than another wherever it stands."""
    claim, source = texts.claim.text, texts.source.text
    share = "most" if texts.share > 0.8 else "half" if texts.share > 0.5 else "few"
    told = [f"share:{share}", f"runs:{min(len(texts.missing), 4)}"]
    told += [f"figures:{'yes' if texts.claim.quantities else 'no'}:{'yes' if texts.source.quantities else 'no'}"]
    told += [f"than:{bool(THAN.search(claim)):d}{bool(THAN.search(source)):d}", f"contrast:{bool(_CONTRAST.search(claim)):d}"]
    told += [f"null:{bool(_null(claim)):d}{bool(_null(source)):d}", f"only:{bool(_ONLY.search(claim)):d}{bool(_ONLY.search(source)):d}"]
    told += [f"design:{bool(_DESIGN.search(claim)):d}{bool(_DESIGN.search(source)):d}", f"order:{_turned_round(texts):d}"]
    return tuple(told)


_CONTRAST = re.compile(r"(?i:\b(?:whereas|while|but|unlike|rather than|instead of|not)\b)")
_ONLY = re.compile(r"(?i:\b(?:only|alone|solely|exclusively|just|both|confined|restricted|limited to)\b)")
_DESIGN = re.compile(r"(?i:\b(?:trials?|stud(?:y|ies)|random\w+|blind\w*|design\w*|cohort|allocat\w+|assign\w+|protocol|analys\w+)\b)")


def _turned_round(texts: Pair) -> bool:
    """Whether words that both texts have once stand in another order."""
    places: dict[str, int] = {}
    for i, word in enumerate(texts.source.words):
        places.setdefault(word.stem, i)
    order = [places[w.stem] for w in texts.claim.words if w.stem in places]
    return sum(b < a for a, b in pairwise(order)) * 3 > len(order)


def _strict(texts: Pair) -> Iterator[Sign]:
    """What the rules say."""
    for prefix, rule in (("rule", compare), ("beside", elsewhere)):
        for reason in rule(texts.claim.text, texts.source.text):
            mine = find(texts.claim.text, reason.claim)
            if mine:
                yield Sign(f"{prefix}:{reason.kind}", reason.kind, mine, find(texts.source.text, reason.source))


def _overclaims(texts: Pair) -> Iterator[Sign]:
    """A cure, or an effect without exception, over an improvement: stronger than the source, which does not rule it out."""
    mine, theirs = vocabulary.OVERCLAIM.search(texts.claim.text), vocabulary.MODEST.search(texts.source.text)
    if mine and theirs and not vocabulary.OVERCLAIM.search(texts.source.text) and not NEGATION.search(texts.claim.text):
        yield Sign("overclaim", "strength", mine.span(), theirs.span())


def _figures(texts: Pair) -> Iterator[Sign]:
    """Figures that the source has otherwise, or not at all; and figures that stand beside other words in the source."""
    there = [q for q in texts.source.quantities if not q.derived][:40]
    missing = [q for q in unmatched(texts.claim, texts.source) if not q.derived][:MOST_RUNS]
    bounded = [q for q in texts.claim.quantities[:MOST_RUNS] if q.bound in ("<", ">") and q not in missing and not q.derived]
    plain = [replace(o, bound="") for o in there]
    bounded = [q for q in bounded if not any(equivalent(replace(q, bound=""), o) for o in plain)]
    for q in [*missing, *bounded]:
        kind = _kind_of(texts.claim.text, q)
        rivals = [o for o in there if _same_sort(q, o) and _counted_alike(texts, q, o)]
        near, other = max(
            ((round(alike(texts.claim, (q.start, q.end), texts.source, (o.start, o.end)), 3), o) for o in rivals),
            key=lambda t: t[0],
            default=(0.0, None),
        )
        span = _trim(texts.claim.text, (q.start, q.end))
        if other is None:
            yield Sign(f"figure:{kind}:only", kind, span)
            continue
        there_too = _trim(texts.source.text, (other.start, other.end))
        if q.value == other.value and q.unit != other.unit:
            yield Sign("figure:unit", "unit", span, there_too)
        yield Sign(f"figure:{kind}:{'within' if q in bounded else 'near' if near >= 0.3 else 'far'}", kind, span, there_too)
    if not missing:
        for q in texts.claim.quantities[:MOST_RUNS]:
            same = [o for o in there if o.value == q.value]
            others = [o for o in there if o.value != q.value and o.kind == q.kind]
            if same and others and not q.derived:
                at = (q.start, q.end)
                ours = max(alike(texts.claim, at, texts.source, (o.start, o.end)) for o in same)
                near, rival = max(((alike(texts.claim, at, texts.source, (o.start, o.end)), o) for o in others), key=lambda t: t[0])
                if near > ours:
                    kind = _kind_of(texts.claim.text, q)
                    yield Sign(
                        f"figure:{kind}:moved", kind, _trim(texts.claim.text, at), _trim(texts.source.text, (rival.start, rival.end))
                    )
                    return


def _same_sort(one: Quantity, other: Quantity) -> bool:
    if one.kind == other.kind:
        return (
            one.kind != "measure"
            or one.unit == other.unit
            or one.unit.split("/")[0] == other.unit.split("/")[0]
            or one.value == other.value
        )
    return {one.kind, other.kind} <= {"count", "percent", "fold", "ratio"} or {one.kind, other.kind} == {"time", "age"}


def _counted_alike(texts: Pair, one: Quantity, other: Quantity) -> bool:
    """Whether two counts may count the same thing: patients and patients, not arms and pounds."""
    if one.kind != "count" or one.decimals or other.decimals:
        return True
    mine = set(texts.claim.ahead(one.end, 3, 40))
    return not mine or not mine.isdisjoint(texts.source.ahead(other.end, 3, 40))


_PER = re.compile(r"(?i: ?(?:a|per|each|every|/) ?(?:day|week|month|hour)\b)")
_DOSED = re.compile(r"(?i: (?:sessions?|doses?|tablets?|capsules?|injections?|treatments?|times|applications?)\b)")


def _kind_of(text: str, q: Quantity) -> ReasonKind:
    if q.kind == "time":
        return "dose" if _PER.match(text, q.end) else "time"
    if q.kind == "age":
        return "population"
    if q.kind == "frequency" or (q.kind == "measure" and any(part in q.unit for part in _GRAMS)):
        return "dose"
    return "dose" if _PER.match(text, q.end) or _DOSED.match(text, q.end) else "number"


def _scales(texts: Pair) -> Iterator[Sign]:
    """Words of one scale that the two texts fill otherwise."""
    for scale, patterns in vocabulary.COMPILED:
        mine = [p.search(texts.claim.text) for p in patterns]
        theirs = [p.search(texts.source.text) for p in patterns]
        name = f"{scale.kind}:{scale.name}"
        gone = [m for m, t in zip(mine, theirs, strict=True) if m and not t]
        others = [t for m, t in zip(mine, theirs, strict=True) if t and not m]
        if not any(mine):
            if others and texts.missing:
                there = _figure_at(texts.source, others[0].span())
                span = counterpart(swap(texts), there)
                yield Sign(
                    f"{name}:theirs", scale.kind, span or texts.missing[0], there, span is not None and scale.kind in _NAMED_BY_SOURCE
                )
        elif gone and not others:
            span = _figure_at(texts.claim, gone[0].span())
            yield Sign(f"{name}:only", scale.kind, phrase(texts.claim, span, 1) if scale.kind in _BARE else span)
        elif gone:
            near, pick, other = max(
                ((round(alike(texts.claim, m.span(), texts.source, t.span()), 3), m, t) for m in gone for t in others), key=lambda c: c[0]
            )
            spans = _figure_at(texts.claim, pick.span()), _figure_at(texts.source, other.span())
            fits = near >= _NEAR or scale.kind in _WHEREVER
            yield Sign(f"{name}:{'both' if near >= _NEAR else 'apart'}", scale.kind, *spans, fits)


def _figure_at(reading: Reading, span: Span) -> Span:
    """The quantity that a word belongs to ("six months" for "months"), or the word."""
    return next(((q.start, q.end) for q in reading.quantities if q.start <= span[0] and span[1] <= q.end), span)


def _negations(texts: Pair) -> Iterator[Sign]:
    """A "no" on one side only, and significance on one side only."""
    mine, theirs = _null(texts.claim.text), _null(texts.source.text)
    sure, known = _sure(texts.claim.text), _sure(texts.source.text)
    effect, none = figures(texts.source.text)
    affirmed = phrase(texts.claim, sure) if sure else None
    if mine and not theirs:
        span = phrase(texts.claim, mine)
        yield Sign("no:claim", "negation", span, phrase(texts.source, known) if known else echo(texts.claim, span, texts.source))
    elif theirs and not mine:
        span = phrase(texts.source, theirs)
        place = affirmed or echo(texts.source, span, texts.claim)
        yield Sign("no:source", "negation", place or verb_of(texts.claim), span)
    elif mine and theirs:
        yield Sign("no:both", "negation", phrase(texts.claim, mine), phrase(texts.source, theirs), False)
    if none and not mine:
        yield Sign("p:none", "negation", affirmed or verb_of(texts.claim), find(texts.source.text, none), affirmed is not None)
    if effect and mine:
        yield Sign("p:effect", "negation", phrase(texts.claim, mine), find(texts.source.text, effect))
    if known and not sure:
        yield Sign(
            "significant:source",
            "negation",
            phrase(texts.claim, mine) if mine else verb_of(texts.claim),
            phrase(texts.source, known),
            bool(mine),
        )
    if sure and not known:
        yield Sign("significant:claim", "negation", phrase(texts.claim, sure), phrase(texts.source, theirs) if theirs else None)


def _null(text: str) -> Span | None:
    found = _NO_EFFECT.search(text) or _NULL_LIKE.search(text) or NEGATION.search(text)
    return found.span() if found else None


def _sure(text: str) -> Span | None:
    """The first "significant" that nothing before it denies."""
    return next((m.span() for m in _SIGNIFICANT.finditer(text) if not _DENIED.search(text[max(0, m.start() - 30) : m.start()])), None)


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
