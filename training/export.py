"""From trained weights to what ships: ONNX in int8, calibrated on dev, checked head by head against fp32.

python training/export.py --run build/encoder --out src/nearer/weights
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from scipy.optimize import minimize
from scipy.stats import rankdata
from tokenizers import Tokenizer

from lexical import counted
from nearer_paths import DATA
from network import pretrained
from tasks import BOTH, EMOTIONS, HEADS, PAIRED, REGRESSIONS, Row, load
from train import ALONE, INDEX, PAIR, Encoded, _shipped_base, batch, encode, predict, tokenizer_file, tokenizer_of

MOST = 800
"""Rows of a set that calibration and comparison look at."""


def onnx_logits(path: Path, rows: list[Encoded], size: int = 64) -> np.ndarray:
    """(n, heads) logits of an ONNX model."""
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    out = np.zeros((len(rows), len(HEADS)), np.float32)
    for start in range(0, len(order), size):
        part = order[start : start + size]
        ids, mask, kinds, _, _ = batch([rows[i] for i in part])
        feed = {"ids": ids.numpy(), "mask": mask.numpy(), "kinds": kinds.numpy()}
        out[part] = session.run(None, feed)[0]
    return out


def as_run(
    run: Callable[[list[Encoded]], np.ndarray], tokenizer: Tokenizer, rows: list[Row], encoded: list[Encoded]
) -> np.ndarray:
    """(n, heads) logits as the run time has them: `BOTH` heads take the mean of a message with and without context."""
    logits, both = run(encoded), [INDEX[h] for h in BOTH]
    answers = [i for i, row in enumerate(rows) if row.context]
    if answers:
        alone = run(encode(tokenizer, [replace(rows[i], context="") for i in answers]))
        logits[np.ix_(answers, both)] = (logits[np.ix_(answers, both)] + alone[:, both]) / 2
    return logits


def auc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve."""
    n, ranks = positive.sum(), rankdata(scores)
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(positive) - n)))


def calibrate(logits: np.ndarray, labels: np.ndarray) -> tuple[float, float, float]:
    """(scale, shift, expected calibration error after) of Platt's sigmoid."""

    def loss(ab: np.ndarray) -> float:
        z = ab[0] * logits + ab[1]
        return float(np.mean(np.logaddexp(0, z) - labels * z) + 1e-4 * ab[0] ** 2)

    a, b = minimize(loss, np.array([1.0, 0.0])).x
    p = 1 / (1 + np.exp(-(a * logits + b)))
    edges = np.clip((p * 10).astype(int), 0, 9)
    error = sum(
        (edges == k).mean() * abs(p[edges == k].mean() - labels[edges == k].mean())
        for k in range(10)
        if (edges == k).any()
    )
    return float(a), float(b), float(error)


def stacked(x: np.ndarray, word: np.ndarray, y: np.ndarray, real: bool) -> float:
    """How much of the lexical logit is added to the network's: what does best on dev, among few choices, and nothing
    where it hardly helps. In units of the network's spread."""
    spread = float(x.std() / max(word.std(), 1e-6))
    shares = np.arange(0, 0.9, 0.15)
    scores = [
        float(np.corrcoef(z, y)[0, 1]) if real else auc(z, y > 0.5) for z in (x + s * spread * word for s in shares)
    ]
    best = int(np.argmax(scores))
    return float(shares[best] * spread) if scores[best] >= scores[0] + 0.002 else 0.0


def interval(scores: np.ndarray, labels: np.ndarray, real: bool, seed: int = 5) -> tuple[float, float]:
    """90 % bootstrap interval of the metric."""
    rng, values = np.random.default_rng(seed), []
    for _ in range(200):
        take = rng.integers(0, len(labels), len(labels))
        if real:
            values.append(np.corrcoef(scores[take], labels[take])[0, 1])
        elif 0 < (labels[take] > 0.5).sum() < len(take):
            values.append(auc(scores[take], labels[take] > 0.5))
    if not values:
        return 0.0, 1.0
    low, high = np.quantile(values, [0.05, 0.95])
    return round(float(low), 3), round(float(high), 3)


def main() -> None:
    """Export, quantise, calibrate, compare, and write the weights folder with its table of numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--run", type=Path, default=Path("build/encoder"))
    parser.add_argument("--out", type=Path, default=Path("src/nearer/weights"))
    parser.add_argument("--permissive", action="store_true")
    args = parser.parse_args()
    base = args.base or _shipped_base()
    model = pretrained(base, len(HEADS))
    model.load_state_dict(torch.load(args.run / "best.pt"))
    model.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "fp32.onnx"
        sample = torch.ones(2, 12, dtype=torch.long)
        axes = {n: {0: "batch", 1: "tokens"} for n in ("ids", "mask", "kinds")}
        torch.onnx.export(model, (sample, sample, sample * 0), str(full), input_names=["ids", "mask", "kinds"],
                          output_names=["logits"], dynamic_axes={**axes, "logits": {0: "batch"}}, opset_version=17,
                          dynamo=False)  # fmt: skip
        small = args.out / "model.onnx"
        quantize_dynamic(full, small, per_channel=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul", "Gather"],
                         nodes_to_exclude=_heads_nodes(full))  # fmt: skip
    # The tokenizer alone, without the file's padding and truncation, which the run time does itself.
    shutil.copy(tokenizer_file(base), args.out / "tokenizer.json")
    tokenizer = tokenizer_of(base)
    tasks = load(args.data, args.permissive)
    shift, table, share = {}, {}, {}
    words = np.load(args.run / "lexical.npy")
    gathered: dict[str, list[tuple[np.ndarray, ...]]] = {}
    for task in tasks:
        # A cue has few sentences and places in chats, so all of them count; the large sets are sampled.
        some = (
            task.dev if task.name in ("cues", "chats") else random.Random(9).sample(task.dev, min(len(task.dev), MOST))
        )
        rows = encode(tokenizer, some)
        full_logits = as_run(lambda x: predict(model, x), tokenizer, some, rows)
        small_logits = as_run(lambda x: onnx_logits(small, x), tokenizer, some, rows)
        word_logits = counted(tokenizer, [r.text for r in some]) @ words.astype(np.float32)
        labels, known = np.stack([r.labels for r in rows]), np.stack([r.known for r in rows])
        lengths = np.array([len(r.ids) for r in rows], float)
        for head, i in INDEX.items():
            # A cue's own sentences, and, as its absence, those of cues of the other sign.
            seen = known[:, i] > 0.1
            if seen.any():
                gathered.setdefault(head, []).append(
                    (full_logits[seen, i], small_logits[seen, i], labels[seen, i], lengths[seen], word_logits[seen, i])
                )
    for head, parts in gathered.items():
        full_x, x, y, length, word = (np.concatenate([p[k] for p in parts]) for k in range(5))
        real = head in REGRESSIONS
        share[head] = stacked(x, word, y, real) if words[:, INDEX[head]].any() else 0.0
        x, full_x = x + share[head] * word, full_x + share[head] * word
        if real:
            slope, cut = np.polyfit(x, y, 1)
            shift[head] = (float(slope), float(cut))
            numbers = {
                "r": np.corrcoef(x, y)[0, 1],
                "fp32": np.corrcoef(full_x, y)[0, 1],
                "length": abs(np.corrcoef(length, y)[0, 1]),
            }
        else:
            a, b, error = calibrate(x, y)
            shift[head] = (a, b)
            positive = y > 0.5
            base_auc = auc(length, positive)
            numbers = {
                "auc": auc(x, positive),
                "fp32": auc(full_x, positive),
                "length": max(base_auc, 1 - base_auc),
                "ece": error,
            }
        numbers = {k: round(float(v), 3) for k, v in numbers.items()}
        table[head] = {**numbers, "interval": interval(x, y, real), "n": len(y)}
        print(head, table[head])
    scaled = words * np.array([share.get(h, 0.0) for h in HEADS], np.float32)
    step = np.abs(scaled).max(0) / 127
    kept = np.round(scaled / np.where(step > 0, step, 1)).astype(np.int8)
    np.savez(args.out / "lexical.npz", weights=kept, scale=step.astype(np.float32))
    record = json.loads((args.run / "record.json").read_text())
    record.pop("dev", None)
    manifest = {"format": 1, "heads": list(HEADS), "paired": sorted(PAIRED), "both": sorted(BOTH), "regressions": list(REGRESSIONS),
                "calibration": shift, "alone": ALONE, "pair": PAIR, "context_messages": 3, "metrics": table,
                "emotions": list(EMOTIONS), "training": record}  # fmt: skip
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(small.stat().st_size / 1e6, "MB")


def _heads_nodes(path: Path) -> list[str]:
    """The last product, into the heads, stays in full precision: it is tiny and every number passes through it."""
    import onnx

    graph = onnx.load(str(path)).graph
    last = [n.name for n in graph.node if n.op_type in ("Gemm", "MatMul")][-1]
    return [last, f"{last}_MatMul"]  # what the quantiser makes of a Gemm has a name of its own


if __name__ == "__main__":
    main()
