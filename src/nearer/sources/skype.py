"""Skype's messages.json, from "Export files and chat history", unpacked or still in its .tar (docs/sources/skype.md)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import ME, TEXT_LIMIT, Chat, Head, Input, Options
from nearer.sources.people import People, pick
from nearer.sources.records import Buffer, Records, buffer, lists
from nearer.sources.skype_words import attached, call, edited, quoted, spoken

NAME = "skype"
TITLE = "Skype"

_FILE = re.compile(r"(?:^|/)messages\.json$")
_WORDS = ("Text", "RichText", "RichText/Html", "RichText/Sms")
_OWN_FEEDS = "48:"
"""How Skype's own lists of calls and notices are numbered; the calls stand in the chats too."""


def sniff(head: Head) -> float:
    """The list of conversations, or the beginning of the .tar."""
    text = head.text
    if re.search(r'"(?:MessageList|conversations)"\s*:', text) and re.search(r'"(?:userId|messagetype)"\s*:', text):
        return 0.97 if '"MessageList"' in text or '"exportDate"' in text else 0.0
    return 0.4 if _is_tar(head.data) else 0.0


def chats(source: Input) -> list[Chat]:
    """Every conversation, those without messages left out."""
    return [_chat(r) for r in _lists(source)[1]]


def parse(source: Input, options: Options) -> Conversation:
    """Read one conversation. Raises NearerError where several are in the file and none is chosen."""
    data, found = _lists(source)
    listed = [_chat(r) for r in found]
    chosen = pick(listed, options, source.path.name)
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    owner = re.search(rb'"userId"\s*:\s*"([^"\\]{1,200})"', data[: 1 << 16]) or re.search(
        rb'"userId"\s*:\s*"([^"\\]{1,200})"', data[-(1 << 16) :]
    )
    me = _id(owner[1].decode("utf-8", "replace")) if owner else None
    rows: list[tuple[int, int, dict[str, Any]]] = []
    names = {chosen.id: chosen.title}
    for number, m in enumerate(found[listed.index(chosen)], 1):
        if m is None or not isinstance(m.get("from"), str) or not m["from"]:
            builder.skip(number, "This message is damaged or names no sender.")
            continue
        rows.append((_time(m.get("originalarrivaltime")) or 0, -number, m))
        if isinstance(m.get("displayName"), str) and m["displayName"].strip():
            names[_id(m["from"])] = m["displayName"].strip()
    rows.sort(key=lambda r: r[:2])  # The export has the newest first.
    people = People()
    places: dict[str, int] = {}
    for time, number, m in rows:
        sender = _id(m["from"])
        label = names.get(sender) or (ME if sender == me else sender.partition(":")[2] or sender)
        _add(builder, people, places, m, (sender, label), time or None, -number)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this conversation.")
    mine = people.known(me)
    return builder.build(me=mine if mine in builder.speakers else None, title=chosen.title)


def _add(
    builder: ConversationBuilder,
    people: People,
    places: dict[str, int],
    m: dict[str, Any],
    sender: tuple[str, str],
    time: int | None,
    number: int,
) -> None:
    what = str(m.get("messagetype") or "")
    content = m.get("content")
    content = content if isinstance(content, str) else ""
    if what.startswith("EndToEndEncryption/Enc"):
        builder.skip(number, "This message is encrypted; the export does not hold its words.")
        return
    if not what.startswith(("Text", "RichText", "Poll")):
        builder.notice(call(content) if what == "Event/Call" else what.rsplit("/", 1)[-1] or "notice", time, number)
        return
    about = m.get("properties")
    about = about if isinstance(about, dict) else {}
    text = content if what == "Text" else spoken(content) if what in _WORDS else ""
    rare: dict[str, Any] = {}
    kind: MessageKind = "text"
    if what not in _WORDS or (not text and "<URIObject" in content):
        text, rare["attachment"] = attached(content, what)
    if about.get("deletetime") or not content:
        kind, text, rare = "deleted", "", {}
    elif not text:
        kind = "media"
    who = people.name(*sender)
    key = m.get("id")
    place = builder.add(
        who, text, time, kind, number, id=str(key) if key else None, edited=bool(about.get("edittime")) or edited(content),
        reply_to=places.get(quoted(content) or ""), reactions=_reactions(about.get("emotions"), people), **rare,
    )  # fmt: skip
    if key:
        places[str(key)] = place


def _reactions(value: Any, people: People) -> tuple[Reaction, ...]:
    """Reactions of those who have written before."""
    found = []
    for emotion in value if isinstance(value, list) else ():
        users = emotion.get("users") if isinstance(emotion, dict) else None
        for user in users if isinstance(users, list) else ():
            who = people.known(_id(str(user.get("mri")))) if isinstance(user, dict) else None
            if who:
                found.append(Reaction(who, str(emotion.get("key") or "")))
    return tuple(found)


def _lists(source: Input) -> tuple[Buffer, list[Records]]:
    member = next((n for n in source.names if _FILE.search(n)), None)
    if source.names and member is None:
        raise NearerError(f"{source.path.name} holds no messages.json, as Skype's export has.")
    unpacked = _from_tar(source) if not source.names else None
    data: Buffer = buffer(source, member) if unpacked is None else unpacked
    found = [
        r for r in lists(data, "MessageList", source.path.name) if r.count and not _number(r).startswith(_OWN_FEEDS)
    ]
    return data, found


def _from_tar(source: Input) -> bytes | None:
    """The messages in a .tar as Skype sends it, or None for another file."""
    import tarfile

    with source.open() as stream:
        if not _is_tar(stream.read(512)):
            return None
    try:
        with tarfile.open(source.path, "r:") as archive:
            for info in archive:
                inside = archive.extractfile(info) if info.isfile() and _FILE.search(info.name) else None
                if inside is not None and info.size <= TEXT_LIMIT:
                    return inside.read()
    except (tarfile.TarError, OSError, ValueError, EOFError):
        raise NearerError(f"{source.path.name} is a damaged or cut-off archive; export it again.") from None
    raise NearerError(f"{source.path.name} holds no messages.json, as Skype's export has.")


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _number(records: Records) -> str:
    return str(records.about.get("id") or "")


def _chat(records: Records) -> Chat:
    about, identity = records.about, _number(records)
    thread = about.get("threadProperties")
    topic = thread.get("topic") if isinstance(thread, dict) else None
    title = about.get("displayName") or topic or identity.partition(":")[2] or identity or "conversation"
    return Chat(_id(identity) or "conversation", str(title).strip(), records.count)


def _id(written: str) -> str:
    """An id alone; old exports have it at the end of an address."""
    return written.rsplit("/", 1)[-1]


def _time(value: Any) -> int | None:
    try:
        return epoch_ms(datetime.fromisoformat(str(value)))
    except (ValueError, OverflowError):
        return None
