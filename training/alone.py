"""Fit which messages of drafts and short threads may be danger, and which hurt, over all that the heads say, on sentences
that the network did not learn: entries of talk.json that training/talk.py writes beside those of whole talks.

The heads of all danger and of all hurts learnt from sentences that they then knew by heart, so they are surer of those than of
anything new. What they are worth beside the other heads shows only on what the network never saw: unlearnt/*.txt, the part
of written/ that was kept for development, the chats kept back, and ordinary talk.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import tasks
import written
from nearer.signals.encoder import Encoder
from nearer.signals.lines import Lines
from nearer.signals.model_cues import contexts
from nearer.signals.talk import log_odds

if TYPE_CHECKING:
    from talk import Chat


@dataclass(frozen=True)
class Kind:
    """at_least: the probability from which on it is believed. least: the share of its value that a cue's own head must reach,
    if no other of them is surer. Both were chosen by hand, on the measuring sets' near misses and on friendly talk."""

    name: str
    at_least: float
    least: float

    @property
    def cues(self) -> list[str]:
        """Those that are believed together."""
        return [c for c in written.codes() if (c[3] == "3" if self.name == "danger" else written.hurts_listener(c))]


DANGER = Kind("danger", 0.22, 0.0)
"""Recall comes first: near misses pay for it, and friendly talk does not."""
HURTS = Kind("hurts", 0.35, 0.4)
SHRINK = 0.01
UNSURE = 0.6
"""How much a message of a chat counts which some readers would point to and others would not."""
ORDINARY = {"dailydialog": 4000, "telephone": 2000}
"""Sets of talk that is hardly ever a quarrel, and how many of their messages are learnt from as such."""
FRIENDLY = ("coherence", "meld")
"""Sets whose dev part holds messages that were liked, or are neutral or glad; benchmarks/danger.py counts in their other
part."""

Case = tuple[str, list[str]]
"""A message, and those before it, oldest first."""


def fits(encoder: Encoder, talks: Sequence[Chat], calm: Sequence[Chat], data: Path | None) -> list[dict[str, Any]]:
    """The entries. data: the labelled sets, None to go without."""
    known = [e for e in written.examples() if written.kept_back(e)] + [*written.unlearnt()]
    cases = [(e.text, contexts(Lines.of_pairs([*written.alternating(e.before), ("me", e.text)]))[-1]) for e in known]
    plain = [*ordinary(data)] if data else []
    said = [read(encoder, cases), read(encoder, plain)]
    spoken = [(talk, talk.lines.words > 1) for talk in (*talks, *calm)]
    said += [odds(encoder, talk.heard.signals)[some] for talk, some in spoken]
    x = np.concatenate(said)
    out = []
    for kind in (DANGER, HURTS):
        cues = frozenset(kind.cues)
        levels = [
            np.array(
                [
                    max((n for c, n in talk.marks.get(i, {}).items() if c in cues), default=0)
                    for i in np.flatnonzero(some)
                ]
            )
            for talk, some in spoken
        ]
        level = np.concatenate([[2 * (e.fires and e.cue in cues) for e in known], np.zeros(len(plain)), *levels])
        # Whether danger hurts too, nobody asked.
        weight = np.where(level == 1, UNSURE, 1.0)
        weight[: len(known)] *= [kind is DANGER or not (e.fires and e.cue[3] == "3") for e in known]
        out.append(entry(kind, [*encoder.heads], x, level > 0, weight))
    return out


def entry(kind: Kind, heads: list[str], x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    """A linear classifier as talk.json has it."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=SHRINK, max_iter=3000))
    scaler, linear = (step for _, step in model.fit(x, y, logisticregression__sample_weight=weight).steps)
    weights = linear.coef_[0] / scaler.scale_
    bias = float(linear.intercept_[0] - weights @ scaler.mean_)
    return {
        "cues": kind.cues, "heads": heads, "weights": weights.round(5).tolist(), "bias": round(bias, 5),
        "at_least": kind.at_least, "doubted": 0.0, "least": kind.least,
    }  # fmt: skip


def ordinary(data: Path) -> Iterator[Case]:
    """Kind messages of the sets of `FRIENDLY`, and any of `ORDINARY`."""
    for name in FRIENDLY:
        for row in tasks.read(data, name, "dev"):
            if row["labels"].get("kind") == "positive" or row["labels"].get("emotion") in ("neutral", "joy"):
                yield row["text"], (row.get("context") or [])[-3:]
    for name, most in ORDINARY.items():
        talks = [[m["text"] for m in talk["messages"]] for talk in tasks.read(data, name, "train")]
        places = [(talk, i) for talk in talks for i in range(len(talk))]
        yield from ((talk[i], talk[max(0, i - 3) : i]) for talk, i in random.Random(1).sample(places, most))


def read(encoder: Encoder, cases: Sequence[Case]) -> np.ndarray:
    """(n, heads): what the heads say of each message after the ones before it."""
    return odds(encoder, encoder.signals([text for text, _ in cases], [before for _, before in cases]))


def odds(encoder: Encoder, signals: dict[str, Any]) -> np.ndarray:
    """(n, heads): log odds, in the order of the heads."""
    return np.column_stack([log_odds(signals[h]) for h in encoder.heads])
