"""Conversation: columns inside, messages outside."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nearer.conversation import Conversation, ConversationBuilder, Message, Reaction
from nearer.errors import NearerError


def test_messages_come_back_as_they_went_in() -> None:
    said = [
        Message(0, "Ana", "hi", datetime(2026, 1, 1, 10, tzinfo=UTC), id="a"),
        Message(1, "Ben", "", datetime(2026, 1, 1, 11, tzinfo=UTC), "media", attachment="x.jpg", reply_to=0,
                reactions=(Reaction("Ana", "❤"),), edited=True),
    ]  # fmt: skip
    talk = Conversation.from_messages(said)
    assert list(talk) == said
    assert talk[-1] == said[1]
    assert talk.speakers == ("Ana", "Ben")
    with pytest.raises(IndexError):
        talk[2]


def test_a_long_pause_starts_an_episode() -> None:
    hours = [0, 1, 6.5, 20]
    talk = Conversation.from_messages(
        [Message(i, "Ana", "x", datetime.fromtimestamp(3600 * h, UTC)) for i, h in enumerate(hours)]
    )
    assert talk.episodes().tolist() == [0, 0, 0, 1]
    assert talk.episodes(pause_hours=2).tolist() == [0, 0, 1, 2]


def test_a_message_without_a_time_hides_no_pause() -> None:
    times = [None, datetime(2026, 1, 1), None, datetime(2026, 2, 1), None, datetime(2026, 1, 20), datetime(2026, 2, 1)]
    talk = Conversation.from_messages([Message(i, "Ana", "x", time) for i, time in enumerate(times)])
    assert talk.episodes().tolist() == [0, 0, 0, 1, 1, 1, 2]


def test_two_names_of_one_person_can_be_merged() -> None:
    talk = Conversation.from_messages([("+44 1", "hi"), ("Ben", "yo"), ("Ana", "me again")])
    assert talk.rename({"+44 1": "Ana"}).speakers == ("Ana", "Ben")
    assert [m.speaker for m in talk.rename({"+44 1": "Ana"})] == ["Ana", "Ben", "Ana"]
    with pytest.raises(NearerError, match="Cy"):
        talk.rename({"Cy": "Di"})


def test_since_keeps_replies_in_step_and_drops_who_is_gone() -> None:
    day = [datetime(2026, 1, d) for d in (1, 2, 3)]
    talk = Conversation.from_messages(
        [Message(0, "Cy", "a", day[0]), Message(1, "Ana", "b", day[1]), Message(2, "Ben", "c", day[2], reply_to=1)]
    )
    later = talk.since(date(2026, 1, 2))
    assert later.speakers == ("Ana", "Ben")
    assert later[1].reply_to == 0


def test_since_a_day_the_holder_may_have_said_nothing() -> None:
    said = [Message(0, "Cy", "a", datetime(2026, 1, 1)), Message(1, "Ana", "b", datetime(2026, 1, 2))]
    talk = Conversation.from_messages(said, me="Cy")
    assert talk.since(date(2026, 1, 1)).me == "Cy"
    assert talk.since(date(2026, 1, 2)).me is None


def test_a_new_name_stands_under_reactions_too() -> None:
    rows = [
        {"speaker": "Ana", "text": "hi", "reactions": (Reaction("Ben", "❤"), Reaction("Zoe", "👍"))},
        {"speaker": "Ben", "text": "yo"},
    ]
    renamed = Conversation.from_messages(rows).rename({"Ben": "Bo"})
    assert [m.reactions for m in renamed] == [(Reaction("Bo", "❤"), Reaction("Zoe", "👍")), ()]
    assert renamed.speakers == ("Ana", "Bo")


def test_an_answer_to_no_message_answers_none() -> None:
    rows = [{"speaker": "Ana", "text": "x", "reply_to": to} for to in (2, 0, 99, -1)]
    assert [m.reply_to for m in Conversation.from_messages(rows)] == [2, 0, None, None]


def test_half_a_character_anywhere_can_be_kept() -> None:
    half = "B\udcc3n"
    builder = ConversationBuilder("test")
    builder.introduce([half])
    builder.add(half, "hi", id=half, attachment=half, reactions=(Reaction(half, "\ud83d"),))
    builder.add(half, "ho")
    builder.notice(half)
    talk = builder.build(me=half, title=half)
    assert (talk.speakers, talk.me, talk.title) == (("B\ufffdn",), "B\ufffdn", "B\ufffdn")
    assert (talk[0].id, talk[0].attachment, talk[0].reactions) == (
        "B\ufffdn",
        "B\ufffdn",
        (Reaction("B\ufffdn", "\ufffd"),),
    )
    assert talk.system["text"].to_list() == ["B\ufffdn"]


def test_half_an_emoji_can_be_kept() -> None:
    talk = Conversation.from_messages([("Ana", "hi \ud83d"), ("Ben", "\ud83d\ude00 e\u0301")])
    assert talk.texts == ["hi \ufffd", "😀 é"]
