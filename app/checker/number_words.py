"""Numbers in words: "two", "twenty-one", "three hundred", "half", "a third", "two thirds", "three and a half"."""

from __future__ import annotations

import re

_SMALL = {
    word: float(n)
    for n, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split()
    )
}
_TENS = {word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_LARGE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "dozen": 12.0}
_PARTS = {name + s: 1 / n for name, n in (("half", 2), ("third", 3), ("quarter", 4), ("fifth", 5), ("tenth", 10)) for s in ("", "s")}

_DIGITS = "one|two|three|four|five|six|seven|eight|nine"
_UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_DIGITS}))?|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_NEXT = rf"(?:{_UNDER_100}|{'|'.join(_LARGE)})(?![^\W_])"
WORDS = (
    r"(?:one|two|three|four|nine|a)[ -](?:thirds?|quarters?|fifths?|tenths?)|half"
    rf"|(?:{_UNDER_100}[ -])?(?:{'|'.join(_LARGE)})(?:(?: and |[ -]){_NEXT}(?: hundred| thousand)?){{0,3}}"
    rf"|{_UNDER_100}(?: and a half(?! ?(?:of|the)))?"
)
"""A pattern for one number in words."""


def is_fraction(text: str) -> bool:
    """Whether words that ``WORDS`` matched are a fraction below one: "half", "two thirds"."""
    return re.split(r"[ -]", text.lower())[-1] in _PARTS and value_of(text) < 1


def value_of(text: str) -> float:
    """The value of a number in digits, or of one that ``WORDS`` matched."""
    if not text[0].isalpha():
        return float(text.replace(",", ""))
    total = part = 0.0
    for word in re.split(r"[ -]", text.lower()):
        if word == "half" and part:
            return part + 0.5
        if word in _PARTS:
            return (part or 1.0) * _PARTS[word]
        if word in _LARGE:
            part = (part or 1.0) * _LARGE[word]
            if _LARGE[word] >= 1e3:
                total, part = total + part, 0.0
        else:
            part += _SMALL.get(word, 0.0) + _TENS.get(word, 0.0)
    return total + part
