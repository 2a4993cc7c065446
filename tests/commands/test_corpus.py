"""nearer corpus on the command line: how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.cli import main


def ends(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["corpus", *arguments, "--no-encoder"])
    return int(stop.value.code or 0)


def test_it_fails_where_nothing_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "cut.zip").write_bytes(b"PK\x03\x04broken")
    assert ends(str(tmp_path / "in"), str(tmp_path / "out")) == 1
    said = capsys.readouterr().err
    assert "1 problems" in said
    assert "Not one message could be read" in said
    assert (tmp_path / "out" / "codebook.md").exists()
    # One chat that can be read is enough.
    (tmp_path / "in" / "talk.txt").write_text("Ana: you never listen to me\nBen: ok\nAna: fine\nBen: fine\n")
    assert ends(str(tmp_path / "in"), str(tmp_path / "other")) == 0


def test_workers_are_no_fewer_than_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(str(tmp_path), str(tmp_path / "out"), "--workers", "-3") == 2
    assert not (tmp_path / "out").exists()


def test_an_order_of_dates_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "talk.txt").write_text("Ana: hi\nBen: ok\n")
    assert ends(str(tmp_path / "talk.txt"), str(tmp_path / "out"), "--dates", "american") == 2
    assert "--dates is dmy, mdy or ymd." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert ends(str(tmp_path / "talk.txt"), str(tmp_path / "out"), "--dates", "mdy") == 0
