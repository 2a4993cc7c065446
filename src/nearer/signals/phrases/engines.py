"""The engines that look for all patterns at once. Each answers one question: which pattern occurs in which text?

Where in the text is found afterwards by Python's own `re`, for the few that occur, so every engine gives the same
findings. Texts are in normal form: ASCII, without "\\n".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from nearer import paths
from nearer.errors import NearerError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK = 1 << 18
"""Characters scanned in one call: large enough that the call costs nothing, small enough to stay in the cache."""

Pattern = tuple[str, bool]
"""A pattern's text, and whether case matters."""


class Engine(Protocol):
    """Finds which patterns occur in which texts."""

    name: str

    def occurrences(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """(pattern number, text number) of every pair that occurs, each once, ordered by text, then pattern."""
        ...


class HyperscanEngine:
    """All patterns in one automaton (Hyperscan, or Vectorscan on ARM). Compiled once, kept by content."""

    name = "hyperscan"

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        import hyperscan as hs

        self._count = len(patterns)
        key = hashlib.sha256(repr((list(patterns), hs.__version__ if hasattr(hs, "__version__") else "")).encode())
        name = f"patterns-{key.hexdigest()[:16]}.hs"
        try:
            data = paths.cached_bytes(name, lambda: self._compile(patterns))
            self._database = hs.loadb(data, hs.HS_MODE_BLOCK)
        except (hs.DatabaseVersionError, hs.DatabasePlatformError, hs.DatabaseModeError, hs.InvalidError):
            # A database kept by another processor or version does not load here: make it anew, keep nothing.
            self._database = hs.loadb(self._compile(patterns), hs.HS_MODE_BLOCK)
        self._database.scratch = hs.Scratch(self._database)

    @staticmethod
    def _compile(patterns: Sequence[Pattern]) -> bytes:
        import hyperscan as hs

        def compiled(some: Sequence[Pattern]) -> hs.Database:
            database = hs.Database(mode=hs.HS_MODE_BLOCK)
            flags = [hs.HS_FLAG_MULTILINE | (0 if case else hs.HS_FLAG_CASELESS) for _, case in some]
            database.compile(expressions=[p.encode("ascii") for p, _ in some], ids=[*range(len(some))], flags=flags)
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

    def occurrences(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """See Engine. Many texts are scanned joined by "\\n", which no pattern can match."""
        keys: list[NDArray[np.int64]] = []
        start = 0
        while start < len(texts):
            size, stop = 0, start
            while stop < len(texts) and (size < _BLOCK or stop == start):
                size += len(texts[stop]) + 1
                stop += 1
            block = texts[start:stop]
            ends = np.cumsum(np.fromiter((len(t) + 1 for t in block), np.int64, len(block)))
            hits: list[int] = []
            # One flat list of ints is the cheapest thing a callback can fill.
            self._database.scan(
                "\n".join(block).encode("ascii"),
                match_event_handler=partial(_keep, hits.extend),
            )
            if hits:
                pairs = np.array(hits, np.int64).reshape(-1, 2)
                text = np.searchsorted(ends, pairs[:, 1], side="left") + start
                key = np.sort(text * self._count + pairs[:, 0])
                keys.append(key[np.append(True, key[1:] != key[:-1])])
            start = stop
        if not keys:
            none = np.zeros(0, np.int32)
            return none, none
        key = np.concatenate(keys)
        return (key % self._count).astype(np.int32), (key // self._count).astype(np.int32)


def _keep(
    add: Callable[[tuple[int, int]], None], number: int, _from: int, to: int, _flags: int, _context: object
) -> None:
    add((number, to))


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
            self._set.Add(("(?m)" if case else "(?im)") + text)
        self._set.Compile()

    def occurrences(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """See Engine."""
        number: list[int] = []
        text: list[int] = []
        for i, item in enumerate(texts):
            found = sorted(self._set.Match(item) or ())
            number.extend(found)
            text.extend([i] * len(found))
        return np.array(number, np.int32), np.array(text, np.int32)


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
