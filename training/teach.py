"""A teacher: a larger model that learns every set, and says what all heads should say of the messages it did not see.

The small encoder that ships learns little from a label, and much from what a larger one makes of the same message: of all
heads at once, and less noisy than labels are. What a teacher says of a message that it learnt from is only the label
again, so there are three, each without one part in three of every set, and each is asked about the part it left out.
Talk without labels is read by all.

python training/teach.py --base all-mpnet-base-v2 --without 0 --out build/taught/0.npz
(then 1 and 2; then train.py --taught build/taught/*)
"""

from __future__ import annotations

import argparse
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from nearer_paths import DATA
from network import Encoder, pretrained
from tasks import BOTH, HEADS, PAIRED, Row, load
from train import (
    DEVICE,
    Course,
    _shipped_base,
    dev_of,
    dev_score,
    encode,
    learn,
    predict,
    rows_of,
    settle,
    tokenizer_of,
    told,
    weights,
)

PARTS = 3
ANSWERS = np.array([h in PAIRED or h in BOTH for h in HEADS])
"""Heads that are asked about a message with what came before it; all are asked about one by itself."""


def part_of(row: Row) -> int:
    """Which part of its set a row is in; all of one chat, and all replies to one context, are in one."""
    return zlib.crc32((row.group or row.context or row.text).encode()) % PARTS


def asked(rows: list[Row], without: int) -> np.ndarray:
    """Which rows the teacher that learns without this part is asked about: that part, and what has no label."""
    return np.array([i for i, row in enumerate(rows) if not row.labels or part_of(row) == without], int)


def opinions(model: Encoder, tokenizer: Tokenizer, rows: list[Row], which: np.ndarray) -> np.ndarray:
    """(rows, heads) logits, values of regressions; nan where the model is not asked."""
    out = np.full((len(rows), len(HEADS)), np.nan, np.float16)
    if len(which):
        said = predict(model, encode(tokenizer, [rows[i] for i in which]), 256)
        said[np.ix_([bool(rows[i].context) for i in which], ~ANSWERS)] = np.nan
        out[which] = said
    return out


def main() -> None:
    """Fit one teacher, print what it is worth on dev, write what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--base", type=Path, help="a folder with config.json, model.safetensors, tokenizer.json")
    parser.add_argument(
        "--without", type=int, choices=range(PARTS), required=True, help="the part that it does not see"
    )
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--most", type=int, default=1_000_000, help="rows of a set, drawn at random; the cues keep all")
    parser.add_argument("--permissive", action="store_true", help="only sets whose licence allows every use")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    settle(args.without)
    base = args.base or _shipped_base()
    tokenizer = tokenizer_of(base)
    tasks = load(args.data, args.permissive)
    seen = [replace(t, train=[r for r in t.train if r.labels and part_of(r) != args.without]) for t in tasks]
    model = pretrained(base, len(HEADS)).to(DEVICE)
    course = Course(args.minutes, args.steps, args.batch, args.rate, args.without)
    encoded = rows_of([t for t in seen if t.train], tokenizer, args.most, args.without)
    *_, last = learn(model, encoded, weights(seen).to(DEVICE), course)
    model = last.average
    mean, scores = dev_score(model, dev_of(tasks, tokenizer, args.without))
    print(args.without, last.step, round(mean, 4), told(scores), flush=True)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    said = {t.name: opinions(model, tokenizer, t.train, asked(t.train, args.without)) for t in tasks}
    np.savez(args.out, **said)


if __name__ == "__main__":
    main()
