"""The Messages database of a Mac, chat.db, opened for reading only (docs/sources/imessage.md)."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind
from nearer.errors import NearerError
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.people import pick
from nearer.sources.tapbacks import Tapbacks
from nearer.sources.typedstream import text_of

NAME = "imessage_db"
TITLE = "Messages on a Mac (chat.db)"

_APPLE_EPOCH_MS = 978_307_200_000
"""2001-01-01 UTC."""
_NANOSECONDS_FROM = 1 << 40
_TAPBACKS = {2000: "Loved", 2001: "Liked", 2002: "Disliked", 2003: "Laughed at", 2004: "Emphasized", 2005: "Questioned"}
_VOTE = 4000
_COLUMNS = (
    "guid", "text", "attributedBody", "handle_id", "is_from_me", "date", "item_type", "associated_message_type",
    "associated_message_guid", "associated_message_emoji", "date_edited", "date_retracted", "thread_originator_guid",
    "cache_has_attachments", "group_title", "balloon_bundle_id", "subject",
)  # fmt: skip
_SLOT = "\ufffc"
_APP_SLOT = "\ufffd"
"""All that a message from a game or another app has for a text."""
_PREVIEW = ".pluginPayloadAttachment"
"""The picture that Messages fetched for a link; nobody sent it."""
_TARGET = re.compile(r"^(?:p:\d+/|bp:)")


def sniff(head: Head) -> float:
    """A SQLite file whose schema has Apple's tables."""
    if not head.data.startswith(b"SQLite format 3\0"):
        return 0.0
    return 0.99 if b"associated_message" in head.data or b"chat_message_join" in head.data else 0.5


def chats(source: Input) -> list[Chat]:
    """Every chat that has messages."""
    with _opened(source.path) as db:
        return _chats(db, source.path.name)


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where the file is no Messages database, or several chats are in it."""
    with _opened(source.path) as db:
        chosen = pick(_chats(db, source.path.name), options, source.path.name)
        builder = ConversationBuilder(NAME)
        builder.zoned = True
        try:
            _read(db, chosen.id, builder)
        except (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError):
            if not len(builder):
                raise NearerError(f"{source.path.name} is a damaged database; copy it again.") from None
            builder.skip(len(builder) + 1, "The database is damaged from here on.")
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this chat.")
    return builder.build(me=ME if ME in builder.speakers else None, title=chosen.title)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection. Where a write-ahead log lies beside the file, both are read from a copy, so that the
    newest messages are there and nothing beside the original is touched."""
    with tempfile.TemporaryDirectory(prefix="nearer-") as folder:
        log = path.with_name(path.name + "-wal")
        target, how = path, "mode=ro&immutable=1"
        if log.exists() and log.stat().st_size:
            target, how = Path(folder) / path.name, "mode=rw"
            shutil.copy2(path, target)
            shutil.copy2(log, target.with_name(log.name))
        try:
            db = sqlite3.connect(f"{target.resolve().as_uri()}?{how}", uri=True)
        except sqlite3.Error:
            raise NearerError(f"{path.name} could not be opened; copy it to another folder first.") from None
        db.text_factory = lambda b: b.decode("utf-8", errors="replace")
        try:
            yield db
        except sqlite3.OperationalError:
            raise NearerError(f"{path.name} is no Messages database, or it is in use; copy it first.") from None
        except (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError):
            # The names inside a damaged schema, and SQLite's own words about it, may be no text.
            raise NearerError(f"{path.name} is a damaged database; copy it again.") from None
        finally:
            db.close()


def _columns(db: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in db.execute(f"PRAGMA table_info({table})")}


def _chats(db: sqlite3.Connection, file: str) -> list[Chat]:
    if "is_from_me" not in _columns(db, "message"):
        raise NearerError(f"{file} is a database, but not that of Messages.")
    if not _columns(db, "chat") or not _columns(db, "chat_message_join"):
        (count,) = db.execute("SELECT count(*) FROM message").fetchone()
        return [Chat("all", "All messages", count)]
    rows = db.execute(
        "SELECT c.ROWID, c.chat_identifier, c.display_name, count(*) FROM chat c"
        " JOIN chat_message_join j ON j.chat_id = c.ROWID GROUP BY c.ROWID ORDER BY c.ROWID"
    ).fetchall()
    members = _members(db)
    # One person reached over SMS and over iMessage is two chats with one identifier.
    merged: dict[str, list[Any]] = {}
    for rowid, identifier, title, count in rows:
        # A group that nobody named goes by a number that says nothing; who is in it does.
        group = ", ".join(members.get(rowid, ())) if str(identifier or "").startswith("chat") else ""
        entry = merged.setdefault(str(identifier or rowid), [title or group or identifier, 0])
        entry[1] += count
    return [Chat(key, str(title or key), count) for key, (title, count) in merged.items()]


def _members(db: sqlite3.Connection) -> dict[int, list[str]]:
    """Chat -> who is in it, without the holder."""
    found: dict[int, list[str]] = {}
    if _columns(db, "chat_handle_join") and _columns(db, "handle"):
        for chat, name in db.execute(
            "SELECT j.chat_id, h.id FROM chat_handle_join j JOIN handle h ON h.ROWID = j.handle_id ORDER BY h.ROWID"
        ):
            found.setdefault(chat, []).append(str(name))
    return found


def _read(db: sqlite3.Connection, chat: str, builder: ConversationBuilder) -> None:
    have = _columns(db, "message")
    fields = ", ".join(f"m.{c}" if c in have else f"NULL AS {c}" for c in _COLUMNS)
    handles = dict(db.execute("SELECT ROWID, id FROM handle")) if _columns(db, "handle") else {}
    files = _files(db)
    if chat == "all" and not _columns(db, "chat_message_join"):
        rows = db.execute(f"SELECT m.ROWID, {fields} FROM message m ORDER BY m.date, m.ROWID")
        other = None
    else:
        where = "coalesce(nullif(c.chat_identifier, ''), CAST(c.ROWID AS TEXT)) = ?"
        rows = db.execute(
            f"SELECT m.ROWID, {fields} FROM message m WHERE m.ROWID IN (SELECT j.message_id FROM chat_message_join j"
            f" JOIN chat c ON c.ROWID = j.chat_id WHERE {where}) ORDER BY m.date, m.ROWID",
            (chat,),
        )
        other = _only_other(db, where, chat)
    places: dict[str, int] = {}
    tapbacks = Tapbacks(builder)
    names = {handle: str(name) for handle, name in handles.items() if name}
    for number, row in enumerate(rows, 1):
        (rowid, guid, text, body, handle, mine, date, item, tapback, target_guid, symbol, edited, retracted, thread,
         has_files, title, balloon, subject) = row  # fmt: skip
        who = ME if mine else names.get(handle) or other or "Unknown"
        time = _time(date)
        # SQLite holds any kind of value in any column; what a damaged file has there is no tapback.
        tapback = tapback if isinstance(tapback, int) else 0
        if 2000 <= tapback < 4000:
            target = places.get(_TARGET.sub("", str(target_guid or "")))
            emoji = _TAPBACKS.get(2000 + tapback % 1000) or str(symbol or "reacted to")
            if target is None:
                builder.notice("reaction to a message that is not here", time, number)
                continue
            (tapbacks.add if tapback < 3000 else tapbacks.take_back)(target, who, emoji)
            builder.notice("reaction" if tapback < 3000 else "reaction taken back", time, number)
            continue
        if tapback == _VOTE:
            builder.notice("vote in a poll", time, number)
            continue
        if item:
            builder.notice(f"group changed: {title}" if title else "group changed", time, number)
            continue
        words = text if text and isinstance(text, str) else text_of(body)
        words = (words or "").replace(_SLOT, "").strip()
        words = "" if words == _APP_SLOT else words
        words = f"{subject}\n{words}".strip() if isinstance(subject, str) and subject.strip() else words
        file = files.get(rowid)
        if not file and not tapback and tapbacks.reads(who, words, time, number):
            continue
        kind: MessageKind = "text" if words else "media" if file or has_files or balloon else "deleted"
        if retracted and not words:
            kind = "deleted"
        place = builder.add(who, words, time, kind, number, id=None if guid is None else str(guid))
        if file:
            builder.set(place, "attachment", file)
        if edited and words:
            builder.set(place, "edited", True)
        if thread and (answered := places.get(str(thread))) is not None:
            builder.set(place, "reply_to", answered)
        places[str(guid)] = place
        tapbacks.said(place, words, kind == "media" or bool(file))
    tapbacks.finish()


def _only_other(db: sqlite3.Connection, where: str, chat: str) -> str | None:
    """The other person of a chat of two, for rows whose own handle leads nowhere."""
    if not _columns(db, "chat_handle_join") or not _columns(db, "handle"):
        return None
    names = db.execute(
        "SELECT DISTINCT h.id FROM handle h JOIN chat_handle_join j ON j.handle_id = h.ROWID"
        f" JOIN chat c ON c.ROWID = j.chat_id WHERE {where}",
        (chat,),
    ).fetchall()
    return str(names[0][0]) if len(names) == 1 else None


def _files(db: sqlite3.Connection) -> dict[int, str]:
    if not _columns(db, "message_attachment_join") or "filename" not in _columns(db, "attachment"):
        return {}
    return {
        message: str(name)
        for message, name in db.execute(
            "SELECT j.message_id, coalesce(a.transfer_name, a.filename) FROM message_attachment_join j"
            " JOIN attachment a ON a.ROWID = j.attachment_id ORDER BY a.ROWID DESC"
            if "transfer_name" in _columns(db, "attachment")
            else "SELECT j.message_id, a.filename FROM message_attachment_join j"
            " JOIN attachment a ON a.ROWID = j.attachment_id ORDER BY a.ROWID DESC"
        )
        if name and not str(name).endswith(_PREVIEW)
    }


def _time(date: Any) -> int | None:
    """Milliseconds since 1970 of Apple's date: nanoseconds since 2001, on old Macs seconds."""
    if not isinstance(date, int) or date <= 0:
        return None
    since = date // 1_000_000 if date > _NANOSECONDS_FROM else date * 1000
    return since + _APPLE_EPOCH_MS
