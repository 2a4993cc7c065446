"""Where a pattern stands in many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.cues.regex import Regex


class Places(NamedTuple):
    """Number of the text, start and end in it, one after the other; all of one length."""

    text: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def places(regex: Regex, texts: Sequence[str]) -> Places:
    """Where it stands in texts in normal form. They are looked through as one, in a single pass: no pattern matches the
    "\\n" between two, which no text has in it."""
    span = np.array([*regex.spans("\n".join(texts).encode("ascii"))], np.int64).reshape(-1, 2)
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    text = np.searchsorted(ends, span[:, 0], side="right")
    start, end = (span - np.append(0, ends)[text, None]).T
    return Places(text, start, end)
