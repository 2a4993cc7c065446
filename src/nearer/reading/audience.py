"""Whom a message is said to. Between two that is the other; in a group, what is said to one is not given to another."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from nearer.naming import ALSO_WORDS, NO_NAMES, WORD

if TYPE_CHECKING:
    from nearer.signals.read import Signals


class Audience:
    """Who hears each message of a conversation as said to them."""

    def __init__(self, signals: Signals) -> None:
        self._lines, self._turns, self._answers = signals.lines, signals.turns, signals.features.previous
        self._group = len(np.unique(signals.turns.speaker)) > 2
        self._named: dict[str, set[int]] = defaultdict(set)
        for person, name in enumerate(signals.lines.names):
            for form in _forms(name):
                self._named[form].add(person)
        # Every pair of a group asks of the same messages.
        self._addressed = cache(self._whom)

    def hears(self, person: int, message: int) -> bool:
        """Is it said to this person, who did not say it themselves?"""
        return not self._group or person in self._addressed(message)

    def _whom(self, message: int) -> set[int]:
        """Whom it names or is sent in reply to; the turn before it is answered only where it does neither: "thanks
        Goran" is not said to Chidi, who spoke in between."""
        speaker, answered = self._lines.speaker, self._lines.reply_to[message]
        people = {p for word in WORD.findall(self._lines.texts[message]) for p in self._named.get(word, ())}
        if answered >= 0:
            people.add(int(speaker[answered]))
        people.discard(int(speaker[message]))
        before = self._answers[self._turns.of_message[message]]
        return people or ({int(self._turns.speaker[before])} if before >= 0 else set())


def _forms(name: str) -> set[str]:
    """How the first name of somebody may be written; one that is also a word, or nearly as short as one, only as in the chat."""
    first = WORD.search(name)
    if first is None or len(first[0]) == 1 or first[0].casefold() in NO_NAMES:
        return set()
    same = len(first[0]) == 2 or first[0].casefold() in ALSO_WORDS
    return {first[0]} if same else {first[0], first[0].lower(), first[0].upper()}
