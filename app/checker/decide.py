"""From judgements to evidence.

The judge alone is too small to be sure: what it says is weighed together with how near sentence and question are in meaning and in words
(logistic regression). Weights and thresholds stand in ``judge.json`` and nowhere else; ``python -m pincite.evals.benches.calibrate``
fits them on development questions. Then two rules: a sentence about another route or group of people than was asked for is beside the
point, and so is every sentence of a document that never mentions the group.

A neighbour that a cited sentence leans on, or that leans on it ("Despite this observation …"), is cited with it at a lower score: a quote
that the next sentence takes back must not stand alone.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pincite.app.claims import Stance
from pincite.ingest.chunks import leans
from pincite.ingest.lexical import words
from pincite.ingest.text import Document, Sentence

from .judge import CLAIMS, VERDICT_VOCABULARY, Judge, Judgement, files
from .slots import USUAL, differs, fillers, mentions
from .verdict import VerdictChecker

LACKING = 0.5
"""What is left of the weight of a sentence that lacks the question's rare words. On development questions (768): citation precision 0.811
to 0.835, right first 0.735 both, decisions 0.820 to 0.819; a third instead of a half costs decisions (0.811)."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that the search brought up, where it stands, and its cosine similarity to the question."""

    document: Document
    sentence: Sentence
    similarity: float

    @property
    def context(self) -> str:
        """The sentence before it in its paragraph, or an empty string."""
        return self.document.context_of(self.sentence.number)


@dataclass(frozen=True, slots=True)
class Signals:
    """What is weighed for one candidate.

    The judge's "answers" as log-odds; the cosine similarity; the share of the question's words that sentence and context have, each by
    its rarity, of those that the documents have at all; and how far below the most similar candidate it is.
    """

    judged: float
    similarity: float
    shared: float
    below: float
    lacks_rare: bool = False
    """Whether the question has words that one sentence alone has, and this one and its context have none of them."""

    def values(self) -> tuple[float, float, float, float]:
        """In the order of the weights."""
        return (self.judged, self.similarity, self.shared, self.below)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that was weighed. ``answers`` is how surely it answers (0 to 1), ``stance`` which way if the question is yes/no."""

    doc: str
    sentence: int
    answers: float
    stance: Stance


class Checker:
    """Weighs sentences as evidence on a question."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._counts: dict[str, tuple[Counter[str], Counter[str]]] = {}
        # By the recipes of both models: the larger one is loaded only when a claim comes.
        recipes = judge.recipe.read_bytes() + files(CLAIMS)[1].read_bytes()
        self.name = f"pincite-checker-{hashlib.sha256(recipes).hexdigest()[:12]}"
        calibration = judge.meta["calibration"]
        self._weights: tuple[float, ...] = tuple(calibration["weights"])
        self._bias = float(calibration["bias"])
        self._answered = float(calibration["answered"])
        self._also = float(calibration["also"])
        self._neighbour = float(calibration["neighbour"])

    @cached_property
    def verdicts(self) -> VerdictChecker:
        """What judges claims; its model is loaded when the first one comes."""
        return VerdictChecker(Judge(VERDICT_VOCABULARY, CLAIMS))

    def weigh(self, question: str, candidates: Sequence[Candidate]) -> tuple[list[Evidence], list[Evidence]]:
        """Judge candidates.

        Returns:
            What answers the question, most direct first, and everything that was judged, likewise ordered.
        """
        judged, signals = self.signals(question, candidates)
        weighed, excluded = [], set()
        for candidate, judgement, signal in zip(candidates, judged, signals, strict=True):
            odds = self._bias + sum(w * v for w, v in zip(self._weights, signal.values(), strict=True))
            answers = (LACKING if signal.lacks_rare else 1.0) / (1 + math.exp(-odds))
            place = (candidate.document.id, candidate.sentence.number)
            weighed.append(Evidence(*place, round(answers, _DIGITS), stance_of(judgement)))
            if beside_the_point(question, candidate):
                excluded.add(place)
        weighed.sort(key=lambda e: (-e.answers, e.doc, e.sentence))
        left = [e for e in weighed if (e.doc, e.sentence) not in excluded]
        if not left or left[0].answers < self._answered:
            return [], weighed
        best = left[0].answers
        chosen = {(e.doc, e.sentence) for e in left if e.answers >= self._also * best}
        chosen |= _leaning_on(chosen, candidates)
        return [e for e in left if (e.doc, e.sentence) in chosen and e.answers >= self._neighbour * best], weighed

    def _rarity(self, asked: set[str], documents: Mapping[str, Document]) -> tuple[dict[str, float], set[str]]:
        """Of the words that these documents have: inverse document frequency over sentences read with their context, as in BM25; and
        which of them one sentence alone has."""
        for document in documents.values():
            key = document.source.sha256
            if key not in self._counts:
                read = Counter(stem for s in document.sentences for stem in _stems(document, s.number))
                alone = Counter(stem for s in document.sentences for stem in set(words(s.text)))
                self._counts[key] = read, alone
        counts = [self._counts[d.source.sha256] for d in documents.values()]
        total = sum(len(d.sentences) for d in documents.values())
        found = {stem: sum(read[stem] for read, _ in counts) for stem in sorted(asked)}
        rarity = {stem: math.log(1 + (total - n + 0.5) / (n + 0.5)) for stem, n in found.items() if n}
        return rarity, {stem for stem in rarity if sum(alone[stem] for _, alone in counts) == 1}

    def signals(self, question: str, candidates: Sequence[Candidate]) -> tuple[list[Judgement], list[Signals]]:
        """The judgement and the signals of each candidate, in order."""
        judged = self._judge.judge(question, [(c.sentence.text, c.context) for c in candidates])
        top = max((c.similarity for c in candidates), default=0.0)
        rarity, rare = self._rarity(set(words(question)), {c.document.id: c.document for c in candidates})
        signals = []
        for candidate, judgement in zip(candidates, judged, strict=True):
            there = _stems(candidate.document, candidate.sentence.number)
            probability = min(max(judgement.answers, 1e-4), 1 - 1e-4)
            signals.append(
                Signals(
                    judged=math.log(probability / (1 - probability)),
                    similarity=candidate.similarity,
                    shared=sum(weight for stem, weight in rarity.items() if stem in there) / (sum(rarity.values()) or 1.0),
                    below=candidate.similarity - top,
                    lacks_rare=bool(rare) and not rare & there,
                )
            )
        return judged, signals


def _stems(document: Document, number: int) -> set[str]:
    return set(words(document.sentence(number).text)) | set(words(document.context_of(number)))


def _leaning_on(chosen: set[tuple[str, int]], candidates: Sequence[Candidate]) -> set[tuple[str, int]]:
    """The neighbours that belong with what was chosen: what it leans on, and what leans on it ("Despite this …" may take it back)."""
    leaning = {(c.document.id, c.sentence.number) for c in candidates if c.context and leans(c.sentence.text)}
    before = {(doc, number - 1) for doc, number in chosen if (doc, number) in leaning}
    after = {(doc, number) for doc, number in leaning if (doc, number - 1) in chosen}
    return before | after


def beside_the_point(question: str, candidate: Candidate) -> bool:
    """Whether a rule excludes a candidate: another route or group, or a group that its document never mentions."""
    if differs(question, candidate.sentence.text, candidate.context):
        return True
    asked = fillers(question, "group") - USUAL
    return bool(asked) and not asked & mentions(" ".join(s.text for s in candidate.document.sentences))


def stance_of(judgement: Judgement) -> Stance:
    """The likeliest of the three."""
    options: tuple[tuple[float, Stance], ...] = (
        (judgement.inconclusive, "inconclusive"),
        (judgement.opposes, "opposes"),
        (judgement.supports, "supports"),
    )
    return max(options, key=lambda o: o[0])[1]
