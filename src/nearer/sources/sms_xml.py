"""SMS Backup & Restore: text messages of an Android phone as XML (docs/sources/sms.md)."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.people import People, pick
from nearer.sources.tapbacks import Tapbacks

if TYPE_CHECKING:
    from pyexpat import XMLParserType

NAME = "sms_xml"
TITLE = "SMS Backup & Restore"

_UNKNOWN = ("", "null", "(unknown)", "unknown")
_FROM_ME = ("2", "4", "5", "6")
_PAIR = re.compile(rb"&#(?:(\d{5})|x([0-9A-Fa-f]{4}));&#(?:(\d{5})|x([0-9A-Fa-f]{4}));")
_REFERENCE = re.compile(rb"&#(?:(\d{1,9})|x([0-9A-Fa-f]{1,8}));")
_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\r")
_NO_SUBJECT = re.compile(r"^(?:null|\(?no ?subject\)?|proto:.*)?$", re.IGNORECASE)
_REACH = 64
_CHUNK = 1 << 20
Entry = tuple[str, int | None, str, str, str | None, str, str, str]
"""Key of the chat, time in milliseconds, box (1 received, 2 sent, …), words, file, address, contact's name, sender."""


def sniff(head: Head) -> float:
    """The root that the app writes."""
    return (
        0.98
        if re.search(r"<smses[\s>]", head.text[:4000]) or re.search(r"<(?:sms|mms) [^>]*\bdate=", head.text[:8000])
        else 0.0
    )


def chats(source: Input) -> list[Chat]:
    """One chat a number, or a group of numbers."""
    return _chats(_entries(source))


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where several are in the file and none is chosen."""
    entries = _entries(source)
    listed = _chats(entries)
    if not listed:
        raise NearerError(f"{source.path.name} holds no text messages.")
    chosen = pick(listed, options, source.path.name)
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    people = People()
    people.name(ME, ME)
    rows = []
    for number, entry in enumerate(entries, 1):
        if entry is None:
            builder.skip(number, "The file is damaged or cut off here.")
        elif entry[0] == chosen.id:
            rows.append((entry[1] or 0, number, entry))
    del entries
    rows.sort()  # By time, then as they stand in the file.
    seen: set[Entry] = set()
    moment = None
    tapbacks = Tapbacks(builder)
    for time, number, entry in rows:
        if time != moment or not time:
            seen.clear()
            moment = time
        elif entry in seen:
            builder.skip(number, "The same message stands in the file twice.")
            continue
        seen.add(entry)
        _add(builder, entry, number, people, tapbacks)
    tapbacks.finish()
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this chat.")
    return builder.build(me=ME if ME in builder.speakers else None, title=chosen.title)


def _chats(entries: list[Entry | None]) -> list[Chat]:
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for entry in entries:
        if entry is not None:
            key, name = entry[0], entry[6]
            counts[key] += 1
            if name and name.lower() not in _UNKNOWN:
                titles[key] = name
    return [Chat(key, titles.get(key) or key, count) for key, count in counts.items()]


def _add(builder: ConversationBuilder, entry: Entry, number: int, people: People, tapbacks: Tapbacks) -> None:
    _, time, box, text, file, address, name, sender = entry
    if box == "3":
        builder.notice("draft, never sent", time, number)
        return
    if box in _FROM_ME:
        who = ME
    else:
        said_by = sender or address
        # A group's one contact name stands for all of its members.
        named = _member_name(address, name, said_by) if "~" in address else name
        who = people.name(_digits(said_by), ("" if named.lower() in _UNKNOWN else named) or said_by)
    if file is None and tapbacks.reads(who, text, time, number):
        return
    rare = {} if file is None else {"attachment": file}
    tapbacks.said(builder.add(who, text, time, "text" if text else "media", number, **rare), text, file is not None)


def _member_name(address: str, name: str, sender: str) -> str:
    numbers = [_digits(a) for a in address.split("~")]
    names = [n.strip() for n in name.split(",")]
    if len(names) == len(numbers) and _digits(sender) in numbers:
        return names[numbers.index(_digits(sender))]
    return ""


@lru_cache(maxsize=1 << 16)
def _key(address: str) -> str:
    return "~".join(sorted(_digits(a) for a in address.split("~")))


@lru_cache(maxsize=1 << 16)
def _digits(address: str) -> str:
    """A number by its last nine digits: the country's code is there one day and gone the next."""
    digits = re.sub(r"\D", "", address)
    return digits[-9:] if len(digits) >= 9 else digits or address.strip().lower()


def _entries(source: Input) -> list[Entry | None]:
    """Every sms and mms; a last None where the file breaks off."""
    from pyexpat import ExpatError

    member = next((n for n in source.names if n.lower().endswith(".xml")), None)
    if source.names and member is None:
        raise NearerError(f"{source.path.name} holds no XML file of text messages.")
    reader = _Reader(source.path.name)
    parser = reader.parser()
    with source.open(member) as stream:
        mended = _Mended(stream)
        try:
            while data := mended.read():
                parser.Parse(data, False)
            parser.Parse(b"", True)
        except (ExpatError, ValueError, LookupError):
            reader.finish()
            return [*reader.entries, None]
    reader.finish()
    return reader.entries


class _Reader:
    """Takes what it needs from each element as it passes. Nothing is kept of the document, and entities, with which a
    small file can fill a computer, are refused as defusedxml refuses them."""

    def __init__(self, file: str) -> None:
        self.entries: list[Entry | None] = []
        self._file = file
        self._mms: dict[str, str] | None = None
        self._texts: list[str] = []
        self._attached: str | None = None
        self._sender = ""

    def parser(self) -> XMLParserType:
        """A parser that tells this reader of each element. The reader keeps none: in a circle both would stay in memory."""
        from pyexpat import ParserCreate

        parser = ParserCreate()
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EntityDeclHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        return parser

    def _refuse(self, *_: Any) -> int:
        raise NearerError(f"{self._file} holds XML that is not safe to read, so it was not opened.")

    def _start(self, tag: str, found: dict[str, str]) -> None:
        get = found.get
        if tag == "sms":
            if self._mms is not None:
                self.finish()
            address, body = get("address") or "", get("body", "")
            self.entries.append(
                (_key(address), _time(get("date")), get("type", "1"), "" if body == "null" else body, None, address,
                 get("contact_name", "").strip(), "")
            )  # fmt: skip
        elif tag == "mms":
            self.finish()
            self._mms = found
        elif self._mms is None:
            return
        elif tag == "part":
            kind = get("ct", "")
            if kind == "text/plain":
                self._texts.append(get("text") or "")
            elif kind != "application/smil":
                names = (get("name"), get("cl"), get("fn"), kind)
                self._attached = self._attached or next((n for n in names if n and n != "null"), None)
        elif tag == "addr" and get("type") == "137" and get("address") != "insert-address-token":
            self._sender = get("address") or ""

    def finish(self) -> None:
        """Close the mms that is open, if any."""
        if self._mms is None:
            return
        get = self._mms.get
        address = get("address") or self._sender
        text = "\n".join(t for t in (_subject(get("sub")), *self._texts) if t and t != "null")
        self.entries.append(
            (_key(address), _time(get("date")), get("msg_box", "1"), text, self._attached, address,
             get("contact_name", "").strip(), self._sender)
        )  # fmt: skip
        self._mms, self._texts, self._attached, self._sender = None, [], None, ""


def _subject(written: str | None) -> str:
    """What somebody wrote into the line for a subject; phones put words of their own there too."""
    subject = (written or "").strip()
    if _NO_SUBJECT.match(subject):
        return ""
    try:
        # Android keeps the bytes of a subject as if each were a character.
        return subject.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return subject


def _time(value: str | None) -> int | None:
    try:
        stamp = int(value or "")
    except ValueError:
        return None
    stamp = stamp * 1000 if 0 < stamp < 10**11 else stamp
    return stamp if 0 < stamp < 1 << 45 else None


class _Mended(io.RawIOBase):
    """The stream with each emoji that was written as two halves (no valid XML) put together, stray controls gone."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next piece, of any length; empty at the end."""
        while True:
            fresh = self._stream.read(_CHUNK)
            data = self._rest + fresh
            if not fresh:
                self._rest = b""
                return _mend(data)
            # An emoji must not be cut in two: what could be the start of one waits for the next piece.
            cut = data.rfind(b"&", max(0, len(data) - _REACH))
            before = data.rfind(b"&", max(0, len(data) - _REACH), cut) if cut >= 0 else -1
            cut = before if before >= 0 else cut
            cut = len(data) if cut < 0 else cut
            data, self._rest = data[:cut], data[cut:]
            if data:
                return _mend(data)


def _mend(data: bytes) -> bytes:
    if b"&#" in data:
        data = _REFERENCE.sub(_allowed, _PAIR.sub(_join, data))
    return data.translate(None, _CONTROLS)


def _join(match: re.Match[bytes]) -> bytes:
    high = int(match[1]) if match[1] else int(match[2], 16)
    low = int(match[3]) if match[3] else int(match[4], 16)
    if not (0xD800 <= high < 0xDC00 and 0xDC00 <= low < 0xE000):
        return match[0]
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).encode()


def _allowed(match: re.Match[bytes]) -> bytes:
    """A character's number, or the sign for a lost one where XML allows no such character."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    fine = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return match[0] if fine else "\ufffd".encode()
