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
    """

    def __init__(self, base: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        self.encoder: Any = AutoModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        width = self.encoder.config.hidden_size
        self.mix = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Dropout(0.1))
        self.heads = nn.Linear(width, len(VERDICTS) + 1 + len(STANCES))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        """Logits of shape (batch, 8): four verdicts, one "answers", three stances."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        logits: torch.Tensor = self.heads(self.mix(torch.cat([states[:, 0], mean], dim=-1)))
        return logits
