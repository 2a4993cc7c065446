"""What was typed in a Zoom meeting: meeting_saved_chat.txt, or the chat file of a cloud recording (docs/sources/subtitles.md).

20:00:07 From Ana to Everyone:              00:05:07⇥Ana:⇥text
        text
"""

from __future__ import annotations

import re
from datetime import datetime

from nearer.conversation import Conversation, ConversationBuilder, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.text import clean_name, decode, lines_of

NAME = "zoom_chat"
TITLE = "Chat of a Zoom meeting"

_SAVED = re.compile(
    r"^(\d{4}-\d\d-\d\d )?(\d{1,2}:\d\d:\d\d)\s+(?:From|Von|De|Da|Van|От|差出人) {1,2}(.{1,80}?)"
    r"(?: {1,2}(?:[Tt]o|an|a|para|à|pour|aan|кому|宛先) {1,2}(.{1,80}?))?\s?(?:\([^()]{4,30}\))?\s?[:：]\s?(.*)$"
)
"""Programs before 2021 leave out to whom."""
_CLOUD = re.compile(r"^(\d{1,2}:\d\d:\d\d)\t([^\t]{1,80}):\t(.*)$")
_REACTED = re.compile(r"^(?:Reacted to \".*\" with \S+|Removed a \S+ reaction from \".*\")$", re.DOTALL)
_QUOTED = re.compile(r"^Replying to \"[^\n]*\"\s*", re.DOTALL)


def sniff(head: Head) -> float:
    """Lines with a time, a sender and to whom."""
    lines = head.text.lstrip("\ufeff").split("\n")[:300]
    count = sum(1 for x in lines if _SAVED.match(x.rstrip("\r")) or _CLOUD.match(x.rstrip("\r")))
    return 0.97 if count >= 2 else 0.9 if count else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the chat. Times of day without a date stay unused. Raises NearerError where no line is a message."""
    builder = ConversationBuilder(NAME)
    held: tuple[str, int, list[str], int | None] | None = None
    timed = False
    for number, line in enumerate(lines_of(decode(source.words(), source.path.name)), 1):
        match = _SAVED.match(line)
        name, text, time = (match[3], match[5], _time(match[1], match[2])) if match else ("", "", None)
        if match is None and (cloud := _CLOUD.match(line)):
            name, text = cloud[2], cloud[3]
        if name:
            if held:
                _add(builder, *held)
            held = (name, number, [text], time)
            timed = timed or time is not None
        elif held:
            held[2].append(line.removeprefix("\t"))
        elif line.strip():
            builder.skip(number, "It stands before the first message.")
    if held:
        _add(builder, *held)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no chat of a Zoom meeting.")
    if not timed:
        builder.note("The times have no dates, so they were not used.")
    return builder.build()


def _time(date: str | None, clock: str) -> int | None:
    """Some programs write the day before the time of day."""
    try:
        return epoch_ms(datetime.fromisoformat(f"{date}{clock:0>8}")) if date else None
    except ValueError:
        return None


def _add(builder: ConversationBuilder, name: str, line: int, body: list[str], time: int | None) -> None:
    text = "\n".join(body).strip()
    if _REACTED.match(text):
        builder.notice("reaction", time, line)
        return
    # What a reply answers is quoted above it, and is somebody else's.
    text = _QUOTED.sub("", text)
    builder.add(clean_name(name), text, time, "text" if text else "media", line)
