"""Fit what tells a hurt in a whole talk (src/nearer/signals/talk.py) on the chats kept back, and write talk.json.

python training/talk.py --weights src/nearer/weights

Chat by chat, each judged by a fit on the others, it prints how much is right and how much is found, and takes the value
from which on a hurt is believed from there.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

import marked
import written
from nearer.cues import catalogue
from nearer.signals.encoder import Encoder, load
from nearer.signals.model_cues import hear
from nearer.signals.read import read_signals
from nearer.signals.talk import features
from nearer_paths import CHATS, ROOT

SIGNALS = (
    "hurts", "danger", "condescending", "dismissive", "hostile", "antagonising", "sarcastic", "unfair_generalisation",
    "healthy", "emotional_reaction", "humorous", "humor_joins", "coherent", "question", "emotion_anger",
    "emotion_annoyance", "emotion_disappointment", "emotion_disapproval", "emotion_amusement", "emotion_love", "emotion_sadness",
)  # fmt: skip
"""Heads of the labelled sets that say something of a hurt; the heads of all cues of hurts stand beside them."""
FOLDS = 6
DOUBT = 0.6
"""How much a message counts which some readers would point to and others would not."""
SHRINK = 0.01
"""The inverse of how strongly weights are held back; between 0.003 and 0.03 it hardly matters."""
RIGHT = 0.75
"""How many of the messages that are believed to hurt, in chats that the fit did not see, readers must have marked."""
HARMLESS = 0.4
"""Of what patterns call a hurt and that is believed so little, at most this share was marked."""
SHORT = 1
"""Words up to which no head accuses anybody in a whole talk: such messages are left out."""


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=ROOT / "src" / "nearer" / "weights")
    args = parser.parse_args()
    encoder = load(args.weights)
    assert encoder is not None
    aimed = [f"cue_{c}" for c in catalogue().cues if written.hurts_listener(c)]
    heads = [h for h in (*SIGNALS, *aimed) if h in encoder.heads]
    x, level, spoken, chat = told(encoder, heads)
    judged = np.zeros(len(x))
    rest = np.random.default_rng(1).permutation(chat.max() + 1)[chat] % FOLDS
    for fold in range(FOLDS):
        kept = rest == fold
        judged[kept] = fitted(x[~kept], level[~kept]).predict_proba(x[kept])[:, 1]
    at_least, harmless = values(judged, level, spoken)
    scaler, linear = fitted(x, level)
    weights = linear.coef_[0] / scaler.scale_
    kept_as = {
        "heads": heads, "weights": weights.round(5).tolist(), "bias": round(float(linear.intercept_[0] - weights @ scaler.mean_), 5),
        "at_least": at_least, "harmless": harmless,
    }  # fmt: skip
    (args.weights / "talk.json").write_text(json.dumps(kept_as, indent=1) + "\n")


def told(encoder: Encoder, heads: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(n, k) features, (n,) how surely it hurts (0, 1, 2), whether patterns say so, and the number of the chat."""
    found = marked.marks(CHATS)
    parts = []
    for number, path in enumerate(p for p in sorted(CHATS.glob("*.txt")) if marked.kept_back(p.stem)):
        lines = marked.lines(path)
        heard = hear(lines, encoder)
        level = np.zeros(len(lines), int)
        for message in range(len(lines)):
            marks = found.get((path.stem, message), {})
            level[message] = max((n for c, n in marks.items() if written.hurts_listener(c)), default=0)
        spoken = np.zeros(len(lines), bool)
        spoken[[h.message for h in read_signals(lines, catalogue()).hits if written.hurts_listener(h.cue)]] = True
        some = lines.words > SHORT
        x = features(heads, heard.signals, lines, heard.answers)
        parts.append((x[some], level[some], spoken[some], np.full(some.sum(), number)))
    x, level, spoken, chat = (np.concatenate(column) for column in zip(*parts, strict=True))
    return x, level, spoken, chat


def fitted(x: np.ndarray, level: np.ndarray) -> Pipeline:
    """A linear classifier of what readers marked, surely or not."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=SHRINK, max_iter=1000))
    return model.fit(x, level > 0, logisticregression__sample_weight=np.where(level == 1, DOUBT, 1.0))


def values(judged: np.ndarray, level: np.ndarray, spoken: np.ndarray) -> tuple[float, float]:
    """From where on a hurt is believed, and under which value even patterns are not; what they do is printed."""
    print(f"{len(level)} messages, {(level > 0).sum()} marked, {(level == 2).sum()} for sure; AUC {roc_auc_score(level > 0, judged):.3f}, "
          f"average precision {average_precision_score(level > 0, judged):.3f}")  # fmt: skip
    right = {}
    for value in np.arange(0.2, 0.96, 0.01).round(2).tolist():
        some = judged >= value
        right[value] = float((level[some] > 0).mean()) if some.any() else 1.0
        if round(value * 100) % 5 == 0:
            sure = (level[some] == 2).sum() / (level == 2).sum()
            print(
                f"from {value:.2f}: {some.sum()} believed, {right[value]:.2f} of them marked; of the sure ones {sure:.2f}"
            )
    at_least = min(v for v in right if all(right[w] >= RIGHT for w in right if w >= v))
    harmless = 0.0
    for value in np.arange(0.02, at_least, 0.02).round(2).tolist():
        under, above = spoken & (judged < value), spoken & (judged >= value)
        if under.any() and (level[under] > 0).mean() <= HARMLESS:
            harmless = value
            said = f"{(level[under] > 0).sum()} of {under.sum()} right under it, {(level[above] > 0).sum()} of {above.sum()} above"
    print(f"believed from {at_least}; of patterns' hurts {said if harmless else 'all stand'} (harmless {harmless})")
    return at_least, harmless


if __name__ == "__main__":
    main()
