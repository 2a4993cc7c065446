"""What cannot be read in a corpus is counted and listed with its file and reason, and stops nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import pytest

from corpus.test_run import LINES, PLAN, content, table
from nearer.corpus import inputs
from nearer.corpus.inputs import ENCODER, PATTERNS, Size, pieces
from nearer.corpus.run import run


def problems(out: Path) -> list[tuple[str, str, str]]:
    """(file name, place, why) of everything that could not be read."""
    return [(Path(str(p["file"])).name, str(p["place"]), str(p["why"])) for p in content(out)["problems"]]


def test_every_bad_row_is_counted_and_named(tmp_path: Path) -> None:
    rows = [
        {"conversation": f"c{i % 3}", "speaker": "AB"[i // 3 % 2], "text": LINES[i % 8], "id": str(i)}
        for i in range(60)
    ]
    for i in (3, 10, 20):
        rows[i] = {**rows[i], "speaker": None}  # type: ignore[dict-item]
    for i in (30, 31):
        rows[i] = {**rows[i], "text": None}  # type: ignore[dict-item]
    rows[40] = {**rows[40], "conversation": None}  # type: ignore[dict-item]
    rows[50] = {**rows[50], "id": rows[47]["id"]}
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    totals = run(str(tmp_path / "t.parquet"), tmp_path / "out", PLAN, workers=1)
    assert totals["messages"] == 60 - 7
    told = problems(tmp_path / "out")
    assert Counter(why for _, _, why in told) == {
        "no speaker": 3, "no text": 2, "no conversation": 1,
        "the id comes twice in its conversation; the first is read": 1,
    }  # fmt: skip
    assert {place for _, place, _ in told} == {f"row {i + 1}" for i in (3, 10, 20, 30, 31, 40, 50)}
    assert {file for file, _, _ in told} == {"t.parquet"}


@pytest.mark.parametrize("time", ["nan", "inf", "1e300", "yesterday", "-9e15"])
def test_a_time_that_is_none_costs_no_conversation(tmp_path: Path, time: str) -> None:
    rows = [
        {"conversation": f"c{i % 2}", "speaker": "AB"[i // 2 % 2], "text": LINES[i % 8], "time": str(1_700_000_000 + i)}
        for i in range(40)
    ]
    rows[20]["time"] = time
    pl.DataFrame(rows).write_csv(tmp_path / "t.csv")
    totals = run(str(tmp_path / "t.csv"), tmp_path / "out", PLAN, workers=1)
    assert (totals["conversations"], totals["messages"]) == (2, 40)


def test_columns_of_other_kinds_are_read_as_text(tmp_path: Path) -> None:
    rows = {
        "conversation": [1, 1, 2, 2] * 5,
        "speaker": [7, 8] * 10,
        "text": [*range(20)],
        "id": [*map(float, range(20))],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "numbers.parquet")
    assert run(str(tmp_path / "numbers.parquet"), tmp_path / "out", PLAN, workers=1)["messages"] == 20
    lists = pl.DataFrame({**rows, "text": [[i] for i in range(20)]})
    (tmp_path / "in").mkdir()
    lists.write_parquet(tmp_path / "in" / "lists.parquet")
    table(tmp_path / "in" / "sound.parquet")
    totals = run(str(tmp_path / "in"), tmp_path / "mixed", PLAN, workers=1)
    # Whatever the lists came to, the sound table beside them is whole, and nothing is dropped in silence.
    assert totals["messages"] == 6 * 16 + (
        0 if any(f == "lists.parquet" for f, _, _ in problems(tmp_path / "mixed")) else 20
    )


def test_lines_that_are_no_json(tmp_path: Path) -> None:
    good = [f'{{"conversation": "c", "speaker": "{"AB"[i % 2]}", "text": "{LINES[i % 8]}"}}' for i in range(20)]
    good[10] = '{"conversation": "c", "speaker": 5, "text": null}'
    (tmp_path / "t.jsonl").write_text("\n".join(good))
    totals = run(str(tmp_path / "t.jsonl"), tmp_path / "out", PLAN, workers=1)
    assert totals["messages"] == 19
    assert [(place, why) for _, place, why in problems(tmp_path / "out")] == [("row 11", "no text")]


def test_one_unreadable_file_among_hundreds(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(300):
        (source / f"{number:03}.txt").write_text("\n".join(f"{'AB'[i % 2]}na: {LINES[i % 8]}" for i in range(4)))
    (source / "150.txt").write_bytes(b"\x00\xff" * 50)
    (source / "damaged.parquet").write_bytes(b"PAR1 but no more")
    assert run(str(source), tmp_path / "out", PLAN, workers=1)["conversations"] == 299
    assert {file for file, _, _ in problems(tmp_path / "out")} == {"150.txt", "damaged.parquet"}


def test_a_conversation_of_very_many_messages_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nearer.corpus.rows._SLICE", 700)
    monkeypatch.setattr("nearer.corpus.run.PATTERNS", Size(100, 100))
    count = 4000
    rows = {
        "conversation": ["long" if i % 10 else f"short-{i % 7}" for i in range(count)],
        "speaker": ["AB"[i % 2] for i in range(count)], "text": [f"{LINES[i % 8]} {i}" for i in range(count)],
    }  # fmt: skip
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    totals = run(str(tmp_path / "t.parquet"), tmp_path / "out", PLAN, workers=1)
    assert totals["messages"] == count
    made = content(tmp_path / "out")
    assert [c["messages"] for c in made["conversations"] if c["conversation"] == "long"] == [3600]
    said = [m["message"] for m in made["messages"] if m["conversation"] == "long"]
    assert said == [*range(3600)]


def test_what_dealing_could_not_read_is_told_again_when_going_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    table(source / "a.parquet")
    table(source / "b.parquet", talks=3)
    rows = inputs.slices

    def fails(path: Path, mapped: Mapping[str, str], name: str) -> Iterator[tuple[int, pl.DataFrame | Exception]]:
        # The columns and the number of rows are had; the rows themselves are not.
        return iter([(1, OSError())]) if path.name == "b.parquet" else rows(path, mapped, name)

    monkeypatch.setattr(inputs, "slices", fails)
    first = pieces([source / "a.parquet", source / "b.parquet"], {}, tmp_path / "parts")
    monkeypatch.setattr(inputs, "slices", rows)
    assert first[1]
    assert pieces([source / "a.parquet", source / "b.parquet"], {}, tmp_path / "parts") == first


def test_pieces_depend_on_the_corpus_alone(tmp_path: Path) -> None:
    assert PATTERNS.of(1000) == 5_000
    assert PATTERNS.of(100_000) == 5_000
    assert PATTERNS.of(10**9) == 200_000
    assert ENCODER.of(10**9) == 20_000
    files = []
    for number in range(10):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_bytes(bytes(80 * 400))
    cut, _ = pieces(files, {}, tmp_path / "parts", Size(1000, 1000))
    # The first two are small: there is something to look at while the rest is read.
    assert [len(p.files) for p in cut] == [1, 1, 2, 2, 2, 2]
    assert [f for p in cut for f in p.files] == [str(f) for f in files]
