"""A language model from this machine's disk, by transformers and torch: a GGUF file, or a folder that transformers saved.

Nothing is fetched.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pincite.ingest.errors import PinciteError, UsageError


class LocalModel:
    """A model in memory. It answers one question at a time: it has one set of processor cores.

    Args:
        path: a ``.gguf`` file, or a folder with ``config.json``.
        most_tokens: the longest reply.

    Raises:
        UsageError: there is no such file or folder.
        PinciteError: a package is absent, or the file cannot be read as a model.
    """

    def __init__(self, path: Path, most_tokens: int) -> None:
        gguf = path.suffix == ".gguf"
        if not (path.is_file() if gguf else (path / "config.json").is_file()):
            raise UsageError(f"--model {path}: no model there; give a .gguf file, or a folder with config.json")
        try:
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer
            from transformers.utils import logging

            if gguf:
                import gguf as _  # noqa: F401 - transformers needs it and says so less clearly
        except ImportError as error:
            raise PinciteError(
                f"the model {path.name} needs a package that is not installed ({error.name}); pip install 'pincite[local]'"
            ) from error
        silence: Any = logging
        silence.disable_progress_bar()
        where: dict[str, Any] = {"gguf_file": path.name} if gguf else {}
        folder = str(path.parent if gguf else path)
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True, **where)
            model: Any = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True, dtype=torch.float32, **where)
        except Exception as error:  # transformers raises whatever its readers raise
            raise PinciteError(
                f"the model {path.name} cannot be read ({type(error).__name__}: {str(error)[:120]}); choose another file"
            ) from error
        self._model = model.eval()
        self._most_tokens = most_tokens
        self._one_at_a_time = threading.Lock()

    def pieces(self, instructions: str, data: str, stop: threading.Event) -> Iterator[str]:
        """The reply as it is made, greedily (the same each time)."""
        from transformers import TextIteratorStreamer

        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": data}]
        given = self._tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)
        streamer: Any = TextIteratorStreamer(self._tokenizer, skip_prompt=True, skip_special_tokens=True)
        failed: list[Exception] = []

        def stopped(ids: Any, scores: Any, **_: Any) -> Any:
            import torch

            return torch.full((ids.shape[0],), stop.is_set(), dtype=torch.bool)

        def generate() -> None:
            try:
                self._model.generate(
                    **given,
                    max_new_tokens=self._most_tokens,
                    do_sample=False,
                    streamer=streamer,
                    stopping_criteria=[stopped],
                    pad_token_id=self._tokenizer.eos_token_id,
                )
            except Exception as error:
                failed.append(error)
                streamer.end()

        with self._one_at_a_time:
            worker = threading.Thread(target=generate, name="pincite-local-model", daemon=True)
            worker.start()
            yield from streamer
            worker.join()
        if failed:
            raise failed[0]
