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

from .encoding import QUERY_TOKENS, encode

QUESTIONS, CLAIMS = "judge", "verdict"
"""The two that ship: the small one reads what a question's search brings up, the larger one checks claims. Each is a ``NAME.onnx`` with
its recipe, ``NAME.json``."""
VERDICT_VOCABULARY = Path(__file__).with_name("verdict-tokenizer.json")
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
        vocabulary: the ``tokenizer.json`` of its base.
        name: which of the two.
        folder: where ``NAME.onnx`` and ``NAME.json`` lie; by default beside this module.

    Raises:
        EncoderError: a file is absent or is not the one that ``judge.json`` names.
    """

    def __init__(self, vocabulary: Path, name: str = QUESTIONS, folder: Path | None = None) -> None:
        path, meta = files(name, folder)
        if not path.is_file() or not meta.is_file() or not vocabulary.is_file():
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
        self.name = f"pincite-{name}-{hashlib.sha256(recipe).hexdigest()[:12]}"
        self.recipe = meta
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._pool = ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1))

    def judge(self, query: str, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """One judgement for each (sentence, context), in order. An empty context stands for none."""
        return list(self._pool.map(lambda pair: self._one(query, *pair), pairs))

    def fits(self, query: str) -> bool:
        """Whether a query is read whole; of a longer one only the end is."""
        return len(self._tokenizer.encode(query, add_special_tokens=False).ids) <= QUERY_TOKENS

    def _one(self, query: str, sentence: str, context: str) -> Judgement:
        ids, segments = encode(self._tokenizer, query, sentence, context)
        row = np.asarray([ids], dtype=np.int64)
        feed = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.asarray([segments], dtype=np.int64)}
        logits = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})[0][0].astype(np.float64)
        verdict, stance = _softmax(logits[:4]), _softmax(logits[5:])
        answers = 1.0 / (1.0 + np.exp(-logits[4]))
        values = (answers, *stance, *verdict)
        return Judgement(*(round(float(v), _DIGITS) for v in values))


def files(name: str, folder: Path | None = None) -> tuple[Path, Path]:
    """Where the weights and the recipe of a judge lie."""
    folder = folder or Path(__file__).parent
    return folder / f"{name}.onnx", folder / f"{name}.json"


def _softmax(logits: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    shifted = np.exp(logits - logits.max())
    result: np.ndarray[Any, np.dtype[np.float64]] = shifted / shifted.sum()
    return result
