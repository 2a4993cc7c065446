"""What is said twice is read once, and counts twice."""

from __future__ import annotations

from nearer.cues import catalogue
from nearer.signals.phrases import scan, table_for

SAID = ["you never listen to me", "ok", "You never listen to me", "you never listen to me?", "ok"]


def test_the_same_words_again_are_found_again_in_their_own_place() -> None:
    table = table_for(catalogue())
    found = scan(SAID, table)
    one_by_one = [scan([text], table) for text in SAID]
    assert [(h.cue, h.message, h.start, h.end) for h in found.hits] == [
        (h.cue, i, h.start, h.end) for i, alone in enumerate(one_by_one) for h in alone.hits
    ]
    assert {k: v.everywhere.tolist() for k, v in found.features.items()} == {
        k: [bool(alone.features[k].everywhere[0]) for alone in one_by_one] for k in found.features
    }
    assert {h.message for h in found.hits} >= {0, 2, 3}
