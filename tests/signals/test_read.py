"""Many conversations heard at once say what each says alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from nearer.cues import catalogue
from nearer.signals.lines import Lines
from nearer.signals.read import hear, read_signals, signals_of
from nearer.sources import load

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

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


def test_whole_conversations_together_or_alone_are_the_same() -> None:
    book, lines = catalogue(), [Lines.of(load(path)) for path in sorted(EXAMPLES.glob("[1-6]_*"))]
    together = [signals_of(heard, book) for heard in hear(lines, book)]
    alone = [read_signals(talk, book) for talk in lines]
    assert [s.hits for s in together] == [s.hits for s in alone]
    for name in ("question", "stop_signal", "laugh"):
        assert all((a.features[name] == b.features[name]).all() for a, b in zip(together, alone, strict=True))


def test_joined_lines_keep_people_episodes_and_answers_apart() -> None:
    talk = Lines.of_pairs([("Ana", "hey"), ("Ben", "hi"), ("Ana", "are we ok?")])
    talk = replace(talk, episode=np.array([0, 0, 1], np.int32), reply_to=np.array([-1, 0, -1]))
    both = Lines.joined([talk, Lines.of_pairs([]), talk])
    assert both.names == ("Ana", "Ben", "Ana", "Ben")
    assert both.speaker.tolist() == [0, 1, 0, 2, 3, 2]
    assert both.episode.tolist() == [0, 0, 1, 2, 2, 3]
    assert both.reply_to.tolist() == [-1, 0, -1, -1, 3, -1]


def test_nothing_to_hear() -> None:
    assert hear([], catalogue()) == []
