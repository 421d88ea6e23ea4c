"""How well the search ranks, whatever is made of it: recall@k, nDCG@10 and MRR, computed by ir-measures over ``pytrec_eval``.

Over the cases with gold. A sentence of a gold set has relevance 2 and one of ``also`` relevance 1; recall and reciprocal rank count the
gold sentences alone. nDCG is Järvelin & Kekäläinen's (2002, doi:10.1145/582415.582418) with the relevance as the gain, as trec_eval has it;
the reciprocal rank is that of the first gold sentence (Voorhees 1999, the TREC-8 question answering track); recall@k is the share of all
gold sentences among the first k. A case whose search found nothing, that failed or that has no record counts 0. A system that shows no
ranking is not scored.
"""

from __future__ import annotations

from collections.abc import Iterable

import ir_measures
from ir_measures import RR, R, nDCG

from ..cases import Question
from ..claims import ClaimCase
from ..gold import Place
from ..records import Reply, Ruling
from .base import ClaimMetric, QuestionMetric

_NEEDED, _ALSO = 2, 1


def measured(measure: ir_measures.measures.Measure, ranked: Iterable[Place], right: Iterable[Place], also: Iterable[Place] = ()) -> float:
    """A measure of one ranking, best first; ``right`` must not be empty."""
    ranking = list(dict.fromkeys(ranked))
    if not ranking:
        return 0.0
    grades = {_name(place): _ALSO for place in also} | {_name(place): _NEEDED for place in right}
    judged = [ir_measures.Qrel("q", name, grade) for name, grade in grades.items()]
    # Only the order of the scores counts.
    found = [ir_measures.ScoredDoc("q", _name(place), float(len(ranking) - i)) for i, place in enumerate(ranking)]
    ((_, _, value),) = ir_measures.iter_calc([measure], judged, found)
    return float(value)


def _name(place: Place) -> str:
    return f"{place[0]}#{place[1]}"


def _of_question(name: str, measure: ir_measures.measures.Measure, *, graded: bool = False) -> QuestionMetric:
    def score(case: Question, reply: Reply | None) -> float | None:
        if not case.answerable:
            return None
        if reply is None or reply.failed:
            return 0.0
        return measured(measure, reply.ranked, case.right, case.also if graded else ())

    return QuestionMetric(name, score, "retrieval")


def _of_claim(name: str, measure: ir_measures.measures.Measure) -> ClaimMetric:
    def score(case: ClaimCase, reply: Ruling | None) -> float | None:
        if not case.gold or (reply is not None and not reply.failed and not reply.ranked):
            return None
        return 0.0 if reply is None or reply.failed else measured(measure, reply.ranked, case.right)

    return ClaimMetric(name, score, "retrieval")


FOUND_3 = _of_question("search: recall@3", R(rel=_NEEDED) @ 3)
FOUND_10 = _of_question("search: recall@10", R(rel=_NEEDED) @ 10)
NDCG_10 = _of_question("search: nDCG@10", nDCG @ 10, graded=True)
MRR = _of_question("search: MRR", RR(rel=_NEEDED))
CLAIM_FOUND_3 = _of_claim("search: recall@3", R(rel=_NEEDED) @ 3)
CLAIM_FOUND_10 = _of_claim("search: recall@10", R(rel=_NEEDED) @ 10)
CLAIM_MRR = _of_claim("search: MRR", RR(rel=_NEEDED))
