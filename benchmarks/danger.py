"""How much danger the screen finds, and how often it speaks on friendly talk.

python benchmarks/danger.py --written [--encoder]      threads written for it (danger.jsonl), half of them near misses: nothing learns from them
python benchmarks/danger.py            firings per 10,000 messages of the labelled sets in ../shared/data, set by set (at most 2 are allowed)
python benchmarks/danger.py --encoder --most 2000      with the encoder, on so many messages of each set drawn at random
python benchmarks/danger.py --show     the places, to read and judge (never stored)
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from cues import measuring
from nearer.api import load_encoder
from nearer.cues import Catalogue, catalogue
from nearer.reading.screen import screen
from nearer.signals.encoder import Encoder
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals
from quality import Row, alternating, drawn, read_ahead, rows, single


def coherence(part: str) -> Iterator[Row]:
    """Replies that were liked."""
    yield from (single(r) for r in rows("coherence", part) if r["labels"]["kind"] == "positive")


def meld(part: str) -> Iterator[Row]:
    """Neutral and joyful lines."""
    yield from (single(r) for r in rows("meld", part) if r["labels"]["emotion"] in ("neutral", "joy"))


def casino(_part: str) -> Iterator[Row]:
    """Campsite talks, message by message with what came before."""
    for talk in rows("casino"):
        lines = [(m["speaker"], m["text"]) for m in talk["messages"]]
        yield from ((f"{talk['id']}#{i}", lines[max(0, i - 3) : i + 1]) for i in range(len(lines)))


def threads(book: Catalogue, encoder: Encoder | None, show: bool) -> None:
    """Print how many of the written threads with danger the screen stops at, and of those without."""
    stopped: Counter[tuple[str, bool]] = Counter()
    count: Counter[tuple[str, bool]] = Counter()
    for case in measuring("danger"):
        lines = Lines.of_pairs(alternating(case.before, case.text))
        seen = bool(screen(read_signals(lines, book, None, encoder), book, [None] * len(lines)))
        for code in (case.cue, "all"):
            count[code, case.fires] += 1
            stopped[code, case.fires] += seen
        if show and seen != case.fires:
            print(f"{'FALSE ' if seen else 'MISSED'} {case.cue}: {' >> '.join((*case.before, case.text))}")
    for code in sorted({code for code, _ in count}):
        found, near = (f"{stopped[code, danger]:4} of {count[code, danger]:4}" for danger in (True, False))
        print(f"{code:8} found {found}     near misses that stopped {near}")
    right, wrong = stopped["all", True], stopped["all", False]
    print(f"precision {right / max(1, right + wrong):.2f}")


def main() -> None:
    """Print a table, or the places."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--written", action="store_true", help="the threads written for it")
    parser.add_argument("--part", default="train", choices=("train", "dev"))
    parser.add_argument("--encoder", action="store_true", help="with the encoder, as `nearer read` does")
    parser.add_argument("--most", type=int, default=100_000, help="messages of a set, drawn at random")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    book, encoder = catalogue(), load_encoder() if args.encoder else None
    if args.written:
        return threads(book, encoder, args.show)
    for name, source in (("coherence", coherence), ("meld", meld), ("casino", casino)):
        count = fired = 0
        talk = drawn(source(args.part), args.most)
        read_ahead(encoder, talk)
        for row_id, lines in talk:
            count += 1
            signals = read_signals(Lines.of_pairs(lines), book, None, encoder, last_only=True)
            seen = [d for d in screen(signals, book, [None] * len(lines)) if d.message == len(lines) - 1]
            fired += bool(seen)
            if args.show:
                for d in seen:
                    print(f"{d.cue} {name} {row_id} {d.confidence}: «{d.quote}» in {lines[-1][1]!r}")
        print(f"{name:10} {count:7} messages {fired:5} fired   {10_000 * fired / max(count, 1):6.1f} in 10,000")


if __name__ == "__main__":
    main()
