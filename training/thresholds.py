"""Where each cue's head may speak, chosen for precision and written into the cue's own file.

fires: the lowest value at which the head is right often enough on written sentences kept back and on what was judged
by reading in whole talk, and silent enough in ordinary talk. confirms: the value under which findings of the cue's
patterns are dropped, so that few of the true ones and many of the wrong ones lie below it. Cues whose head cannot be
trusted get none.

python training/thresholds.py --weights src/nearer/weights [--dry]      (in the package's own environment)
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import judged
import marked
import written
from nearer_paths import CUES, DATA, ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import quality
from nearer.cues import catalogue
from nearer.signals.encoder import Encoder, load
from nearer.signals.lines import Lines
from nearer.signals.model_cues import contexts, hear
from nearer.signals.read import read_signals

PRECISION = {"1": 0.8, "2": 0.85}
"""On written sentences kept back, by what the cue is (1xx helps, 2xx hurts): the cue's own against its near misses,
ordinary talk written for the project, and every cue of the other sign."""
DANGER = 0.35
"""Danger is chosen by hand, for recall comes first. In drafts and short threads danger.py believes it instead, and whole talks
ask for more (see signals/model_cues.py)."""
DANGER_CONFIRMS = 0.03
"""Recall comes first: under it lay 2 of the 100 dangers that patterns find in the measuring set, and 6 in 7 of their
alarms in 72,600 ordinary messages."""
PLAIN = ("DNG304",)
"""Fear is said in plain words, and its head, which learnt from many hard near misses, gives some of the plainest no chance."""
PER_HUNDRED = {"1": 1.0, "2": 0.03}
"""How many of a hundred messages of ordinary talk a head may mark …"""
IN_CHATS = {"1": 0.7, "2": 0.15}
"""… and how many of those in whole chats, kept back, in which readers found nothing that helps, or nothing that hurts."""
FLOOR = 0.3
RECALL = 0.1
"""A head that finds less than this of its own sentences there is left out."""
JUDGED = {"1": 0.75, "2": 0.8}
"""On places judged by reading, which were drawn where heads and patterns spoke too readily."""
KEEP = 0.97
"""How many of the patterns' true findings a head must leave standing where it confirms them …"""
KEEP_AT_LEAST = 0.93
"""… and how many where more of the wrong ones must go: until `JUDGED` is reached."""
FEW = 8
"""True findings of a cue's patterns under which no value is chosen from them."""


@dataclass(frozen=True)
class Talk:
    """Messages with what came before, and for each cue the ones in which its patterns or exchanges speak."""

    rows: list[Lines]
    signals: dict[str, np.ndarray]
    spoken: dict[str, np.ndarray]
    answers: np.ndarray

    @classmethod
    def of(cls, rows: list[Lines], encoder: Encoder) -> Talk:
        """Read the last line of each twice: by its patterns, and by the encoder."""
        book = catalogue()
        spoken = {code: np.zeros(len(rows), bool) for code in book.cues}
        for i, lines in enumerate(rows):
            for hit in read_signals(lines, book).hits:
                if hit.message == len(lines) - 1:
                    spoken[hit.cue][i] = True
        encoder.signals([r.texts[-1] for r in rows], [contexts(r)[-1] for r in rows])  # in large batches, and kept
        heard = [hear(r, encoder, len(r) - 1) for r in rows]
        signals = {h: np.concatenate([x.signals[h] for x in heard]) for h in encoder.heads}
        return cls(rows, signals, spoken, np.concatenate([x.answers for x in heard]))


def after(before: Sequence[str], text: str) -> Lines:
    """A message after others whose speakers are taken to alternate."""
    return Lines.of_pairs(quality.alternating(before, text))


def ordinary(limit: int) -> list[Lines]:
    """Friendly messages and everyday talk, as the benchmark draws them, but from the parts for training."""
    rows = [*quality.friendly("train"), *quality.everyday("train")]
    random.Random(8).shuffle(rows)
    return [Lines.of_pairs(lines[-4:]) for _, lines in rows[:limit]]


def main() -> None:
    """Choose, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=ROOT / "src" / "nearer" / "weights")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--talk", type=int, default=6000, help="messages of ordinary talk")
    parser.add_argument("--dry", action="store_true", help="print only")
    args = parser.parse_args()
    encoder = load(args.weights)
    assert encoder is not None
    examples = [e for e in written.examples() if written.kept_back(e)]
    own = Talk.of([after(e.before, e.text) for e in examples], encoder)
    calm = Talk.of(ordinary(args.talk), encoder)
    said = [m for m in marked.messages() if marked.kept_back(m.chat)]
    unmarked = Unmarked(Talk.of([Lines.of_pairs([*m.before, ("me", m.text)]) for m in said], encoder), said)
    verdicts = [*judged.verdicts(args.data)]
    read = Talk.of([after(v.before, v.text) for v in verdicts], encoder)
    for code in written.codes():
        about = np.array([v.cue == code for v in verdicts])
        right = np.array([v.right for v in verdicts])
        fires = firing(code, examples, own, calm, unmarked, Places(read, about & right, about & ~right))
        confirms = confirming(code, examples, own, calm, Places(read, about & right, about & ~right))
        print(code, fires.said if fires else "-", "| confirms", confirms if confirms is not None else "-", flush=True)
        if not args.dry:
            write(code, fires.value if fires else None, confirms)


@dataclass(frozen=True)
class Places:
    """What was judged about one cue: masks over the messages of `talk`."""

    talk: Talk
    right: np.ndarray
    wrong: np.ndarray

    def precise(self, code: str, value: float) -> bool:
        """Whether enough of what lies at or above a value is right; one more right than was seen is granted, since
        few places of each cue were judged."""
        reached = self.talk.signals[f"cue_{code}"] >= value
        right, wrong = int((reached & self.right).sum()), int((reached & self.wrong).sum())
        return right + 1 >= JUDGED[code[3]] * (right + wrong + 1)


@dataclass(frozen=True)
class Unmarked:
    """Whole chats, message by message."""

    talk: Talk
    said: list[marked.Said]

    def values(self, code: str) -> np.ndarray:
        """What a cue's head says of the messages that do nothing of its kind."""
        absent = np.array([
            m.label(code) is not None and not any((c[3] == "1") == (code[3] == "1") for c in m.marks) for m in self.said
        ])  # fmt: skip
        if written.only_in_answers(code):
            absent &= self.talk.answers
        return self.talk.signals[f"cue_{code}"][absent]


@dataclass(frozen=True)
class Choice:
    """A value for a head, and what it does there."""

    value: float
    said: str


def firing(
    code: str, examples: list[written.Example], own: Talk, calm: Talk, unmarked: Unmarked, places: Places
) -> Choice | None:
    """The lowest value at which the head may fire by itself."""
    if code.startswith("DNG"):
        return alarming(code, examples, own)
    head, sign = f"cue_{code}", code[3]
    other = {"1": "23", "2": "1"}[sign]
    needs_answer = written.only_in_answers(code)
    able = own.answers if needs_answer else np.ones(len(examples), bool)
    yes = able & np.array([e.cue == code and e.fires for e in examples])
    no = able & np.array([
        written.said_absent(e, code) or (e.fires and e.cue[3] in other) for e in examples
    ])  # fmt: skip
    quiet = calm.signals[head][calm.answers] if needs_answer else calm.signals[head]
    chatted = unmarked.values(code)
    for value in np.unique(np.concatenate((own.signals[head][yes], np.arange(FLOOR, 0.96, 0.05).round(2)))):
        right, wrong = (own.signals[head][yes] >= value).sum(), (own.signals[head][no] >= value).sum()
        often = 100 * float((quiet >= value).sum()) / len(calm.rows)
        precise = right and right / (right + wrong) >= PRECISION[sign] and places.precise(code, value)
        in_chats = 100 * float((chatted >= value).sum()) / max(1, len(chatted))
        if value >= FLOOR and precise and often <= PER_HUNDRED[sign] and in_chats <= IN_CHATS[sign]:
            if right / yes.sum() < RECALL:
                return None
            said = f"fires at {value:.2f}: finds {right / yes.sum():.2f} of {yes.sum()}, precision {right / (right + wrong):.2f}, ordinary {often:.2f} %"
            return Choice(float(np.floor(value * 100) / 100), said)
    return None


def alarming(code: str, examples: list[written.Example], own: Talk) -> Choice:
    """The value for a danger head, and what it does there."""
    loud = own.signals[f"cue_{code}"] >= DANGER
    groups = {
        "finds": [e.cue == code and e.fires for e in examples],
        "near misses": [e.cue == code and not e.fires for e in examples],
        "what helps": [e.fires and e.cue[3] == "1" for e in examples],
        "ordinary": [e.cue == written.ANY for e in examples],
    }
    return Choice(DANGER, f"fires at {DANGER}: " + ", ".join(f"{k} {loud[v].mean():.2f}" for k, v in groups.items()))


def confirming(code: str, examples: list[written.Example], own: Talk, calm: Talk, places: Places) -> float | None:
    """The value under which a pattern's finding is dropped; None where that would not spare anybody."""
    if code.startswith("DNG"):
        return None if code in PLAIN else DANGER_CONFIRMS
    head, answered = f"cue_{code}", written.only_in_answers(code)

    def spoken(talk: Talk) -> np.ndarray:
        return talk.spoken[code] & (talk.answers if answered else True)

    true = np.concatenate((
        own.signals[head][spoken(own) & np.array([e.cue == code and e.fires for e in examples])],
        places.talk.signals[head][spoken(places.talk) & places.right],
    ))  # fmt: skip
    wrong = places.talk.signals[head][spoken(places.talk) & places.wrong]
    if len(true) < FEW:
        return None
    # In talk a pattern is right as often as it was judged to be; the written sentences only say where true ones lie.
    found = int((spoken(places.talk) & places.right).sum())
    for keep in np.arange(KEEP, KEEP_AT_LEAST - 0.001, -0.01):
        value = float(np.floor(np.quantile(true, 1 - keep) * 50) / 100)
        left = int((wrong >= value).sum())
        if found >= JUDGED[code[3]] * (found + left):
            break
    doubtful = np.concatenate((wrong, calm.signals[head][spoken(calm)]))
    return value if value >= 0.02 and (doubtful < value).any() else None


def write(code: str, fires: float | None, confirms: float | None) -> None:
    """Put the cue's own head, with its values, into the cue's file, or take it out."""
    path = next(CUES.rglob(f"{code}_*.toml"))
    text = re.sub(r'\[\[encoder\]\]\nhead = "cue_\w+"\n(?:[a-z_]+ = .*\n)*\n?', "", path.read_text(encoding="utf-8"))
    blocks = ""
    for role, value in (("confirms", confirms), ("fires", fires)):
        if value is not None:
            blocks += f'[[encoder]]\nhead = "cue_{code}"\nat_least = {value:.2f}\nrole = "{role}"\nmin_words = 1\n'
            blocks += "in_answer = true\n\n" if written.only_in_answers(code) else "\n"
    place = re.search(r"(?m)^\[\[rewordings\]\]|^\[examples\]", text)
    assert place is not None
    path.write_text(text[: place.start()] + blocks + text[place.start() :], encoding="utf-8")


if __name__ == "__main__":
    main()
