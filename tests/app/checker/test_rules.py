from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pincite.app.checker.rules import compare, elsewhere, unsupported_numbers

DIFFER = [
    (
        "number",
        "Clinically meaningful pain relief was reported by 80% of patients.",
        "Only 41% of patients reported clinically meaningful pain relief.",
    ),
    (
        "number",
        "Three retrospective studies showed some benefit in neuropathy.",
        "In neuropathy, 2 retrospective studies indicated some benefit.",
    ),
    (
        "unit",
        "Intrathecal clonidine 75 mg with bupivacaine delayed the first request.",
        "Intrathecal clonidine 75 µg with bupivacaine delayed the first request.",
    ),
    (
        "dose",
        "Quality of life improved after 7 mg/kg magnesium infusions.",
        "Quality of life improved after 70 mg/kg magnesium sulfate infusions.",
    ),
    ("dose", "Rifaximin was taken once daily with lactulose.", "Rifaximin was taken twice daily with lactulose."),
    ("dose", "Support classes were held monthly during the diet.", "Weekly support classes were held during the diet."),
    ("time", "Intravenous magnesium relieves pain for 3 hours.", "Magnesium given intravenously relieves pain, for 30 minutes."),
    ("time", "Impairment and quality of life had improved at 12 months.", "Impairment and quality of life was improved at 12 weeks."),
    ("population", "Children aged 14 years or more took part in the trial.", "Children aged 4 years or more took part in the trial."),
    (
        "population",
        "Cerebral flow was mapped in patients on single doses.",
        "Cerebral flow was mapped in healthy volunteers on single doses.",
    ),
    ("route", "Oral ramosetron reduced vomiting after craniotomy.", "Intravenous ramosetron reduced vomiting after craniotomy."),
    (
        "study_design",
        "Two randomised trials indicated some benefit in neuropathy.",
        "In neuropathy, 2 retrospective studies indicated some benefit.",
    ),
    ("study_design", "The drug was tested in an open-label trial in cancer.", "The drug was tested in a double-blind trial in cancer."),
    (
        "direction",
        "Magnesium was associated with increased pain scores.",
        "An association of magnesium with reduced pain scores was found.",
    ),
    ("direction", "Salt intake was lower in Tibetans than in Han Chinese.", "Salt intake was higher in Tibetans than in Han Chinese."),
    ("direction", "Water training makes bone properties worse.", "Water training may improve bone properties."),
    (
        "comparator",
        "Weight gain was greater with metformin than with insulin.",
        "Weight gain was greater with insulin than with metformin.",
    ),
    ("negation", "Magnesium did not reduce pain scores after surgery.", "Magnesium reduced pain scores after surgery."),
    (
        "negation",
        "Adherence was significantly higher with direct therapy.",
        "There was no significant difference in adherence with direct therapy.",
    ),
    ("negation", "The groups did not differ significantly in adherence.", "Adherence was significantly higher in one of the groups."),
    ("negation", "At 24 hours the reduction of pain was significant.", "By 24 hours the reduction of pain was no longer significant."),
    (
        "negation",
        "Sham and stimulation had a similar effect on pain scores.",
        "Stimulation had a significantly greater effect on pain scores.",
    ),
    (
        "negation",
        "Stimulation significantly lowered the risk of relapse.",
        "With stimulation the relative risk of relapse was 0.85 (95% CI 0.70 to 1.02).",
    ),
    ("negation", "Stimulation significantly lowered pain scores.", "With stimulation pain scores were 0.4 lower (95% CI −0.9 to 0.1)."),
    ("negation", "Stimulation significantly lowered pain scores.", "Pain scores were lower with stimulation (p = 0.41)."),
    (
        "negation",
        "Stimulation made no difference to the risk of relapse.",
        "With stimulation the hazard ratio of relapse was 0.61 (95% CI 0.45 to 0.83).",
    ),
    ("strength", "It is proven that magnesium benefits migraine.", "It remains unclear whether magnesium benefits migraine."),
    ("strength", "All trials agree that splints ease elbow pain.", "There is conflicting evidence that splints ease elbow pain."),
    ("strength", "It is unclear whether splints ease elbow pain.", "It is firmly established that splints ease elbow pain."),
    (
        "strength",
        "There is evidence of no benefit of splints for the elbow.",
        "There is no evidence of a benefit of splints for the elbow.",
    ),
]
AGREE = [
    # numbers
    ("Fewer than half of patients reported relief in the trial.", "In the trial only 41% of patients reported relief."),
    ("Quality of life improved at three months.", "Quality of life was improved at 12 weeks."),
    ("The infusion relieves pain for half an hour.", "The infusion gives relief of pain lasting for 30 minutes."),
    ("Patients took 0.5 g of paracetamol before surgery.", "Before surgery patients took 500 mg of paracetamol."),
    ("The session took 20 minutes longer with individual points.", "The session took 51 minutes with individual points, 31 without."),
    ("Delirium fell from 15% to 5% in elderly patients.", "In elderly patients delirium fell from 15% to 5% and cost by 8%."),
    ("Pain relief was seen in the two groups of patients.", "Pain relief was seen in 12 patients of the treatment group."),
    # a later time point than the source has says another thing
    ("At 24 months pain was still lower in the surgery group.", "At 12 months pain was lower in the surgery group."),
    # about something else
    ("Acute rejection was seen in 17% of kidney recipients.", "The mean age of nurses was 41 years and 52% smoked."),
    ("Iron was given by mouth to raise haemoglobin.", "Nerve blocks used intravenous sedation in theatre."),
    # slots
    ("Oral ramosetron reduced vomiting.", "Oral and intravenous ramosetron reduced vomiting."),
    ("A randomised trial tested the shoe.", "The shoe was tested in a randomised trial, after a retrospective study."),
    # direction and sides
    ("Pain was lower with heat than with ibuprofen.", "Pain was higher with ibuprofen than with heat."),
    ("Heat relieves pain better than ibuprofen.", "Ibuprofen was less effective against pain than heat."),
    ("Pain improved more with soy than with placebo.", "Pain fell by 12 points with soy and by 4 points with placebo."),
    ("Scores did not fall after the course.", "Scores rose after the course."),
    # negation
    ("Magnesium did not reduce pain scores.", "Pain scores failed to fall with magnesium."),
    ("The result missed statistical significance for pain.", "For pain the result did not reach statistical significance."),
    (
        "Stimulation significantly lowered the risk of relapse.",
        "With stimulation the relative risk of relapse was 0.61 (95% CI 0.45 to 0.83).",
    ),
    ("The difference in pain scores was not significant.", "The difference in pain scores was 0.4 (p = 0.41)."),
    # strength
    ("It is uncertain whether magnesium benefits migraine.", "It remains unclear whether magnesium benefits migraine."),
    ("It has not been proven that magnesium benefits migraine.", "It remains unclear whether magnesium benefits migraine."),
    ("It is settled that statins protect the kidney.", "That statins protect the kidney is no longer controversial."),
]


@pytest.mark.parametrize(("kind", "claim", "source"), DIFFER)
def test_a_difference_is_named_with_both_sides(kind: str, claim: str, source: str) -> None:
    reasons = compare(claim, source)
    assert kind in [r.kind for r in reasons]
    for reason in reasons:
        assert reason.claim
        assert reason.claim in claim
        assert reason.source
        assert reason.source in source


@pytest.mark.parametrize(("claim", "source"), AGREE)
def test_silence_where_nothing_differs(claim: str, source: str) -> None:
    assert compare(claim, source) == []


@pytest.mark.parametrize("text", [s for _, c, s in DIFFER] + [c for _, c, s in DIFFER])
def test_a_sentence_agrees_with_itself(text: str) -> None:
    assert compare(text, text) == []
    assert unsupported_numbers(text, text) == []
    assert elsewhere(text, text) == []


def test_numbers_that_the_source_does_not_have() -> None:
    source = "At 12 weeks 41% of 60 patients had relief after 500 mg, 8 more than on placebo."
    reasons = unsupported_numbers("At six months 80% of the 60 patients had relief after 0.5 g.", source)
    assert [(r.kind, r.claim, r.source) for r in reasons] == [("time", "six months", ""), ("number", "80%", "")]
    assert unsupported_numbers("In the two groups fewer than half of the 60 patients had relief at three months.", source) == []


@pytest.mark.parametrize(
    ("claim", "source", "said"),
    [
        ("Iron raised haemoglobin in children.", "Iron raised haemoglobin in adults.", ("population", "children", "adults")),
        ("Heat eased cramps in mice.", "Heat eased cramps in women.", ("population", "mice", "women")),
        ("Heat eased acute back pain.", "Heat eased chronic back pain.", ("population", "acute", "chronic")),
    ],
)
def test_another_group_is_elsewhere_and_no_contradiction(claim: str, source: str, said: tuple[str, str, str]) -> None:
    assert [(r.kind, r.claim, r.source) for r in elsewhere(claim, source)] == [said]
    assert compare(claim, source) == []


WORDS = st.lists(
    st.sampled_from(
        """no not significantly reduced increased pain 5 mg 12 weeks % p = 0.04 95% CI 0.7 to 1.2 than more oral intravenous
        proven unclear patients children similar did half of twice daily ( ) , . – µg HIV-positive""".split()
    ),
    max_size=40,
).map(" ".join)


@given(st.text(max_size=300) | WORDS, st.text(max_size=300) | WORDS)
@settings(max_examples=300, deadline=None)
def test_any_two_texts_can_be_compared(claim: str, source: str) -> None:
    for reason in compare(claim, source) + elsewhere(claim, source):
        assert reason.claim in claim
        assert reason.source in source
    for reason in unsupported_numbers(claim, source):
        assert reason.claim in claim


@given(WORDS)
@settings(max_examples=200, deadline=None)
def test_any_text_agrees_with_itself(text: str) -> None:
    assert compare(text, text) == []


@pytest.mark.parametrize("filling", ["no ", "than more ", "aged ", "95% CI ", "further ", "-", "evidence of ", "\u202e\x00😀"])
def test_hostile_texts_take_no_longer_than_others(filling: str) -> None:
    text = (filling * 20_000)[:20_000]
    begin = time.process_time()
    compare(text, "A dose of 5 mg did not reduce pain.")
    compare("A dose of 5 mg did not reduce pain.", text)
    assert time.process_time() - begin < 2


def test_on_development_data_a_firing_is_a_contradiction(shared: Path) -> None:
    fired = {"S": 0, "C": 0}
    seen = {"S": 0, "C": 0}
    for name in ("written", "contrast"):
        for line in (shared / "claims" / "dev" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["label"] in seen:
                source = row.get("premise") or " ".join(row["sents"][i] for i in sorted(row["rationales"][0]))
                seen[row["label"]] += 1
                fired[row["label"]] += bool(compare(row["claim"], source))
    assert fired["C"] / (fired["C"] + fired["S"]) >= 0.9
    assert fired["S"] / seen["S"] <= 0.015
    assert fired["C"] / seen["C"] >= 0.14
