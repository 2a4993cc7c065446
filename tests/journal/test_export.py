"""The export is whole, comes back the same, and keeps what the danger screen saw out of shared copies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.journal import Journal
from nearer.journal.cards import cards, keep_card
from nearer.journal.checkins import beside, check_in, days
from nearer.journal.export import bring_in, export
from nearer.journal.goals import set_goal
from nearer.journal.notes import add_note
from nearer.journal.readings import entries, keep
from nearer.journal.trends import answers, by_episode, by_week, measure, self_care, stages
from nearer.reading.read import Settings, read_conversation
from nearer.reading.types import Reading
from nearer.report.trend import trend_text


def _fill(journal: Journal, reading: Reading, conversation: Conversation) -> None:
    number = keep(journal, reading, conversation, "Sam", text=True)
    add_note(journal, "Sam", "a note", number)
    set_goal(journal, "Sam", "humor", "more", entries(journal), date(2026, 3, 2))
    check_in(journal, {"safe": 4, "sleep": 2}, date(2026, 3, 1), "Sam")
    keep_card(journal, "OWN-1", {"stability": 1.5}, datetime(2026, 3, 3, tzinfo=UTC))


def test_it_comes_back_the_same(journal: Journal, reading: Reading, conversation: Conversation, tmp_path: Path) -> None:
    _fill(journal, reading, conversation)
    text = export(journal)
    with Journal.open(path=tmp_path / "other.db") as other:
        assert bring_in(other, text) == 1
        assert export(other) == text
        assert entries(other) == entries(journal)
        assert cards(other) == {"OWN-1": {"stability": 1.5}}
        with pytest.raises(NearerError, match="not empty"):
            bring_in(other, text)


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "else"}', '{"schema": "nearer/journal/1"}'])
def test_anything_else_is_refused(journal: Journal, text: str) -> None:
    with pytest.raises(NearerError, match="no export"):
        bring_in(journal, text)


def test_danger_stays_out_of_a_shared_copy(journal: Journal) -> None:
    builder = ConversationBuilder("plain")
    for i in range(12):
        builder.add("Kim" if i % 2 else "Lee", "if you leave me I will kill you" if i == 3 else "ok see you then")
    conversation = builder.build()
    reading = read_conversation(conversation, Settings(me="Lee"))
    assert reading.danger
    keep(journal, reading, conversation, "Kim")
    assert '"DNG' in export(journal)
    assert '"DNG' not in export(journal, danger=False)


def test_trends_have_ranges_and_say_nothing_on_too_little(
    journal: Journal, reading: Reading, conversation: Conversation
) -> None:
    _fill(journal, reading, conversation)
    kept = entries(journal)
    week = {line.family: line for line in by_week(kept)}
    (point,) = week["ownership"].points
    assert point.hurts
    assert point.hurts.low < point.hurts.per_100 < point.hurts.high
    assert len(by_episode(kept)[0].points) == len(reading.episodes)
    short = [
        type(kept[0])(**{**kept[0].__dict__, "episodes": [{**kept[0].episodes[0], "turns": {"me": 3, "other": 3}}]})
    ]
    assert by_week(short)[0].points[0].helps is None
    assert {line.stage for line in stages(kept)} == {"safety", "attunement", "connection", "vulnerability", "intimacy"}
    assert measure(kept, "no_such_measure") == ()


def test_check_ins_stand_beside_and_are_told_apart(
    journal: Journal, reading: Reading, conversation: Conversation
) -> None:
    _fill(journal, reading, conversation)
    told = days(journal)
    assert answers(told)["sleep"] == ((date(2026, 3, 1), 2),)
    assert self_care(told) == ((date(2026, 3, 1), 2.0),)
    assert beside(told, told)[0][1]["safe"] == (4, 4)
    words = trend_text("Sam", entries(journal), told, "week", "me")
    assert "not read from any text" in words
    check_in(journal, {"sleep": 5}, date(2026, 3, 2))
    check_in(journal, {"sleep": 1}, date(2026, 3, 3), "Zoe")
    assert [d.answers["sleep"] for d in days(journal, "Sam")] == [2, 5]
    alone = days(journal, "Nobody")
    assert [d.who for d in alone] == [""]
    assert trend_text("Nobody", [], alone, "week", "me") == "Nothing is kept about Nobody yet."
