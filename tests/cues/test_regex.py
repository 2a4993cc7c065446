"""Patterns as RE2 runs them."""

from __future__ import annotations

import pytest

from nearer.cues.regex import Regex


def test_case_matters_only_where_asked() -> None:
    assert Regex("never").occurs(b"You NEVER listen")
    assert not Regex("never", case=True).occurs(b"You NEVER listen")


def test_any_of_some_and_every_place_of_them() -> None:
    either = Regex.any_of(["a|b", "c$"])
    assert [*either.spans(b"a c\nb c")] == [(0, 1), (2, 3), (4, 5), (6, 7)]
    assert [*either.spans(b"a c\nb c", 1, 5)] == [(2, 3), (4, 5)]
    assert not either.occurs(b"a cd", 1)


def test_what_it_cannot_run_is_said_without_the_pattern() -> None:
    with pytest.raises(ValueError, match=r"^not a regular expression: missing \)$"):
        Regex("you (?:never").occurs(b"")


def test_time_grows_with_the_text_alone() -> None:
    # Python's own engine would take longer than the world has stood.
    assert not Regex("(?:a|a)*b").occurs(b"a" * 5000)
