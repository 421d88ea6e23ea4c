"""The part of a compound claim that a source lacks: the clause whose words are missing, against the rest."""

from __future__ import annotations

import re

from .explain_reading import Pair, Span

_JOINT = re.compile(
    r"(?i:[,;:]?\s+(?:and|but|while|whereas|although|though|yet|with|which|because|since|especially|particularly|mostly|mainly"
    r"|chiefly|so|where|even"
    r"|as well as|nor|or|plus|who|when|if|after|at|for|in|than|rather than|even|by)\b\s*|[;,:]\s+)"
)
_STRONG = re.compile(r"(?i:[,;:]|\b(?:and|but|while|whereas|nor|which|because|although|since)\b)")
_TAIL = 0.05
"""What being last is worth: writers add what the source lacks at the end."""
_JOINED = 0.08
"""What a comma or a conjunction is worth over a preposition."""
_MOST = 40


def missing_part(texts: Pair) -> Span | None:
    """The part of the claim, before or behind a joint, with the larger share of words and figures that the source lacks.

    None where nothing is missing, or the claim has no joint.
    """
    text = texts.claim.text
    gone = texts.missing
    words = [(w.start, w.end) for w in texts.claim.words]
    lacked = [w for w in words if any(r[0] <= w[0] and w[1] <= r[1] for r in gone)]
    if not lacked:
        return None
    best, place = 0.0, None
    for m in list(_JOINT.finditer(text))[:_MOST]:
        head, tail = (0, m.start()), (m.end(), len(text))
        shares = [_share(part, words, lacked) for part in (head, tail)]
        if None in shares:
            continue
        worth = _JOINED if _STRONG.search(m.group()) else 0.0
        for part, gain in ((tail, (shares[1] or 0) - (shares[0] or 0) + _TAIL), (head, (shares[0] or 0) - (shares[1] or 0))):
            if round(gain + worth, 6) > best:
                best, place = round(gain + worth, 6), part
    return place


def _share(part: Span, words: list[Span], lacked: list[Span]) -> float | None:
    """Of a part's content words, those that are lacked, smoothed; None where it has no word."""
    inside = sum(part[0] <= w[0] and w[1] <= part[1] for w in words)
    return sum(part[0] <= w[0] and w[1] <= part[1] for w in lacked) / (inside + 1) if inside else None
