"""The gate's errors, claim by claim.

*False pass*: an unsupported claim (contradicted, not found, partly supported) is shown as supported; over the claims that gold does not
call supported. *Contradicted, passed*: the same over the contradicted alone. *False strip*: a supported claim is withheld, that is, given
any other verdict; over the supported claims. A claim that the system could not judge is not shown as supported, so it is a false strip
where it is supported and no false pass where it is not: a gate that fails closed. A claim without a record counts likewise. *Not judged*
counts such claims apart, over all claims.

False pass and false strip are the false positive and false negative rate of "shown as supported".
"""

from __future__ import annotations

from ..claims import ClaimCase
from ..records import Ruling
from .base import ClaimMetric


def passed(reply: Ruling | None) -> bool:
    """Whether the claim is shown as supported."""
    return reply is not None and reply.verdict == "supported"


def _false_pass(case: ClaimCase, reply: Ruling | None) -> float | None:
    return None if case.supported else float(passed(reply))


def _contradicted_passed(case: ClaimCase, reply: Ruling | None) -> float | None:
    return float(passed(reply)) if case.verdict == "contradicted" else None


def _false_strip(case: ClaimCase, reply: Ruling | None) -> float | None:
    return float(not passed(reply)) if case.supported else None


def _unjudged(case: ClaimCase, reply: Ruling | None) -> float | None:
    return float(reply is None or reply.verdict == "unchecked")


FALSE_PASS = ClaimMetric("false pass", _false_pass, "verdict", lower_is_better=True)
CONTRADICTED_PASSED = ClaimMetric("contradicted, passed", _contradicted_passed, "verdict", lower_is_better=True)
FALSE_STRIP = ClaimMetric("false strip", _false_strip, "verdict", lower_is_better=True)
UNJUDGED = ClaimMetric("not judged", _unjudged, "abstention", lower_is_better=True)
