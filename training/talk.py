"""Fit what tells a hurt, and a help, in a whole talk (src/nearer/signals/talk.py) on the chats kept back; write talk.json.

python training/talk.py --weights src/nearer/weights

Chat by chat, each judged by a fit on the others, it prints how much is right and how much is found, and takes the value
from which on a finding is believed from there.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.pipeline import Pipeline

import danger
import linear
import marked
import tasks
import written
from nearer.cues import catalogue
from nearer.signals.encoder import Encoder, load
from nearer.signals.lines import Lines
from nearer.signals.model_cues import TALK, Heard, hear
from nearer.signals.read import read_signals
from nearer.signals.talk import features, surroundings
from nearer_paths import CHATS, DATA, ROOT

SIGNALS = (
    "hurts", "danger", "condescending", "dismissive", "hostile", "antagonising", "sarcastic", "unfair_generalisation",
    "healthy", "emotional_reaction", "interpretation", "exploration", "emotional_support", "humorous", "humor_joins",
    "coherent", "reflection", "question", "open_question", "emotion_admiration", "emotion_amusement", "emotion_anger",
    "emotion_annoyance", "emotion_caring", "emotion_disappointment", "emotion_disapproval", "emotion_gratitude",
    "emotion_joy", "emotion_love", "emotion_sadness",
)  # fmt: skip
"""Heads of the labelled sets that say something of hurts and helps; those of the cues of that kind stand beside them."""
RIGHT = {"hurts": 0.77, "helps": 0.8}
"""How many of the messages of which a finding is believed, in chats that the fit did not see, readers must have marked."""
DOUBTED = 0.4
"""Of the messages of which words say so, and which are believed so little, at most this share was marked."""
FOLDS = 6
HARMLESS = ("telephone", "support")
"""Sets of long talks in which next to nothing hurts the listener: strangers on the telephone, peers who comfort. People tell
there of what hurt them, which must not be taken for a quarrel …"""
HARMLESS_MESSAGES = 1500
"""… and so many messages of each are learnt from as such."""
SHORT = 1
"""Words up to which no head accuses anybody in a whole talk: such messages are left out."""


@dataclass(frozen=True)
class Chat:
    """A whole talk, what the encoder and the patterns say of it, what stands around its messages, and its marks: message ->
    cue -> level."""

    lines: Lines
    heard: Heard
    around: np.ndarray
    spoken: dict[int, set[str]]
    marks: dict[int, dict[str, int]]
    helps: bool


@dataclass(frozen=True)
class Told:
    """Messages of all chats. x: (n, k) features. level: (n,) how surely a reader marked it, 0 to 2. spoken: (n,) whether
    patterns say so. chat: (n,) its number."""

    x: np.ndarray
    level: np.ndarray
    spoken: np.ndarray
    chat: np.ndarray

    def part(self, some: np.ndarray) -> Told:
        """Those of a mask."""
        return Told(self.x[some], self.level[some], self.spoken[some], self.chat[some])


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=ROOT / "src" / "nearer" / "weights")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument(
        "--permissive", action="store_true", help="without the sets, whose licences forbid commercial use"
    )
    args = parser.parse_args()
    encoder = load(args.weights)
    assert encoder is not None
    talks, calm = chats(encoder), [] if args.permissive else harmless(encoder, args.data)
    hurts = [c for c in written.codes() if written.hurts_listener(c)]
    helps = [c for c in written.codes() if c[3] == "1" and c not in written.UNMARKED]
    kept = [
        fit("hurts", hurts, encoder, talks, calm),
        fit("helps", helps, encoder, [talk for talk in talks if talk.helps], []),
        danger.fit(encoder, talks, calm, None if args.permissive else args.data),
    ]
    (args.weights / "talk.json").write_text(json.dumps(kept) + "\n")


def chats(encoder: Encoder) -> list[Chat]:
    """All that the encoder did not learn from."""
    found = marked.marks(CHATS)
    for_helps = marked.read_for_helps(found)
    out = []
    for path in sorted(CHATS.glob("*.txt")):
        if marked.kept_back(path.stem):
            marks = {message: by for (chat, message), by in found.items() if chat == path.stem}
            out.append(chat_of(marked.lines(path), encoder, marks, path.stem in for_helps))
    return out


def harmless(encoder: Encoder, data: Path) -> list[Chat]:
    """Long talks of the sets named in `HARMLESS`, as if a reader had marked nothing."""
    out = []
    for name in HARMLESS:
        talks = [t for t in tasks.read(data, name, "train") if len(t["messages"]) >= TALK]
        random.Random(1).shuffle(talks)
        count = 0
        for talk in talks:
            if count < HARMLESS_MESSAGES:
                lines = Lines.of_pairs([(m["speaker"], m["text"]) for m in talk["messages"]])
                out.append(chat_of(lines, encoder, {}, helps=False))
                count += len(lines)
    return out


def chat_of(lines: Lines, encoder: Encoder, marks: dict[int, dict[str, int]], helps: bool) -> Chat:
    """A talk with what the encoder and the patterns say of it."""
    spoken: dict[int, set[str]] = {}
    for hit in read_signals(lines, catalogue()).hits:
        spoken.setdefault(hit.message, set()).add(hit.cue)
    heard = hear(lines, encoder)
    around = surroundings(heard.signals["hurts"], lines, heard.answers)
    return Chat(lines, heard, around, spoken, marks, helps)


def fit(
    kind: str, cues: Sequence[str], encoder: Encoder, talks: Sequence[Chat], calm: Sequence[Chat]
) -> dict[str, Any]:
    """One entry of talk.json, learnt from talks, and from calm ones that are not judged by."""
    heads = [h for h in (*SIGNALS, *(f"cue_{c}" for c in cues)) if h in encoder.heads]
    told = told_of(talks, heads, frozenset(cues))
    more = [told_of(calm, heads, frozenset(cues))] if calm else []
    judged = np.zeros(len(told.x))
    rest = np.random.default_rng(1).permutation(told.chat.max() + 1)[told.chat] % FOLDS
    for fold in range(FOLDS):
        kept = rest == fold
        judged[kept] = fitted(told.part(~kept), *more).predict_proba(told.x[kept])[:, 1]
    at_least, doubted = values(kind, told, judged)
    return linear.entry(fitted(told, *more), cues, heads, at_least, doubted)


def told_of(talks: Sequence[Chat], heads: Sequence[str], cues: frozenset[str]) -> Told:
    """What there is to learn of the messages of more than a word."""
    parts = []
    for number, talk in enumerate(talks):
        size = range(len(talk.lines))
        level = linear.levels(talk.marks, cues, len(size))
        spoken = np.array([bool(talk.spoken.get(i, set()) & cues) for i in size])
        x = features(heads, talk.heard.signals, talk.around)
        some = talk.lines.words > SHORT
        parts.append((x[some], level[some], spoken[some], np.full(some.sum(), number)))
    return Told(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def fitted(*parts: Told) -> Pipeline:
    """A linear classifier of what readers marked, surely or not."""
    return linear.fitted(np.concatenate([p.x for p in parts]), np.concatenate([p.level for p in parts]))


def values(kind: str, told: Told, judged: np.ndarray) -> tuple[float, float]:
    """From where on a finding is believed, and under which value not even its words; what these do is printed."""
    level, some = told.level, told.level > 0
    print(f"{kind}: {len(level)} messages, {some.sum()} marked, {(level == 2).sum()} for sure; AUC {roc_auc_score(some, judged):.3f}, "
          f"average precision {average_precision_score(some, judged):.3f}")  # fmt: skip
    right = {}
    for value in np.arange(0.2, 0.96, 0.01).round(2).tolist():
        believed = judged >= value
        right[value] = float(some[believed].mean()) if believed.any() else 1.0
        if round(value * 100) % 10 == 0:
            sure = (level[believed] == 2).sum() / (level == 2).sum()
            print(
                f"  from {value:.1f}: {believed.sum()} believed, {right[value]:.2f} marked; of the sure ones {sure:.2f}"
            )
    at_least = min(v for v in right if all(right[w] >= RIGHT[kind] for w in right if w >= v))
    doubted = max(
        (v for v in right if v < at_least and some[told.spoken & (judged < v)].mean() <= DOUBTED), default=0.0
    )
    under, above = (some[told.spoken & part] for part in (judged < doubted, judged >= doubted))
    print(
        f"  believed from {at_least}; of what words say, {under.sum()} of {len(under)} right under {doubted}, {above.sum()} of {len(above)} above"
    )
    return at_least, doubted


if __name__ == "__main__":
    main()
