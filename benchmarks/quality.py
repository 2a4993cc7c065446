"""How often cues fire on friendly and on heated talk, from the labelled sets in ../shared/data.

python benchmarks/quality.py                   the table
python benchmarks/quality.py --show OWN201     twenty places where a cue fired, to read and judge (never stored)
python benchmarks/quality.py --show hurts --on everyday --n 50
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nearer.api import load_encoder
from nearer.cues import catalogue
from nearer.signals.encoder import Encoder
from nearer.signals.lines import Lines
from nearer.signals.model_cues import contexts
from nearer.signals.read import read_signals

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
import written

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
KIND_EMOTIONS = {"neutral", "admiration", "gratitude", "joy", "love", "amusement"}
HEATED_LABELS = ("hostile", "antagonising", "condescending")

_YOU = re.compile(r"\b(?:you|your|you['’]?re)\b", re.IGNORECASE)

Row = tuple[str, list[tuple[str, str]]]
"""(id, [(speaker, text) …]): the last line is the one that counts in message sets, every line in conversations."""


def rows(task: str, part: str = "train") -> Iterator[dict[str, Any]]:
    """The rows of one set."""
    with gzip.open(DATA / task / f"{part}.jsonl.gz", "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def single(row: dict[str, Any]) -> Row:
    """One labelled message with its context, whose speakers are taken to alternate."""
    return row["id"], alternating(row.get("context") or [], row["text"])


def alternating(before: Sequence[str], text: str) -> list[tuple[str, str]]:
    """A message by "me" after earlier ones, oldest first, whose speakers are taken to alternate."""
    return [*written.alternating(before), ("me", text)]


def friendly(part: str) -> Iterator[Row]:
    """Positive replies of coherence, neutral and joyful lines of meld, kind comments of goemotions."""
    yield from (single(r) for r in rows("coherence", part) if r["labels"]["kind"] == "positive")
    yield from (single(r) for r in rows("meld", part) if r["labels"]["emotion"] in ("neutral", "joy"))
    for row in rows("goemotions", part):
        if row["labels"]["emotions"] and set(row["labels"]["emotions"]) <= KIND_EMOTIONS:
            yield single(row)


def heated(part: str) -> Iterator[Row]:
    """Hostile, antagonising or condescending comments; angry lines of meld that are said to somebody ("you")."""
    yield from (single(r) for r in rows("unhealthy", part) if any(r["labels"].get(k) for k in HEATED_LABELS))
    yield from (single(r) for r in rows("meld", part) if _angry_at_somebody(r))


def _angry_at_somebody(row: dict[str, Any]) -> bool:
    return row["labels"]["emotion"] == "anger" and bool(row.get("context")) and bool(_YOU.search(row["text"]))


def everyday(part: str) -> Iterator[Row]:
    """Whole conversations that nothing was tuned on, message by message with what came before."""
    for task in ("dailydialog", "telephone", "support", "casino"):
        yield from lines_of(task)


def lines_of(task: str) -> Iterator[Row]:
    """The messages of every tenth conversation of a set, each after the ones before it."""
    for number, talk in enumerate(rows(task)):
        if number % 10 == 0:
            lines = [(m["speaker"], m["text"]) for m in talk["messages"]]
            yield from ((f"{talk['id']}#{i}", lines[max(0, i - 3) : i + 1]) for i in range(len(lines)))


def everywhere(part: str, share: int = 500, seed: int = 4) -> Iterator[Row]:
    """The same number of messages from every set of messages and of conversations, drawn at random."""
    for task in ("coherence", "empathic_intent", "epitome", "goemotions", "meld", "offmychest", "politeness", "sarcasm",
                 "unhealthy"):  # fmt: skip
        yield from drawn(map(single, rows(task, part)), share, seed)
    for task in ("annomi", "casino", "dailydialog", "manipulation", "support", "telephone"):
        yield from drawn(lines_of(task), share, seed)


SETS = {"friendly": friendly, "heated": heated, "everyday": everyday}


def drawn(source: Iterator[Row], most: int, seed: int = 4) -> list[Row]:
    """All rows, or `most` of them drawn at random, for one seed always the same ones."""
    talk = [*source]
    return talk if len(talk) <= most else random.Random(seed).sample(talk, most)


def read_ahead(encoder: Encoder | None, talk: Sequence[Row]) -> None:
    """Let the encoder read all last messages at once, in batches of like length; it keeps what it found for later."""
    if encoder is not None:
        encoder.signals([r[1][-1][1] for r in talk], [contexts(Lines.of_pairs(r[1]))[-1] for r in talk])


def found(
    name: str, part: str, encoder: Encoder | None = None, most: int = 100_000
) -> tuple[int, list[tuple[str, str, Row, tuple[int, int]]]]:
    """(messages, [(cue, id, row, span)]) of the last lines of a set, or of `most` of them drawn at random."""
    hits = []
    count = 0
    talk = drawn(SETS[name](part), most)
    read_ahead(encoder, talk)
    for row in talk:
        count += 1
        signals = read_signals(Lines.of_pairs(row[1]), catalogue(), None, encoder, last_only=True)
        last = len(row[1]) - 1
        hits += [(h.cue, row[0], row, (h.start, h.end)) for h in signals.hits if h.message == last]
    return count, hits


def main() -> None:
    """Print the table, or places to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="dev", choices=("train", "dev"))
    parser.add_argument("--encoder", action="store_true", help="with the encoder, as `nearer read` does")
    parser.add_argument("--most", type=int, default=100_000, help="messages of a set, drawn at random")
    parser.add_argument("--show", help="a cue's code, a family's three letters, hurts, or helps")
    parser.add_argument("--on", default="all", choices=("all", *SETS))
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    names = list(SETS) if args.on == "all" else [args.on]
    encoder = load_encoder() if args.encoder else None
    cues = catalogue().cues
    if args.show:
        places = [
            (n, *h)
            for n in names
            for h in found(n, args.part, encoder, args.most)[1]
            if _wanted(args.show, h[0], cues[h[0]].polarity)
        ]
        print(len(places), "places")
        for name, cue, row_id, row, (start, end) in random.Random(args.seed).sample(places, min(args.n, len(places))):
            text = row[1][-1][1]
            before = f"  [before: {row[1][-2][1][-100:]}]" if len(row[1]) > 1 else ""
            print(f"{cue} {name} {row_id}: {text[:start]}«{text[start:end]}»{text[end:]}{before}")
        return
    totals: dict[str, tuple[int, collections.Counter[str]]] = {}
    for name in names:
        count, hits = found(name, args.part, encoder, args.most)
        totals[name] = (count, collections.Counter(h[0] for h in hits))
    print("cue      " + "".join(f"{n:>12}" for n in names) + "   (findings per 100 messages)")
    for code, cue in cues.items():
        rates = [100 * totals[n][1][code] / totals[n][0] for n in names]
        print(f"{code:9}" + "".join(f"{r:12.2f}" for r in rates) + f"   {cue.name}")
    for polarity in ("helps", "hurts", "danger"):
        rates = [
            100 * sum(v for c, v in totals[n][1].items() if cues[c].polarity == polarity) / totals[n][0] for n in names
        ]
        print(f"{polarity:9}" + "".join(f"{r:12.2f}" for r in rates))


def _wanted(show: str, code: str, polarity: str) -> bool:
    return show in (polarity, code) or (len(show) == 3 and code.startswith(show))


if __name__ == "__main__":
    main()
