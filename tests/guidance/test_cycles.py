"""Cycles between two people."""

from __future__ import annotations

import nearer
from nearer.conversation import Conversation
from nearer.guidance.cycles import cycles

HEAT = [("Ana", "you never listen to me"), ("Bo", "calm down, it's nothing"), ("Ana", "you always say that")]


def test_what_one_does_and_what_the_other_then_does() -> None:
    talk = [*HEAT, *[("Bo", "it rained here"), ("Ana", "yes, all day")] * 4, *HEAT]
    first = cycles(nearer.read(Conversation.from_messages(talk), encoder=False))[0]
    assert (first.first, first.second, first.times) == ("Ana", "Bo", 2)
    assert first.back >= 1
    assert all(a.speaker == "Ana" and b.speaker == "Bo" and a.message < b.message for a, b in first.examples)
    assert "Ana" in first.sentence()
    assert "blame" not in first.sentence()


def test_one_answer_to_two_hurts_is_seen_once() -> None:
    talk = [("Ana", "you never listen. you always say that"), *HEAT[1:]]
    assert cycles(nearer.read(Conversation.from_messages(talk), encoder=False))[0].times == 1


def test_what_came_once_is_told_as_what_happened_and_not_as_a_habit() -> None:
    said = cycles(nearer.read(Conversation.from_messages(HEAT), encoder=False))[0].sentence()
    assert " from Ana came " in said
    assert "Bo, and then Ana went on. It came once" in said
    assert "Seen once" not in said


def test_a_cycle_is_not_told_again_from_its_middle() -> None:
    talk = [("Bo", "calm down, it's nothing"), ("Ana", "you never listen. you always say that"), *HEAT[1:]]
    assert [(c.first, c.second) for c in cycles(nearer.read(Conversation.from_messages(talk), encoder=False))] == [
        ("Bo", "Ana")
    ]


def test_what_does_not_come_back_is_no_cycle() -> None:
    assert cycles(nearer.read(Conversation.from_messages(HEAT[:2]), encoder=False)) == ()


def test_no_cycle_where_there_may_be_danger() -> None:
    talk = [*HEAT, ("Bo", "I'll kill you if you leave me"), *HEAT]
    reading = nearer.read(Conversation.from_messages(talk), encoder=False)
    assert reading.danger
    assert cycles(reading) == ()


def test_names_swapped_swap_the_cycle() -> None:
    swapped = [("Bo" if who == "Ana" else "Ana", text) for who, text in HEAT]
    one = cycles(nearer.read(Conversation.from_messages(HEAT), encoder=False))
    other = cycles(nearer.read(Conversation.from_messages(swapped), encoder=False))
    assert [(c.first_cue, c.second_cue) for c in one] == [(c.first_cue, c.second_cue) for c in other]
    assert one[0].first == other[0].second
