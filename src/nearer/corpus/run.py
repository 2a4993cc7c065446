"""Reading a corpus: piece by piece, over processes or a cluster, and going on where it was stopped.

Each piece's tables are written beside and moved into place, its mark last; a piece with a mark is never read again. What
is in the output folder therefore does not depend on how often the work was stopped, nor on how many workers did it.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from functools import lru_cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.corpus.inputs import ENCODER, PATTERNS, Piece, Problem, fingerprint, found, pieces, root_of
from nearer.corpus.tables import TABLES, Rows
from nearer.corpus.together import heard
from nearer.errors import NearerError, UsageError
from nearer.pauses import without_pauses
from nearer.version import __version__

if TYPE_CHECKING:
    from nearer.signals.encoder import Encoder
    from nearer.sources.base import DateOrder


@dataclass(frozen=True)
class Plan:
    """How to read: weights ("" for the shipped, None for none), folders of own cues, norms, threads a worker."""

    weights: str | None = ""
    cues: tuple[str, ...] = ()
    norms: str = ""
    threads: int = 1


@dataclass(frozen=True)
class Progress:
    """Where the work is: pieces done and in all, messages so far, seconds since the start."""

    done: int
    of: int
    messages: int
    seconds: float


def run(
    source: str, out: Path, plan: Plan, *, columns: dict[str, str] | None = None, dates: DateOrder | None = None, workers: int = 0,
    cluster: str | None = None, slurm: int = 0, tell: Callable[[Progress], None] = lambda _: None,
) -> dict[str, int]:  # fmt: skip
    """Read everything at `source` into tables under `out`; returns the number of rows of each table.

    dates: the order of day, month and year; where it is not said, each file decides. workers: processes on this machine, 0 for one a core. cluster: the address of a Dask scheduler. slurm: how many jobs
    to start on a SLURM cluster instead. Raises UsageError where more than one of the three is said, or `out` holds the
    output of something else.
    """
    if sum(map(bool, (workers, cluster, slurm))) > 1:
        raise UsageError("Say one of --workers, --cluster and --slurm: each names another place to read in.")
    files = found(source, out)
    work = out / ".work"
    size = PATTERNS if plan.weights is None else ENCODER
    # How the corpus is cut is named too: pieces done under another cut are other pieces.
    _claim(out, {"source": source, "input": fingerprint(files), "plan": asdict(plan), "columns": columns or {}, "dates": dates,
                 "piece": asdict(size), "versions": versions(plan)})  # fmt: skip
    todo, problems = pieces(files, columns or {}, work / "parts", size, root_of(source), dates)
    _write_problems(out, problems)
    began, messages, count = time.monotonic(), 0, 0
    waiting = [p for p in todo if not _mark(out, p).exists()]
    count = len(todo) - len(waiting)
    tell(Progress(count, len(todo), 0, 0.0))
    for read in _everywhere(waiting, out, plan, workers, cluster, slurm):
        count, messages = count + 1, messages + read
        tell(Progress(count, len(todo), messages, time.monotonic() - began))
    return _finish(out, len(todo))


@without_pauses()
def read_piece(piece: Piece, out: Path, plan: Plan) -> int:
    """Read one piece and put its tables in place; returns the number of messages. Doing it twice changes nothing."""
    from nearer.reading.read import Settings, read_conversation

    encoder = _encoder(plan.weights, plan.threads)
    settings = Settings(
        self_care=True, cues=tuple(Path(c) for c in plan.cues), norms=Path(plan.norms) if plan.norms else None,
        encoder=encoder,
    )  # fmt: skip
    rows, count = Rows(encoder), 0
    for item in heard(piece, settings):
        if isinstance(item, Problem):
            rows.problem(item)
            continue
        talk, said = item
        try:
            rows.add(talk, read_conversation(talk.conversation, settings, said))
            count += len(talk.conversation)
        except NearerError as error:
            rows.problem(Problem(talk.id, "", str(error)))
        except Exception as error:
            rows.problem(Problem(talk.id, "", f"could not be read ({type(error).__name__})"))
    for name, table in rows.frames().items():
        place = out / name / f"{piece.number:06}.parquet"
        partial = place.with_suffix(f".{os.getpid()}.part")
        table.write_parquet(partial)
        os.replace(partial, place)
    _mark(out, piece).touch()
    return count


def versions(plan: Plan) -> dict[str, str | None]:
    """What makes the numbers: program, catalogue, norms, weights."""
    from nearer.cues import catalogue
    from nearer.reading.norms import norms, shipped

    encoder = _encoder(plan.weights, plan.threads)
    return {
        "nearer": __version__, "catalogue": catalogue(tuple(Path(c) for c in plan.cues)).version,
        "norms": norms(Path(plan.norms) if plan.norms else shipped(encoder=encoder is not None)).version,
        "weights": encoder.version if encoder else None,
    }  # fmt: skip


@lru_cache(maxsize=2)
def _encoder(weights: str | None, threads: int) -> Encoder | None:
    from nearer.signals.encoder import Encoder
    from nearer.signals.encoder import load as shipped

    if weights is None:
        return None
    os.environ.setdefault("NEARER_THREADS", str(threads))
    return Encoder.load(Path(weights)) if weights else shipped()


def _everywhere(
    waiting: Sequence[Piece], out: Path, plan: Plan, workers: int, cluster: str | None, slurm: int
) -> Iterator[int]:
    if cluster or slurm:
        from nearer.corpus.cluster import on_cluster

        yield from on_cluster(waiting, out, plan, cluster, slurm)
        return
    size = min(workers or _cores(), len(waiting))
    if size <= 1:
        for piece in waiting:
            yield read_piece(piece, out, plan)
        return
    # Polars and onnxruntime hold threads, which a forked process would not have.
    with ProcessPoolExecutor(size, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        jobs = [pool.submit(read_piece, piece, out, plan) for piece in waiting]
        try:
            for job in as_completed(jobs):
                yield job.result()
        except BrokenProcessPool:
            raise NearerError(
                "A worker was stopped from outside, perhaps for want of memory. What is done is kept: run the same "
                "command again to go on, with fewer --workers if memory is short."
            ) from None


def _cores() -> int:
    """How many cores this process may use; macOS cannot say, so there all that the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work forever; it ends instead."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _claim(out: Path, made_from: dict[str, Any]) -> None:
    """Make the output folder this run's own, or go on with it; refuse one that was made from something else."""
    import orjson

    said = orjson.dumps(made_from, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    manifest = out / "manifest.json"
    try:
        for name in (*TABLES, ".work/done"):
            (out / name).mkdir(parents=True, exist_ok=True)
        if manifest.exists() and manifest.read_bytes() != said:
            raise UsageError(f"{out} holds the output of another corpus or of other options; choose an empty folder.")
        for leftover in out.glob("*/*.part"):
            leftover.unlink(missing_ok=True)
        manifest.write_bytes(said)
    except OSError as error:
        raise NearerError(f"{out} cannot be written to: {error.strerror}.") from None


def _mark(out: Path, piece: Piece) -> Path:
    return out / ".work" / "done" / f"{piece.number:06}"


def _write_problems(out: Path, problems: Sequence[Problem]) -> None:
    rows = Rows(None)
    for problem in problems:
        rows.problem(problem)
    if problems:
        rows.frames()["problems"].write_parquet(out / "problems" / "input.parquet")


def _finish(out: Path, count: int) -> dict[str, int]:
    """Give every piece's tables the same columns, write the codebook, and throw the dealt-out rows away."""
    import polars as pl

    from nearer.corpus.codebook import write_codebook

    totals = {}
    for name in TABLES:
        files = sorted((out / name).glob("*.parquet"))
        schemas = [pl.read_parquet_schema(f) for f in files]
        columns: dict[str, Any] = {}
        for schema in schemas:
            columns |= schema
        for file, schema in zip(files, schemas, strict=True):
            if list(schema) != list(columns):
                table = pl.read_parquet(file)
                missing = [pl.lit(None, dtype=kind).alias(c) for c, kind in columns.items() if c not in schema]
                partial = file.with_suffix(".part")
                table.with_columns(missing).select(list(columns)).write_parquet(partial)
                os.replace(partial, file)
        totals[name] = sum(pl.scan_parquet(f).select(pl.len()).collect().item() for f in files)
        write_codebook(out, name, columns)
    shutil.rmtree(out / ".work" / "parts", ignore_errors=True)
    return totals
