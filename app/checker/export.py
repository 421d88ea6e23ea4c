"""Turn a trained run into what ships: ``python -m pincite.app.checker.export --base DIR --checkpoint FILE... --name judge``.

Writes ``NAME.onnx`` (weights in int8, activations quantised as they come) and ``NAME.json`` (its sha256; the calibration in it stays
until ``pincite.evals.benches.calibrate --write`` makes it anew) beside this module. Several checkpoints are averaged (Izmailov et al.
2018, "Averaging weights leads to wider optima and better generalization").
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.preprocess import quant_pre_process
from pincite.ingest import runtime  # noqa: F401 - before onnxruntime: it turns its telemetry off

from .network import JudgeNetwork

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def load_average(base: Path, checkpoints: Sequence[Path], layers: int | None) -> JudgeNetwork:
    """A network whose weights are the mean of the checkpoints'."""
    states = [torch.load(path, weights_only=True) for path in checkpoints]
    network = JudgeNetwork(base, layers)
    network.load_state_dict(
        {k: sum(s[k] for s in states) / len(states) if states[0][k].is_floating_point() else states[0][k] for k in states[0]}
    )
    return network.eval()


def export(network: JudgeNetwork, folder: Path, name: str) -> Path:
    """Write ``NAME.onnx`` (int8) into ``folder`` and return its path."""
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in INPUTS)
    with tempfile.TemporaryDirectory() as scratch:
        full, clean = Path(scratch) / "full.onnx", Path(scratch) / "clean.onnx"
        torch.onnx.export(
            network,
            example,
            str(full),
            input_names=list(INPUTS),
            output_names=["logits"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in INPUTS},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(full), str(clean), skip_symbolic_shape=True)
        quantize_dynamic(str(clean), str(folder / f"{name}.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    return folder / f"{name}.onnx"


def main(argv: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True)
    parser.add_argument("--layers", type=int, help="as it was trained")
    parser.add_argument("--name", default="judge", help="judge (questions) or verdict (claims)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    args = parser.parse_args(argv)
    path = export(load_average(args.base, args.checkpoint, args.layers), args.out, args.name)
    recipe = args.out / f"{args.name}.json"
    meta = json.loads(recipe.read_text(encoding="utf-8")) if recipe.exists() else {}
    meta |= {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "checkpoints": [p.name for p in args.checkpoint]}
    recipe.write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
