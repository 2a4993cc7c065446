"""Patterns over all messages at once: which cues' words stand where, after the engine's guards have been heard.

Negation, reported speech, quotation, hypotheticals, questions, play and the boundary shield are handled here, once,
so that no cue's patterns need to think of them. See cues/guards.toml for their words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.phrases.place import clause, is_question, quoted, sentence
from nearer.signals.phrases.table import CUE, FEATURE, FEATURE_UNLESS, GUARD, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.signals.lines import Lines


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue's pattern at [start, end) of a message, with the contexts it stands in that did not silence it."""

    cue: str
    message: int
    start: int
    end: int
    contexts: frozenset[str]
    confidence: float | None = None
    """Set where a rule knows better than the cue's own confidence."""


@dataclass(eq=False)
class Scan:
    """What the patterns say. hits: in order of message and place. features: name -> (n,) bool.
    guarded: name -> (n,) bool, messages in which a guard's words occur."""

    hits: list[Hit]
    features: dict[str, NDArray[np.bool_]]
    guarded: dict[str, NDArray[np.bool_]] = field(default_factory=dict)


def scan(lines: Lines, table: Table) -> Scan:
    """Run every pattern of the table over every line. What is said more than once is read once."""
    place: dict[str, int] = {}
    of = np.fromiter((place.setdefault(t, len(place)) for t in lines.normal), np.int64, len(lines))
    once = _scan([*place], table)
    if len(place) == len(lines):
        return once
    hits_of: list[list[Hit]] = [[] for _ in place]
    for hit in once.hits:
        hits_of[hit.message].append(hit)
    hits = [Hit(h.cue, i, h.start, h.end, h.contexts) for i, text in enumerate(of.tolist()) for h in hits_of[text]]
    return Scan(
        hits, {k: mask[of] for k, mask in once.features.items()}, {k: mask[of] for k, mask in once.guarded.items()}
    )


def _scan(texts: list[str], table: Table) -> Scan:
    """The same for different texts in normal form, numbered as they come."""
    number, message = table.first.occurrences(texts)
    n = len(texts)
    roles, owners = np.array(table.role, np.int8), np.array(table.owner, np.int32)
    unsure = np.flatnonzero(table.unsure[number])
    pairs = zip(unsure.tolist(), number[unsure].tolist(), message[unsure].tolist(), strict=True)
    wrong = [i for i, pattern, place in pairs if not table.occurs_in(pattern, texts[place])]
    number, message = np.delete(number, wrong), np.delete(message, wrong)
    role, owner = roles[number], owners[number]
    features = _masks(table.features, role == FEATURE, owner, message, n)
    for name, mask in _masks(table.features, role == FEATURE_UNLESS, owner, message, n).items():
        features[name] &= ~mask
    guarded = _masks(table.guards, role == GUARD, owner, message, n)
    number, message = number[role == CUE], message[role == CUE]
    # Only messages with a cue's own words need the slower second look, and what may silence it.
    busy = message[np.diff(message, prepend=-1) != 0]
    silencer, of = table.silencers.occurrences([texts[i] for i in busy.tolist()]) if len(busy) else _NOTHING
    number, message = np.concatenate((number, silencer)), np.concatenate((message, busy[of]))
    order = np.lexsort((number, message))
    number, message = number[order], message[order]
    look = _Look(table, guarded)
    hits: list[Hit] = []
    rows = zip(message.tolist(), number.tolist(), roles[number].tolist(), owners[number].tolist(), strict=True)
    for place, said in groupby(rows, itemgetter(0)):
        fires: list[tuple[int, int]] = []
        unless: dict[int, list[int]] = {}
        for _, pattern, what, whose in said:
            if what == CUE:
                fires.append((whose, pattern))
            else:
                unless.setdefault(whose, []).append(pattern)
        hits.extend(look.message(texts[place], place, fires, unless))
    return Scan(hits, features, guarded)


_NOTHING = (np.zeros(0, np.int32), np.zeros(0, np.int32))


def _masks(
    names: tuple[str, ...], wanted: NDArray[np.bool_], owner: NDArray[np.int32], message: NDArray[np.int32], n: int
) -> dict[str, NDArray[np.bool_]]:
    grid = np.zeros((len(names), n), bool)
    grid[owner[wanted], message[wanted]] = True
    return dict(zip(names, grid, strict=True))


_PLACES = 50
"""Places of one pattern in one message: more of the same is a flood, not more of a conversation."""
_NEXT = 40
"""Characters after the sentence that may still turn its sense: "shut up!! that's amazing"."""


@lru_cache(maxsize=4096)
def _kept(contexts: frozenset[str]) -> frozenset[str]:
    """The same few sets come again and again: one of each is enough."""
    return contexts


class _Look:
    """The second look at one message: where the words stand, and whether its place silences them."""

    def __init__(self, table: Table, guarded: dict[str, NDArray[np.bool_]]) -> None:
        self._table = table
        self._cues = [table.catalogue.cues[c] for c in table.cues]
        self._guards = [table.catalogue.guards[g] for g in table.guards]
        # A message -> the guards whose words occur in it.
        self._guarded: dict[int, list[int]] = {}
        for number, name in enumerate(table.guards):
            for message in np.flatnonzero(guarded[name]).tolist():
                self._guarded.setdefault(message, []).append(number)

    def message(self, text: str, place: int, fires: list[tuple[int, int]], unless: dict[int, list[int]]) -> list[Hit]:
        lowered = text.lower()
        guards = self._guarded.get(place, [])
        quotes = quoted(lowered)
        hits: list[Hit] = []
        for whose, spans in self._spans(text, lowered, fires).items():
            cue = self._cues[whose]
            end_before = -1
            for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
                if start < end_before:
                    continue
                left, right = sentence(lowered, start, end)
                contexts = self._contexts(lowered, start, end, left, right, guards, quotes)
                if contexts & cue.silent_in or not cue.only_in <= contexts:
                    continue
                if any(self._table.regex(p).search(lowered, left, right + _NEXT) for p in unless.get(whose, ())):
                    continue
                end_before = end
                hits.append(Hit(cue.code, place, start, end, _kept(frozenset(contexts))))
        hits.sort(key=lambda h: (h.start, h.end, h.cue))
        return hits

    def _spans(self, text: str, lowered: str, fires: list[tuple[int, int]]) -> dict[int, list[tuple[int, int]]]:
        spans: dict[int, list[tuple[int, int]]] = {}
        for whose, pattern in fires:
            target = text if self._table.patterns[pattern][1] else lowered
            for match in islice(self._table.regex(pattern).finditer(target), _PLACES):
                start, end = whole = match.span()
                # A pattern may begin or end on the space or mark beside its words; the quotation does not.
                while start < end and target[start] in " \r,.;:!?\"'(-":
                    start += 1
                while end > start and target[end - 1] in " \r,;:\"'(-":
                    end -= 1
                # "??" is all marks, and they are what is meant.
                start, end = (start, clause(lowered, end)) if end > start else whole
                spans.setdefault(whose, []).append((start, end))
        return spans

    def _contexts(
        self, text: str, start: int, end: int, left: int, right: int, guards: list[int], quotes: list[tuple[int, int]]
    ) -> set[str]:
        found: set[str] = set()
        if any(a <= start and end <= b for a, b in quotes):
            found.add("quoted")
        if is_question(text, right):
            found.add("question")
        for number in guards:
            guard = self._guards[number]
            if guard.where == "message":
                found.add(guard.name)
            elif guard.where == "sentence":
                if self._table.guard_regex(number).search(text, left, right):
                    found.add(guard.name)
            elif any(
                start - m.end() <= guard.reach and ("," not in text[m.end() : start] or start - m.end() <= 3)
                for m in self._table.guard_regex(number).finditer(text, left, start)
            ):
                found.add(guard.name)
        return found
