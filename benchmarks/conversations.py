"""Do whole-conversation measures behave? Counselling sessions rated by experts, and partners who said how they liked each other.

    python benchmarks/conversations.py

annomi: AUC of a simple sum (Attunement and presence for, one-up and dismissal against, per 100 therapist turns), high against
low quality; no label was trained on. casino: Spearman correlation between the findings in a partner's words, family by
family, and how much the other liked them. Needs ../shared/data; numbers only, no sentence is kept.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter

from nearer.api import load_encoder
from nearer.conversation import Conversation
from nearer.model import GROUPS
from nearer.reading.read import Settings, read_conversation
from quality import rows

FOR = ("ATT101", "ATT102", "ATT103", "MUT101", "ADJ101", "INT103")
AGAINST = ("MUT202", "ADJ205", "ATT201", "ADJ201", "ADJ202", "CTL202", "ADJ204", "OWN202", "OWN203", "CTL201")


def ranks(values: list[float]) -> list[float]:
    """Ranks from 1, ties shared."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    out = [0.0] * len(values)
    start = 0
    while start < len(order):
        stop = start
        while stop < len(order) and values[order[stop]] == values[order[start]]:
            stop += 1
        for i in order[start:stop]:
            out[i] = (start + 1 + stop) / 2
        start = stop
    return out


def spearman(x: list[float], y: list[float]) -> tuple[float, float]:
    """(rho, two-sided p by the normal approximation)."""
    a, b = ranks(x), ranks(y)
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    va, vb = sum((i - ma) ** 2 for i in a), sum((j - mb) ** 2 for j in b)
    if not va or not vb:
        return 0.0, 1.0
    rho = sum((i - ma) * (j - mb) for i, j in zip(a, b, strict=True)) / math.sqrt(va * vb)
    return rho, math.erfc(abs(rho) * math.sqrt(len(x) - 1) / math.sqrt(2))


def annomi(settings: Settings) -> None:
    """Print the AUC of the simple sum."""
    scores: dict[str, list[float]] = {"high": [], "low": []}
    for talk in rows("annomi"):
        lines = [(m["speaker"], m["text"]) for m in talk["messages"]]
        reading = read_conversation(Conversation.from_messages(lines), settings)
        found = Counter(f.cue for f in reading.of("therapist"))
        turns = next(s.turns for s in reading.speakers if s.name == "therapist")
        good, bad = sum(found[c] for c in FOR), sum(found[c] for c in AGAINST)
        scores[talk["quality"]].append(100 * (good - 2 * bad) / turns)
    wins = sum((h > low) + 0.5 * (h == low) for h in scores["high"] for low in scores["low"])
    print(f"annomi: AUC {wins / len(scores['high']) / len(scores['low']):.3f} "
          f"({len(scores['high'])} high, {len(scores['low'])} low)")  # fmt: skip


def casino(settings: Settings) -> None:
    """Print the correlation of each family, helps and hurts, with being liked."""
    liked: list[float] = []
    counts: dict[tuple[str, str], list[float]] = {}
    keys = [(f, p) for f in GROUPS for p in ("helps", "hurts")]
    for talk in rows("casino"):
        lines = [(m["speaker"], m["text"]) for m in talk["messages"]]
        reading = read_conversation(Conversation.from_messages(lines), settings)
        names = [s.name for s in reading.speakers]
        for speaker in reading.speakers:
            other = next((n for n in names if n != speaker.name), None)
            if other is None:
                continue
            liked.append(float(talk["outcomes"][other]["likes_partner"]))
            for family in speaker.families:
                counts.setdefault((family.family, "helps"), []).append(family.helps / speaker.turns)
                counts.setdefault((family.family, "hurts"), []).append(family.hurts / speaker.turns)
    print(f"casino: {len(liked)} participants")
    for key in keys:
        rho, p = spearman(counts[key], liked)
        print(f"  {key[0]:16}{key[1]:6} rho {rho:+.3f}  p {p:.4f}  in {sum(v > 0 for v in counts[key])}")
    total = [sum(counts[f, "helps"][i] - 2 * counts[f, "hurts"][i] for f in GROUPS) for i in range(len(liked))]
    print("  all families, helps less twice the hurts: rho {:+.3f}  p {:.5f}".format(*spearman(total, liked)))


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-encoder", action="store_true")
    args = parser.parse_args()
    settings = Settings(encoder=None if args.no_encoder else load_encoder())
    annomi(settings)
    casino(settings)


if __name__ == "__main__":
    main()
