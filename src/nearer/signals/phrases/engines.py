"""The engines that look for all patterns at once. Each answers one question: which pattern occurs in which text?

They look for a form of it that suits them (sought.py). Where in the text it stands is found afterwards by Python's own
`re`, for the few that occur, so every engine gives the same findings. Texts are in normal form: ASCII, without "\\n".
They come in blocks, so that what several engines scan is joined once.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from nearer import paths
from nearer.errors import NearerError
from nearer.signals.phrases.sought import FORM, sought

if TYPE_CHECKING:
    import hyperscan
    from numpy.typing import NDArray

_BLOCK = 1 << 18
"""Characters scanned in one call: large enough that the call costs nothing, small enough to stay in the cache."""

Pattern = tuple[str, bool]
"""A pattern's text, and whether case matters."""


class Block(NamedTuple):
    """Texts that are scanned in one call. first: the number of the first among all texts. joined: all of them, parted
    by "\\n", which no pattern can match. ends: (n,) where each ends in `joined`, its "\\n" counted."""

    first: int
    texts: Sequence[str]
    joined: bytes
    ends: NDArray[np.int64]


def blocks(texts: Sequence[str]) -> Iterator[Block]:
    """All texts, in blocks of about `_BLOCK` characters and at least one text."""
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    first, before = 0, 0
    while first < len(texts):
        stop = max(int(np.searchsorted(ends, before + _BLOCK, side="right")), first + 1)
        part = texts[first:stop]
        yield Block(first, part, "\n".join(part).encode("ascii"), ends[first:stop] - before)
        first, before = stop, int(ends[stop - 1])


class Engine(Protocol):
    """Finds which patterns occur in which texts."""

    name: str

    def occurrences(self, block: Block) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(pattern number, text number) of every pair that occurs, in no order; a pair may come more than once."""
        ...


class HyperscanEngine:
    """All patterns in one automaton (Hyperscan, or Vectorscan on ARM). Compiled once, kept by content."""

    name = "hyperscan"

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        import hyperscan as hs

        key = hashlib.sha256(repr((FORM, list(patterns), getattr(hs, "__version__", ""))).encode())
        name = f"patterns-{key.hexdigest()[:16]}.hs"
        try:
            data = paths.cached_bytes(name, lambda: self._compile(patterns))
            self._database = hs.loadb(data, hs.HS_MODE_BLOCK)
        except (hs.DatabaseVersionError, hs.DatabasePlatformError, hs.DatabaseModeError, hs.InvalidError):
            # A database kept by another processor or version does not load here: make it anew, keep nothing.
            self._database = hs.loadb(self._compile(patterns), hs.HS_MODE_BLOCK)
        self._own = _Own(self._database)

    @staticmethod
    def _compile(patterns: Sequence[Pattern]) -> bytes:
        import hyperscan as hs

        def compiled(some: Sequence[Pattern]) -> hs.Database:
            database = hs.Database(mode=hs.HS_MODE_BLOCK)
            flags = [hs.HS_FLAG_MULTILINE | (0 if case else hs.HS_FLAG_CASELESS) for _, case in some]
            database.compile(
                expressions=[sought(p).encode("ascii") for p, _ in some], ids=[*range(len(some))], flags=flags
            )
            return database

        try:
            return bytes(hs.dumpb(compiled(patterns)))
        except hs.error:
            for pattern in patterns:
                try:
                    compiled([pattern])
                except hs.error as error:
                    raise NearerError(f"Hyperscan cannot run the pattern {pattern[0]!r}: {error}") from None
            raise

    def occurrences(self, block: Block) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """See Engine."""
        reports: list[int] = []
        self._database.scan(block.joined, match_event_handler=_into(reports), scratch=self._own.scratch)
        found = np.array(reports, np.int64)
        return found & _NUMBER, np.searchsorted(block.ends, found >> _SHIFT, side="left") + block.first


class _Own(threading.local):
    """What each thread has for itself, made when it first asks: Hyperscan lets go of Python while it scans, and no two
    threads may scan with one scratch."""

    def __init__(self, database: hyperscan.Database) -> None:
        import hyperscan as hs

        self.scratch = hs.Scratch(database)


_SHIFT = 20
_NUMBER = (1 << _SHIFT) - 1


def _into(reports: list[int]) -> Callable[[int, int, int, int, object], None]:
    """A callback that keeps every report. It runs several times for each message: one whole number of the place and
    the pattern, put at the end of a list, is the cheapest thing that it can keep."""
    keep = reports.append

    def report(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        keep(end << _SHIFT | number)

    return report


class Re2Engine:
    """The same with RE2, for platforms that Hyperscan does not serve."""

    name = "re2"

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        import re2

        options = re2.Options()
        options.max_mem = 1 << 30
        options.log_errors = False
        self._set = re2.Set.SearchSet(options)
        for text, case in patterns:
            self._set.Add(("(?m)" if case else "(?im)") + sought(text))
        self._set.Compile()

    def occurrences(self, block: Block) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """See Engine."""
        found = [
            (number, i) for i, text in enumerate(block.texts, block.first) for number in self._set.Match(text) or ()
        ]
        pairs = np.array(found, np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]


def engine(patterns: Sequence[Pattern], name: str | None = None) -> Engine:
    """The best engine that this platform has, or the one named ("hyperscan", "re2")."""
    if name not in (None, "hyperscan", "re2"):
        raise NearerError(f"There is no pattern engine {name!r}; there are hyperscan and re2.")
    if name in (None, "hyperscan"):
        try:
            return HyperscanEngine(patterns)
        except ImportError:
            if name:
                raise NearerError("Hyperscan is not installed on this machine.") from None
    try:
        return Re2Engine(patterns)
    except ImportError:
        raise NearerError("Neither hyperscan nor google-re2 is installed; one of them is needed.") from None
