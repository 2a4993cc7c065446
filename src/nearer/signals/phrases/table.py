"""All patterns of a catalogue in one numbered table, with what each number belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nearer.cues import Catalogue
from nearer.cues.regex import Regex
from nearer.signals.phrases.engines import Engine, Pattern, blocks, engine

if TYPE_CHECKING:
    from numpy.typing import NDArray

CUE, FEATURE, FEATURE_UNLESS, GUARD = range(4)


class Row(NamedTuple):
    """What a pattern does and for which cue, feature or guard (owner is its index in `cues`, `features` or `guards`)."""

    role: int
    owner: int
    regex: Regex


@dataclass(eq=False)
class Table:
    """rows: each pattern of a cue; of a feature or a guard, all its patterns as one.
    silencers: for each cue, what silences it where its words stand."""

    catalogue: Catalogue
    engine_name: str | None = None
    rows: list[Row] = field(default_factory=list)
    cues: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.cues = tuple(self.catalogue.cues)
        self.features = tuple(self.catalogue.features)
        self.guards = tuple(self.catalogue.guards)
        cues = self.catalogue.cues.values()
        self.silencers = [Regex.any_of(cue.unless) if cue.unless else None for cue in cues]
        for number, cue in enumerate(cues):
            self.rows += [Row(CUE, number, Regex(pattern)) for pattern in cue.patterns]
            self.rows += [Row(CUE, number, Regex(pattern, case=True)) for pattern in cue.case_patterns]
        for number, feature in enumerate(self.catalogue.features.values()):
            self._add(FEATURE, number, feature.patterns)
            self._add(FEATURE, number, feature.case_patterns, case=True)
            self._add(FEATURE_UNLESS, number, feature.unless)
        for number, guard in enumerate(self.catalogue.guards.values()):
            self._add(GUARD, number, guard.patterns)

    def _add(self, role: int, owner: int, patterns: Sequence[str], case: bool = False) -> None:
        if patterns:
            self.rows.append(Row(role, owner, Regex.any_of(patterns, case)))

    @cached_property
    def _engine(self) -> Engine:
        return engine([Pattern(row.regex.pattern, row.regex.case) for row in self.rows], self.engine_name)

    def candidates(self, texts: Sequence[str]) -> dict[int, NDArray[np.int32]]:
        """For each row that may occur anywhere, the numbers of the texts, rising. Texts are in normal form: ASCII, without
        "\\n"."""
        found: dict[int, list[NDArray[np.int32]]] = {}
        for first, some in blocks(texts):
            for number, among in self._engine.candidates(some):
                found.setdefault(number, []).append((among + first).astype(np.int32))
        return {number: np.concatenate(parts) for number, parts in found.items()}

    @cached_property
    def guard_regexes(self) -> list[Regex]:
        """All patterns of each guard as one."""
        return [row.regex for row in self.rows if row.role == GUARD]


def table_for(catalogue: Catalogue, engine_name: str | None = None) -> Table:
    """The table of a catalogue with its engine ready; made once in a process."""
    return _table(catalogue, engine_name)


_table = lru_cache(maxsize=4)(Table)
