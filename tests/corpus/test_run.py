"""A corpus is read whole, once, the same however often it is stopped, and says what it could not read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from nearer.corpus.inputs import Talk, found, pieces, talks
from nearer.corpus.run import Plan, _cores, run
from nearer.errors import NearerError, UsageError

PLAN = Plan(weights=None)
LINES = (
    "you never listen to me", "sorry, I was miles away", "I felt left out when the plan changed", "that makes sense",
    "thanks for telling me", "shall we look at it together?", "yes, about eight", "good night",
)  # fmt: skip


def table(path: Path, talks: int = 6, length: int = 16) -> Path:
    """Conversations that lie interleaved, with a few rows that are broken."""
    rows = [
        {"conversation": f"c{t}", "speaker": "Ana" if i % 2 else "Ben", "text": LINES[i % 8], "id": f"{t}-{i}",
         "time": f"2026-03-0{t % 9 + 1}T10:{i:02}:00+00:00"}
        for i in range(length)
        for t in range(talks)
    ]  # fmt: skip
    rows += [{**rows[0], "text": None}, {**rows[1], "speaker": None}, rows[2]]
    pl.DataFrame(rows).write_parquet(path)
    return path


def content(out: Path) -> dict[str, list[dict[str, object]]]:
    names = ("messages", "findings", "speakers", "conversations", "problems")
    return {n: pl.read_parquet(sorted((out / n).glob("*.parquet"))).to_dicts() for n in names}


def test_interleaved_conversations_come_together(tmp_path: Path) -> None:
    totals = run(str(table(tmp_path / "t.parquet")), tmp_path / "out", PLAN, workers=1)
    assert totals["conversations"] == 6
    assert totals["messages"] == 6 * 16
    made = content(tmp_path / "out")
    assert {r["messages"] for r in made["conversations"]} == {16}
    assert {f["cue"] for f in made["findings"]} >= {"OWN202", "OWN101"}
    assert sorted(str(p["why"]) for p in made["problems"]) == [
        "no speaker", "no text", "the id comes twice in its conversation; the first is read",
    ]  # fmt: skip
    assert (tmp_path / "out" / "codebook.md").read_text().count("## ") == 5


def test_one_unreadable_file_stops_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(3):
        (source / f"{number}.txt").write_text("\n".join(f"{'AB'[i % 2]}na: {LINES[i % 8]}" for i in range(12)))
    (source / "broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (source / "empty.txt").write_bytes(b"")
    totals = run(str(source), tmp_path / "out", PLAN, workers=1)
    assert totals["conversations"] == 3
    assert {Path(str(p["file"])).name for p in content(tmp_path / "out")["problems"]} == {"broken.txt", "empty.txt"}


def test_own_columns_are_mapped_and_wrong_ones_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("room,who,words\n" + "".join(f"r{i % 2},{'XY'[i // 2 % 2]},hello there {i}\n" for i in range(24)))
    chosen = {"conversation": "room", "speaker": "who", "text": "words"}
    assert run(str(path), tmp_path / "out", PLAN, columns=chosen, workers=1)["conversations"] == 2
    with pytest.raises(UsageError, match="no column 'rom'"):
        run(str(path), tmp_path / "other", PLAN, columns={**chosen, "conversation": "rom"}, workers=1)


def test_another_corpus_does_not_mix_in(tmp_path: Path) -> None:
    run(str(table(tmp_path / "a.parquet")), tmp_path / "out", PLAN, workers=1)
    with pytest.raises(UsageError, match="another corpus"):
        run(str(table(tmp_path / "b.parquet", talks=2)), tmp_path / "out", PLAN, workers=1)
    with pytest.raises(NearerError, match="nothing to read"):
        run(str(tmp_path / "none"), tmp_path / "new", PLAN, workers=1)


def test_all_cores_are_used_where_the_system_cannot_say_which_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert _cores() == 6
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert _cores() == 1


@pytest.mark.parametrize(
    ("workers", "cluster", "slurm"), [(2, "tcp://host:8786", 0), (2, None, 4), (0, "tcp://host:8786", 4)]
)
def test_one_place_to_read_in_is_said(tmp_path: Path, workers: int, cluster: str | None, slurm: int) -> None:
    with pytest.raises(UsageError, match="Say one of --workers, --cluster and --slurm"):
        run(str(tmp_path), tmp_path / "out", PLAN, workers=workers, cluster=cluster, slurm=slurm)
    assert not (tmp_path / "out").exists()


def test_killed_and_run_again_it_ends_the_same(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(200):
        (source / f"{number:03}.txt").write_text(
            "\n".join(f"{'AB'[i % 2]}na: {LINES[(i + number) % 8]}" for i in range(40))
        )
    run(str(source), tmp_path / "whole", PLAN, workers=1)
    code = (
        "import sys; from pathlib import Path; from nearer.corpus.run import Plan, run;"
        "run(sys.argv[1], Path(sys.argv[2]), Plan(weights=None), workers=1)"
    )
    worker = subprocess.Popen([sys.executable, "-c", code, str(source), str(tmp_path / "part")])
    done = tmp_path / "part" / ".work" / "done"
    while worker.poll() is None and not (done.is_dir() and any(done.iterdir())):
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    run(str(source), tmp_path / "part", PLAN, workers=1)
    assert content(tmp_path / "part") == content(tmp_path / "whole")


def test_a_convokit_corpus_is_read_as_one_table_with_what_answers_what(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "corpus"
    folder.mkdir(parents=True)
    rows = [
        {"id": f"{t}-{i}", "conversation_id": f"c{t}", "speaker": "Ana" if i % 2 else "Ben", "text": LINES[i % 8],
         "timestamp": 1_772_500_000 + 60 * i, "reply_to": f"{t}-{i - 1}" if i else None, "meta": {"n": i} if t else None}
        for i in range(12)
        for t in range(3)
    ]  # fmt: skip
    (folder / "utterances.jsonl").write_text("\n".join(json.dumps(r) for r in rows))
    (folder / "speakers.json").write_text("{}")
    cut, problems = pieces(found(str(tmp_path / "in")), {}, tmp_path)
    read = {talk.id: talk for piece in cut for talk in talks(piece) if isinstance(talk, Talk)}
    assert not problems
    assert {name: len(talk.conversation) for name, talk in read.items()} == {"c0": 12, "c1": 12, "c2": 12}
    assert [m.reply_to for m in read["c1"].conversation] == [None, *range(11)]
    assert read["c2"].conversation[3].time is not None
