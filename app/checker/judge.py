"""The trained judge at run time: onnxruntime and tokenizers, no torch.

A pair is judged alone (batch of one, no padding): int8 with activations quantised as they come would otherwise move with the company
it keeps. Pairs run side by side, each on one thread, which on two cores is faster than one pair on both.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pincite.ingest.errors import EncoderError
from pincite.ingest.runtime import onnxruntime  # not directly: this one has its telemetry off
from tokenizers import Tokenizer

from .encoding import encode

MODEL = "judge.onnx"
META = "judge.json"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge says of one sentence for one query. Probabilities, rounded to 4 places.

    ``answers``: the sentence answers the question (or bears on the claim). ``supports``, ``opposes``, ``inconclusive`` sum to one: which
    way, if it answers. ``stated``, ``refuted``, ``absent``, ``partly`` sum to one: the query read as a claim.
    """

    answers: float
    supports: float
    opposes: float
    inconclusive: float
    stated: float
    refuted: float
    absent: float
    partly: float


class Judge:
    """Judges (query, sentence, context) triples.

    Args:
        folder: where ``judge.onnx`` and ``judge.json`` lie; by default beside this module.
        vocabulary: the encoder's ``tokenizer.json``.

    Raises:
        EncoderError: a file is absent or is not the one that ``judge.json`` names.
    """

    def __init__(self, vocabulary: Path, folder: Path | None = None) -> None:
        folder = folder or Path(__file__).parent
        path, meta = folder / MODEL, folder / META
        if not path.is_file() or not meta.is_file():
            raise EncoderError(f"{path}: the checker's model is absent; install pincite again")
        recipe = meta.read_bytes()
        try:
            self.meta: dict[str, Any] = json.loads(recipe)
            expected = self.meta["sha256"]
        except (ValueError, KeyError, TypeError) as error:
            raise EncoderError(f"{meta}: damaged ({error}); install pincite again") from error
        weights = path.read_bytes()
        found = hashlib.sha256(weights).hexdigest()
        if found != expected:
            raise EncoderError(f"{path}: sha256 is {found}, should be {expected}; install pincite again")
        # Thresholds make the answer as much as weights do.
        self.name = f"pincite-judge-{hashlib.sha256(recipe).hexdigest()[:12]}"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._pool = ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1))

    def judge(self, query: str, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """One judgement for each (sentence, context), in order. An empty context stands for none."""
        return list(self._pool.map(lambda pair: self._one(query, *pair), pairs))

    def _one(self, query: str, sentence: str, context: str) -> Judgement:
        ids, segments = encode(self._tokenizer, query, sentence, context)
        row = np.asarray([ids], dtype=np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.asarray([segments], dtype=np.int64)}
        logits = self._session.run(None, feed)[0][0].astype(np.float64)
        verdict, stance = _softmax(logits[:4]), _softmax(logits[5:])
        answers = 1.0 / (1.0 + np.exp(-logits[4]))
        values = (answers, *stance, *verdict)
        return Judgement(*(round(float(v), _DIGITS) for v in values))


def _softmax(logits: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    shifted = np.exp(logits - logits.max())
    result: np.ndarray[Any, np.dtype[np.float64]] = shifted / shifted.sum()
    return result
