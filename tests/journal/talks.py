"""A talk to keep in a journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nearer.conversation import Conversation, ConversationBuilder

SECRET = "the lighthouse key is under the blue pot"
TALK = (
    ("Ana", "hey, how was your day?"), ("Ben", "long. yours?"), ("Ana", "you never listen to me"),
    ("Ben", "sorry, I was miles away. what happened?"), ("Ana", "I felt left out when the plan changed"),
    ("Ben", "that makes sense, I'd be cross too"), ("Ana", SECRET), ("Ben", "thanks for telling me"),
    ("Ana", "shall we look at it together tomorrow?"), ("Ben", "yes, about eight"), ("Ana", "good night"), ("Ben", "night x"),
)  # fmt: skip


def talk(day: int = 1, rounds: int = 3) -> Conversation:
    """A talk of a few dozen messages on one day."""
    builder = ConversationBuilder("whatsapp")
    clock = datetime(2026, 3, day, 18, 0, tzinfo=UTC)
    for speaker, text in TALK * rounds:
        clock += timedelta(minutes=2)
        builder.add(speaker, text, time=int(clock.timestamp() * 1000))
    return builder.build()
