"""What a pattern may be: every engine must be able to run it, and a writer hears of it at once."""

from __future__ import annotations

import pytest

from nearer.cues.patterns import compile_text
from nearer.cues.regex import Regex


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"you (?=never)", "look-around"),
        (r"(you|u) never", r"\(\?:"),
        (r"You never", "small letters"),
        (r"never {nobody}", "no list"),
        (r"(?:x)?", "empty"),
        (r"you (?:never", "not a regular expression: .*missing"),
        (r"\bsee (?:you$|me) again", "only end"),
        (r"how (?:cold|deep[.!]*$)\b", "only end"),
        (r"oh (?:^|well )no", "only begin"),
    ],
)
def test_what_not_every_engine_runs_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        compile_text(pattern, {})


@pytest.mark.parametrize(
    "pattern", [r"(?:^|[.!] )no\b", r"^(?:ok|no) then$", r"\bdo(?:$|[.!] ?(?:now|$))", r"[$^]x|\$5"]
)
def test_anchors_at_the_ends_are_fine(pattern: str) -> None:
    assert compile_text(pattern, {})


def test_classes_never_reach_into_the_next_message() -> None:
    pattern = Regex(compile_text(r"you\s+never[^.]*always", {}))
    assert pattern.occurs(b"you never know. you always do\nyou  never, always")
    assert not pattern.occurs(b"you\nnever always")
    assert not pattern.occurs(b"you never\nalways")
