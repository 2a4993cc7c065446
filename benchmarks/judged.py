"""Findings drawn at random from the labelled sets and judged one by one by reading; only ids and verdicts are kept.

python benchmarks/judged.py                          precision of what was judged
python benchmarks/judged.py --draw hurts --n 200     places to judge, printed to be read (never stored)
python benchmarks/judged.py --draw hurts --n 200 --wrong 3,17 --unclear 40 --keep    the same draw, kept with these verdicts
"""

from __future__ import annotations

import argparse
import collections
import json
import random
from pathlib import Path

import quality
from nearer.api import load_encoder
from nearer.cues import catalogue
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals

FILE = Path(__file__).with_name("judged.jsonl")
LEARNT = Path(__file__).parents[1] / "training" / "judged.jsonl"
"""Places that training has seen: nothing is measured on them."""
Place = tuple[str, str, str, quality.Row, int, int]
"""(cue, by, id, row, start, end); by is "words" or "model"."""


def places(wanted: str, rows: int, seed: int) -> list[Place]:
    """Findings of a polarity in like shares of all sets, read as `nearer read` would."""
    encoder, cues = load_encoder(), catalogue().cues
    learnt = {json.loads(line)["id"].split(":", 1)[1] for line in LEARNT.read_text(encoding="utf-8").splitlines()}
    talk = [r for r in quality.everywhere("dev", seed=seed) if str(r[0]) not in learnt]
    random.Random(seed).shuffle(talk)
    talk = talk[:rows]
    quality.read_ahead(encoder, talk)
    found: list[Place] = []
    for row in talk:
        signals = read_signals(Lines.of_pairs(row[1]), catalogue(), None, encoder)
        last = len(row[1]) - 1
        for hit in signals.hits:
            if hit.message == last and cues[hit.cue].polarity == wanted:
                by = "model" if "model" in hit.contexts else "words"
                found.append((hit.cue, by, row[0], row, hit.start, hit.end))
    return found


def main() -> None:
    """Draw, keep or report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", choices=("hurts", "helps"))
    parser.add_argument("--by", choices=("words", "model"), help="only findings made by patterns, or by the encoder")
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--rows", type=int, default=30000, help="messages looked through")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wrong", default="", help="numbers of the places that are wrong")
    parser.add_argument("--unclear", default="", help="numbers of those of which one cannot tell, or would differ")
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    if not args.draw:
        report()
        return
    found = [p for p in places(args.draw, args.rows, args.seed) if args.by in (None, p[1])]
    drawn = random.Random(args.seed).sample(found, min(args.n, len(found)))
    wrong, unclear = ({int(n) for n in given.split(",") if n} for given in (args.wrong, args.unclear))
    if args.keep:
        with FILE.open("a", encoding="utf-8") as out:
            for number, (cue, by, row_id, _, start, end) in enumerate(drawn):
                verdict = {"id": row_id, "cue": cue, "polarity": args.draw, "by": by, "start": start, "end": end,
                           "right": None if number in unclear else number not in wrong}  # fmt: skip
                out.write(json.dumps(verdict) + "\n")
        report()
        return
    for number, (cue, by, _, row, start, end) in enumerate(drawn):
        text = row[1][-1][1]
        before = f"   [{row[1][-2][1][-90:]}]" if len(row[1]) > 1 else ""
        shown = f"{text[max(0, start - 100) : start]}«{text[start:end]}»{text[end : end + 80]}{before}".replace(
            "\n", " "
        )
        print(f"{number} {cue} {by}: {shown}")


def report() -> None:
    """Precision by polarity and by what found it."""
    if not FILE.exists():
        print("Nothing has been judged yet.")
        return
    counts: collections.Counter[tuple[str, str, bool | None]] = collections.Counter()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        counts[row["polarity"], row["by"], row["right"]] += 1
    for polarity in ("hurts", "helps"):
        for by in ("words", "model"):
            right, wrong, unclear = (counts[polarity, by, verdict] for verdict in (True, False, None))
            if right + wrong:
                share = 100 * right / (right + wrong)
                print(f"{polarity} by {by}: {right} of {right + wrong} right, {share:.0f} %; {unclear} unclear")


if __name__ == "__main__":
    main()
