"""What stands around a message, as the belief in a hurt is asked of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.cues import catalogue
from nearer.signals.encoder import load
from nearer.signals.lines import Lines
from nearer.signals.talk import NEAR, Belief, surroundings

LITTLE = 0.02
SIDES = 2 * len(NEAR)


def told(talk: Lines, hurts: list[float]) -> np.ndarray:
    """All that stands around the messages: what no head says of them."""
    return surroundings(np.array(hurts, np.float32), talk, np.zeros(len(talk), bool))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1, width=16)), min_size=1, max_size=60))
def test_around_a_message_its_speakers_own_are_told_from_those_of_others(said: list[tuple[str, float]]) -> None:
    talk = Lines.of_pairs([(who, "so") for who, _ in said])
    found = told(talk, [value for _, value in said])[:, :SIDES].reshape(len(said), len(NEAR), 2)
    for i, (who, _) in enumerate(said):
        for number, near in enumerate(NEAR):
            around = [said[j] for j in range(max(0, i - near), min(len(said), i + near + 1)) if j != i]
            for side, same in enumerate((True, False)):
                values = [value for other, value in around if (other == who) == same]
                assert found[i, number, side] == pytest.approx(
                    np.log((sum(values) + LITTLE) / (len(values) + 1)), abs=1e-4
                )


def test_the_reply_is_the_next_thing_that_somebody_else_says_soon_and_in_the_same_episode() -> None:
    talk = Lines.of_pairs([("a", "must be nice"), ("a", "anyway"), ("b", "wow"), ("a", "what")])
    hurts = [0.1, 0.1, 0.9, 0.2]
    known, said, words = told(talk, hurts)[:, -3:].T
    assert known.tolist() == [1, 1, 1, 0]
    assert said[0] == said[1] == pytest.approx(np.log(9), abs=1e-3)
    assert words[0] == pytest.approx(np.log(2))
    apart = replace(talk, episode=np.array([0, 0, 1, 1], np.int32))
    assert told(apart, hurts)[:, -3].tolist() == [0, 0, 1, 0]


def test_a_reply_after_many_messages_is_no_answer_to_the_first() -> None:
    talk = Lines.of_pairs([*[("a", f"part {i}") for i in range(6)], ("b", "ok")])
    assert told(talk, [0.0] * 7)[:, -3].tolist() == [0, 0, 1, 1, 1, 1, 0]


def test_what_is_probable_enough_is_believed_and_what_is_too_improbable_is_doubted() -> None:
    talk = Lines.of_pairs([("a", "so"), ("b", "so"), ("a", "so")])
    weights = np.array([1.0] + [0.0] * (SIDES + 5))
    belief = Belief(frozenset({"OWN203"}), ("hurts",), weights, bias=0.0, at_least=0.6, doubted=0.3)
    signals = {"hurts": np.array([0.1, 0.5, 0.9], np.float32)}
    probable, holds, doubted = belief.of(signals, told(talk, [0.1, 0.5, 0.9]))
    assert probable.tolist() == pytest.approx([0.1, 0.5, 0.9], abs=1e-3)
    assert holds.tolist() == [False, False, True]
    assert doubted.tolist() == [True, False, False]


def test_the_shipped_beliefs_know_heads_of_the_shipped_encoder_and_cues_of_the_catalogue() -> None:
    encoder = load()
    assert encoder is not None
    for belief, polarity in zip(encoder.beliefs, ("hurts", "helps", "danger"), strict=True):
        assert {catalogue().cues[code].polarity for code in belief.cues} == {polarity}
        assert set(belief.heads) <= set(encoder.heads)
        assert belief.alone == (polarity == "danger")
        assert len(belief.weights) == len(belief.heads) + (0 if belief.alone else SIDES + 5)
        assert belief.doubted < belief.at_least
