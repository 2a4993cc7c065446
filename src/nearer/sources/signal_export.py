"""Signal's own export to a folder: main.jsonl, one frame of a backup a line (docs/sources/signal.md).

A frame is Signal's Backup.proto as JSON: numbers of 64 bits are strings, and what has its default value is left out. People
and chats come before the messages that name them by number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction
from nearer.errors import NearerError
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.people import People, pick
from nearer.sources.pieces import dicts
from nearer.sources.records import Record, buffer, lines
from nearer.sources.signal import MENTION

NAME = "signal_export"
TITLE = "Signal's own export"

_FIRST_LINE = re.compile(r'\{"version":"\d+","backupTimeMs":"')
_ABOUT = frozenset(
    ("version", "account", "recipient", "chat", "stickerPack", "adHocCall", "notificationProfile", "chatFolder")
)
"""What else a line may hold than a message."""
_DELETED = ("remoteDeletedMessage", "adminDeletedMessage")
_SAID = ("standardMessage", "directStoryReplyMessage", "poll", "paymentNotification")
_SENT = {"contactMessage": "contact", "stickerMessage": "sticker", "viewOnceMessage": "view once"}
"""Messages without words, and what they are called."""
_BY_PEOPLE = (*_SAID, *_SENT, *_DELETED)


def sniff(head: Head) -> float:
    """What the first line says of the backup."""
    return 0.98 if _FIRST_LINE.match(head.text) else 0.0


def chats(source: Input) -> list[Chat]:
    """Every chat with messages in it."""
    known = _Known()
    counts: Counter[str] = Counter()
    for _, frame in _frames(source):
        if item := _object(frame, "chatItem"):
            counts[str(item.get("chatId"))] += 1
        else:
            known.take(frame)
    return [Chat(chat, known.title(chat), count) for chat, count in counts.items()]


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where it holds no messages, or several are there and none is chosen."""
    chosen = pick(chats(source), options, source.path.name)
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    known = _Known()
    places: dict[tuple[str, str], int] = {}
    for number, frame in _frames(source):
        if item := _object(frame, "chatItem"):
            if str(item.get("chatId")) == chosen.id:
                _add(builder, item, number, known, places)
        elif frame is None or _ABOUT.isdisjoint(frame):
            builder.skip(number, "This line is not a part of Signal's export.")
        else:
            known.take(frame)
    if not len(builder):
        raise NearerError(f"{source.path.name}: nobody says anything in this chat of Signal.")
    return builder.build(me=known.me if known.me in builder.speakers else None, title=chosen.title)


def _frames(source: Input) -> Iterator[tuple[int, Record]]:
    return lines(buffer(source, source.main_member() if source.names else None))


class _Known:
    """The people and chats of the frames taken so far."""

    def __init__(self) -> None:
        self._own = ME
        self._myself: str | None = None
        self._people = People()
        self._labels: dict[str, str] = {}
        self._chats: dict[str, str] = {}
        self._accounts: dict[str, str] = {}

    def take(self, frame: Record) -> None:
        """Remember whom or what a frame describes."""
        if account := _object(frame, "account"):
            self._own = _full_name(account, "givenName", "familyName") or ME
        elif person := _object(frame, "recipient"):
            number = str(person.get("id"))
            if "self" in person:
                self._myself = number
            self._labels[number] = self._own if "self" in person else _label(person)
            self._accounts[str(_object(person, "contact").get("aci"))] = number
        elif chat := _object(frame, "chat"):
            self._chats[str(chat.get("id"))] = str(chat.get("recipientId"))

    @property
    def me(self) -> str | None:
        """The holder's name, if they have come up."""
        return self._people.known(self._myself)

    def person(self, number: Any) -> str:
        """The name of a recipient by its number."""
        return self._people.name(str(number), self._labels.get(str(number)))

    def title(self, chat: str) -> str:
        """Whom a chat is with, or what the group is called."""
        return self._labels.get(self._chats.get(chat, ""), "")

    def with_names(self, text: dict[str, Any]) -> str:
        """The words of a text with the names of those whom it mentions."""
        body = text.get("body")
        if not isinstance(body, str):
            return ""
        if MENTION in body:
            mentions = [r for r in dicts(text.get("bodyRanges")) if isinstance(r.get("mentionAci"), str)]
            for mention in sorted(mentions, key=lambda r: r["start"] if isinstance(r.get("start"), int) else 0):
                name = self._labels.get(self._accounts.get(mention["mentionAci"], ""), "")
                body = body.replace(MENTION, f"@{name}", 1)
        return body.replace(MENTION, "@").strip()


def _object(frame: Any, key: str) -> dict[str, Any]:
    """The object that an object holds under a key; an empty one where there is none."""
    found = frame.get(key) if isinstance(frame, dict) else None
    return found if isinstance(found, dict) else {}


def _full_name(names: dict[str, Any], given: str, family: str) -> str:
    return " ".join(str(names[k]).strip() for k in (given, family) if names.get(k)).strip()


def _label(person: dict[str, Any]) -> str:
    """What Signal shows for somebody: the name that the holder gave them, that of the address book, then their own."""
    contact = _object(person, "contact")
    title = _object(_object(_object(person, "group"), "snapshot"), "title").get("title")
    return (
        _full_name(_object(contact, "nickname"), "given", "family")
        or _full_name(contact, "systemGivenName", "systemFamilyName")
        or _full_name(contact, "profileGivenName", "profileFamilyName")
        or (f"+{contact['e164']}" if contact.get("e164") else str(contact.get("username") or title or ""))
        or ("Signal" if "releaseNotes" in person else "")
    )


def _add(
    builder: ConversationBuilder, item: dict[str, Any], number: int, known: _Known, places: dict[tuple[str, str], int]
) -> None:
    # An edited message bears the time of its last change; what it said before stands with its own times.
    stamps = [str(x.get("dateSent")) for x in (*dicts(item.get("revisions")), item)]
    what = next((k for k in _BY_PEOPLE if isinstance(item.get(k), dict)), None)
    if what is None:
        builder.notice(_happened(item), _time(stamps[0]), number)
        return
    message = item[what]
    text = known.with_names(_text(message, what))
    quote = _object(message, "quote")
    author = str(item.get("authorId"))
    kind: MessageKind = "deleted" if what in _DELETED else "text" if text else "media"
    place = builder.add(
        known.person(author), text, _time(stamps[0]), kind, number, attachment=_SENT.get(what) or _file(message),
        edited=len(stamps) > 1, reply_to=places.get((str(quote.get("authorId")), str(quote.get("targetSentTimestamp")))) if quote else None,
        reactions=tuple(
            Reaction(known.person(r.get("authorId")), str(r["emoji"])) for r in dicts(message.get("reactions")) if r.get("emoji")
        ),
    )  # fmt: skip
    for stamp in stamps:
        places[author, stamp] = place


def _text(message: dict[str, Any], what: str) -> dict[str, Any]:
    """The words of a message, with the places where they name somebody."""
    if what == "poll":
        return {"body": message.get("question")}
    if what == "paymentNotification":
        return {"body": message.get("note")}
    return _object(message, "text") or _object(_object(message, "textReply"), "text") or {"body": message.get("emoji")}


def _file(message: dict[str, Any]) -> str | None:
    """The name of the first file sent with a message, or what it is."""
    pointers = [_object(a, "pointer") for a in dicts(message.get("attachments"))]
    return next((str(p.get("fileName") or p.get("contentType") or "file") for p in pointers), None)


def _happened(item: dict[str, Any]) -> str:
    """What the record of a change or a call is called, in words."""
    name = next(iter(_object(item, "updateMessage")), "notice")
    return re.sub(r"(?=[A-Z])", " ", name).lower()


def _time(stamp: str) -> int | None:
    """Milliseconds since 1970."""
    return int(stamp) if stamp.isascii() and stamp.isdigit() and len(stamp) < 14 else None
