"""How fast the exports of the commonest apps are read: makes one of each, prints messages a second and peak memory.

    python benchmarks/sources.py [messages]

Each export is read in a process of its own, so that the peak is that format's alone.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

WORDS = (
    "are you home yet, dinner is nearly done",
    "ok",
    "I will be ten minutes late, sorry about that",
    "no worries ❤",
)
START = 1_700_000_000


def whatsapp(path: Path, count: int) -> None:
    """An Android export."""
    with open(path, "w", encoding="utf-8") as out:
        for i in range(count):
            stamp = time.strftime("%d/%m/%Y, %H:%M", time.gmtime(START + i * 40))
            out.write(f"{stamp} - {'Ana' if i % 2 else 'Ben'}: {WORDS[i % 4]} {i}\n")


def telegram(path: Path, count: int) -> None:
    """result.json, one field a line, as Telegram Desktop prints it."""
    _printed(path, '{\n "name": "Ben",\n "type": "personal_chat",\n "id": 1,\n "messages": [', (
        {"id": i, "type": "message", "date": "2024-01-01T10:00:00", "date_unixtime": str(START + i * 40),
         "from": "Ana" if i % 2 else "Ben", "from_id": f"user{i % 2}", "text": f"{WORDS[i % 4]} {i}",
         "text_entities": [{"type": "plain", "text": f"{WORDS[i % 4]} {i}"}]}
        for i in range(count)
    ), 1)  # fmt: skip


def messenger(path: Path, count: int) -> None:
    """message_1.json of Facebook and Instagram, newest first."""
    _printed(path, '{\n  "participants": [\n    {\n      "name": "Ben"\n    }\n  ],\n  "messages": [', (
        {"sender_name": "Ana" if i % 2 else "Ben", "timestamp_ms": (START - i * 40) * 1000,
         "content": f"{WORDS[i % 4].encode().decode('latin-1')} {i}", "is_geoblocked_for_viewer": False}
        for i in range(count)
    ), 2)  # fmt: skip


def signal(path: Path, count: int) -> None:
    """data.json of signal-export, one message a line."""
    with open(path, "w", encoding="utf-8") as out:
        for i in range(count):
            date = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(START + i * 40))
            out.write(json.dumps(
                {"date": date, "sender": "Me" if i % 2 else "Ben", "body": f"{WORDS[i % 4]} {i}  ", "quote": "", "sticker": "",
                 "reactions": [], "attachments": []}, ensure_ascii=False) + "\n")  # fmt: skip


def signal_export(path: Path, count: int) -> None:
    """main.jsonl of Signal's own export, a frame a line."""
    frames: list[dict[str, object]] = [
        {"version": "1", "backupTimeMs": str(START * 1000)},
        {"account": {"givenName": "Ana"}},
        {"recipient": {"id": "1", "self": {}}},
        {"recipient": {"id": "2", "contact": {"e164": "15550100100", "profileGivenName": "Ben"}}},
        {"chat": {"id": "2", "recipientId": "2"}},
    ]
    with open(path, "w", encoding="utf-8") as out:
        for frame in frames:
            out.write(json.dumps(frame, separators=(",", ":")) + "\n")
        for i in range(count):
            item = {"chatId": "2", "authorId": str(1 + i % 2), "dateSent": str((START + i * 40) * 1000), "incoming": {"read": True},
                    "standardMessage": {"text": {"body": f"{WORDS[i % 4]} {i}"}}}  # fmt: skip
            out.write(json.dumps({"chatItem": item}, separators=(",", ":"), ensure_ascii=False) + "\n")


def imessage_db(path: Path, count: int) -> None:
    """chat.db, half of its messages as attributed bodies."""
    db = sqlite3.connect(path)
    db.executescript(
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER,"
        " is_from_me INTEGER, date INTEGER, item_type INTEGER DEFAULT 0, associated_message_type INTEGER DEFAULT 0,"
        " associated_message_guid TEXT); CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);"
        "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, chat_identifier TEXT, display_name TEXT);"
        "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);"
        "INSERT INTO handle VALUES (1, '+15550100'); INSERT INTO chat VALUES (1, '+15550100', '');"
    )

    def rows() -> Iterator[tuple[object, ...]]:
        for i in range(count):
            words = f"{WORDS[i % 4]} {i}"
            data = words.encode()
            body = b"\x04\x0bstreamtyped\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + bytes([len(data)]) + data + b"\x86"
            yield i, f"g{i}", None if i % 2 else words, body if i % 2 else None, 1, i % 2, (i * 40 + 7 * 10**8) * 10**9

    db.executemany("INSERT INTO message VALUES (?,?,?,?,?,?,?,0,0,NULL)", rows())
    db.execute("INSERT INTO chat_message_join SELECT 1, ROWID FROM message")
    db.commit()
    db.close()


def discord(path: Path, count: int) -> None:
    """DiscordChatExporter's JSON."""
    _printed(path, '{\n  "guild": {\n    "id": "0"\n  },\n  "channel": {\n    "name": "Ben"\n  },\n  "messages": [', (
        {"id": str(10**18 + i), "type": "Default", "timestamp": "2024-02-13T20:00:00.123+00:00", "timestampEdited": None,
         "isPinned": False, "content": f"{WORDS[i % 4]} {i}", "attachments": [], "embeds": [], "stickers": [],
         "author": {"id": str(i % 2), "name": "ana" if i % 2 else "ben", "discriminator": "0000", "nickname": "A",
                    "color": None, "isBot": False, "roles": [], "avatarUrl": "https://cdn.example.org/avatars/1.png"},
         "reactions": [], "mentions": [], "inlineEmojis": []}
        for i in range(count)
    ), 2)  # fmt: skip


def sms_xml(path: Path, count: int) -> None:
    """SMS Backup & Restore."""
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"{count}\">\n")
        for i in range(count):
            out.write(
                f'  <sms protocol="0" address="+15550100100" date="{(START + i * 40) * 1000}" type="{1 + i % 2}" subject="null"'
                f' body="{WORDS[i % 4]} {i}" toa="null" sc_toa="null" read="1" status="-1" contact_name="Ben" />\n'
            )
        out.write("</smses>\n")


def _printed(path: Path, head: str, rows: Iterator[dict[str, object]], indent: int) -> None:
    with open(path, "w", encoding="utf-8") as out:
        out.write(head)
        for number, row in enumerate(rows):
            text = json.dumps(row, indent=indent, ensure_ascii=False).replace("\n", "\n" + " " * 2 * indent)
            out.write(("," if number else "") + "\n" + " " * 2 * indent + text)
        out.write("\n" + " " * indent + "]\n}\n")


MAKERS: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "whatsapp": ("chat.txt", whatsapp),
    "telegram": ("result.json", telegram),
    "messenger": ("message_1.json", messenger),
    "signal": ("data.json", signal),
    "signal_export": ("main.jsonl", signal_export),
    "imessage_db": ("chat.db", imessage_db),
    "discord": ("channel.json", discord),
    "sms_xml": ("sms.xml", sms_xml),
}


def measure(path: Path) -> None:
    """Read one export and print its numbers."""
    from nearer.sources import load

    start = time.process_time()
    talk = load(path)
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)
    print(f"{talk.source:12} {len(talk):>9,} messages {len(talk) / took:>11,.0f} a second {peak:>7,.0f} MiB at most")


def main() -> None:
    """Make and read every export."""
    if len(sys.argv) > 2:
        measure(Path(sys.argv[2]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory(prefix="nearer-bench-") as folder:
        for file, make in MAKERS.values():
            path = Path(folder) / file
            make(path, count)
            subprocess.run([sys.executable, __file__, "read", str(path)], check=True)
            path.unlink()


if __name__ == "__main__":
    main()
