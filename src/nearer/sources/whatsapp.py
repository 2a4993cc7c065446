"""WhatsApp's "Export chat": a .txt, or a .zip that holds one (docs/sources/whatsapp.md).

    Android   3/14/24, 9:15 PM - Ana: text          iOS   [14/03/2024, 21:15:07] Ana: text

The first lines show what a stamp looks like in this file; one expression of that shape then parts the whole text, so a
pasted line with another kind of stamp stays text. What order the date has is decided from all dates (dates.py).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources import whatsapp_own
from nearer.sources import whatsapp_words as words
from nearer.sources.base import Chat, DateOrder, Head, Input, Options
from nearer.sources.dates import day_number, decide, seconds_of_day
from nearer.sources.people import pick
from nearer.sources.text import MARKS, clean_name, decode, plain, unix
from nearer.sources.whatsapp_stamps import Shape, expression, shape_of, short_year_first, stamp_of

NAME = "whatsapp"
TITLE = "WhatsApp"

_PARTICLES = frozenset(
    ("de", "da", "do", "dos", "das", "del", "della", "der", "den", "di", "la", "le",
     "van", "von", "el", "al", "bin", "ibn", "y")
)  # fmt: skip


_NAMED = re.compile(r"whatsapp[^/]*\.txt$", re.IGNORECASE)
_SENT_FILE = re.compile(r"\d{8}-[^/]*$")
"""How iPhones name what was sent in the chat, be it the export of another one."""
_QUOTE = re.compile(r'["“”„«»「」『』]')


def sniff(head: Head) -> float:
    """Sure where a line near the top has a WhatsApp stamp with a name behind it, and surest where the first one has:
    what people paste into a chat can look like any other export."""
    lines = [x for x in head.text.split("\n")[:400] if x.strip()]
    stamped = [(m, x) for m, x in ((stamp_of(x), x) for x in lines) if m]
    named = any(":" in x[m.end() :] for m, x in stamped)
    first = bool(lines) and stamp_of(lines[0]) is not None
    if not named or not (first or len(stamped) >= 2):
        return 0.0
    return 0.985 if first and len(stamped) >= 2 else 0.95


def chats(source: Input) -> list[Chat]:
    """The chats of a zip or folder into which several exports were put; nothing for a single export."""
    found = _exports(source)
    return [Chat(n, whatsapp_own.title(n) or n, -1) for n in found] if len(found) > 1 else []


def _exports(source: Input) -> list[str]:
    """The members that are exports, without those of other chats that somebody sent in this one."""
    found = [n for n in source.names if n.lower().endswith("_chat.txt") or _NAMED.search(n)]
    own = [n for n in found if n == f"{source.path.stem}.txt"]  # An Android phone names the zip as it names its text.
    return own or [n for n in found if not _SENT_FILE.match(n.rpartition("/")[2])] or found


def parse(source: Input, options: Options) -> Conversation:
    """Read the export. Raises NearerError where no line is stamped, or where nobody says anything."""
    several = chats(source)
    only = next(iter(_exports(source)), source.main_member())
    member = pick(several, options, source.path.name).id if several else only
    written = decode(source.read(member) if member else source.words(), source.path.name)
    text = unix(written)
    shape = shape_of(text)
    # [what stands before the first stamp, date, clock, rest, date, clock, rest, …]
    parts = _parted(text, written, shape) if shape else []
    if shape is None or len(parts) < 2:
        raise NearerError(f"{source.path.name}: no line begins with a date and a time, as WhatsApp's exports do.")
    del text, written
    builder = ConversationBuilder(NAME)
    before = parts[0].split("\n")
    for number, stray in enumerate(before[1:], 1):
        if plain(stray).strip():
            builder.skip(number, "It stands before the first dated line.")
    dates, clocks, rests = parts[1::3], parts[2::3], parts[3::3]
    if shape.time_first:
        dates, clocks = clocks, dates
    del parts
    if rests:
        rests[-1] = rests[-1].rstrip("\n")
    days = _days(dates, options, builder, _likely(shape, dates, clocks))
    seconds = {c: seconds_of_day(c) for c in set(clocks)}
    lines = accumulate([r.count("\n") + 1 for r in rests], initial=len(before))
    opening = rests[0] if rests else ""
    said = _split_all(rests)
    own = whatsapp_own.learn(said, shape.bracket)
    deleters: set[str] = set()
    for (sender, text), date, clock, line in zip(said, dates, clocks, lines, strict=False):
        day, second = days[date], seconds[clock]
        if day is None or second is None:
            builder.skip(line, "There is no such date or time of day.")
        else:
            _add(builder, sender, text, (day * 86400 + second) * 1000, line, own, deleters)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages, only notices.")
    files = (member or "",) if several else (source.path.name, member or "")
    title = next(filter(None, map(whatsapp_own.title, files)), None)
    return builder.build(
        me=whatsapp_own.holder(builder.speakers, deleters, opening if said[0][0] is None else "", files), title=title
    )


def _parted(text: str, written: str, shape: Shape) -> list[str]:
    """The text parted at its stamps. iPhones end a message with CRLF and a line inside of it with LF, which tells
    stamps that somebody pasted into a message from the file's own."""
    parts = expression(shape).split("\n" + text)
    if written.count("\r\n") in (0, written.count("\n")):
        return parts
    closed = expression(shape, "\r\n").split("\r\n" + written)
    return [unix(p) for p in closed] if len(parts) > len(closed) > len(parts) / 2 else parts


def _likely(shape: Shape, dates: list[str], clocks: list[str]) -> DateOrder:
    """Only Americans write 3/4/24, 9:15 PM: no noughts before, a short year, and capitals."""
    if short_year_first(shape):
        return "ymd"
    if shape.separator != "/" or shape.long_year or not shape.half_after or not re.search("[AP]M", clocks[0]):
        return "dmy"
    return "dmy" if any(re.match(r"\D*0", d) for d in dates[:200]) else "mdy"


def _days(dates: list[str], options: Options, builder: ConversationBuilder, likely: DateOrder) -> dict[str, int | None]:
    """Days since 1970 of every date as written; each is worked out once."""
    fields = {}
    for written in dict.fromkeys(dates):
        a, b, c = (int(x[1:]) + 2018 if x[0] in "Rr" else int(x) for x in re.findall(r"[Rr]?\d+", written))
        fields[written] = (a, b, c)
    order, note = decide(list(fields.values()), options.dates, likely)
    if note:
        builder.note(note)
    return {written: day_number(f, order) for written, f in fields.items()}


def _split_all(rests: list[str]) -> list[tuple[str | None, str]]:
    """(sender, text) of every message; the sender is None for a notice. Empties `rests` as it goes, to save memory."""
    names: dict[str, str] = {}
    said: list[tuple[str | None, str]] = []
    for place, rest in enumerate(rests):
        rests[place] = ""
        name, _, text = rest.partition(": ")
        known = names.get(name)
        if known is None or text[:1] in MARKS or "end" in text:
            said.append(_split(rest, names))
        else:
            said.append((known, text))
    odd = _notices_taken_for_names(Counter(s for s, _ in said if s is not None)) | _titles(said)
    if odd:
        said = [(None, f"{s}: {t}") if s in odd else (s, t) for s, t in said]
    return said


def _split(rest: str, names: dict[str, str]) -> tuple[str | None, str]:
    name, colon, text = rest.partition(": ")
    if not colon or "\n" in name:
        name, colon, text = rest.partition(":")
        if not colon or "\n" in name or (text and text[0] != "\n" and clean_name(name) not in names):
            return None, rest
    known = names.get(name)
    fresh = known is None
    if known is None:
        known = clean_name(name)
        # A quotation that begins before the colon and does not end there is a notice: Ana named the group “a: b”.
        if not known or len(name) > 80 or words.NOTICE.match(plain(rest)) or len(_QUOTE.findall(name)) % 2:
            return None, rest
    # Attributed to a group's title, or marked as WhatsApp's own: nobody said this.
    marked = text != "" and text[0] in MARKS
    told = marked and words.NOTICE.match(plain(text[:400])) and words.kind_of(text) not in ("media", "deleted")
    if told or ((fresh or marked) and words.ENCRYPTED.search(text[:400])):
        return None, text
    names[name] = names[known] = known
    return known, text


def _titles(said: list[tuple[str | None, str]]) -> set[str]:
    """A group's title "says" only what iPhones mark as WhatsApp's own words, and never sends a file or a poll."""
    marked: set[str] = set()
    spoke: set[str] = set()
    for sender, text in said:
        if sender is not None and sender not in spoke:
            own = text == "" or text[0] not in MARKS or words.kind_of(text) or words.SENT.match(plain(text[:300]))
            (spoke if own else marked).add(sender)
    return marked - spoke if len(spoke) > 1 else set()


def _notices_taken_for_names(counts: Counter[str]) -> set[str]:
    """ "Ana changed something: what" in a language not listed: said once, and begins with a name that is known."""
    odd = set()
    for name in (n for n, c in counts.items() if c == 1 and n.count(" ") >= 2):
        parts = name.split(" ")
        for cut in range(1, len(parts) - 1):
            following = parts[cut]
            if " ".join(parts[:cut]) in counts and following[:1].islower() and following not in _PARTICLES:
                odd.add(name)
    return odd


def _add(
    builder: ConversationBuilder,
    sender: str | None,
    text: str,
    time: int,
    line: int,
    own: whatsapp_own.Learned,
    deleters: set[str],
) -> None:
    """Add what a line says; in `deleters` goes who is told that they deleted a message."""
    if sender is None or text in own.notices:
        builder.notice(text.strip(MARKS), time, line)
        return
    kind = words.kind_of(text) if len(text) <= words.LONGEST else None
    raw, text = text, text.lstrip(MARKS) if text[:1] in MARKS else text
    plainly = kind is None and text != "" and text[-1] not in ")>" and "\u200e" not in raw and "\u200f" not in raw
    if text.strip() == "":
        builder.add(sender, "", time, "media", line)  # What could be seen once leaves an empty line.
    elif plainly and (len(text) > 4000 or ("." not in text and "\n" not in text) or not words.FILE_LINE.search(text)):
        builder.add(sender, text, time, "text", line)
    elif kind == "call":
        builder.notice(text, time, line)
    elif kind is not None or raw in own.media:
        builder.add(sender, "", time, kind or "media", line)
        if kind == "deleted" and words.is_own_deletion(text):
            deleters.add(sender)
    else:
        # A caption can be changed too, so the remark that says so goes first.
        end = words.unedited(text[-200:], own.edits)
        edited = end is not None
        if end is not None:
            raw, text = raw[: len(raw) - len(text)] + text[:-200] + end, text[:-200] + end
        sent = words.sent_with(raw, own.media) if len(text) <= 4000 else None
        file, said = sent or (None, text)
        builder.add(sender, said, time, "text" if said else "media", line, attachment=file, edited=edited)
