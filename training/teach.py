"""Specialists: models fitted on one set alone, whose opinion of these and many more messages the one encoder then learns.

A set of three thousand rows is learnt by heart long before the large ones are learnt at all. What a specialist says of rows
that it never saw cannot be learnt by heart, and is less noisy than the labels themselves. Each is fitted five times,
without one part in five of its set, and those of the five are asked about a message that did not see it.

python training/teach.py --only politeness --out build/taught/politeness.jsonl.gz      then train.py --taught build/taught/*
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from network import Encoder, pretrained
from tasks import CUES, HEADS, OFFMYCHEST, PAIRED, REGRESSIONS, Row, Task, load
from train import (
    DEVICE,
    HALF,
    INDEX,
    Batches,
    Encoded,
    _shipped_base,
    batch,
    dev_score,
    encode,
    improve,
    loss_of,
    optimiser_of,
    predict,
    some,
    tokenizer_of,
)
from written import WHOLE


@dataclass(frozen=True)
class Specialist:
    """sets: whose rows it learns. heads: what it may say. rounds: how often it goes through them. others: is it asked
    about messages of other sets too?"""

    sets: tuple[str, ...]
    heads: tuple[str, ...]
    rounds: int
    others: bool = True


# Tried, and worse on dev than the one encoder that learns all sets together: unhealthy, epitome, humor.
SPECIALISTS = {
    "politeness": Specialist(("politeness",), ("politeness",), 5),
    "intimacy": Specialist(("intimacy", "intimacy_tweets"), ("intimacy", "intimacy_tweets"), 5),
    "disclosure": Specialist(("offmychest",), OFFMYCHEST, 3),
    "coherence": Specialist(("coherence", "dailydialog", "empathic_intent"), ("coherent",), 3),
    "ours": Specialist(("cues", "chats"), (*CUES, *WHOLE), 2, others=False),
}
PARTS = 5
_ALONE = ("politeness", "intimacy", "intimacy_tweets", "offmychest", "humour", "humor_rating", "unhealthy", "goemotions",
          "meld", "cues", "chats", "dailydialog", "reframing_tweets")  # fmt: skip
_WITH_CONTEXT = ("epitome", "coherence", "empathic_intent", "dailydialog", "annomi", "support", "chats", "cues")
_MOST_OF_A_SET = 6000


def part_of(row: Row) -> int:
    """Which part of its set a row is in; all of one chat, and all replies to one context, are in one."""
    return zlib.crc32((row.group or row.context or row.text).encode()) % PARTS


def questions(tasks: list[Task], who: Specialist, rows: list[Row], most: int) -> list[Row]:
    """The messages that a specialist is asked about: the same for all who read with context, and all who do not."""
    asked = {(r.text, r.context): r for r in rows}
    paired = who.heads[0] in PAIRED
    for task in tasks:
        if who.others and task.name in (_WITH_CONTEXT if paired else _ALONE):
            fit = [r for r in task.train if bool(r.context) == paired]
            asked = {(r.text, r.context): r for r in some(fit, min(most, _MOST_OF_A_SET), random.Random(5))} | asked
    return [*asked.values()]


def fitted(rows: list[Encoded], base: Path, rounds: int, seed: int, size: int = 64) -> Encoder:
    """One specialist, from the base, at a rate that comes down to nothing."""
    torch.manual_seed(seed)
    model = pretrained(base, len(HEADS)).to(DEVICE)
    optimiser = optimiser_of(model, 1e-4)
    steps = max(1, rounds * len(rows) // size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.1 * steps + 1), 1 - s / (steps + 1))
    )
    plain, real = torch.ones(len(HEADS), device=DEVICE), torch.tensor([h in REGRESSIONS for h in HEADS], device=DEVICE)
    batches = Batches(rows, size, seed)
    model.train()
    for _ in range(steps):
        ids, mask, kinds, labels, known = batch(batches.next())
        with torch.autocast(DEVICE, torch.bfloat16, enabled=HALF):
            logits = model(ids, mask, kinds)
        loss = loss_of(logits.float(), labels, known, plain, real)
        improve(model, optimiser, loss)
        schedule.step()
    return model


def main() -> None:
    """Fit one specialist, print what it is worth on dev, write what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--base", type=Path, help="a folder with config.json, model.safetensors, tokenizer.json")
    parser.add_argument("--only", choices=SPECIALISTS, required=True)
    parser.add_argument(
        "--parts", type=int, nargs="*", default=[*range(PARTS)], help="the parts to leave out, one by one"
    )
    parser.add_argument("--most", type=int, default=1_000_000, help="rows of a set, drawn at random")
    parser.add_argument("--permissive", action="store_true", help="only sets whose licence allows every use")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    who, base = SPECIALISTS[args.only], args.base or _shipped_base()
    tokenizer = tokenizer_of(base)
    tasks = load(args.data, args.permissive)
    own = [t for t in tasks if t.name in who.sets]
    rows = [r for t in own for r in some(t.train, args.most, random.Random(5))]
    rows = [replace(r, labels=known) for r in rows if (known := {h: r.labels[h] for h in who.heads if h in r.labels})]
    if not rows:
        raise SystemExit(f"{args.only}: no set that it learns from is there.")
    asked = questions(tasks, who, rows, args.most)
    learnt, put = encode(tokenizer, rows), encode(tokenizer, asked)
    own_of, own_part = np.array([part_of(r) for r in rows]), {(r.text, r.context): part_of(r) for r in rows}
    # Of its own set only the one that did not see a message is asked about it, of all else everyone.
    of = np.array([own_part.get((r.text, r.context), -1) for r in asked])
    dev = {t.name: encode(tokenizer, some(t.dev, min(1500, args.most), random.Random(5))) for t in own}
    said, times = np.zeros((len(asked), len(HEADS)), np.float32), np.zeros(len(asked), int)
    for part in args.parts:
        model = fitted([learnt[i] for i in np.flatnonzero(own_of != part)], base, who.rounds, part)
        scores = {h: v for h, v in dev_score(model, dev)[1].items() if h in who.heads}
        print(args.only, part, {h: round(v, 3) for h, v in scores.items() if not h.startswith("cue_")}, flush=True)
        able = np.flatnonzero((of == -1) | (of == part))
        said[able] += as_labels(predict(model, [put[i] for i in able], 256))
        times[able] += 1
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(args.out, "wt", encoding="utf-8") as stream:
        for i in np.flatnonzero(times).tolist():
            heads = who.heads if who.others else asked[i].labels
            labels = {h: round(float(said[i, INDEX[h]] / times[i]), 3) for h in heads}
            stream.write(json.dumps({"text": asked[i].text, "context": asked[i].context, "labels": labels}) + "\n")


def as_labels(logits: np.ndarray) -> np.ndarray:
    """(n, heads) chances, and values of regressions as they are."""
    real = np.array([h in REGRESSIONS for h in HEADS])
    return np.where(real, logits, 1 / (1 + np.exp(-logits)))


if __name__ == "__main__":
    main()
