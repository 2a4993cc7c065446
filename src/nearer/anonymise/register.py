"""Who became what: one new name for each old one, for the whole conversation."""

from __future__ import annotations

import re
from collections import Counter

from nearer.naming import HANGUL_FROM, HANGUL_TO, unspaced, words_of

_CALLED = {
    "email": ("e-mail address", "e-mail addresses"), "phone": ("phone number", "phone numbers"),
    "address": ("address", "addresses"), "link": ("link", "links"), "handle": ("handle", "handles"),
    "number": ("long number", "long numbers"), "date": ("date", "dates"), "Place": ("place", "places"),
    "Name": ("other name", "other names"),
}  # fmt: skip


class Register:
    """New names by kind and old name; `summary` counts them.

    tokens: word, small letters -> the person it belongs to, for every word of every speaker's name and of others found
        on the way. inside: names in scripts that put no space between words, replaced inside longer runs too.
    """

    def __init__(self, speakers: tuple[str, ...]) -> None:
        self._labels: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()
        self._people = 0
        self._speakers: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        self.inside: dict[str, str] = {}
        words = {w for s in speakers for w in words_of(s)}
        self._word = next(w for w in ("Person", "Somebody", "Participant", "Human") if w.casefold() not in words)
        owners: dict[str, set[str]] = {}
        for name in speakers:
            label = self._speakers[name] = self.person()
            for word in words_of(name):
                owners.setdefault(word, set()).add(label)
            digits = re.sub(r"\D", "", name)
            if len(digits) >= 6:
                self._labels[("number", digits[-9:])] = label
        for word, having in owners.items():
            # A family name that two of them have is nobody's own.
            label = having.pop() if len(having) == 1 else self.label("Name", word)
            self.tokens[word] = label
            if unspaced(word):
                self.inside[word] = label
                if len(word) == 3 and HANGUL_FROM <= word[0] <= HANGUL_TO:
                    self.inside[word[1:]] = self.tokens[word[1:]] = label

    def person(self) -> str:
        """A name for somebody new."""
        self._people += 1
        return f"{self._word} {self._people}"

    def speaker(self, name: str) -> str:
        """The new name of a speaker, or of somebody who only reacted."""
        if name not in self._speakers:
            words = words_of(name)
            known = next((self.tokens[w] for w in words if w in self.tokens), None)
            self._speakers[name] = known or self.person()
        return self._speakers[name]

    def somebody(self, word: str) -> str:
        """The new name of a person who is only spoken of, by a word of their name."""
        key = word.casefold()
        if key not in self.tokens:
            self.tokens[key] = self.person()
        return self.tokens[key]

    def label(self, kind: str, old: str) -> str:
        """ "email 1": the same for the same old one."""
        key = (kind, old.casefold())
        if key not in self._labels:
            self._counts[kind] += 1
            self._labels[key] = f"{kind} {self._counts[kind]}"
        return self._labels[key]

    def number(self, digits: str, kind: str) -> str:
        """A phone or other long number; a speaker whose name is that number keeps their new name."""
        return self._labels.get(("number", digits[-9:])) or self.label(kind, digits)

    def summary(self) -> str:
        """How many of each were replaced, as a sentence."""
        parts = [f"{self._people} {'person' if self._people == 1 else 'people'}"]
        parts += [f"{count} {_CALLED[kind][count > 1]}" for kind, count in self._counts.items()]
        return f"Replaced: {', '.join(parts)}."
