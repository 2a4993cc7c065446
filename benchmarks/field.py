"""nearer and what people use instead, on the same messages in one run: speed on one core, and how well each tells.

    python benchmarks/field.py [--rows 1500] [--only coherent] [-o TABLE.md]

Prints one Markdown table. Needs the `bench` group (`make bench`) and ../shared/data. Numbers only; no sentence is kept.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from field_sets import EMOTIONS, Message, Question, questions
from field_tools import Nearer, Scores, Tool, tools

NOTES = """
Speed is messages a second of processor time on one core, on messages drawn from all the sets; TF-IDF is timed with one
model. AUC unless said; `r` is Pearson's; `ranked` is the share of pairs in which the right reply to a context is scored
higher; macro-F1 takes each emotion's threshold from one half of the messages and tries it on the other, for every tool
alike. In brackets a 90 % bootstrap interval. VADER, TextBlob and Empath get the better of both signs, and never see what
came before. nearer and TF-IDF learned from the train rows; nearer was calibrated, and its training stopped, on dev, which
favours it a little. annomi has no dev part: a sixth of its conversations is held out (seed 7), as in training.
ConvoKit's politeness strategies are not here: they need a spaCy model to be downloaded.
""".strip()


def auc(labels: Scores, scores: Scores) -> float:
    """Chance that a positive is scored above a negative, ties half; NaN where one kind is missing."""
    order = np.argsort(scores, kind="stable")
    _, place, counts = np.unique(scores[order], return_inverse=True, return_counts=True)
    ranks = np.empty(len(scores))
    ranks[order] = (np.cumsum(counts) - (counts - 1) / 2)[place]
    positive = labels > 0.5
    n, m = int(positive.sum()), int((~positive).sum())
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def ranked(messages: Sequence[Message], scores: Scores) -> dict[tuple[str, ...], tuple[float, int]]:
    """Context -> (pairs won, pairs): right replies against wrong ones to the same context."""
    groups: dict[tuple[str, ...], tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for m, score in zip(messages, scores, strict=True):
        groups[m.context][m.label != 1.0].append(float(score))
    won = {}
    for context, (right, wrong) in groups.items():
        if right and wrong:
            a, b = np.array(right)[:, None], np.array(wrong)[None, :]
            won[context] = (float((a > b).sum() + 0.5 * (a == b).sum()), a.size * b.size)
    return won


def macro_f1(messages: Sequence[Message], scores: Scores, signed: bool) -> float:
    """Mean F1 over the emotions, with thresholds (and signs) from the half that is not being tried."""
    half = np.array(random.Random(2).choices((True, False), k=len(messages)))
    total = 0.0
    for column, emotion in enumerate(EMOTIONS):
        present = np.array([isinstance(m.label, frozenset) and emotion in m.label for m in messages])
        values, said = scores[:, column].copy(), np.zeros(len(messages), bool)
        for fit in (half, ~half):
            sign = 1.0 if signed or auc(present[fit].astype(float), values[fit]) >= 0.5 else -1.0
            said[~fit] = sign * values[~fit] >= _threshold(present[fit], sign * values[fit])
        total += 2 * float((said & present).sum()) / max(1, int(said.sum() + present.sum()))
    return total / len(EMOTIONS)


def _threshold(present: Scores, values: Scores) -> float:
    """The value from which on saying yes has the best F1."""
    order = np.argsort(-values, kind="stable")
    hits, last = np.cumsum(present[order]), np.append(np.diff(values[order]) != 0, True)
    f1 = np.where(last, 2 * hits / (np.arange(1, len(values) + 1) + max(1, int(present.sum()))), -1.0)
    return float(values[order][int(np.argmax(f1))])


def measured(question: Question, messages: Sequence[Message], scores: Scores, signed: bool) -> float:
    """One number in the question's measure."""
    if question.measure == "macro-F1":
        return macro_f1(messages, scores, signed)
    labels = np.array([m.label for m in messages], float)
    if question.measure == "r":
        value = float(np.corrcoef(labels, scores)[0, 1]) if scores.std() else 0.0
        return value if signed else abs(value)
    if question.measure == "ranked":
        won = ranked(messages, scores).values()
        value = sum(w for w, _ in won) / max(1, sum(n for _, n in won))
    else:
        value = auc(labels, scores)
    return value if signed else max(value, 1 - value)


def interval(question: Question, scores: Scores, signed: bool, times: int = 200) -> str:
    """A 90 % bootstrap interval, over contexts where replies to one context hang together."""
    chance = np.random.default_rng(1)
    if question.measure == "ranked":
        pairs = np.array(list(ranked(question.dev, scores).values()))
        draws = [pairs[chance.integers(0, len(pairs), len(pairs))].sum(0) for _ in range(times)]
        values = [d[0] / d[1] for d in draws]
    else:
        times = 30 if question.measure == "macro-F1" else times
        draws = [chance.integers(0, len(question.dev), len(question.dev)) for _ in range(times)]
        values = [measured(question, [question.dev[i] for i in d], scores[d], signed) for d in draws]
    low, high = np.nanquantile(values, (0.05, 0.95))
    return f"{low:.2f} to {high:.2f}"


def rate(read: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Messages a second of this process's time."""
    read(texts[:20])
    start = time.process_time()
    read(texts)
    return len(texts) / (time.process_time() - start)


def patterns(texts: Sequence[str]) -> object:
    """The whole reading without the encoder: all cues, exchanges, measures, rates and the ladder."""
    from nearer.conversation import Conversation
    from nearer.reading.read import read_conversation

    return read_conversation(Conversation.from_messages([("AB"[i % 2], t) for i, t in enumerate(texts)]))


def speeds(compared: Sequence[Tool], asked: Sequence[Question]) -> dict[str, float]:
    """Tool -> messages a second on one core."""
    every = sorted({m.text for q in asked for m in q.dev})
    texts = random.Random(3).sample(every, min(1000, len(every)))
    # A session with one thread, and nothing remembered from the questions.
    one_core = {"nearer": Nearer(1)} | {t.name: t for t in compared if t.name != "nearer"}
    return {"patterns": rate(patterns, texts)} | {name: rate(t.read, texts) for name, t in one_core.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1500, help="messages tried of each set, at most")
    parser.add_argument("--only", default="", help="questions whose name holds this")
    parser.add_argument("--threads", type=int, default=2, help="for quality; speed is always that of one core")
    parser.add_argument("-o", type=Path, help="write the table to a file too")
    args = parser.parse_args()
    began = time.monotonic()
    asked = [q for q in questions(args.rows) if args.only in q.name]
    compared = tools(args.threads)
    names = [t.name for t in compared]
    lines = [f"| | n | {' | '.join(names)} | aimed at |", f"|---|---:|{'---:|' * len(names)}---:|"]
    cells = []
    for question in asked:
        row = []
        for tool in compared:
            scores = tool.score(question, question.dev)
            said = f"{measured(question, question.dev, scores, tool.signed):.2f}"
            row.append(f"{said} ({interval(question, scores, tool.signed)})" if tool.name == "nearer" else said)
        unit = "" if question.measure == "AUC" else f", {question.measure}"
        cells.append(f"| {question.name}{unit} | {len(question.dev)} | {' | '.join(row)} | {question.target:.2f} |")
        print(f"\r{len(cells)}/{len(asked)} questions, {time.monotonic() - began:.0f} s ", end="", file=sys.stderr)
    fast = speeds(compared, asked)
    lines.append(f"| messages a second, one core | | {' | '.join(f'{fast[n]:,.0f}' for n in names)} | |")
    lines.append(f"| … nearer without the encoder, the whole reading | | {fast['patterns']:,.0f} |{' |' * len(names)}")
    text = "\n".join([*lines, *cells, "", NOTES])
    print(file=sys.stderr)
    print(text)
    if args.o:
        args.o.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
