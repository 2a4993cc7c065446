"""Many conversations heard at once say what each says alone."""

from __future__ import annotations

from nearer.cues import catalogue
from nearer.signals.lines import Lines
from nearer.signals.read import hear, read_signals, signals_of

TALKS = [
    [("Ana", "are we ok?"), ("Ben", "you never listen to me"), ("Ana", "i'm sorry. that must have been hard")],
    [("Cy", "calm down"), ("Di", "calm down")],
    [("Ana", "ok")],
]


def test_together_or_alone_is_the_same() -> None:
    book, lines = catalogue(), [Lines.of_pairs(talk) for talk in TALKS]
    together = [signals_of(heard, book).hits for heard in hear(lines, book)]
    assert together == [read_signals(talk, book).hits for talk in lines]
    assert all(together[:2])


def test_nothing_to_hear() -> None:
    assert hear([], catalogue()) == []
