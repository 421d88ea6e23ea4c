"""Units of measurement: their spellings in medical texts, and whether two measured values are the same amount.

Pint converts. It takes 0.4 to 0.7 s to load, so it is loaded only when two values in differently spelled units must be compared;
equal spellings, percentages and calendar time never need it. (quantulum3, which also finds quantities in text, takes 1.3 s to load and
3.8 s for its first sentence, and reads "0.70 to 1.02" as 0.86.) Calendar time is not Pint's: for a reader of trials 12 weeks are three
months and 52 weeks a year, though 84 days are not 91.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint

DAYS = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 365.25 / 12,
    "year": 365.25,
}
"""Length of each calendar unit in days."""

_TIME = {
    "second": r"s|sec|(?i:secs?|seconds?)",
    "minute": r"(?i:mins?|minutes?)",
    "hour": r"h|(?i:hrs?|hours?)",
    "day": r"d|(?i:days?)",
    "week": r"(?i:wks?|weeks?)",
    "fortnight": r"(?i:fortnights?)",
    "month": r"(?i:mos?|mths?|months?)",
    "year": r"y|(?i:yrs?|years?)",
}
_MEASURES = {
    "kilogram": r"kg|(?i:kilos?|kilograms?)",
    "gram": r"g|gm|(?i:grams?|grammes?)",
    "milligram": r"mg|(?i:milligrams?|milligrammes?)",
    "microgram": r"mcg|μg|ug|(?i:micrograms?|microgrammes?)",
    "nanogram": r"ng|(?i:nanograms?)",
    "picogram": r"pg|(?i:picograms?)",
    "pound": r"(?i:lbs?|pounds?)",
    "liter": r"[lL]|(?i:lit(?:er|re)s?)",
    "deciliter": r"d[lL]|(?i:decilit(?:er|re)s?)",
    "milliliter": r"m[lL]|cc|(?i:millilit(?:er|re)s?)",
    "microliter": r"[μu][lL]|(?i:microlit(?:er|re)s?)",
    "mole": r"mol|(?i:moles?)",
    "millimole": r"mmol|(?i:millimoles?)",
    "micromole": r"[μu]mol|(?i:micromoles?)",
    "nanomole": r"nmol|(?i:nanomoles?)",
    "picomole": r"pmol",
    "molar": r"M",
    "millimolar": r"mM|(?i:millimolar)",
    "micromolar": r"[μu]M|(?i:micromolar)",
    "nanomolar": r"nM|(?i:nanomolar)",
    "milliequivalent": r"m[Ee]q",
    "international_unit": r"IU|iu|(?i:international units?)",
    "enzyme_unit": r"U|(?i:units?)",
    "meter": r"m|(?i:met(?:er|re)s?)",
    "centimeter": r"cm|(?i:centimet(?:er|re)s?)",
    "millimeter": r"mm|(?i:millimet(?:er|re)s?)",
    "micrometer": r"μm|(?i:micromet(?:er|re)s?|microns?)",
    "kilometer": r"km|(?i:kilomet(?:er|re)s?)",
    "inch": r"(?i:inch(?:es)?)",
    "mmHg": r"(?i:mm ?hg)|(?i:millimet(?:er|re)s? of mercury)",
    "cmH2O": r"(?i:cm ?h2o)",
    "kilopascal": r"kPa",
    "atmosphere": r"(?i:atm|ata|atmospheres?)",
    "hertz": r"(?i:hz|hertz)",
    "kilohertz": r"(?i:khz)",
    "megahertz": r"MHz",
    "degC": r"°C|(?i:degrees celsius)",
    "degree": r"°|(?i:degrees?)",
    "volt": r"V|(?i:volts?)",
    "millivolt": r"mV",
    "milliampere": r"mA",
    "watt": r"W|(?i:watts?)",
    "joule": r"J|(?i:joules?)",
    "kilojoule": r"kJ",
    "kilocalorie": r"(?i:kcal|kilocalories?|calories?)",
    "gray": r"Gy",
    "bpm": r"(?i:bpm)",
}
_SPELLINGS = [(name, re.compile(rf"(?:{pattern})")) for name, pattern in (_TIME | _MEASURES).items()]
_ONE = "|".join(sorted((_TIME | _MEASURES).values(), key=len, reverse=True))
UNIT = re.compile(
    rf"(?P<first>{_ONE})(?P<rest>(?:\ ?(?:/|·)\ ?(?:{_ONE})(?:-1|⁻¹)?|\ (?:{_ONE})(?:-1|⁻¹)"
    rf"|\ per\ (?:{_ONE})(?![\w])){{0,2}})(?![\w]|-\w*\d)",
    re.VERBOSE,
)
"""A unit as it stands behind a number: ``mg``, ``mg/kg/day``, ``micrograms per hour``."""
_PARTS = re.compile(r" ?(?:/|·|\bper\b) ?| (?=\S+(?:-1|⁻¹))")


@lru_cache(maxsize=4096)
def canonical(spelling: str) -> str:
    """The name of a unit that ``UNIT`` matched: ``mg per kg`` and ``mg/kg`` are both ``milligram/kilogram``."""
    return "/".join(_name(part) for part in _PARTS.split(spelling))


def _name(part: str) -> str:
    part = part.removesuffix("-1").removesuffix("⁻¹")
    return next((name for name, pattern in _SPELLINGS if pattern.fullmatch(part)), part)


def days(value: float, unit: str) -> float:
    """A length of time in days; ``unit`` is one of ``DAYS``."""
    return value * DAYS[unit]


def factor(unit: str, other: str) -> float | None:
    """What a value in ``unit`` is multiplied by to be in ``other``, or None where the two measure different things."""
    return 1.0 if unit == other else _converted(unit, other)


@lru_cache(maxsize=4096)
def _converted(unit: str, other: str) -> float | None:
    import pint

    registry = _registry()
    try:
        # Two values, not one: units with an offset (degrees Celsius) are no factor of anything.
        one, two = (float(registry.Quantity(n, unit).to(other).magnitude) for n in (1.0, 2.0))
    except (pint.PintError, AssertionError, TypeError, ValueError, ZeroDivisionError, AttributeError):
        return None
    return one if abs(two - 2 * one) < 1e-9 * abs(two) else None


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry[Any]:
    import pint

    registry: pint.UnitRegistry[Any] = pint.UnitRegistry()
    for definition in (
        "milliequivalent = [charge_amount]",
        "international_unit = [activity]",
        "bpm = [heart_rate]",
        "cmH2O = 98.0665 * pascal",
    ):
        registry.define(definition)
    return registry
