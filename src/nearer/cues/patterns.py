"""How a pattern in a cue's file becomes one that every engine understands.

A pattern is a regular expression over the normal form of a message (signals/normal.py), without look-around, back
references or groups that capture, matched without regard to case. `{name}` stands for a list of vocabulary.toml.
`\\s` and negated classes never reach into the next message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nearer.cues.regex import Regex

_NAME = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_FORBIDDEN = (
    (re.compile(r"\(\?[=!<]"), "look-around is not available on every engine"),
    (re.compile(r"(?<!\\)\((?!\?)"), "write (?: … ) for a group"),
    (re.compile(r"\\[1-9]"), "back references are not available on every engine"),
    (re.compile(r"(?<!\\)[*+?}]\+"), "possessive repeats are not available on every engine"),
    (re.compile(r"(?<!\\)[A-Z]"), "patterns are written in small letters (shouting goes under case_patterns)"),
    (re.compile(r"[^\x00-\x7f]"), "patterns are plain ASCII; emoji have names such as {laugh_emoji}"),
)


def expand(pattern: str, vocabulary: Mapping[str, str], depth: int = 0) -> str:
    """Replace {name} by the alternation of that list. Raises ValueError for an unknown name or a ring of names."""
    if depth > 8:
        raise ValueError("the lists name each other in a ring")

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in vocabulary:
            raise ValueError(f"no list {{{name}}} in vocabulary.toml")
        return expand(vocabulary[name], vocabulary, depth + 1)

    return _NAME.sub(fill, pattern)


def compile_text(pattern: str, vocabulary: Mapping[str, str], case: bool = False) -> str:
    """The pattern as the engines get it. Raises ValueError, in one sentence, for what they could not all run."""
    text = expand(pattern, vocabulary)
    for found, why in _FORBIDDEN:
        if found.search(text) and not (case and "small letters" in why):
            raise ValueError(why)
    text = _within_message(text)
    if Regex(text).occurs(b""):
        raise ValueError("it matches the empty text")
    if _anchored_inside(text):
        raise ValueError("^ may only begin a pattern (or a choice at its beginning), and $ only end one")
    return text


PIECE = re.compile(r"\\x[0-9a-f]{2}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:|\{\d+,?\d*\}[?]?|[*+?]|.", re.DOTALL)


def _anchored_inside(text: str) -> bool:
    """Whether something must be matched before a ^ or after a $: Hyperscan refuses that, but only when it compiles."""
    pieces = [p for p in PIECE.findall(text) if p[0] not in "{*+?"]
    return _misplaced(pieces, "^", "(?:", ")") or _misplaced(pieces[::-1], "$", ")", "(?:")


def _misplaced(pieces: list[str], anchor: str, opening: str, closing: str) -> bool:
    outer: list[bool] = []
    first = True
    for piece in pieces:
        if piece == anchor:
            if not first:
                return True
        elif piece == opening:
            outer.append(first)
        elif piece == "|":
            first = outer[-1] if outer else True
        else:
            if piece == closing:
                outer.pop()
            first = False
    return False


class Compiler:
    """Compiles patterns against one vocabulary and remembers the outcome, so that a cached catalogue need not."""

    def __init__(self, vocabulary: Mapping[str, str], known: Mapping[str, str] | None = None) -> None:
        self.vocabulary = vocabulary
        self.known = dict(known or {})

    def text(self, pattern: str, case: bool = False) -> str:
        """As `compile_text`."""
        key = ("case:" if case else "") + pattern
        done = self.known.get(key)
        if done is None:
            done = self.known[key] = compile_text(pattern, self.vocabulary, case)
        return done

    def rewording(self, match: str) -> str:
        """A rule of rewording with its lists filled in; it may capture what the rewording repeats. Raises KeyError,
        ValueError or re.error."""
        key = "rewording:" + match
        done = self.known.get(key)
        if done is None:
            done = expand(match, self.vocabulary)
            re.compile(done)
            self.known[key] = done
        return done


def _within_message(text: str) -> str:
    """Rewrite the classes that would match the "\\n" between two messages scanned together."""
    out: list[str] = []
    in_class = False
    i = 0
    while i < len(text):
        pair = text[i : i + 2]
        if pair[0] == "\\" and len(pair) == 2:
            inside = {"s": r" \t\r", "W": None, "D": None}.get(pair[1], pair)
            if inside is None and in_class:
                raise ValueError(f"{pair} cannot stand inside […]")
            if not in_class:
                inside = {"s": r"[ \t\r]", "W": r"[^\n\w]", "D": r"[^\n\d]"}.get(pair[1], pair)
            out.append(str(inside))
            i += 2
            continue
        if not in_class and pair[0] == "[":
            in_class = True
            negated = pair == "[^"
            out.append(r"[^\n" if negated else "[")
            i += 2 if negated else 1
            continue
        if in_class and pair[0] == "]":
            in_class = False
        out.append(pair[0])
        i += 1
    return "".join(out)


def alternation(items: list[str]) -> str:
    """A vocabulary list as one group; longer entries first, so that the longest reading is quoted."""
    return "(?:" + "|".join(sorted(items, key=lambda s: (-len(s), s))) + ")"
