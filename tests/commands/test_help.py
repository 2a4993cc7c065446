"""Help pages: every argument and option is explained, and nothing is escaped for a screen that is not there."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
import typer.main

from nearer.cli import app, main


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


def _group() -> click.Group:
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group)
    return group


COMMANDS = list(_commands(_group()))


@pytest.mark.parametrize("path", [p for p, _ in COMMANDS], ids=" ".join)
def test_every_page_explains_its_arguments(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*path, "--help"])
    page = " ".join(capsys.readouterr().out.split())
    assert "\\" not in page
    for param in dict(COMMANDS)[path].params:
        if not getattr(param, "hidden", False):
            said = getattr(param, "help", None)
            assert said, f"{param.name} is not explained"
            assert " ".join(said.split()) in page


def test_a_draft_may_come_from_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    assert "“-” reads it from standard input" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("command", ["corpus", "sample", "norms"])
def test_what_reads_tables_names_their_columns(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert "conversation=ID,speaker=WHO,text=WORDS" in capsys.readouterr().out
