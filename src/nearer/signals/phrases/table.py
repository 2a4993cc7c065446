"""All patterns of a catalogue in one numbered table, with what each number belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from nearer.cues import Catalogue
from nearer.cues.patterns import FLAGS
from nearer.signals.phrases.engines import Engine, Pattern, engine

CUE, UNLESS, FEATURE, FEATURE_UNLESS, GUARD = range(5)


@dataclass(eq=False)
class Table:
    """patterns: what the engine gets. role, owner: for each number, what it does and for which cue, feature or guard
    (owner is an index into `cues`, `features` or `guards`)."""

    catalogue: Catalogue
    engine: Engine = field(init=False)
    patterns: list[Pattern] = field(default_factory=list)
    prefilters: list[Pattern] = field(default_factory=list)
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
            self.prefilters.append((occurs(text), matters))
            self.role.append(role)
            self.owner.append(owner)

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

    @lru_cache(maxsize=64)  # noqa: B019
    def guard_regex(self, number: int) -> re.Pattern[str]:
        """All patterns of one guard as one."""
        guard = self.catalogue.guards[self.guards[number]]
        return re.compile("|".join(f"(?:{p})" for p in guard.patterns), FLAGS)


_OPEN_END = re.compile(r"(?<!\\)\[[^\]]*\]\{0,\d+\}$")


def occurs(pattern: str) -> str:
    """The pattern without an open end that may be empty: it occurs in the same texts, and an engine that reports
    every place where a match may end is spared one report a character."""
    while shorter := _OPEN_END.sub("", pattern):
        if shorter == pattern:
            return re.sub(r"\\w\+$", r"\\w", pattern)
        pattern = shorter
    return pattern


@lru_cache(maxsize=4)
def table_for(catalogue: Catalogue, engine_name: str | None = None) -> Table:
    """The table of a catalogue with its engine ready; made once in a process."""
    table = Table(catalogue)
    table.engine = engine(table.prefilters, engine_name)
    return table
