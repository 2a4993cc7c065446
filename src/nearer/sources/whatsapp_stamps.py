"""The date and time at the beginning of a WhatsApp line: every form that phones write, and the one that a file has."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from nearer.sources.dates import AFTERNOON, MORNING
from nearer.sources.text import MARKS, plain

_MARK = f"[{MARKS}]*"
_SP = "[ \u00a0\u202f\u2009]"
_HALF = "(?:{})(?![^\\W\\d_])".format(
    "|".join(
        re.sub(r"(\\\.)(?=\w)", rf"\1?{_SP}?", re.escape(h)).removesuffix(r"\.").replace(r"\ ", _SP) + r"\.?"
        for h in sorted({*MORNING, *AFTERNOON}, key=len, reverse=True)
    )
)
_WORD = r"(?=[^\W\d_])"
"""Asked before a list of words is looked through: most stamps have none there."""
_JOIN = rf"[,،、]?{_MARK}(?:{_SP}{_WORD}(?:klo|kl\.|at|à|às|a les|a las|um|в|о|lúc|pukul|jam|om))?{_SP}?{_MARK}"
_SEP = rf"(?:[/-]|\.{_SP}?)"
_ERA = rf"(?:{_SP}?{_WORD}(?:BE|AH|AP|هـ|ه\.ش\.|ERA[ABC]|г\.|р\.|ж\.)|\.)?"
_YEAR = r"(?:R\d{1,2}|\d{1,4})"
_UNIT = rf"(?:{_SP}{_WORD}(?:Uhr|ч\.|h))?"
_DATE = (
    rf"(?P<date>(?P<a>{_YEAR}){_MARK}(?P<sep>{_SEP}){_MARK}\d{{1,2}}{_MARK}(?P=sep){_MARK}(?P<c>{_YEAR})){_ERA}{_MARK}"
)
_SECONDS = rf"(?:[:.]\d\d|{_SP}min{_SP}\d\d(?:{_SP}s)?)"
_CLOCK = (
    rf"(?P<clock>(?P<pre>{_HALF}{_SP}?)?\d{{1,2}}(?P<colon>[:.]|{_SP}h{_SP})\d\d(?P<s>{_SECONDS})?"
    rf"(?P<post>{_SP}?{_HALF})?){_UNIT}"
)
_END = rf"(?P<end>(?(open)\]|(?:{_SP}?[-–]{_SP}|:{_SP})))"
_ANY = re.compile(rf"{_MARK}(?P<open>\[)?{_MARK}{_DATE}{_JOIN}{_CLOCK}{_END}", re.IGNORECASE)
_TIME_FIRST = re.compile(rf"{_MARK}(?P<open>\[)?{_MARK}{_CLOCK}{_JOIN}{_DATE}{_END}", re.IGNORECASE)
"""The same with the time before the date, as in Vietnam, and as WhatsApp Web copies messages."""


class Shape(NamedTuple):
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
    time_first: bool


def stamp_of(line: str) -> re.Match[str] | None:
    return _ANY.match(line[:100]) or _TIME_FIRST.match(line[:100])


def shape_of(text: str) -> Shape | None:
    """The commonest kind of stamp among the first lines."""
    seen: Counter[Shape] = Counter()
    for line in text[: 1 << 20].split("\n", 5000)[:5000]:
        m = stamp_of(line)
        if m:
            seen[
                Shape(
                    bool(m["open"]), m["sep"][0], _is_year(m["a"]), _is_year(m["a"]) or _is_year(m["c"]), bool(m["pre"]),
                    bool(m["post"]), m["colon"].strip(), bool(m["s"]), plain(m["end"]).strip(), m.start("clock") < m.start("date"),
                )
            ] += 1  # fmt: skip
    return seen.most_common(1)[0][0] if seen else None


def short_year_first(shape: Shape) -> bool:
    """24. 3. 5. 오후 9:15, as phones in Korea write it, and 24-03-05 21 h 15, as those in Quebec do."""
    return not shape.long_year and (
        (shape.separator == "." and shape.half_before) or (shape.separator == "-" and shape.colon == "h")
    )


def _is_year(field: str) -> bool:
    return len(field) > 2 or not field.isdecimal()


def expression(shape: Shape, before: str = "\n") -> re.Pattern[str]:
    """The expression for stamps of this shape behind the end of a line; it captures the date and the clock."""
    space = f"{_SP}?" if shape.separator == "." else ""
    separator = f"{_MARK}{re.escape(shape.separator)}{space}{_MARK}"
    # Where a short year stands first, as in Korea, a day of one digit stands last.
    year = r"(?:\d{3,4}|R\d{1,2})" if shape.long_year else r"\d{1,2}" if short_year_first(shape) else r"\d{2}"
    fields = [year, r"\d{1,2}", r"\d{1,2}"] if shape.year_first else [r"\d{1,2}", r"\d{1,2}", year]
    colon = f"{_SP}?h{_SP}?" if shape.colon == "h" else re.escape(shape.colon)
    clock = (
        (rf"{_HALF}{_SP}?" if shape.half_before else "")
        + rf"\d{{1,2}}{colon}\d\d"
        + (_SECONDS if shape.seconds else "")
        + (rf"{_SP}?{_HALF}" if shape.half_after else "")
    )
    end = rf"\]{_SP}?" if shape.bracket else rf":{_SP}" if shape.end == ":" else rf"{_SP}?[-–]{_SP}"
    opening = rf"\[{_MARK}" if shape.bracket else ""
    date, time = f"({separator.join(fields)}){_ERA}{_MARK}", f"({clock}){_UNIT}"
    both = f"{time}{_JOIN}{date}" if shape.time_first else f"{date}{_JOIN}{time}"
    return re.compile(rf"{before}{_MARK}{opening}{both}{end}", re.IGNORECASE)
