"""Reactions, and those that reach the other kind of phone as a text: Loved “see you at five”."""

from __future__ import annotations

import re

from nearer.conversation import ConversationBuilder, Reaction

_TAPBACK = re.compile(
    r"^(?:(?P<given>Loved|Liked|Disliked|Laughed at|Emphasi[sz]ed|Questioned|Reacted (?P<symbol>\S{1,16}) to)"
    r"|Removed (?:a|an)? ?(?P<taken>heart|like|dislike|laugh|exclamation|question mark|[^\sa-z]{1,16}) from)"
    r" (?:“(?P<quoted>.*)”|(?P<file>an? (?:image|movie|video|audio message|attachment|sticker|contact|location)))$",
    re.DOTALL,
)
_TAKEN = {
    "heart": "Loved", "like": "Liked", "dislike": "Disliked", "laugh": "Laughed at", "exclamation": "Emphasized",
    "question mark": "Questioned",
}  # fmt: skip
_REACH = 2000


class Tapbacks:
    """Who has reacted to which message, for a builder whose messages are added in order of time."""

    def __init__(self, builder: ConversationBuilder) -> None:
        self._builder = builder
        self._given: dict[int, dict[tuple[str, str], None]] = {}
        self._said: list[tuple[str, int]] = []
        self._last_file: int | None = None

    def add(self, place: int, who: str, emoji: str) -> None:
        """Somebody's reaction to a message."""
        self._given.setdefault(place, {})[(who, emoji)] = None

    def take_back(self, place: int, who: str, emoji: str) -> None:
        """Somebody's reaction is gone again."""
        self._given.get(place, {}).pop((who, emoji), None)

    def said(self, place: int, words: str, file: bool) -> None:
        """A message that may be reacted to."""
        if words:
            self._said.append((words.strip(), place))
        if file:
            self._last_file = place

    def reads(self, who: str, words: str, time: int | None, line: int) -> bool:
        """Whether this text is a reaction, which it then counts as. The words in it are another's."""
        match = _TAPBACK.match(words.strip())
        if match is None:
            return False
        place = self._last_file if match["file"] else self._place(match["quoted"])
        if place is None:
            self._builder.notice("reaction to a message that is not here", time, line)
            return True
        if match["given"]:
            self.add(place, who, match["symbol"] or match["given"].replace("sised", "sized"))
        else:
            self.take_back(place, who, _TAKEN.get(match["taken"], match["taken"]))
        self._builder.notice("reaction" if match["given"] else "reaction taken back", time, line)
        return True

    def _place(self, quoted: str) -> int | None:
        """The last message with these words, or whose beginning they are where they were cut short."""
        whole = quoted.strip()
        cut = whole.removesuffix("…").removesuffix("...").rstrip()
        for words, place in reversed(self._said[-_REACH:]):
            if words == whole or (cut != whole and words.startswith(cut)):
                return place
        return None

    def finish(self) -> None:
        """Write down what was given, and not taken back."""
        for place, given in self._given.items():
            self._builder.set(place, "reactions", tuple(Reaction(who, emoji) for who, emoji in given) or None)
