"""WhatsApp's "Export chat": a .txt, or a .zip that holds one (docs/sources/whatsapp.md).

    Android   3/14/24, 9:15 PM - Ana: text          iOS   [14/03/2024, 21:15:07] Ana: text

The first lines show what a stamp looks like in this file; one expression of that shape then parts the whole text, so a
pasted line with another kind of stamp stays text. What order the date has is decided from all dates (dates.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources import whatsapp_words as words
from nearer.sources.base import DateOrder, Head, Input, Options
from nearer.sources.dates import day_number, decide, seconds_of_day
from nearer.sources.text import MARKS, clean_name, decode, plain, unix

NAME = "whatsapp"
TITLE = "WhatsApp"

_MARK = f"[{MARKS}]*"
_SP = "[ \u00a0\u202f\u2009]"
_HALF = rf"(?:[ap]\.?{_SP}?m\b\.?|上午|下午|午前|午後|오전|오후|[صم](?![^\W\d_])|ÖÖ|ÖS|[πμ]\.μ\.|पूर्वाह्न|अपराह्न)"
_JOIN = rf"(?:,|،|{_SP}klo|{_SP}at|{_SP}à|{_SP}às|,?{_SP}um)?{_SP}?"
_SEP = rf"(?:[/-]|\.{_SP}?)"
_ANY = re.compile(
    rf"{_MARK}(?P<open>\[)?(?P<date>(?P<a>\d{{1,4}}){_MARK}(?P<sep>{_SEP}){_MARK}\d{{1,2}}{_MARK}(?P=sep){_MARK}(?P<c>\d{{1,4}}))\.?"
    rf"{_MARK}{_JOIN}(?P<clock>(?P<pre>{_HALF}{_SP}?)?\d{{1,2}}(?P<colon>[:.])\d\d(?P<s>[:.]\d\d)?(?P<post>{_SP}?{_HALF})?)"
    rf"(?:{_SP}Uhr)?(?P<end>(?(open)\]|(?:{_SP}?[-–]{_SP}|:{_SP})))",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    ("de", "da", "do", "dos", "das", "del", "della", "der", "den", "di", "la", "le",
     "van", "von", "el", "al", "bin", "ibn", "y")
)  # fmt: skip


class _Shape(NamedTuple):
    """What every stamp of one file shares."""

    bracket: bool
    separator: str
    year_first: bool
    long_year: bool
    half_before: bool
    half_after: bool
    colon: str
    seconds: bool
    end: str


def sniff(head: Head) -> float:
    """Sure where a line near the top has a WhatsApp stamp with a name behind it."""
    lines = [x for x in head.text.split("\n")[:400] if x.strip()]
    stamped = [(m, x) for m, x in ((_ANY.match(x[:100]), x) for x in lines) if m]
    named = any(":" in x[m.end() :] for m, x in stamped)
    return 0.95 if named and (len(stamped) >= 2 or _ANY.match(lines[0][:100])) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the export. Raises NearerError where no line is stamped, or where nobody says anything."""
    text = unix(decode(source.words(), source.path.name))
    shape = _shape(text)
    if shape is None:
        raise NearerError(f"{source.path.name}: no line begins with a date and a time, as WhatsApp's exports do.")
    # [what stands before the first stamp, date, clock, rest, date, clock, rest, …]
    parts = _stamp(shape).split("\n" + text)
    del text
    builder = ConversationBuilder(NAME)
    before = parts[0].split("\n")
    for number, line in enumerate(before[1:], 1):
        if plain(line).strip():
            builder.skip(number, "It stands before the first dated line.")
    dates, clocks, rests = parts[1::3], parts[2::3], parts[3::3]
    del parts
    if rests:
        rests[-1] = rests[-1].rstrip("\n")
    days = _days(dates, options, builder, _likely(shape, dates, clocks))
    seconds = {c: seconds_of_day(c) for c in set(clocks)}
    first = len(before)
    lines = accumulate([r.count("\n") + 1 for r in rests], initial=first)
    said = _split_all(rests)
    for (sender, text), date, clock, line in zip(said, dates, clocks, lines, strict=False):
        day, second = days[date], seconds[clock]
        if day is None or second is None:
            builder.skip(line, "There is no such date or time of day.")
        else:
            _add(builder, sender, text, (day * 86400 + second) * 1000, line)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages, only notices.")
    return builder.build()


def _shape(text: str) -> _Shape | None:
    """The commonest kind of stamp among the first lines."""
    seen: Counter[_Shape] = Counter()
    for line in text[: 1 << 20].split("\n", 5000)[:5000]:
        m = _ANY.match(line[:100])
        if m:
            seen[
                _Shape(
                    bool(m["open"]), m["sep"][0], len(m["a"]) > 2, len(m["a"]) > 2 or len(m["c"]) > 2, bool(m["pre"]),
                    bool(m["post"]), m["colon"], bool(m["s"]), plain(m["end"]).strip(),
                )
            ] += 1  # fmt: skip
    return seen.most_common(1)[0][0] if seen else None


def _stamp(shape: _Shape) -> re.Pattern[str]:
    """The expression for stamps of this shape at the beginning of a line; it captures the date and the clock."""
    space = f"{_SP}?" if shape.separator == "." else ""
    separator = f"{_MARK}{re.escape(shape.separator)}{space}{_MARK}"
    year = r"\d{4}" if shape.long_year else r"\d{2}"
    fields = [year, r"\d{1,2}", r"\d{1,2}"] if shape.year_first else [r"\d{1,2}", r"\d{1,2}", year]
    colon = re.escape(shape.colon)
    clock = (
        (rf"{_HALF}{_SP}?" if shape.half_before else "")
        + rf"\d{{1,2}}{colon}\d\d"
        + (r"[:.]\d\d" if shape.seconds else "")
        + (rf"{_SP}?{_HALF}" if shape.half_after else "")
    )
    end = rf"\]{_SP}?" if shape.bracket else rf":{_SP}" if shape.end == ":" else rf"{_SP}?[-–]{_SP}"
    opening = r"\[" if shape.bracket else ""
    return re.compile(
        rf"\n{_MARK}{opening}({separator.join(fields)})\.?{_MARK}{_JOIN}({clock})(?:{_SP}Uhr)?{end}", re.IGNORECASE
    )


def _likely(shape: _Shape, dates: list[str], clocks: list[str]) -> DateOrder:
    """Only Americans write 3/4/24, 9:15 PM: no noughts before, a short year, and capitals."""
    if shape.separator != "/" or shape.long_year or not shape.half_after or not re.search("[AP]M", clocks[0]):
        return "dmy"
    return "dmy" if any(re.match(r"\D*0", d) for d in dates[:200]) else "mdy"


def _days(dates: list[str], options: Options, builder: ConversationBuilder, likely: DateOrder) -> dict[str, int | None]:
    """Days since 1970 of every date as written; each is worked out once."""
    fields = {}
    for written in dict.fromkeys(dates):
        a, b, c = (int(x) for x in re.findall(r"\d+", written))
        fields[written] = (a, b, c)
    order, note = decide(list(fields.values()), options.dates, likely)
    if note:
        builder.note(note)
    return {written: day_number(f, order) for written, f in fields.items()}


def _split_all(rests: list[str]) -> Iterable[tuple[str | None, str]]:
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
        if not known or len(name) > 80 or words.NOTICE.match(plain(rest)):
            return None, rest
    # Attributed to a group's title, or marked as WhatsApp's own: nobody said this.
    marked = text != "" and text[0] in MARKS
    if (fresh or marked) and (words.ENCRYPTED.search(text[:400]) or (marked and words.NOTICE.match(plain(text[:400])))):
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


def _add(builder: ConversationBuilder, sender: str | None, text: str, time: int, line: int) -> None:
    if sender is None:
        builder.notice(text.strip(MARKS), time, line)
        return
    kind = words.kind_of(text) if len(text) <= words.LONGEST else None
    text = text.lstrip(MARKS) if text[:1] in MARKS else text
    if kind is None and (text == "" or (text[-1] not in ")>" and ")\n" not in text and "d>\n" not in text)):
        builder.add(sender, text, time, "text", line)
        return
    bare = plain(text).strip() if len(text) < 4000 else text
    if kind == "call":
        builder.notice(text, time, line)
    elif kind is not None:
        builder.add(sender, "", time, kind, line)
    elif attached := words.ATTACHED.match(bare):
        file = (attached["a"] or attached["b"]).strip()
        caption = (attached["before"] or attached["after"] or "").strip()
        # A document's name is often repeated on the next line; that is no caption.
        if caption in (file, file.rsplit(".", 1)[0]):
            caption = ""
        builder.add(sender, caption, time, "text" if caption else "media", line, attachment=file)
    elif edited := words.EDITED.search(text):
        builder.add(sender, text[: edited.start()], time, "text", line, edited=True)
    else:
        builder.add(sender, text, time, "text", line)
