"""Makes ``minilm.onnx``: the encoder's graph without its weights. For developers; needs torch, transformers and onnx.

python -m pincite.ingest.compile ingest/minilm.onnx
"""

from __future__ import annotations

import json
import struct
import sys
import tempfile
from pathlib import Path

from .minilm import DIMENSION, check_weights, model_folder


def compile_graph(target: Path) -> None:
    """Export the model and point its weights at the published ``model.safetensors`` (ONNX external data).

    Args:
        target: the file to write.
    """
    import onnx
    import torch
    from transformers import BertModel

    folder = model_folder()
    weights = folder / "model.safetensors"
    check_weights(weights)
    bert = BertModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
    bert.train(False)

    class Encoder(torch.nn.Module):
        """One text, without padding: the mean over all tokens, unit length."""

        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
            hidden = self.bert(input_ids=input_ids, attention_mask=torch.ones_like(input_ids)).last_hidden_state
            return torch.nn.functional.normalize(hidden.mean(1), p=2.0, dim=1)

    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            Encoder(),
            (torch.randint(1000, 2000, (1, 7)),),
            str(full),
            input_names=["input_ids"],
            output_names=["vector"],
            dynamic_axes={"input_ids": {1: "tokens"}},
            opset_version=17,
            dynamo=False,
            # Folding would store transposed copies of the weights; then they would not be the published bytes.
            do_constant_folding=False,
        )
        model = onnx.load(str(full))
    data = weights.read_bytes()
    (header_size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + header_size])
    for tensor in model.graph.initializer:
        entry = header.get(tensor.name.removeprefix("bert."))
        if entry is None:
            continue
        begin, end = (8 + header_size + offset for offset in entry["data_offsets"])
        if list(tensor.dims) != entry["shape"] or data[begin:end] != tensor.raw_data:
            raise SystemExit(f"{tensor.name} is not the tensor of that name in {weights}")
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        for key, value in (("location", weights.name), ("offset", begin), ("length", end - begin)):
            item = tensor.external_data.add()
            item.key, item.value = key, str(value)
    for node in model.graph.node:
        node.ClearField("doc_string")
    model.producer_name, model.doc_string = "pincite", f"all-MiniLM-L6-v2, {DIMENSION} dimensions, weights in model.safetensors"
    target.write_bytes(model.SerializeToString())
    print(f"{target}: {target.stat().st_size:,} bytes, {len(model.graph.node)} nodes")


if __name__ == "__main__":
    compile_graph(Path(sys.argv[1]))
