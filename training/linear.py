"""The linear classifiers of talk.json: what they learn of chats' marks, how they are fitted, how they are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

UNSURE = 0.6
"""How much a message counts which some readers would point to and others would not."""
SHRINK = 0.01
"""The inverse of how strongly weights are held back; between 0.003 and 0.03 it hardly matters."""


def levels(marks: Mapping[int, Mapping[str, int]], cues: Collection[str], size: int) -> np.ndarray:
    """(size,) how surely a reader marked each message with any of the cues, 0 to 2."""
    return np.array([max((n for c, n in marks.get(i, {}).items() if c in cues), default=0) for i in range(size)])


def fitted(x: np.ndarray, level: np.ndarray) -> Pipeline:
    """A classifier of what is there, surely (2) or not (1)."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=SHRINK, max_iter=1000))
    return model.fit(x, level > 0, logisticregression__sample_weight=np.where(level == 1, UNSURE, 1.0))


def entry(
    model: Pipeline, cues: Collection[str], heads: Collection[str], at_least: float, doubted: float
) -> dict[str, Any]:
    """How talk.json keeps one: the scaling is part of the weights."""
    scaler, linear = (step for _, step in model.steps)
    weights = linear.coef_[0] / scaler.scale_
    bias = float(linear.intercept_[0] - weights @ scaler.mean_)
    return {
        "cues": list(cues), "heads": list(heads), "weights": weights.round(5).tolist(), "bias": round(bias, 5),
        "at_least": at_least, "doubted": doubted,
    }  # fmt: skip
