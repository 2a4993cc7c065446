"""All patterns of a catalogue in one numbered table, with what each number belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nearer.cues import Catalogue
from nearer.cues.patterns import FLAGS
from nearer.signals.distinct import distinct
from nearer.signals.phrases.engines import Block, Engine, Pattern, blocks, engine
from nearer.signals.phrases.sought import loosened

if TYPE_CHECKING:
    from numpy.typing import NDArray

CUE, UNLESS, FEATURE, FEATURE_UNLESS, GUARD = range(5)


class Finder:
    """Some of a table's patterns, in an engine a group, looked for in the form that suits engines (see sought.py): what
    is found contains what occurs, and little else."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        self._parts = parts

    def occurrences(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """(row of the table, text number) of every pattern whose sought form occurs, each once, by text, then row."""
        keys = [distinct(np.concatenate([part.keys(block) for part in self._parts])) for block in blocks(texts)]
        key = np.concatenate(keys) if keys else np.zeros(0, np.int64)
        return (key & _ROW).astype(np.int32), (key >> _SHIFT).astype(np.int32)


_SHIFT = 20
_ROW = (1 << _SHIFT) - 1


class _Part:
    """One group of patterns in one engine. Patterns of the same words, which many cues share, are looked for once."""

    def __init__(self, rows: Sequence[int], patterns: Sequence[Pattern], engine_name: str | None) -> None:
        wanted: dict[Pattern, list[int]] = {}
        for row in rows:
            wanted.setdefault(patterns[row], []).append(row)
        self.engine: Engine = engine([*wanted], engine_name)
        self._rows = np.array([row for owners in wanted.values() for row in owners], np.int64)
        self._count = np.array([len(owners) for owners in wanted.values()], np.int64)
        self._first = np.cumsum(self._count) - self._count

    def keys(self, block: Block) -> NDArray[np.int64]:
        """Text number and row of every pattern that occurs, as one sortable number."""
        number, text = self.engine.occurrences(block)
        count = self._count[number]
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        rows = self._rows[np.repeat(self._first[number], count) + within]
        return np.repeat(text, count) << _SHIFT | rows


@dataclass(eq=False)
class Table:
    """patterns: every pattern once for each owner. role, owner: for each, what it does and for which cue, feature or
    guard (owner is an index into `cues`, `features` or `guards`).

    first: finds what every message is asked for. silencers: what silences a cue, asked only where a cue's words stand.
    """

    catalogue: Catalogue
    engine_name: str | None = None
    patterns: list[Pattern] = field(default_factory=list)
    role: list[int] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    cues: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.cues = tuple(self.catalogue.cues)
        self.features = tuple(self.catalogue.features)
        self.guards = tuple(self.catalogue.guards)
        for number, cue in enumerate(self.catalogue.cues.values()):
            self._add(CUE, number, cue.patterns, cue.case_patterns)
            self._add(UNLESS, number, cue.unless)
        for number, feature in enumerate(self.catalogue.features.values()):
            self._add(FEATURE, number, feature.patterns, feature.case_patterns)
            self._add(FEATURE_UNLESS, number, feature.unless)
        for number, guard in enumerate(self.catalogue.guards.values()):
            self._add(GUARD, number, guard.patterns)

    def _add(self, role: int, owner: int, patterns: tuple[str, ...], case: tuple[str, ...] = ()) -> None:
        for text, matters in (*((p, False) for p in patterns), *((p, True) for p in case)):
            self.patterns.append((text, matters))
            self.role.append(role)
            self.owner.append(owner)

    @cached_property
    def _finders(self) -> tuple[Finder, Finder]:
        # One automaton of all patterns takes ten times as long to compile. Each family of cues gets its own, and so
        # does each danger cue, whose patterns are the longest by far: they are made side by side, and a change of one
        # cue makes one of them anew.
        groups: dict[tuple[int, str], list[int]] = {(UNLESS, ""): []}
        for row, role in enumerate(self.role):
            code = self.cues[self.owner[row]] if role == CUE else ""
            family = code if role == CUE and self.catalogue.cues[code].polarity == "danger" else code[:3]
            groups.setdefault((role, family), []).append(row)
        # Hyperscan lets go of Python while it compiles: on a machine's first start all groups are made side by side.
        with ThreadPoolExecutor() as pool:
            silencing, *first = pool.map(lambda rows: _Part(rows, self.patterns, self.engine_name), groups.values())
        return Finder(first), Finder([silencing])

    @property
    def first(self) -> Finder:
        """Everything but what silences single cues."""
        return self._finders[0]

    @property
    def silencers(self) -> Finder:
        """The `unless` of every cue."""
        return self._finders[1]

    @lru_cache(maxsize=8192)  # noqa: B019  (a table lives as long as its catalogue)
    def regex(self, number: int) -> re.Pattern[str]:
        """Python's form of one pattern, to say where it stands; compiled when first needed."""
        return re.compile(self.patterns[number][0], FLAGS)

    def feature_place(self, name: str, text: str) -> int:
        """Where the words of a feature begin in a normal-form text; 0 where they do not occur."""
        feature = self.catalogue.features[name]
        lowered = text.lower()
        starts = [m.start() for p in feature.patterns if (m := re.search(p, lowered, FLAGS))]
        return min(starts, default=0)

    def occurs_in(self, number: int, text: str) -> bool:
        """Whether a pattern whose sought form was found in a normal-form text is there itself."""
        return self.regex(number).search(text if self.patterns[number][1] else text.lower()) is not None

    @cached_property
    def unsure(self) -> NDArray[np.bool_]:
        """(patterns,) what has to be looked at again where an engine found it. Where a cue's words stand is looked up in
        any case; of the rest it is enough to know that they do."""
        pairs = zip(self.role, self.patterns, strict=True)
        return np.array([role != CUE and loosened(text) for role, (text, _) in pairs], bool)

    @lru_cache(maxsize=64)  # noqa: B019
    def guard_regex(self, number: int) -> re.Pattern[str]:
        """All patterns of one guard as one."""
        guard = self.catalogue.guards[self.guards[number]]
        return re.compile("|".join(f"(?:{p})" for p in guard.patterns), FLAGS)


def table_for(catalogue: Catalogue, engine_name: str | None = None) -> Table:
    """The table of a catalogue with its engine ready; made once in a process."""
    return _table(catalogue, engine_name)


_table = lru_cache(maxsize=4)(Table)
