"""Typed-up talk: "Name: text" lines, with or without times (docs/sources/plain.md).

A label counts as a name only when it is short, holds no sentence, and comes back; other lines go on with the turn
above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources import labels, months
from nearer.sources.base import Head, Input, Options
from nearer.sources.dates import Fields, day_number, decide
from nearer.sources.text import decode, lines_of

NAME = "plain"
TITLE = "Typed-up conversation"

_NEAR_NOUGHT = 300
"""Seconds; a recording's first words are seldom later."""
_MEETING = re.compile(
    r"^\s*(?:\d{1,2}:\d{2}:\d{2}|(?:Meeting|Transcription) ended (?:after|at) .{1,40}"
    r"|This editable transcript was computer generated.{0,200})\s*$"
)
"""What Google Meet writes between the turns of a transcript: the time every few minutes, and how it ended."""
_STAGE = re.compile(r"^\s*(?:[\[(][^\])]*[\])]|\(\([^()]*\)\))\s*$")
_TABLE_HEAD = re.compile(
    r"^(?:[^\t]*\t)?(?:Speaker|Name|Sprecher\w*|Who)\t(?:Text|Transcript\w*|Words|Content|Utterance)\s*$", re.IGNORECASE
)
"""The first row of a transcript in a table."""
_STAMP = re.compile(r"\s*(?:[\[(]((?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?)[\])]|((?:\d{1,2}:)?\d{1,2}:\d\d)\t)\s*")
"""Between the name and the words, as services that type up recordings put it."""
_CLOSING = re.compile(r"\s*(?:#(\d{1,2}:\d\d:\d\d(?:-\d)?)#|[\[(](\d{1,2}:\d\d:\d\d)[\])]\s*$)")
"""Behind the words, as f4 and MAXQDA put it: the place in the recording where a turn ends."""
_NUMBERED = re.compile(r"\s*(\d{1,5})[.):]?\s+")
_LINE_NUMBER = re.compile(r"^\s*\d{1,2}(?:\s+|$)")


def sniff(head: Head) -> float:
    """How far labelled lines make up the text."""
    lines = head.text.split("\n")[:600]
    found = labels.names(lines)[1]
    if not found:
        return 0.0
    share = sum(found.values()) / max(sum(1 for x in lines if x.strip()), 1)
    return min(0.35 + 0.4 * share, 0.75)


def parse(source: Input, options: Options) -> Conversation:
    """Read the text. Raises NearerError where no two names take turns."""
    lines = _without_numbers(lines_of(decode(source.words(), source.path.name)))
    way, known = labels.names(lines)
    if not known:
        raise NearerError(f"{source.path.name}: no lines like “Name: text” were found, with a name that comes back.")
    folded = {n.casefold(): n for n in known}
    builder = ConversationBuilder(NAME)
    rows: list[list[object]] = []
    dates: list[Fields] = []
    more: dict[int, list[str]] = {}
    for number, raw in enumerate(lines, 1):
        line = raw.lstrip(labels.LEAD)
        found = labels.label(line, way)
        name = labels.whose(found.name, folded) if found else None
        if _TABLE_HEAD.match(raw[: labels.REACH]):
            builder.notice(raw.strip(), line=number)
        elif found and name:
            date = _fields(found.date) if found.date else None
            if date:
                dates.append(date)
            doing = labels.doing(found.name) if found.name not in known else ""
            rows.append([name, f"{doing} {line[found.at :]}".strip(), date, found.time, number])
        elif raw.strip() and (_STAGE.match(raw[: labels.REACH]) or _MEETING.match(raw)):
            builder.notice(raw.strip(), line=number)
        elif rows and raw.strip():
            words = _LINE_NUMBER.sub("", raw) if way is labels.DEPOSITION else raw
            more.setdefault(len(rows) - 1, []).append(words.strip())
        elif raw.strip():
            builder.skip(number, "It stands before the first line with a name.")
    _take_stamps(rows)
    for place, lines_more in more.items():
        rows[place][1] = "\n".join([x for x in (str(rows[place][1]), *lines_more) if x])
    _take_closings(rows)
    _build(rows, dates, options, builder)
    return builder.build(me=_holder(builder.speakers))


def _without_numbers(lines: list[str]) -> list[str]:
    """The same without the numbers that count lines: most lines have one, and they rise."""
    found = [_NUMBERED.match(x) for x in lines]
    numbers = [int(m[1]) for m in found if m]
    if 2 * len(numbers) <= sum(1 for x in lines if x.strip()) or any(a >= b for a, b in pairwise(numbers)):
        return lines
    return [x[m.end() :] if m else x for x, m in zip(lines, found, strict=True)]


def _fields(date: str) -> Fields | None:
    """The numbers of a date as they stand, year first where its month is a word; None where that is no month."""
    if not re.search(r"[^\W\d_]", date):
        a, b, c = (int(x) for x in re.split(r"[/.-]", date))
        return a, b, c
    named = months.moment(f"{date} 0:00")
    day = None if named is None else datetime.fromtimestamp(named / 1000, UTC)
    return (day.year, day.month, day.day) if day else None


def _take_stamps(rows: list[list[object]]) -> None:
    """Make times of the stamps that stand before the words, where most have one or where hours show what it is."""
    found = [(row, m) for row in rows if row[3] is None and (m := _STAMP.match(str(row[1])))]
    for row, match in found:
        written = match[1] or match[2]
        if 2 * len(found) >= len(rows) or written.count(":") == 2:
            row[1], row[3] = str(row[1])[match.end() :], written


def _take_closings(rows: list[list[object]]) -> None:
    """Let each turn begin where the one before it ends, in a text that stamps most of its turns at the end."""
    found = [_CLOSING.findall(str(row[1])) for row in rows]
    if any(row[3] for row in rows) or 2 * sum(map(bool, found)) < len(rows):
        return
    begins = "0:00:00"
    for row, stamps in zip(rows, found, strict=True):
        row[1], row[3] = _CLOSING.sub("", str(row[1])), begins
        begins = "".join(stamps[-1]).replace("-", ".") if stamps else begins


def _holder(speakers: Iterable[str]) -> str | None:
    """Whoever calls themselves "Me", or whom the program that made the text calls "You"."""
    for word in ("me", "you"):
        found = [s for s in speakers if s.casefold() == word]
        if len(found) == 1:
            return found[0]
    return None


def _build(rows: list[list[object]], dates: list[Fields], options: Options, builder: ConversationBuilder) -> None:
    order, note = decide(dates, options.dates) if dates else ("dmy", None)
    if note:
        builder.note(note)
    day: int | None = None
    clocks = [_clock(str(r[3]), bool(dates)) if r[3] else None for r in rows]
    known = [c for c in clocks if c is not None]
    # Times without dates that begin near nought and only ever rise are places in a recording.
    speech = not dates and bool(known) and known[0] < _NEAR_NOUGHT and all(a <= b for a, b in pairwise(known))
    if known and not dates and not speech:
        builder.note("The times have no dates, so they were not used.")
    if speech:
        builder.medium = "speech"
    for (name, text, date, _, number), clock in zip(rows, clocks, strict=True):
        if date is not None:
            day = day_number(date, order)
        time = (day * 86400 + int(clock or 0)) * 1000 if day is not None else None
        index = builder.add(str(name), str(text), time, "text", int(str(number)))
        if speech and clock is not None:
            builder.set(index, "start", float(clock))


def _clock(text: str, of_day: bool) -> float:
    """Seconds of "1:02:03", of "9:15 pm", and of "12:05": hours and minutes `of_day`, else minutes and seconds."""
    half = re.search(r"([ap])\.?m", text, re.IGNORECASE)
    parts = [float(x.replace(",", ".")) for x in re.findall(r"\d+(?:[.,]\d+)?", text)]
    if half:
        hour = parts[0] % 12 + (12 if half.group(1).lower() == "p" else 0)
        return hour * 3600 + parts[1] * 60 + (parts[2] if len(parts) > 2 else 0)
    if len(parts) == 3:
        return parts[0] * 3600 + parts[1] * 60 + parts[2]
    return (parts[0] * 60 + parts[1]) * (60 if of_day else 1)
