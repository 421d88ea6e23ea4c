"""PubMedQA, MedEvidence and K-QA.

PubMedQA: the question is asked over its abstract without the conclusion. A stance that supports is *yes*, one that opposes *no*, and what
is mixed, inconclusive or not answered *maybe*.

MedEvidence: "Is X higher, lower, or the same when comparing A to B?" becomes three claims, each judged against every source. A source votes
for the claim that it supports, or where it supports none, against a difference where it contradicts both directions. Most votes win; votes
for both directions without a majority are *uncertain effect*, and no votes *insufficient data*. Nothing here is fitted to any of the sets.

K-QA: 201 patients' questions with physicians' answers, taken apart into statements. Pincite answers from articles and has none for these
questions, so the statements test the gate: each must be found in the answer that it was taken from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pincite.app.answer import Assistant
from pincite.app.claims import Verdict
from pincite.ingest.errors import PinciteError
from pincite.ingest.sentences import split_sentences

from ..lines import CaseError
from ..passages import Passage
from ..runner import Progress
from ..stats import estimate
from ..systems import assistant_over
from .common import Bench, Mark, Measured, Needed, classified, rows_of

_PUBMEDQA = "questions/pubmedqa.jsonl"
_MEDEVIDENCE = "questions/medevidence.jsonl"
_ANSWERS = {"supports": "yes", "opposes": "no"}
_KQA = "questions/k-qa/questions_w_answers.jsonl"
_LONGEST = 6_000
"""Characters of a source that are read: the abstract is at its start."""
_ASKED = re.compile(
    r"^(?:Is|Are)\s+(?:the\s+)?(.+?)\s+(?:higher,? lower|lower,? higher),? or (?:the same|similar|equal).*?comparing\s+(.+?)\s+"
    r"(?:to|with|and|versus)\s+(.+?)\?*$",
    re.IGNORECASE,
)
DIRECTIONS = ("higher", "lower", "no difference")


def pubmedqa(data: Path, corpus: Assistant, limit: int | None, progress: Progress | None) -> list[Measured]:
    """Yes, no or maybe."""
    rows = rows_of(data / _PUBMEDQA, limit)
    said = []
    for number, row in enumerate(rows):
        if progress:
            progress("pubmedqa", number, len(rows))
        said.append(_yes_no(corpus, row["question"], row["contexts"]))
    return classified([row["label"] for row in rows], said, ("yes", "no", "maybe"))


def medevidence(data: Path, corpus: Assistant, limit: int | None, progress: Progress | None) -> list[Measured]:
    """Higher, lower, no difference, uncertain effect or insufficient data."""
    rows = rows_of(data / _MEDEVIDENCE, limit)
    said = []
    for number, row in enumerate(rows):
        if progress:
            progress("medevidence", number, len(rows))
        said.append(effect_of(corpus, row["question"], row["sources"]))
    return classified([row["label"] for row in rows], said, (*DIRECTIONS, "uncertain effect", "insufficient data"))


def k_qa(data: Path, corpus: Assistant, limit: int | None, progress: Progress | None) -> list[Measured]:
    """The physicians' must-have statements, each judged against the physicians' own answer, which entails them all."""
    path = data / _KQA
    rows = rows_of(path, limit)
    said: list[Verdict] = []
    for number, row in enumerate(rows):
        if progress:
            progress("k-qa", number, len(rows))
        if not isinstance(row.get("Free_form_answer"), str) or not isinstance(row.get("Must_have"), list):
            raise CaseError(path, number + 1, 'is not a line of K-QA: no text "Free_form_answer" and list "Must_have" in it')
        said += [_verdict(corpus, statement, row["Free_form_answer"]) for statement in row["Must_have"]]
    return [
        Measured("must-have statements supported", estimate([float(verdict == "supported") for verdict in said])),
        Measured("must-have statements contradicted", estimate([float(verdict == "contradicted") for verdict in said])),
    ]


def claims_of(question: str) -> dict[str, str] | None:
    """A claim for each direction, or None where the question is not put in the set's usual way."""
    found = _ASKED.match(question.strip())
    if found is None:
        return None
    outcome, first, second = found.groups()
    return {
        "higher": f"The {outcome} was higher with {first} than with {second}.",
        "lower": f"The {outcome} was lower with {first} than with {second}.",
        "no difference": f"There was no significant difference in the {outcome} between {first} and {second}.",
    }


def effect_of(corpus: Assistant, question: str, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """The label of one question."""
    claims = claims_of(question)
    if claims is None:
        return "insufficient data"
    votes = [vote({name: _verdict(corpus, claim, source["content"]) for name, claim in claims.items()}) for source in sources.values()]
    return decide([name for name in votes if name])


def vote(verdicts: Mapping[str, Verdict]) -> str | None:
    """Which direction one source speaks for, or None."""
    for name in ("no difference", "higher", "lower"):
        if verdicts[name] == "supported":
            return name
    return "no difference" if verdicts["higher"] == verdicts["lower"] == "contradicted" else None


def decide(votes: Sequence[str]) -> str:
    """What the sources' votes come to."""
    if not votes:
        return "insufficient data"
    ranked = Counter(votes).most_common()
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return "uncertain effect"
    return ranked[0][0]


def _yes_no(corpus: Assistant, question: str, contexts: Sequence[str]) -> str:
    sentences = [text[start:end] for text in contexts for start, end in split_sentences(text)]
    try:
        passage = Passage.of(tuple(sentence for sentence in sentences if sentence.strip()))
        answer = assistant_over({passage.id: passage.document}, corpus).ask(question)
    except PinciteError:
        return "maybe"
    return _ANSWERS.get(answer.stance or "", "maybe")


def _verdict(corpus: Assistant, claim: str, text: str) -> Verdict:
    try:
        return corpus.check_text(claim, text[:_LONGEST]).verdict
    except PinciteError:
        return "unchecked"


PUBMEDQA = Bench(
    "pubmedqa",
    "PubMedQA, yes/no/maybe from the abstract without its conclusion (500 labelled, the development part)",
    (Needed(_PUBMEDQA, "https://github.com/pubmedqa/pubmedqa (PQA-L), converted to one object a line", "MIT"),),
    pubmedqa,
    (
        Mark("accuracy", "0.552", "majority class", "Jin et al. 2019, doi:10.18653/v1/D19-1259 (test part)"),
        Mark("accuracy", "0.681", "BioBERT, trained on it in phases", "the same"),
        Mark("accuracy", "0.780", "one human", "the same"),
    ),
)
MEDEVIDENCE = Bench(
    "medevidence",
    "MedEvidence, the conclusions of Cochrane reviews from their studies' abstracts",
    (Needed(_MEDEVIDENCE, "https://huggingface.co/datasets/lekjfk21/med-evidence, the questions that abstracts suffice for", "MIT"),),
    medevidence,
    (Mark("accuracy", "at most 0.63", "the best of 24 language models, on all 284 questions", "Polzak et al. 2025, arXiv:2505.22787"),),
    ("Verdicts on single abstracts become a review's conclusion by a plain vote, which weighs no study by its size or quality.",),
)
K_QA = Bench(
    "k-qa",
    "K-QA, the physicians' statements against their own answers",
    (Needed(_KQA, "https://huggingface.co/datasets/Itaykhealth/K-QA", "MIT"),),
    k_qa,
)
