"""What a pattern needs stands in every text that it occurs in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.cues import catalogue
from nearer.cues.regex import Regex
from nearer.signals.normal import normal
from nearer.signals.phrases.needs import Leaf, needs
from nearer.signals.phrases.words import Words

PATTERNS = [pattern for cue in catalogue().cues.values() for pattern in cue.patterns]


def told(pattern: str) -> str:
    """What a pattern needs, in words: "word", "beginning*", "*end", "*part*"."""
    found = needs([pattern])

    def say(number: int) -> str:
        node = found.nodes[number]
        if isinstance(node, Leaf):
            return "*" * (not node.begins) + node.text + "*" * (not node.ends)
        if not node.of:
            return "-"
        return f"({(' & ' if node.all else ' | ').join(sorted(map(say, node.of)))})"

    return say(found.roots[0])


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\byou never\b", "(never & you)"),
        (r"you never", "(*you & never*)"),
        (r"\b(?:you|u) never", "((u | you) & never*)"),
        (r"\bcan'?t\b", "can*"),
        (r"\bha(?:ha)+\b", "haha*"),
        (r"\b(?:ha){2,}h?\b", "haha*"),
        (r"\blist(?:en)?\b", "list*"),
        (r"\bneighbou?r\b", "neighbo*"),
        (r"\b(?:really )*sad\b", "sad"),
        (r"\bno[ ,]+way\b", "(no & way)"),
        (r"\bgo{3,}\b", "gooo*"),
        (r"[?!]", "(! | ?)"),
        (r"\bx*\bsorry\?", "(? & sorry)"),
        (r"\w+ly\b", "*ly"),
        (r"^(?:ok|\d+)$", "-"),
        (r"[^\n.]{0,30}", "-"),
        (r"\x01 lol", "(\x01 & lol*)"),
    ],
)
def test_what_is_needed(pattern: str, needed: str) -> None:
    assert told(pattern) == needed


def test_alike_is_noted_once() -> None:
    found = needs([r"\byou never\b", r"\bnever you\b"])
    assert found.roots[0] == found.roots[1]
    assert len(found.nodes) == len(set(found.nodes))


@settings(max_examples=40)
@given(st.data())
def test_every_text_that_a_pattern_matches_has_what_it_needs(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    alphabet = st.characters(min_codepoint=1, max_codepoint=126)
    # Python's engine ends a line where RE2 does not always: only what RE2 finds counts.
    text = normal(data.draw(st.from_regex(f"(?m:{pattern})", alphabet=alphabet)))
    if Regex(pattern).occurs(text.encode("ascii")):
        assert [number for number, _ in Words([pattern]).candidates([text])] == [0]
