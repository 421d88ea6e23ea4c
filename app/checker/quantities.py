"""The quantities of a text: what it says in numbers, in digits or in words, with units and where it says so.

``quantities`` reads any text in linear time and never raises. It leaves out what is a name and not an amount: ordinals, citation marks,
numbers of tables and figures, and digits inside words ("IL-6", "SF-36", "NCT01"). Signs are left out too: "a change of -3.2" and "fell by
3.2" are one figure. What it means is in ``equivalence``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from . import quantity_marks as marks
from .number_words import is_fraction, value_of
from .quantity_marks import Bound
from .units import DAYS, canonical

Kind = Literal["percent", "time", "age", "frequency", "p", "level", "ratio", "measure", "fold", "year", "count"]

_LOOK = 48
"""Characters that are looked at before a number: reading stays linear in the length of the text."""
_SHARED = frozenset({"percent", "time", "age", "measure", "fold"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text has it.

    ``value`` is in ``unit`` (percent for kind ``percent``, times a day for ``frequency``); ``text[start:end]`` is the number with its
    unit, as it stands. ``decimals`` counts the digits behind the point, so that a rounded value can be told from another one. ``bound``
    is set for "fewer than", "over", "about". ``derived`` marks a value that was worked out (24 of 447 as a percentage, "a year" as one
    year): it may match another, and never differs from one.
    """

    value: float
    unit: str
    kind: Kind
    start: int
    end: int
    decimals: int = 0
    bound: Bound = ""
    derived: bool = False


def quantities(text: str) -> list[Quantity]:
    """All quantities of a text, in order. Places are code points of ``text``."""
    plain = text.translate(marks.PLAIN)
    often = list(_frequencies(plain))
    inside = {place for q in often for place in range(q.start, q.end)}
    numbers = [q for m in marks.NUMBER.finditer(plain) if (q := _read(plain, m)) is not None]
    found = [*often, *(q for q in _share_units(plain, numbers) if q.start not in inside)]
    return sorted([*found, *_shares(plain, found), *_single_units(plain)], key=lambda q: (q.start, q.end))


def _frequencies(plain: str) -> Iterator[Quantity]:
    for m in marks.HOW_OFTEN.finditer(plain):
        if m["latin"]:
            value = marks.LATIN[m["latin"].lower().replace(".", "")]
        elif m["every"]:
            every = 2.0 if m["every"].lower() in ("other", "second") else value_of(m["every"])
            value = 1 / (max(every, 1.0) * DAYS[canonical(m["unit"].lower())])
        else:
            value = marks.COUNTED[m["times"].lower()] * marks.PER_DAY[(m["per"] or m["each"]).lower()]
        yield Quantity(value, "per day", "frequency", m.start(), m.end())


def _single_units(plain: str) -> Iterator[Quantity]:
    for m in marks.ONE_UNIT.finditer(plain):
        yield Quantity(1.5 if m["half"] else 1.0, canonical(m["unit"].lower()), "time", m.start(), m.end(), derived=True)


def _read(plain: str, m: re.Match[str]) -> Quantity | None:
    """One number with what stands around it, or None where it is no amount."""
    before = plain[max(0, m.start() - _LOOK) : m.start()]
    fraction = m["words"] is not None and is_fraction(m.group())
    if _is_name(plain, m, before) or (fraction and marks.AND_A_HALF.search(before)):
        return None
    bound: Bound = next((b for pattern, b in marks.BOUNDS if pattern.search(before)), "")
    plainly = Quantity(value_of(m.group()), "", "count", m.start(), m.end(), len(m.group().partition(".")[2]), bound)
    if marks.P_VALUE.search(before):
        return replace(plainly, kind="p")
    return _with_mark(plain, plainly) or _with_unit(plain, plainly, before, fraction) or _bare(plain, plainly, before, m)


def _with_mark(plain: str, q: Quantity) -> Quantity | None:
    """A percentage, a level of confidence, a frequency, a multiple or a ratio."""
    if marks.LEVEL.match(plain, q.end):
        return replace(q, kind="level", unit="percent", bound="")
    if ahead := marks.PERCENT.match(plain, q.end):
        return replace(q, kind="percent", unit="percent", end=ahead.end())
    if ahead := marks.TIMES_EACH.match(plain, q.end):
        each = (ahead["each"] or ahead["ly"]).lower()
        return replace(q, kind="frequency", unit="per day", value=q.value * marks.PER_DAY[each], end=ahead.end())
    if ahead := marks.TIMES_AS.match(plain, q.end):
        return replace(q, kind="fold", unit="fold", end=ahead.end())
    if (ahead := marks.RATIO.match(plain, q.end)) and float(ahead["other"]):
        return replace(q, kind="ratio", value=q.value / float(ahead["other"]), end=ahead.end(), decimals=3, bound="")
    return None


def _with_unit(plain: str, q: Quantity, before: str, fraction: bool) -> Quantity | None:
    between = marks.OF_A.match(plain, q.end) if fraction else None
    ahead = marks.UNIT_BEHIND.match(plain, between.end() if between else q.end)
    if ahead is None:
        return replace(q, kind="percent", unit="percent", value=100 * q.value, bound=q.bound or "~") if fraction else None
    unit = canonical(ahead["unit"])
    if unit not in DAYS:
        return replace(q, kind="measure", unit=unit, end=ahead.end())
    if unit in ("year", "month") and (marks.OLD.match(plain, ahead.end()) or marks.AGED.search(before)):
        return replace(q, kind="age", unit=unit, end=ahead.end())
    # "Over 12 weeks" is mostly "during", and says nothing of more.
    return replace(q, kind="time", unit=unit, end=ahead.end(), bound="" if marks.OVER.search(before) else q.bound)


def _bare(plain: str, q: Quantity, before: str, m: re.Match[str]) -> Quantity | None:
    """A number without a mark or unit behind it."""
    behind = plain[q.end : q.end + 2]
    if ahead := marks.UNIT_BEFORE.search(before):
        return replace(q, kind="time", unit=canonical(ahead["unit"].split()[0].lower()), start=q.start - len(ahead.group()))
    if m["digits"] and marks.NUMBERED.search(before):
        return None
    if m["digits"] and len(m["digits"]) == 4 and m["digits"].isdigit() and 1900 <= q.value < 2100:
        return replace(q, kind="year")
    if behind[:1].isalpha() or (behind[:1] == "-" and behind[1:].isupper()):
        return None
    if m["words"] and m["words"].lower() in ("one", "zero") and not marks.OUT_OF.match(plain, q.end):
        return None
    return q


def _is_name(plain: str, m: re.Match[str], before: str) -> bool:
    if m["digits"] is None:
        return False
    if marks.IN_A_NAME.search(before) and not marks.NOT_A_NAME.search(before):
        return True
    return marks.ORDINAL.match(plain, m.end()) is not None


def _share_units(plain: str, numbers: list[Quantity]) -> list[Quantity]:
    """Give the numbers of a range or list the unit that only its last has: ``5-10 mg``, ``at 7, 12 and 26 weeks``."""
    shared = list(numbers)
    for i in range(len(shared) - 2, -1, -1):
        one, other = shared[i], shared[i + 1]
        if one.kind == "count" and other.kind in _SHARED and other.start - one.end < 10 and marks.CHAIN.match(plain[one.end : other.start]):
            shared[i] = replace(one, unit=other.unit, kind=other.kind)
    return shared


def _shares(plain: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Percentages that follow from counts: ``24 of 447``, ``one in five``."""
    counts = {q.start: q for q in found if q.kind == "count"}
    for one in counts.values():
        ahead = marks.OUT_OF.match(plain, one.end)
        whole = counts.get(ahead.end()) if ahead else None
        if whole and 0 < whole.value >= one.value:
            yield Quantity(100 * one.value / whole.value, "percent", "percent", one.start, whole.end, derived=True)
