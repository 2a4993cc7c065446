"""Snapchat's chat_history.json, from "My Data" (docs/sources/snapchat.md)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.people import People, pick
from nearer.sources.records import buffer, whole

NAME = "snapchat"
TITLE = "Snapchat"

_FILE = re.compile(r"(?:^|/)chat_history\.json$")
_OLD = re.compile(r"^(Received|Sent) (?:Saved|Unsaved) Chat History$")
_ERASED = ("STATUSERASEDMESSAGE", "STATUSERASEDSNAPMESSAGE")
_OWN = ("STATUS", "NONPARTICIPANTBOTRESPONSE")
"""How the kinds begin of what Snapchat writes itself."""
Entry = tuple[str, str, dict[str, Any] | None]
"""The chat's id, its title, and the message; None for what is no message."""


def sniff(head: Head) -> float:
    """The file's name in an export, or the field names that only Snapchat uses."""
    if any(_FILE.search(n) for n in head.names):
        return 0.97
    text = head.text
    if re.search(r'"(?:Received|Sent) (?:Saved|Unsaved) Chat History"\s*:', text):
        return 0.96
    return 0.97 if '"Media Type"' in text and re.search(r'"(?:IsSender|Created\(microseconds\))"\s*:', text) else 0.0


def chats(source: Input) -> list[Chat]:
    """Every person and group that the export has messages with."""
    return _chats(list(_entries(source)))


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where several are in the file and none is chosen."""
    entries = list(_entries(source))
    listed = _chats(entries)
    if not listed:
        raise NearerError(f"{source.path.name} holds no messages of Snapchat.")
    chosen = pick(listed, options, source.path.name)
    rows = [(number, m) for number, (chat, _, m) in enumerate(entries, 1) if chat in (chosen.id, "")]
    times = [_time(m) for _, m in rows if m]
    known = [t for t in times if t is not None]
    if known and known[0] > known[-1]:
        rows.reverse()  # Newest first; messages of one moment keep their order.
    rows.sort(key=lambda r: _time(r[1]) or 0)
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    people = People()
    me: str | None = None
    for number, m in rows:
        if m is None:
            builder.skip(number, "This message is damaged.")
            continue
        who = _add(builder, people, m, number)
        me = who if m.get("IsSender") is True and who else me
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this chat.")
    me = ME if me is None and ME in builder.speakers else me
    return builder.build(me=me if me in builder.speakers else None, title=chosen.title)


def _entries(source: Input) -> Iterator[Entry]:
    member = next((n for n in source.names if _FILE.search(n)), None)
    if source.names and member is None:
        raise NearerError(f"{source.path.name} holds no chat_history.json; ask Snapchat for your data again, as JSON.")
    data = whole(buffer(source, member), source.path.name)
    for key, rows in data.items() if isinstance(data, dict) else ():
        old = _OLD.match(key)
        for m in rows if isinstance(rows, list) else ():
            if not isinstance(m, dict):
                yield ("" if old else key), key, None
            elif old:
                other = str(m.get("From") or m.get("To") or "Unknown")
                yield other, other, {**m, "IsSender": old[1] == "Sent"}
            else:
                yield key, str(m.get("Conversation Title") or key), m


def _chats(entries: list[Entry]) -> list[Chat]:
    counts: dict[str, int] = {}
    titles: dict[str, str] = {}
    for chat, title, m in entries:
        if chat:
            counts[chat] = counts.get(chat, 0) + 1
            titles[chat] = title if m or chat not in titles else titles[chat]
    return [Chat(chat, titles[chat], count) for chat, count in counts.items()]


def _add(builder: ConversationBuilder, people: People, m: dict[str, Any], number: int) -> str | None:
    """Add one message, and return who sent it."""
    time, kind = _time(m), str(m.get("Media Type") or "TEXT").upper()
    content = m.get("Content", m.get("Text"))
    text = content if isinstance(content, str) else ""
    if "Text" in m:
        text = html.unescape(text)
    sender = m.get("From") or m.get("Sender")
    if kind.startswith(_OWN) and kind not in _ERASED:
        builder.notice(text or kind.removeprefix("STATUS").lower() or "status", time, number)
        return None
    if not isinstance(sender, str):
        if m.get("IsSender") is not True:
            builder.skip(number, "This message names no sender.")
            return None
        sender = ME
    who = people.name(sender, sender)
    if kind in _ERASED:
        builder.add(who, "", time, "deleted", number)
        return who
    files = m.get("Media IDs")
    attachment = files.split(" | ")[0] if isinstance(files, str) and files else None if kind == "TEXT" else kind.lower()
    builder.add(who, text, time, "text" if text else "media", number, attachment=attachment)
    return who


def _time(m: dict[str, Any] | None) -> int | None:
    """Milliseconds. The finer stamp is named after microseconds, and holds milliseconds."""
    stamp = m.get("Created(microseconds)") if m else None
    if isinstance(stamp, int) and 0 < stamp < 1 << 54:
        return stamp // 1000 if stamp > 1 << 45 else stamp
    try:
        written = str(m.get("Created") if m else "").removesuffix(" UTC")
        return epoch_ms(datetime.fromisoformat(written).replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
