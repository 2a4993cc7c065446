"""The form of a pattern that automata look for: it occurs wherever the pattern does and in a few places more, and costs
them less."""

from __future__ import annotations

import re

FORM = 1
"""Changes with every change of `sought`, so that no engine compiled from an older form is taken from the cache."""

_MORE_WORDS = re.compile(r"\(\?: \\w\+\)\{(\d+),\}$")
_OPEN_END = re.compile(r"(?<!\\)\[[^\]]*\]\{0,\d+\}$")
_UP_TO = re.compile(r"(?<=\])\{(\d+),\d+\}")


def sought(pattern: str) -> str:
    """What automata look for in place of the pattern."""
    return loose(occurs(pattern))


def occurs(pattern: str) -> str:
    """The pattern without an open end that may be empty: it occurs in the same texts, and an automaton that
    reports every place where a match may end is spared one report a character."""
    while shorter := _OPEN_END.sub("", pattern):
        if shorter == pattern:
            break
        pattern = shorter
    if words := _MORE_WORDS.search(pattern):
        return pattern[: words.start()] + rf"(?: \w+){{{int(words[1]) - 1}}} \w"
    return re.sub(r"\\w\+$", r"\\w", pattern)


def loose(pattern: str) -> str:
    """The pattern with gaps of any length where it says "up to so many": it occurs wherever the pattern does and in a
    few places more. An automaton need not count for it, which makes it smaller and about a third faster."""
    return _UP_TO.sub(lambda m: "*" if m[1] == "0" else "+", pattern)
