"""From judged windows to the verdict on a claim.

A claim is judged against windows of one or two sentences. What the judge says of each is brought together with what needs no model: how
near claim and window are, which of the claim's words and figures the evidence lacks, and what the rules say. A softmax regression over
those signals gives the probability of each verdict; its weights stand in ``verdict.json`` and nowhere else.

Then the order of proof. A rule that names a difference in the window that was taken as evidence makes the claim contradicted, unless
another window states it. A figure that no evidence has keeps a claim from being supported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pincite.app.claims import Reason, Verdict
from pincite.ingest.errors import EncoderError
from pincite.ingest.lexical import words

from .judge import Judge, Judgement
from .rules import compare, elsewhere, unsupported_numbers

VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "not_found", "partly")
"""In the order of the judge's verdict head."""
ENOUGH = 0.5
"""How well, as a share of the window that states a claim best, another one must state it to carry it alone."""
LONGER = 0.25
"""How much better a window of two sentences must be than one of one."""
RULED = 0.9
"""The least score of a verdict that rests on a rule: on development claims 97 of 106 that a rule takes from "supported" are refuted."""
_DIGITS = 4
_FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that are read together: numbers ``first`` to ``last`` of one document, and how near they are to the claim.

    ``similarity`` is the highest cosine similarity of its sentences.
    """

    doc: str
    first: int
    last: int
    text: str
    context: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, how sure it is (0 to 1), and the number of the window that shows it (none where nothing was found)."""

    verdict: Verdict
    score: float
    shown: int | None


def signals(claim: str, windows: Sequence[Window], judged: Sequence[Judgement]) -> NDArray[np.float64]:
    """What the verdict is decided by, as one vector (see ``SIGNALS``)."""
    odds = np.log(np.array([[_held(j.stated), _held(j.refuted), _held(j.absent), _held(j.partly)] for j in judged]))
    bears = int(np.argmax(odds[:, :2].max(1) - odds[:, 2]))  # the window that bears most on the claim
    stating = int(np.argmax(odds[:, 0] - np.logaddexp(odds[:, 1], odds[:, 2])))
    refuting = int(np.argmax(odds[:, 1] - np.logaddexp(odds[:, 0], odds[:, 2])))
    evidence = windows[stating]
    asked = set(words(claim))
    there = [set(words(w.text)) | set(words(w.context)) for w in windows]
    lacking = [len(asked - t) / (len(asked) or 1) for t in there]
    nearest = max(w.similarity for w in windows)
    return np.array(
        [
            *odds[bears],
            *odds.max(0)[[0, 1, 3]],
            odds[:, 2].min(),
            odds[stating][1],
            odds[refuting][0],
            lacking[bears],
            lacking[stating],
            min(lacking),
            nearest,
            evidence.similarity - nearest,
            windows[refuting].similarity - nearest,
            float(bool(compare(claim, evidence.text))),
            float(bool(compare(claim, windows[refuting].text))),
            float(bool(lacking_numbers(claim, evidence))),
        ]
    )


SIGNALS = (
    "bearing.stated", "bearing.refuted", "bearing.absent", "bearing.partly", "most.stated", "most.refuted", "most.partly", "least.absent",
    "stating.refuted", "refuting.stated", "lacking.bearing", "lacking.stating", "lacking.least", "similarity", "stating.behind",
    "refuting.behind", "rule.stating", "rule.refuting", "numbers",
)  # fmt: skip
"""Names of the signals: log probabilities of the judge's verdicts for the window that bears most on the claim, and the extremes over all
windows; share of the claim's words that windows lack; cosine similarities; and whether a rule speaks (0 or 1)."""


def _held(probability: float) -> float:
    return min(max(probability, _FLOOR), 1 - _FLOOR)


class VerdictChecker:
    """Judges windows and decides, by the model and the calibration of one folder."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.recipe = judge.recipe
        calibration = judge.meta["verdict"]
        self._weights = np.asarray(calibration["weights"], dtype=np.float64)
        self._bias = np.asarray(calibration["bias"], dtype=np.float64)
        self._mean = np.asarray(calibration["mean"], dtype=np.float64)
        self._scale = np.asarray(calibration["scale"], dtype=np.float64)
        self._supported = float(calibration["supported"])
        if self._weights.shape != (len(VERDICTS), len(SIGNALS)):
            wanted = (len(VERDICTS), len(SIGNALS))
            raise EncoderError(f"{judge.recipe}: weights are {self._weights.shape}, should be {wanted}; install pincite again")

    def fits(self, claim: str) -> bool:
        """Whether a claim is read whole."""
        return self._judge.fits(claim)

    def judge(self, claim: str, windows: Sequence[Window]) -> list[Judgement]:
        """What the judge says of each window."""
        return self._judge.judge(claim, [(w.text, w.context) for w in windows])

    def decide(self, claim: str, windows: Sequence[Window]) -> Decision:
        """The verdict on a claim. ``windows`` must not be empty."""
        judged = self.judge(claim, windows)
        probability = self.probabilities(signals(claim, windows, judged))
        order = sorted(range(len(VERDICTS)), key=lambda i: (-probability[i], i))
        verdict = VERDICTS[order[0]]
        if verdict == "supported" and probability[0] < self._supported:
            verdict = VERDICTS[order[1]]
        stating = _shown(windows, [j.stated + j.partly for j in judged])
        ruled = False
        if verdict == "supported":
            free = [i for i, w in enumerate(windows) if shares_words(claim, w) and not objections(claim, w)]
            held = [i for i in free if judged[i].stated >= ENOUGH * judged[stating].stated]
            if held:
                stating = held[_shown([windows[i] for i in held], [judged[i].stated for i in held])]
            else:
                ruled = bool(compare(claim, windows[stating].text))
                verdict = "contradicted" if ruled else VERDICTS[next(i for i in order if i != 0)]
        refuting = stating if ruled else _shown(windows, [j.refuted for j in judged])
        shown = {"supported": stating, "partly": stating, "contradicted": refuting}.get(verdict)
        score = max(float(probability[1]), RULED) if ruled else float(probability[VERDICTS.index(verdict)])
        return Decision(verdict, round(score, _DIGITS), shown)

    def probabilities(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each verdict, rounded to 4 places."""
        logits = self._weights @ ((values - self._mean) / self._scale) + self._bias
        shifted = np.exp(logits - logits.max())
        result: NDArray[np.float64] = np.round(shifted / shifted.sum(), _DIGITS)
        return result


def shares_words(claim: str, window: Window) -> bool:
    """Whether a window, or what it leans on, has any content word of the claim: what has none cannot be about the same thing.

    Of 586 supported development claims 7 share none with their evidence, and are doubted without need: nothing passes by accident.
    """
    return not set(words(claim)).isdisjoint(words(f"{window.context} {window.text}"))


def objections(claim: str, window: Window) -> list[Reason]:
    """What keeps a window from supporting a claim, whatever the judge says: it differs, is about others, or lacks a figure."""
    return [*compare(claim, window.text), *elsewhere(claim, window.text), *lacking_numbers(claim, window)]


def lacking_numbers(claim: str, window: Window) -> list[Reason]:
    """Figures of the claim that neither the window nor what it leans on has."""
    return unsupported_numbers(claim, f"{window.context} {window.text}" if window.context else window.text)


def _shown(windows: Sequence[Window], weight: Sequence[float]) -> int:
    """The window that shows it best; a longer one only where it is clearly better."""
    return min(range(len(windows)), key=lambda i: (-round(weight[i] - LONGER * (windows[i].last - windows[i].first), _DIGITS), i))
