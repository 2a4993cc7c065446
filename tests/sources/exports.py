"""Small exports of every format, written after the real ones; the words in them are ours."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

TELEGRAM: dict[str, Any] = {
    "name": "Ben", "type": "personal_chat", "id": 4321,
    "messages": [
        {"id": 1, "type": "service", "date": "2024-02-13T20:00:00", "date_unixtime": "1707854400", "actor": "Ben",
         "actor_id": "user22", "action": "joined_telegram", "text": "", "text_entities": []},
        {"id": 2, "type": "message", "date": "2024-02-13T20:01:00", "date_unixtime": "1707854460", "from": "Ana",
         "from_id": "user11", "text": ["see ", {"type": "link", "text": "https://example.org"}, " please"],
         "text_entities": []},
        {"id": 3, "type": "message", "date": "2024-02-13T20:02:00", "date_unixtime": "1707854520", "from": "Ben",
         "from_id": "user22", "reply_to_message_id": 2, "text": "I will, thanks", "text_entities": [],
         "edited": "2024-02-13T20:03:00", "edited_unixtime": "1707854580",
         "reactions": [{"type": "emoji", "count": 1, "emoji": "❤",
                        "recent": [{"from": "Ana", "from_id": "user11", "date": "2024-02-13T20:04:00"}]}]},
        {"id": 4, "type": "message", "date": "2024-02-13T20:05:00", "date_unixtime": "1707854700", "from": "Ben B.",
         "from_id": "user22", "media_type": "voice_message", "text": "",
         "file": "(File not included. Change data exporting settings to download.)"},
        {"id": 5, "type": "message", "date": "2024-02-13T20:06:00", "date_unixtime": "1707854760", "from": None,
         "from_id": "user33", "forwarded_from": "Cleo", "text": "a poem"},
    ],
}  # fmt: skip

FACEBOOK: dict[str, Any] = {
    "participants": [{"name": "ZoÃ«"}, {"name": "Ana"}],
    "messages": [
        {"sender_name": "Ana", "timestamp_ms": 1707854700000, "is_unsent": True},
        {"sender_name": "ZoÃ«", "timestamp_ms": 1707854600000, "content": "ZoÃ« sent a photo.",
         "photos": [{"uri": "messages/inbox/zoe_1/photos/1.jpg", "creation_timestamp": 1707854600}]},
        {"sender_name": "Ana", "timestamp_ms": 1707854500000, "content": "thatâ\x80\x99s lovely",
         "reactions": [{"reaction": "â\x9d¤", "actor": "ZoÃ«"}], "is_geoblocked_for_viewer": False},
        {"sender_name": "ZoÃ«", "timestamp_ms": 1707854400000, "content": "ZoÃ« named the group us."},
    ],
    "title": "ZoÃ«", "thread_path": "inbox/zoe_1", "magic_words": [],
}  # fmt: skip

MESSENGER: dict[str, Any] = {
    "participants": ["Zoë", "Ana"], "threadName": "Zoë_3",
    "messages": [
        {"senderName": "Zoë", "text": "are you home?", "timestamp": 1707854400000, "type": "text", "isUnsent": False,
         "media": [], "reactions": [{"actor": "Ana", "reaction": "👍"}]},
        {"senderName": "Ana", "text": "", "timestamp": 1707854500000, "type": "media", "isUnsent": False,
         "media": [{"uri": "./media/a.jpg"}], "reactions": []},
    ],
}  # fmt: skip


def typedstream(text: str) -> bytes:
    """A message body as a Mac keeps it."""
    data = text.encode()
    size = len(data)
    count = bytes([size]) if size < 0x80 else b"\x81" + size.to_bytes(2, "little")
    if size > 0xFFFF:
        count = b"\x82" + size.to_bytes(4, "little")
    head = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92"
    return head + b"\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + count + data + b"\x86\x84\x02iI\x01"


def chat_db(path: Path, second_chat: bool = False) -> None:
    """A Messages database with the tables and columns that matter."""
    start = 729_000_000 * 1_000_000_000
    db = sqlite3.connect(path)
    db.executescript(
        """
        CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT);
        CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT, display_name TEXT);
        CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
        CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
        CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT, transfer_name TEXT);
        CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
        CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER,
          is_from_me INTEGER, date INTEGER, item_type INTEGER DEFAULT 0, associated_message_type INTEGER DEFAULT 0,
          associated_message_guid TEXT, date_edited INTEGER DEFAULT 0, date_retracted INTEGER DEFAULT 0,
          thread_originator_guid TEXT, cache_has_attachments INTEGER DEFAULT 0, group_title TEXT);
        INSERT INTO handle VALUES (1, '+15550100', 'iMessage');
        INSERT INTO chat VALUES (1, 'iMessage;-;+15550100', '+15550100', '');
        INSERT INTO chat_handle_join VALUES (1, 1);
        INSERT INTO attachment VALUES (1, '~/Library/Messages/Attachments/a.heic', 'IMG_1.heic');
        INSERT INTO message_attachment_join VALUES (4, 1);
        """
    )
    body = typedstream("long " * 40)
    rows = [
        ("g1", "are we still on?", None, 1, 0, start, 0, 0, None, 0, 0, None, 0, None),
        ("g2", None, body, 0, 1, start + 60 * 10**9, 0, 0, None, 1, 0, "g1", 0, None),
        ("g3", "Loved “are we still on?”", None, 0, 1, start + 70 * 10**9, 0, 2000, "p:0/g1", 0, 0, None, 0, None),
        ("g4", "\ufffc", None, 1, 0, start + 80 * 10**9, 0, 0, None, 0, 0, None, 1, None),
        ("g5", None, None, 0, 0, start + 90 * 10**9, 2, 0, None, 0, 0, None, 0, "Team"),
        ("g6", None, None, 99, 0, start + 95 * 10**9, 0, 0, None, 0, start, None, 0, None),
        ("g7", "", None, 0, 1, start + 99 * 10**9, 0, 2001, "bp:gone", 0, 0, None, 0, None),
    ]
    for number, row in enumerate(rows, 1):
        db.execute(
            "INSERT INTO message (ROWID, guid, text, attributedBody, handle_id, is_from_me, date, item_type,"
            " associated_message_type, associated_message_guid, date_edited, date_retracted, thread_originator_guid,"
            " cache_has_attachments, group_title) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number, *row),
        )
        db.execute("INSERT INTO chat_message_join VALUES (1, ?)", (number,))
    if second_chat:
        db.execute("INSERT INTO chat VALUES (2, 'g', 'chat77', 'Climbing')")
        db.execute("INSERT INTO message (ROWID, guid, text, handle_id, is_from_me, date) VALUES (50, 'x', 'up?', 1, 0, 700000000)")
        db.execute("INSERT INTO chat_message_join VALUES (2, 50)")
    db.commit()
    db.close()


def printed(value: Any, indent: int | None = 1) -> bytes:
    """JSON as exporters print it."""
    return json.dumps(value, indent=indent, ensure_ascii=False).encode()
