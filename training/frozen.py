"""What the base gives without any fine-tuning: its frozen mean vectors and TF-IDF, each into a linear model, their sum.

The labelled sets' dev parts are not as hard as their test parts, so a head is judged beside this, on the same rows.

python training/frozen.py            (in the training environment; some eight minutes on one core)
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer

from nearer_paths import DATA
from network import Encoder, pretrained
from tasks import EPITOME, OFFMYCHEST, REGRESSIONS, UNHEALTHY, Row, Task, load
from train import _shipped_base, batch, encode, tokenizer_of

ASKED = {
    "unhealthy": UNHEALTHY, "epitome": EPITOME, "politeness": ("politeness",), "intimacy": ("intimacy",),
    "offmychest": OFFMYCHEST, "coherence": ("coherent",), "sarcasm": ("sarcastic",), "humour": ("humor_joins",),
}  # fmt: skip
"""Set -> the heads that are looked at."""


def vectors(model: Encoder, tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    """(n, width): the mean over each text's word pieces, of length one."""
    rows = encode(tokenizer, [Row(text, "", {}) for text in texts])
    out = np.zeros((len(rows), model.heads.in_features // 2), np.float32)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            ids, mask, kinds, _, _ = batch([rows[i] for i in part])
            hidden = model.below(ids, mask, kinds, len(model.layers))
            mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            out[part] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return out


def seen(model: Encoder, tokenizer: Tokenizer, rows: list[Row]) -> np.ndarray:
    """(n, features) of messages; where they have a context, of both and of how they lie to one another."""
    said = vectors(model, tokenizer, [r.text for r in rows])
    if not any(r.context for r in rows):
        return said
    before = vectors(model, tokenizer, [r.context for r in rows])
    return np.hstack([said, before, 5 * said * before, abs(said - before)])


def judged(head: str, train: tuple[np.ndarray | csr_matrix, np.ndarray], dev: np.ndarray | csr_matrix) -> np.ndarray:
    """A linear model's values on dev, of unit spread."""
    if head in REGRESSIONS:
        values = Ridge(1.0).fit(*train).predict(dev)
    else:
        fitted = LogisticRegression(C=2.0, max_iter=1000, class_weight="balanced").fit(train[0], train[1] > 0.5)
        values = fitted.decision_function(dev)
    return np.asarray(values / values.std())


def compare(task: Task, model: Encoder, tokenizer: Tokenizer) -> None:
    """Print a line a head."""
    looks = [seen(model, tokenizer, part) for part in (task.train, task.dev)]
    for head in ASKED[task.name]:
        known = [[i for i, r in enumerate(part) if head in r.labels] for part in (task.train, task.dev)]
        train, dev = ([part[i] for i in rows] for part, rows in zip((task.train, task.dev), known, strict=True))
        look, look_dev = (x[rows] for x, rows in zip(looks, known, strict=True))
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit([r.text for r in train])
        y, truth = (np.array([r.labels[head] for r in rows]) for rows in (train, dev))
        frozen = judged(head, (look, y), look_dev)
        counted = judged(head, (words.transform([r.text for r in train]), y), words.transform([r.text for r in dev]))
        told = {"frozen": frozen, "tf-idf": counted, "both": frozen + counted}
        for name, values in told.items():
            told[name] = np.corrcoef(values, truth)[0, 1] if head in REGRESSIONS else roc_auc_score(truth > 0.5, values)
        print(head, len(dev), {name: round(float(v), 3) for name, v in told.items()}, flush=True)


def main() -> None:
    """Every set that is asked about."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--only", choices=ASKED, nargs="*", default=[*ASKED])
    args = parser.parse_args()
    base = _shipped_base()
    model, tokenizer = pretrained(base, 1).eval(), tokenizer_of(base)
    for task in load(args.data):
        if task.name in args.only:
            compare(task, model, tokenizer)


if __name__ == "__main__":
    main()
