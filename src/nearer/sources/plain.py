"""Typed-up talk: "Name: text" lines, with or without times (docs/sources/plain.md).

A label counts as a name only when it is short, holds no sentence, and comes back; other lines go on with the turn
above.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.dates import Fields, day_number, decide
from nearer.sources.text import MARKS, clean_name, decode, lines_of

NAME = "plain"
TITLE = "Typed-up conversation"

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?: ?[ap]\.?m\.?)?"
_DATE = r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})"
_LINE = re.compile(
    rf"^(?:> ?)?(?:[\[(]?(?P<date>{_DATE})?[ ,T]*(?P<time>{_TIME})?[\])]?[ \t]{{0,3}}[-–|]?[ \t]{{0,3}})?"
    r"(?:\*\*|__)?(?P<name>[^\W\d_][^:\t*\n]{0,39}?|[A-Z]{1,3}\d{0,2}"
    r"|(?:Speaker|SPEAKER|Person|Participant|Teilnehmer)[ _]?\d{1,3})(?:\*\*|__)?"
    rf"\s?(?:[\[(](?P<late>{_TIME})[\])])?\s?(?:\*\*|__)?(?:[:：](?:\*\*|__)?(?:\s+|$)|\t\s*)(?P<text>.*)$"
)
_NOT_A_NAME = re.compile(
    r"^(?:https?|note|notes|ps|p\.s|nb|re|fwd|subject|date|time|to|cc|from|e\.g|i\.e|example|warning|update|edit|tl;dr|ok|so|and|but"
    r"|because|reminder|question|answer|today|tomorrow|yesterday|plan|idea|thing is|the thing|here"
    r"|list|also|sorry|btw|fyi)$",
    re.IGNORECASE,
)
_NEAR_NOUGHT = 300
"""Seconds; a recording's first words are seldom later."""
_LEAD = f"{MARKS} \t\u00a0"
_LABEL_REACH = 120
"""No label, with its times, is longer; what follows is not looked at."""
_MEETING = re.compile(
    r"^\s*(?:\d{1,2}:\d{2}:\d{2}|(?:Meeting|Transcription) ended (?:after|at) .{1,40}"
    r"|This editable transcript was computer generated.{0,200})\s*$"
)
"""What Google Meet writes between the turns of a transcript: the time every few minutes, and how it ended."""
_STAGE = re.compile(r"^\s*[\[(][^\])]*[\])]\s*$")


def sniff(head: Head) -> float:
    """How far labelled lines make up the text."""
    lines = [x for x in head.text.split("\n")[:600] if x.strip()]
    labels = _labels(lines)
    if not labels:
        return 0.0
    share = sum(labels.values()) / max(len(lines), 1)
    return min(0.35 + 0.4 * share, 0.75)


def parse(source: Input, options: Options) -> Conversation:
    """Read the text. Raises NearerError where no two names take turns."""
    lines = lines_of(decode(source.words(), source.path.name))
    labels = _labels(lines)
    if not labels:
        raise NearerError(f"{source.path.name}: no lines like “Name: text” were found, with a name that comes back.")
    builder = ConversationBuilder(NAME)
    rows: list[list[object]] = []
    dates: list[Fields] = []
    more: dict[int, list[str]] = {}
    for number, raw in enumerate(lines, 1):
        line = raw.lstrip(_LEAD)
        match = _LINE.match(line[:_LABEL_REACH])
        name = clean_name(match["name"]) if match else ""
        if match and name in labels:
            date = tuple(int(x) for x in re.split(r"[/.-]", match["date"])) if match["date"] else None
            if date:
                dates.append(date)  # type: ignore[arg-type]
            rows.append([name, line[match.start("text") :], date, match["time"] or match["late"], number])
        elif raw.strip() and (_STAGE.match(raw[:_LABEL_REACH]) or _MEETING.match(raw)):
            builder.notice(raw.strip(), line=number)
        elif rows and raw.strip():
            more.setdefault(len(rows) - 1, []).append(raw.strip())
        elif raw.strip():
            builder.skip(number, "It stands before the first line with a name.")
    for place, lines_more in more.items():
        rows[place][1] = "\n".join([x for x in (str(rows[place][1]), *lines_more) if x])
    _build(rows, dates, options, builder)
    return builder.build()


def _labels(lines: list[str]) -> Counter[str]:
    """Names that label lines: two or more of them, each coming back, or most lines labelled."""
    seen: Counter[str] = Counter()
    for line in lines:
        match = _LINE.match(line.lstrip(_LEAD)[:_LABEL_REACH])
        if match:
            name = clean_name(match["name"])
            if name and not _NOT_A_NAME.match(name) and len(name.split()) <= 4 and not re.search(r"[.!?,;]\s", name):
                seen[name] += 1
    filled = sum(1 for x in lines if x.strip())
    often = Counter({n: c for n, c in seen.items() if c > 1})
    if len(often) >= 2:
        # Where most lines have a name, one that spoke once is a person too if it looks like the others.
        most = sum(seen.values()) >= 0.6 * filled
        return Counter({n: c for n, c in seen.items() if c > 1 or (most and n[:1].isupper())})
    if seen and sum(seen.values()) >= 0.6 * filled:
        return seen
    return Counter()


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
