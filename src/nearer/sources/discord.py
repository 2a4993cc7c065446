"""Discord, as DiscordChatExporter writes it: JSON or CSV (docs/sources/discord.md)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.discord_stamps import Stamps
from nearer.sources.people import People, pick
from nearer.sources.records import buffer, lists
from nearer.sources.text import decode

NAME = "discord"
TITLE = "Discord"

_SPEECH = {"Default", "Reply"}
_CSV_HEAD = re.compile(r'^"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?,"?Attachments"?,"?Reactions"?', re.I)
_PART = re.compile(r"(.+?)(?: \[part (\d+)\])?\.\w+$")
NOTICE = re.compile(
    r"^(?:Joined the server\.|Pinned a message\.|Started a (?:call that lasted [\d,.]+ minutes|thread)\.|(?:Added|Removed) a recipient\.|Added .{1,60} to the group\."
    r"|Removed .{1,60} from the group\.|Left the group\.|Changed the channel (?:name|icon)\b.*)$"
)


def sniff(head: Head) -> float:
    """The guild and the channel at the beginning, or the header of the table."""
    text = head.text.lstrip("\ufeff \r\n\t")
    if text.startswith("{") and re.match(r'\{\s*"guild"\s*:\s*\{', text) and '"channel"' in text:
        return 0.98
    return 0.97 if _CSV_HEAD.match(text) else 0.0


def chats(source: Input) -> list[Chat]:
    """The channels of a folder or zip, a file each."""
    return _listed(_channels(source))


def members(source: Input, options: Options) -> list[str | None]:
    """The files of the chosen channel, in order. Raises UsageError where several are there and none is chosen."""
    found = _channels(source)
    return found[pick(_listed(found), options, source.path.name).id]


def _listed(found: Iterable[str]) -> list[Chat]:
    return [Chat(name, name, -1) for name in found]


def _channels(source: Input) -> dict[str, list[str | None]]:
    """Name of a channel -> its file, or the parts that the exporter cut it into, in order."""
    main = source.main_member() if source.names else None
    if main is None:
        return {source.path.stem: [None]}
    folder, kind = main.rpartition("/")[0], main.rpartition(".")[2]
    found: dict[str, list[tuple[int, str]]] = {}
    for name in source.names:
        part = _PART.match(name.rpartition("/")[2])
        if part and name.rpartition("/")[0] == folder and name.endswith(f".{kind}"):
            found.setdefault(part[1], []).append((int(part[2] or 1), name))
    return {channel: [name for _, name in sorted(parts)] for channel, parts in found.items()}


def parse(source: Input, options: Options) -> Conversation:
    """Read one channel. Raises NearerError where it holds no messages, or several are there and none is chosen."""
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    title = None
    people, places = People(), dict[str, int]()
    for member in members(source, options):
        data = buffer(source, member)
        if not bytes(data[:100]).lstrip().startswith(b"{"):
            _read_table(decode(bytes(data), source.path.name), builder, people, options)
            continue
        for records in lists(data, "messages", source.path.name):
            channel = records.about.get("channel")
            title = str(channel["name"]) if isinstance(channel, dict) and channel.get("name") else None
            _read(records, builder, people, places)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of Discord.")
    return builder.build(title=title)


def _read(records: Any, builder: ConversationBuilder, people: People, places: dict[str, int]) -> None:
    for number, m in enumerate(records, 1):
        author = m.get("author") if m else None
        if m is None or not isinstance(author, dict):
            builder.skip(number, "This message is damaged or cut off.")
            continue
        identity = str(m.get("id", number))
        if identity in places:
            builder.skip(number, "This message stands in the file twice.")
            continue
        time = _time(m.get("timestamp"))
        content = m.get("content")
        text = content if isinstance(content, str) else ""
        if m.get("type", "Default") not in _SPEECH:
            builder.notice(text or str(m.get("type")), time, number)
            continue
        name = author.get("nickname") or author.get("name") or "Unknown"
        who = people.name(str(author.get("id", name)), name)
        rare: dict[str, Any] = {}
        if m.get("attachments") or m.get("stickers") or m.get("embeds"):
            rare["attachment"] = _attachment(m)
        if m.get("timestampEdited"):
            rare["edited"] = True
        if isinstance(forwarded := m.get("forwardedMessage"), dict):
            text = text or str(forwarded.get("content") or "")
            rare["forwarded"] = True
            rare.setdefault("attachment", _attachment(forwarded))
        elif isinstance(answered := m.get("reference"), dict):
            rare["reply_to"] = places.get(str(answered.get("messageId")))
        if m.get("reactions"):
            rare["reactions"] = _reactions(m, people)
        places[identity] = builder.add(who, text, time, _kind(text), number, id=identity, **rare)


def _kind(text: str) -> MessageKind:
    return "text" if text else "media"


def _time(value: Any) -> int | None:
    if not isinstance(value, str):
        return None
    try:
        return epoch_ms(datetime.fromisoformat(value))
    except (ValueError, OverflowError):
        return None


def _attachment(m: dict[str, Any]) -> str | None:
    for field, key in (("attachments", "fileName"), ("stickers", "name"), ("embeds", "url")):
        value = m.get(field)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return str(value[0].get(key) or value[0].get("url") or field)
    return None


def _reactions(m: dict[str, Any], people: People) -> tuple[Reaction, ...]:
    """Reactions whose givers the export names."""
    found = []
    for reaction in m["reactions"] if isinstance(m["reactions"], list) else ():
        if not isinstance(reaction, dict):
            continue
        emoji = reaction.get("emoji")
        symbol = str(emoji.get("name") or emoji.get("code") or "") if isinstance(emoji, dict) else str(emoji)
        users = reaction.get("users")
        for user in users if isinstance(users, list) else ():
            if isinstance(user, dict):
                name = str(user.get("nickname") or user.get("name") or "Unknown")
                found.append(Reaction(people.known(str(user.get("id", name))) or name, symbol))
    return tuple(found)


def _read_table(text: str, builder: ConversationBuilder, people: People, options: Options) -> None:
    csv.field_size_limit(1 << 27)
    rows = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text.replace("\0", ""), newline="")), 1):
            rows.append((number, row))
    except csv.Error:
        builder.skip(len(rows) + 1, "The table is damaged from here on.")
    clock = Stamps([row[2] for _, row in rows[1:] if len(row) >= 4], options.dates)
    builder.zoned = clock.zoned
    for note in clock.notes:
        builder.note(note)
    for number, row in rows[1:]:
        if len(row) < 4:
            builder.skip(number, "This row has too few columns.")
            continue
        identity, name, date, content, files = (*row, "")[:5]
        time = clock.read(date)
        if NOTICE.match(content):
            builder.notice(content, time, number)
            continue
        file = files.split(",")[0].split("?")[0].rsplit("/", 1)[-1]
        builder.add(people.name(identity, name), content, time, _kind(content), number, attachment=file or None)
