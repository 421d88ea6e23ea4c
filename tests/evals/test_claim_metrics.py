"""Every value here is worked by hand; the standard ones are compared with scikit-learn too."""

from __future__ import annotations

import numpy as np
import pytest
from pincite.evals.claims import ClaimCase
from pincite.evals.metrics import CLAIM_METRICS, evidence, gate, triplets, verdict
from pincite.evals.metrics.calibration import BRIER, ECE, bin_of
from pincite.evals.metrics.confusion import BALANCED, MACRO_F1, PER_CLASS, confusion
from pincite.evals.metrics.outcomes import CLASSES, Outcomes, SetMetric
from pincite.evals.metrics.risk_coverage import AREA, curve
from pincite.evals.records import ClaimRecord, Ruling
from pincite.evals.scores import figures, score_claims

GOLD = (frozenset({("d", 1)}), frozenset({("d", 2), ("d", 3)}))
SUPPORTED = ClaimCase("s", "It helps.", True, "supported", GOLD)
CONTRADICTED = ClaimCase("c", "It harms.", False, "contradicted", GOLD)
PARTLY = ClaimCase("p", "It helps and is cheap.", False, "partly", GOLD)
ABSENT = ClaimCase("n", "It is blue.", False, "not_found")
ANYTHING_ELSE = ClaimCase("t/swapped", "It helps for a year.", False, None, GOLD, part="swapped")


@pytest.mark.parametrize(
    ("case", "said", "false_pass", "contradicted_passed", "false_strip", "accurate"),
    [
        (SUPPORTED, "supported", None, None, 0, 1),
        (SUPPORTED, "partly", None, None, 1, 0),
        (SUPPORTED, "unchecked", None, None, 1, 0),
        (CONTRADICTED, "supported", 1, 1, None, 0),
        (CONTRADICTED, "not_found", 0, 0, None, 0),
        (CONTRADICTED, "unchecked", 0, 0, None, 0),
        (CONTRADICTED, "contradicted", 0, 0, None, 1),
        (PARTLY, "supported", 1, None, None, 0),
        (ABSENT, "supported", 1, None, None, 0),
        (ABSENT, "not_found", 0, None, None, 1),
        (ANYTHING_ELSE, "supported", 1, None, None, None),
        (ANYTHING_ELSE, "not_found", 0, None, None, None),
    ],
)
def test_the_gates_errors(
    case: ClaimCase,
    said: str,
    false_pass: float | None,
    contradicted_passed: float | None,
    false_strip: float | None,
    accurate: float | None,
) -> None:
    ruling = Ruling(said)  # type: ignore[arg-type]
    assert gate.FALSE_PASS.score(case, ruling) == false_pass
    assert gate.CONTRADICTED_PASSED.score(case, ruling) == contradicted_passed
    assert gate.FALSE_STRIP.score(case, ruling) == false_strip
    assert verdict.VERDICT.score(case, ruling) == accurate
    assert gate.UNJUDGED.score(case, ruling) == (said == "unchecked")


def test_a_claim_without_a_record_is_withheld_and_counted_as_not_judged() -> None:
    assert gate.FALSE_STRIP.score(SUPPORTED, None) == 1
    assert gate.FALSE_PASS.score(CONTRADICTED, None) == 0
    assert gate.UNJUDGED.score(CONTRADICTED, None) == 1
    assert verdict.VERDICT.score(ABSENT, None) == 0


def test_evidence_is_asked_of_verdicts_that_rest_on_any() -> None:
    right, wrong = Ruling("contradicted", contradicting=(("d", 3),)), Ruling("supported", supporting=(("d", 9),))
    assert evidence.EVIDENCE.score(CONTRADICTED, right) == 1
    assert evidence.EVIDENCE.score(SUPPORTED, wrong) == 0
    assert evidence.EVIDENCE.score(SUPPORTED, Ruling("supported")) == 0
    for unasked in (Ruling("not_found"), Ruling("unchecked"), None):
        assert evidence.EVIDENCE.score(SUPPORTED, unasked) is None
    assert evidence.EVIDENCE.score(ABSENT, right) is None


def test_pass_rates_of_triplets() -> None:
    cases = [ClaimCase(f"t{i}/{part}", "?", part == "said", None, part=part) for i in range(2) for part in ("said", "negated", "swapped")]  # type: ignore[arg-type]
    said = dict(
        zip((case.id for case in cases), ["supported", "contradicted", "supported", "partly", "supported", "supported"], strict=True)
    )
    records = [ClaimRecord(id, "s", Ruling(word)) for id, word in said.items()]  # type: ignore[arg-type]
    means = {scored.metric: scored.estimate.mean for scored in score_claims(cases, records)}
    assert (means["passed: said"], means["passed: negated"], means["passed: swapped"]) == (0.5, 0.5, 1.0)
    assert not {metric.name for metric in triplets.PASSED} & {metric.name for metric in CLAIM_METRICS}


# Gold and what was said: supported 3 of 4 right, one unchecked; contradicted 1 of 2, the other called supported; not_found 1 of 2.
SAID = [
    ("supported", "supported", 0.9),
    ("supported", "supported", 0.9),
    ("supported", "supported", 0.6),
    ("supported", "unchecked", None),
    ("contradicted", "contradicted", 0.8),
    ("contradicted", "supported", 0.6),
    ("not_found", "not_found", 0.4),
    ("not_found", "partly", 0.3),
]
CASES = [ClaimCase(str(i), "?", gold == "supported", gold, GOLD if gold != "not_found" else ()) for i, (gold, _, _) in enumerate(SAID)]  # type: ignore[arg-type]
RECORDS = [ClaimRecord(str(i), "s", Ruling(got, score=score)) for i, (_, got, score) in enumerate(SAID)]  # type: ignore[arg-type]
OUTCOMES = Outcomes.of(CASES, {record.case: record.reply for record in RECORDS})


def value(metric: SetMetric, outcomes: Outcomes = OUTCOMES) -> float:
    applied = metric.applies(outcomes)
    return float(metric.values(applied, np.arange(len(applied.gold))[None, :])[0])


def test_confusion_counts() -> None:
    counts = confusion(OUTCOMES, np.arange(8)[None, :])[0]
    assert counts.sum() == 8
    assert counts[CLASSES.index("supported"), CLASSES.index("unchecked")] == 1
    assert counts[CLASSES.index("contradicted"), CLASSES.index("supported")] == 1


def test_f1_by_hand_and_by_scikit_learn() -> None:
    # supported: TP 3, FP 1, FN 1; contradicted: TP 1, FP 0, FN 1; not_found: TP 1, FP 0, FN 1.
    f1 = {metric.name: value(metric) for metric in PER_CLASS if len(metric.applies(OUTCOMES).gold)}
    assert f1 == {"F1: supported": 0.75, "F1: contradicted": pytest.approx(2 / 3), "F1: not_found": pytest.approx(2 / 3)}
    assert value(MACRO_F1) == pytest.approx((0.75 + 4 / 3) / 3)
    # Recalls 3/4, 1/2, 1/2.
    assert value(BALANCED) == pytest.approx(1.75 / 3)
    metrics = pytest.importorskip("sklearn.metrics")
    gold, got = [g for g, _, _ in SAID], [s for _, s, _ in SAID]
    labels = ["supported", "contradicted", "not_found"]
    assert value(MACRO_F1) == pytest.approx(metrics.f1_score(gold, got, labels=labels, average="macro"), abs=1e-9)
    with pytest.warns(UserWarning, match="y_pred contains classes"):
        assert value(BALANCED) == pytest.approx(metrics.balanced_accuracy_score(gold, got), abs=1e-9)


def test_calibration_by_hand_and_by_scikit_learn() -> None:
    # Bins: 0.9 twice, right twice: |2 - 1.8| = 0.2. 0.6 twice, right once: |1 - 1.2| = 0.2. 0.8: 0.2. 0.4: 0.6. 0.3, wrong: 0.3.
    assert value(ECE) == pytest.approx((0.2 + 0.2 + 0.2 + 0.6 + 0.3) / 7)
    # Squares: 0.01, 0.01, 0.16, 0.04, 0.36, 0.36, 0.09.
    assert value(BRIER) == pytest.approx(1.03 / 7)
    metrics = pytest.importorskip("sklearn.metrics")
    scored = OUTCOMES.scored
    assert value(BRIER) == pytest.approx(metrics.brier_score_loss(scored.right, scored.score), abs=1e-9)
    assert bin_of(np.array([0.0, 0.1, 0.3, 0.99, 1.0])).tolist() == [0, 1, 3, 9, 9]


def test_risk_and_coverage_by_hand() -> None:
    coverage, risk = curve(np.array([0.9, 0.6, 0.6, 0.3]), np.array([1.0, 1.0, 0.0, 0.0]))
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    # The two of 0.6 share their one error evenly: 0, 0.5, 1, 2 errors among the first 1, 2, 3, 4.
    assert risk.tolist() == pytest.approx([0, 0.25, 1 / 3, 0.5])
    # 0.9, 0.9, 0.8 right; 0.6 right and wrong; 0.4 right; 0.3 wrong: errors 0, 0, 0, 0.5, 1, 1, 2.
    assert value(AREA) == pytest.approx((0.5 / 4 + 1 / 5 + 1 / 6 + 2 / 7) / 7)


def test_no_cases_are_no_figure_and_what_has_no_one_verdict_is_left_out() -> None:
    silent = [ClaimRecord(case.id, "s", Ruling("not_found")) for case in [SUPPORTED, ANYTHING_ELSE]]
    found = {figure.metric: figure.estimate for figure in figures([SUPPORTED, ANYTHING_ELSE], silent)}
    assert found["macro F1"].n == 1
    for name in ("ECE", "Brier", "area under risk-coverage", "F1: partly"):
        assert (found[name].n, found[name].mean) == (0, None)


def test_the_same_records_give_the_same_interval() -> None:
    first, second = figures(CASES, RECORDS), figures(CASES, RECORDS)
    assert first == second
    assert all(f.estimate.low <= f.estimate.mean <= f.estimate.high for f in first if f.estimate.mean is not None)  # type: ignore[operator]
