"""Places are those in each text, though all are looked through as one."""

from __future__ import annotations

from nearer.cues.regex import Regex
from nearer.signals.phrases.places import places


def test_places_in_each_text() -> None:
    found = places(Regex(r"\bno\b[^\n]?"), ["oh no", "", "no no", "know"])
    assert [*zip(*(column.tolist() for column in found), strict=True)] == [(0, 3, 5), (2, 0, 3), (2, 3, 5)]


def test_nowhere_and_in_nothing() -> None:
    for texts in ([], ["", ""], ["yes"]):
        assert [column.tolist() for column in places(Regex("no"), texts)] == [[], [], []]
