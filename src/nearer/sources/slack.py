"""A Slack workspace export: a zip or folder with a folder a channel and a file a day (docs/sources/slack.md)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.people import People, pick
from nearer.sources.records import buffer, whole

NAME = "slack"
TITLE = "Slack"

_DAY = re.compile(r"(?:^|/)([^/]+)/\d{4}-\d{2}-\d{2}\.json$")
_BARE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_STAMPED = re.compile(r'"ts"\s*:\s*"\d+\.\d{6}"')
_SPEECH = {None, "thread_broadcast", "file_share", "me_message", "bot_message", "reply_broadcast"}
_LINK = re.compile(r"<([@#!]?)([^<>|\s][^<>|]*)(?:\|([^<>]*))?>")
_SLACKBOT = "USLACKBOT"
"""In whose name Slack says that a message was deleted, without saying whose it was."""
_LISTS = {"channels.json": "", "groups.json": "", "dms.json": "", "mpims.json": ""}


def sniff(head: Head) -> float:
    """Folders of days, beside a list of users; or the days of one channel."""
    days = sum(1 for n in head.names if _DAY.search(n))
    if days and any(n.rsplit("/", 1)[-1] == "users.json" for n in head.names):
        return 0.98
    if days:
        return 0.7
    bare = not head.names or any(_BARE_DAY.fullmatch(n) for n in head.names)
    return 0.9 if bare and _STAMPED.search(head.text) and '"type"' in head.text else 0.0


def chats(source: Input) -> list[Chat]:
    """Every channel and direct conversation with messages."""
    names = _people(source)
    titles = _titles(source, names)
    found = []
    for folder, members in _folders(source).items():
        count = sum(len(_day(source, m)) for m in members)
        if count:
            found.append(Chat(folder, titles.get(folder, folder), count))
    return found


def parse(source: Input, options: Options) -> Conversation:
    """Read one channel, all days in order. Raises NearerError where none is clearly meant."""
    folders = _folders(source)
    if not folders:
        raise NearerError(f"{source.path.name} holds no messages of Slack.")
    users = _people(source)
    chosen = (
        next(iter(folders))
        if len(folders) == 1 and not options.chat
        else pick(chats(source), options, source.path.name).id
    )
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    rows: list[tuple[Decimal, int, dict[str, Any]]] = []
    number = 0
    for member in folders[chosen]:
        for m in _day(source, member):
            number += 1
            stamp = _stamp(m.get("ts")) if isinstance(m, dict) else None
            if stamp is None:
                builder.skip(number, "This entry has no time.")
            else:
                rows.append((stamp, number, m))
    rows.sort(key=lambda r: (r[0], r[1]))
    people = People()
    places: dict[str, int] = {}
    for stamp, line, m in rows:
        _add(builder, m, int(stamp * 1000), line, people, users, places)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this channel.")
    return builder.build(title=_titles(source, users).get(chosen, chosen))


def _folders(source: Input) -> dict[str, list[str | None]]:
    if not source.names:
        return {source.path.stem: [None]}
    found: dict[str, list[str | None]] = {}
    for name in source.names:
        match = _DAY.search(name)
        if match and not name.startswith("__MACOSX"):
            found.setdefault(match[1], []).append(name)
    days: list[str | None] = [n for n in source.names if _BARE_DAY.fullmatch(n)]
    if days and not found:
        found[source.path.stem] = days
    return {folder: sorted(members, key=str) for folder, members in found.items()}


def _day(source: Input, member: str | None) -> list[Any]:
    value = whole(buffer(source, member), member or source.path.name)
    if isinstance(value, dict):
        value = value.get("messages")
    return value if isinstance(value, list) else []


def _list(source: Input, file: str) -> list[dict[str, Any]]:
    name = next((n for n in source.names if n.rsplit("/", 1)[-1] == file), None)
    value = whole(buffer(source, name), file) if name else []
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _people(source: Input) -> dict[str, str]:
    """Names of people, and of channels, by their ids."""
    channels = {str(c["id"]): str(c["name"]) for c in _list(source, "channels.json") if c.get("id") and c.get("name")}
    people = {str(u["id"]): _user_name(u) for u in _list(source, "users.json") if u.get("id")}
    return {_SLACKBOT: "Slackbot", **channels, **people}


def _user_name(user: dict[str, Any]) -> str:
    profile = user.get("profile")
    profile = profile if isinstance(profile, dict) else user
    names = (
        profile.get("display_name"),
        profile.get("real_name"),
        user.get("real_name"),
        user.get("name"),
        user.get("id"),
    )
    return next((str(n) for n in names if n), "Unknown")


def _titles(source: Input, users: dict[str, str]) -> dict[str, str]:
    """Folder -> title. Direct conversations are named by who is in them."""
    found = {}
    for file in _LISTS:
        for channel in _list(source, file):
            members = channel.get("members")
            who = ", ".join(users.get(str(m), str(m)) for m in members) if isinstance(members, list) else ""
            name, identity = str(channel.get("name") or ""), str(channel.get("id") or "")
            if file == "dms.json":
                found[identity] = who or identity
            elif name:
                found[name] = who if file == "mpims.json" and who else f"#{name}"
    return found


def _stamp(value: Any) -> Decimal | None:
    try:
        stamp = Decimal(str(value))
    except InvalidOperation:
        return None
    return stamp if stamp.is_finite() and 0 < stamp < 1 << 34 else None


def _add(
    builder: ConversationBuilder, m: dict[str, Any], time: int, line: int, people: People, users: dict[str, str],
    places: dict[str, int],
) -> None:  # fmt: skip
    text = m.get("text")
    said = _plain(text, users) if isinstance(text, str) else ""
    identity = m.get("user") or m.get("bot_id") or m.get("username")
    subtype = m.get("subtype")
    if m.get("type", "message") != "message" or (subtype is not None and subtype not in _SPEECH):
        if subtype == "tombstone" and identity != _SLACKBOT:
            builder.add(people.name(str(identity), users.get(str(identity))), "", time, "deleted", line)
        else:
            builder.notice(said or str(subtype or m.get("type")), time, line)
        return
    if not identity:
        builder.skip(line, "This message names no sender.")
        return
    profile = m.get("user_profile") or m.get("bot_profile")
    label = users.get(str(identity)) or (_user_name(profile) if isinstance(profile, dict) else m.get("username"))
    who = people.name(str(identity), label or identity)
    files = [f for f in m.get("files") or [m.get("file")] if isinstance(f, dict)] if "files" in m or "file" in m else []
    if subtype == "file_share" and re.match(r"<@\w+(?:\|[^>]*)?> uploaded a file", str(text)):
        said = ""
    kind: MessageKind = "text" if said else "media"
    ts, thread = str(m.get("ts")), str(m.get("thread_ts") or "")
    places[ts] = builder.add(
        who, said, time, kind, line, id=ts, edited=bool(m.get("edited")),
        attachment=next((str(f.get("name") or f.get("title") or "file") for f in files), None),
        reply_to=places.get(thread) if thread != ts else None, reactions=tuple(_reactions(m, people, users)),
    )  # fmt: skip


def _reactions(m: dict[str, Any], people: People, users: dict[str, str]) -> Iterator[Reaction]:
    for reaction in m.get("reactions") or () if isinstance(m.get("reactions"), list) else ():
        if isinstance(reaction, dict) and isinstance(reaction.get("users"), list):
            for user in reaction["users"]:
                name = people.known(str(user)) or users.get(str(user), str(user))
                yield Reaction(name, f":{reaction.get('name')}:")


def _plain(text: str, users: dict[str, str]) -> str:
    """Slack's marks as people see them: @name, #channel, the words of a link."""

    def shown(match: re.Match[str]) -> str:
        mark, target, label = match.groups()
        if mark == "@":
            return f"@{users.get(target) or label or target}"
        if mark == "#":
            return f"#{label or users.get(target) or target}"
        if mark == "!":
            return label or f"@{target.split('^')[0]}"
        return label or target

    return html.unescape(_LINK.sub(shown, text)).strip()
