"""The form that engines look for misses nothing that the pattern finds."""

from __future__ import annotations

from nearer.signals.phrases.sought import loose, occurs


def test_open_ends_are_cut_and_nothing_else() -> None:
    assert occurs(r"you never\b[^\n.!?]{0,30}") == r"you never\b"
    assert occurs(r"you \w+") == r"you \w"
    assert occurs(r"you[^\n.]{1,3}") == r"you[^\n.]{1,3}"


def test_a_loose_form_counts_nothing_and_misses_nothing() -> None:
    assert loose(r"if[^\n.]{0,30}then[^\n]{2,9}(?:a ){1,2}b{2,3}") == r"if[^\n.]*then[^\n]+(?:a ){1,2}b{2,3}"
