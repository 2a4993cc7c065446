"""The words that carry the subject of each turn, as numbers, so that all turns are compared with others at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.signals.lines import Lines, Turns

_WORD = re.compile(r"[a-z][a-z']{2,}|\n")
_LIGHT = frozenset((
    "the", "and", "but", "for", "with", "that", "this", "have", "has", "had", "was", "were", "are", "you",
    "your", "yours", "they", "them", "their", "there", "then", "than", "what", "when", "where", "which", "who",
    "why", "how", "not", "can", "could", "would", "should", "will", "just", "like", "really", "very", "about",
    "into", "from", "out", "its", "it's", "i'm", "don't", "didn't", "can't", "won't", "isn't", "you're",
    "that's", "i'll", "i've", "he's", "she's", "we're", "they're", "did", "does", "doing", "been", "being",
    "get", "got", "going", "gonna", "want", "know", "think", "yeah", "yes", "okay", "now", "well", "still",
    "too", "also", "some", "any", "all", "one", "much", "more", "most", "even", "only", "our", "him", "her",
    "his", "she", "hers", "say", "said", "tell", "told", "make", "made", "see", "let", "because", "cause",
    "cos", "thing", "things", "time", "way", "good", "right", "here", "come", "came", "back", "need", "sure",
    "maybe", "actually", "anyway", "again", "ever", "never", "always", "hello", "hiya",
))  # fmt: skip
"""Words that carry no subject."""
_NONE, _END = -1, -2
_MESSAGES = 4096
"""Messages looked through in one go: enough that a go costs nothing, and few enough for the memory of a laptop."""


class _Numbers(dict[str, int]):
    """A word -> the number of its first five letters, so that "scanned" meets "scan"; _NONE for those of no subject."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(_LIGHT, _NONE) | {"\n": _END})
        self.stems: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.stems.setdefault(word[:5].rstrip("'"), len(self.stems))
        return number


class Content:
    """The words of every turn that carry its subject, cut to their beginnings. size: (t,) how many each has."""

    def __init__(self, lines: Lines, turns: Turns) -> None:
        numbers = _Numbers()
        parts = [*_of_messages(lines.normal, numbers)]
        message, word = (np.concatenate(columns) for columns in zip(*parts, strict=True)) if parts else (_EMPTY, _EMPTY)
        self._stems = max(len(numbers.stems), 1)
        self._keys = distinct(turns.of_message[message].astype(np.int64) * self._stems + word)
        self._start = np.searchsorted(self._keys, np.arange(len(turns) + 1) * self._stems)
        self.size = np.diff(self._start)

    def common(self, some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
        """(n,) words that turn some[i] shares with turn others[i]."""
        size = self.size[some]
        pair = np.repeat(np.arange(len(some)), size)
        within = np.arange(len(pair)) - np.repeat(np.cumsum(size) - size, size)
        word = self._keys[self._start[some][pair] + within] % self._stems
        wanted = others[pair] * self._stems + word
        place = np.searchsorted(self._keys, wanted)
        found = self._keys[np.minimum(place, len(self._keys) - 1)] == wanted
        return np.bincount(pair[found], minlength=len(some))


_EMPTY = np.zeros(0, np.int64)


def _of_messages(texts: list[str], numbers: _Numbers) -> Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(message, number of the word) of every word that carries a subject; normal-form texts hold no "\n"."""
    for first in range(0, len(texts), _MESSAGES):
        words = _WORD.findall("\n".join(texts[first : first + _MESSAGES]).lower())
        number = np.fromiter(map(numbers.__getitem__, words), np.int64, len(words))
        carries = number >= 0
        yield (np.cumsum(number == _END) + first)[carries], number[carries]
