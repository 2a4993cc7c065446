"""The same pieces on a Dask cluster. Patterns and weights are loaded once a worker; a lost worker's pieces are read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer.errors import NearerError

if TYPE_CHECKING:
    from nearer.corpus.inputs import Piece
    from nearer.corpus.run import Plan


def on_cluster(waiting: Sequence[Piece], out: Path, plan: Plan, address: str | None, slurm: int) -> Iterator[int]:
    """Messages read, piece by piece, as they get done. All machines must see the input and `out` under the same paths.

    Raises NearerError where Dask is not installed or the scheduler cannot be reached.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise NearerError("A cluster needs Dask; install nearer with its “cluster” extra.") from None
    from nearer.corpus.run import read_piece

    target: Any = _slurm(slurm) if slurm else address
    try:
        client = distributed.Client(target, timeout="20s")
    except (OSError, ValueError, TimeoutError):
        raise NearerError(f"No Dask scheduler answers at {address}.") from None
    with client:
        jobs = [
            client.submit(read_piece, piece, out.absolute(), plan, key=f"nearer-{piece.number}", retries=5, pure=False)
            for piece in waiting
        ]
        try:
            for job in distributed.as_completed(jobs):
                yield int(job.result())
                job.release()
        except distributed.KilledWorker:
            raise NearerError(
                "The same piece was given to several workers, and all were lost; give each worker more memory. What is "
                "done is kept: run the same command again to go on."
            ) from None


def _slurm(jobs: int) -> Any:
    try:
        jobqueue: Any = import_module("dask_jobqueue")
    except ImportError:
        raise NearerError("SLURM needs dask-jobqueue; install nearer with its “cluster” extra.") from None
    cluster = jobqueue.SLURMCluster(cores=1, processes=1, memory="4GB")
    cluster.scale(jobs)
    return cluster
