"""What the cells of tables say, as pandas, R, Excel and databases write names, words, ids, times and nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from nearer.conversation import Reaction
from nearer.sources import months
from nearer.sources.base import DateOrder
from nearer.sources.clock import by_words
from nearer.sources.text import plain

WRITTEN = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})\b")
SINCE_1973 = 1e8
"""Seconds; smaller numbers are places in a recording."""
TOO_LATE = 1e11
"""Seconds; a larger number counts thousandths, or thousandths of them."""
_NEAR_NOUGHT = 300
"""Seconds; a recording's first words are seldom later."""
PLACE = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,3})?)")
NOTHING = ("", "NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "NaT", "None", "null", "NULL")
"""How R, pandas, Excel and databases write that a cell is empty. Words are never asked: somebody may have said so."""
_WHOLE_NUMBER = re.compile(r"^(-?\d+)\.0+$")


def cell(row: Mapping[str, Any], names: Mapping[str, str], field: str) -> Any:
    """What a row holds of a field, None where it holds nothing or the table has no column for it. ("" would be a
    column: that of the row numbers which pandas writes.)"""
    value = row.get(names[field]) if field in names else None
    empty = value.strip() in NOTHING if isinstance(value, str) else value != value  # A number that is none.
    return None if empty else value


def key_of(identity: Any) -> str:
    """An id by which messages are found. pandas writes whole numbers as 12.0 where the column has empty cells."""
    return _WHOLE_NUMBER.sub(r"\1", str(identity).strip())


def name_of(cell: Any) -> Any:
    """Who is meant; some programs write an object with a name in it."""
    if isinstance(cell, dict):
        return next((cell[k] for k in ("name", "display_name", "username", "role", "id") if cell.get(k)), None)
    return cell


def words_of(cell: Any) -> Any:
    """What a cell says; programs that talk with language models write it in parts."""
    if isinstance(cell, list):
        parts = [p.get("text") if isinstance(p, dict) else p for p in cell]
        return "\n".join(p for p in parts if isinstance(p, str)) or None
    return cell


def reactions_of(cell: Any) -> tuple[Reaction, ...]:
    """Those of a list of objects, or, as nearer writes CSV, of "Ana: 👍; Ben: Loved"."""
    if isinstance(cell, str):
        parts = (part.rpartition(": ") for part in cell.split("; "))
        return tuple(Reaction(speaker, emoji) for speaker, _, emoji in parts if speaker)
    given = [r for r in cell if isinstance(r, dict)] if isinstance(cell, list) else []
    return tuple(Reaction(str(r["speaker"]), str(r["emoji"])) for r in given if {"speaker", "emoji"} <= r.keys())


def place_of(cell: Any) -> float | None:
    """Seconds into a recording of 61.5, "61,5" or "00:01:01,500"."""
    if isinstance(cell, str) and (written := PLACE.fullmatch(cell.strip())):
        return int(written[1] or 0) * 3600 + int(written[2]) * 60 + float(written[3].replace(",", "."))
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, str):
        cell = cell.replace(",", ".")  # As half of Europe writes 61,5.
    return float(cell) if isinstance(cell, int | float | str) and is_number(cell) else None


def is_near_nought(cell: Any) -> bool:
    """Whether a time without a date is a place at the beginning of a recording, and no time of day."""
    place = place_of(cell) if isinstance(cell, timedelta) or (isinstance(cell, str) and ":" in cell) else None
    return place is not None and place < _NEAR_NOUGHT


def is_number(value: Any) -> bool:
    """Whether it is one, or is written as one."""
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


class Moments:
    """Reads times as tables write them: ISO 8601, other written forms, or seconds or milliseconds since 1970."""

    def __init__(self, order: DateOrder) -> None:
        self.order = order
        self.unread = 0

    def read(self, value: Any) -> datetime | None:
        """None where the value is no time."""
        if isinstance(value, datetime):
            return value
        try:
            if is_number(value):
                number = float(value)
                for _ in range(3):  # Milliseconds, or thousandths or millionths of them.
                    number = number / 1000 if number > TOO_LATE else number
                return datetime.fromtimestamp(number, UTC)
            return datetime.fromisoformat(str(value))
        except (OverflowError, OSError, ValueError):
            return self._written(plain(str(value)).strip())

    def _written(self, text: str) -> datetime | None:
        # JavaScript names the zone in brackets; dateutil takes GMT+0100 for an hour behind Greenwich.
        bare = re.sub(r"\b(?:GMT|UTC)(?=[+-]\d)", "", re.sub(r" \([^()]*\)$", "", text))
        bare = re.sub(r"(?i)(?<=\d),? (?:klo|kl\.?|um|à|às|at|om) (?=\d)|(?<=\d) (?:Uhr|uur)$", " ", bare)
        if ":" not in bare:
            bare = re.sub(r"(?<=\d),? (\d{1,2})\.(\d\d)(?:\.(\d\d))?$", lambda m: f" {m[1]}:{m[2]}:{m[3] or 0}", bare)
        try:
            return by_words(bare, dayfirst=self.order == "dmy")
        except ValueError:
            named = months.moment(text)
            return None if named is None else datetime.fromtimestamp(named / 1000, UTC).replace(tzinfo=None)
