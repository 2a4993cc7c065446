"""Years not counted as in the Gregorian calendar, as phones in Thailand, Taiwan, Iran and Saudi Arabia write them."""

from __future__ import annotations

from datetime import date

_BUDDHIST = range(2400, 2700)
_MINGUO = range(100, 150)
_PERSIAN = range(1380, 1426)
_ISLAMIC = range(1426, 1500)
_EPOCH = date(1970, 1, 1).toordinal()
_PERSIAN_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
"""Leap years of the 33-year cycle, which holds from 1342 to 1502."""
_NOWRUZ_1404 = date(2025, 3, 21).toordinal()


def days_since_1970(year: int, month: int, day: int) -> int | None:
    """Days since 1970 of a date whose year may be Buddhist, Taiwanese, Persian or Islamic, or None where there is no such day.

    Two-digit years are 20yy. Islamic dates follow the tabular calendar, and may be a day off.
    """
    if year < 100:
        year += 2000
    elif year in _MINGUO:
        year += 1911
    if year in _BUDDHIST:
        year -= 543
    if year in _PERSIAN:
        return _persian(year, month, day)
    if year in _ISLAMIC:
        return _islamic(year, month, day)
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None


def _persian(year: int, month: int, day: int) -> int | None:
    """The first six months have 31 days, the next five 30, the last 29, or 30 in a leap year."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    years = range(year, 1404) if year < 1404 else range(1404, year)
    turns = sum(365 + (y % 33 in _PERSIAN_LEAPS) for y in years)
    new_year = _NOWRUZ_1404 + (turns if year >= 1404 else -turns)
    return new_year + (month - 1) * 30 + min(month - 1, 6) + day - 1 - _EPOCH


def _islamic(year: int, month: int, day: int) -> int | None:
    """Months have 30 and 29 days in turn; eleven years of thirty have one day more."""
    if not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    before = (year - 1) * 354 + (3 + 11 * year) // 30
    return before + (59 * (month - 1) + 1) // 2 + day + 227014 - _EPOCH
