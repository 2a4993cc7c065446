"""Which pattern may occur in which text: the question that spares nearly all the work, and the two ways to ask it.

An engine may say "perhaps" of a pattern that does not occur, never "no" of one that does: each place it names is looked
at again by RE2 (regex.py), so both engines give the same findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from nearer.errors import NearerError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK = 1 << 20
"""Characters of a block: enough that what is done once for all its texts costs each of them little."""


class Block(NamedTuple):
    """Texts that are looked at together. first: the number of the first among all texts."""

    first: int
    texts: Sequence[str]


def blocks(texts: Sequence[str]) -> Iterator[Block]:
    """All texts, in blocks of about `_BLOCK` characters and at least one text."""
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    first, before = 0, 0
    while first < len(texts):
        stop = max(int(np.searchsorted(ends, before + _BLOCK, side="right")), first + 1)
        yield Block(first, texts[first:stop])
        first, before = stop, int(ends[stop - 1])


class Pattern(NamedTuple):
    """A pattern in the syntax of cues/patterns.py, and whether case matters."""

    text: str
    case: bool


class Engine(Protocol):
    """Finds which of its patterns may occur in which texts."""

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """(pattern number, numbers of the texts in which it may occur, rising) for every pattern that has any. Texts
        are in normal form: ASCII, without "\\n"."""
        ...


def engine(patterns: Sequence[Pattern], name: str | None = None) -> Engine:
    """The engine of this name: "re2", which is the default (RE2 behind an index of words), or "hyperscan"."""
    if name in (None, "re2"):
        from nearer.signals.phrases.words import Words

        return Words([pattern.text for pattern in patterns])
    if name == "hyperscan":
        from nearer.signals.phrases.automaton import Automaton

        return Automaton(patterns)
    raise NearerError(f"There is no pattern engine {name!r}; there are re2 and hyperscan.")
