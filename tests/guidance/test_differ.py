"""What a holder disagreed with."""

from __future__ import annotations

import nearer
from nearer.conversation import Conversation
from nearer.guidance.differ import needed, quiet


def test_each_disagreement_asks_for_more_certainty_and_touches_that_cue_alone() -> None:
    talk = Conversation.from_messages(
        [("Ana", "you never listen to me. calm down"), ("Bo", "I'm sorry I didn't ask you first")]
    )
    reading = nearer.read(talk, encoder=False)
    hurts = [f for f in reading.findings if f.polarity == "hurts"]
    one = hurts[0]
    assert quiet(reading, {}) == frozenset()
    assert [needed(n) for n in range(7)] == sorted(needed(n) for n in range(7))
    assert needed(99) < 1
    gone = quiet(reading, {one.cue: 5})
    assert one.id in gone
    assert gone <= {f.id for f in hurts if f.cue == one.cue}
    helps = next(f for f in reading.findings if f.polarity == "helps")
    assert quiet(reading, {helps.cue: 9}) == frozenset()
