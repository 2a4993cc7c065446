"""Which texts hold the words that a pattern needs (needs.py), for many texts and all patterns at once.

Texts are bits of whole numbers: of every word it is noted once in which texts it stands, and what a pattern needs is
reckoned from these numbers with "and" and "or", for thousands of texts in one step.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from nearer import paths
from nearer.signals.distinct import distinct, starts
from nearer.signals.phrases.needs import FORM, WORD, Group, Leaf, Needs, needs

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST = 64
"""Letters of the longest word that is looked into. A longer one, which nobody says, may hold anything."""
_WORD_OR_END = re.compile(rf"{WORD.pattern}|\n", re.ASCII)
_SHIFT = 32
_TEXT = (1 << _SHIFT) - 1
_REMEMBERED = 1 << 16
"""Different words of which it is remembered what they are good for."""


class Words:
    """What some patterns need, ready to be asked of texts."""

    def __init__(self, patterns: Sequence[str]) -> None:
        key = hashlib.sha256(repr((FORM, list(patterns))).encode()).hexdigest()[:16]
        kept = paths.cached_json(f"words-{key}", lambda: _plain(needs(patterns)))
        self._roots: list[int] = kept["roots"]
        self._groups: list[tuple[bool, list[int]]] = kept["groups"]
        self._unasked: list[int | None] = [None if group else 0 for group in self._groups]
        self._leaves = _Leaves(*kept["leaves"])

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """See Engine."""
        everywhere = (1 << len(texts)) - 1
        # For every node, a number whose bit i says whether text i has what it needs; of groups, once somebody asks.
        value = self._unasked.copy()
        for bits, leaves in self._standing(texts):
            for leaf in leaves:
                value[leaf] = (value[leaf] or 0) | bits

        for number, root in enumerate(self._roots):
            known = value[root]
            if bits := self._having(root, value, everywhere) if known is None else known:
                flags = np.frombuffer(bits.to_bytes(len(texts) // 8 + 1, "little"), np.uint8)
                byte = flags.nonzero()[0]
                some = np.unpackbits(flags[byte], bitorder="little").nonzero()[0]
                yield number, byte[some >> 3] << 3 | some & 7

    def _having(self, group: int, value: list[int | None], everywhere: int) -> int:
        """The texts that have what a group asks for, which is noted in `value`."""
        every, of = self._groups[group]
        bits = everywhere if every else 0
        for other in of:
            known = value[other]
            some = self._having(other, value, everywhere) if known is None else known
            bits = bits & some if every else bits | some
            if every and not bits:
                break
        value[group] = bits
        return bits

    def _standing(self, texts: Sequence[str]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """(the texts in which a word stands, its leaves) for every word that is good for any."""
        number_of: dict[str, int] = defaultdict(count(1).__next__, {"\n": 0})
        words = map(itemgetter(0), _WORD_OR_END.finditer("\n".join(texts).lower()))
        number = np.fromiter(map(number_of.__getitem__, words), np.int64)
        leaves = [() if word == "\n" else self._leaves.of(word) for word in number_of]
        key = number << _SHIFT | np.cumsum(number == 0)
        key = distinct(key[np.fromiter(map(bool, leaves), bool, len(leaves))[number]])
        # Bit by bit into bytes, all at once; then the bytes of one word after the other.
        byte, bit = key >> 3, np.left_shift(1, key & 7)
        start = starts(byte)
        value = np.bitwise_or.reduceat(bit, start).astype(np.uint8) if len(start) else start
        place = byte[start] & _TEXT >> 3
        word = byte[start] >> _SHIFT - 3
        first = starts(word)
        for which, (a, b) in zip(word[first].tolist(), pairwise([*first.tolist(), len(start)]), strict=True):
            bits = np.zeros(len(texts) // 8 + 1, np.uint8)
            bits[place[a:b]] = value[a:b]
            yield int.from_bytes(bits.tobytes(), "little"), leaves[which]


def _plain(found: Needs) -> dict[str, Any]:
    """The same in the form that is kept. groups: for each node, empty where it is a leaf. leaves: numbers of nodes."""
    leaves: list[dict[str, int]] = [{}, {}, {}, {}]
    for number, node in enumerate(found.nodes):
        if isinstance(node, Leaf):
            leaves[2 * (not node.begins) + (not node.ends)][node.text] = number
    groups = [(node.all, node.of) if isinstance(node, Group) else () for node in found.nodes]
    return {"roots": found.roots, "groups": groups, "leaves": leaves}


class _Leaves:
    """The leaves that a word is good for: numbers of words as a whole, of beginnings, of ends, and of parts."""

    def __init__(self, whole: dict[str, int], begin: dict[str, int], end: dict[str, int], part: dict[str, int]) -> None:
        self._whole, self._begin, self._end, self._part = whole, begin, end, part
        self._longest = max(map(len, part), default=0)
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The numbers of its leaves."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = tuple(self._found(word))
        return known

    def _found(self, word: str) -> Iterator[int]:
        size = len(word)
        if size > _LONGEST:
            yield from (*self._begin.values(), *self._end.values(), *self._part.values())
            return
        parts = {word[i : i + n] for i in range(size) for n in range(1, self._longest + 1)}
        for leaves, texts in (
            (self._whole, (word,)),
            (self._begin, (word[: i + 1] for i in range(size))),
            (self._end, (word[i:] for i in range(size))),
            (self._part, parts),
        ):
            yield from (leaves[text] for text in texts if text in leaves)
