"""The command line. Everything heavy is imported inside the commands, so that `nearer --help` answers at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from nearer.errors import NearerError, UsageError
from nearer.version import __version__

app = typer.Typer(
    name="nearer",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Read a conversation: what helps and what hurts the safety between two people. Nothing leaves this computer.",
)
_FORMATS = ("text", "html", "md", "json", "csv", "parquet")
_debug = False

FileArg = Annotated[
    Path, typer.Argument(help="A chat export or transcript; any format nearer knows.", show_default=False)
]
Me = Annotated[Optional[str], typer.Option("--me", help="Your name in the conversation.")]
NoEncoder = Annotated[bool, typer.Option("--no-encoder", help="Patterns only; faster, finds less.")]


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


@app.command()
def read(
    file: FileArg,
    me: Me = None,
    kind: Annotated[
        Optional[str],
        typer.Option("--kind", help="conflict, support, everyday, planning or first_meeting; guessed if not said."),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text, html, md, json, csv or parquet.")] = "text",
    output: Annotated[Optional[Path], typer.Option("-o", "--output", help="Write here, not to the screen.")] = None,
    since: Annotated[Optional[str], typer.Option("--since", help="Only from this day on, as 2026-01-31.")] = None,
    chat: Annotated[Optional[str], typer.Option("--chat", help="Which chat, where a file holds several.")] = None,
    dates: Annotated[
        Optional[str], typer.Option("--dates", help="Order of dates in the file: dmy, mdy or ymd.")
    ] = None,
    columns: Annotated[
        Optional[list[str]],
        typer.Option("--columns", help="For tables: speaker=WHO,text=WORDS,time=WHEN."),
    ] = None,
    rename: Annotated[
        Optional[list[str]],
        typer.Option("--rename", help='Give a speaker a name: "Speaker 1=Ana".'),
    ] = None,
    cues: Annotated[Optional[list[Path]], typer.Option("--cues", help="A folder of your own cues.")] = None,
    engine: Annotated[Optional[str], typer.Option("--engine", help="hyperscan or re2.", hidden=True)] = None,
    self_care: Annotated[bool, typer.Option("--self-care", help="Also read your own words about your health.")] = False,
    no_encoder: NoEncoder = False,
    encoder: Annotated[Optional[Path], typer.Option("--encoder", help="A folder with weights of your own.")] = None,
) -> None:
    """Read a conversation and report on it."""
    if format not in _FORMATS:
        raise UsageError(f"There is no format {format!r}; there are {', '.join(_FORMATS)}.")
    if format == "parquet" and output is None:
        raise UsageError("Parquet is not for the screen; say where with -o FILE.")
    from nearer.report.write import render
    from nearer.work import read_file

    reading, conversation = read_file(
        file, me=me, kind=kind, since=since, chat=chat, dates=dates, columns=columns or [], rename=rename or [],
        cues=cues or [], engine=engine, self_care=self_care, encoder=not no_encoder, weights=encoder,
        progress=sys.stderr.isatty(),
    )  # fmt: skip
    data = render(reading, conversation, format, color=output is None and sys.stdout.isatty())
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except OSError as error:
        raise NearerError(f"{output} could not be written: {error.strerror}.") from None
    typer.echo(f"Written to {output}.", err=True)


@app.command()
def check(
    draft: Annotated[str, typer.Argument(help="The message you want to send; “-” reads it from standard input.")],
    context: Annotated[
        Optional[list[str]],
        typer.Option("--context", "-c", help="An earlier message, oldest first, or a file of them."),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    no_encoder: NoEncoder = False,
) -> None:
    """Look at one message before you send it."""
    if format not in ("text", "json"):
        raise UsageError(f"There is no format {format!r} here; there are text and json.")
    from nearer.report.check import check_json, check_text
    from nearer.work import draft_context, read_draft

    words = sys.stdin.read().strip() if draft == "-" else draft
    if not words:
        raise UsageError("There is no message to look at.")
    result = read_draft(words, draft_context(context or []), encoder=not no_encoder)
    typer.echo((check_json if format == "json" else check_text)(words, result))


@app.command()
def cues(
    directory: Annotated[Optional[list[Path]], typer.Option("--cues", help="A folder of your own cues.")] = None,
) -> None:
    """List all cues, by stage and family."""
    from nearer.report.cues import table

    typer.echo(table(directory or []))


@app.command()
def cue(
    code: Annotated[str, typer.Argument(help="A cue's code, such as OWN201.")],
    directory: Annotated[Optional[list[Path]], typer.Option("--cues", help="A folder of your own cues.")] = None,
) -> None:
    """Show one cue's page."""
    from nearer.cues import catalogue
    from nearer.report.cues import page

    typer.echo(page(catalogue(tuple(directory or []))[code]))


@app.command()
def score(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help='Rows of {"id", "text", "context"}.')],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="Where to write: .jsonl or .parquet.")],
    no_encoder: NoEncoder = False,
    encoder: Annotated[Optional[Path], typer.Option("--encoder", help="A folder with weights of your own.")] = None,
) -> None:
    """Signals and cues of single messages, for research."""
    from nearer.corpus.score import score_file

    count = score_file(source, target, use_encoder=not no_encoder, weights=encoder, progress=sys.stderr.isatty())
    typer.echo(f"{count} messages scored to {target}.", err=True)


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


if __name__ == "__main__":
    main()
