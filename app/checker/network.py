"""The checker's network: one encoder read by three heads. Needs torch; only training and export import it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from .pairs import STANCES, VERDICTS


class JudgeNetwork(nn.Module):
    """A cross-encoder with a verdict head (supported, contradicted, not in there, partly), an answers head and a stance head.

    The pooled vector is the first token's state beside the mean over the tokens.

    Args:
        base: folder of the base encoder (BERT or MPNet).
        layers: how many of its layers to keep, from the bottom (Sajjad et al. 2020, "On the effect of dropping layers of pre-trained
            transformer models"); all of them by default.
    """

    def __init__(self, base: Path, layers: int | None = None) -> None:
        from transformers import AutoConfig, AutoModel

        super().__init__()
        config = AutoConfig.from_pretrained(base)
        config.num_hidden_layers = layers or config.num_hidden_layers
        self.encoder: Any = AutoModel.from_pretrained(base, config=config, add_pooling_layer=False, attn_implementation="eager")
        self.pad_id: int = config.pad_token_id
        self._segments = config.model_type != "mpnet"
        width = self.encoder.config.hidden_size
        self.mix = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Dropout(0.1))
        self.heads = nn.Linear(width, len(VERDICTS) + 1 + len(STANCES))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        """Logits of shape (batch, 8): four verdicts, one "answers", three stances."""
        segments = {"token_type_ids": token_type_ids} if self._segments else {}
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **segments).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        logits: torch.Tensor = self.heads(self.mix(torch.cat([states[:, 0], mean], dim=-1)))
        return logits
