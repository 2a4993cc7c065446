"""Telegram Desktop's JSON export, of one chat or of the whole account (docs/sources/telegram.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.people import People, pick
from nearer.sources.pieces import dicts
from nearer.sources.records import Buffer, Records, buffer, lists

NAME = "telegram"
TITLE = "Telegram"

_FILES = (
    "photo",
    "file",
    "contact_information",
    "location_information",
    "poll",
    "game_title",
    "live_location_period_seconds",
    "place_name",
    "invoice_information",
    "giveaway_information",
    "todo_list",
    "paid_stars_amount",
)
_CONTROL = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([01][0-9A-F])")
_NOT_SAVED = re.compile(r"(?:.* )?\((?:File|Photo) (?:not included|exceeds maximum size|unavailable)")


def sniff(head: Head) -> float:
    """The field names that only Telegram uses."""
    text = head.text
    if '"messages"' not in text and '"chats"' not in text:
        return 0.0
    if re.search(r'"(?:date_unixtime|text_entities)"\s*:', text):
        return 0.97
    typed = re.search(
        r'"type"\s*:\s*"(?:message|service|(?:personal|private|public)_\w+|saved_messages|bot_chat)"', text
    )
    return 0.9 if typed and re.search(r'"(?:from|from_id|actor|text|list|id)"\s*:', text) else 0.0


def chats(source: Input) -> list[Chat]:
    """Every chat of an account, or the one chat of the file."""
    return [_chat(r, i) for i, r in enumerate(_lists(source)[1])]


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where several are in the file and none is chosen."""
    data, found = _lists(source)
    listed = [_chat(r, i) for i, r in enumerate(found)]
    chosen = listed.index(pick(listed, options, source.path.name))
    records = found[chosen]
    people = People()
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    _read(records, builder, people)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this chat.")
    me = _known_owner(data, people)
    if me is None and records.about.get("type") == "personal_chat":
        other = str(records.about.get("name") or "")
        rest = [p for p in builder.speakers if p != other]
        me = rest[0] if other in builder.speakers and len(rest) == 1 else None
    title = records.about.get("name")
    return builder.build(me=me if me in builder.speakers else None, title=str(title) if title else None)


def _lists(source: Input) -> tuple[Buffer, list[Records]]:
    """The beginning of the account, and its chats; of every export where a folder holds several, each chat once."""
    members: list[str | None] = [n for n in source.names if n.rsplit("/", 1)[-1] == "result.json"]
    if source.names and not members:
        raise NearerError(
            f"{source.path.name} holds no result.json; export from Telegram again, as machine-readable JSON."
        )
    files = [_valid(buffer(source, m)) for m in members or [None]]
    found: dict[tuple[str, str], Records] = {}
    for data in files:
        for records in lists(data, "messages", source.path.name):
            key = str(records.about.get("type")), str(records.about.get("id", f"without, {len(found)}"))
            if key not in found or records.count > found[key].count:
                found[key] = records
    return files[0], list(found.values())


def _valid(data: Buffer) -> Buffer:
    """Telegram writes a control character in a text as \\x0B, which is no JSON."""
    if data.find(b"\\x") < 0:
        return data
    return _CONTROL.sub(rb"\1\\u00\2", data)


def _chat(records: Records, number: int) -> Chat:
    about = records.about
    title = about.get("name") or ("Saved messages" if about.get("type") == "saved_messages" else f"Chat {number + 1}")
    return Chat(str(about.get("id", number + 1)), str(title), records.count)


def _known_owner(data: Buffer, people: People) -> str | None:
    """Who made the export of the account; people have bare numbers in old ones."""
    match = re.search(rb'"personal_information"\s*:\s*\{\s*"user_id"\s*:\s*(\d+)', data[: 1 << 20])
    return (people.known(f"user{match[1].decode()}") or people.known(int(match[1]))) if match else None


def _read(records: Records, builder: ConversationBuilder, people: People) -> None:
    places: dict[Any, int] = {}
    zoned = True
    for number, m in enumerate(records, 1):
        if m is None:
            builder.skip(number, "This message is damaged or cut off.")
            continue
        time, known_zone = _time(m)
        zoned = zoned and known_zone
        text = m.get("text", "")
        words = text if type(text) is str else _joined(text)
        if m.get("type", "message") != "message":
            builder.notice(_service(m, words), time, number)
            continue
        label = m.get("from")
        identity = m.get("from_id", label)
        if isinstance(identity, dict | list):
            builder.skip(number, "The sender of this message cannot be read.")
            continue
        rare: dict[str, Any] = {}
        kind: MessageKind = "text"
        attachment = _attachment(m) if len(m) > 8 or not words else None
        if attachment:
            rare["attachment"] = attachment
        if not words and isinstance(m.get("poll"), dict):
            question = m["poll"].get("question")
            words = question if isinstance(question, str) else _joined(question)
        if not words:
            kind = "media"
        if "reactions" in m:
            rare["reactions"] = _reactions(m["reactions"], people)
        if "reply_to_message_id" in m and "reply_to_peer_id" not in m:
            target = m["reply_to_message_id"]
            rare["reply_to"] = places.get(target) if isinstance(target, int | str) else None
        key = m.get("id")
        place = builder.add(
            people.name(identity, label or ("Deleted account" if identity is not None else None)),
            words, time, kind, number, id=str(key) if key is not None else None, edited=_edited(m),
            forwarded="forwarded_from" in m or "saved_from" in m, **rare,
        )  # fmt: skip
        if isinstance(key, int | str):
            places[key] = place
    if not zoned:
        builder.zoned = False
        builder.note("Times are those of the phone or computer that made the export.")


def _edited(m: dict[str, Any]) -> bool:
    """Old exports give 1970 to what was never edited; in new ones a reaction alone counts as an edit of that moment."""
    if "edited" not in m or str(m["edited"]).startswith("1970-01-0"):
        return False
    return all(giver.get("date") != m["edited"] for _, giver in _givers(m.get("reactions")))


def _joined(text: Any) -> str:
    """Words of a text that is a list of plain and marked pieces; nothing stands between the pieces."""
    if not isinstance(text, list):
        return ""
    pieces = (p if isinstance(p, str) else p.get("text") if isinstance(p, dict) else None for p in text)
    return "".join(p for p in pieces if isinstance(p, str))


def _time(m: dict[str, Any]) -> tuple[int | None, bool]:
    """Milliseconds, and whether they are UTC."""
    stamp = m.get("date_unixtime")
    if stamp is not None:
        try:
            return _sane(int(stamp) * 1000), True
        except (TypeError, ValueError, OverflowError):
            pass
    written = m.get("date")
    if isinstance(written, str):
        try:
            return epoch_ms(datetime.fromisoformat(written)), False
        except (ValueError, OverflowError):
            return None, True
    return None, True


def _sane(ms: int) -> int | None:
    return ms if 0 < ms < 1 << 45 else None


def _attachment(m: dict[str, Any]) -> str | None:
    for field in _FILES:
        value = m.get(field)
        if value is not None:
            kept = isinstance(value, str) and not _NOT_SAVED.match(value)
            media = m.get("media_type")
            return value if kept else str(m.get("file_name") or (media if isinstance(media, str) else field))
    media = m.get("media_type")
    return media if isinstance(media, str) else None


def _service(m: dict[str, Any], words: str) -> str:
    actor, action = m.get("actor"), m.get("action")
    parts = [
        str(p)
        for p in (actor, str(action or "service message").replace("_", " "), m.get("title"), m.get("information_text"))
        if p
    ]
    return " ".join(parts) + (f": {words}" if words else "")


def _reactions(value: Any, people: People) -> tuple[Reaction, ...]:
    """Reactions whose giver is named; Telegram names only the most recent ones."""
    found = []
    for reaction, giver in _givers(value):
        # A picture of somebody's own has only the path of its file, which says nothing.
        emoji = str(reaction.get("emoji") or reaction.get("type") or "")
        identity = giver.get("from_id", giver.get("from"))
        if isinstance(identity, str | int):
            found.append(Reaction(people.known(identity) or str(giver.get("from") or identity), emoji))
    return tuple(found)


def _givers(value: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each reaction with each who gave it."""
    for reaction in dicts(value):
        for giver in dicts(reaction.get("recent")):
            yield reaction, giver
