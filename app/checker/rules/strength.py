"""Certainty: "proven", "settled", "all agree" over "unclear", "conflicting", "controversial", and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pincite.app.claims import Reason

from .reading import Reading, covered

_CERTAIN = re.compile(
    r"(?i:\b(?:prove[ns]?|proved|established|conclusive(?:ly)?|definit(?:ive|ely|ively)|undoubted(?:ly)?|no doubt"
    r"|beyond doubt|without doubt|certain(?:ly)?"
    r"|settled|undisputed|unquestionabl[ey]|(?:all|every) (?:\w+ ){0,2}agree\w*|agree\w*|consensus|unanimous\w*"
    r"|consistent(?:ly)?|clear(?:ly)?|well understood"
    r"|fully understood|confirmed|demonstrated|reliabl[ey]|convincing(?:ly)?|worked out"
    r"|no (?:further|more) (?:\w+ ){0,2}(?:needed|required|necessary|research|stud\w+|trials?|work))\b)"
)
_UNCLEAR = re.compile(
    r"(?i:\b(?:unclear|unknown|uncertain|unproven|unsettled|controversial|controversy|conflicting|contradictory|inconsistent"
    r"|inconclusive|debat\w+|disputed"
    r"|mixed (?:results|findings|evidence)|equivocal|questionable|disagree\w*|no consensus|insufficient|scarce|sparse|limited evidence"
    r"|not (?:\w+ ){0,2}(?:known|clear|established|understood|proven|proved|certain|conclusive|consistent|confirmed"
    r"|demonstrated)|poorly understood"
    r"|little (?:is known|evidence)|remains? to be|(?:further|more|larger|additional|future) (?:\w+ ){0,3}(?:stud\w+"
    r"|research|trials?|investigation\w*|work)"
    r"(?: (?:is|are|was|were|will be))? (?:\w+ )?(?:needed|required|necessary|warranted|recommended)"
    r"|no (?:clear |conclusive |definite |convincing |strong |firm )?evidence|lack of (?:\w+ )?(?:evidence|consensus)"
    r"|cannot be (?:excluded|ruled out|concluded)|weak evidence)\b)"
)
_TURNED = re.compile(
    r"(?i:\b(?:no longer|not|no|nor|never|yet to be|far from|hardly|without|n['’]t|cannot be|miss\w*|short of|less)\b(?: [\w-]+){0,3} ?$)"
)
_OF_NO = re.compile(
    r"(?i:\bevidence (?:of|for) (?:no\b|a lack of|the absence of)"
    r"|\b(?:evidence|data|studies|trials?) (?:shows?|showed|proves?|proved) (?:that )?(?:there (?:is|was) )?no\b)"
)
_NO = re.compile(r"(?i:\b(?:no|insufficient|little|not enough|limited|lack of) (?:\w+ ){0,2}evidence\b)")
_COVERED = 0.25


def strength_differences(claim: Reading, source: Reading) -> Iterator[Reason]:
    """Where one text is sure of what the other leaves open."""
    if covered(claim, source) < _COVERED:
        return
    sure, open_ = _plain(_CERTAIN, claim.text), _plain(_UNCLEAR, source.text)
    if sure and open_ and not _UNCLEAR.search(claim.text) and not _plain(_CERTAIN, source.text):
        yield Reason("strength", sure.group(), open_.group())
        return
    open_, sure = _plain(_UNCLEAR, claim.text), _plain(_CERTAIN, source.text)
    if open_ and sure and not _UNCLEAR.search(source.text):
        yield Reason("strength", open_.group(), sure.group())
        return
    proof, want = _OF_NO.search(claim.text), _NO.search(source.text)
    if proof and want and not _OF_NO.search(source.text):
        yield Reason("strength", proof.group(), want.group())


def _plain(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that nothing before it turns round."""
    return next((m for m in pattern.finditer(text) if not _TURNED.search(text[max(0, m.start() - 40) : m.start()])), None)
