"""`nearer corpus` end to end on synthetic talks: rate by tier, speed-up, start to first row, memory, and bare onnxruntime.

    python benchmarks/corpus.py                                      small: a few minutes
    python benchmarks/corpus.py --messages 1000000 --encoded 20000   what docs/scale.md quotes
    python benchmarks/corpus.py --sizes 1000000,10000000 --only memory

Rates are end to end from Parquet to Parquet in wall time, program start and all; a machine that does other work shows in
them. Bare onnxruntime is timed in processor time, over the very batches that the encoder tier ran.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from speed import LINES, WORDS

LENGTH = 40
"""Messages of a talk on average."""
_SLICE = 1_000_000
_EVERY = 0.05
"""Seconds between two looks at memory and output."""


def make(path: Path, count: int) -> None:
    """A table of talks of two people, in Parquet, hardly any message twice; made slice by slice."""
    parts = path.with_suffix("")
    parts.mkdir()
    for number, start in enumerate(range(0, count, _SLICE)):
        _slice(start, min(_SLICE, count - start)).write_parquet(parts / f"{number:05}.parquet")
    pl.scan_parquet(parts / "*.parquet").sink_parquet(path)
    shutil.rmtree(parts)


def _slice(start: int, count: int) -> pl.DataFrame:
    rng, clock = random.Random(start), datetime(2024, 1, 1, tzinfo=UTC)
    rows: list[tuple[str, str, str, datetime]] = []
    while len(rows) < count:
        talk = f"t{start + len(rows)}"
        clock += timedelta(hours=5)
        for i in range(rng.randrange(LENGTH // 2, LENGTH * 3 // 2)):
            words = rng.choice(LINES) + " " if rng.random() < 0.12 else ""
            text = words + " ".join(rng.choices(WORDS, k=rng.randrange(1, 20)))
            rows.append((talk, "Ana" if rng.random() < 0.5 else "Ben", text, clock + timedelta(seconds=40 * i)))
    return pl.DataFrame(rows[:count], schema=["conversation", "speaker", "text", "time"], orient="row")


@dataclass(frozen=True)
class Run:
    """One run of the command. seconds: in all, and to the first table in its place. peak: MiB of the whole process tree,
    by proportional set size where the system tells it, so that shared pages count once."""

    messages: int
    seconds: float
    first: float
    peak: float

    @property
    def rate(self) -> float:
        return self.messages / self.seconds


def corpus(source: Path, messages: int, workers: int, encoder: bool) -> Run:
    """Run `nearer corpus` in a process of its own and watch it."""
    import psutil

    with tempfile.TemporaryDirectory(prefix="nearer-corpus-") as folder:
        out = Path(folder) / "out"
        command = [sys.executable, "-m", "nearer", "corpus", str(source), str(out), "--workers", str(workers)]
        start, first, peak = time.perf_counter(), 0.0, 0.0
        work = subprocess.Popen(command if encoder else [*command, "--no-encoder"], stderr=subprocess.PIPE, text=True)
        tree = psutil.Process(work.pid)
        while work.poll() is None:
            peak = max(peak, sum(map(_memory, _tree(tree))))
            if not first and any((out / "messages").glob("*.parquet")):
                first = time.perf_counter() - start
            time.sleep(_EVERY)
        seconds = time.perf_counter() - start
        if work.returncode:
            raise SystemExit(work.stderr.read() if work.stderr else "nearer corpus failed")
        return Run(messages, seconds, first or seconds, peak / 2**20)


def _tree(process: Any) -> Iterator[Any]:
    import psutil

    try:
        yield process
        yield from process.children(recursive=True)
    except psutil.Error:
        return


def _memory(process: Any) -> int:
    import psutil

    try:
        whole = process.memory_full_info()
        return int(getattr(whole, "pss", 0) or whole.rss)
    except (psutil.Error, OSError):
        return 0


class _Recorder:
    """Stands before a session and keeps what it was fed."""

    def __init__(self, session: Any) -> None:
        self.session, self.fed = session, []  # type: ignore[var-annotated]

    def run(self, outputs: Any, feed: Any) -> Any:
        self.fed.append(feed)
        return self.session.run(outputs, feed)


def beside_onnxruntime(source: Path, messages: int) -> tuple[float, float, int]:
    """(processor seconds of the encoder tier, of bare onnxruntime on the same batches, batches). One thread, in this process."""
    from nearer.corpus.run import Plan, run
    from nearer.cues import catalogue
    from nearer.signals.encoder import load
    from nearer.signals.phrases import table_for

    encoder = load()
    if encoder is None:
        raise SystemExit("This nearer carries no weights.")
    table_for(catalogue())
    recorder = _Recorder(encoder._session)
    encoder._session = recorder
    with tempfile.TemporaryDirectory(prefix="nearer-corpus-") as folder:
        start = time.process_time()
        run(str(source), Path(folder), Plan(), workers=1)
        took = time.process_time() - start
    bare = []
    for _ in range(2):
        start = time.process_time()
        for feed in recorder.fed:
            recorder.session.run(None, feed)
        bare.append(time.process_time() - start)
    return took, min(bare), len(recorder.fed)


def tiers(folder: Path, args: argparse.Namespace) -> None:
    """Messages a second and speed-up, with and without the encoder."""
    print("| tier | messages | workers | messages/s | messages/s per worker | first row | peak | speed-up |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, count, encoder in (
        ("patterns and dynamics", args.messages, False),
        ("with the encoder", args.encoded, True),
    ):
        source = folder / f"{count}.parquet"
        if not source.exists():
            make(source, count)
        one = 0.0
        for workers in args.workers:
            done = corpus(source, count, workers, encoder)
            one = one or done.rate
            print(f"| {name} | {count:,} | {workers} | {done.rate:,.0f} | {done.rate / workers:,.0f} | {done.first:.1f} s | "
                  f"{done.peak:,.0f} MiB | {done.rate / one:.2f} |", flush=True)  # fmt: skip


def memory(folder: Path, args: argparse.Namespace) -> None:
    """Peak memory as the corpus grows."""
    print(
        "\n| messages, patterns and dynamics | peak of all processes | first row | messages/s |\n|---:|---:|---:|---:|"
    )
    for count in args.sizes:
        source = folder / f"{count}.parquet"
        if not source.exists():
            make(source, count)
        done = corpus(source, count, args.workers[-1], False)
        print(f"| {count:,} | {done.peak:,.0f} MiB | {done.first:.1f} s | {done.rate:,.0f} |", flush=True)
        source.unlink()


def bare(folder: Path, args: argparse.Namespace) -> None:
    """The encoder tier beside onnxruntime itself, in a process of its own with one thread."""
    source = folder / "bare.parquet"
    make(source, args.encoded)
    command = [sys.executable, __file__, "--bare", str(source), "--encoded", str(args.encoded)]
    threads = {"NEARER_THREADS": "1", "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    subprocess.run(command, check=True, env={**os.environ, **threads})


PARTS: dict[str, Callable[[Path, argparse.Namespace], None]] = {"tiers": tiers, "memory": memory, "bare": bare}


def _numbers(text: str) -> list[int]:
    return [int(n) for n in text.split(",")]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=100_000, help="without the encoder")
    parser.add_argument("--encoded", type=int, default=2_000, help="with the encoder")
    parser.add_argument("--sizes", type=_numbers, default=[50_000, 100_000, 200_000], help="for memory, as 1000,2000")
    parser.add_argument("--workers", type=_numbers, default=[1, 2], help="as 1,2")
    parser.add_argument("--only", choices=tuple(PARTS))
    parser.add_argument("--bare", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.bare:
        took, alone, batches = beside_onnxruntime(Path(args.bare), args.encoded)
        print(f"\nEncoder tier on {args.encoded:,} messages in {batches:,} batches, one core: {took:.2f} s of processor time; "
              f"bare onnxruntime on the same batches {alone:.2f} s; ratio {took / alone:.2f}.")  # fmt: skip
        return
    with tempfile.TemporaryDirectory(prefix="nearer-bench-") as folder:
        for name, part in PARTS.items():
            if args.only in (None, name):
                part(Path(folder), args)


if __name__ == "__main__":
    main()
