from __future__ import annotations

import json
import time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pincite.app.checker.explain import WEIGHTS, explain
from pincite.app.checker.rules import compare
from pincite.app.claims import ReasonKind, Verdict

CONTRADICTED = [
    (
        "Intravenous magnesium relieves pain for 3 hours.",
        "Magnesium given intravenously relieves pain, for 30 minutes.",
        "time",
        "3 hours",
        "30 minutes",
    ),
    ("80% of patients reported relief.", "Only 41% of patients reported relief.", "number", "80%", "41%"),
    ("7 mg/kg was given before the operation.", "Before the operation 70 mg/kg was given.", "dose", "7 mg/kg", "70 mg/kg"),
    ("Oral ramosetron reduced vomiting.", "Intravenous ramosetron reduced vomiting.", "route", "Oral", "Intravenous"),
    ("The capsules were swallowed before bed.", "Before bed, the drug was injected under the skin.", "route", "capsules", "under the skin"),
    ("It is now proven that the drug works.", "Whether the drug works remains unclear.", "strength", "proven", "unclear"),
    ("The trial was double-blind.", "In this open-label trial, one drug was given.", "study_design", "double-blind", "open-label"),
    (
        "The records were studied after the fact.",
        "The cohort was followed prospectively.",
        "study_design",
        "after the fact",
        "prospectively",
    ),
    ("Pain was lower in the group that trained.", "The group that trained had higher pain.", "direction", "lower", "higher"),
    (
        "The drug lowered pain scores.",
        "The drug did not reduce pain scores significantly.",
        "negation",
        "lowered pain",
        "did not reduce pain",
    ),
    ("More men than women had relapses.", "More women than men had relapses.", "comparator", None, None),
]
NOT_FOUND = [
    ("The drug cures migraine.", "The drug improved migraine in some people.", "strength", "cures", "improved"),
    ("The drug reduces pain in children.", "The drug reduced pain in adults with migraine.", "population", "children", "adults"),
    ("The drug reduced pain more than paracetamol did.", "The drug reduced pain.", "comparator", "paracetamol", ""),
    ("At two years the drug still reduced pain.", "The drug reduced pain at six weeks.", "time", "two years", "six weeks"),
    ("The drug lowers the number of admissions.", "The drug reduced pain.", "outcome", "admissions", ""),
    ("Each patient took 40 mg of the drug.", "The drug reduced pain.", "dose", "40 mg", ""),
]
PARTLY = [
    ("The drug reduced pain, and patients slept better.", "The drug reduced pain.", "outcome", "patients slept better"),
    ("The drug reduced pain, an effect that lasted for 12 months.", "The drug reduced pain.", "time", "12 months"),
    ("Mortality fell, but the drug reduced pain.", "The drug reduced pain.", "outcome", "Mortality fell"),
    ("The drug reduced pain, more strongly in women than in men.", "The drug reduced pain.", "population", "women"),
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@pytest.mark.parametrize(("claim", "source", "kind", "mine", "theirs"), CONTRADICTED)
def test_a_contradiction_is_named_with_both_sides(claim: str, source: str, kind: str, mine: str | None, theirs: str | None) -> None:
    first = explain(claim, source, "contradicted")[0]
    assert first.kind == kind
    if mine is not None:
        assert (first.claim, first.source) == (mine, theirs)


@pytest.mark.parametrize(("claim", "source", "kind", "mine", "theirs"), NOT_FOUND)
def test_what_is_not_found_is_named_by_what_the_source_lacks(claim: str, source: str, kind: str, mine: str, theirs: str) -> None:
    first = explain(claim, source, "not_found")[0]
    assert (first.kind, first.source) == (kind, theirs)
    assert mine in first.claim


@pytest.mark.parametrize(("claim", "source", "kind", "mine"), PARTLY)
def test_of_a_compound_claim_the_part_that_the_source_lacks_is_quoted(claim: str, source: str, kind: str, mine: str) -> None:
    (only,) = explain(claim, source, "partly")
    assert (only.kind, only.source) == (kind, "")
    assert mine in only.claim
    assert "reduced pain" not in only.claim


@pytest.mark.parametrize("verdict", ["supported", "unchecked"])
def test_other_verdicts_need_no_explanation(verdict: Verdict) -> None:
    assert explain("The drug lowers pain.", "The drug raises pain.", verdict) == []


def test_what_the_rules_prove_comes_first() -> None:
    claim, source = (
        "Impairment had improved at 12 months, and 80% of patients slept.",
        "Impairment was improved at 12 weeks; 41% of patients slept.",
    )
    proven = compare(claim, source)
    assert proven
    assert explain(claim, source, "contradicted")[: len(proven)] == proven


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("", ""),
        ("", "x"),
        ("no", ""),
        ("!!!", "..."),
        ("\u202e\x00😀", "\ud7ff <script>"),
        ("٣ مرحبا", "7"),
        ("not " * 900, "no " * 900),
        ("8", "9"),
    ],
)
def test_odd_texts_are_survived(claim: str, source: str, verdict: Verdict) -> None:
    for reason in explain(claim, source, verdict):
        assert reason.claim


_TEXT = st.text(alphabet=st.sampled_from("abc than no 5 mg 12% weeks, and oral women. significantly higher ()–é\n"), max_size=120)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_TEXT, _TEXT, st.sampled_from(VERDICTS))
def test_sides_are_copied_short_and_the_same_every_time(claim: str, source: str, verdict: Verdict) -> None:
    found = explain(claim, source, verdict)
    assert found == explain(claim, source, verdict)
    assert len(found) <= 3
    for reason in found:
        assert reason.claim in claim
        assert reason.source in source
        assert len(reason.claim) <= 90
        assert reason.kind in get_args(ReasonKind)


def test_a_long_text_takes_little_longer_than_its_length() -> None:
    claim, source = "The drug cut pain by 5 mg more than placebo in 12 weeks. ", "Drugs raised pain by 9 mg but not in 3 months. "
    started = time.perf_counter()
    for verdict in VERDICTS:
        explain(claim * 2000, source * 2000, verdict)
    assert time.perf_counter() - started < 20


def test_the_weights_are_of_kinds_that_exist() -> None:
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    assert set(weights) == {"contradicted", "not_found"}
    for by_sign in weights.values():
        assert {name.partition("|")[0] for name in by_sign} <= set(get_args(ReasonKind))
