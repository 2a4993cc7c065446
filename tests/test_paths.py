"""The cache: worked out once, and thrown away when nobody has used it for long."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from nearer.paths import cache_folder, cached_bytes, cached_json


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEARER_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "cache"
    return tmp_path / "cache"


def test_what_was_made_once_is_not_made_again(folder: Path) -> None:
    assert cached_json("a", lambda: {"n": [1]}) == cached_json("a", lambda: pytest.fail("made again")) == {"n": [1]}
    assert [p.name for p in folder.iterdir()] == ["a.json"]


def test_what_may_be_read_and_not_touched_is_used_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    cached_bytes("a", lambda: b"x")
    monkeypatch.setattr(os, "utime", refused)
    assert cached_bytes("a", lambda: pytest.fail("made again")) == b"x"


def test_what_is_long_unused_is_thrown_away_and_what_is_used_stays(folder: Path) -> None:
    (folder / "somebody's folder").mkdir()
    for name in ("old.1", "new.1", "killed.77.part"):
        (folder / name).write_bytes(b"x")
    for name in ("old.1", "new.1", "killed.77.part", "somebody's folder"):
        os.utime(folder / name, (time.time() - 31 * 86400,) * 2)
    assert cached_bytes("new.1", lambda: b"another") == b"x"
    assert len(list(folder.iterdir())) == 4
    assert cached_bytes("newer.1", lambda: b"y") == b"y"
    assert {p.name for p in folder.iterdir()} == {"new.1", "newer.1", "somebody's folder"}


def test_without_a_place_to_write_it_is_made_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NEARER_HOME", str(tmp_path / "file"))
    assert cache_folder() is None
    assert [cached_bytes("a", lambda: b"x") for _ in range(2)] == [b"x", b"x"]
