"""The parts of a pattern in the syntax of cues/patterns.py, and where in it words surely begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from nearer.cues.patterns import PIECE


class Char(NamedTuple):
    """One character out of these (in small letters). edge: whether it is surely no part of a word. certain: the character,
    where it is always the same."""

    out_of: frozenset[str]
    edge: bool
    certain: str


class Edge(NamedTuple):
    """The edge of a word, or of a line."""


class Choice(NamedTuple):
    """Any of these sequences."""

    branches: Branches


class More(NamedTuple):
    """An item that may be missing, and may be there more than once."""

    item: Item


Item = Char | Edge | Choice | More
Branches = tuple[tuple[Item, ...], ...]

_ASCII = [chr(code) for code in range(128)]
LETTERS = frozenset(c for c in _ASCII if c.isalnum() or c == "_")
"""What words are made of."""
_QUANTIFIER = re.compile(r"[*+?{]")
_COPIES = 4
"""How often something is written out that has to be there so many times."""


def parsed(pattern: str) -> Branches:
    """The branches of a pattern in the syntax of cues/patterns.py."""
    branches, _ = _branches(PIECE.findall(pattern), 0)
    return branches


def _branches(pieces: list[str], at: int) -> tuple[Branches, int]:
    """The branches that begin at a piece, and where they end."""
    branches: list[tuple[Item, ...]] = []
    items: list[Item] = []
    while at < len(pieces) and (piece := pieces[at]) != ")":
        at += 1
        if piece == "|":
            branches.append(tuple(items))
            items = []
        elif piece == "(?:":
            inside, at = _branches(pieces, at)
            at += 1
            items += [Choice(inside)] if _QUANTIFIER.match("".join(pieces[at : at + 1])) else _plain(Choice(inside))
        elif piece in ("^", "$", r"\b"):
            items.append(Edge())
        elif _QUANTIFIER.match(piece):
            item = items.pop()
            low, comma, _ = {"*": "0,", "+": "1,", "?": "0,1"}.get(piece, piece).strip("{}?").partition(",")
            least = min(int(low), _COPIES)
            items += _plain(item) * least
            if comma or int(low) > least:
                items.append(More(item))
            # A mark that makes it lazy changes nothing about what is needed.
            at += len([*takewhile("?".__eq__, pieces[at : at + 1])])
        else:
            items.append(_char(piece))
    return (*branches, tuple(items)), at


def _plain(item: Item) -> list[Item]:
    """A choice of one is that one, so that its letters join those beside them."""
    return [*item.branches[0]] if isinstance(item, Choice) and len(item.branches) == 1 else [item]


@lru_cache(maxsize=4096)
def _char(piece: str) -> Char:
    """A piece of a pattern that matches one character."""
    one = re.compile(piece, re.ASCII)
    out_of = frozenset(c.lower() for c in _ASCII if one.match(c))
    return Char(out_of, not out_of & LETTERS, "".join(out_of) if len(out_of) == 1 else "")


def certain(item: Item) -> str:
    """The character that an item always is, or nothing."""
    return item.certain if isinstance(item, Char) else ""


def passed(item: Item, edge: bool, backwards: bool) -> bool:
    """Whether behind an item (before it, if `backwards`) is surely the edge of a word, where `edge` says so of its other
    side."""
    if isinstance(item, Char):
        return item.edge
    if isinstance(item, Edge):
        return True
    if isinstance(item, Choice):
        return all(_past(branch, edge, backwards) for branch in item.branches)
    return edge and passed(item.item, edge, backwards)


def _past(items: Sequence[Item], edge: bool, backwards: bool) -> bool:
    for item in reversed(items) if backwards else items:
        edge = passed(item, edge, backwards)
    return edge
