"""nearer agreement, sample, norms: what a researcher needs to defend the numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from nearer.commands.options import Dates, NoEncoder, TableColumns, table_columns

if TYPE_CHECKING:
    from nearer.corpus.agreement import Number
    from nearer.corpus.inputs import Problem


def agreement(
    codes: Annotated[Path, typer.Argument(metavar="CODES.csv", help="Codes of people, and perhaps of nearer.")],
    key: Annotated[
        Optional[Path],
        typer.Option(
            "--key",
            metavar="KEY.csv",
            help="nearer's own codes: the key file that `nearer sample` wrote beside the sheet.",
        ),
    ] = None,
    columns: Annotated[
        Optional[list[str]],
        typer.Option("--columns", help="Names of columns: unit=KEY,coder=WHO,label=CODE,conversation=ID."),
    ] = None,
    resamples: Annotated[int, typer.Option("--resamples", min=0, help="Bootstrap resamples by conversation.")] = 200,
) -> None:
    """How far coders agree with each other, and nearer with them.

    CODES.csv is the sheet of `nearer sample` once it is coded, or any table with a row a message (unit) and a column a
    coder, or with a row a label (unit, coder, label). A cell may hold several codes, parted by spaces, commas or “;”.

    Where the sheet was blind, nearer's own codes lie in the key file beside it:
    nearer agreement sheet.csv --key sheet-key.csv
    """
    from nearer.corpus.agreement import COLUMNS, NEARER, against, among, read_codes, read_weights, with_key
    from nearer.work import pairs

    found = read_codes(codes, pairs(columns or [], "--columns", "unit=KEY", COLUMNS))
    if key is not None:
        coded = {(c.conversation, c.unit) for c in found}
        found = with_key(found, key)
        if missing := len(coded - {(c.conversation, c.unit) for c in found if c.coder == NEARER}):
            typer.echo(f"Messages of the sheet that the key does not have: {missing}; "
                       "a spreadsheet may have changed their ids.", err=True)  # fmt: skip
    people = [c for c in found if c.coder != NEARER]
    if len({c.coder for c in people}) > 1:
        told = among(people, resamples)
        typer.echo(f"{', '.join(told.coders)}: {told.units} messages coded by two or more")
        for name, number in (
            ("Krippendorff's alpha", told.alpha),
            ("Cohen's kappa", told.cohen),
            ("Fleiss' kappa", told.fleiss),
        ):
            typer.echo(f"  {name:<22}{_said(number)}")
    if any(c.coder == NEARER for c in found):
        weights = read_weights(key or codes)
        typer.echo("nearer against the coders' majority: precision, recall, F1 (90 % intervals)"
                   + (", weighed to the whole corpus" if weights else ""))  # fmt: skip
        for m in against(found, resamples, weights=weights):
            typer.echo(f"  {m.label:<10}{_said(m.precision)}  {_said(m.recall)}  {_said(m.f1)}  "
                       f"(both {m.both}, only nearer {m.only_nearer}, only coders {m.only_coders})")  # fmt: skip
    elif len({c.coder for c in people}) < 2:
        among(people, resamples)


def sample(
    source: Annotated[str, typer.Argument(metavar="IN", help="A folder, a glob, a table, or a ConvoKit corpus.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.csv", help="The coding sheet.")],
    n: Annotated[int, typer.Option("--n", help="How many messages.")] = 200,
    by: Annotated[str, typer.Option("--by", help="Strata: cue, family or polarity.")] = "family",
    silent: Annotated[float, typer.Option("--silent", help="Share of messages in which nothing was found.")] = 0.3,
    show: Annotated[bool, typer.Option("--show", help="With nearer's own codes; else they go to a key file.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same sample.")] = 1,
    columns: TableColumns = None,
    dates: Dates = None,
    no_encoder: NoEncoder = False,
) -> None:
    """Draw a stratified sample and write a sheet for coders."""
    from nearer.corpus.sample import sample as draw
    from nearer.work import date_order

    unread: list[Problem] = []
    count = draw(source, out, count=n, by=by, silent=silent, blind=not show, seed=seed,
                 columns=table_columns(columns), dates=date_order(dates), encoder=not no_encoder, problem=unread.append)  # fmt: skip
    typer.echo(f"{count} messages to code in {out}.{_left_out(unread)}", err=True)


def norms(
    source: Annotated[str, typer.Argument(metavar="CORPUS", help="A folder, a glob, a table, or a pair's own chats.")],
    out: Annotated[Path, typer.Option("-o", "--output", help="Where to write the norms.")] = Path("norms.json"),
    columns: TableColumns = None,
    dates: Dates = None,
    no_encoder: NoEncoder = False,
) -> None:
    """Make norms of your own, for `read --norms` and `corpus --norms`."""
    from nearer.corpus.own_norms import make_norms
    from nearer.work import date_order

    unread: list[Problem] = []
    count = make_norms(source, out, table_columns(columns), not no_encoder, unread.append, date_order(dates))
    typer.echo(f"Norms of {count} conversations written to {out}.{_left_out(unread)}", err=True)


def _left_out(unread: list[Problem]) -> str:
    """What could not be read must not be missing in silence."""
    return (
        f" Files or rows that could not be read: {len(unread)}; `nearer corpus` says which, and why." if unread else ""
    )


def _said(number: Number) -> str:
    if number.value is None:
        return "not to be had"
    return f"{number.value:.2f}" + (f" ({number.low:.2f} to {number.high:.2f})" if number.low is not None else "")
