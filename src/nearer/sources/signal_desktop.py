"""Signal Desktop's own records, as sigtop writes them (`sigtop export-messages -f json`; docs/sources/signal.md).

One message a line inside a list. The records name people only by numbers; the file is named after the other person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction
from nearer.errors import NearerError
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.people import People, pick
from nearer.sources.pieces import dicts
from nearer.sources.records import Record, buffer, whole
from nearer.sources.signal import MENTION

NAME = "signal_desktop"
TITLE = "Signal Desktop, by sigtop"

_SPEECH = ("incoming", "outgoing")
_NO_WORDS = 1 | 2
"""The flags of a message that only begins a session anew, or sets how long messages stay."""


def sniff(head: Head) -> float:
    """The field names of Signal Desktop."""
    keys = all(re.search(rf'"{k}"\s*:', head.text) for k in ("conversationId", "sent_at", "type"))
    return 0.97 if keys and head.text.lstrip("\ufeff \r\n\t").startswith("[") else 0.0


def chats(source: Input) -> list[Chat]:
    """One chat a file."""
    return [Chat(name, _title(name), -1) for name in _members(source)]


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where it holds no messages, or several are there and none is chosen."""
    members = _members(source)
    chosen = pick(chats(source), options, source.path.name)
    rows = list(_rows(source, members[chosen.id]))
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    people = People()
    people.name(ME, ME)
    senders = {_source(r) for r in rows if r and r.get("type") == "incoming"}
    if len(senders) == 1:
        people.name(next(iter(senders)), chosen.title)
    other = chosen.title if len(senders) == 1 else None
    places: dict[int, int] = {}
    for number, row in enumerate(rows, 1):
        if row is None:
            builder.skip(number, "This line is not a message of Signal.")
        else:
            _add(builder, row, number, people, other, places)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of Signal.")
    return builder.build(me=ME if ME in builder.speakers else None, title=chosen.title)


def _members(source: Input) -> dict[str, str | None]:
    if not source.names:
        return {source.path.name: None}
    return {n: n for n in source.names if n.lower().endswith(".json")}


def _title(name: str) -> str:
    """ "Ben (+15550100100).json" is Ben."""
    stem = name.rsplit("/", 1)[-1].removesuffix(".json")
    return re.sub(r"\s\((?:\+?\d[\d ]*|[0-9a-f-]{8,})\)$", "", stem) or stem


def _rows(source: Input, member: str | None) -> Iterator[Record]:
    import orjson

    data = buffer(source, member)
    lines = [x.strip().rstrip(b",") for x in bytes(data).split(b"\n")]
    lines = [x for x in lines if x not in (b"", b"[", b"]")]
    if lines and lines[0].startswith(b"{") and lines[0].endswith(b"}"):
        for line in lines:
            try:
                row = orjson.loads(line)
            except orjson.JSONDecodeError:
                row = None
            yield row if isinstance(row, dict) else None
        return
    value = whole(data, source.path.name)
    for row in value if isinstance(value, list) else []:
        yield row if isinstance(row, dict) else None


def _source(row: dict[str, Any]) -> str:
    return str(row.get("sourceServiceId") or row.get("sourceUuid") or row.get("source") or "Unknown")


def _add(
    builder: ConversationBuilder,
    row: dict[str, Any],
    number: int,
    people: People,
    other: str | None,
    places: dict[int, int],
) -> None:
    stamp = row.get("sent_at") or row.get("timestamp")
    time = stamp if type(stamp) is int and 0 < stamp < 1 << 45 else None
    body = row.get("body")
    text = _named(body.strip(), row, people) if isinstance(body, str) else ""
    kind_of = row.get("type")
    flags = row.get("flags")
    if kind_of not in _SPEECH or (isinstance(flags, int) and flags & _NO_WORDS):
        builder.notice(str(kind_of or "notice").replace("-", " "), time, number)
        return
    who = ME if kind_of == "outgoing" else people.name(_source(row), row.get("source") or _source(row))
    # What may be seen once is erased when it has been seen.
    deleted = bool(row.get("deletedForEveryone") or (row.get("isErased") and not row.get("isViewOnce")))
    files = [a.get("fileName") or a.get("contentType") for a in dicts(row.get("attachments"))]
    sticker = "sticker" if row.get("sticker") else None
    kind: MessageKind = "deleted" if deleted else "text" if text else "media"
    quoted = row.get("quote")
    answered = quoted.get("id") if isinstance(quoted, dict) else None
    place = builder.add(
        who, "" if deleted else text, time, kind, number, edited=bool(row.get("editHistory")),
        attachment=next((str(f) for f in files if f), sticker), reply_to=places.get(answered) if type(answered) is int else None,
        reactions=tuple(_reactions(row, other)), id=row["id"] if isinstance(row.get("id"), str) else None,
    )  # fmt: skip
    if time is not None:
        places[time] = place


def _named(text: str, row: dict[str, Any], people: People) -> str:
    """The text with the names of those whom it mentions, as far as they are known."""
    if MENTION not in text:
        return text
    for mention in dicts(row.get("bodyRanges")):
        who = mention.get("mentionAci") or mention.get("mentionUuid")
        if isinstance(who, str):
            text = text.replace(MENTION, f"@{mention.get('replacementText') or people.known(who) or ''}", 1)
    return text.replace(MENTION, "@")


def _reactions(row: dict[str, Any], other: str | None) -> Iterator[Reaction]:
    """In a chat of two it is clear who reacts; in a group the records do not name them."""
    for reaction in dicts(row.get("reactions")):
        if reaction.get("emoji"):
            mine = reaction.get("fromId") != row.get("conversationId")
            yield Reaction("Unknown" if other is None else ME if mine else other, str(reaction["emoji"]))
