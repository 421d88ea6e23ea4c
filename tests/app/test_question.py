from __future__ import annotations

import pytest
from pincite.app.language import LANGUAGE_NOTICE
from pincite.app.question import (
    LONGEST,
    Lexicon,
    Question,
    is_yes_no,
    read_question,
)
from pincite.app.safety import EMERGENCY_NOTICE, ONE_PATIENT_NOTICE
from pincite.app.shorthand import stands_for
from pincite.ingest.errors import UsageError

CORPUS = """dysphagia prednisolone lowers intraocular pressure in hypermagnesemia and migraine among patients with peripheral neuropathy
magnesium intravenous and mesothelioma"""
VOCABULARY = dict.fromkeys(CORPUS.split(), 1)
ENGLISH = frozenset("does it help with pain what is the dose of for in oral moral over ten years was given how much and".split())


def read(text: str, phrases: dict[str, str] | None = None) -> Question:
    return read_question(text, Lexicon(VOCABULARY, (phrases or {}).get, ENGLISH.__contains__))


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("migrane", "migraine"),
        ("neuropothy", "neuropathy"),
        ("magnezium", "magnesium"),
        ("mesotheliomia", "mesothelioma"),
        ("Migriane", "migraine"),
    ],
)
def test_a_slip_is_read_as_the_corpus_word_and_said_so(slip: str, word: str) -> None:
    question = read(f"does it help with {slip}?")
    assert question.text == f"does it help with {word}?"
    assert question.readings == ((slip, word),)
    assert f"Read “{slip}” as “{word}”." in question.notices


@pytest.mark.parametrize("other", ["prednisone", "hypomagnesemia", "oral", "moral", "gabapentin", "intervenous", "dysphasia"])
def test_another_word_is_never_taken_for_a_slip(other: str) -> None:
    assert read(f"does it help with {other}?").readings == ()


def test_symbols_and_shorthand_are_spelled_out_but_doses_are_not() -> None:
    assert read("IV Mg for migraine?").text == "intravenous magnesium for migraine?"
    assert read("is 70 mg/kg given").text == "is 70 mg/kg given"
    assert read("400 mg oral dose").text == "400 mg oral dose"


def test_initials_are_read_as_a_phrase_of_the_corpus() -> None:
    assert read("PHN pain?", {"phn": "postherpetic neuralgia"}).text == "postherpetic neuralgia pain?"


@pytest.mark.parametrize(
    ("letters", "phrase", "stands"),
    [
        ("crps", "complex regional pain syndrome", True),
        ("qol", "quality of life", True),
        ("ql", "quality of life", True),
        ("phn", "postherpetic neuralgia", True),
        ("phn", "peripheral neuropathy", False),
        ("lbp", "lower back pain", True),
        ("crps", "chronic regional", False),
        ("ab", "alpha gamma", False),
    ],
)
def test_initials(letters: str, phrase: str, stands: bool) -> None:
    assert stands_for(letters, phrase.split()) is stands


@pytest.mark.parametrize(
    "text",
    [
        "does IV magnesium help migraine?",
        "Is it safe",
        "I wonder whether it works",
        "any evidence that it helps?",
        "Is there a role for statins in sepsis",
        "Could you tell me if it lowers pain?",
        "magnesium relieves pain, right?",
        "works for sciatica?",
        "Hi, does it work",
        "Does magnesium help patients who have migraine?",
        "When given after surgery, does magnesium reduce pain?",
        "Is there evidence that patients who get infusions improve?",
        "Any side effects?",
        "Can we use magnesium after surgery?",
        "is it true that it does nothing for headaches",
    ],
)
def test_yes_no(text: str) -> None:
    assert is_yes_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "What is the dose?",
        "how long does it last",
        "magnesium migraine",
        "Which patients benefit?",
        "CRPS dose?",
        "why is it controversial",
        "In which journal was it?",
        "Can you summarise the evidence on headache?",
        "Would you describe the mechanism?",
        "Is the relief short-term or long-term?",
        "Is magnesium given orally or intravenously?",
        "can you tell me what the dose is",
    ],
)
def test_not_yes_no(text: str) -> None:
    assert not is_yes_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "should I take magnesium?",
        "how much should I give my patient",
        "dose for a 70 kg man",
        "my migraine won't stop",
        "65-year-old with pain",
        "Can a patient with renal failure take magnesium?",
        "is it safe for me to take magnesium",
        "What should I prescribe for neuropathy?",
        "34F with migraine, magnesium?",
        "pt is 80 kg, what dose",
        "would magnesium help me?",
        "what dose should be given to this patient?",
        "Mum has neuropathy, does it help?",
        "I was prescribed magnesium",
    ],
)
def test_one_patient_gets_its_notice(text: str) -> None:
    assert ONE_PATIENT_NOTICE in read(text).notices


@pytest.mark.parametrize(
    "text",
    [
        "he took too much magnesium",
        "she can't breathe after the infusion",
        "overdose of magnesium what now",
        "my baby isn't breathing",
        "she is seizing, how much magnesium?",
        "I took 20 magnesium tablets",
        "my child swallowed magnesium tablets",
        "how many grams would kill someone",
    ],
)
def test_emergency_comes_first(text: str) -> None:
    assert read(text).notices[0] == EMERGENCY_NOTICE


@pytest.mark.parametrize(
    "text",
    [
        "how much was given in migraine",
        "Did their pain improve?",
        "What happened to their dose of opioids?",
        "Can we use magnesium for migraine?",
        "i have a question about migraine",
        "Which emergency departments use magnesium?",
        "Does magnesium prevent anaphylaxis?",
    ],
)
def test_an_ordinary_question_gets_no_notice(text: str) -> None:
    assert not {EMERGENCY_NOTICE, ONE_PATIENT_NOTICE} & set(read(text).notices)


@pytest.mark.parametrize(
    "text",
    [
        "magnesium dose mg per kg per day",
        "mg/kg per infusion vs per day",
        "de novo headache en bloc resection",
        "do patients die as inpatients per year",
    ],
)
def test_clinical_shorthand_is_english(text: str) -> None:
    assert read(text).english


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("does IM magnesium help?", "does intramuscular magnesium help?"),
        ("BP after magnesium", "blood pressure after magnesium"),
        ("i.v. magnesium", "intravenous magnesium"),
        ("how many mg/kg for migraine", "how many mg/kg for migraine"),
        ("dose in mg of magnesium", "dose in mg of magnesium"),
        ("Mg2+ and migraine", "magnesium and migraine"),
    ],
)
def test_shorthand_is_never_read_as_something_nearby(text: str, reading: str) -> None:
    assert read(text, {"im": "intravenous magnesium", "bp": "back pain"}).text == reading


@pytest.mark.parametrize(
    "text",
    [
        "¿El magnesio intravenoso ayuda con la migraña?",
        "магний помогает при мигрени?",
        "片頭痛にマグネシウムは効きますか",
        "Hilft Magnesium bei der Migräne oder nicht?",
    ],
)
def test_another_language_is_named(text: str) -> None:
    question = read(text)
    assert not question.english
    assert LANGUAGE_NOTICE in question.notices


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "empty"), (" \n\t", "empty"), ("?!", "no words"), ("\x00\x01", "empty"), ("a" * (LONGEST + 1), str(LONGEST + 1))],
)
def test_what_cannot_be_asked_is_refused_with_its_value(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read(text)


def test_control_characters_become_spaces() -> None:
    assert read("does\x00it\x1b help").text == "does it help"
