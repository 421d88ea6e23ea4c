"""Where a sentence is cut into clauses that are judged apart, and where it must not be."""

from __future__ import annotations

import pytest
from pincite.app.draft.clauses import split_clauses

CUT = [
    ("Pain fell by half, and opioid use did not change.", ["Pain fell by half", "opioid use did not change."]),
    ("Relief lasted 30 minutes, but no trial confirmed the finding.", ["Relief lasted 30 minutes", "no trial confirmed the finding."]),
    ("Headaches went in 80%; only 41% reported relief in a trial.", ["Headaches went in 80%", "only 41% reported relief in a trial."]),
    ("Pain was low with the drug, whereas it was high with placebo.", ["Pain was low with the drug", "it was high with placebo."]),
    ("Although pain fell in most, only 41% reported relief.", ["pain fell in most", "only 41% reported relief."]),
    ("Pain fell at 12 hours, and nausea and vomiting were rare.", ["Pain fell at 12 hours", "nausea and vomiting were rare."]),
    ("Zinc reduced colds and lowered the use of antibiotics.", ["Zinc reduced colds", "Zinc | lowered the use of antibiotics."]),
    ("It is approved for eclampsia and was reviewed last year.", ["It is approved for eclampsia", "It | was reviewed last year."]),
    (
        "In patients with CRPS, pain improved at 12 weeks, and harms were rare.",
        ["In patients with CRPS, pain improved at 12 weeks", "In patients with CRPS, | harms were rare."],
    ),
]
WHOLE = [
    "Zinc reduced pain and nausea.",
    "Pain, sleep, and quality of life were improved.",
    "Pain was low at 12 hours, whereas placebo did not.",
    "The trial found that pain and opioid use were reduced.",
    "Patients who had pain and opioid use were excluded.",
    "If zinc is given, pain falls, and opioid use drops.",
    "Zinc reduced pain and nausea and opioid use fell.",
    "The effect was seen with intravenous but not with oral zinc.",
    "The doses were 400 mg and 100 mg, and they were given daily and weekly, respectively.",
    'He said "pain fell, and opioid use rose" in the interview.',
    "There is no evidence that pain falls, and that sleep improves.",
    "It is not only safe, but it is also cheap.",
    "Pain fell in men and women.",
]


@pytest.mark.parametrize(("sentence", "expected"), CUT)
def test_independent_statements_are_cut(sentence: str, expected: list[str]) -> None:
    clauses = split_clauses(sentence)
    assert [(f"{c.carried} | " if c.carried else "") + sentence[c.start : c.end] for c in clauses] == expected


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_cannot_stand_alone_is_not_cut(sentence: str) -> None:
    (clause,) = split_clauses(sentence)
    assert (clause.start, clause.end, clause.carried) == (0, len(sentence), "")
