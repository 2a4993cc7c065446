"""The encoder: transformer layers and one linear layer of heads, small enough to read at a glance. Six layers of MiniLM
are what ships; any BERT, and MPNet, from whose larger model the small one learns, are built of the same parts."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

KINDS = 2
"""Kinds of words: those of what came before, and those of the message."""


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
        """x (b, t, w); mask (b, 1 or heads, 1 or t, t) added to the scores."""
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
        self.kinds = nn.Embedding(config.get("type_vocab_size", KINDS), width)
        buckets = config.get("relative_attention_num_buckets", 0)
        self.distances = nn.Embedding(buckets, config["num_attention_heads"]) if buckets else None
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
        return self._through(self.layers[:layers], x, mask)

    def above(self, x: Tensor, mask: Tensor, layers: int) -> Tensor:
        """(b, heads): the other layers and the heads, over what `below` gave for the same number of layers."""
        x = self._through(self.layers[layers:], x, mask)
        seen = mask.to(x.dtype)
        mean = (x * seen[..., None]).sum(1) / seen.sum(1, keepdim=True).clamp(min=1)
        pooled = F.dropout(torch.cat([x[:, 0], mean], -1), self.dropout, self.training)
        return self.heads(pooled)

    def _through(self, layers: nn.ModuleList, x: Tensor, mask: Tensor) -> Tensor:
        added = self._added(mask, x) if len(layers) else None
        for layer in layers:
            x = layer(x, added)
        return x

    def _added(self, mask: Tensor, x: Tensor) -> Tensor:
        """What is added to the scores of attention: padding is not looked at, and, in MPNet, each head looks at some
        distances more than at others. (b, 1 or heads, 1 or t, t)."""
        added = (1 - mask.to(x.dtype))[:, None, None, :] * -10000.0
        if self.distances is None:
            return added
        place = torch.arange(x.shape[1], device=x.device)
        bucket = _bucket(place[:, None] - place[None, :], self.distances.num_embeddings)
        return added + self.distances(bucket).permute(2, 0, 1)[None].to(x.dtype)


def _bucket(back: Tensor, buckets: int, furthest: int = 128) -> Tensor:
    """The bucket of a distance, as T5 and MPNet count: half of them for each direction, of these half for single steps
    and half for ever wider ones. back: how many places one looks back, negative ahead."""
    side = buckets // 2
    exact = side // 2
    far = back.abs()
    wide = exact + (torch.log(far.clamp(min=1) / exact) / math.log(furthest / exact) * (side - exact)).long()
    return torch.where(back < 0, side, 0) + torch.where(far < exact, far, wide.clamp(max=side - 1))


def pretrained(folder: Path, heads: int) -> Encoder:
    """A model's own weights with fresh heads. Any BERT in safetensors loads, and MPNet."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text())
    if config.get("model_type") == "mpnet":
        # MPNet has BERT's words, after four marks of its own, counts places from two, and knows no kinds.
        config |= {
            "vocab_size": config["vocab_size"] - 5,
            "max_position_embeddings": config["max_position_embeddings"] - 2,
        }
    model = Encoder(config, heads)
    raw = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    if config.get("model_type") == "mpnet":
        raw = _as_bert(raw)
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
    if model.distances is not None:
        names["distances.weight"] = "encoder.relative_attention_bias.weight"
    state = model.state_dict()
    state.update({ours: raw[theirs].float() for ours, theirs in names.items()})
    model.load_state_dict(state)
    return model


def _as_bert(raw: dict[str, Tensor]) -> dict[str, Tensor]:
    """MPNet's weights under BERT's names, each word where BERT's tokenizer has it."""
    renamed = {"attention.attn.q": "attention.self.query", "attention.attn.k": "attention.self.key",
               "attention.attn.v": "attention.self.value", "attention.attn.o": "attention.output.dense",
               "attention.LayerNorm": "attention.output.LayerNorm"}  # fmt: skip
    out = {}
    for name, value in raw.items():
        for theirs, ours in renamed.items():
            name = name.replace(f".{theirs}.", f".{ours}.")
        out[name] = value
    words = out["embeddings.word_embeddings.weight"]
    out["embeddings.word_embeddings.weight"] = words[4:-1].clone()
    for bert, own in {0: 1, 100: 3, 101: 0, 102: 2}.items():  # padding, unknown, start, end
        out["embeddings.word_embeddings.weight"][bert] = words[own]
    out["embeddings.position_embeddings.weight"] = out["embeddings.position_embeddings.weight"][2:]
    out["embeddings.token_type_embeddings.weight"] = torch.zeros(KINDS, words.shape[1])
    return out
