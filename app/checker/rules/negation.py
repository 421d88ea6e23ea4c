"""Negation, and significance: "did not reduce" against "reduced", "no significant difference" against "significantly lower".

A sentence in which anything else could carry a "no" ("failed", "only", "whereas", "unaffected") is left to the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pincite.app.claims import Reason
from pincite.ingest.lexical import words

from .reading import Reading, alike, covered

NEGATION = re.compile(
    r"(?i:\b(?:no(?! less\b| more\b)|not(?! only\b| just\b)|never|neither|nor|without|none|cannot|nobody|fail(?:s|ed|ing)? to|unable to"
    r"|lack of|absence of|lack(?:s|ed|ing))\b|n['’]t\b)"
)
"""Words that turn a statement round."""
_EFFECT = (
    r"(?:differences?|effects?|changes?|improvements?|benefits?|associations?|correlations?|reductions?|increases?"
    r"|decreases?|relation(?:ship)?s?"
    r"|interactions?|advantages?|gains?|impact|influence|links?)"
)
_NULL = re.compile(
    rf"(?i:\bno longer significan\w+|\b(?:no|without|lack of|nor|neither|not any|never)\b(?: [\w-]+){{0,4}} {_EFFECT}\b"
    r"|\b(?:not|n['’]t)(?: [\w-]+){0,2} (?:significan\w+|differ\w*)|\bnon-?significan\w+|\bnot reach|\binsignifican\w+"
    r"|\bdid(?: not|n['’]t)(?: [\w-]+){0,2} (?:change|improve|increase|decrease|affect|reduce|alter|influence)"
    r"|\b(?:lost|losing) significance|\bfailed to reach)"
)
"""A finding of no effect."""
_SIGNIFICANT = re.compile(r"(?i:(?<!non-)(?<!non)\bsignifican\w+)")
_TURNED = re.compile(r"(?i:\b(?:no|not|n['’]t|without|nor|neither|non)\b(?: [\w-]+){0,3} ?$)")
_ALIKE = re.compile(r"(?i:\b(?:similar(?:ly)?|comparable|alike|equal(?:ly)?|equivalent|(?:much )?the same|unchanged|stable|identical)\b)")
# Words that may carry a "no" of their own: where one stands, the rules of negation keep silent.
_HINT = re.compile(
    r"(?i:\b(?:fail\w*|miss\w*|lack\w*|absen\w+|un[a-z]{4,}|in(?:effective|active|significant|sufficient)\w*|only|similar\w*"
    r"|same|alike|equal\w*|comparable"
    r"|rather|free|instead|except\w*|unlike|little|few|rare\w*|non-?\w+|neither|nor|without|apart|short of|too \w+ to"
    r"|stop\w*|disappear\w*|vanish\w*|gone"
    r"|zero|0(?![.·\d])|exclu\w+|barred|prevent\w*|avoid\w*|ruled? out|refus\w*|declin\w*|den(?:y|ied|ies)|whereas|while|although|but"
    r"|however|despite|opposite"
    r"|contrary|hardly|barely|scarcely|uncertain|unclear)\b)"
)
_CUE = re.compile(
    r"(?i:\b(?:did|do|does|is|are|was|were|has|have|had|will|would|could|can|should|may|might) not(?! only| just)(?: been"
    r"| be)?\b|\bcannot\b|n['’]t\b"
    r"|\bnever\b|\bno(?! longer| less| more| further| other)\b|\bfail(?:s|ed)? to\b|\bnobody\b|\bnone\b)"
)
_P = re.compile(r"(?i:\bp(?:[ -]?values?)? ?(?P<sign>[=<>≤≥]) ?(?P<p>0?[.·]\d{1,6}|[01](?:[.·]0{1,3})?)(?!\d))")
_INTERVAL = re.compile(
    r"(?i:\b(?:9[059](?:\.\d)? ?% ?)?(?:ci|confidence interval)s?(?: of"
    r"| was)?[,:;=( \[]{0,4}(?P<low>[-−–+]?\d{1,5}(?:[.·]\d{1,4})?) ?%?(?: ?(?:to|,|;|-|–|—) ?)"
    r"(?P<high>[-−–+]?\d{1,5}(?:[.·]\d{1,4})?))"
)
_RATIO = re.compile(r"\b(?:(?i:ratios?|relative risk|odds|hazard)|I?RR|a?OR|a?HR)\b[^;]{0,40}$")
_RELATIONS = frozenset(words("after before during between among within until since over under other than"))
_ALIKE_COVERED, _SIGNIFICANT_COVERED, _DENIED_COVERED = 0.3, 0.4, 0.5
_NEAR = 0.2


def negation_differences(claim: Reading, source: Reading) -> Iterator[Reason]:
    """Where one text affirms what the other denies."""
    overlap = covered(claim, source)
    if overlap >= _ALIKE_COVERED:
        yield from _evened(claim, source)
    if overlap >= _SIGNIFICANT_COVERED:
        yield from _significance(claim, source)
    if overlap >= _DENIED_COVERED:
        yield from _denied(claim, source)


def _significance(claim: Reading, source: Reading) -> Iterator[Reason]:
    """A significant effect over a null finding, or a null finding over a significant one."""
    mine, theirs = _affirmed(claim.text), _affirmed(source.text)
    my_null, their_null = _NULL.search(claim.text), _NULL.search(source.text)
    effect, none = figures(source.text)
    if mine and not theirs and not effect and not _may_deny(claim.text):
        denial = their_null.group() if their_null else none
        if denial:
            yield Reason("negation", mine.group(), denial)
    elif my_null and not mine and not their_null and not none and not _may_deny(source.text):
        finding = theirs.group() if theirs else effect
        if finding:
            yield Reason("negation", my_null.group(), finding)


def _may_deny(text: str) -> bool:
    return bool(NEGATION.search(text) or _HINT.search(text))


def figures(text: str) -> tuple[str, str]:
    """The first p value or interval of a text that shows an effect, and the first that shows none; empty where it has none."""
    effect = none = ""
    for m in _P.finditer(text):
        p = float(m["p"].replace("·", "."))
        if (m["sign"] in "=<≤" and p < 0.05) or (m["sign"] in "<≤" and p == 0.05):
            effect = effect or m.group()
        elif m["sign"] in "=>≥" and p >= 0.05:
            none = none or m.group()
    for m in _INTERVAL.finditer(text):
        low, high = (float(m[n].replace("·", ".").replace("−", "-").replace("–", "-")) for n in ("low", "high"))
        even = 1.0 if _RATIO.search(text[max(0, m.start() - 60) : m.start()]) else 0.0
        if low <= even <= high:
            none = none or m.group()
        elif low <= high:
            effect = effect or m.group()
    return effect, none


def _affirmed(text: str) -> re.Match[str] | None:
    return next((m for m in _SIGNIFICANT.finditer(text) if not _TURNED.search(text[max(0, m.start() - 40) : m.start()])), None)


def _evened(claim: Reading, source: Reading) -> Iterator[Reason]:
    """ "Similar" over "significantly lower"."""
    mine, theirs = _ALIKE.search(claim.text), _affirmed(source.text)
    if not mine or not theirs or _SIGNIFICANT.search(claim.text) or NEGATION.search(claim.text):
        return
    if NEGATION.search(source.text) or _ALIKE.search(source.text) or _NULL.search(source.text):
        return
    if alike(claim, mine.span(), source, theirs.span()) >= _NEAR:
        yield Reason("negation", mine.group(), theirs.group())


def _denied(claim: Reading, source: Reading) -> Iterator[Reason]:
    """A word that the claim denies, and that a source without any "no" affirms."""
    if _may_deny(source.text):
        return
    for cue in _CUE.finditer(claim.text):
        for rank, stem in enumerate(claim.ahead(cue.end(), 2, 40)):
            word = next((w for w in source.words if w.stem == stem and stem not in _RELATIONS), None)
            if word and alike(claim, cue.span(), source, (word.start, word.end)) >= (_NEAR if rank == 0 else 2 * _NEAR):
                yield Reason("negation", claim.text[cue.start() : _end_of(claim, cue.end(), rank)], source.text[word.start : word.end])
                return


def _end_of(reading: Reading, position: int, rank: int) -> int:
    return [w.end for w in reading.words if w.start >= position][rank]
