"""Whole numbers, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted and without repeats; `keys` is sorted in place. Many times faster than `np.unique`, which hashes, and
    which loads numpy's masked arrays when a program has just started."""
    keys.sort()
    return keys[starts(keys)]


def starts(keys: NDArray[np.integer]) -> NDArray[np.intp]:
    """Where each of the sorted keys, none of them negative, stands first."""
    return np.flatnonzero(np.diff(keys, prepend=-1))
