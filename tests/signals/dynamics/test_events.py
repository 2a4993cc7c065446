"""Events of whole conversations: found where a pattern lasts, and never from a late reply, a story asked for, or fear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from nearer.conversation import Conversation
from nearer.cues import catalogue
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals

START = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
LONG = (
    "so then we took the upper road past the mill because the bridge was closed again and the rain came in sideways "
    "and my cousin had packed the wrong map so we walked the whole ridge twice before the hut showed up in the fog "
    "with its lamp on and soup on the stove"
)

Line = tuple[str, str, float]
"""(speaker, text, hours since the line before)."""


def found(lines: Sequence[Line], cue: str) -> list[tuple[str, str]]:
    """(speaker, quoted words) of each finding of a cue."""
    time, messages = START, []
    for speaker, text, hours in lines:
        time += timedelta(hours=hours)
        messages.append({"speaker": speaker, "text": text, "time": time})
    talk = Lines.of(Conversation.from_messages(messages))
    hits = [h for h in read_signals(talk, catalogue()).hits if h.cue == cue]
    return [(talk.names[talk.speaker[h.message]], talk.texts[h.message][h.start : h.end]) for h in hits]


def days(number: int, one: Sequence[Line]) -> list[Line]:
    """The same short talk again each day."""
    return [(s, t, 24.0 if i == 0 else h) for _ in range(number) for i, (s, t, h) in enumerate(one)]


def even(speaker: str, other: str) -> list[Line]:
    return [
        (speaker, "how did the garden club go today?", 0),
        (other, "really well, we planted forty beans. how was your shift?", 0.1),
        (speaker, "long, but the new rota helps. which beans did you plant?", 0.1),
        (other, "runner beans mostly. did the rota start this week?", 0.1),
    ]


EVEN = days(10, [*even("Ana", "Ben"), *even("Ben", "Ana")])


def burst(last: str, minutes: float = 1) -> list[Line]:
    texts = ["hi", "i saw you left early", "you were at the bar again", "i rang the house", "nobody picked up", last]
    return [("Ben", "morning", 0), *[("Ana", t, minutes / 60) for t in texts]]


def test_burst_that_presses_is_found_at_its_last_message() -> None:
    assert found(burst("is it the car? is it work? is it me?"), "MUT204") == [
        ("Ana", "is it the car? is it work? is it me?")
    ]


@pytest.mark.parametrize(
    "lines",
    [
        burst("the cat is on the roof, made me think of yours"),
        burst("is it the car? is it work? is it me?", minutes=40),
        burst("haha who am i? what day is it? where is my shoe? 😂"),
        [("Ben", "morning", 0), *[("Ana", "", 0.01)] * 7, ("Ana", "which one? the red? or the blue?", 0.01)],
    ],
    ids=["no pressing", "over hours", "laughing", "pictures"],
)
def test_other_bursts_are_silent(lines: list[Line]) -> None:
    assert found(lines, "MUT204") == []


def monologue(reply: str) -> list[Line]:
    return [x for _ in range(9) for x in (("Ana", LONG, 0.1), ("Ben", reply, 0.1))]


def test_run_of_long_turns_with_small_change_between_is_much_air() -> None:
    assert found([("Ben", "hello there", 0), *monologue("mm")], "MUT206") == [("Ana", LONG)]


@pytest.mark.parametrize("opening", ["how was the trip? i want to hear all of it", "go on, tell me everything"])
def test_a_story_that_was_asked_for_is_not(opening: str) -> None:
    assert found([("Ben", opening, 0), *monologue("wow")], "MUT206") == []


def test_a_story_with_questions_between_is_not() -> None:
    assert found([("Ben", "hello there", 0), *monologue("what happened then?")], "MUT206") == []


def test_three_quarters_of_the_words_over_a_long_stretch_are_much_air() -> None:
    telling = "the manager moved my desk again and nobody says why so i carried the plants up myself before lunch"
    lines = [x for _ in range(32) for x in (("Ana", telling, 0.1), ("Ben", "that sounds like him", 0.1))]
    assert found(lines, "MUT206") == [("Ana", telling)]
    assert found(lines[:40], "MUT206") == []


def thin(question: str) -> list[Line]:
    return days(
        12,
        [
            ("Ana", question, 0),
            ("Ben", "it went alright", 0.1),
            ("Ana", "i walked by the river and thought of our boat, it still needs paint before the summer", 0.1),
            ("Ben", "looks that way", 0.1),
            ("Ana", "the paint is in the shed, the blue one that your uncle left us, and two brushes", 0.1),
            ("Ben", "true enough", 0.1),
        ],
    )


@pytest.mark.parametrize("cue", ["MUT205", "MUT207", "CON201"])
def test_one_who_never_opens_nor_asks_leans_back(cue: str) -> None:
    places = found(thin("how did the interview go this morning, what did they say?"), cue)
    assert [speaker for speaker, _ in places] == ["Ben"]


@pytest.mark.parametrize("cue", ["MUT205", "MUT207", "CON201"])
def test_short_answers_to_pressing_are_shelter(cue: str) -> None:
    assert found(thin("answer me now, where were you this morning, tell me the truth?"), cue) == []


@pytest.mark.parametrize("cue", ["MUT205", "MUT206", "MUT207", "CON201"])
def test_even_talk_is_silent_and_balanced(cue: str) -> None:
    assert found(EVEN, cue) == []
    assert {speaker for speaker, _ in found(EVEN, "CON103")} == {"Ana", "Ben"}


@pytest.mark.parametrize("cue", ["MUT204", "MUT205", "MUT206", "MUT207", "CON201"])
def test_late_replies_alone_say_nothing(cue: str) -> None:
    assert found([(s, t, h if h < 24 else 30) if s == "Ana" else (s, t, 5.5) for s, t, h in EVEN], cue) == []


def test_one_sided_talk_is_not_balanced() -> None:
    assert found(thin("how did the interview go this morning, what did they say?"), "CON103") == []


@pytest.mark.parametrize("cue", ["MUT204", "MUT205", "MUT206", "MUT207", "CON103", "CON201"])
def test_too_little_or_too_many_people_say_nothing(cue: str) -> None:
    assert found([("Ana", "hi", 0), ("Ben", "hello", 0.1)], cue) == []
    crowd = [(name, text, hours) for i, (_, text, hours) in enumerate(EVEN) for name in [("Ana", "Ben", "Cy")[i % 3]]]
    assert found(crowd, cue) == []
