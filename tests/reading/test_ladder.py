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
