"""Speed of nearer beside what people use instead, over the same synthetic messages in one run.

    python benchmarks/speed.py [--messages 100000]

Every figure is processor time of this process where a message count is divided by it, wall time for cold starts.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

# One core: thread pools must be told before they are made.
os.environ.setdefault("POLARS_MAX_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

WORDS = [
    "hey",
    "what",
    "time",
    "are",
    "you",
    "home",
    "tonight",
    "i",
    "made",
    "soup",
    "thanks",
    "love",
    "see",
    "soon",
    "the",
    "bus",
    "is",
    "late",
    "again",
    "never",
    "mind",
    "did",
    "call",
    "mum",
    "really",
    "sorry",
    "about",
    "that",
    "it",
    "was",
    "lovely",
    "can",
    "we",
    "talk",
    "later",
    "on",
    "my",
    "way",
    "haha",
    "no",
    "way",
    "good",
    "morning",
    "how",
    "feeling",
    "better",
    "today",
]
LINES = (
    "you never listen to me", "i felt left out when the plan changed", "thanks for picking that up", "are we ok?",
    "that must have been so hard", "calm down", "shall we look at it together?", "i'm sorry i snapped at you", "k",
)  # fmt: skip


def export(count: int) -> str:
    """A synthetic WhatsApp export of two people."""
    rng, clock, out = random.Random(1), 1_700_000_000, []
    for _ in range(count):
        clock += rng.randrange(10, 1500)
        t = datetime.fromtimestamp(clock, UTC)
        text = rng.choice(LINES) if rng.random() < 0.12 else " ".join(rng.choices(WORDS, k=rng.randrange(1, 25)))
        half = "AM" if t.hour < 12 else "PM"
        stamp = f"{t.month}/{t.day}/{t.year % 100}, {t.hour % 12 or 12}:{t.minute:02} {half}"
        out.append(f"{stamp} - {rng.choice(('Ana', 'Ben'))}: {text}{rng.choice(('', '', ' 😂', '?'))}")
    return "\n".join(out)


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def cold(*command: str) -> float:
    """Best of three wall-clock runs of a command, in seconds."""
    best = 1e9
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=100_000)
    args = parser.parse_args()
    import nearer
    from nearer.cues import catalogue
    from nearer.report.json import to_bytes
    from nearer.signals.normal import normal
    from nearer.signals.phrases import scan, table_for
    from nearer.sources import load

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "WhatsApp Chat with Ben.txt"
        path.write_text(export(args.messages), encoding="utf-8")
        # What a machine does once, and a process once: indexing patterns, importing parsers, compiling expressions.
        some = Path(folder) / "some" / path.name
        some.parent.mkdir()
        some.write_text(export(2_000), encoding="utf-8")
        to_bytes(nearer.read(some, encoder=False))
        parsed = timed(lambda: load(path))
        whole = timed(lambda: to_bytes(nearer.read(path, encoder=False)))
        texts = load(path).texts
    forms = [normal(t) for t in texts]
    table = table_for(catalogue())
    scanned = timed(lambda: scan(forms, table))
    book = catalogue()
    owners = (*book.cues.values(), *book.features.values())
    patterns = [p for owner in owners for p in (*owner.patterns, *owner.case_patterns, *owner.unless)]
    patterns += [p for guard in book.guards.values() for p in guard.patterns]
    rows = [
        ("parse the WhatsApp export", args.messages / parsed, f"{parsed:.2f} s"),
        ("parse and read to JSON, no encoder", args.messages / whole, f"{whole:.2f} s"),
        (f"all {len(patterns)} patterns at once", args.messages / scanned, f"{scanned:.2f} s"),
    ]
    some, expressions = forms[:300], [re.compile(p, re.ASCII | re.MULTILINE | re.IGNORECASE) for p in patterns]
    slow = timed(lambda: [p.search(t) for t in some for p in expressions])
    rows.append(("the same patterns one by one in Python's re", len(some) / slow, f"{slow:.2f} s for {len(some)}"))
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        print("VADER is not installed; `make bench` installs it.", file=sys.stderr)
    else:
        vader, part = SentimentIntensityAnalyzer(), texts[:5000]
        took = timed(lambda: [vader.polarity_scores(t) for t in part])
        rows.append(("VADER, for comparison", len(part) / took, f"{took:.2f} s for {len(part)}"))
    from nearer.api import load_encoder

    encoder = load_encoder()
    if encoder is not None:
        part = list(dict.fromkeys(texts))[:1000]
        before = [part[max(0, i - 3) : i] for i in range(len(part))]
        start = time.perf_counter()
        encoder.signals(part, before)
        took = time.perf_counter() - start
        rows.append(("encoder, with context, all cores, wall time", len(part) / took, f"{took:.2f} s for {len(part)}"))
    print("| what | messages a second | time |\n|---|---:|---:|")
    for name, rate, note in rows:
        print(f"| {name} | {rate:,.0f} | {note} |")
    for name, command in (
        ("`nearer --help`, cold", ("--help",)),
        ("`nearer check`, cold, no encoder", ("check", "you never listen to me", "--no-encoder")),
        ("`nearer check`, cold, with the encoder", ("check", "you never listen to me")),
    ):
        print(f"| {name} | | {cold(sys.executable, '-m', 'nearer', *command):.2f} s |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    print(f"| peak memory of this run | | {peak:,.0f} MiB |")


if __name__ == "__main__":
    main()
