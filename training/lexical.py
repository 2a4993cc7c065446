"""The lexical branch: one linear classifier a head over hashed word pieces, fitted on the same rows as the network.

python training/lexical.py --out build/encoder      writes lexical.npy, (buckets, heads), each head's logits of unit spread
"""

from __future__ import annotations

import argparse
import collections
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge
from tokenizers import Tokenizer

from nearer.signals.encoder.lexical import BUCKETS, grams
from nearer_paths import DATA
from tasks import HEADS, REGRESSIONS, Row, load
from train import _shipped_base, tokenizer_of


def counted(tokenizer: Tokenizer, texts: list[str]) -> csr_matrix:
    """(n, BUCKETS) of texts."""
    found = [grams(e.ids) for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
    ends = np.cumsum([0, *(len(bucket) for bucket, _ in found)])
    return csr_matrix(
        (np.concatenate([v for _, v in found]), np.concatenate([b for b, _ in found]), ends),
        shape=(len(texts), BUCKETS),
    )


def main() -> None:
    """Fit every head on the rows that have a label for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=Path("build/encoder"))
    parser.add_argument("--permissive", action="store_true")
    args = parser.parse_args()
    tokenizer = tokenizer_of(_shipped_base())
    labelled: dict[str, list[Row]] = collections.defaultdict(list)
    for task in load(args.data, args.permissive):
        for row in task.train:
            for head in row.labels:
                labelled[head].append(row)
    texts = {row.text: None for rows in labelled.values() for row in rows}
    place = {text: i for i, text in enumerate(texts)}
    counts = counted(tokenizer, [*texts])
    weights = np.zeros((BUCKETS, len(HEADS)), np.float16)
    for number, head in enumerate(HEADS):
        rows = labelled[head]
        if not rows:
            continue
        x = counts[[place[row.text] for row in rows]]
        y = np.array([row.labels[head] for row in rows])
        sure = np.array([row.weights.get(head, 1.0) for row in rows])
        if head in REGRESSIONS:
            fitted = Ridge(1.0).fit(x, y, sample_weight=sure)
        else:
            fitted = LogisticRegression(C=2.0, solver="liblinear", class_weight="balanced", max_iter=200)
            fitted.fit(x, y > 0.5, sample_weight=sure)
        column = fitted.coef_.ravel()
        weights[:, number] = column / max(float((x @ column).std()), 1e-6)
        print(head, len(rows), flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    np.save(args.out / "lexical.npy", weights)


if __name__ == "__main__":
    main()
