"""What stands around a number in medical English and says what kind of number it is. Patterns only; ``quantities`` reads with them.

Those that end in ``$`` are searched in the few characters before a number, the others are matched behind it.
"""

from __future__ import annotations

import re
from typing import Literal

from .number_words import WORDS
from .units import UNIT

Bound = Literal["", "<", ">", "~"]

PLAIN = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "µ": "μ", "·": ".", "∼": "~", "≈": "~", "’": "'"}
    | dict.fromkeys("\u00a0\u2009\u202f\u2002\u2003\u2005\u2006\u2007\u2008\u200a", " ")
)
"""One character for one, so that places stay."""
NUMBER = re.compile(rf"(?<![\w.])(?P<digits>(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)|(?<![\w-])(?P<words>(?i:{WORDS}))(?!\w)")
UNIT_BEHIND = re.compile(rf"(?:\ ?-\ ?|\ )?(?P<unit>{UNIT.pattern})", re.VERBOSE)
PERCENT = re.compile(r" ?(?:%|(?i:-?per ?cent\b|-?percentage\b|pct\b))")
TIMES_AS = re.compile(r"(?i:[ -]?fold\b| times (?=(?:as|more|less|higher|lower|greater|the|larger|smaller|longer|faster)\b))")
TIMES_EACH = re.compile(
    r"(?i: times(?: ?(?:/| (?:a|an|per|each|every|in a) )(?P<each>hour|day|night|week|month|year)\b"
    r"| (?P<ly>hourly|daily|weekly|monthly|yearly|nightly)\b))"
)
OUT_OF = re.compile(r"(?i: ?(?:/|of(?: the| a total of)?|out of(?: every)?|in(?: every)?) ?)(?=[\da-zA-Z])")
OF_A = re.compile(r"(?i: (?:of )?(?:an?|one)(?= ))")
"""Between a fraction and its unit: "half an hour", "a quarter of a year"."""
RATIO = re.compile(r" ?: ?(?P<other>\d{1,4})(?![\w.:])")
ORDINAL = re.compile(r"(?i:(?:st|nd|rd|th)\b)|\.\d")
LEVEL = re.compile(r"(?i:[ -]?(?:%|per ?cent)[ -]?(?:ci\b|cis\b|confidence|credible|cri\b|c\.i\.|limits?))")
OLD = re.compile(r"(?i:[ -]?(?:olds?\b|of age\b))")

AND_A_HALF = re.compile(r"(?i:\band (?:a |one )?)$")
OVER = re.compile(r"(?i:\bover )$")
P_VALUE = re.compile(r"(?i:\bp(?:[ -]?values?)?(?: for \w+)? ?(?:=|<|>|≤|≥|of|was|is|less than) ?)$")
AGED = re.compile(r"(?i:\b(?:age[ds]?|aging|older than|younger than)\b[^.;]{0,24})$")
UNIT_BEFORE = re.compile(
    r"(?i:\b(?P<unit>(?:minute|hour|day|week|month|year)s?|(?:weeks|months|days) \d{1,3}(?:, \d{1,3}){0,5},? (?:and|to|or)"
    r"|(?:week|month|day)s? \d{1,3}(?:, \d{1,3}){0,5}(?:,|(?<=\d, \d) and|(?<=\d, \d\d) and))[ -])$"
)
"""``week 12``, ``day-28``, and the others of ``weeks 4, 8 and 12``."""
IN_A_NAME = re.compile(r"[^\W\d_]\d*-$|[A-Z]{2,}[ -]$|\[[\d, -]*$")
"""``IL-6``, ``SF 36``, ``[1, 4-6]``."""
NOT_A_NAME = re.compile(r"(?i:\b(?:to|n|ci|day|week|month|year|hour)[ -])$")
NUMBERED = re.compile(
    r"(?i:\b(?:tables?|figs?|figures?|files?|refs?|references?|appendix|no|nos|sections?|phases?|stages?|grades?|types?"
    r"|class|steps?|chapters?"
    r"|version|items?|groups?|arms?|levels?|parts?|models?|aims?|questions?|scenarios?|visits?|hypothesis|experiments?"
    r"|trials?|case|periods?"
    r"|cycles?|(?:arms|groups|stages|grades|phases|types|experiments|trials) \d,? (?:and|or|to|-))\.? ?)$"
)
"""Things that are counted off: "Table 2", "stages 1 and 2"."""
CHAIN = re.compile(r"(?i:\s?(?:-|to|and|or|/|,|;|\+/-|±|, and|, or|vs\.?|versus|\+-)\s?(?:-\s?)?)$")
"""Between the numbers of a range or list whose last has the unit."""

BOUNDS: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (
        re.compile(
            r"(?i:\b(?:no|not) (?:more|longer|greater|higher|later|over) than (?:an? )?| ?(?:≤|<=) ?|\bat most |\bup to (?:an? )?"
            r"|\bmaxim(?:um|al)(?: of)? )$"
        ),
        "<",
    ),
    (
        re.compile(
            r"(?i:\b(?:no|not) (?:fewer|less|lower|shorter|earlier) than (?:an? )?| ?(?:≥|>=) ?|\bat least (?:an? )?"
            r"|\bminim(?:um|al)(?: of)? )$"
        ),
        ">",
    ),
    (
        re.compile(
            r"(?i:\b(?:fewer|less|lower|shorter|smaller|younger|earlier) than (?:an? )?|\b(?:under|below) (?:an? )?"
            r"|\b(?:almost|nearly|just under|not quite|close to) (?:an? )?|<\s?)$"
        ),
        "<",
    ),
    (
        re.compile(
            r"(?i:\b(?:more|greater|higher|longer|larger|bigger|older|later) than (?:an? )?"
            r"|\b(?:over|above|exceed(?:s|ed|ing)?|upwards of) (?:an? )?|>\s?)$"
        ),
        ">",
    ),
    (
        re.compile(r"(?i:\b(?:about|around|approximately|approx\.?|roughly|some|circa|ca\.?|(?:an )?estimated) (?:an? )?[£$€]?|~ ?)$"),
        "~",
    ),
)

ONE_UNIT = re.compile(
    r"(?i:(?<!half )(?<!half of )(?<!times )\b(?:an?|the next|the following|each) (?P<unit>minute|hour|day|week|fortnight|month|year)"
    r"(?P<half> and a half)?\b)"
)
"""``an hour``, ``a month and a half``, ``the following year``."""
HOW_OFTEN = re.compile(
    r"(?i:\b(?P<times>once|twice|thrice|three times|four times)(?:[ -](?P<per>daily|weekly|monthly|yearly|nightly|hourly)"
    r"| (?:a|per|each|every) (?P<each>day|week|month|year|hour|night))\b"
    r"|\bevery (?P<every>\d{1,3}|two|three|four|six|eight|twelve|other|second) ?(?P<unit>hours?|h|days?|weeks?|months?)\b)"
    r"|\b(?P<latin>b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?d)\b"
)
COUNTED = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "three times": 3.0, "four times": 4.0}
LATIN = {"bid": 2.0, "tid": 3.0, "qid": 4.0, "qd": 1.0}
PER_DAY = {
    **dict.fromkeys(("hour", "hourly"), 24.0),
    **dict.fromkeys(("day", "daily", "night", "nightly"), 1.0),
    **dict.fromkeys(("week", "weekly"), 1 / 7),
    **dict.fromkeys(("month", "monthly"), 12 / 365.25),
    **dict.fromkeys(("year", "yearly"), 1 / 365.25),
}
"""Times a day of "hourly", "a week" and the like."""
