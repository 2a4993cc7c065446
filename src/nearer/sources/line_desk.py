"""LINE's chats as the program for computers saves them: a day, then "20:01 Ana text", with spaces only (docs/sources/line.md)."""

from __future__ import annotations

import re

from nearer.conversation import Conversation, ConversationBuilder, MessageKind
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.dates import day_number, moment
from nearer.sources.line_words import ASIDE, EMOJI, MEDIA_DESK, is_call, is_gone, title_of
from nearer.sources.text import decode, lines_of

NAME = "line_desk"
TITLE = "LINE on a computer"

_HALF = r"(?:上午|下午|午前|午後|오전|오후|[AaPp][Mm])"
_DAY = re.compile(r"^(\d{4})\.(\d{2})\.(\d{2}) [^\s\d]{1,16}$")
_ROW = re.compile(rf"^({_HALF}? ?\d{{1,2}}:\d\d(?: ?{_HALF})?) (\S.*)$", re.DOTALL)
_OFTEN = 3
"""How often a word has to stand behind another for both to be one name."""
_LONGEST = 4
Row = tuple[int, int | None, list[str]]
"""Line, time in milliseconds, and the name with the words behind it, in lines."""


def sniff(head: Head) -> float:
    """Days with points between their numbers, and rows with a time."""
    lines = [x.rstrip("\r") for x in head.text.lstrip("\ufeff").split("\n")[:300]]
    tabs = sum(1 for x in lines if re.match(r"^\D{0,4}\d{1,2}:\d\d\D{0,4}\t", x))
    return 0.9 if not tabs and any(map(_DAY.match, lines)) and sum(1 for x in lines if _ROW.match(x)) >= 2 else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the chat. Raises NearerError where no line is a message."""
    builder = ConversationBuilder(NAME)
    lines = lines_of(decode(source.words(), source.path.name))
    rows: list[Row] = []
    day: int | None = None
    for number, line in enumerate(lines, 1):
        if found := _DAY.match(line):
            day = day_number((int(found[1]), int(found[2]), int(found[3])), "ymd")
        elif row := _ROW.match(line) if day is not None else None:
            rows.append((number, moment(day, row[1]), [row[2]]))
        elif rows:
            rows[-1][2].append(line)
        elif line.strip() and number > 3:
            builder.skip(number, "It stands before the first message.")
    names = _names([words[0] for *_, words in rows])
    for number, time, words in rows:
        _add(builder, number, time, "\n".join(words).rstrip("\n"), names)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of LINE.")
    if any(" " in n for n in builder.speakers):
        builder.note(
            "Names of several words were told from the message by their repetition; look whether they are right."
        )
    return builder.build(title=title_of(lines[0]) or title_of(source.path.stem))


def _add(builder: ConversationBuilder, number: int, time: int | None, words: str, names: list[str]) -> None:
    name = next((n for n in names if words == n or words.startswith((f"{n} ", f"{n}\n"))), words.split(maxsplit=1)[0])
    text = words[len(name) :].strip()
    if text.startswith('"') and text.endswith('"') and "\n" in text:
        text = text[1:-1].replace('""', '"').rstrip("\n")
    text = EMOJI.sub("", text)
    if not text or is_call(words) or is_call(text) or ASIDE.match(text) or is_gone(name, words):
        builder.notice(words, time, number)
        return
    kind: MessageKind = "deleted" if is_gone(name, text) else "media" if MEDIA_DESK.match(text) else "text"
    builder.add(name, text if kind == "text" else "", time, kind, number)


def _names(rows: list[str]) -> list[str]:
    """The names that rows begin with, longest first: a first word, and those that always follow it."""
    groups: dict[tuple[str, ...], list[list[str]]] = {}
    for words in rows:
        pieces = words.split(" ")
        groups.setdefault((pieces[0],), []).append(pieces)
    for length in range(1, _LONGEST):
        for name in [n for n in groups if len(n) == length]:
            longer: dict[tuple[str, ...], list[list[str]]] = {}
            for pieces in groups[name]:
                longer.setdefault(tuple(pieces[: length + 1]), []).append(pieces)
            # The last word of a row is part of what was said.
            if all(
                len(n) > length and len(g) >= _OFTEN and any(len(p) > length + 1 for p in g) for n, g in longer.items()
            ):
                del groups[name]
                groups.update(longer)
    return sorted((" ".join(n) for n in groups), key=len, reverse=True)
