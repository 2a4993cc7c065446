"""Google Chat, from Google Takeout: messages.json of each conversation (docs/sources/google_chat.md)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.months import moment
from nearer.sources.people import People, pick
from nearer.sources.records import buffer, lists, whole

NAME = "google_chat"
TITLE = "Google Chat"

_FILE = re.compile(r"(?:^|/)Groups/([^/]+)/messages\.json$|^(?:([^/]+)/)?messages\.json$")


def sniff(head: Head) -> float:
    """Google's own field names, or the folder Groups."""
    if any(re.search(r"Google Chat/Groups/[^/]+/messages\.json$", n) for n in head.names):
        return 0.97
    text = head.text
    keys = re.search(r'"creator"\s*:\s*\{', text) and re.search(r'"created_date"\s*:', text)
    return 0.95 if keys and '"messages"' in text else 0.0


def chats(source: Input) -> list[Chat]:
    """Every group, space and direct conversation."""
    found = []
    for folder, member in _members(source).items():
        count = sum(sum(1 for _ in r) for r in lists(buffer(source, member), "messages", source.path.name))
        found.append(Chat(folder, _title(source, member) or folder, count))
    return [c for c in found if c.messages]


def parse(source: Input, options: Options) -> Conversation:
    """Read one conversation. Raises NearerError where none is clearly meant."""
    members = _members(source)
    if not members:
        raise NearerError(f"{source.path.name} holds no messages of Google Chat.")
    folder = (
        next(iter(members))
        if len(members) == 1 and not options.chat
        else pick(chats(source), options, source.path.name).id
    )
    member = members[folder]
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    people = People()
    places: dict[str, int] = {}
    unread = 0
    for records in lists(buffer(source, member), "messages", source.path.name):
        for number, m in enumerate(records, 1):
            creator = m.get("creator") if m else None
            if m is None or not isinstance(creator, dict):
                builder.skip(number, "This message is damaged or names no sender.")
                continue
            time = _time(m.get("created_date"))
            unread += time is None
            _add(builder, m, creator, time, number, people, places)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this chat.")
    if unread:
        builder.note(f"{unread} messages have a time in a form that could not be read; their words were kept.")
    me = people.known(_owner(source))
    return builder.build(me=me if me in builder.speakers else None, title=_title(source, member) or folder)


def _add(
    builder: ConversationBuilder,
    m: dict[str, Any],
    creator: dict[str, Any],
    time: int | None,
    number: int,
    people: People,
    places: dict[str, int],
) -> None:
    identity = creator.get("email") or creator.get("name")
    who = people.name(str(identity or ""), creator.get("name") or identity)
    text = m.get("text")
    text = text if isinstance(text, str) else ""
    state = str(m.get("message_state", ""))
    deleted = state == "DELETED" or "deletion_metadata" in m or m.get("deleted_date") is not None
    files = m.get("attached_files")
    names = (
        [f.get("original_name") or f.get("export_name") for f in files if isinstance(f, dict)]
        if isinstance(files, list)
        else []
    )
    kind: MessageKind = "deleted" if deleted and not text else "text" if text else "media"
    quoted = m.get("quoted_message_metadata")
    answered = _key(m, quoted) if isinstance(quoted, dict) else ""
    key = str(m.get("message_id") or "")
    place = builder.add(
        who, text, time, kind, number, id=key or None, edited="updated_date" in m,
        attachment=next((str(n) for n in names if n), None), reply_to=places.get(answered),
        reactions=_reactions(m, people),
    )  # fmt: skip
    if key:
        places[key] = place


def _key(m: dict[str, Any], quoted: dict[str, Any]) -> str:
    return str(quoted.get("message_id") or quoted.get("quoted_message_id") or "")


def _reactions(m: dict[str, Any], people: People) -> tuple[Reaction, ...]:
    found = []
    for reaction in m.get("reactions") or () if isinstance(m.get("reactions"), list) else ():
        if not isinstance(reaction, dict):
            continue
        emoji = reaction.get("emoji")
        symbol = str(emoji.get("unicode") or "") if isinstance(emoji, dict) else str(emoji or "")
        givers = reaction.get("reactor_emails")
        for giver in givers if isinstance(givers, list) else ():
            found.append(Reaction(people.known(str(giver)) or str(giver), symbol))
    return tuple(found)


def _members(source: Input) -> dict[str, str | None]:
    if not source.names:
        return {source.path.stem: None}
    matches = ((n, _FILE.search(n)) for n in source.names)
    return {(m[1] or m[2] or source.path.stem): n for n, m in matches if m}


def _title(source: Input, member: str | None) -> str | None:
    """The name of a space, or who is in a direct conversation."""
    name = f"{member.rpartition('/')[0]}/group_info.json".lstrip("/") if member else ""
    if name not in source.names:
        return None
    info = whole(buffer(source, name), name)
    if not isinstance(info, dict):
        return None
    people = info.get("members")
    names = (
        [str(p.get("name")) for p in people if isinstance(p, dict) and p.get("name")]
        if isinstance(people, list)
        else []
    )
    return str(info["name"]) if info.get("name") and info["name"] != "Group Chat" else ", ".join(names) or None


def _owner(source: Input) -> str | None:
    """The address of whoever asked Google for the data."""
    name = next((n for n in source.names if re.search(r"(?:^|/)Users/[^/]+/user_info\.json$", n)), None)
    info = whole(buffer(source, name), name) if name else None
    user = info.get("user") if isinstance(info, dict) else None
    return str(user.get("email")) if isinstance(user, dict) and user.get("email") else None


def _time(value: Any) -> int | None:
    """Milliseconds of "Tuesday, January 30, 2024 at 5:05:01 PM UTC", in the languages whose months are known."""
    if not isinstance(value, str):
        return None
    found = moment(value)
    try:
        return found if found is not None else epoch_ms(datetime.fromisoformat(value))
    except (ValueError, OverflowError):
        return None
