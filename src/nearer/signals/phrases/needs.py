"""Which words a text must hold for a pattern to occur in it, worked out from the pattern alone.

Most patterns need a word or two that most texts lack, so that hardly any text has to be looked at by hardly any pattern
(the idea of RE2's FilteredRE2 and of code search: https://swtch.com/~rsc/regexp/regexp4.html). What is needed here is
whole words, or their beginnings and ends, not stretches of letters: texts are short, and words part them better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from nearer.signals.phrases.syntax import LETTERS, Char, Choice, Item, certain, parsed, passed

FORM = 1
"""Changes with every change of what is needed, so that nothing kept from an older form is used."""

WORD = re.compile(r"\w+|[^\w\s]", re.ASCII)
"""What counts as a word in a text, and in a pattern: letters and digits in a row, or one mark of any other kind."""


class Leaf(NamedTuple):
    """Needed: a word that is this, or begins with it, or ends on it, or holds it."""

    text: str
    begins: bool
    ends: bool


class Group(NamedTuple):
    """Needed: all of some nodes, or any of them. All of none is needed by a pattern that may occur anywhere."""

    all: bool
    of: tuple[int, ...]


class Needs(NamedTuple):
    """nodes: each after those that it names. roots: for each pattern, what it needs."""

    nodes: list[Leaf | Group]
    roots: list[int]


def needs(patterns: Sequence[str]) -> Needs:
    """What each pattern needs. Nodes that are alike are one."""
    forest = _Forest()
    roots = [forest.any(forest.sequence(branch, False, False) for branch in parsed(pattern)) for pattern in patterns]
    return Needs(forest.nodes, roots)


_FEW = 12
"""Marks that a class may name one by one."""


class _Forest:
    """Nodes as they are made, each once. before, after: whether what stands there is surely the edge of a word."""

    def __init__(self) -> None:
        self.nodes: list[Leaf | Group] = []
        self._place: dict[Leaf | Group, int] = {}
        self._nothing = self._node(Group(True, ()))

    def _node(self, node: Leaf | Group) -> int:
        number = self._place.setdefault(node, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(node)
        return number

    def _joined(self, every: bool, nodes: Iterable[int]) -> int:
        """Of nested groups of one kind, one group."""
        flat: set[int] = set()
        for number in nodes:
            node = self.nodes[number]
            flat.update(node.of if isinstance(node, Group) and node.all == every and node.of else (number,))
        if every:
            flat.discard(self._nothing)
        return flat.pop() if len(flat) == 1 else self._node(Group(every, tuple(sorted(flat, key=self._rarest))))

    def _rarest(self, number: int) -> tuple[int, int]:
        """Long words first, which few texts hold: the rest of a group is then hardly ever asked."""
        node = self.nodes[number]
        return (-len(node.text) if isinstance(node, Leaf) else 1, number)

    def any(self, nodes: Iterable[int]) -> int:
        """Needed: any of these."""
        some = [*nodes]
        return self._nothing if self._nothing in some else self._joined(False, some)

    def sequence(self, items: Sequence[Item], before: bool, after: bool) -> int:
        """Needed by a sequence between two places."""
        edges = [after]
        for item in reversed(items):
            edges.append(passed(item, edges[-1], backwards=True))
        edges.reverse()
        found: list[int] = []
        at = 0
        while at < len(items):
            item = items[at]
            text = "".join(takewhile(bool, map(certain, islice(items, at, None))))
            past = at + (len(text) or 1)
            found += self._literal(text, before, edges[past]) if text else [self._item(item, before, edges[past])]
            for item in items[at:past]:
                before = passed(item, before, backwards=False)
            at = past
        return self._joined(True, found)

    def _literal(self, text: str, before: bool, after: bool) -> list[int]:
        found: list[int] = []
        for match in WORD.finditer(text):
            begins, ends = before or match.start() > 0, after or match.end() < len(text)
            if match[0][0] not in LETTERS:
                begins = ends = True
            # That some word begins with a certain letter says next to nothing.
            if len(match[0]) > 1 or (begins and ends):
                found.append(self._node(Leaf(match[0], begins, ends)))
        return found

    def _item(self, item: Item, before: bool, after: bool) -> int:
        if isinstance(item, Choice):
            return self.any(self.sequence(branch, before, after) for branch in item.branches)
        if isinstance(item, Char) and item.edge and len(item.out_of) <= _FEW and not any(map(str.isspace, item.out_of)):
            return self.any(self._node(Leaf(mark, True, True)) for mark in sorted(item.out_of))
        return self._nothing
