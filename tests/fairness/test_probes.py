"""Ways of speaking are no hurts: dialect, few words, plainness, faith, irony, swearing among friends, quiet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nearer.cues import catalogue
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals

PROBES = [
    json.loads(line) for line in Path(__file__).with_name("probes.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("probe", PROBES, ids=lambda p: f"{p['group']}: {p['said'][:30]}")
def test_said_in_ones_own_way_it_is_no_hurt(probe: dict[str, str]) -> None:
    cues = catalogue().cues
    for text in (probe["said"], probe["mainstream"]):
        for before in ([], [("other", "morning!")]):
            hits = read_signals(Lines.of_pairs([*before, ("me", text)]), catalogue()).hits
            assert [h.cue for h in hits if h.message == len(before) and cues[h.cue].polarity != "helps"] == []
