"""The words of a turn's subject, compared over many turns at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nearer.signals.exchange.content import Content
from nearer.signals.lines import Lines, Turns

SAID = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["scan", "scanned it\ntoday", "the", "", "dog's scan"]))
)


def test_beginnings_count_and_light_words_do_not() -> None:
    lines = Lines.of_pairs([("a", "I had the scan"), ("b", "Scanned?\nAnd the"), ("a", "the dog"), ("a", "the scan")])
    content = Content(lines, Turns.of(lines))
    assert content.size.tolist() == [1, 1, 2]
    assert content.common(np.array([0, 1, 2]), np.array([1, 2, 2])).tolist() == [0, 0, 2]


@given(SAID)
def test_sharing_goes_both_ways(said: list[tuple[str, str]]) -> None:
    lines = Lines.of_pairs(said)
    turns = Turns.of(lines)
    content, every = Content(lines, turns), np.arange(len(turns))
    assert content.common(every, every).tolist() == content.size.tolist()
    assert content.common(every, every[::-1]).tolist() == content.common(every[::-1], every).tolist()
