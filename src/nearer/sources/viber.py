"""Viber's "Email message history": a file for each chat, in each line a day, a time, a name, a number and the words
(docs/sources/viber.md)."""

from __future__ import annotations

import re

from nearer.conversation import Conversation, ConversationBuilder, MessageKind
from nearer.errors import NearerError
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.dates import Fields, day_number, decide, moment
from nearer.sources.people import People, pick
from nearer.sources.text import clean_name, decode, lines_of

NAME = "viber"
TITLE = "Viber"

_QUOTED = r'"(?:[^"\n]|"")*"'
_ROW = re.compile(
    rf'^"?(?P<a>\d{{1,4}})[./-] ?(?P<b>\d{{1,2}})[./-] ?(?P<c>\d{{1,4}})"?,\s?"?(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?)"?,'
    rf'\s?(?P<name>{_QUOTED}|[^\n]{{0,80}}?),\s?"?(?P<phone>\+?\d[\d ()\-]{{3,20}}|null|)"?,\s?(?P<text>.*)$',
    re.DOTALL,
)
_HEADER = re.compile(r"^(?:[^\W\d][^,\n]{0,30},\s?){4}[^,\n]{1,30}$")
_FILE = re.compile(r"(?:^|/)(?:Messages?(?: with)?\s*-?\s*)?([^/]+)\.(?:csv|txt)$", re.IGNORECASE)
_MEDIA = re.compile(
    r"^(?:photo message|video message|voice message|sticker|gif|location|file message|contact message"
    r"|фотоповідомлення|відеоповідомлення|голосове повідомлення|стікер|фотосообщение|видеосообщение|голосовое сообщение|стикер)$",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"^(?:(?:missed|incoming|outgoing|unanswered) (?:audio |video |voice )?call|пропущений (?:відео)?дзвінок|пропущенный (?:видео)?(?:звонок|вызов))\b.{0,40}$",
    re.IGNORECASE,
)
_NONE = ("", "null", "-")


def sniff(head: Head) -> float:
    """Rows with a day, a time, a name, a telephone number and words."""
    lines = [x.rstrip("\r") for x in head.text.lstrip("\ufeff").split("\n")[:200]]
    rows = [m for m in map(_ROW.match, lines) if m]
    if not any(m["phone"] not in _NONE for m in rows):
        return 0.0
    return 0.94 if len(rows) >= 2 or _ROW.match(lines[0]) else 0.0


def chats(source: Input) -> list[Chat]:
    """A chat a file, where a zip or folder holds several."""
    found = []
    for title, member in _members(source).items():
        count = sum(1 for x in _lines(source, member) if _ROW.match(x))
        if count:
            found.append(Chat(title, title, count))
    return found


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where several are in the zip and none is chosen."""
    members = _members(source)
    if not members:
        raise NearerError(f"{source.path.name} holds no messages of Viber.")
    alone = len(members) == 1 and not options.chat
    title = next(iter(members)) if alone else pick(chats(source), options, source.path.name).id
    lines = _lines(source, members[title])
    rows = [_ROW.match(x) for x in lines]
    dates = [_fields(m) for m in rows if m]
    order, note = decide(dates, options.dates) if dates else ("ymd", None)
    builder = ConversationBuilder(NAME)
    if note:
        builder.note(note)
    people = People()
    held: tuple[int, re.Match[str], list[str]] | None = None
    for number, (line, row) in enumerate(zip(lines, rows, strict=True), 1):
        if row:
            if held:
                _add(builder, people, *held, day_number(_fields(held[1]), order))
            held = (number, row, [])
        elif held:
            held[2].append(line)
        elif line.strip() and not (number == 1 and _HEADER.match(line)):
            builder.skip(number, "It stands before the first message.")
    if held:
        _add(builder, people, *held, day_number(_fields(held[1]), order))
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of Viber.")
    return builder.build(me=ME if ME in builder.speakers else None, title=title)


def _members(source: Input) -> dict[str, str | None]:
    """Title of a chat, from its file's name -> the member."""
    found: dict[str, str | None] = {}
    for name in source.names or (source.path.name,):
        if match := _FILE.search(name):
            title = clean_name(match[1]) or match[1]
            found[title if title not in found else name] = name if source.names else None
    return found if source.names or found else {source.path.stem: None}


def _lines(source: Input, member: str | None) -> list[str]:
    return lines_of(decode(source.read(member), source.path.name).lstrip("\ufeff"))


def _fields(row: re.Match[str]) -> Fields:
    return int(row["a"]), int(row["b"]), int(row["c"])


def _add(
    builder: ConversationBuilder, people: People, line: int, row: re.Match[str], more: list[str], day: int | None
) -> None:
    time = moment(day, row["clock"])
    text = _unquoted("\n".join([row["text"], *more]).rstrip("\n"))
    name, phone = clean_name(_unquoted(row["name"])), re.sub(r"[^\d+]", "", row["phone"])
    if (name in _NONE and not phone) or _CALL.match(text):
        builder.notice(text, time, line)
        return
    # A number is one person, whatever the address book called them when they wrote.
    named = name if name not in _NONE else phone
    who = named if name == ME or (not phone and named in people) else people.name(phone or named, named)
    kind: MessageKind = "media" if not text or _MEDIA.match(text.strip()) else "text"
    builder.add(who, text if kind == "text" else "", time, kind, line)


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks that tables put around it."""
    if len(cell) >= 2 and cell[0] == cell[-1] == '"' and cell[1:-1].count('"') % 2 == 0:
        return cell[1:-1].replace('""', '"')
    return cell
