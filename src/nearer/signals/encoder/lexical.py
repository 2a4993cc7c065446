"""What single words say: linear heads over hashed word pieces, added to what the network says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS = 1 << 15
LONGEST = 160
"""Word pieces of a message that count."""
_PRIMES = np.array([2_654_435_761, 320_195_017, 97_403_507], np.int64)


def grams(pieces: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """(buckets, values) of a message's word pieces, alone and in pairs: the more often, the more, but less than twice;
    a long message counts no more than a short one."""
    ids = np.array([1, *pieces[:LONGEST], 2], np.int64)
    both = np.concatenate((ids * _PRIMES[0], ids[:-1] * _PRIMES[1] + ids[1:] * _PRIMES[2]))
    bucket, count = np.unique((both ^ (both >> 17)) % BUCKETS, return_counts=True)
    value = (1 + np.log(count)).astype(np.float32)
    return bucket, value / np.float32(np.sqrt((value**2).sum()))


class Lexical:
    """weights: (BUCKETS, heads) in int8. scale: (heads,), what one step of them is worth."""

    def __init__(self, weights: NDArray[np.int8], scale: NDArray[np.float32]) -> None:
        self._weights, self._scale = weights, scale

    @classmethod
    def load(cls, path: Path) -> Lexical:
        """Open `lexical.npz`."""
        with np.load(path) as kept:
            return cls(kept["weights"], kept["scale"])

    def logits(self, messages: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """(n, heads): what is to be added to the network's logits of messages given in word pieces."""
        out = np.zeros((len(messages), self._weights.shape[1]), np.float32)
        for row, pieces in enumerate(messages):
            bucket, value = grams(pieces)
            out[row] = value @ self._weights[bucket].astype(np.float32)
        return out * self._scale
