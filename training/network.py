"""The encoder: six transformer layers of MiniLM and one linear layer of heads, small enough to read at a glance."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812


class Layer(nn.Module):
    """One transformer layer as in BERT: attention, then a feed-forward step, each added and normalised."""

    def __init__(self, width: int, inner: int, attention_heads: int, eps: float, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = attention_heads, dropout
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (b, t, w); mask (b, 1, 1, t) added to the scores."""
        b, t, w = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(b, t, self.heads, w // self.heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-1, -2) / (w // self.heads) ** 0.5 + mask
        y = (F.dropout(scores.softmax(-1), self.dropout, self.training) @ v).transpose(1, 2).reshape(b, t, w)
        x = self.norm1(x + F.dropout(self.out(y), self.dropout, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.dropout, self.training))


class Encoder(nn.Module):
    """Token ids in, one number a head out (before calibration)."""

    def __init__(self, config: dict[str, int], heads: int, dropout: float = 0.1) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.kinds = nn.Embedding(config["type_vocab_size"], width)
        eps = float(config["layer_norm_eps"])
        self.norm = nn.LayerNorm(width, eps)
        self.layers = nn.ModuleList(
            Layer(width, config["intermediate_size"], config["num_attention_heads"], eps, dropout)
            for _ in range(config["num_hidden_layers"])
        )
        self.dropout = dropout
        self.heads = nn.Linear(2 * width, heads)
        nn.init.zeros_(self.heads.bias)
        nn.init.normal_(self.heads.weight, std=0.02)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """ids, mask, kinds: (b, t) integers. Returns (b, heads) logits, or values for regressions."""
        return self.above(self.below(ids, mask, kinds, 0), mask, 0)

    def below(self, ids: Tensor, mask: Tensor, kinds: Tensor, layers: int) -> Tensor:
        """(b, t, w): what the first `layers` layers make of the words; 0 for the word vectors themselves."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(place)[None] + self.kinds(kinds))
        x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers[:layers]:
            x = layer(x, _added(mask, x))
        return x

    def above(self, x: Tensor, mask: Tensor, layers: int) -> Tensor:
        """(b, heads): the other layers and the heads, over what `below` gave for the same number of layers."""
        for layer in self.layers[layers:]:
            x = layer(x, _added(mask, x))
        seen = mask.to(x.dtype)
        mean = (x * seen[..., None]).sum(1) / seen.sum(1, keepdim=True).clamp(min=1)
        pooled = F.dropout(torch.cat([x[:, 0], mean], -1), self.dropout, self.training)
        return self.heads(pooled)


def _added(mask: Tensor, x: Tensor) -> Tensor:
    """What is added to the scores of attention, so that padding is not looked at: (b, 1, 1, t)."""
    return (1 - mask.to(x.dtype))[:, None, None, :] * -10000.0


def pretrained(folder: Path, heads: int) -> Encoder:
    """MiniLM's own weights with fresh heads. Any BERT in safetensors loads, larger ones too."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text())
    model = Encoder(config, heads)
    raw = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "kinds.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    inside = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for number in range(len(model.layers)):
        for ours, theirs in inside.items():
            for part in ("weight", "bias"):
                names[f"layers.{number}.{ours}.{part}"] = f"encoder.layer.{number}.{theirs}.{part}"
    state = model.state_dict()
    state.update({ours: raw[theirs].float() for ours, theirs in names.items()})
    model.load_state_dict(state)
    return model
