"""The network: one small encoder, and heads that read the type, mode and status of each word and the parts of attributions."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

HINT = 32
HIDDEN = 256
DROPOUT = 0.2


class Network(nn.Module):
    """Piece ids, mask and the rules' hints, each (batch, pieces) -> logits (batch, pieces, labels) by head."""

    def __init__(self, base: Path, types: int, hints: int, modes: int, statuses: int, tags: int) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(base, attn_implementation="eager", add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.by_type = nn.Embedding(hints + 1, HINT, padding_idx=0)
        self.by_status = nn.Embedding(statuses + 1, HINT, padding_idx=0)
        self.joint = nn.Sequential(
            nn.Dropout(DROPOUT), nn.Linear(width + 2 * HINT, HIDDEN), nn.GELU(), nn.Dropout(DROPOUT)
        )
        self.type_head = nn.Linear(HIDDEN, types)
        self.mode_head = nn.Linear(HIDDEN, modes)
        self.status_head = nn.Sequential(
            nn.Dropout(DROPOUT),
            nn.Linear(width + 2 * HINT, HIDDEN),
            nn.GELU(),
            nn.Dropout(DROPOUT),
            nn.Linear(HIDDEN, statuses),
        )
        self.tag_head = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(width, tags))
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = (
                False  # a small corpus must not move words it has not seen apart from those it has
            )

    def forward(
        self, ids: Tensor, mask: Tensor, types: Tensor, statuses: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The logits of type, mode, status and tag."""
        read = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        hinted = torch.cat([read, self.by_type(types), self.by_status(statuses)], dim=-1)
        joint = self.joint(hinted)
        return self.type_head(joint), self.mode_head(joint), self.status_head(hinted), self.tag_head(read)
