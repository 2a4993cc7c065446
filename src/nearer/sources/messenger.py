"""Messages of Facebook and Instagram, from "Download your information" and from Messenger's own encrypted-chat export
(docs/sources/messenger.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.messenger_words import STAND_IN, SYSTEM, may_be_own, told_of
from nearer.sources.people import pick
from nearer.sources.records import buffer, lists

NAME = "messenger"
TITLE = "Facebook Messenger and Instagram"

_PART = re.compile(r"(?:^|/)message_\d+\.json$")
_ENCRYPTED = re.compile(r"(?:^|/)[^/]+_\d+\.json$")
_MEDIA = ("photos", "videos", "audio_files", "files", "gifs", "sticker", "share", "media")
_RARE = frozenset((*_MEDIA, "type", "call_duration", "is_unsent", "isUnsent", "reactions"))
"""A message with none of these is words and nothing else, as nearly all are."""
_PEOPLE = re.compile(rb'"participants"\s*:\s*\[([^\]]*)\]')
_LOOKED_AT, _HEAD = 12, 1 << 16
"""How many chats, and how much of each, are looked at to find out whose export it is."""
_NO_SENDER = "Deleted account"
_SYSTEM_TYPES = {"call", "subscribe", "unsubscribe"}


def sniff(head: Head) -> float:
    """Folders of message_1.json, or the field names of either kind."""
    if any(_PART.search(n) for n in head.names):
        return 0.95
    text = head.text
    if re.search(r'"sender_name"\s*:', text) and re.search(r'"timestamp_ms"\s*:', text):
        return 0.96
    if '"messages"' in text and re.search(r'"(?:senderName|threadName)"\s*:', text):
        return 0.96
    return 0.9 if '"participants"' in text and '"magic_words"' in text else 0.0


def chats(source: Input) -> list[Chat]:
    """Every thread of the export, by its folder."""
    found = []
    for folder, members in _threads(source).items():
        title, count = folder, 0
        for member in members:
            for records in lists(buffer(source, member), "messages", source.path.name):
                count += max(records.count, 0)
                title = _title(records.about) or title
        if count:
            found.append(Chat(folder, title.rsplit("/", 1)[-1], count))
    return found


def parse(source: Input, options: Options) -> Conversation:
    """Read one thread, all of its parts, oldest message first. Raises NearerError where none is clearly meant."""
    threads = _threads(source)
    if not threads:
        raise NearerError(
            f"{source.path.name} holds no messages in JSON; ask Facebook or Instagram for JSON, not HTML."
        )
    folder = (
        next(iter(threads))
        if len(threads) == 1 and not options.chat
        else pick(chats(source), options, source.path.name).id
    )
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    rows: list[tuple[int, int, int, dict[str, Any]]] = []
    title: str | None = None
    participants: set[str] = set()
    number = 0
    newest_first = True
    for part, member in enumerate(sorted(threads[folder], key=_part_number)):
        for records in lists(buffer(source, member), "messages", source.path.name):
            title = _title(records.about) or title
            newest_first = "threadName" not in records.about
            participants |= {
                _mend(p.get("name") if isinstance(p, dict) else p) for p in _list(records.about, "participants")
            }
            for m in records:
                number += 1
                if m is None:
                    builder.skip(number, "This message is damaged or cut off.")
                    continue
                stamp = m.get("timestamp_ms", m.get("timestamp"))
                if not isinstance(stamp, int | float) or not 0 < stamp < 1 << 45:
                    builder.skip(number, "This message has no time.")
                    continue
                rows.append((int(stamp), -part if newest_first else part, -number if newest_first else number, m))
    rows.sort(key=lambda r: r[:3])
    senders = {_mend(m.get("sender_name", m.get("senderName"))) for *_, m in rows}
    first_names = {n.split(" ", 1)[0] for n in senders | participants if n}
    for stamp, _, place, m in rows:
        add_message(builder, m, stamp, abs(place), first_names)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this chat.")
    if (
        _part_number(source.path.name)
        and source.path.is_file()
        and len(list(source.path.parent.glob("message_*.json"))) > 1
    ):
        builder.note("Other parts of this chat lie in the same folder; name the folder to read all of them.")
    others = [p for p in participants if p != title]
    me = others[0] if title in participants and len(others) == 1 else _owner(source, threads)
    me = me if me in builder.speakers else None
    return builder.build(me=me, title=title)


def _threads(source: Input) -> dict[str, list[str | None]]:
    """Thread folder -> its parts. A chat saved by Messenger itself is one file, and its own thread."""
    if not source.names:
        return {source.path.stem: [None]}
    found: dict[str, list[str | None]] = {}
    for name in source.names:
        if name.startswith("__MACOSX"):
            continue
        if _PART.search(name):
            folder = name.rpartition("/")[0]
            found.setdefault(re.sub(r"^.*?messages/", "", folder) or source.path.stem, []).append(name)
        elif _ENCRYPTED.search(name) and not any(_PART.search(n) for n in source.names):
            found[name.rsplit("/", 1)[-1].removesuffix(".json")] = [name]
    return found


def _owner(source: Input, threads: dict[str, list[str | None]]) -> str | None:
    """Whoever is in every chat of the export; None where that is not one person."""
    shared: set[str] | None = None
    for members in list(threads.values())[:_LOOKED_AT] if len(threads) > 1 else []:
        found = _PEOPLE.search(bytes(buffer(source, members[0])[:_HEAD]))
        names = {_mend(n) for n in _strings(found[1])} if found else set()
        shared = names if shared is None else shared & names
    return next(iter(shared)) if shared is not None and len(shared) == 1 else None


def _strings(data: bytes) -> list[str]:
    import orjson

    try:
        return [str(orjson.loads(s)) for s in re.findall(rb'"name"\s*:\s*("(?:[^"\\]|\\.)*")', data)]
    except orjson.JSONDecodeError:
        return []


def _part_number(member: str | None) -> int:
    match = re.search(r"message_(\d+)\.json$", member or "")
    return int(match[1]) if match else 0


def _list(about: dict[str, Any], key: str) -> list[Any]:
    value = about.get(key)
    return value if isinstance(value, list) else []


def _title(about: dict[str, Any]) -> str | None:
    """The thread's title; where it stands after the messages, the first other participant stands in for it."""
    title = about.get("title") or about.get("threadName")
    if not title:
        names = [_mend(p.get("name") if isinstance(p, dict) else p) for p in _list(about, "participants")]
        return ", ".join(names[:-1]) or None
    return re.sub(r"_\d+$", "", _mend(title)) if "threadName" in about else _mend(title)


def _mend(text: Any) -> str:
    """Facebook writes each byte of UTF-8 as a character of its own; text that is in order already stays as it is."""
    if not isinstance(text, str):
        return ""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def add_message(builder: ConversationBuilder, m: dict[str, Any], time: int | None, line: int, names: set[str]) -> None:
    """Add one message of the export; `names` are the first names of those who write."""
    sender = _mend(m.get("sender_name", m.get("senderName"))).strip() or _NO_SENDER
    text = _mend(m.get("content", m.get("text")))
    own = text != "" and len(text) < 200 and may_be_own(text, names)
    told = told_of(text, sender) if own else ""
    stands_in = STAND_IN.match(told) is not None
    notice = not stands_in and SYSTEM.match(told) is not None
    if text and _RARE.isdisjoint(m) and not stands_in and not notice:
        builder.add(sender, text, time, "text", line)
        return
    if notice or "call_duration" in m or str(m.get("type", "")).lower() in _SYSTEM_TYPES:
        builder.notice(text or "call", time, line)
        return
    if m.get("is_unsent") or m.get("isUnsent"):
        builder.add(sender, "", time, "deleted", line)
        return
    attachment = next(_attachments(m), None)
    if stands_in:
        text = ""
    kind: MessageKind = "text" if text else "media"
    reactions = tuple(
        Reaction(_mend(r.get("actor")) or _NO_SENDER, _mend(r.get("reaction")))
        for r in _list(m, "reactions")
        if isinstance(r, dict)
    )
    if not text and not attachment and not reactions and "media" not in m:
        # A message that was removed, or never finished: a turn without words.
        builder.add(sender, "", time, "deleted" if "is_geoblocked_for_viewer" in m and not stands_in else "media", line)
        return
    builder.add(sender, text, time, kind, line, attachment=attachment, reactions=reactions)


def _attachments(m: dict[str, Any]) -> Iterator[str]:
    for field in _MEDIA:
        value = m.get(field)
        for item in value if isinstance(value, list) else [value] if isinstance(value, dict) else []:
            if isinstance(item, dict):
                yield _mend(item.get("uri") or item.get("link") or item.get("share_text")) or field
