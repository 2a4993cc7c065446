"""Where each cue's head may speak: the lowest value that stays precise on written sentences kept back and silent in
ordinary talk. Written into the cue's own file; cues whose head cannot be trusted get none.

python training/thresholds.py --weights src/nearer/weights [--dry]      (in the package's own environment)
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from pathlib import Path

import numpy as np

import written
from nearer_paths import CUES, ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import quality
from nearer.signals.encoder import load

PRECISION = 0.9
"""On written sentences kept back: the cue's own against its near misses and every other cue's of the other sign."""
PER_HUNDRED = {"2": 0.03, "1": 1.0}
"""How many of a hundred messages of ordinary talk a head may mark: hurts (2xx), helps (1xx)."""
FLOOR = 0.5
RECALL = 0.15
"""A head that finds less than this of its own sentences there is left out."""


def ordinary(limit: int) -> list[quality.Row]:
    """Friendly messages and everyday talk, as the benchmark draws them, but from the parts for training."""
    rows = [*quality.friendly("dev"), *quality.everyday("train")]
    random.Random(8).shuffle(rows)
    return rows[:limit]


def main() -> None:
    """Choose, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=ROOT / "src" / "nearer" / "weights")
    parser.add_argument("--talk", type=int, default=6000, help="messages of ordinary talk")
    parser.add_argument("--dry", action="store_true", help="print only")
    args = parser.parse_args()
    encoder = load(args.weights)
    assert encoder is not None
    kept = [e for e in written.examples() if written.kept_back(e)]
    talk = ordinary(args.talk)
    own = encoder.signals([e.text for e in kept], [e.before for e in kept])
    calm = encoder.signals([r[1][-1][1] for r in talk], [[t for _, t in r[1][-4:-1]] for r in talk])
    for code in written.codes():
        head, sign = f"cue_{code}", code[3]
        yes = np.array([e.cue == code and e.fires for e in kept])
        no = np.array([(e.cue == code and not e.fires) or (e.fires and e.cue[3] != sign) for e in kept])
        chosen = None
        for value in np.unique(np.concatenate((own[head][yes], [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]))):
            if value < FLOOR:
                continue
            right, wrong = (own[head][yes] >= value).sum(), (own[head][no] >= value).sum()
            often = 100 * float((calm[head] >= value).mean())
            if right and right / (right + wrong) >= PRECISION and often <= PER_HUNDRED[sign]:
                chosen = (float(np.floor(value * 100) / 100), right / yes.sum(), right / (right + wrong), often)
                break
        usable = chosen is not None and chosen[1] >= RECALL
        print(
            code,
            "-" if chosen is None else "at {:.2f} recall {:.2f} precision {:.2f} ordinary {:.2f}".format(*chosen),
            "" if usable else "(left out)",
        )
        if not args.dry:
            write(code, chosen[0] if usable and chosen else None)


def write(code: str, value: float | None) -> None:
    """Put the cue's own head, with its value, into the cue's file, or take it out."""
    path = next(CUES.rglob(f"{code}_*.toml"))
    text = re.sub(r'\[\[encoder\]\]\nhead = "cue_\w+"\n(?:[a-z_]+ = .*\n)*\n?', "", path.read_text(encoding="utf-8"))
    if value is not None:
        block = f'[[encoder]]\nhead = "cue_{code}"\nat_least = {value:.2f}\nrole = "fires"\nmin_words = 1\n\n'
        place = re.search(r"(?m)^\[\[rewordings\]\]|^\[examples\]", text)
        assert place is not None
        text = text[: place.start()] + block + text[place.start() :]
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
