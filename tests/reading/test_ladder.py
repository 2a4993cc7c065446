"""The ladder: what is said under a stage fits the state that stands beside it."""

from __future__ import annotations

import nearer
from nearer.conversation import Conversation
from nearer.reading.types import StageReading


def _stages(*told: str) -> dict[str, StageReading]:
    """What Ana gives Ben in a long plain talk in which she tells `told`."""
    said = [("Ana", "the bus was late"), ("Ben", "ours as well")] * 45
    for place, text in enumerate(told):
        said[20 * (place + 1) : 20 * (place + 1)] = [("Ana", text), ("Ben", "it's on thursday")]
    reading = nearer.read(Conversation.from_messages(said), encoder=False)
    return {s.stage: s for s in next(d for d in reading.directions if d.from_ == "Ana").stages}


def test_one_sign_in_a_long_talk_is_not_called_none() -> None:
    stages = _stages("I felt lonely all week")
    assert stages["vulnerability"].state == "not_seen"
    assert stages["vulnerability"].why == "1 thing risked and told. One alone says little in a talk as long as this."
    # Of what was not seen, nothing more is said than that.
    assert all("not seen" in stages[s].why for s in ("safety", "intimacy"))


def test_a_message_of_several_cues_is_one_thing_told() -> None:
    stages = _stages("I'm scared of the scan", "I felt lonely all week")
    assert stages["vulnerability"].why.startswith("2 things risked and told.")
    assert len(stages["vulnerability"].because) == 2
    # Nor does it make a stage found where one thing alone says little.
    one = _stages("I'm scared of the scan and I felt lonely all week")["vulnerability"]
    assert (one.state, len(one.because)) == ("not_seen", 1)


def test_in_a_group_what_is_said_to_one_is_not_given_to_another() -> None:
    def because(*said: tuple[str, str]) -> dict[tuple[str, str], list[str]]:
        """The words that count for each pair in a chat among three, in which Ana tells `said`."""
        plain = [("Ana", "the bus was late"), ("Chidi", "ours as well"), ("Goran Babic", "mine came")] * 12
        reading = nearer.read(Conversation.from_messages([*plain, *said, *plain]), encoder=False)
        quote = {f.id: f.quote for f in reading.findings}
        return {(d.from_, d.to): [quote[i] for s in d.stages for i in s.because] for d in reading.directions}

    thanks = ("Ana", "thanks goran, I'm so proud of you")
    assert because(("Chidi", "the car is here"), thanks)["Ana", "Goran Babic"]
    assert not because(("Chidi", "the car is here"), thanks)["Ana", "Chidi"]
    # Without a name it is said to whoever is answered.
    plain = because(("Chidi", "the car is here"), ("Ana", "thanks, I'm so proud of you"))
    assert plain["Ana", "Chidi"]
    assert not plain["Ana", "Goran Babic"]


def test_in_a_group_an_apology_to_one_mends_nothing_for_another() -> None:
    def goran(last: str) -> StageReading:
        plain = [("Ana", "the bus was late"), ("Chidi", "ours as well"), ("Goran", "mine came")] * 12
        said = [
            ("Ana", "Goran, you're pathetic and disgusting"),
            ("Goran", "wow"),
            ("Chidi", "the car is here"),
            ("Ana", last),
        ]
        reading = nearer.read(Conversation.from_messages([*plain, *said, *plain]), encoder=False)
        return next(d for d in reading.directions if (d.from_, d.to) == ("Ana", "Goran")).stages[0]

    assert goran("I'm sorry Goran, I shouldn't have said that").state != "breached"
    assert goran("I'm sorry Chidi, I shouldn't have said that").state == "breached"
