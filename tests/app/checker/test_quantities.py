from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pincite.app.checker.equivalence import equivalent
from pincite.app.checker.quantities import Quantity, quantities


def only(text: str) -> Quantity:
    (found,) = (q for q in quantities(text) if not q.derived)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind", "shown"),
    [
        ("a dose of 70 mg/kg", 70, "milligram/kilogram", "measure", "70 mg/kg"),
        ("10mg of it", 10, "milligram", "measure", "10mg"),
        ("0.3 g kg-1 of mass", 0.3, "gram/kilogram", "measure", "0.3 g kg-1"),
        ("75 µg", 75, "microgram", "measure", "75 µg"),
        ("six hundred micrograms per hour", 600, "microgram/hour", "measure", "six hundred micrograms per hour"),
        ("1,049 people", 1049, "", "count", "1,049"),
        ("41 % of them", 41, "percent", "percent", "41 %"),
        ("fewer than half responded", 50, "percent", "percent", "half"),
        ("two thirds responded", 200 / 3, "percent", "percent", "two thirds"),
        ("p < .001", 0.001, "", "p", ".001"),
        ("half an hour", 0.5, "hour", "time", "half an hour"),
        ("three and a half days", 3.5, "day", "time", "three and a half days"),
        ("a 12-week course", 12, "week", "time", "12-week"),
        ("at week 12", 12, "week", "time", "week 12"),
        ("on day-28", 28, "day", "time", "day-28"),
        ("aged 8 years", 8, "year", "age", "8 years"),
        ("twice daily", 2, "per day", "frequency", "twice daily"),
        ("five times per week", 5 / 7, "per day", "frequency", "five times per week"),
        ("every 8 hours", 3, "per day", "frequency", "every 8 hours"),
        ("500 mg b.i.d", 500, "milligram", "measure", "500 mg"),
        ("a 3-fold rise", 3, "fold", "fold", "3-fold"),
        ("randomised 2:1", 2, "", "ratio", "2:1"),
        ("in 2019", 2019, "", "year", "2019"),
        ("one hundred and twenty-one people", 121, "", "count", "one hundred and twenty-one"),
    ],
)
def test_what_is_read(text: str, value: float, unit: str, kind: str, shown: str) -> None:
    found = next(q for q in quantities(text) if not q.derived)
    assert (found.value, found.unit, found.kind) == (pytest.approx(value), unit, kind)
    assert text[found.start : found.end] == shown


@pytest.mark.parametrize(
    "text",
    [
        "IL-6 and SF-36",
        "NCT01234",
        "see Table 2 and Fig. 3",
        "shown before [1-6]",
        "the 4th and 12th patients",
        "phase III",
        "stages 1 and 2",
    ],
)
def test_names_are_no_amounts(text: str) -> None:
    assert quantities(text) == []


def test_a_number_after_a_word_that_may_number_things_is_an_amount_where_it_has_a_unit() -> None:
    assert only("At clinical trial 41% responded").value == 41


def test_the_last_of_a_list_gives_its_unit_to_all() -> None:
    assert [(q.value, q.unit) for q in quantities("at 7, 12 and 26 weeks")] == [(7, "week"), (12, "week"), (26, "week")]
    assert [(q.value, q.unit) for q in quantities("at weeks 4 and 8")] == [(4, "week"), (8, "week")]
    assert [(q.value, q.unit) for q in quantities("5–10 mg")] == [(5, "milligram"), (10, "milligram")]


SAME = [
    ("500 mg", "0.5 g"),
    ("75 µg", "75 mcg"),
    ("250 micrograms", "0.25 mg"),
    ("12 weeks", "three months"),
    ("12-month", "1 year"),
    ("52 weeks", "one year"),
    ("30 minutes", "half an hour"),
    ("24 hours", "1 day"),
    ("at least 30 minutes", "half an hour"),
    ("fewer than half", "41 %"),
    ("more than 80 %", "83 %"),
    ("42 %", "41.8 %"),
    ("about 500 people", "498 people"),
    ("a third of them", "33 %"),
    ("5.4 %", "24 of 447"),
    ("one in five", "20 %"),
    ("twice daily", "every 12 hours"),
    ("weekly; once a week", "once weekly"),
    ("240 mg/day", "240 mg"),
    ("two patients", "2 patients"),
    ("14 days", "a fortnight"),
    ("six weeks", "a month and a half"),
]
DIFFERENT = [
    ("70 mg/kg", "7 mg/kg"),
    ("75 mg", "75 µg"),
    ("5 mg", "5 mL"),
    ("12 weeks", "12 months"),
    ("12 weeks", "four months"),
    ("3 hours", "30 minutes"),
    ("80 %", "41 %"),
    ("fewer than half", "62 %"),
    ("42.1 %", "41.8 %"),
    ("twice daily", "three times a day"),
    ("once a week", "once a month"),
    ("12 patients", "12 %"),
]


@pytest.mark.parametrize(("claim", "source"), SAME)
def test_the_same_in_other_words(claim: str, source: str) -> None:
    assert any(equivalent(c, s) for c in quantities(claim) for s in quantities(source))


@pytest.mark.parametrize(("claim", "source"), DIFFERENT)
def test_other_amounts(claim: str, source: str) -> None:
    assert not any(equivalent(c, s) for c in quantities(claim) for s in quantities(source))


def test_pint_is_loaded_only_when_two_units_must_be_converted() -> None:
    code = (
        "import sys; from pincite.app.checker.rules import compare; compare('5 mg for 12 weeks', '7 mg for 12 weeks');"
        "early = 'pint' in sys.modules; compare('5 mg of it', '7 g of it'); print(early, 'pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["False", "True"]


@given(st.text(max_size=400) | st.text(alphabet="0123456789 .,-–%:/pm<=ghµ[](){}halfwek", max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_places_fit(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)


def test_a_long_text_is_read_in_time() -> None:
    text = "Pain fell by 41% (95% CI 30 to 52) within 12 weeks of 5 mg/kg given twice daily to 60 adults. " * 290
    assert len(text.split()) > 5000
    quantities(text[:100])
    begin = time.process_time()
    assert len(quantities(text)) > 1000
    assert time.process_time() - begin < 0.5
