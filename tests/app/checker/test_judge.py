from __future__ import annotations

import json
import shutil
from pathlib import Path

import pincite.app.checker.judge as module
import pytest
from pincite.app.checker.judge import Judge
from pincite.ingest.embed import vocabulary_file
from pincite.ingest.errors import EncoderError

MODEL, META = "judge.onnx", "judge.json"
HOME = Path(module.__file__).parent
QUESTION = "Does zinc shorten a cold?"
PAIRS = [
    ("Zinc lozenges shortened colds by two days.", ""),
    ("This effect was not seen in children, and the trial of 199 families stopped early for want of money.", "Zinc lozenges were tried."),
    ("Zinc is found in oysters.", "A long context " * 60),
    ("word " * 400, ""),
    ("", ""),
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(vocabulary_file())


def test_what_else_is_judged_changes_nothing(judge: Judge) -> None:
    together = judge.judge(QUESTION, PAIRS)
    assert together == [judge.judge(QUESTION, [pair])[0] for pair in PAIRS]
    assert together[::-1] == judge.judge(QUESTION, PAIRS[::-1])


def test_probabilities_are_probabilities(judge: Judge) -> None:
    for judgement in judge.judge(QUESTION, PAIRS):
        assert 0 <= judgement.answers <= 1
        assert judgement.supports + judgement.opposes + judgement.inconclusive == pytest.approx(1, abs=1e-3)
        assert judgement.stated + judgement.refuted + judgement.absent + judgement.partly == pytest.approx(1, abs=1e-3)


def test_a_sentence_that_answers_is_told_from_one_that_does_not(judge: Judge) -> None:
    answering, beside = judge.judge(QUESTION, [PAIRS[0], PAIRS[2]])
    assert answering.answers > beside.answers


def test_the_context_is_read(judge: Judge) -> None:
    sentence = "It shortened colds by two days."
    contexts = ("Zinc lozenges were tried.", "Gargling with salt water was tried.")
    with_zinc, with_salt = judge.judge(QUESTION, [(sentence, context) for context in contexts])
    assert with_zinc.answers > with_salt.answers


def test_another_file_is_refused_with_both_hashes(tmp_path: Path) -> None:
    shutil.copy(HOME / META, tmp_path / META)
    (tmp_path / MODEL).write_bytes(b"not the model")
    expected = json.loads((HOME / META).read_text(encoding="utf-8"))["sha256"]
    with pytest.raises(EncoderError, match=expected):
        Judge(vocabulary_file(), folder=tmp_path)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=MODEL):
        Judge(vocabulary_file(), folder=tmp_path)


def test_the_name_tells_the_weights_and_the_thresholds(tmp_path: Path) -> None:
    shutil.copy(HOME / MODEL, tmp_path / MODEL)
    meta = json.loads((HOME / META).read_text(encoding="utf-8"))
    meta["calibration"]["answered"] = 0.123
    (tmp_path / META).write_text(json.dumps(meta), encoding="utf-8")
    assert Judge(vocabulary_file(), folder=tmp_path).name != Judge(vocabulary_file()).name
