"""All patterns in automata of Hyperscan (Vectorscan on ARM). They take most of a minute to compile on a machine's first
start, and then about twice the time of words.py; they share nothing with it, which makes them the measure of it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from nearer import paths
from nearer.errors import NearerError
from nearer.signals.distinct import distinct, starts
from nearer.signals.phrases.engines import Pattern
from nearer.signals.phrases.sought import FORM, sought

try:
    import hyperscan as hs
except ImportError:
    raise NearerError("Hyperscan is not installed on this machine.") from None

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TOGETHER = 128
"""Patterns of one automaton. One of all of them takes ten times as long to compile."""
_SHIFT = 32
_LOW = (1 << _SHIFT) - 1


class Automaton:
    """See Engine. Compiled once, kept by content."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        some = [patterns[first : first + _TOGETHER] for first in range(0, len(patterns), _TOGETHER)]
        # Hyperscan lets go of Python while it compiles.
        with ThreadPoolExecutor() as pool:
            self._databases = [*pool.map(_database, some)]
        self._own = _Own(self._databases)

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """See Engine."""
        ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
        joined = "\n".join(texts).encode("ascii")
        for part, (database, scratch) in enumerate(zip(self._databases, self._own.scratches, strict=True)):
            reports: list[int] = []
            database.scan(joined, match_event_handler=_into(reports), scratch=scratch)
            found = np.array(reports, np.int64)
            text = np.searchsorted(ends, found & _LOW, side="left")
            key = distinct(found >> _SHIFT << _SHIFT | text)
            first = starts(key >> _SHIFT)
            for number, numbers in zip(key[first] >> _SHIFT, np.split(key & _LOW, first[1:]), strict=False):
                yield part * _TOGETHER + int(number), numbers


def _into(reports: list[int]) -> Callable[[int, int, int, int, object], None]:
    """A callback that keeps every report. It runs several times for each message: one whole number of the pattern and
    the place, put at the end of a list, is the cheapest thing that it can keep."""
    keep = reports.append

    def report(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        keep(number << _SHIFT | end)

    return report


class _Own(threading.local):
    """What each thread has for itself, made when it first asks: Hyperscan lets go of Python while it scans, and no two
    threads may scan with one scratch."""

    def __init__(self, databases: Sequence[hs.Database]) -> None:
        self.scratches = [hs.Scratch(database) for database in databases]


def _database(patterns: Sequence[Pattern]) -> hs.Database:
    key = hashlib.sha256(repr((FORM, list(patterns), getattr(hs, "__version__", ""))).encode())
    try:
        kept = paths.cached_bytes(f"patterns-{key.hexdigest()[:16]}.hs", lambda: hs.dumpb(_compiled(patterns)))
        return hs.loadb(kept, hs.HS_MODE_BLOCK)
    except (hs.DatabaseVersionError, hs.DatabasePlatformError, hs.DatabaseModeError, hs.InvalidError):
        # What another processor or version has kept does not load here: make it anew, keep nothing.
        return hs.loadb(hs.dumpb(_compiled(patterns)), hs.HS_MODE_BLOCK)


def _compiled(patterns: Sequence[Pattern]) -> hs.Database:
    database = hs.Database(mode=hs.HS_MODE_BLOCK)
    database.compile(
        expressions=[sought(pattern.text).encode("ascii") for pattern in patterns],
        ids=[*range(len(patterns))],
        flags=[hs.HS_FLAG_MULTILINE | (0 if pattern.case else hs.HS_FLAG_CASELESS) for pattern in patterns],
    )
    return database
