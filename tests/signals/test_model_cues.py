"""In a whole talk more is asked of a head than in a draft: what is rare in one message is not in hundreds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from nearer.cues import catalogue
from nearer.signals.lines import Lines
from nearer.signals.model_cues import HEARD_TOGETHER, OWN, TALK, contexts, hear
from nearer.signals.phrases import Hit
from nearer.signals.read import read_signals
from nearer.signals.talk import NEAR, Belief

TEXT = "the kettle is where the kettle was"
HEADS = sorted({use.head for cue in catalogue().cues.values() for use in cue.encoder} | {"hurts", "danger"})


def believing() -> Belief:
    """One that looks at the head of all hurts, here and in the eight messages before and after."""
    around = [0.5 if near == 8 else 0.0 for near in NEAR for _ in ("the same speaker", "others")]
    weights = np.array([1.0, *around, *[0.0] * 5])
    return Belief(frozenset({"OWN201", "OWN203"}), ("hurts",), weights, bias=3.0, at_least=0.5, doubted=0.1)


class Heads:
    """An encoder that says one thing of TEXT, and of all else that nothing is there (or that it hurts: `around`)."""

    version = "test"
    beliefs: Sequence[Belief] = (believing(),)

    def __init__(self, **values: float) -> None:
        self.values = values
        self.around = 0.0  # what the head of all hurts says of all else
        self.asked: list[tuple[str, Sequence[str]]] = []

    def signals(self, texts: Sequence[str], before: Sequence[Sequence[str]]) -> dict[str, NDArray[np.float32]]:
        self.asked.extend(zip(texts, before, strict=True))
        there = np.array([t == TEXT for t in texts], np.float32)
        said = {h: there * np.float32(self.values.get(h, 0.0)) for h in HEADS}
        return said | {"hurts": np.maximum(said["hurts"], np.float32(self.around))}

    def spans(self, asked: Sequence[tuple[str, list[str], str]]) -> list[tuple[int, int]]:
        return [(0, len(text)) for text, _, _ in asked]


def hits(encoder: Heads, length: int) -> list[Hit]:
    talk = [("ab"[i % 2], f"soup number {i} was nice" if i < length - 1 else TEXT) for i in range(length)]
    found = read_signals(Lines.of_pairs(talk), catalogue(), None, encoder).hits  # type: ignore[arg-type]
    return [h for h in found if h.message == length - 1]


def test_a_hurt_that_one_head_sees_alone_stands_in_a_draft_but_not_in_a_whole_talk() -> None:
    alone = Heads(cue_OWN203=0.97)
    assert [h.cue for h in hits(alone, 3)] == ["OWN203"]
    assert hits(alone, HEARD_TOGETHER) == []


def test_a_hurt_stands_in_a_whole_talk_where_the_head_of_all_hurts_is_sure_or_much_around_it_hurts() -> None:
    assert [h.cue for h in hits(Heads(hurts=0.97, cue_OWN203=0.97), HEARD_TOGETHER)] == ["OWN203"]
    unsure = Heads(hurts=0.5, cue_OWN203=0.97)
    assert hits(unsure, HEARD_TOGETHER) == []
    unsure.around = 0.4
    assert [h.cue for h in hits(unsure, HEARD_TOGETHER)] == ["OWN203"]


def test_where_a_hurt_is_believed_the_head_that_is_surest_says_which() -> None:
    unsure = Heads(hurts=0.97, cue_OWN203=0.2, cue_OWN201=0.1)
    assert [h.cue for h in hits(unsure, HEARD_TOGETHER)] == ["OWN203"]
    assert hits(unsure, 3) == []
    assert hits(Heads(hurts=0.97, cue_OWN203=0.01), HEARD_TOGETHER) == []


def test_weights_that_came_without_a_belief_read_a_whole_talk_as_they_read_a_draft() -> None:
    alone = Heads(cue_OWN203=0.97)
    alone.beliefs = ()
    assert [h.cue for h in hits(alone, HEARD_TOGETHER)] == ["OWN203"]


def test_few_words_accuse_nobody_by_a_head_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    believed = Heads(hurts=0.99, cue_OWN203=0.97)
    monkeypatch.setattr(f"{__name__}.TEXT", "busy, later")
    assert hits(believed, 3) == []
    assert [h.cue for h in hits(believed, HEARD_TOGETHER)] == ["OWN203"]
    monkeypatch.setattr(f"{__name__}.TEXT", "busy")
    assert hits(believed, HEARD_TOGETHER) == []


def test_one_danger_head_that_is_not_quite_sure_speaks_in_a_draft_and_only_with_others_in_a_whole_talk() -> None:
    unsure = Heads(danger=0.85, cue_DNG303=0.85)
    (draft,), (talk,) = hits(unsure, 3), hits(unsure, TALK)
    assert (draft.confidence or 0.0) > 0.5 > (talk.confidence or 1.0)
    # Two such signs in different messages are enough for the screen.
    assert 1.15 * (talk.confidence or 0.0) >= 0.5
    assert hits(Heads(danger=0.85, cue_DNG303=0.3), TALK) == hits(Heads(danger=0.3, cue_DNG303=0.85), TALK) == []


def test_danger_in_a_short_thread_is_believed_by_all_heads_together_and_named_by_the_surest() -> None:
    danger = frozenset(c for c, cue in catalogue().cues.items() if cue.polarity == "danger")
    of_danger = Belief(danger, ("danger", "hurts"), np.array([1.0, 1.0]), bias=0.0, at_least=0.5, doubted=0.0)
    both = Heads(danger=0.4, hurts=0.8, cue_DNG303=0.05, cue_DNG305=0.02)
    lone = Heads(danger=0.4, hurts=0.1, cue_DNG303=0.9)
    for encoder in (both, lone):
        encoder.beliefs = (of_danger, believing())
    (found,) = hits(both, 3)
    assert found.cue == "DNG303"
    assert (found.confidence or 0.0) > 0.5
    assert hits(lone, 3) == []
    # Where something stands around it, the cue's own head is asked.
    assert [h.cue for h in hits(lone, HEARD_TOGETHER)] == ["DNG303"]


def test_danger_that_the_head_of_all_danger_is_sure_of_stands_alone_in_a_whole_talk() -> None:
    (found,) = hits(Heads(danger=0.95, cue_DNG303=0.85), TALK)
    assert (found.confidence or 0.0) > 0.5


def test_what_goes_on_from_its_speakers_last_is_read_with_what_came_before_only_where_it_may_hurt() -> None:
    talk = Lines.of_pairs([("a", "did you call her"), ("b", "no"), ("b", TEXT)])
    calm, grave = Heads(hurts=0.01), Heads(hurts=0.3)
    for encoder in (calm, grave):
        hear(talk, encoder)  # type: ignore[arg-type]
    assert calm.asked == [("did you call her", []), ("no", ["did you call her"]), (TEXT, [])]
    assert grave.asked == [*calm.asked, (TEXT, ["did you call her", OWN + "no"])]


def test_a_speakers_own_messages_are_marked_for_the_encoder() -> None:
    talk = Lines.of_pairs([("a", "hey"), ("b", "hm"), ("a", "you ok"), ("b", "fine")])
    assert contexts(talk) == [[], ["hey"], [OWN + "hey", "hm"], ["hey", OWN + "hm", "you ok"]]
