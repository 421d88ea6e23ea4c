"""What must be said before any evidence: it errs towards saying too much, and leaves ordinary questions alone."""

from __future__ import annotations

import pytest
from pincite.app.answer import Assistant
from pincite.app.safety import EMERGENCY_NOTICE, ONE_PATIENT_NOTICE, in_order, safety_notices

EMERGENCIES = """
my mum has taken 20 tablets of magnesium | I want to die, does magnesium help | patient is in respiratory arrest after IV magnesium
her heart stopped | my baby won't wake up | i'm having chest pain | I have severe chest pain | sudden worst headache ever
she had a fit and is not waking up | face drooping and slurred speech | one side of my face is numb and my speech is slurred
anaphylaxis after the dose now | throat is swelling up | my lips are swelling and i can't swallow | how many pills to end it
what dose is lethal | blood pressure 70/40 after mag, what now | no pulse | patient crashed after magnesium bolus
absent reflexes and drowsy on magnesium drip now | vomiting blood | sudden weakness on one side of my body
sudden vision loss with headache | stiff neck and fever with headache | pregnant and bleeding | I am suicidal | he’s not breathing
"""
ONE_PATIENT = """
I'm 30 weeks pregnant, is it safe? | is it safe for someone like me | is it ok for my dog | can I take it with my pills?
i'm diabetic, does it help? | in my case, would magnesium work? | we have a patient with refractory CRPS, what dose?
"""
ORDINARY = """
does magnesium help seizures in eclampsia? | chest pain in trials of magnesium | does magnesium prevent stroke?
Is magnesium safe during cardiac arrest care? | does magnesium reduce bleeding after surgery | what share of patients died
does magnesium reduce mortality in sepsis | did patients have 12 weeks of relief? | what was the blood pressure in the trial?
relief was taken 24 hours after surgery | how many patients had side effects? | does magnesium lower blood pressure
were reflexes measured? | in how many weeks was bleeding seen? | was there sudden relief?
"""


def lines(text: str) -> list[str]:
    return [part.strip() for line in text.strip().splitlines() for part in line.split(" | ")]


@pytest.mark.parametrize("question", lines(EMERGENCIES))
def test_an_emergency_is_heard_first(question: str) -> None:
    assert safety_notices(question)[0] == EMERGENCY_NOTICE


@pytest.mark.parametrize("question", lines(ONE_PATIENT))
def test_a_question_about_one_patient_is_told_what_this_is_not(question: str) -> None:
    assert ONE_PATIENT_NOTICE in safety_notices(question)


@pytest.mark.parametrize("question", lines(ORDINARY))
def test_an_ordinary_question_is_left_alone(question: str) -> None:
    assert safety_notices(question) == []


def test_the_most_urgent_comes_first_and_once() -> None:
    assert in_order(["b", ONE_PATIENT_NOTICE, "a", EMERGENCY_NOTICE, "b", ONE_PATIENT_NOTICE]) == (
        EMERGENCY_NOTICE,
        ONE_PATIENT_NOTICE,
        "b",
        "a",
    )


def test_the_evidence_is_shown_all_the_same(assistant: Assistant) -> None:
    question = "does IV magnesium help migraine?"
    urgent = assistant.ask(f"this is an emergency: {question}")
    assert urgent.notices[0] == EMERGENCY_NOTICE
    assert {c.sentence for c in assistant.ask(question).citations} <= {c.sentence for c in urgent.citations}
