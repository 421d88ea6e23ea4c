"""Whether two quantities say the same: 0.5 g and 500 mg, 12 weeks and three months, "fewer than half" and 41 %, 42 % and 41.8 %."""

from __future__ import annotations

from .quantities import Quantity
from .units import DAYS, days, factor

_EXACT = 1e-9
_CALENDAR = 0.085
"""Months are counted as four weeks as well as thirty days."""
_CONVERTED = 0.005
_ABOUT = 0.1


def equivalent(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim's quantity is what the source says, in whatever unit, rounding or wording."""
    if claim.kind != source.kind and {claim.kind, source.kind} != {"time", "age"}:
        return False
    if claim.kind == "measure" and claim.value == source.value and _same_amount(claim.unit, source.unit):
        return True
    said = in_unit_of(source, claim)
    if said is None:
        return False
    slack = _EXACT * max(abs(claim.value), abs(said))
    if claim.bound == "<" and source.bound != ">" and said <= claim.value + slack:
        return True
    if claim.bound == ">" and source.bound != "<" and said >= claim.value - slack:
        return True
    return abs(claim.value - said) <= max(slack, _tolerance(claim, source, said))


def in_unit_of(quantity: Quantity, other: Quantity) -> float | None:
    """The value of a quantity in the unit of another, or None where the two measure different things."""
    if quantity.unit == other.unit:
        return quantity.value
    if quantity.unit in DAYS and other.unit in DAYS:
        return days(quantity.value, quantity.unit) / DAYS[other.unit]
    if quantity.kind != "measure" or other.kind != "measure":
        return None
    times = factor(quantity.unit, other.unit)
    return None if times is None else quantity.value * times


def _same_amount(unit: str, other: str) -> bool:
    """Whether one unit is the other with "per day" or "per kilogram" left for the reader to understand."""
    one, two = sorted((unit.split("/"), other.split("/")), key=len)
    return len(one) < len(two) and two[: len(one)] == one


def _tolerance(claim: Quantity, source: Quantity, said: float) -> float:
    largest = max(abs(claim.value), abs(said))
    if claim.unit != source.unit:
        calendar = claim.kind in ("time", "age") and not {claim.unit, source.unit}.isdisjoint({"month", "year"})
        tolerance = (_CALENDAR if calendar else _CONVERTED) * largest
    elif claim.decimals != source.decimals:
        tolerance = 0.5 * 10.0 ** -min(claim.decimals, source.decimals) * (1 + _EXACT)
    else:
        tolerance = 0.0
    worked_out = claim.kind == "percent" and (claim.derived or source.derived)
    if worked_out or "~" in (claim.bound, source.bound):
        tolerance = max(tolerance, _ABOUT * abs(said), 0.51 if source.derived else 0.0)
    return tolerance
