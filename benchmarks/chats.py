"""Whole chats, written for the purpose and marked message by message by readers who did not see what nearer finds.

    python benchmarks/chats.py [--no-encoder] [--show hurts|helps|danger]

benchmarks/chats holds WhatsApp exports of many kinds of people, and marks.jsonl: {"chat", "message", "cue", "level"},
level 2 where nearly every counselor would point it out, 1 where some would. No chat holds danger. Nothing learns from
them: leave them so.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import nearer
from nearer.cues import catalogue
from nearer.reading.types import Polarity

HERE = Path(__file__).parent / "chats"
SEEN_ANYWHERE = frozenset({"CTL101", "TRN102"})
"""Courtesies and plain answers: the routine ones were not marked."""
Place = tuple[str, int]


def marks() -> dict[Place, dict[str, int]]:
    """(chat, message) -> cue -> level."""
    found: dict[Place, dict[str, int]] = defaultdict(dict)
    for line in (HERE / "marks.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["chat"], row["message"]][row["cue"]] = row["level"]
    return found


def main() -> None:
    """Read all chats, and print what agrees with the marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-encoder", action="store_true")
    parser.add_argument("--show", choices=("hurts", "helps", "danger"), help="print what is found and not marked")
    args = parser.parse_args()
    marked, cues = marks(), catalogue().cues
    over_turns = {c for c, cue in cues.items() if cue.dynamics}
    found: dict[Polarity, set[tuple[Place, str]]] = {"helps": set(), "hurts": set(), "danger": set()}
    messages, stopped = 0, 0
    for path in sorted(HERE.glob("*.txt")):
        reading = nearer.read(path, encoder=not args.no_encoder)
        messages += reading.messages
        stopped += bool(reading.danger)
        for f in (*reading.findings, *reading.danger):
            if f.cue in over_turns | SEEN_ANYWHERE:
                continue
            place = (path.stem, f.message)
            found[cues[f.cue].polarity].add((place, f.cue))
            if args.show == cues[f.cue].polarity and f.cue[3] not in {c[3] for c in marked.get(place, ())}:
                print(f"{f.cue} {f.confidence} {path.stem} {f.message}: {f.quote}")
    print(
        f"{messages} messages, {len(list(HERE.glob('*.txt')))} chats; in {stopped} the danger screen spoke, in none it should"
    )
    for polarity, digit in (("hurts", "2"), ("helps", "1")):
        told = {place for place, _ in found[polarity]}
        any_, sure = (
            {p for p, by in marked.items() if any(c[3] == digit and n >= least for c, n in by.items())}
            for least in (1, 2)
        )
        exact = sum(cue in marked.get(place, ()) for place, cue in found[polarity])
        print(f"{polarity}: {len(told)} messages found, {len(told & any_)} of them marked ({_share(told & any_, told)}); "
              f"of {len(sure)} marked for sure {len(told & sure)} found ({_share(told & sure, sure)}); "
              f"{exact} of {len(found[polarity])} findings name a cue that was marked")  # fmt: skip
        wrong = Counter(cue for place, cue in found[polarity] if place not in any_)
        print("   most often where nothing was marked:", ", ".join(f"{c} {n}" for c, n in wrong.most_common(8)) or "-")


def _share(part: set[Place], whole: set[Place]) -> str:
    return f"{100 * len(part) / len(whole):.0f} %" if whole else "-"


if __name__ == "__main__":
    main()
