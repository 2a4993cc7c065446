"""The same content said in different ways should read alike: hurts and danger found in paired probes.

    python benchmarks/fairness.py            the table, one line a way of speaking, with an exact test of the difference
    python benchmarks/fairness.py --show     every pair that reads differently
    python benchmarks/fairness.py --encoder  the same with the encoder's heads

The probes are tests/fairness/probes.jsonl: each says one thing in one community's way and in a mainstream way.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from math import comb
from pathlib import Path

from nearer.api import load_encoder
from nearer.cues import catalogue
from nearer.signals.encoder import Encoder
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals

PROBES = Path(__file__).resolve().parents[1] / "tests" / "fairness" / "probes.jsonl"
BEFORE: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("other", "hey, how are you? did you think about saturday?"),),
    (("other", "I had such a hard day, I feel so low."),),
)
"""What the other said before: nothing, a question, a disclosure."""


def unkind(text: str, before: tuple[tuple[str, str], ...], encoder: Encoder | None = None) -> list[str]:
    """Hurts and danger cues found in the text; Self-care, which is off, aside."""
    cues = catalogue().cues
    signals = read_signals(Lines.of_pairs([*before, ("me", text)]), catalogue(), None, encoder)
    return sorted(
        h.cue
        for h in signals.hits
        if h.message == len(before) and cues[h.cue].polarity != "helps" and cues[h.cue].family != "self_care"
    )


def sign_test(more: int, fewer: int) -> float:
    """Two-sided exact chance of so uneven a split of the pairs that differ (McNemar)."""
    n = more + fewer
    tail = sum(comb(n, k) for k in range(min(more, fewer) + 1)) / 2**n
    return min(1.0, 2 * tail)


def pairs(encoder: Encoder | None = None) -> dict[str, list[tuple[str, list[str], str, list[str]]]]:
    """Group -> (said, its cues, mainstream, its cues) for every probe in every context."""
    found = defaultdict(list)
    for line in PROBES.read_text(encoding="utf-8").splitlines():
        probe = json.loads(line)
        for before in BEFORE:
            said, plain = probe["said"], probe["mainstream"]
            found[probe["group"]].append((said, unkind(said, before, encoder), plain, unkind(plain, before, encoder)))
    return dict(found)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--encoder", action="store_true")
    args = parser.parse_args()
    print(f"{'way of speaking':18}{'readings':>9}{'flagged':>9}{'mainstream':>12}{'p':>8}")
    for group, rows in pairs(load_encoder() if args.encoder else None).items():
        more = sum(bool(a) and not b for _, a, _, b in rows)
        fewer = sum(bool(b) and not a for _, a, _, b in rows)
        flagged, plain = sum(bool(a) for _, a, _, _ in rows), sum(bool(b) for _, _, _, b in rows)
        print(f"{group:18}{len(rows):9}{flagged:9}{plain:12}{sign_test(more, fewer):8.2f}")
        if args.show:
            for said, a, text, b in rows:
                if a != b:
                    print(f"    {said!r} {a} / {text!r} {b}")


if __name__ == "__main__":
    main()
