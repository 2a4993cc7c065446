"""SMS Backup & Restore: text messages of an Android phone as XML (docs/sources/sms.md)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from nearer.conversation import Conversation, ConversationBuilder, MessageKind
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.people import People, pick

NAME = "sms_xml"
TITLE = "SMS Backup & Restore"

_ME = "Me"
_UNKNOWN = ("", "null", "(unknown)", "unknown")
_BOX = {"3": "draft", "4": "not sent yet", "6": "not sent yet"}
_FROM_ME = ("2", "4", "5", "6")
_PAIR = re.compile(rb"&#(?:(\d{5})|x([0-9A-Fa-f]{4}));&#(?:(\d{5})|x([0-9A-Fa-f]{4}));")
_REFERENCE = re.compile(rb"&#(?:(\d{1,9})|x([0-9A-Fa-f]{1,8}));")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REACH = 64
_CHUNK = 1 << 20


def sniff(head: Head) -> float:
    """The root that the app writes."""
    return (
        0.98
        if re.search(r"<smses[\s>]", head.text[:4000]) or re.search(r"<(?:sms|mms) [^>]*\bdate=", head.text[:8000])
        else 0.0
    )


def chats(source: Input) -> list[Chat]:
    """One chat a number, or a group of numbers."""
    counts: dict[str, int] = {}
    titles: dict[str, str] = {}
    for entry in _entries(source):
        if entry is not None:
            key = _key(entry["address"])
            counts[key] = counts.get(key, 0) + 1
            titles[key] = _title(entry) or titles.get(key, "")
    return [Chat(key, titles[key] or key, count) for key, count in counts.items()]


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where several are in the file and none is chosen."""
    listed = chats(source)
    if not listed:
        raise NearerError(f"{source.path.name} holds no text messages.")
    chosen = pick(listed, options, source.path.name)
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    people = People()
    people.name(_ME, _ME)
    rows: list[tuple[int, int, dict[str, Any]]] = []
    for number, entry in enumerate(_entries(source), 1):
        if entry is None:
            builder.skip(number, "The file is damaged or cut off here.")
        elif _key(entry["address"]) == chosen.id:
            rows.append((entry["time"] or 0, number, entry))
    rows.sort(key=lambda r: r[0])
    seen: set[tuple[Any, ...]] = set()
    for _, number, entry in rows:
        same = (entry["time"], entry["box"], entry["text"], entry["file"], entry["sender"])
        if entry["time"] and same in seen:
            builder.skip(number, "The same message stands in the file twice.")
            continue
        seen.add(same)
        _add(builder, entry, number, people)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this chat.")
    return builder.build(me=_ME if _ME in builder.speakers else None, title=chosen.title)


def _add(builder: ConversationBuilder, entry: dict[str, Any], number: int, people: People) -> None:
    box = entry["box"]
    if box == "3":
        builder.notice("draft, never sent", entry["time"], number)
        return
    if box in _FROM_ME:
        who = _ME
    else:
        sender = entry["sender"] or entry["address"]
        # A group's one contact name stands for all of its members.
        named = _title(entry) if "~" not in entry["address"] else _member_name(entry, sender)
        who = people.name(_digits(sender), named or sender)
    text, file = entry["text"], entry["file"]
    kind: MessageKind = "text" if text else "media"
    builder.add(who, text, entry["time"], kind, number, attachment=file)


def _title(entry: dict[str, Any]) -> str:
    name = entry["name"]
    return "" if name.lower() in _UNKNOWN else name


def _member_name(entry: dict[str, Any], sender: str) -> str:
    numbers = [_digits(a) for a in entry["address"].split("~")]
    names = [n.strip() for n in entry["name"].split(",")]
    if len(names) == len(numbers) and _digits(sender) in numbers:
        name = names[numbers.index(_digits(sender))]
        return "" if name.lower() in _UNKNOWN else name
    return ""


def _key(address: str) -> str:
    return "~".join(sorted(_digits(a) for a in address.split("~")))


def _digits(address: str) -> str:
    """A number by its last nine digits: the country's code is there one day and gone the next."""
    digits = re.sub(r"\D", "", address)
    return digits[-9:] if len(digits) >= 9 else digits or address.strip().lower()


def _entries(source: Input) -> Iterator[dict[str, Any] | None]:
    """Every sms and mms; None where the file breaks off. Each is let go of once read."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    member = next((n for n in source.names if n.lower().endswith(".xml")), None)
    if source.names and member is None:
        raise NearerError(f"{source.path.name} holds no XML file of text messages.")
    root = None
    with source.open(member) as stream:
        try:
            for event, element in iterparse(_Mended(stream), events=("start", "end")):
                if root is None:
                    root = element
                if event == "end" and element.tag in ("sms", "mms"):
                    yield _sms(element) if element.tag == "sms" else _mms(element)
                    root.clear()
        except ParseError:
            yield None
        except (DefusedXmlException, ValueError, LookupError):
            raise NearerError(f"{source.path.name} holds XML that is not safe to read, so it was not opened.") from None


def _sms(element: Any) -> dict[str, Any]:
    get = element.get
    body = get("body", "")
    return {
        "address": get("address") or "", "name": (get("contact_name") or "").strip(),
        "box": get("type", "1"), "sender": "",
        "time": _time(get("date")), "text": "" if body == "null" else body, "file": None,
    }  # fmt: skip


def _mms(element: Any) -> dict[str, Any]:
    texts, file, sender = [], None, ""
    for part in element.iter("part"):
        kind = part.get("ct", "")
        if kind == "text/plain":
            texts.append(part.get("text") or "")
        elif kind != "application/smil":
            names = (part.get("name"), part.get("cl"), part.get("fn"), kind)
            file = file or next((n for n in names if n and n != "null"), None)
    for address in element.iter("addr"):
        if address.get("type") == "137" and address.get("address") != "insert-address-token":
            sender = address.get("address") or ""
    return {
        "address": element.get("address") or sender, "name": (element.get("contact_name") or "").strip(),
        "box": element.get("msg_box", "1"), "sender": sender, "time": _time(element.get("date")),
        "text": "\n".join(t for t in texts if t and t != "null"), "file": file,
    }  # fmt: skip


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
    return _CONTROL.sub(b"", _REFERENCE.sub(_allowed, _PAIR.sub(_join, data)))


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
