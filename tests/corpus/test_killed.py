"""Workers and runs that are killed: the output is the same as if they had not been."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from corpus.test_run import LINES, PLAN, content
from nearer.corpus.run import run
from nearer.errors import NearerError

RUN = (
    "import sys; from pathlib import Path; from nearer.corpus.run import Plan, run\n"
    "if __name__ == '__main__': run(sys.argv[1], Path(sys.argv[2]), Plan(weights=None), workers=2)"
)


def talks(folder: Path, count: int) -> str:
    """A folder of conversations in files."""
    folder.mkdir()
    for number in range(count):
        lines = (f"{'AB'[i % 2]}na: {LINES[(i + number) % 8]}" for i in range(12))
        (folder / f"{number:03}.txt").write_text("\n".join(lines))
    return str(folder)


def until(reached: object, seconds: float = 60) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + seconds
    while not reached():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, list[dict[str, object]]]]:
    """A corpus, and what it comes to when nothing is killed."""
    folder = tmp_path_factory.mktemp("killed")
    source = talks(folder / "in", 400)
    run(source, folder / "whole", PLAN, workers=1)
    return source, content(folder / "whole")


def test_kill_9_of_a_run_with_workers(whole: tuple[str, dict[str, list[dict[str, object]]]], tmp_path: Path) -> None:
    source, wanted = whole
    program = tmp_path / "program.py"
    program.write_text(RUN)
    parent = subprocess.Popen([sys.executable, str(program), source, str(tmp_path / "out")])
    done = tmp_path / "out" / ".work" / "done"
    until(lambda: parent.poll() is not None or (done.is_dir() and any(done.iterdir())))
    workers = psutil.Process(parent.pid).children(recursive=True) if parent.poll() is None else []
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    # Nothing of it is left to write into the folder of the run that goes on.
    assert not psutil.wait_procs(workers, timeout=20)[1]
    first = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "out" / "messages").glob("*.parquet")}
    marked = {p.name for p in done.iterdir()}
    run(source, tmp_path / "out", PLAN, workers=1)
    assert content(tmp_path / "out") == wanted
    after = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "out" / "messages").glob("*.parquet")}
    # What was done is not done again.
    assert all(after[f"{n}.parquet"] == first[f"{n}.parquet"] for n in marked)


def test_a_killed_worker_is_told_of_in_one_sentence_and_loses_nothing(
    whole: tuple[str, dict[str, list[dict[str, object]]]], tmp_path: Path
) -> None:
    source, wanted = whole
    killed: list[psutil.Process] = []

    def tell(at: object) -> None:
        for worker in psutil.Process().children(recursive=True) if not killed else ():
            if "spawn_main" in " ".join(worker.cmdline()):
                killed.append(worker)
                worker.kill()
                return

    # The last piece may be done before the loss is noticed; as a rule it is not.
    try:
        run(source, tmp_path / "out", PLAN, workers=2, tell=tell)
    except NearerError as error:
        assert "run the same command again" in str(error)
    run(source, tmp_path / "out", PLAN, workers=1)
    assert killed
    assert content(tmp_path / "out") == wanted


def test_a_worker_of_a_cluster_killed_in_the_middle(
    whole: tuple[str, dict[str, list[dict[str, object]]]], tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    source, wanted = whole
    killed = []
    with distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster:

        def tell(at: object) -> None:
            if not killed and getattr(at, "done", 0):
                killed.append(next(iter(cluster.workers.values())))
                killed[0].process.process.kill()

        run(source, tmp_path / "out", PLAN, cluster=cluster.scheduler_address, tell=tell)
    assert killed
    assert content(tmp_path / "out") == wanted
