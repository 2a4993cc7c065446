"""What some words tell of a message, looked up where somebody asks: most features matter in few messages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nearer.signals.distinct import distinct
from nearer.signals.phrases.places import places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.cues.regex import Regex

_NOT, _OPEN, _TOLD = range(3)
"""A text does not have it, may have it and was not looked at yet, or has it: a byte for each text and feature."""


class Sought(NamedTuple):
    """A pattern, and the numbers of the texts in which it may occur, rising."""

    regex: Regex
    among: NDArray[np.int32]


class Told:
    """Whether any of some patterns occurs in a message, and none of others.

    texts: different texts, in normal form. of: (n,) the text of each message.
    """

    def __init__(
        self, texts: Sequence[str], of: NDArray[np.int64], said: Sequence[Sought], unless: Sequence[Sought]
    ) -> None:
        self._texts, self._of, self._said, self._unless = texts, of, said, unless
        self._state = np.zeros(len(texts), np.uint8)
        for sought in said:
            self._state[sought.among] = _OPEN

    @property
    def most(self) -> int:
        """In how many different texts this may yet be told."""
        return int(np.count_nonzero(self._state == _OPEN))

    def at(self, messages: NDArray[np.integer] | slice) -> NDArray[np.bool_]:
        """(m,) for these messages, by number."""
        texts = self._of[messages]
        if len(some := texts[self._state[texts] == _OPEN]):
            self._look(distinct(some))
        return np.asarray(self._state[texts] == _TOLD)

    @property
    def everywhere(self) -> NDArray[np.bool_]:
        """(n,) for all messages."""
        return self.at(slice(None))

    def place(self, message: int) -> int:
        """Where the words begin in a message; 0 where they do not occur."""
        form = self._texts[self._of[message]].encode("ascii")
        return min((start for sought in self._said for start, _ in islice(sought.regex.spans(form), 1)), default=0)

    def _look(self, texts: NDArray[np.int64]) -> None:
        self._state[texts] = _NOT
        for sought in self._said:
            self._state[self._found(sought, texts)] = _TOLD
        told = texts[self._state[texts] == _TOLD]
        for sought in self._unless:
            self._state[self._found(sought, told)] = _NOT

    def _found(self, sought: Sought, texts: NDArray[np.int64]) -> NDArray[np.int32]:
        among = sought.among[np.isin(sought.among, texts, assume_unique=True)]
        return among[places(sought.regex, [self._texts[i] for i in among.tolist()]).text] if len(among) else among
