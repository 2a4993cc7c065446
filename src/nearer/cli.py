"""The command line: what the commands are called, and how it ends. Each command is a file in nearer.commands."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
import typer.core

from nearer.commands import check, convert, corpus, cues, journal, learn, practice, read, research, score, serve
from nearer.errors import NearerError
from nearer.version import __version__

# Rich is switched off below, but typer escapes its own “[required]” and “[default: …]” for it wherever it is installed.
typer.core.HAS_RICH = False
app = typer.Typer(
    name="nearer",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Read a conversation: what helps and what hurts the safety between two people. Nothing leaves this computer.",
)
_debug = False


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,
) -> None:
    """Options for every command."""
    global _debug
    _debug = debug
    if version:
        typer.echo(f"nearer {__version__}")
        raise typer.Exit


for command in (
    read.read,
    check.check,
    convert.convert,
    cues.cues,
    cues.cue,
    score.score,
    corpus.corpus,
    research.agreement,
    research.sample,
    research.norms,
    serve.serve,
    journal.checkin,
    journal.trend,
    practice.practice,
    learn.learn,
):
    app.command()(command)
app.add_typer(journal.app)


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; exits 0 done, 1 failed, 2 wrong usage, with errors as one sentence on stderr."""
    try:
        return app(args=arguments, standalone_mode=True)
    except NearerError as error:
        if _debug:
            raise
        typer.echo(f"nearer: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        # The message of an unexpected error may hold somebody's words; its kind does not.
        if _debug:
            raise
        typer.echo(f"nearer: something went wrong inside ({type(error).__name__}); --debug shows where.", err=True)
        sys.exit(1)
