"""What went wrong, case by case, the worst first: question, expected, got, and which metrics say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .cases import Question
from .claims import ClaimCase
from .gold import Place
from .metrics import CLAIM_METRICS, QUESTION_METRICS, Metric
from .records import ClaimRecord, Record, Reply, Ruling


@dataclass(frozen=True, slots=True)
class Fault:
    """A case that some metric scores below its best.

    ``expected`` and ``got`` are sentences, the first ones first, with words beside them (a verdict, a stance, "no evidence"); ``found`` is
    the search's ranking. ``short`` names the metrics with their values, ``lost`` sums what they miss.
    """

    case: str
    text: str
    expected: tuple[Place, ...]
    expected_words: str
    got: tuple[Place, ...]
    got_words: str
    found: tuple[Place, ...]
    short: tuple[str, ...]
    lost: float
    why: str | None = None
    reasons: tuple[str, ...] = field(default=())


def question_faults(cases: Sequence[Question], records: Iterable[Record]) -> list[Fault]:
    """The faults of a question set, the worst first, then in the set's order. The ranking alone makes no fault: it need not be perfect."""
    replies = {record.case: record.reply for record in records}
    judged = [metric for metric in QUESTION_METRICS if metric.step != "retrieval"]
    found = [fault for case in cases if (fault := _question_fault(case, replies.get(case.id), judged))]
    return sorted(found, key=lambda fault: -fault.lost)


def claim_faults(cases: Sequence[ClaimCase], records: Iterable[ClaimRecord]) -> list[Fault]:
    """The faults of a claim set, what misleads a reader first, then the worst, then in the set's order."""
    replies = {record.case: record.reply for record in records}
    judged = [metric for metric in CLAIM_METRICS if metric.step != "retrieval"]
    found = [fault for case in cases if (fault := _claim_fault(case, replies.get(case.id), judged))]
    return sorted(found, key=lambda fault: -fault.lost)


def _question_fault(case: Question, reply: Reply | None, metrics: Sequence[Metric[Question, Reply]]) -> Fault | None:
    scores = _short({m: m.score(case, reply) for m in metrics})
    if not scores:
        return None
    return Fault(
        case=case.id,
        text=case.question,
        expected=tuple(place for needed in case.gold for place in sorted(needed)),
        expected_words=case.stance or ("" if case.gold else "no evidence"),
        got=reply.order if reply and reply.status == "answered" else (),
        got_words=_question_words(reply),
        found=reply.ranked if reply else (),
        short=tuple(f"{name} {value:.2f}" for name, value, _ in scores),
        lost=sum(lost for _, _, lost in scores),
        why=case.why,
    )


def _claim_fault(case: ClaimCase, reply: Ruling | None, metrics: Sequence[Metric[ClaimCase, Ruling]]) -> Fault | None:
    scores = _short({m: m.score(case, reply) for m in metrics})
    if not scores:
        return None
    # What a reader is misled by stands first: a claim that should not have been shown as supported, worst where the source contradicts it.
    misled = 2.0 * (not case.supported and reply is not None and reply.verdict == "supported")
    return Fault(
        case=case.id,
        text=case.claim,
        expected=tuple(sorted(case.right)),
        expected_words=case.verdict or "not supported",
        got=() if reply is None else (*reply.supporting, *reply.contradicting),
        got_words="no record" if reply is None else reply.verdict + (f": {reply.error}" if reply.error else ""),
        found=reply.ranked if reply else (),
        short=tuple(f"{name} {value:.2f}" for name, value, _ in scores),
        lost=misled + sum(lost for _, _, lost in scores),
        why=case.why,
        reasons=reply.reasons if reply else (),
    )


def _short(
    scores: Mapping[Metric[Question, Reply], float | None] | Mapping[Metric[ClaimCase, Ruling], float | None],
) -> list[tuple[str, float, float]]:
    """Name, value and what is missing of the metrics that are not at their best."""
    missed = [(m.name, value, value if m.lower_is_better else 1 - value) for m, value in scores.items() if value is not None]
    return [row for row in missed if row[2] > 0]


def _question_words(reply: Reply | None) -> str:
    if reply is None:
        return "no record"
    if reply.status == "failed":
        return f"failed: {reply.error}"
    if reply.status == "no_evidence":
        return "no evidence"
    return reply.stance or ("" if reply.order else "an answer without citations")
