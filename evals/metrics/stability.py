"""Citation stability: how many of the citations stay when nothing that matters has changed?

The sentences that both answers cite, as a share of those that either cites (Jaccard 1912); where neither cites any there is nothing to keep
and no figure. A commercial tool kept 46 % of its quotes when it was simply asked again.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..gold import Place


def overlap(first: Iterable[Place], second: Iterable[Place]) -> float | None:
    """Shared share of two sets of sentences, from 0 to 1; None where both are empty."""
    a, b = frozenset(first), frozenset(second)
    return len(a & b) / len(a | b) if a or b else None
