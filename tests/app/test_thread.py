"""Follow-up questions: what they are understood as, over the shipped article and over reviews of other fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from pincite.app.answer import Assistant, open_corpus
from pincite.app.question import LONGEST
from pincite.app.safety import EMERGENCY_NOTICE, ONE_PATIENT_NOTICE
from pincite.ingest.settings import Settings

BRIEFS = Path(__file__).resolve().parents[2] / "evals" / "sets" / "passages" / "briefs"
FIRST = "does IV magnesium help migraine?"
CRPS = "complex regional pain syndrome"

# A thread, what its last question must be understood to say, what it must not say, and the sentences of the article it is about.
ARTICLE: list[tuple[list[str], list[str], list[str], set[int]]] = [
    ([FIRST, "what about CRPS?"], ["magnesium", CRPS], ["migraine"], {8}),
    ([FIRST, "what about CRPS?", "what dose?"], ["dose", "magnesium", CRPS], ["migraine"], {8}),
    ([FIRST, "what about CRPS?", "and the side effects?"], ["side effects", "magnesium", CRPS], ["migraine"], {8}),
    (
        ["Does magnesium reduce pain after abdominal surgery?", "how long does it last?"],
        ["magnesium", "abdominal surgery"],
        [" it "],
        {6, 7},
    ),
    (["Does magnesium reduce pain after abdominal surgery?", "what about opioid use?"], ["opioid use", "abdominal surgery"], [], {5}),
    (["Does magnesium reduce pain after abdominal surgery?", "for how long?"], ["for how long does magnesium", "surgery"], [], {6, 7}),
    (["What is the CRPS dose?", "and for low back pain?"], ["dose", "low back pain"], [CRPS], {9}),
    (["What is the CRPS dose?", "was it a big trial?"], ["trial", CRPS, "it a big"], [], {8}),
    (["does iv magnesium help migraine?", "waht abuot crps", "and teh side efects?"], ["side effects", CRPS], ["teh", "migraine"], {8}),
    ([FIRST, "what about oral magnesium?"], ["oral magnesium", "migraine"], ["intravenous"], set()),
    ([FIRST, "tablets?"], ["magnesium tablets", "migraine"], ["intravenous"], set()),
    ([FIRST, "what about ketamine?"], ["ketamine", "migraine"], ["magnesium"], set()),
    ([FIRST, "in children?"], ["magnesium", "migraine", "in children"], [], set()),
    ([FIRST, "How do I bake sourdough bread?", "what about headache?"], ["magnesium", "headache"], ["bread", "migraine"], {12, 13}),
    ([FIRST, "what about CRPS?", "what dose?", "back to migraine"], ["does", "magnesium", "help migraine"], ["dose", CRPS], {14, 15}),
    (
        [
            "does magnesium relieve pain after abdominal surgery?",
            FIRST,
            "going back to the surgery patients, is it still working after 24 hours?",
        ],
        ["magnesium", "24 hours", "abdominal surgery"],
        ["migraine", "going back"],
        {7},
    ),
    (["Does magnesium help chronic low back pain?", "how did they respond?"], ["patients with chronic low back pain"], ["they"], {9}),
    (["Does magnesium help chronic low back pain?", "which oral salts?"], ["oral magnesium salts", "low back pain"], [], {9}),
    (["does magnesium help peripheral neuropathy?", "do they agree?"], ["studies agree", "magnesium", "neuropathy"], ["they"], {16, 17}),
    ([FIRST, "what about headache?", "and the first one?"], ["magnesium", "migraine"], ["headache"], {14, 15}),
    ([FIRST, "ok thanks. and after abdominal surgery?"], ["magnesium", "after abdominal surgery"], ["migraine", "thanks"], {5, 6, 7}),
    (["does it help migraine?", "and CRPS?", "how many days?"], ["how many days", CRPS], ["migraine"], {8}),
]


def understood(assistant: Assistant, thread: list[str]) -> str:
    return assistant.threads.understand(thread[-1], thread[:-1]).text


@pytest.mark.parametrize(("thread", "says", "says_not", "about"), ARTICLE, ids=[" / ".join(case[0])[-60:] for case in ARTICLE])
def test_a_follow_up_is_read_in_its_thread(
    assistant: Assistant, thread: list[str], says: list[str], says_not: list[str], about: set[int]
) -> None:
    text = understood(assistant, thread).lower()
    assert [part for part in says if part.lower() not in text] == []
    assert [part for part in says_not if part.lower() in text] == []
    if about:
        assert about & {found.sentence for found in assistant.search(text, 3)}


@pytest.mark.parametrize(
    "question",
    [
        "does magnesium help headache?",
        "What does the review conclude overall?",
        "What is magnesium approved for?",
        "Is ketamine better than lidocaine for sciatica?",
        "How do I bake sourdough bread?",
        "who are you?",
        "gabapentin vs Mg for PHN",
        "What is the capital of Peru?",
        "Is it true that magnesium drips cure four out of five headaches?",
        "tell me a joke about doctors",
        "Does ketamine ease depression, and is it safe?",
    ],
)
def test_a_question_that_stands_on_its_own_is_left_alone(assistant: Assistant, question: str) -> None:
    alone = assistant.ask(question)
    after = assistant.ask(question, [FIRST, "what dose?"])
    assert after.resolved == assistant.retriever.read(question).text
    assert (after.answer, after.citations, after.notices) == (alone.answer, alone.citations, alone.notices)


OTHER_FIELDS: dict[str, list[tuple[list[str], str]]] = {
    "cardiology": [
        (["does colchicine help stable coronary disease?", "what about gout?", "what dose?"], "What dose of colchicine in gout?"),
        (["does colchicine help gout?", "and after a heart attack?"], "Does colchicine help after heart attack?"),
        (["Is colchicine effective for pericarditis?", "compared with ibuprofen?"], "pericarditis compared with ibuprofen?"),
        (["Is colchicine effective for pericarditis?", "what are the side effects?", "diarrhoea?"], "with colchicine for pericarditis?"),
    ],
    "psychiatry": [
        (
            ["Does light therapy work for depression?", "how quickly?", "for how long?"],
            "For how long does light therapy work for depression?",
        ),
        (["Does ketamine work for depression?", "and esketamine?", "in the elderly?"], "Does esketamine work for depression in elderly?"),
    ],
    "physiotherapy": [
        (["does exercise help knee osteoarthritis?", "is swimming better?"], "Is swimming better than exercise in knee osteoarthritis?"),
        (["does shock wave therapy help plantar fasciitis?", "and tennis elbow?"], "Does shock wave therapy help tennis elbow?"),
    ],
    "nutrition": [(["does vitamin D prevent fractures?", "and colds?", "in children?"], "Does vitamin D prevent colds in children?")],
    "dermatology": [(["does topical steroid help psoriasis?", "its side effects?"], "The side effects of topical steroid in psoriasis?")],
}


@pytest.mark.parametrize("field", OTHER_FIELDS)
def test_other_fields_are_read_by_the_same_rules(own_cache: Path, field: str) -> None:
    other = open_corpus(Settings(corpus=BRIEFS / f"{field}.txt"))
    for thread, end in OTHER_FIELDS[field]:
        assert understood(other, thread).endswith(end), thread


def test_ten_turns_keep_to_their_topics(assistant: Assistant) -> None:
    thread = [
        ("does IV magnesium help migraine?", "migraine"),
        ("what dose?", "migraine"),
        ("What about CRPS?", CRPS),
        ("how many days?", CRPS),
        ("any side effects?", CRPS),
        ("does it improve quality of life?", CRPS),
        ("and low back pain?", "low back pain"),
        ("for how long?", "low back pain"),
        ("is it safe?", "low back pain"),
        ("back to CRPS: when was that measured?", CRPS),
    ]
    asked = [question for question, _ in thread]
    for number, (_, topic) in enumerate(thread):
        assert topic in understood(assistant, asked[: number + 1])


def test_the_answer_says_what_was_understood_and_cites_it(assistant: Assistant) -> None:
    answer = assistant.ask("what about CRPS?", [FIRST])
    assert answer.resolved == f"Does intravenous magnesium help {CRPS}?"
    assert answer.question == "what about CRPS?"
    assert 8 in {c.sentence for c in answer.citations}
    assert assistant.ask(FIRST).resolved is None
    assert assistant.ask(FIRST, []).resolved is None


def test_the_thread_is_the_whole_state(assistant: Assistant) -> None:
    one = assistant.ask("what dose?", ["does magnesium help CRPS?"]).as_json()
    assistant.ask("what dose?", ["does magnesium help migraine?"])
    assert assistant.ask("what dose?", ["does magnesium help CRPS?"]).as_json() == one


def test_danger_does_not_end_with_the_next_question(assistant: Assistant) -> None:
    notices = assistant.ask("what dose?", ["my father is unconscious, does IV magnesium help his migraine?"]).notices
    assert notices[:2] == (EMERGENCY_NOTICE, ONE_PATIENT_NOTICE)
    assert EMERGENCY_NOTICE not in assistant.ask("does magnesium help headache?", ["my father is unconscious"]).notices


@pytest.mark.parametrize(
    "history",
    [
        [""],
        ["   ", "?"],
        ["x" * 100_000],
        ["¿El magnesio ayuda con la migraña?"],
        ["<script>alert(1)</script>"],
        ["\x00\u202e"],
        ["magnesium " * 5000],
        [FIRST] * 500,
        ["((((" * 400],
        ["what about it?", "and that?", "they?"],
    ],
)
def test_odd_threads_never_crash(assistant: Assistant, history: list[str]) -> None:
    assert len(understood(assistant, [*history, "what about CRPS?"])) <= LONGEST


@pytest.mark.parametrize(
    "question", ["it?", "why?", "and?", "what about", "what about ?", "back to", "the first one", "compared with", "…and?", "their?"]
)
def test_odd_follow_ups_never_crash(assistant: Assistant, question: str) -> None:
    assert understood(assistant, [FIRST, question])
