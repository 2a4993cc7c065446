"""Is 3/4 in March or in April? Decided once, from every date in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from nearer.sources.base import DateOrder
from nearer.sources.text import MARKS

_EPOCH = date(1970, 1, 1).toordinal()
Fields = tuple[int, int, int]


_AFTERNOON = ("p", "下午", "午後", "오후", "م", "μ", "ös", "अपराह्न")
"""How the second half of the day is written, in small letters."""
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
    if any(d[0] > 31 for d in unique):
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


@lru_cache(maxsize=65536)
def day_number(fields: Fields, order: DateOrder) -> int | None:
    """Days since 1970, or None where there is no such day. Two-digit years are 20yy."""
    a, b, c = fields
    year, month, day = (a, b, c) if order == "ymd" else (c, b, a) if order == "dmy" else (c, a, b)
    if year < 100:
        year += 2000
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None


def seconds_of_day(clock: str) -> int | None:
    """Seconds since midnight of "21:15:07", "9.15 p. m." or "오후 9:15"; None where there is no such time of day."""
    numbers = [int(x) for x in re.findall(r"\d+", clock)]
    hour, minute, second = (*numbers, 0, 0)[:3]
    half = re.sub(rf"[\d:{MARKS}\s]", "", clock).lstrip(".").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else None


def _backward(dates: Sequence[Fields], order: DateOrder) -> int:
    days = [d for d in (day_number(f, order) for f in dates) if d is not None]
    return sum(later < earlier for earlier, later in pairwise(days)) + 3 * (len(dates) - len(days))
