"""The Messages database of a Mac."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Reaction
from nearer.errors import NearerError, UsageError
from nearer.sources import Input, Options, detect, load
from nearer.sources.typedstream import text_of
from sources.exports import chat_db, typedstream


def test_a_chat_is_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    chat_db(path)
    before = path.read_bytes()
    assert detect(Input(path))[0][0] == "imessage_db"
    talk = load(path)
    assert talk.texts == ["are we still on?", ("long " * 40).strip(), "", ""]
    assert [m.kind for m in talk] == ["text", "text", "media", "deleted"]
    assert [m.speaker for m in talk] == ["+15550100", "Me", "+15550100", "+15550100"]
    assert talk[0].time == datetime(2024, 2, 7, 12, 0, tzinfo=UTC)
    assert talk[0].reactions == (Reaction("Me", "Loved"),)
    assert (talk[1].reply_to, talk[1].edited, talk[2].attachment) == (0, True, "IMG_1.heic")
    assert len(talk) + talk.system.height + len(talk.skipped) == 7
    assert talk.me == "Me"
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["chat.db"]


def test_several_chats_and_seconds_of_old_macs(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    chat_db(path, second_chat=True)
    with pytest.raises(UsageError, match="Climbing"):
        load(path)
    talk = load(path, Options(chat="climbing"))
    assert talk.texts == ["up?"]
    assert talk[0].time == datetime(2023, 3, 8, 20, 26, 40, tzinfo=UTC)


_CELLS = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(max_size=5), st.binary(max_size=5))


@given(
    table=st.sampled_from(["message", "handle", "chat", "attachment", "chat_message_join", "message_attachment_join"]),
    column=st.integers(0, 20), cell=_CELLS,
)  # fmt: skip
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_may_stand_in_any_column(tmp_path: Path, table: str, column: int, cell: object) -> None:
    path = tmp_path / "chat.db"
    path.unlink(missing_ok=True)
    chat_db(path)
    db = sqlite3.connect(path)
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "ROWID"]
    db.execute(f"UPDATE {table} SET {columns[column % len(columns)]} = ?", (cell,))
    db.commit()
    db.close()
    with suppress(NearerError):
        talk = load(path)
        assert len(talk) + talk.system.height + len(talk.skipped) == 7


def test_messages_still_in_the_log_are_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    chat_db(path)
    busy = sqlite3.connect(path)
    busy.execute("PRAGMA journal_mode=WAL")
    busy.execute("PRAGMA wal_autocheckpoint=0")
    busy.execute(
        "INSERT INTO message (ROWID, guid, text, handle_id, is_from_me, date) VALUES (60, 'y', 'newest', 1, 0, 730000000)"
    )
    busy.execute("INSERT INTO chat_message_join VALUES (1, 60)")
    busy.commit()
    assert "newest" in load(path).texts
    busy.close()


def test_other_databases_and_damage(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t (a)")
    db.commit()
    db.close()
    with pytest.raises(NearerError, match="not that of Messages"):
        load(path)
    chat_db(tmp_path / "chat.db")
    whole = (tmp_path / "chat.db").read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[: len(whole) // 3])
    with pytest.raises(NearerError):
        load(tmp_path / "cut.db")


def test_a_schema_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    chat_db(path)
    path.write_bytes(path.read_bytes().replace(b"is_from_me", b"is\x92from\xffme"))
    with pytest.raises(NearerError):
        load(path)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=400))
def test_a_body_comes_back(text: str) -> None:
    assert text_of(typedstream(text)) == text


@given(st.binary(max_size=60), st.booleans())
def test_any_body_is_survived(data: bytes, marked: bool) -> None:
    text_of(b"NSString\x01\x94\x84\x01+" + data if marked else data)


def test_a_group_without_a_name_goes_by_who_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    chat_db(path, second_chat=True)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE chat SET display_name = '' WHERE ROWID = 2")
        db.execute("INSERT INTO handle VALUES (2, '+15550199', 'iMessage')")
        db.executemany("INSERT INTO chat_handle_join VALUES (2, ?)", [(1,), (2,)])
        db.execute(
            "INSERT INTO message (ROWID, guid, handle_id, is_from_me, date, associated_message_type) VALUES (51, 'v', 1, 0, 700000001, 4000)"
        )
        db.execute("INSERT INTO chat_message_join VALUES (2, 51)")
    db.close()
    talk = load(path, Options(chat="+15550199"))
    assert (talk.title, talk.texts, talk.system.height) == ("+15550100, +15550199", ["up?"], 1)


def test_what_stands_in_a_row_besides_words(tmp_path: Path) -> None:
    path = tmp_path / "chat.db"
    chat_db(path)
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE message ADD COLUMN balloon_bundle_id TEXT")
        db.execute("ALTER TABLE message ADD COLUMN subject TEXT")
        start = 729_001_000 * 10**9
        for row, mine, text, balloon, subject in (
            (60, 0, "https://example.org", "com.apple.messages.URLBalloonProvider", None),
            (61, 0, "\ufffd", "com.apple.messages.MSMessageExtensionBalloonPlugin", None),
            (62, 1, "at five", None, "Dinner"),
            (63, 0, "Loved “https://example.org”", None, None),
            (64, 1, "Laughed at “https://exam…”", None, None),
        ):
            db.execute(
                "INSERT INTO message (ROWID, guid, text, handle_id, is_from_me, date, balloon_bundle_id, subject)"
                " VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
                (row, f"n{row}", text, mine, start + row, balloon, subject),
            )
            db.execute("INSERT INTO chat_message_join VALUES (1, ?)", (row,))
        db.execute("INSERT INTO attachment VALUES (9, '~/a', '0A1B.pluginPayloadAttachment')")
        db.execute("INSERT INTO message_attachment_join VALUES (60, 9)")
    db.close()
    new = list(load(path))[4:]
    assert [(m.text, m.kind, m.attachment) for m in new] == [
        ("https://example.org", "text", None), ("", "media", None), ("Dinner\nat five", "text", None),
    ]  # fmt: skip
    assert new[0].reactions == (Reaction("+15550100", "Loved"), Reaction("Me", "Laughed at"))
