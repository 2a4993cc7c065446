"""LINE's "Export chat history" from a phone: a day, then a line for each message, parted by tabs (docs/sources/line.md)."""

from __future__ import annotations

import re

from nearer.conversation import Conversation, ConversationBuilder, MessageKind
from nearer.errors import NearerError
from nearer.sources.base import DateOrder, Head, Input, Options
from nearer.sources.dates import Fields, day_number, decide, moment
from nearer.sources.line_words import EMOJI, MEDIA, POSTED, is_call, is_gone, title_of
from nearer.sources.text import clean_name, decode, lines_of

NAME = "line"
TITLE = "LINE"

_HALF = r"(?:凌晨|清晨|早上|上午|中午|下午|晚上|午前|午後|오전|오후|ก่อนเที่ยง|หลังเที่ยง|[AaPp]\.?[Mm]\.?)"
_WEEKDAY = r"[^\s\d,()（）/]{1,16}"
DAY = re.compile(
    rf"^(?:{_WEEKDAY}[.,]? )?((?:[HR](?=\d{{1,2}}/))?\d{{1,4}}) ?[/.年년] ?(\d{{1,2}}) ?[/.月월] ?(\d{{1,4}})[.日일]? ?(?:[(（][^()（）]{{1,16}}[)）]|{_WEEKDAY})?$"
)
"""A line for the day, with the weekday before or behind it: "2024/02/13(Tue)", "Tue, 2/13/2024", "อ. 13/02/2567"; and
as iPhones with the Japanese calendar have it, "R6/02/13(火)"."""
_ERAS = {"H": 1988, "R": 2018}
_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ROW = re.compile(rf"^({_HALF}? ?\d{{1,2}}:\d\d(?: ?{_HALF}| ?น\.)?)\t([^\t\n]*)(?:\t(.*))?$", re.DOTALL)
_THAI = re.compile("[\u0e00-\u0e7f]")
Held = tuple[re.Match[str], int, int | None, list[str]]


def sniff(head: Head) -> float:
    """The app's name in the first line, or days and rows as it writes them."""
    lines = [x.rstrip("\r") for x in head.text.lstrip("\ufeff").split("\n")[:300]]
    rows = sum(1 for x in lines if _ROW.match(x))
    if lines and lines[0].startswith("[LINE]"):
        return 0.98 if rows else 0.6
    return 0.96 if rows >= 2 and any(DAY.match(x) for x in lines) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the chat. Raises NearerError where no line is a message."""
    lines = lines_of(decode(source.words(), source.path.name))
    order, note = order_of(lines, options)
    builder = ConversationBuilder(NAME)
    if note:
        builder.note(note)
    day: int | None = None
    held: Held | None = None
    before, unfinished = "", False
    for number, line in enumerate(lines, 1):
        found, row = DAY.match(line), _ROW.match(line)
        if found and before.strip() and unfinished:
            found = None  # A date on a line of its own, within a message.
        before = line
        if found or row:
            if held:
                _add(builder, *held)
            held = (row, number, day, []) if row else None
            # LINE puts what has several lines into quotation marks, and doubles those within.
            unfinished = row is not None and (row[3] or "").startswith('"') and row[3].count('"') % 2 == 1
        if found:
            day = day_number(_fields(found), order)
        elif row:
            continue
        elif held:
            held[3].append(line)
            unfinished ^= line.count('"') % 2 == 1
        elif line.strip() and number > 3:
            builder.skip(number, "It stands before the first message.")
    if held:
        _add(builder, *held)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of LINE.")
    return builder.build(title=title_of(lines[0]) if lines else None)


def order_of(lines: list[str], options: Options) -> tuple[DateOrder, str | None]:
    """The order of day, month and year in all days of the file, and a sentence where it stayed open."""
    days = [m for m in map(DAY.match, lines) if m]
    if not days:
        return "ymd", None
    fitting: list[DateOrder] = [o for o in ("mdy", "dmy") if all(_on_its_weekday(m, o) for m in days)]
    if len(fitting) == 1 and options.dates is None:
        return fitting[0], None
    thai = any(_THAI.search(m[0]) or int(m[3]) > 2400 for m in days)
    return decide([_fields(m) for m in days], options.dates, "dmy" if thai else "mdy")


def _on_its_weekday(match: re.Match[str], order: DateOrder) -> bool:
    """Whether a day with an English weekday before it is that weekday in this order."""
    day = day_number(_fields(match), order)
    return day is not None and match[0].startswith(_WEEK[(day + 3) % 7])


def _fields(match: re.Match[str]) -> Fields:
    era = _ERAS.get(match[1][0], 0)
    return era + int(match[1].lstrip("HR")), int(match[2]), int(match[3])


def _add(builder: ConversationBuilder, row: re.Match[str], line: int, day: int | None, more: list[str]) -> None:
    time = moment(day, row[1].replace("น.", ""))
    text = "\n".join([row[3] or "", *more]).rstrip("\n")
    name = clean_name(row[2])
    if text.startswith('"') and text.endswith('"') and "\n" in text:
        text = text[1:-1].replace('""', '"').rstrip("\n")
    text, said = EMOJI.sub("", POSTED.sub("", text)), text
    if row[3] is None or not name:
        builder.notice("\n".join([row[2], *more]).rstrip("\n") if row[3] is None else text, time, line)
    elif is_call(text):
        builder.notice(text, time, line)
    else:
        kind: MessageKind = "deleted" if is_gone(name, text) else "media" if MEDIA.match(said) or not text else "text"
        builder.add(name, text if kind == "text" else "", time, kind, line)
