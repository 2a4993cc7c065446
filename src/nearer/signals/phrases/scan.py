"""Patterns over all messages at once: which cues' words stand where, after the engine's guards have been heard.

Negation, reported speech, quotation, hypotheticals, questions, play and the boundary shield are handled here, once,
so that no cue's patterns need to think of them. See cues/guards.toml for their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.distinct import starts
from nearer.signals.phrases.places import places
from nearer.signals.phrases.sentence import clause, is_question, quoted, sentence
from nearer.signals.phrases.table import CUE, FEATURE, FEATURE_UNLESS, GUARD, Table
from nearer.signals.phrases.told import Sought, Told

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    """What the patterns say. hits: in order of message and place. features, guarded: by name of a feature or a guard,
    the messages that it tells of, looked up when asked for."""

    hits: list[Hit]
    features: Mapping[str, Told]
    guarded: Mapping[str, Told]


def scan(messages: Sequence[str], table: Table) -> Scan:
    """Run every pattern of the table over every message, in normal form. What is said more than once is read once."""
    number: dict[str, int] = {}
    of = np.fromiter((number.setdefault(text, len(number)) for text in messages), np.int64, len(messages))
    texts = [*number]
    sought: dict[tuple[int, int], list[Sought]] = {}
    for row, among in table.candidates(texts).items():
        role, owner, regex = table.rows[row]
        sought.setdefault((role, owner), []).append(Sought(regex, among))

    def told(names: Sequence[str], role: int, unless: int | None = None) -> dict[str, Told]:
        found = {}
        for owner, name in enumerate(names):
            silencing = [] if unless is None else sought.get((unless, owner), [])
            found[name] = Told(texts, of, sought.get((role, owner), []), silencing)
        return found

    guarded = told(table.guards, GUARD)
    cues = [sought.get((CUE, owner), []) for owner in range(len(table.cues))]
    hits_of = {text: [*hits] for text, hits in groupby(_hits(texts, of, table, cues, guarded), key=lambda h: h.message)}
    hits = [
        Hit(h.cue, i, h.start, h.end, h.contexts) for i, text in enumerate(of.tolist()) for h in hits_of.get(text, ())
    ]
    return Scan(hits, told(table.features, FEATURE, FEATURE_UNLESS), guarded)


def _hits(
    texts: Sequence[str],
    of: NDArray[np.int64],
    table: Table,
    cues: Sequence[Sequence[Sought]],
    guarded: dict[str, Told],
) -> Iterator[Hit]:
    """The hits in different texts; `message` is the number of the text."""
    text, *rest = _standing(texts, cues)
    start = starts(text)
    busy = text[start]
    # Texts are numbered as they come: each is said first where no number was as high.
    first = starts(np.maximum.accumulate(of))
    guards = np.array([told.at(first[busy]) for told in guarded.values()], bool).reshape(len(guarded), len(busy))
    look = _Look(table)
    rows = [*zip(*(column.tolist() for column in rest), strict=True)]
    bounds = pairwise([*start.tolist(), len(rows)])
    for i, (a, b), said in zip(busy.tolist(), bounds, guards.T, strict=True):
        yield from look.message(texts[i], i, rows[a:b], np.flatnonzero(said).tolist())


def _standing(texts: Sequence[str], cues: Sequence[Sequence[Sought]]) -> NDArray[np.int64]:
    """(4, k): text, cue, start and end of every place where the words of a cue stand, by text and cue."""
    found = [np.zeros((4, 0), np.int64)]
    for cue, patterns in enumerate(cues):
        for regex, among in patterns:
            text, start, end = places(regex, [texts[i] for i in among.tolist()])
            early = np.arange(len(text)) - np.searchsorted(text, text) < _PLACES
            found.append(np.stack((among[text], np.full(len(text), cue), start, end))[:, early])
    every = np.concatenate(found, axis=1)
    return every[:, np.lexsort(every[1::-1])]


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

    def __init__(self, table: Table) -> None:
        self._silencers = table.silencers
        self._regexes = table.guard_regexes
        self._cues = [table.catalogue.cues[c] for c in table.cues]
        self._guards = [table.catalogue.guards[g] for g in table.guards]

    def message(
        self, text: str, number: int, places: Iterable[tuple[int, int, int]], guards: Sequence[int]
    ) -> list[Hit]:
        """places: (cue, start, end), by cue. guards: those whose words occur in the message."""
        lowered, form = text.lower(), text.encode("ascii")
        quotes = quoted(lowered)
        hits: list[Hit] = []
        for whose, found in groupby(places, itemgetter(0)):
            cue, silencer = self._cues[whose], self._silencers[whose]
            end_before = -1
            spans = (_words(lowered, start, end) for _, start, end in found)
            for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
                if start < end_before:
                    continue
                left, right = sentence(lowered, start, end)
                contexts = self._contexts(lowered, form, start, end, left, right, guards, quotes)
                if contexts & cue.silent_in or not cue.only_in <= contexts:
                    continue
                if silencer and silencer.occurs(form, left, right + _NEXT):
                    continue
                end_before = end
                hits.append(Hit(cue.code, number, start, end, _kept(frozenset(contexts))))
        hits.sort(key=lambda h: (h.start, h.end, h.cue))
        return hits

    def _contexts(
        self,
        text: str,
        form: bytes,
        start: int,
        end: int,
        left: int,
        right: int,
        guards: Sequence[int],
        quotes: list[tuple[int, int]],
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
                if self._regexes[number].occurs(form, left, right):
                    found.add(guard.name)
            elif any(
                start - stop <= guard.reach and ("," not in text[stop:start] or start - stop <= 3)
                for _, stop in self._regexes[number].spans(form, left, start)
            ):
                found.add(guard.name)
        return found


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """The words of a match, as they are quoted: a pattern may begin or end on the space or mark beside them."""
    first, last = start, end
    while first < last and text[first] in " \r,.;:!?\"'(-":
        first += 1
    while last > first and text[last - 1] in " \r,;:\"'(-":
        last -= 1
    # "??" is all marks, and they are what is meant.
    return (first, clause(text, last)) if last > first else (start, end)
