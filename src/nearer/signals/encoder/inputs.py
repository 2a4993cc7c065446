"""Texts to the arrays that the network takes; the same packing as in training/train.py."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nearer.conversation import whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

_START, _END = 101, 102
"""BERT's [CLS] and [SEP]."""
_STEP = 8
"""Lengths are padded to a multiple of this, so that a text's batch never changes its numbers."""
_CONTEXT_AT_LEAST = 48

Packed = tuple[list[int], int]
"""(word pieces, how many of them belong to the context)."""


class Inputs:
    """Tokenizer and packing. alone, pair: longest inputs in word pieces, without and with context."""

    def __init__(self, tokenizer: Path, alone: int, pair: int) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._alone, self._pair = alone, pair

    def pack(self, texts: Sequence[list[int]], contexts: Sequence[str]) -> list[Packed]:
        """Texts in word pieces, each with its context; a long text keeps its beginning, a long context its end."""
        befores = self._encode([context[-2000:] for context in contexts])
        out: list[Packed] = []
        for text, before in zip(texts, befores, strict=True):
            if not before:
                out.append(([_START, *text[: self._alone - 2], _END], 0))
                continue
            text = text[: self._pair - 3 - min(len(before), _CONTEXT_AT_LEAST)]
            before = before[-(self._pair - 3 - len(text)) :]
            out.append(([_START, *before, _END, *text, _END], len(before) + 2))
        return out

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Texts as word pieces, without marks. Far more than fits is never looked at: a text of a megabyte costs no
        more than a page."""
        return self._encode([text[:2000] for text in texts])

    @staticmethod
    def width(length: int) -> int:
        """The padded length for a text of this length."""
        return -(-length // _STEP) * _STEP

    @staticmethod
    def feed(rows: Sequence[Packed], width: int) -> dict[str, NDArray[np.int64]]:
        """ids, mask and kinds, each (rows, width)."""
        ids = np.zeros((len(rows), width), np.int64)
        mask, kinds = np.zeros_like(ids), np.zeros_like(ids)
        for i, (pieces, context) in enumerate(rows):
            ids[i, : len(pieces)] = pieces
            mask[i, : len(pieces)] = 1
            if context:
                kinds[i, context : len(pieces)] = 1
        return {"ids": ids, "mask": mask, "kinds": kinds}

    def _encode(self, texts: list[str]) -> list[list[int]]:
        return [e.ids for e in self._tokenizer.encode_batch([*map(whole, texts)], add_special_tokens=False)]
