"""Readings are kept whole, once, without words unless asked, and go without a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from journal.talks import SECRET, talk
from nearer.conversation import Conversation, Message
from nearer.errors import NearerError
from nearer.journal import Journal
from nearer.journal.checkins import check_in, days
from nearer.journal.differ import agree_again, differ, differed, hidden
from nearer.journal.goals import goals, look_back, set_goal
from nearer.journal.notes import add_note, notes
from nearer.journal.readings import conversation_of, entries, entry, fingerprint, forget, keep, people
from nearer.reading.read import Settings, read_conversation
from nearer.reading.types import Reading
from nearer.report.trend import trend_text


def _bytes(journal: Journal) -> bytes:
    return b"".join(p.read_bytes() for p in journal.path.parent.iterdir() if p.is_file())


def test_kept_once_and_without_words(journal: Journal, reading: Reading, conversation: Conversation) -> None:
    first = keep(journal, reading, conversation, "Sam")
    again = keep(journal, reading, conversation, " Sam ")
    (kept,) = entries(journal)
    assert (kept.id, kept.who, kept.text) == (again, "Sam", None)
    assert again >= first
    assert len(kept.findings) == len(reading.findings)
    assert {f["side"] for f in kept.findings} == {"me", "other"}
    assert kept.summary["sides"]["me"]["turns"] == kept.episodes[0]["turns"]["me"]
    assert people(journal) == [("Sam", 1)]
    assert b"lighthouse" not in _bytes(journal)


def test_words_only_where_wanted(journal: Journal, reading: Reading, conversation: Conversation) -> None:
    number = keep(journal, reading, conversation, "Sam", text=True)
    assert SECRET in (entry(journal, number).text or "")


def test_a_kept_talk_is_opened_as_it_was(journal: Journal) -> None:
    said = [
        Message(0, "Ana", "one\u2028two\x85three\nfour", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        Message(1, "Ben", "", kind="media"),
        Message(2, "Ana", "to the first", reply_to=0),
    ]
    heard = [Message(0, "Ana", "mhm", start=1.5, end=2.0), Message(1, "Ben", "so", start=2.5)]
    talks = Conversation.from_messages(said), Conversation.from_messages(heard, medium="speech", source="vtt")
    for one in talks:
        number = keep(journal, read_conversation(one, Settings(me="Ana")), one, "Sam", text=True)
        again = conversation_of(entry(journal, number))
        assert (list(again), again.medium, again.source) == (list(one), one.medium, one.source)
        assert fingerprint(again) == fingerprint(one)


def test_nothing_is_kept_about_nobody(journal: Journal, reading: Reading, conversation: Conversation) -> None:
    for write in (
        lambda: keep(journal, reading, conversation, " "),
        lambda: add_note(journal, " ", "a note"),
        lambda: set_goal(journal, "", "OWN202", "fewer", [], date(2026, 3, 1)),
    ):
        with pytest.raises(NearerError, match="a name"):
            write()
    assert people(journal) == []


def test_forgotten_leaves_no_trace(journal: Journal, reading: Reading, conversation: Conversation) -> None:
    number = keep(journal, reading, conversation, "Samantha", text=True)
    add_note(journal, "Samantha", "she smiled at the harbour", number)
    check_in(journal, {"safe": 4}, date(2026, 3, 1), "Samantha")
    assert b"lighthouse" in _bytes(journal)
    assert forget(journal, who="Samantha") == 1
    assert entries(journal) == []
    assert notes(journal) == []
    assert days(journal) == []
    left = _bytes(journal)
    assert not any(word in left for word in (b"lighthouse", b"harbour", b"Samantha"))
    with pytest.raises(NearerError, match="nothing of that name"):
        forget(journal, who="Samantha")


def test_a_reading_without_a_holder_is_not_kept(journal: Journal, conversation: Conversation) -> None:
    with pytest.raises(NearerError, match="which of the speakers you are"):
        keep(journal, read_conversation(conversation, Settings()), conversation, "Sam")


def test_seen_differently_is_remembered_without_words(
    journal: Journal, reading: Reading, conversation: Conversation
) -> None:
    finding = next(f for f in reading.findings if f.cue == "OWN202")
    differ(journal, conversation, finding)
    differ(journal, conversation, finding)
    assert differed(journal) == {"OWN202": 1}
    gone = hidden(journal, conversation, reading)
    assert finding.id in gone
    assert {f.cue for f in reading.findings if f.id in gone} == {"OWN202"}
    assert b"listen" not in _bytes(journal)
    agree_again(journal, conversation, finding)
    assert hidden(journal, conversation, reading) == set()


@pytest.mark.parametrize("by", ["number", "who"])
def test_forgotten_with_what_was_seen_differently_in_it(
    journal: Journal, reading: Reading, conversation: Conversation, by: str
) -> None:
    other = talk(day=9)
    there = read_conversation(other, Settings(me="Ana"))
    for some, read in ((conversation, reading), (other, there)):
        differ(journal, some, next(f for f in read.findings if f.cue == "OWN202"))
    number = keep(journal, reading, conversation, "Sam")
    keep(journal, there, other, "Kim")
    forget(journal, number=number) if by == "number" else forget(journal, who="Sam")
    assert differed(journal) == {"OWN202": 1}
    assert hidden(journal, conversation, reading) == set()
    assert hidden(journal, other, there)


def test_what_was_seen_differently_stays_with_the_same_talk_under_another_name(
    journal: Journal, reading: Reading, conversation: Conversation
) -> None:
    differ(journal, conversation, next(f for f in reading.findings if f.cue == "OWN202"))
    keep(journal, reading, conversation, "Sam")
    keep(journal, reading, conversation, "Samuel")
    forget(journal, who="Sam")
    assert hidden(journal, conversation, reading)
    forget(journal, who="Samuel")
    assert differed(journal) == {}


def test_where_there_may_be_danger_no_goal_is_set_or_looked_back_on_and_nothing_of_it_is_a_trend(
    journal: Journal, reading: Reading, conversation: Conversation
) -> None:
    keep(journal, reading, conversation, "Sam")
    set_goal(journal, "Sam", "OWN202", "fewer", entries(journal, "Sam"), date(2026, 3, 2))
    (aim,), (kept,) = goals(journal, "Sam"), entries(journal, "Sam")
    afraid = replace(kept, danger=[{"cue": "DNG304", "side": "me"}])
    assert look_back(aim, kept)
    assert look_back(aim, afraid) is None
    with pytest.raises(NearerError, match="no goals"):
        set_goal(journal, "Sam", "OWN202", "fewer", [afraid, kept], date(2026, 3, 2))
    words = trend_text("Sam", [afraid], [], "week", "me")
    assert "1 kept reading is left out here" in words
    assert "emergency" in words
    assert "Ownership" not in words


def test_goals_look_back_kindly(journal: Journal, reading: Reading, conversation: Conversation) -> None:
    keep(journal, reading, conversation, "Sam")
    set_goal(journal, "Sam", "OWN202", "fewer", entries(journal, "Sam"), date(2026, 3, 2))
    (aim,) = goals(journal, "Sam")
    assert aim.baseline
    later = talk(day=9)
    calm = read_conversation(later, Settings(me="Ben"))
    keep(journal, calm, later, "Sam")
    said = look_back(aim, entries(journal, "Sam")[-1])
    assert said
    assert said.endswith("Well done.")
    with pytest.raises(NearerError, match="no cue or family"):
        set_goal(journal, "Sam", "XYZ999", "fewer", [], date(2026, 3, 2))


def test_check_ins_are_numbers_or_skipped(journal: Journal) -> None:
    check_in(journal, {"sleep": "4", "food": "", "words": "quiet day"}, date(2026, 3, 1))
    assert days(journal)[0].answers == {"sleep": 4, "words": "quiet day"}
    with pytest.raises(NearerError, match="1 to 5"):
        check_in(journal, {"sleep": "9"}, date(2026, 3, 1))
    with pytest.raises(NearerError, match="Nothing was answered"):
        check_in(journal, {"sleep": ""}, date(2026, 3, 1))


def test_the_folder_holds_one_plainly_named_file(journal: Journal) -> None:
    assert Path(journal.path).name == "notes.db"
