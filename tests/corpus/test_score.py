"""What `nearer score` takes and gives: wrong rows are named and never shown, and nothing is lost by a wrong name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

import nearer
from nearer.cli import main
from nearer.errors import UsageError

SECRET = "the harbour at dawn"


def rows(path: Path, *some: dict[str, Any]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in some))
    return path


def score(source: Path, target: Path) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["score", str(source), str(target), "--no-encoder"])
    return int(stop.value.code or 0)


@pytest.mark.parametrize("context", [SECRET, [5], [None], [{"speaker": "me"}], {"text": SECRET}, 7, [{"text": 5}]])
def test_a_context_that_is_none_is_named_by_its_line(
    context: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = rows(tmp_path / "in.jsonl", {"id": 1, "text": "ok"}, {"id": 2, "text": SECRET, "context": context})
    assert score(source, tmp_path / "out.jsonl") == 1
    said = capsys.readouterr().err
    assert "in.jsonl, line 2:" in said
    assert "harbour" not in said
    assert not list(tmp_path.glob("out*"))


def test_what_was_there_stays_where_something_goes_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = rows(tmp_path / "in.jsonl", {"id": 1, "text": "ok"}), tmp_path / "out.jsonl"
    before = source.read_bytes()
    assert score(source, source) == 2
    assert source.read_bytes() == before
    assert "name another one" in capsys.readouterr().err
    assert score(source, target) == 0
    assert score(rows(tmp_path / "bad.jsonl", {"id": 1, "text": "hi"}, {"id": 2}), target) == 1
    assert orjson.loads(target.read_bytes())["cues"] == {}
    (tmp_path / "file").write_text("")
    assert score(source, tmp_path / "file" / "out.parquet") == 1
    assert "could not be written" in capsys.readouterr().err
    assert score(source, tmp_path / "new" / "out.parquet") == 0


def test_columns_are_the_same_with_and_without_rows(tmp_path: Path) -> None:
    for source in (
        rows(tmp_path / "none.jsonl"),
        rows(tmp_path / "some.jsonl", {"id": None, "text": "you never listen"}),
    ):
        assert score(source, tmp_path / "out.parquet") == 0
        table = pl.read_parquet(tmp_path / "out.parquet")
        assert table.columns == ["id", "cues"]
        assert table["id"].to_list() == [None] * table.height
    assert nearer.score([]).columns == nearer.score(["ok"]).columns


@pytest.mark.parametrize(
    "wrong", [("ok", None), (["ok", None], None), ([float("nan")], None), (["ok"], ["hi"]), (["ok"], [[5]])]
)
def test_python_is_told_what_is_wrong(wrong: tuple[Any, Any]) -> None:
    with pytest.raises(UsageError):
        nearer.score(*wrong, encoder=False)


def test_a_row_may_have_no_context_and_a_speaker_no_name() -> None:
    plain = nearer.score(["you never listen to me"], encoder=False)
    for context in (None, [], [{"speaker": None, "text": "hi"}], [{"text": "hi"}]):
        assert nearer.score(["you never listen to me"], [context], encoder=False).equals(plain)  # type: ignore[list-item]
    with pytest.raises(UsageError):
        nearer.check("you never listen to me", "hi", encoder=False)
