"""Training pairs for the checker: (query, sentence, context) with what the three heads should say.

Sources, all under the folder that ``--data`` names: ``claims/<split>/written.jsonl`` and ``contrast.jsonl`` (claims over passages,
and premises that turn their label), ``questions/written-<split>.jsonl``, public sets, and two sets written for this project
that lie beside this module: ``question-groups.jsonl`` (one question, several premises, each answering it another way or not at all) and
``question-briefs.jsonl`` (whole short documents with questions, every sentence labelled).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .quantities import quantities

VERDICTS = ("S", "C", "N", "P")
STANCES = ("supports", "opposes", "inconclusive")
IGNORE = -1
TO_THE_POINT = 0.75
"""What "answers" is trained towards for a sentence that is to the point and not needed."""

_WORD = re.compile(r"[a-z0-9]+")
_MARK = re.compile(r"\s*[\[(]?(?:<\|(?:multi_|other_)?cit\|>[,;\s]*)+[\])]?")


@dataclass(frozen=True, slots=True)
class Pair:
    """One training example.

    ``verdict`` and ``stance`` are class numbers, ``answers`` is between 0 and 1; ``IGNORE`` where the source has no such label.
    """

    query: str
    sentence: str
    context: str
    verdict: int = IGNORE
    answers: float = IGNORE
    stance: int = IGNORE


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a ``.jsonl`` file.

    Raises:
        FileNotFoundError: naming the file and the folder parameter that should hold it.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path} is absent: give the folder of the training data with --data")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def overlap(query: str, sentence: str) -> float:
    """Share of the query's words (over three letters) that the sentence has."""
    words = {w for w in _WORD.findall(query.lower()) if len(w) > 3}
    return len(words & set(_WORD.findall(sentence.lower()))) / (len(words) or 1)


def _before(sents: Sequence[str], index: int) -> str:
    return sents[index - 1] if index > 0 else ""


def _nearest(query: str, sents: Sequence[str], skip: set[int], count: int) -> list[int]:
    order = sorted((i for i in range(len(sents)) if i not in skip), key=lambda i: (-overlap(query, sents[i]), i))
    return order[:count]


def claim_pairs(rows: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[Pair]:
    """Claims over passages: the rationale with the claim's label, and beside it a near sentence that does not bear on the claim."""
    for row in rows:
        claim, sents, label = row["claim"], row["sents"], row["label"]
        gold = [i for group in row["rationales"][:1] for i in group]
        if label == "N" or not gold:
            near = _nearest(claim, sents, set(), 2)
            for i in near[: 1 + (rng.random() < 0.5)]:
                yield Pair(claim, sents[i], _maybe_before(sents, i, rng), VERDICTS.index("N"), 0)
            continue
        after = gold[-1] + 1
        if len(gold) < 3 and after < len(sents) and rng.random() < 0.2:
            gold = [*gold, after]  # a window may hold a sentence more than the proof
        text = " ".join(sents[i] for i in gold)
        context = _maybe_before(sents, gold[0], rng)
        yield Pair(claim, text, context, VERDICTS.index(label), 1)
        if rng.random() < 0.6:
            for i in _nearest(claim, sents, set(gold), 1):
                yield Pair(claim, sents[i], _maybe_before(sents, i, rng), VERDICTS.index("N"), 0)
        if label in "SC" and len(gold) == 1 and rng.random() < 0.35:
            yield Pair(as_question(claim, rng), text, context, answers=1, stance=0 if label == "S" else 1)


def as_question(claim: str, rng: random.Random) -> str:
    """A claim asked as a yes/no question, without parsing it."""
    body = claim.strip().rstrip(".")
    body = body[0].lower() + body[1:] if len(body) > 1 and body[1].islower() else body
    return rng.choice(
        (f"Is it true that {body}?", f"Is it correct that {body}?", f"{body}?", f"{body}, right?", f"Do we know whether {body}?")
    )


def contrast_pairs(rows: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[Pair]:
    """The same claims with a premise that turns the label, and as often with the premise of another claim on the same paper.

    Without the second kind "has no context" would stand for "answers": no premise here has one.
    """
    by_doc: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_doc.setdefault(row["doc"], []).append(row)
    for row in rows:
        claim, verdict = row["claim"], VERDICTS.index(row["label"])
        asked = as_question(claim, rng) if rng.random() < 0.25 else None
        yield Pair(claim, row["premise"], "", verdict, 1)
        if asked:
            yield Pair(asked, row["premise"], "", answers=1, stance=verdict)
        others = [r["premise"] for r in by_doc[row["doc"]] if r["claim"] != claim]
        if others and rng.random() < 0.5:
            near = others[_nearest(claim, others, set(), 1)[0]] if rng.random() < 0.5 else rng.choice(others)
            yield Pair(claim, near, "", VERDICTS.index("N"), 0)
            if asked:
                yield Pair(asked, near, "", answers=0)


def question_pairs(rows: Sequence[dict[str, Any]], rng: random.Random, near: int) -> Iterator[Pair]:
    """Questions over passages: what answers, with its stance, and the nearest that do not; context comes and goes by chance."""
    for row in rows:
        sents, gold = row["sents"], set(row["evidence"])
        stance = {"supports": 0, "opposes": 1, "inconclusive": 2, "mixed": 2}.get(row["stance"] or "", IGNORE)
        for i in sorted(gold):
            yield Pair(row["question"], sents[i], _maybe_before(sents, i, rng), answers=1, stance=stance)
        for i in _nearest(row["question"], sents, gold, near):
            yield Pair(row["question"], sents[i], _maybe_before(sents, i, rng), answers=0)


def _maybe_before(sents: Sequence[str], index: int, rng: random.Random) -> str:
    return _before(sents, index) if rng.random() < 0.7 else ""


def group_pairs(rows: Sequence[dict[str, Any]]) -> Iterator[Pair]:
    """Question groups: one question, premises that answer it each another way, and near misses."""
    for row in rows:
        for premise in row["premises"]:
            label = premise["label"]
            yield Pair(
                row["question"],
                premise["text"],
                premise.get("context", ""),
                answers=int(label != "beside"),
                stance=STANCES.index(label) if label in STANCES else IGNORE,
            )


def brief_pairs(rows: Sequence[dict[str, Any]], rng: random.Random, near: int = 3, far: int = 1, share: float = 1.0) -> Iterator[Pair]:
    """Questions over whole short documents: gold and further sentences to the point, the nearest others, and a few at random.

    ``share`` of the questions, by chance.
    """
    for row in rows:
        sents = row["sents"]

        def pair(question: str, i: int, answers: float, stance: int = IGNORE, row: dict[str, Any] = row) -> Pair:
            context = row["sents"][i - 1] if i and row["para"][i - 1] == row["para"][i] and rng.random() < 0.9 else ""
            return Pair(question, row["sents"][i], context, answers=answers, stance=stance)

        for item in row["questions"]:
            if rng.random() >= share:
                continue
            question, gold, also = item["q"], set(item["gold"]), set(item.get("also", ()))
            stances = item.get("stance") or {}
            for i in sorted(gold | also):
                stance = stances.get(str(i))
                yield pair(question, i, 1.0 if i in gold else TO_THE_POINT, STANCES.index(stance) if stance in STANCES else IGNORE)
            beside = _nearest(question, sents, gold | also, near if gold else near + far)
            rest = [i for i in range(len(sents)) if i not in gold | also | set(beside)]
            for i in [*beside, *rng.sample(rest, min(far, len(rest)))]:
                yield pair(question, i, 0.0)


def brief_claim_pairs(rows: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[Pair]:
    """Claims over whole short documents: the evidence with the claim's label, and the nearest other sentence, which leaves it open."""
    for row in rows:
        sents, para = row["sents"], row["para"]

        def context(i: int, sents: list[str] = sents, para: list[int] = para) -> str:
            return sents[i - 1] if i and para[i - 1] == para[i] and rng.random() < 0.9 else ""

        for item in row.get("claims", ()):
            claim, gold = item["c"], sorted(item["evidence"])[:3]
            if gold:
                yield Pair(claim, " ".join(sents[i] for i in gold), context(gold[0]), VERDICTS.index(item["label"]), 1)
            for i in _nearest(claim, sents, set(item["evidence"]), 1 if gold else 2):
                yield Pair(claim, sents[i], context(i), VERDICTS.index("N"), 0)


_OPPOSITE = {
    a: b
    for one, other in (
        ("increased", "decreased"),
        ("increase", "decrease"),
        ("increases", "decreases"),
        ("higher", "lower"),
        ("more", "less"),
        ("improved", "worsened"),
        ("better", "worse"),
        ("greater", "smaller"),
        ("longer", "shorter"),
        ("rose", "fell"),
        ("reduced", "raised"),
        ("reduces", "raises"),
        ("superior", "inferior"),
    )
    for a, b in ((one, other), (other, one))
}
_DIRECTION = re.compile(r"\b(?:" + "|".join(_OPPOSITE) + r")\b(?! than (?:half|one|two|\d))")


def other_way(text: str) -> str | None:
    """The text with its first word of direction turned round, or ``None`` where it has none or several."""
    found = _DIRECTION.findall(text)
    return _DIRECTION.sub(lambda m: _OPPOSITE[m[0]], text) if len(found) == 1 else None


def other_number(text: str, premise: str, rng: random.Random) -> str | None:
    """The text with one of its figures made another that the premise does not have; ``None`` where the two share no figure."""
    there = {(q.value, q.unit) for q in quantities(premise)}
    shared = [q for q in quantities(text) if not q.derived and (q.value, q.unit) in there and text[q.start].isdigit()]
    if not shared:
        return None
    chosen = rng.choice(shared)
    digits = re.match(r"\d+(?:\.\d+)?", text[chosen.start :])
    if digits is None:
        return None
    old = float(digits[0])
    new = rng.choice([v for v in (old * 2, old * 10, old / 2, old + 1, old + rng.randint(2, 9), old * 0.7) if round(v, 1) != old])
    shown = f"{new:.{len(digits[0].partition('.')[2])}f}"
    altered = text[: chosen.start] + shown + text[chosen.start + len(digits[0]) :]
    values = {(q.value, q.unit) for q in quantities(altered)}
    return altered if shown != digits[0] and not values <= there else None


def altered_pairs(rows: Sequence[dict[str, Any]], rng: random.Random, share: float = 0.45) -> Iterator[Pair]:
    """Claims that are made from supported claims and from sentences themselves: a figure changed, a direction turned round (refuted);
    the sentence said as it stands (supported), the sentence beside it (absent)."""
    for row in rows:
        sents = row["sents"]
        if row["label"] != "S" or len(row["rationales"][0]) != 1:
            continue
        place = row["rationales"][0][0]
        premise, context = sents[place], _maybe_before(sents, place, rng)
        for text in (row["claim"], premise):
            if rng.random() < share:
                altered = other_number(text, premise, rng) if rng.random() < 0.6 else other_way(text)
                if altered:
                    yield Pair(altered, premise, context, VERDICTS.index("C"), 1)
        if rng.random() < share / 3:
            yield Pair(premise, premise, context, VERDICTS.index("S"), 1)
        beside = [i for i in (place - 1, place + 1) if 0 <= i < len(sents)]
        if beside and rng.random() < share / 3:
            yield Pair(sents[rng.choice(beside)], premise, "", VERDICTS.index("N"))


def public_pairs(data: Path, rng: random.Random, general: int) -> Iterator[Pair]:
    """SciFact, Check-COVID, Citation-Integrity, and ``general`` minimally edited pairs (sizes level the sets).

    Of Citation-Integrity only what is marked as contradicted is taken as such: its other inaccurate citations are "not in there".
    """
    for name in ("scifact", "check-covid"):
        yield from claim_pairs(read_rows(data / "claims/train" / f"{name}.jsonl"), rng)
    for row in read_rows(data / "claims/train/citation-integrity.jsonl"):
        wrong = "C" if row["fine_label"] == "CONTRADICT" else "N"
        gold = [i for group in row["rationales"][:1] for i in group][:3] or _nearest(row["claim"], row["sents"], set(), 2)
        text = " ".join(row["sents"][i] for i in gold)
        if text:
            yield Pair(_MARK.sub("", row["claim"]), text, "", VERDICTS.index("S" if row["label"] == "S" else wrong))
    for name, share in (("cad-nli", 0.4), ("scone", 0.15), ("breaking-nli", 0.2), ("med-monotonicity", 0.1), ("fever-symmetric", 0.15)):
        rows = read_rows(data / "claims/train" / f"{name}.jsonl")
        for row in rng.sample(rows, min(len(rows), int(general * share))):
            yield Pair(row["claim"], row["premise"], "", VERDICTS.index(row["label"]))


def qnli_pairs(data: Path, rng: random.Random, count: int) -> Iterator[Pair]:
    """Does this sentence answer this question (a sample of SQuAD paragraphs)."""
    for row in rng.sample(read_rows(data / "questions/qnli-dev.jsonl"), count):
        yield Pair(row["premise"], row["claim"], "", answers=int(row["label"] == "S"))
