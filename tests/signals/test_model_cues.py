"""In a whole talk more is asked of a head than in a draft: what is rare in one message is not in hundreds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nearer.cues import catalogue
from nearer.signals.lines import Lines
from nearer.signals.model_cues import TALK
from nearer.signals.phrases import Hit
from nearer.signals.read import read_signals

TEXT = "the kettle is where the kettle was"
HEADS = sorted(
    {use.head for cue in catalogue().cues.values() for use in cue.encoder} | {f"cue_{c}" for c in catalogue().cues}
)


class Heads:
    """An encoder that says one thing of TEXT, and of all else that nothing is there."""

    version = "test"

    def __init__(self, others: float = 0.0, **values: float) -> None:
        self.others, self.values = others, values

    def signals(self, texts: Sequence[str], before: object = None) -> dict[str, NDArray[np.float32]]:
        there = np.array([t == TEXT for t in texts], np.float32)
        return {h: there * np.float32(self.values.get(h, self.others)) for h in HEADS}

    def spans(self, asked: Sequence[tuple[str, list[str], str]]) -> list[tuple[int, int]]:
        return [(0, len(text)) for text, _, _ in asked]


def hits(encoder: Heads, length: int) -> list[Hit]:
    talk = [("ab"[i % 2], f"soup number {i} was nice" if i < length - 1 else TEXT) for i in range(length)]
    found = read_signals(Lines.of_pairs(talk), catalogue(), None, encoder).hits  # type: ignore[arg-type]
    return [h for h in found if h.message == length - 1]


def test_a_hurt_that_one_head_sees_alone_stands_in_a_draft_but_not_in_a_whole_talk() -> None:
    alone = Heads(cue_OWN203=0.97)
    assert [h.cue for h in hits(alone, 3)] == ["OWN203"]
    assert hits(alone, TALK) == []


def test_a_hurt_stands_in_a_whole_talk_where_the_other_heads_do_not_think_it_harmless() -> None:
    assert "OWN203" in [h.cue for h in hits(Heads(others=0.01, cue_OWN203=0.97), TALK)]


def test_one_danger_head_that_is_not_quite_sure_speaks_in_a_draft_and_only_with_others_in_a_whole_talk() -> None:
    unsure = Heads(cue_DNG303=0.85)
    (draft,), (talk,) = hits(unsure, 3), hits(unsure, TALK)
    assert (draft.confidence or 0.0) > 0.5 > (talk.confidence or 1.0)
    assert hits(Heads(cue_DNG303=0.7), TALK) == []
