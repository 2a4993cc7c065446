"""Whole chats, written for the purpose and marked message by message by readers who did not see what nearer finds.

    python benchmarks/chats.py [--no-encoder] [--show hurts|helps|danger]

The folders of benchmarks/chats hold WhatsApp exports of many kinds of people, and marks.jsonl: {"chat", "message", "cue",
"level"}, level 2 where nearly every counselor would point it out, 1 where some would. Nothing
learns from them. `seen` was looked at when the values of signals/model_cues.py and reading/calm.py were chosen; `unseen`
was not: leave it so. In its chats 1a to 4b only what hurts was marked; in 5a to 8f two readers marked that, each alone, and
level 2 stands where both saw it and one was sure.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import nearer
from nearer.cues import catalogue
from nearer.reading.types import Polarity

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
from marked import Place, marks, read_for_helps
from written import UNMARKED

HERE = Path(__file__).parent / "chats"


def main() -> None:
    """Read all chats, and print what agrees with the marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-encoder", action="store_true")
    parser.add_argument("--show", choices=("hurts", "helps", "danger"), help="print what is found and not marked")
    args = parser.parse_args()
    for name in ("seen", "unseen"):
        compare(HERE / name, encoder=not args.no_encoder, show=args.show)


def compare(folder: Path, encoder: bool, show: Polarity | None) -> None:
    """Print how the findings in the chats of one folder agree with its marks."""
    marked, cues = marks(folder), catalogue().cues
    left_out = UNMARKED | {c for c, cue in cues.items() if cue.dynamics}
    found: dict[Polarity, set[tuple[Place, str]]] = {"helps": set(), "hurts": set(), "danger": set()}
    chats = sorted(folder.glob("*.txt"))
    messages, stopped = 0, set[str]()
    for path in chats:
        reading = nearer.read(path, encoder=encoder)
        messages += reading.messages
        if reading.danger:
            stopped.add(path.stem)
        for f in (*reading.findings, *reading.danger):
            polarity, place = cues[f.cue].polarity, (path.stem, f.message)
            if f.cue in left_out:
                continue
            found[polarity].add((place, f.cue))
            if show == polarity and f.cue[3] not in {c[3] for c in marked.get(place, ())}:
                print(f"{f.cue} {f.confidence} {path.stem} {f.message}: {f.quote}")
    feared = {place[0] for place, by in marked.items() if any(c[3] == "3" for c in by)}
    print(
        f"{folder.name}: {len(chats)} chats, {messages} messages; the danger screen spoke in {len(stopped)}, "
        f"{len(stopped & feared)} of the {len(feared)} in which a reader saw any"
    )
    read = {"hurts": {path.stem for path in chats}, "helps": read_for_helps(marked)}
    for polarity, digit in (("hurts", "2"), ("helps", "1")):
        agree(polarity, digit, {(p, c) for p, c in found[polarity] if p[0] in read[polarity]}, marked)


def agree(polarity: str, digit: str, found: set[tuple[Place, str]], marked: dict[Place, dict[str, int]]) -> None:
    """Print for one polarity, whose cues' codes have this digit: how much is right, and how much is found."""
    told = {place for place, _ in found}
    some, sure = (
        {p for p, by in marked.items() if any(c[3] == digit and n >= least for c, n in by.items())} for least in (1, 2)
    )
    if not some:
        return
    exact = sum(cue in marked.get(place, ()) for place, cue in found)
    print(f"  {polarity}: {len(told)} messages found, {len(told & some)} of them marked ({_share(told & some, told)}); "
          f"of {len(sure)} marked for sure {len(told & sure)} found ({_share(told & sure, sure)}); "
          f"{exact} of {len(found)} findings name a cue that was marked")  # fmt: skip
    wrong = Counter(cue for place, cue in sorted(found) if place not in some)
    print("    most often where nothing was marked:", ", ".join(f"{c} {n}" for c, n in wrong.most_common(8)) or "-")


def _share(part: set[Place], whole: set[Place]) -> str:
    return f"{100 * len(part) / len(whole):.0f} %" if whole else "-"


if __name__ == "__main__":
    main()
