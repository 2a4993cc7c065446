"""Written dates and times of a whole file, in the one order that fits all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from nearer.conversation import epoch_ms
from nearer.sources.base import DateOrder
from nearer.sources.dates import decide
from nearer.sources.text import plain

_NUMBERS = re.compile(r"^\D{0,12}?(\d{1,4})[/.-]\s?(\d{1,2})[/.-]\s?(\d{1,4})\b")

_MORNING = ("오전", "上午", "午前")
_HALF_BEFORE = re.compile(rf"({'|'.join(_MORNING)}|오후|下午|午後) ?(\d{{1,2}}:\d\d(?::\d\d)?)")
_NO_YEAR = datetime(1, 1, 1)
"""What a written time has where it names no day; such a time is not read."""


class Clock:
    """Reads times that look like those it was made with."""

    def __init__(self, written: Sequence[str], chosen: DateOrder | None = None) -> None:
        self.notes: list[str] = []
        self.zoned = False
        found = [m for m in (_NUMBERS.match(w) for w in dict.fromkeys(written)) if m]
        # Where months are words ("13-Feb-24"), the day stands before a short year.
        self._order: DateOrder = "ymd" if found else "dmy"
        if found and not all(len(m[1]) == 4 for m in found):
            self._order, note = decide([(int(m[1]), int(m[2]), int(m[3])) for m in found], chosen)
            if note:
                self.notes.append(note)
        aware = [t for t in (self._moment(w) for w in list(dict.fromkeys(written))[:50]) if t]
        self.zoned = bool(aware) and all(t.tzinfo is not None for t in aware)

    def read(self, written: str) -> int | None:
        """Milliseconds since 1970 (UTC where `zoned`, else the clock as written), or None."""
        moment = self._moment(written)
        if moment is None:
            return None
        try:
            return epoch_ms(moment if self.zoned else moment.replace(tzinfo=None))
        except (OverflowError, ValueError):
            return None

    def _moment(self, written: str) -> datetime | None:
        text = _HALF_BEFORE.sub(lambda m: f"{m[2]} {'AM' if m[1] in _MORNING else 'PM'}", plain(written).strip())
        text = re.sub(r"\b([ap])\. ?m\.?(?!\w)", r"\1m", text, flags=re.IGNORECASE)
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
        try:
            return by_words(text, dayfirst=self._order == "dmy", yearfirst=self._order == "ymd")
        except ValueError:
            return None


def by_words(text: str, dayfirst: bool, yearfirst: bool = False) -> datetime | None:
    """A written date and time as dateutil reads it; None where it names no year. Raises ValueError where it is none."""
    from dateutil import parser

    try:
        found = parser.parse(text[:60], dayfirst=dayfirst, yearfirst=yearfirst, default=_NO_YEAR)
    except (ArithmeticError, TypeError) as error:  # Of numbers too great, and of words in no order.
        raise ValueError from error
    return found if found.year > _NO_YEAR.year else None
