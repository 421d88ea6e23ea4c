"""Quantities of a claim against those of a source.

A figure differs where the source has none that says the same, and has another of its kind in the same surroundings that the claim does
not have either. What a reader would have to work out (differences, sums, "20 minutes longer") is left alone, and so is a later time
point than the source reports: the source says nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from pincite.app.claims import Reason, ReasonKind
from pincite.ingest.lexical import words

from ..equivalence import equivalent, in_unit_of
from ..quantities import Quantity
from .reading import Reading, alike, covered

_UNCOMPARED = frozenset({"p", "level"})
_MOST = 40
"""Quantities of a claim, or of a source, that are compared with one another: no finding has more."""
_COVERED, _NEAR = 0.5, 0.2
_SAME_FIGURE = 0.3
"""What an equal figure in another unit adds to the likeness of the surroundings."""
_ARMS = frozenset(
    words("group groups arm arms condition conditions treatment treatments drug drugs time times period periods other others")
)
_RELATIVE = re.compile(
    r"(?i:[ -]?(?:%|per ?cent|points?|percentage points?)?[ ,]*(?:longer|shorter|more|less|fewer|higher|lower|greater|older"
    r"|younger|faster|slower"
    r"|earlier|later|apart)\b)"
)
_BY = re.compile(
    r"(?i:\b(?:(?:increas|decreas|reduc|ris|rose|rais|fell|fall|drop|declin|improv|lower|cut|higher|differ|shrank|shrink|grew|grow|down|up|exceed"
    r"|short|long|chang|prolong|longer|better|worse|greater|less)\w*(?: [\w-]+){0,5} by|differ\w* (?:of|was)"
    r"|(?:difference|gain|drop|fall|rise|total) of"
    r"|in all|altogether)[, ]*(?:about |around |some |over )?[£$€]?)$"
)
_POINT_BEFORE = re.compile(r"(?i:(?:^\W*|\b(?:at|after|by|on|until|till|up to|beyond|past) (?:\w+ )?))$")
_POINT_AFTER = re.compile(r"(?i:,? (?:after|later|on\b|of follow))")


def number_differences(claim: Reading, source: Reading) -> Iterator[Reason]:
    """The claim's figures that the source has otherwise."""
    missing = [q for q in unmatched(claim, source) if not q.derived][:_MOST]
    if not missing or covered(claim, source) < _COVERED:
        return
    known = claim.quantities[:_MOST]
    there = source.quantities[: 4 * _MOST]
    free = [q for q in there if not q.derived and q.kind not in _UNCOMPARED and not any(equivalent(c, q) for c in known)][:_MOST]
    for quantity in missing:
        if not _speaks(claim, quantity) or _worked_out(claim, quantity, source) or _further(claim, quantity, source):
            continue
        candidates = [(_likeness(claim, quantity, source, q), q) for q in free if _comparable(claim, quantity, source, q)]
        if not candidates:
            continue
        near, other = max(candidates, key=lambda c: (c[0], -c[1].start))
        if near >= _NEAR:
            yield Reason(_kind(quantity, other), shown(claim, quantity), shown(source, other))


def unmatched(claim: Reading, source: Reading) -> list[Quantity]:
    """The claim's quantities that the source does not have in any equivalent form."""
    derived = [q for q in claim.quantities if q.derived]
    missing = []
    for quantity in claim.quantities[: 4 * _MOST]:
        if quantity.kind in _UNCOMPARED or _has(source, quantity):
            continue
        whole = next((d for d in derived if d is not quantity and d.start <= quantity.start and quantity.end <= d.end), None)
        if whole is None or not _has(source, whole):
            missing.append(quantity)
    return missing


def absent(claim: Reading, source: Reading) -> list[Quantity]:
    """Those of the unmatched that a reader could not work out from the source either."""
    return [q for q in unmatched(claim, source) if _speaks(claim, q) and not _loose(claim, q, source) and not _worked_out(claim, q, source)]


def _loose(claim: Reading, quantity: Quantity, source: Reading) -> bool:
    """A figure that a source may have without its unit, or need not have: small counts and shares in words, how often, how many times."""
    if quantity.kind in ("frequency", "fold"):
        return True
    if not claim.text[quantity.start].isdigit() and (quantity.kind == "percent" or (quantity.kind == "count" and quantity.value <= 12)):
        return True
    return any(q.value == quantity.value and "count" in (q.kind, quantity.kind) for q in source.quantities)


def shown(reading: Reading, quantity: Quantity) -> str:
    """A quantity as it stands in its text."""
    return reading.text[quantity.start : quantity.end].strip()


def _has(source: Reading, quantity: Quantity) -> bool:
    return any(equivalent(quantity, q) or _same_figure(quantity, q) for q in source.quantities[: 10 * _MOST])


def _same_figure(claim: Quantity, source: Quantity) -> bool:
    """A figure whose unit the source leaves to a table or to the end of a list: "(519.44 ± 86.25 and 277.88 ± 94.25 min)"."""
    return source.kind == "count" and claim.value == source.value and (claim.decimals > 0 or claim.kind == "percent")


def _speaks(claim: Reading, quantity: Quantity) -> bool:
    if quantity.kind == "count" and shown(claim, quantity).lower() == "one":
        return False
    return not any(d.derived and d.start <= quantity.start and quantity.end <= d.end for d in claim.quantities)


def _comparable(claim: Reading, one: Quantity, source: Reading, other: Quantity) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind == "count":
        if one.decimals or other.decimals:
            return bool(one.decimals and other.decimals)
        counted = claim.ahead(one.end, 3, 40)
        return bool(counted) and counted[0] not in _ARMS and not set(counted).isdisjoint(source.ahead(other.end, 3, 40))
    return one.unit == other.unit or in_unit_of(other, one) is not None or (one.kind == "measure" and one.value == other.value)


def _likeness(claim: Reading, one: Quantity, source: Reading, other: Quantity) -> float:
    telling = one.unit != other.unit and one.value == other.value and (one.decimals > 0 or one.value >= 10)
    return alike(claim, (one.start, one.end), source, (other.start, other.end)) + (_SAME_FIGURE if telling else 0.0)


def _worked_out(claim: Reading, quantity: Quantity, source: Reading) -> bool:
    if _is_relative(claim, quantity):
        # Unless the source gives a change too, in the same unit: then that is the figure that the claim has otherwise.
        return not any(q.kind == quantity.kind and q.unit == quantity.unit and _is_relative(source, q) for q in source.quantities[:_MOST])
    values = sorted({v for q in source.quantities[:_MOST] if q.kind == quantity.kind and (v := in_unit_of(q, quantity)) is not None})[:12]
    near = 1e-6 * max(1.0, abs(quantity.value))
    return any(abs(b - a - quantity.value) < near or abs(a + b - quantity.value) < near for a, b in combinations(values, 2))


def _is_relative(reading: Reading, quantity: Quantity) -> bool:
    """Whether a figure says by how much, not how much: "fell by 41%", "20 minutes longer"."""
    before = reading.text[max(0, quantity.start - 60) : quantity.start]
    return bool(_RELATIVE.match(reading.text, quantity.end) or _BY.search(before))


def _further(claim: Reading, quantity: Quantity, source: Reading) -> bool:
    """A time point beyond all that the source reports, and not one of its figures with another unit."""
    if quantity.kind != "time" or not (
        _POINT_BEFORE.search(claim.text[max(0, quantity.start - 22) : quantity.start]) or _POINT_AFTER.match(claim.text, quantity.end)
    ):
        return False
    reported = [q for q in source.quantities if q.kind == "time"]
    if any(q.value == quantity.value for q in reported):
        return False
    return all(quantity.value > (in_unit_of(q, quantity) or 0.0) for q in reported)


def _kind(quantity: Quantity, other: Quantity) -> ReasonKind:
    if quantity.kind == "time":
        return "time"
    if quantity.kind == "age":
        return "population"
    if quantity.kind == "frequency":
        return "dose"
    if quantity.kind == "measure" and quantity.value == other.value:
        return "unit"
    if quantity.kind == "measure" and any(part in quantity.unit for part in ("gram", "liter", "mole", "_unit")):
        return "dose"
    return "number"
