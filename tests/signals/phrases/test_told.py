"""What words tell of a message is looked up where it is asked for, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nearer.cues.regex import Regex
from nearer.signals.phrases.told import Sought, Told

TEXTS = ["why?", "ok", "why not?", "oh why", "why, love"]
OF = np.array([0, 1, 2, 1, 3, 0, 4])


class Counted(Regex):
    """Notes what it was asked to look at."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.seen: list[bytes] = []

    def spans(self, text: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        self.seen.append(text)
        return super().spans(text, start, end)


def told() -> tuple[Told, Counted]:
    asked = Counted("^why")
    among = np.array([0, 2, 3, 4])
    return Told(TEXTS, OF, [Sought(asked, among)], [Sought(Regex("love"), np.array([4]))]), asked


def test_everywhere() -> None:
    assert told()[0].everywhere.tolist() == [True, False, True, False, False, True, False]


def test_only_what_is_asked_for_is_looked_at_and_only_once() -> None:
    some, asked = told()
    assert some.at(np.array([3, 1])).tolist() == [False, False]
    assert asked.seen == []
    assert some.at(np.array([5, 4, 0])).tolist() == [True, False, True]
    assert asked.seen == [b"why?\noh why"]
    assert some.most == 2
    assert some.at(np.array([0, 2])).tolist() == [True, True]
    assert asked.seen[1:] == [b"why not?"]
    assert some.everywhere.tolist() == [True, False, True, False, False, True, False]
    assert asked.seen[2:] == [b"why, love"]
    assert some.most == 0


def test_nothing_sought_nothing_told() -> None:
    assert Told(TEXTS, OF, [], []).everywhere.tolist() == [False] * 7
    assert told()[0].at(np.zeros(0, np.int64)).tolist() == []
