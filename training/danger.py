"""Fit which messages may be danger, over all that the heads say, on sentences that the network did not learn: the entry of
talk.json that training/talk.py writes beside those of hurts and helps.

The head of all danger learnt from sentences that it then knew by heart, so it is surer of them than of anything new. What
it is worth beside the other heads shows only on what the network never saw: unlearnt/*.txt, the part of written/ that was
kept for development, the chats kept back, and ordinary talk.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import linear
import tasks
import written
from nearer.signals.encoder import Encoder
from nearer.signals.lines import Lines
from nearer.signals.model_cues import contexts
from nearer.signals.talk import log_odds

if TYPE_CHECKING:
    from talk import Chat

AT_LEAST = 0.22
"""The probability from which on a message is believed to be danger; chosen by hand, with an eye on friendly talk and on the
measuring sets. Recall comes first: near misses pay for it, and friendly talk does not."""
ORDINARY = {"dailydialog": 4000, "telephone": 2000}
"""Sets of talk without danger, and how many of their messages are learnt from as such."""
FRIENDLY = ("coherence", "meld")
"""Sets whose dev part holds messages that were liked, or are neutral or glad; benchmarks/danger.py counts in their other
part."""

Case = tuple[str, list[str]]
"""A message, and those before it, oldest first."""


def fit(encoder: Encoder, talks: Sequence[Chat], calm: Sequence[Chat], data: Path | None) -> dict[str, Any]:
    """The entry. data: the labelled sets, None to go without."""
    known = [e for e in written.examples() if written.kept_back(e)] + [*written.unlearnt()]
    cases = [(e.text, contexts(Lines.of_pairs([*written.alternating(e.before), ("me", e.text)]))[-1]) for e in known]
    plain = [*ordinary(data)] if data else []
    cues, heads = [c for c in written.codes() if c[3] == "3"], list(encoder.heads)
    x = [read(encoder, heads, cases), read(encoder, heads, plain)]
    level = [np.array([2 * (e.fires and e.cue in cues) for e in known]), np.zeros(len(plain))]
    for talk in (*talks, *calm):
        some = talk.lines.words > 1
        x.append(np.column_stack([log_odds(talk.heard.signals[h]) for h in heads])[some])
        level.append(linear.levels(talk.marks, cues, len(some))[some])
    return linear.entry(linear.fitted(np.concatenate(x), np.concatenate(level)), cues, heads, AT_LEAST, 0.0)


def ordinary(data: Path) -> Iterator[Case]:
    """Talk without danger: kind messages of the sets of `FRIENDLY`, and any of `ORDINARY`."""
    for name in FRIENDLY:
        for row in tasks.read(data, name, "dev"):
            if row["labels"].get("kind") == "positive" or row["labels"].get("emotion") in ("neutral", "joy"):
                yield row["text"], (row.get("context") or [])[-3:]
    for name, most in ORDINARY.items():
        talks = [[m["text"] for m in talk["messages"]] for talk in tasks.read(data, name, "train")]
        places = [(talk, i) for talk in talks for i in range(len(talk))]
        yield from ((talk[i], talk[max(0, i - 3) : i]) for talk, i in random.Random(1).sample(places, most))


def read(encoder: Encoder, heads: Sequence[str], cases: Sequence[Case]) -> np.ndarray:
    """(n, heads): log odds of what the heads say of each message after the ones before it."""
    signals = encoder.signals([text for text, _ in cases], [before for _, before in cases])
    return np.column_stack([log_odds(signals[h]) for h in heads])
