"""WhatsApp's "Export chat": a .txt, or a .zip that holds one (docs/sources/whatsapp.md).

    Android   3/14/24, 9:15 PM - Ana: text          iOS   [14/03/2024, 21:15:07] Ana: text

A line with the file's own kind of stamp begins a message; any other line goes on with the one above. What order the
date has is decided from all dates of the file (sources/dates.py).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources import whatsapp_words as words
from nearer.sources.base import Head, Input, Options
from nearer.sources.dates import Fields, day_number, decide
from nearer.sources.text import MARKS, clean_name, decode, lines_of, plain

NAME = "whatsapp"
TITLE = "WhatsApp"

_AMPM = r"[ap]\.? ?m\.?|上午|下午|午前|午後|오전|오후|[صم](?![^\W\d_])|[πμ]\.μ\.|पूर्वाह्न|अपराह्न"
_HEADER = re.compile(
    r"(?P<open>\[)?(?P<a>\d{1,4})(?P<sep>[/.-]|\. )(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})\.?(?:,|،| klo| at|,? um)? ?"
    rf"(?P<pre>{_AMPM})? ?(?P<h>\d{{1,2}})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d))? ?(?P<post>{_AMPM})?(?: Uhr)?"
    r"(?(open)\] ?| ?(?:[-–] |: ?))",
    re.IGNORECASE,
)


@dataclass
class _Draft:
    """Rows before the order of dates is known, as columns."""

    sender: list[str | None] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    date: list[Fields] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)
    line: list[int] = field(default_factory=list)


def sniff(head: Head) -> float:
    """Share of the first lines that carry a WhatsApp stamp, at least two of them followed by a name."""
    lines = [plain(x).strip() for x in head.text.split("\n")[:400] if x.strip()]
    stamped = [m for m in (_HEADER.match(x) for x in lines) if m]
    if not stamped:
        return 0.0
    named = sum(": " in m.string[m.end() :] or m.string.endswith(":") for m in stamped)
    first = _HEADER.match(lines[0]) is not None
    return 0.95 if named >= 1 and (first or len(stamped) >= 2) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the export. Raises NearerError where no line is stamped."""
    text = decode(source.words(), source.path.name)
    lines = lines_of(text)
    del text
    shape = _shape(lines)
    if shape is None:
        raise NearerError(f"{source.path.name}: no line begins with a date and a time, as WhatsApp's exports do.")
    builder = ConversationBuilder(NAME)
    draft = _collect(lines, shape, builder)
    del lines
    order, note = decide(list(dict.fromkeys(draft.date)), options.dates)
    if note:
        builder.note(note)
    _build(draft, order, builder)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages, only notices.")
    return builder.build()


Shape = tuple[bool, str, int, int]


def _shape_of(match: re.Match[str]) -> Shape:
    """What every stamp of one file shares: bracket, separator, where a long year stands and how long it is."""
    return bool(match["open"]), match["sep"].strip(), len(match["a"]) // 3, len(match["c"]) // 3


def _shape(lines: list[str]) -> Shape | None:
    seen: Counter[Shape] = Counter()
    for line in lines[:5000]:
        match = _HEADER.match(plain(line).lstrip())
        if match:
            seen[_shape_of(match)] += 1
    return seen.most_common(1)[0][0] if seen else None


def _collect(lines: list[str], shape: Shape, builder: ConversationBuilder) -> _Draft:
    draft = _Draft()
    names: dict[str, str] = {}
    match_header = _HEADER.match
    for number, raw in enumerate(lines, 1):
        line = raw if raw.isascii() else plain(raw)
        match = match_header(line) or (match_header(line.lstrip()) if line[:1] == " " else None)
        if match is not None:
            bracket, a, sep, b, c, pre, hours, minutes, seconds, post = match.groups()
        if match is None or (bracket is not None, sep.strip(), len(a) // 3, len(c) // 3) != shape:
            if draft.text:
                draft.text[-1] += "\n" + raw
            elif raw.strip():
                builder.skip(number, "It stands before the first dated line.")
            continue
        hour, minute, second = int(hours), int(minutes), int(seconds or 0)
        half = pre or post
        if half:
            hour = hour % 12 + (12 if half.lower().startswith(words.AFTERNOON) else 0)
        if hour > 23 or minute > 59 or second > 59:
            builder.skip(number, "Its time of day makes no sense.")
            continue
        same = len(line) == len(raw)
        rest = raw[match.end() :] if same else _after(raw, match.end() + len(line) - len(line.lstrip()))
        sender, text = _split(rest, names)
        draft.sender.append(sender)
        draft.text.append(text)
        draft.date.append((int(a), int(b), int(c)))
        draft.seconds.append(hour * 3600 + minute * 60 + second)
        draft.line.append(number)
    return draft


def _after(raw: str, count: int) -> str:
    """What follows the first `count` characters of `raw`, marks not counted."""
    for position, char in enumerate(raw):
        if count == 0:
            return raw[position:]
        if char not in MARKS:
            count -= 1
    return ""


def _split(rest: str, names: dict[str, str]) -> tuple[str | None, str]:
    """(sender, text); the sender is None for a notice."""
    name, colon, text = rest.partition(": ")
    if not colon:
        name, colon, text = rest.partition(":")
        if not colon or (text and clean_name(name) not in names):
            return None, rest
    known = names.get(name)
    if known is None:
        if len(name) > 80 or words.NOTICE.match(plain(rest)):
            return None, rest
        known = clean_name(name)
    # Attributed to a group's title, or marked as WhatsApp's own: nobody said this.
    if (name not in names or text[:1] in MARKS) and len(text) < 400 and words.ENCRYPTED.search(text):
        return None, text
    if not known:
        return None, rest
    names[name] = names[known] = known
    return known, text.lstrip(MARKS) if text[:1] in MARKS else text


def _build(draft: _Draft, order: Any, builder: ConversationBuilder) -> None:
    for sender, text, date, seconds, line in zip(
        draft.sender, draft.text, draft.date, draft.seconds, draft.line, strict=True
    ):
        day = day_number(date, order)
        if day is None:
            builder.skip(line, "There is no such date.")
            continue
        time = (day * 86400 + seconds) * 1000
        if sender is None:
            builder.notice(text, time, line)
            continue
        special = _special(text) if len(text) < 400 and _may_be_special(text) else None
        if special is None:
            builder.add(sender, text, time, "text", line)
        elif special[1] == "call":
            builder.notice(text, time, line)
        else:
            builder.add(sender, special[0], time, special[1], line, **special[2])


def _may_be_special(text: str) -> bool:
    """A cheap look first: plain ASCII talk hardly ever begins or ends like what WhatsApp writes itself."""
    return text[:1] == "<" or text.endswith(words.ENDINGS) or not text.isascii() or ")\n" in text or text == "null"


def _special(text: str) -> tuple[str, Any, dict[str, Any]] | None:
    """(words, kind, rare columns) for what is not plain words, or None."""
    bare = plain(text).strip()
    if words.MEDIA.match(bare):
        return "", "media", {}
    if words.DELETED.match(bare):
        return "", "deleted", {}
    if words.CALL.match(bare):
        return text, "call", {}
    attached = words.ATTACHED.match(bare)
    if attached:
        name = (attached["a"] or attached["b"]).strip()
        caption = attached["rest"].strip()
        # A document's name is often repeated on the next line; that is no caption.
        if caption in (name, name.rsplit(".", 1)[0]):
            caption = ""
        return caption, "text" if caption else "media", {"attachment": name}
    edited = words.EDITED.search(bare)
    if edited:
        return bare[: edited.start()], "text", {"edited": True}
    return None
