"""Evidence named: does the verdict rest on a right sentence?

1 where a sentence named as supporting or contradicting is a member of a gold set, else 0; over the claims with gold sentences on which the
system came to ``supported``, ``partly`` or ``contradicted``. After SciFact's evidence-aware scoring (Wadden et al. 2020,
doi:10.18653/v1/2020.emnlp-main.609). A system that names no sentences at all is scored 0 here: its reader cannot check it.
"""

from __future__ import annotations

from ..claims import ClaimCase
from ..records import Ruling
from .base import ClaimMetric


def _score(case: ClaimCase, reply: Ruling | None) -> float | None:
    if not case.gold or reply is None or reply.verdict in ("unchecked", "not_found"):
        return None
    return float(not case.right.isdisjoint(reply.named))


EVIDENCE = ClaimMetric("a right sentence named", _score, "sentences")
