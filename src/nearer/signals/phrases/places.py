"""Where a pattern stands in many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.cues.regex import Regex


_LINE_END = ord("\n")


class Places(NamedTuple):
    """Number of the text, start and end in it, one after the other; all of one length."""

    text: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def places(regex: Regex, texts: Sequence[str]) -> Places:
    """Where it stands in texts in normal form. They are looked through as one, in a single pass: no pattern matches the
    "\\n" between two, which no text has in it."""
    whole = "\n".join(texts).encode("ascii")
    span = np.fromiter(chain.from_iterable(regex.spans(whole)), np.int64).reshape(-1, 2)
    begins = np.append(0, np.flatnonzero(np.frombuffer(whole, np.uint8) == _LINE_END) + 1)
    text = np.searchsorted(begins, span[:, 0], side="right") - 1
    start, end = (span - begins[text, None]).T
    return Places(text, start, end)
