"""nearer practice in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from nearer import cli
from nearer.errors import UsageError
from nearer.journal import Journal
from nearer.journal.cards import cards


def test_a_round_to_its_end_asks_again_where_it_does_not_understand() -> None:
    shown = CliRunner().invoke(cli.app, ["practice", "--no-journal"], input="1\nx\n2\n3\n1\n2\n")
    assert shown.exit_code == 0
    assert "frightens" in shown.output
    assert "Type 1, 2 or 3" in shown.output
    assert "That was the round" in shown.output
    assert shown.output.count("comes closest; may be heard as") == 5


@pytest.mark.parametrize("typed", ["1\nq\n", "1\n"])
def test_stopping_is_fine_and_what_was_answered_is_kept(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nearer.paths.data_folder", lambda: tmp_path)
    shown = CliRunner().invoke(cli.app, ["practice", "--only", "humor"], input=typed)
    assert shown.exit_code == 0
    assert "enough for today" in shown.output
    with Journal.open() as journal:
        assert [i[:4] for i in cards(journal)] == ["hum-"]


def test_a_family_that_is_none() -> None:
    assert isinstance(CliRunner().invoke(cli.app, ["practice", "--only", "manners"]).exception, UsageError)
