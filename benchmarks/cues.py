"""Cue by cue: how much is found and how often a near miss is accused, on sentences written for it.

python benchmarks/cues.py                         the set kept for measuring (benchmarks/cues.jsonl): nothing is tuned on it
python benchmarks/cues.py --life                  a harder one (cues_life.jsonl): the same behaviours half said, in the middle of real talk
python benchmarks/cues.py --written               the sentences the encoder learns from (training/written): tune on these
python benchmarks/cues.py --written --show OWN2   what was missed, and which near misses fired, with the words that did it
python benchmarks/cues.py --no-encoder            patterns and exchanges alone
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from nearer.api import load_encoder
from nearer.cues import catalogue
from nearer.signals.encoder import Encoder
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals
from quality import alternating

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
from written import Example, lines

HERE = Path(__file__).parent


def measuring(name: str) -> Iterator[Example]:
    """A set that nothing was tuned on."""
    for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Example(row["cue"], row["text"], tuple(row["before"]), row["fires"])


def found(case: Example, engine: str | None, encoder: Encoder | None) -> list[tuple[str, str, str]]:
    """(cue, words, "words" or "model") of what fires in the message itself."""
    talk = Lines.of_pairs(alternating(case.before, case.text))
    signals = read_signals(talk, catalogue(), engine, encoder)
    return [
        (h.cue, case.text[h.start : h.end], "model" if "model" in h.contexts else "words")
        for h in signals.hits
        if h.message == len(case.before)
    ]


def main() -> None:
    """Print the table, or what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--life", action="store_true")
    parser.add_argument("--written", action="store_true")
    parser.add_argument("--no-encoder", action="store_true")
    parser.add_argument("--engine", choices=("hyperscan", "re2"))
    parser.add_argument("--cue", default="", help="only cues that begin so")
    parser.add_argument("--show", help="print the faults of cues that begin so")
    args = parser.parse_args()
    cues = catalogue().cues
    encoder = None if args.no_encoder else load_encoder()
    counts: dict[str, list[int]] = {}
    accused = harmless = 0
    for case in lines() if args.written else measuring("cues_life" if args.life else "cues"):
        if not case.cue.startswith(args.show or args.cue):
            continue
        hits = found(case, args.engine, encoder)
        fired = [words for code, words, _ in hits if code == case.cue]
        row = counts.setdefault(case.cue, [0, 0, 0, 0])
        row[0 if case.fires else 2] += 1
        row[1 if case.fires else 3] += bool(fired)
        if case.cue not in cues or (case.fires and cues[case.cue].polarity == "helps"):
            # Nothing that helps, and nothing ordinary, may be called a hurt.
            harmless += 1
            wrong = [f"{code} ({by}) «{words}»" for code, words, by in hits if cues[code].polarity != "helps"]
            accused += bool(wrong)
            if args.show and wrong:
                print(f"ACCUSED {case.cue}: {' '.join(wrong)} in {' >> '.join((*case.before, case.text))}")
        if args.show and case.cue in cues and bool(fired) != case.fires:
            label = "MISSED" if case.fires else "FALSE "
            print(f"{label} {case.cue}: {' >> '.join((*case.before, case.text))}   {fired or ''}")
    print("cue       found            near misses that fired")
    total = [0, 0, 0, 0]
    for code in sorted(counts):
        row = counts[code]
        total = [a + b for a, b in zip(total, row, strict=True)]
        print(f"{code}   {row[1]:4} of {row[0]:4}        {row[3]:4} of {row[2]:4}")
    right, wrong = total[1], total[3]
    print(f"all      {right:5} of {total[0]:5} ({100 * right / max(1, total[0]):.0f} %)   "
          f"{wrong:5} of {total[2]:5} ({100 * wrong / max(1, total[2]):.0f} %)   "
          f"precision {right / max(1, right + wrong):.2f}")  # fmt: skip
    if harmless:
        print(f"accused of a hurt or a danger without one: {accused} of {harmless}")


if __name__ == "__main__":
    main()
