"""Which texts hold the words that patterns need."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.signals.phrases import words
from nearer.signals.phrases.words import Words

PATTERNS = [r"\byou never\b", r"\bnever\b", r"sorry\?", r"\bha(?:ha)+", r"ing\b", r"cause", r"^\w+$"]


def candidates(texts: list[str]) -> dict[int, list[int]]:
    return {number: some.tolist() for number, some in Words(PATTERNS).candidates(texts)}


def test_words_are_looked_for_whole_and_by_their_parts() -> None:
    texts = ["you never", "Never you", "nevermind you", "sorry", "sorry? hahaha", "singing", "because of that"]
    everywhere = [*range(len(texts))]
    assert candidates(texts) == {0: [0, 1], 1: [0, 1], 2: [4], 3: [4], 4: [5], 5: [6], 6: everywhere}


def test_no_texts_and_empty_texts() -> None:
    assert candidates([]) == {}
    assert candidates(["", ""]) == {6: [0, 1]}


def test_many_texts_are_told_apart() -> None:
    texts = ["you never" if number % 7 == 3 else "ok" for number in range(1000)]
    assert candidates(texts)[1] == [*range(3, 1000, 7)]


def test_what_is_remembered_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_REMEMBERED", 3)
    some = Words(PATTERNS)
    for number in range(20):
        assert [pattern for pattern, _ in some.candidates([f"w{number} you never"]) if pattern < 2] == [0, 1]
    assert len(some._leaves._known) <= 3


def test_a_word_of_endless_length_may_hold_anything() -> None:
    assert {2, 3, 4, 5} & {*candidates(["x" * 100_000])} == {3, 4, 5}


@given(st.lists(st.text(alphabet="younever sy?ha\r", max_size=30), max_size=40))
def test_together_or_alone_is_the_same(texts: list[str]) -> None:
    some = Words(PATTERNS)
    together = {(pattern, i) for pattern, which in some.candidates(texts) for i in which.tolist()}
    assert together == {(pattern, i) for i, text in enumerate(texts) for pattern, _ in some.candidates([text])}


def test_numbers_of_texts_rise() -> None:
    found = [*Words(PATTERNS).candidates(["you never"] * 300)]
    assert found
    for _, some in found:
        assert np.array_equal(some, np.arange(300))
