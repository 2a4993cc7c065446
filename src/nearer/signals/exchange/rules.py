"""Adjacent turns that make a cue: each cue's exchange rules over all turns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nearer.signals.phrases.place import sentence
from nearer.signals.phrases.scan import Hit, Scan
from nearer.signals.phrases.table import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nearer.cues import Cue
    from nearer.cues.schema import ExchangeRule
    from nearer.signals.exchange.features import TurnFeatures

_LONG_QUOTE = 240
"""A quotation longer than this is cut to the sentence that matters."""


def exchange_hits(features: TurnFeatures, scan: Scan, table: Table) -> list[Hit]:
    """Every place where an exchange rule of a cue holds, at most one for each cue and turn."""
    hits: list[Hit] = []
    for cue in table.catalogue.cues.values():
        done: set[int] = set()
        for rule in cue.exchange:
            for turn in np.flatnonzero(_holds(rule, features)):
                if int(turn) in done:
                    continue
                hit = _hit(cue, rule, int(turn), features, scan, table)
                if hit is not None:
                    done.add(int(turn))
                    hits.append(hit)
    return hits


def taken_up(features: TurnFeatures) -> NDArray[np.bool_]:
    """(t,) turns that the other answers with a laugh and no hurt: what was said there was welcome."""
    answer = features.next
    glad = features["laugh"] & ~features["contempt"]
    return (answer >= 0) & glad[answer] if len(answer) else np.zeros(0, bool)


def _holds(rule: ExchangeRule, f: TurnFeatures) -> NDArray[np.bool_]:
    turns = f.turns
    mask = turns.words > 0
    if rule.before or rule.before_not:
        mask &= f.previous >= 0
        gap = turns.start - turns.end[f.previous]
        mask &= ~(gap > rule.within_hours * 3600)
        for name in rule.before:
            mask &= f[name][f.previous]
        for name in rule.before_not:
            mask &= ~f[name][f.previous]
    for name in rule.here:
        mask &= f[name]
    for name in rule.here_not:
        mask &= ~f[name]
    if rule.after:
        mask &= f.next >= 0
    for name in rule.after:
        mask &= f[name][f.next]
    for name in rule.after_not:
        mask &= ~((f.next >= 0) & f[name][f.next])
    return mask


def _hit(cue: Cue, rule: ExchangeRule, turn: int, f: TurnFeatures, scan: Scan, table: Table) -> Hit | None:
    first, last = int(f.turns.first[turn]), int(f.turns.last[turn])
    contexts = {
        name
        for name, mask in scan.guarded.items()
        if table.catalogue.guards[name].where != "before" and bool(mask[first : last + 1].any())
    }
    if contexts & cue.silent_in or not cue.only_in <= contexts:
        return None
    place, start, end = _quote(rule, first, last, f, table)
    return Hit(cue.code, place, start, end, frozenset(contexts), rule.confidence)


def _quote(rule: ExchangeRule, first: int, last: int, f: TurnFeatures, table: Table) -> tuple[int, int, int]:
    """(message, start, end) of the words to show for a turn."""
    places = [m for m in range(first, last + 1) if f.lines.words[m]]
    anchor = 0
    if rule.quote and rule.quote in table.features:
        marked = [m for m in places if f.message_mask(rule.quote)[m]]
        if marked:
            places = marked
            anchor = table.feature_place(rule.quote, f.lines.normal[marked[0]])
    place = places[0]
    text = f.lines.normal[place]
    if len(text) <= _LONG_QUOTE:
        return place, *_trimmed(text, 0, len(text))
    left, right = sentence(text, anchor, anchor + 1)
    return place, *_trimmed(text, left, min(right, left + _LONG_QUOTE))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \r":
        start += 1
    while end > start and text[end - 1] in " \r":
        end -= 1
    return start, end
