"""Times in the tables and texts of DiscordChatExporter: with their zone, or as the country of the computer writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nearer.sources.base import DateOrder
from nearer.sources.clock import Clock
from nearer.sources.dates import Fields, day_number, decide, moment
from nearer.sources.text import plain

_NUMBERS = re.compile(r"^(\d{1,4})[/.-] ?(\d{1,2})[/.-] ?(\d{1,4})\.?(?: ?г\.)?,? +([^+]+)$")
_AMERICAN = re.compile(r"^[1-9]\d?/[1-9]\d?/\d{4} \d{1,2}:\d\d [AP]M$")


class Stamps:
    """Reads times that look like those it was made with."""

    def __init__(self, written: Sequence[str], chosen: DateOrder | None) -> None:
        self._clock = Clock(written, chosen)
        self.zoned, self.notes = self._clock.zoned, self._clock.notes
        dates = [f for f, _ in map(_parted, written) if f]
        self._order: DateOrder = "ymd"
        if dates:
            american = all(_AMERICAN.match(plain(w)) for w in written)
            self._order, note = decide(dates, chosen, "mdy" if american else "dmy")
            self.notes = [note] if note else []

    def read(self, written: str) -> int | None:
        """Milliseconds since 1970 (UTC where `zoned`, else the clock as written), or None."""
        fields, clock = _parted(written)
        return moment(day_number(fields, self._order), clock) if fields else self._clock.read(written)


def _parted(written: str) -> tuple[Fields | None, str]:
    """The numbers of the date in the order in which they stand, and the time of day."""
    match = _NUMBERS.match(plain(written).strip())
    return ((int(match[1]), int(match[2]), int(match[3])), match[4]) if match else (None, "")
