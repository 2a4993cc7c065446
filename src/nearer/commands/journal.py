"""nearer journal, checkin, trend: what a person keeps, on this machine alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from nearer.commands.options import Chat, FileArg, Me, NoEncoder
from nearer.errors import NearerError, UsageError

if TYPE_CHECKING:
    from nearer.journal import Journal

app = typer.Typer(name="journal", no_args_is_help=True, rich_markup_mode=None, help="Keep readings, and follow them.")
With = Annotated[str, typer.Option("--with", help="The name you keep this person under.")]
AnyWith = Annotated[Optional[str], typer.Option("--with", help="Only what is about this person.")]


@app.command()
def add(
    file: FileArg,
    who: With,
    me: Me = None,
    chat: Chat = None,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Keep the words too, not only what was found.")
    ] = False,
    no_encoder: NoEncoder = False,
) -> None:
    """Read a conversation and keep the reading."""
    from nearer.journal.goals import goals, look_back
    from nearer.journal.readings import entry, keep
    from nearer.work import read_file

    reading, conversation = read_file(
        file, me=me, kind=None, since=None, chat=chat, dates=None, columns=[], rename=[], cues=[], engine=None,
        self_care=False, encoder=not no_encoder, weights=None, progress=sys.stderr.isatty(),
    )  # fmt: skip
    with opened() as journal:
        number = keep(journal, reading, conversation, who, text=keep_text)
        typer.echo(f"Kept as reading {number}, with {who}.")
        if reading.danger:
            _say_danger()
            return
        kept = entry(journal, number)
        for aim in goals(journal, who):
            if said := look_back(aim, kept):
                typer.echo(said)


@app.command("list")
def list_(who: AnyWith = None) -> None:
    """List what is kept."""
    from nearer.journal.readings import entries

    with opened() as journal:
        found = entries(journal, who)
    if not found:
        typer.echo("Nothing is kept yet. `nearer journal add FILE --with NAME` keeps a first reading.")
    for e in found:
        when = e.start.date().isoformat() if e.start else "no date"
        words = ", with its words" if e.text else ""
        typer.echo(f"{e.id}  {when}  {e.who}  {e.summary['messages']} messages, {e.kind.replace('_', ' ')}{words}")


@app.command()
def note(
    text: Annotated[str, typer.Argument(help="What you want to remember.")],
    who: With,
    reading: Annotated[Optional[int], typer.Option("--reading", help="The reading it belongs to.")] = None,
) -> None:
    """Write a note."""
    from nearer.journal.notes import add_note

    with opened() as journal:
        add_note(journal, who, text, reading)
    typer.echo("Noted.")


@app.command()
def goal(
    who: With,
    target: Annotated[Optional[str], typer.Argument(help="A cue's code or a family, such as OWN202 or humor.")] = None,
    more: Annotated[bool, typer.Option("--more", help="You want more of it, not fewer.")] = False,
    drop: Annotated[Optional[int], typer.Option("--drop", help="Let the goal of this number go.")] = None,
) -> None:
    """Set a goal, look at the goals there are, or let one go."""
    from datetime import date

    from nearer.journal.goals import drop_goal, goals, look_back, set_goal
    from nearer.journal.readings import entries

    with opened() as journal:
        if drop is not None:
            drop_goal(journal, drop)
        kept = entries(journal, who)
        if any(e.danger for e in kept):
            # Nobody who may be in danger is asked to do better.
            _say_danger()
            return
        if target is not None:
            set_goal(journal, who, target, "more" if more else "fewer", kept, date.today())
        for aim in goals(journal, who):
            said = look_back(aim, kept[-1]) if kept else None
            typer.echo(f"{aim.id}  {said or f'You want {aim.direction} of {aim.target}.'}")


@app.command()
def export(
    output: Annotated[Path, typer.Argument(metavar="OUT.json", help="Where to write it.")],
    without_danger: Annotated[
        bool, typer.Option("--without-danger", help="Leave out what the danger screen saw, for a copy others will see.")
    ] = False,
) -> None:
    """Write the whole journal to one file."""
    from nearer.journal.export import export as whole

    with opened() as journal:
        text = whole(journal, danger=not without_danger)
    try:
        output.write_text(text, encoding="utf-8")
        output.chmod(0o600)
    except OSError as error:
        raise NearerError(f"{output} could not be written: {error.strerror}.") from None
    typer.echo(f"Written to {output}. It holds your notes and names in plain words; keep it safe.", err=True)


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="An export of a journal.")]) -> None:
    """Bring an export into a new journal."""
    from nearer.journal.export import bring_in

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise NearerError(f"{file} cannot be read.") from None
    with opened() as journal:
        typer.echo(f"{bring_in(journal, text)} readings brought in.")


@app.command()
def forget(
    reading: Annotated[Optional[int], typer.Option("--reading", help="One reading, by its number.")] = None,
    who: AnyWith = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole journal.")] = False,
) -> None:
    """Forget a reading, a person, or everything; no trace stays in the file."""
    from nearer.journal.readings import forget as gone

    if sum((reading is not None, who is not None, everything)) != 1:
        raise UsageError("Say one thing to forget: --reading NUMBER, --with NAME or --all.")
    with opened() as journal:
        count = gone(journal, number=reading, who=who, everything=everything)
    typer.echo(f"Forgotten: {count} reading{'' if count == 1 else 's'}. Nothing of it stays in the file.")


@app.command()
def passphrase() -> None:
    """Lock the journal with a passphrase, or change it."""
    with opened() as journal:
        new = os.environ.get("NEARER_NEW_PASSPHRASE") or typer.prompt(
            "New passphrase (there is no way back in without it)", hide_input=True, confirmation_prompt=True
        )
        journal.set_passphrase(new).close()
    typer.echo("The journal is locked with it now.")


def checkin(
    who: Annotated[str, typer.Option("--with", help="Whom you were with; leave out for the day alone.")] = "",
) -> None:
    """Five minutes about yourself: what no text shows. Every question may be skipped."""
    from datetime import date

    from nearer.journal.checkins import check_in, questions

    answers: dict[str, str] = {}
    typer.echo("Press Enter to skip a question. This is about you, and stays on this machine.")
    for question in questions():
        if question.who and not who:
            continue
        ends = "" if question.kind == "words" else f" (1 {question.low} … 5 {question.high})"
        while True:
            answers[question.id] = typer.prompt(question.ask + ends, default="", show_default=False).strip()
            if question.kind == "words" or answers[question.id] in ("", "1", "2", "3", "4", "5"):
                break
            typer.echo("A number from 1 to 5, or Enter to skip.")
    with opened() as journal:
        check_in(journal, answers, date.today(), who)
    typer.echo("Kept. Be kind to yourself today.")


def trend(
    who: With,
    by: Annotated[str, typer.Option("--by", help="week or episode.")] = "week",
    side: Annotated[str, typer.Option("--side", help="me or other.")] = "me",
) -> None:
    """How things went, with ranges: families and stages from the readings, check-ins beside them."""
    if by not in ("week", "episode") or side not in ("me", "other"):
        raise UsageError("--by is week or episode, --side is me or other.")
    from nearer.journal.checkins import days
    from nearer.journal.readings import entries
    from nearer.report.trend import trend_text

    with opened() as journal:
        kept, checked = entries(journal, who), days(journal, who)
    typer.echo(trend_text(who, kept, checked, by, side))


def _say_danger() -> None:
    from nearer.guidance.danger import help_lines
    from nearer.guidance.words import DANGER_WORDS

    typer.echo("\n".join((DANGER_WORDS, *help_lines())))


def opened() -> Journal:
    """The journal, unlocked: the passphrase comes from NEARER_PASSPHRASE or is asked for, never from the command."""
    from nearer.journal.store import Journal, needs_passphrase

    if not needs_passphrase():
        return Journal.open()
    given = os.environ.get("NEARER_PASSPHRASE") or typer.prompt("Passphrase", hide_input=True)
    return Journal.open(given)
