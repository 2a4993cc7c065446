"""Is 3/4 in March or in April? Decided once, from every date in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from nearer.sources.base import DateOrder
from nearer.sources.calendars import days_since_1970
from nearer.sources.text import MARKS

Fields = tuple[int, int, int]

MORNING = (
    "am", "a.m.", "a.m", "vm.", "vm", "fm", "f.m.", "ap.", "ap", "de.", "de", "dop.", "sa", "pg", "öö", "ص", "ق.ظ.", "ق.ظ", "قبل دوپہر",
    "לפנה״צ", 'לפנה"צ', "π.μ.", "पूर्वाह्न", "म.पू.", "пр.об.", "дп", "дп.", "上午", "午前", "早上", "凌晨", "清晨",
    "오전", "ก่อนเที่ยง", "prijepodne", "e paradites", "p.d.",
)  # fmt: skip
AFTERNOON = (
    "pm", "p.m.", "p.m", "nm.", "nm", "em", "e.m.", "ip.", "ip", "du.", "du", "odp.", "pop.", "ch", "ptg", "ös", "م", "ب.ظ.", "ب.ظ",
    "بعد دوپہر", "אחה״צ", 'אחה"צ', "μ.μ.", "अपराह्न", "म.उ.", "сл.об.", "пп", "пп.", "下午", "午後", "中午", "晚上", "오후",
    "หลังเที่ยง", "poslijepodne", "e pasdites", "m.d.",
)  # fmt: skip
"""How the halves of the day are written, in small letters."""
_NOON = "中午"


def _bare(half: str) -> str:
    """Without dots and spaces, which phones set or leave out; the micro sign, which stands for a Greek μ, made one."""
    return re.sub(r"[\s.]", "", half).casefold()


_EARLIER, _LATER = (frozenset(map(_bare, halves)) for halves in (MORNING, AFTERNOON))
OPEN = "The dates could be day first or month first"
"""How the sentence begins that tells of an order that nothing in the file decides."""


def decide(
    dates: Sequence[Fields], chosen: DateOrder | None, likely: DateOrder = "dmy"
) -> tuple[DateOrder, str | None]:
    """The order of day, month and year for all dates of a file, in file order, and a sentence where it stayed open.

    First any field over 31 or four digits long, then any over 12, then the order that runs backward least often, then
    the `likely` one: what the way of writing (an American clock, say) makes probable.
    """
    if chosen:
        return chosen, None
    unique = list(dict.fromkeys(dates))
    if 2 * sum(d[0] > 31 for d in unique) > len(unique):
        return "ymd", None
    if likely == "ymd" and all(day_number(d, "ymd") is not None for d in unique):
        return "ymd", None
    day_first = any(d[0] > 12 for d in unique)
    month_first = any(d[1] > 12 for d in unique)
    if day_first != month_first:
        return ("dmy" if day_first else "mdy"), None
    by_day, by_month = _backward(unique, "dmy"), _backward(unique, "mdy")
    if by_day != by_month:
        return ("dmy" if by_day < by_month else "mdy"), None
    if likely == "mdy":
        return "mdy", f"{OPEN}; they were read as month first. Use --dates dmy if the day comes first."
    return "dmy", f"{OPEN}; they were read as day first. Use --dates mdy if the month comes first."


def left_open(notes: Sequence[str]) -> str | None:
    """The sentence that tells of an order of dates that nothing in a file decides; None where there is none."""
    return next((n for n in notes if n.startswith(OPEN)), None)


def assumed(notes: Sequence[str]) -> DateOrder | None:
    """The order in which a file's dates were read without anything that decides it; None where none was left open."""
    note = left_open(notes)
    return None if note is None else "mdy" if note.startswith(f"{OPEN}; they were read as month") else "dmy"


_LONGEST = 60
"""No clock is longer; what is, is no time of day."""


@lru_cache(maxsize=65536)
def day_number(fields: Fields, order: DateOrder) -> int | None:
    """Days since 1970, or None where there is no such day. Two-digit years are 20yy."""
    a, b, c = fields
    year, month, day = (a, b, c) if order == "ymd" else (c, b, a) if order == "dmy" else (c, a, b)
    return days_since_1970(year, month, day)


def seconds_of_day(clock: str) -> int | None:
    """Seconds since midnight of "21:15:07", "9.15 p. m." or "오후 9:15"; None where there is no such time of day."""
    numbers = [int(x) for x in re.findall(r"\d+", clock[:_LONGEST])]
    if not numbers:
        return None
    hour, minute, second = (*numbers, 0, 0)[:3]
    half = _bare(re.sub(rf"[\d:{MARKS}]", "", clock))
    if half in _LATER:
        hour = hour if half == _NOON and hour == 11 else hour % 12 + 12
    elif half in _EARLIER:
        hour %= 12
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else None


def moment(day: int | None, clock: str) -> int | None:
    """Milliseconds since 1970, as the clocks on the wall stood, of a day (see `day_number`) and a clock (see
    `seconds_of_day`); None where there is no such time."""
    second = seconds_of_day(clock)
    return (day * 86400 + second) * 1000 if day is not None and second is not None else None


def _backward(dates: Sequence[Fields], order: DateOrder) -> int:
    days = [d for d in (day_number(f, order) for f in dates) if d is not None]
    return sum(later < earlier for earlier, later in pairwise(days)) + 3 * (len(dates) - len(days))
