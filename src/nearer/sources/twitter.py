"""Direct messages in the archive of an account of X, formerly Twitter: direct-messages.js (docs/sources/twitter.md)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.people import People, pick
from nearer.sources.records import Records, buffer, lists

NAME = "twitter"
TITLE = "X (Twitter)"

_FILE = re.compile(r"(?:^|/)direct-messages?(?:-group)?(?:-part\d+)?\.js$")
_START = re.compile(r"\s*window\.YTD\.direct_messages?(?:_group)?\.part\d+\s*=\s*")
_SAID = ("messageCreate", "welcomeMessageCreate")
_EVENTS = {
    "joinConversation": "joined the conversation",
    "participantsJoin": "joined the conversation",
    "participantsLeave": "left the conversation",
    "conversationNameUpdate": "named the conversation",
}
_FACES = {
    "like": "❤️",
    "agree": "👍",
    "disagree": "👎",
    "sad": "😢",
    "funny": "😂",
    "surprised": "😲",
    "hot": "🔥",
    "excited": "🔥",
}
_LINK = re.compile(r"https://t\.co/\w+")


def sniff(head: Head) -> float:
    """The archive's own names."""
    if any(_FILE.search(n) for n in head.names):
        return 0.96
    return 0.98 if _START.match(head.text.lstrip("\ufeff")) else 0.0


def chats(source: Input) -> list[Chat]:
    """Every conversation, by the archive's own id."""
    found = _lists(source)
    owner = _owner(source, found)[0]
    return [_chat(r, owner) for r in found]


def parse(source: Input, options: Options) -> Conversation:
    """Read one conversation. Raises NearerError where several are in the file and none is chosen."""
    found = _lists(source)
    owner, own_name = _owner(source, found)
    listed = [_chat(r, owner) for r in found]
    chosen = pick(listed, options, source.path.name)
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    rows: list[tuple[int, int, str, dict[str, Any]]] = []
    for number, record in enumerate(found[listed.index(chosen)], 1):
        what, m = next(((k, v) for k, v in record.items() if isinstance(v, dict)), ("", None)) if record else ("", None)
        if m is None:
            builder.skip(number, "This message is damaged or cut off.")
        else:
            rows.append((_time(m.get("createdAt")) or 0, -number, what, m))
    rows.sort(key=lambda r: r[:2])  # The archive has the newest first.
    people = People()
    if owner:
        people.name(owner, own_name or ME)
    for time, number, what, m in rows:
        if what in _SAID and isinstance(m.get("senderId"), str):
            _add(builder, people, m, time or None, -number)
        elif what in _EVENTS:
            title = m.get("name")
            builder.notice(_EVENTS[what] + (f" {title}" if isinstance(title, str) else ""), time or None, -number)
        else:
            builder.skip(-number, "This entry names no sender, or is of a kind that nearer does not know.")
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this conversation.")
    if any(p.startswith("User ") for p in builder.speakers):
        builder.note("The archive of X gives the others only by number; you know who User 123 is.")
    me = people.known(owner) if owner else None
    return builder.build(me=me if me in builder.speakers else None, title=chosen.title)


def _add(builder: ConversationBuilder, people: People, m: dict[str, Any], time: int | None, number: int) -> None:
    text = m.get("text")
    text = text if isinstance(text, str) else ""
    files = [u for u in m.get("mediaUrls") or () if isinstance(u, str)] if isinstance(m.get("mediaUrls"), list) else []
    for link in m.get("urls") or () if isinstance(m.get("urls"), list) else ():
        if isinstance(link, dict) and isinstance(link.get("url"), str) and isinstance(link.get("expanded"), str):
            text = text.replace(link["url"], link["expanded"]) if link["url"] else text
    if files:
        text = _LINK.sub("", text).strip()  # The link that stands for the picture.
    reactions = tuple(
        Reaction(_name(people, r["senderId"]), _FACES.get(str(r.get("reactionKey")), str(r.get("reactionKey") or "")))
        for r in (m["reactions"] if isinstance(m.get("reactions"), list) else ())
        if isinstance(r, dict) and isinstance(r.get("senderId"), str)
    )
    builder.add(
        _name(people, m["senderId"]), text, time, "text" if text else "media", number,
        id=str(m["id"]) if m.get("id") else None, attachment=files[0].rsplit("/", 1)[-1] if files else None,
        reactions=reactions, edited=bool(m.get("editHistory")),
    )  # fmt: skip


def _name(people: People, identity: str) -> str:
    return people.known(identity) or people.name(identity, f"User {identity}")


def _lists(source: Input) -> list[Records]:
    members: list[str | None] = [n for n in source.names if _FILE.search(n)]
    if source.names and not members:
        raise NearerError(f"{source.path.name} holds no direct-messages.js, as the archive of X has.")
    found: list[Records] = []
    for member in members or [None]:
        data = buffer(source, member)
        start = re.compile(_START.pattern.encode()).match(data)
        body = data[start.end() :] if start else bytes(data)
        if re.fullmatch(rb"\s*\[\s*\]\s*", body[:64]):
            continue
        found += [r for r in lists(body, "messages", source.path.name) if r.count]
    return found


def _chat(records: Records, owner: str | None) -> Chat:
    """A conversation of two is named after the other; the ids of both are its id."""
    identity = str(records.about.get("conversationId") or "conversation")
    both = identity.split("-")
    others = [p for p in both if p != owner] or both
    return Chat(identity, f"User {others[0]}" if len(both) == 2 and len(others) == 1 else identity, records.count)


def _owner(source: Input, found: list[Records]) -> tuple[str | None, str | None]:
    """Number and name of whoever asked for the archive: as account.js says, or who is in every conversation of two."""
    member = next((n for n in source.names if re.search(r"(?:^|/)account\.js$", n)), None)
    beside = source.path.with_name("account.js")
    data = b""
    if member is not None:
        data = source.read(member)
    elif not source.names and beside.is_file():
        data = beside.read_bytes()[: 1 << 16]
    number, name = (
        re.search(rb'"%b"\s*:\s*"((?:[^"\\]|\\.)*)"' % key, data) for key in (b"accountId", b"accountDisplayName")
    )
    if number:
        return number[1].decode("utf-8", "replace"), _string(name[1]) if name else None
    numbers = (str(r.about.get("conversationId") or "") for r in found)
    pairs = [set(n.split("-")) for n in numbers if "-" in n]
    shared = set.intersection(*pairs) if len(pairs) > 1 else set()
    return (next(iter(shared)), None) if len(shared) == 1 else (None, None)


def _string(data: bytes) -> str | None:
    import orjson

    try:
        return str(orjson.loads(b'"%b"' % data)).strip() or None
    except orjson.JSONDecodeError:
        return None


def _time(value: Any) -> int | None:
    """Milliseconds of an ISO 8601 time, or of a number of milliseconds."""
    try:
        if str(value).isdecimal():
            return int(value) if 0 < int(value) < 1 << 45 else None
        return epoch_ms(datetime.fromisoformat(str(value)))
    except (ValueError, OverflowError):
        return None
