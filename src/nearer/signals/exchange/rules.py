"""Adjacent turns that make a cue: each cue's exchange rules over all turns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.phrases.scan import Hit
from nearer.signals.phrases.sentence import sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.cues import Catalogue
    from nearer.cues.schema import ExchangeRule
    from nearer.signals.exchange.features import TurnFeatures

_LONG_QUOTE = 240
"""A quotation longer than this is cut to the sentence that matters."""


def exchange_hits(features: TurnFeatures, catalogue: Catalogue) -> list[Hit]:
    """Every place where an exchange rule of a cue holds, at most one for each cue and turn; "turns" among its contexts
    says that more than one message shows it."""
    hits: list[Hit] = []
    contexts = _contexts(features, catalogue)
    for cue in catalogue.cues.values():
        done: set[int] = set()
        for rule in cue.exchange:
            for turn in _holding(rule, features).tolist():
                around = contexts[turn]
                if turn in done or around & cue.silent_in or not cue.only_in <= around:
                    continue
                done.add(turn)
                hits.append(Hit(cue.code, *_quote(rule, turn, features), around | {"turns"}, rule.confidence))
    return hits


def _contexts(f: TurnFeatures, catalogue: Catalogue) -> list[frozenset[str]]:
    """For each turn, the guards whose words any of its messages has."""
    names = [name for name in f.guarded if catalogue.guards[name].where != "before"]
    # Few of all possible sets occur: each is a number, bit by bit, until it is known which.
    code = np.zeros(len(f.turns), np.int64)
    for bit, name in enumerate(names):
        code |= f.any_message(f.guarded[name].everywhere).astype(np.int64) << bit
    sets = {c: frozenset(n for bit, n in enumerate(names) if c >> bit & 1) for c in {*code.tolist()}}
    return [sets[c] for c in code.tolist()]


def taken_up(features: TurnFeatures) -> NDArray[np.bool_]:
    """(t,) turns that the other answers with a laugh and no hurt: what was said there was welcome."""
    answer = features.next
    glad = features["laugh"] & ~features["contempt"]
    return (answer >= 0) & glad[answer] if len(answer) else np.zeros(0, bool)


def _holding(rule: ExchangeRule, f: TurnFeatures) -> NDArray[np.intp]:
    """The turns at which a rule holds. Of turns that are left out already nothing more is asked, and what few turns can
    have is asked first: of most turns most features are never worked out."""
    turns = np.flatnonzero(f.turns.words > 0)
    if rule.before or rule.before_not:
        turns = turns[f.previous[turns] >= 0]
        late = f.turns.start[turns] - f.turns.end[f.previous[turns]] > rule.within_hours * 3600
        turns = turns[~late]
    if rule.after:
        turns = turns[f.next[turns] >= 0]
    here = np.arange(len(f.turns))
    wanted = [(name, where) for names, where in ((rule.here, here), (rule.before, f.previous), (rule.after, f.next))
              for name in names]  # fmt: skip
    for name, where in sorted(wanted, key=lambda asked: f.most(asked[0])):
        turns = turns[f.at(name, where[turns])]
        if not len(turns):
            return turns
    for names, where in ((rule.before_not, f.previous), (rule.here_not, here), (rule.after_not, f.next)):
        for name in names:
            turns = turns[(where[turns] < 0) | ~f.at(name, where[turns])]
    return turns


def _quote(rule: ExchangeRule, turn: int, f: TurnFeatures) -> tuple[int, int, int]:
    """(message, start, end) of the words to show for a turn."""
    first, last = int(f.turns.first[turn]), int(f.turns.last[turn]) + 1
    places = np.flatnonzero(f.lines.words[first:last])
    told = f.told.get(rule.quote) if rule.quote else None
    marked = places[told.at(first + places)] if told else places[:0]
    place = first + int((marked if len(marked) else places)[0])
    text = f.lines.normal[place]
    if len(text) <= _LONG_QUOTE:
        return place, *_trimmed(text, 0, len(text))
    anchor = told.place(place) if told and len(marked) else 0
    left, right = sentence(text, anchor, anchor + 1)
    return place, *_trimmed(text, left, min(right, left + _LONG_QUOTE))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \r":
        start += 1
    while end > start and text[end - 1] in " \r":
        end -= 1
    return start, end
