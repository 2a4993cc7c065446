"""Every example of every cue, on every engine: the ones that fire do so with the marked words, the others are silent."""

from __future__ import annotations

from functools import cache

import pytest

from nearer.cues import Cue, catalogue
from nearer.cues.examples import pairs
from nearer.cues.schema import Example
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals

CUES = list(catalogue().cues.values())
ENGINES = ("hyperscan", "re2")


@cache
def quotes(cue: str, example: Example, engine: str) -> list[str]:
    """The words in the example's own line that the cue was found in."""
    lines, own = pairs(example)
    signals = read_signals(Lines.of_pairs(lines), catalogue(), engine)
    return [lines[own][1][h.start : h.end] for h in signals.hits if h.cue == cue and h.message == own]


def cases(kind: str) -> list[object]:
    return [
        pytest.param(cue, example, id=f"{cue.code}-{number}")
        for cue in CUES
        for number, example in enumerate(getattr(cue, kind), 1)
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("cue", "example"), cases("fires"))
def test_fires_with_its_words(cue: Cue, example: Example, engine: str) -> None:
    assert example.quote in quotes(cue.code, example, engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("cue", "example"), cases("silent"))
def test_stays_silent(cue: Cue, example: Example, engine: str) -> None:
    assert quotes(cue.code, example, engine) == []


@pytest.mark.parametrize("cue", CUES, ids=lambda c: c.code)
def test_has_enough_examples_each_different(cue: Cue) -> None:
    by_event_only = bool(cue.dynamics) and not cue.patterns and not cue.exchange
    assert by_event_only or (len(cue.fires) >= 6 and len(cue.silent) >= 6)
    texts = [(e.text, e.before, e.after) for e in (*cue.fires, *cue.silent)]
    assert len(texts) == len(set(texts))


def test_no_two_cues_speak_with_the_same_voice() -> None:
    for field in ("heard_as", "adjust"):
        said = [getattr(c, field) for c in CUES]
        assert len(said) == len(set(said))
