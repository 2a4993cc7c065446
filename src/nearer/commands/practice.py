"""nearer practice: a short round of vignettes in the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from nearer.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from nearer.guidance.practice import Item, Reply
    from nearer.guidance.practice.deck import Deck


def practice(
    only: Annotated[Optional[str], typer.Option("--only", help="One family or stage, such as ownership.")] = None,
    no_journal: Annotated[bool, typer.Option("--no-journal", help="Remember nothing of this round.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="Another number gives another order.")] = 0,
) -> None:
    """Practise in rounds of five: a moment between two people, three replies, what each may do."""
    from rich.console import Console

    from nearer.commands.journal import opened
    from nearer.guidance.practice import items
    from nearer.guidance.practice.deck import Deck, Memory
    from nearer.model import GROUPS

    if only is not None and only not in GROUPS:
        raise UsageError(f"There is no family or stage {only!r}; there are {', '.join(GROUPS)}.")
    console = Console(highlight=False, soft_wrap=False)
    if no_journal:
        _play(console, Deck(items(), Memory(), seed), [], only)
        return
    from nearer.journal.practice import KeptCards, pointed_at

    with opened() as journal:
        _play(console, Deck(items(), KeptCards(journal), seed), pointed_at(journal), only)


def _play(console: Console, deck: Deck, wanted: list[str], only: str | None) -> None:
    """One round, until it is done or the holder stops."""
    from nearer.guidance.practice import SAFETY_LINE

    console.print(SAFETY_LINE, style="dim", markup=False)
    chosen = deck.round(datetime.now(UTC), wanted, only)
    for number, item in enumerate(chosen, 1):
        console.rule(f"{number} of {len(chosen)}")
        shown = deck.shown(item)
        _ask(console, item, shown)
        answer = _choice(console)
        if answer is None:
            console.print("That is enough for today. Come back when you like.")
            return
        place, reply = shown[answer]
        if deck.answer(item, place, datetime.now(UTC)):
            console.print("Yes, that one comes closest.", style="bold")
        else:
            console.print("Many of us would write that. See what it may do.", style="bold")
        _show(console, reply, answer)
        for other, (_, rest) in enumerate(shown):
            if other != answer:
                _show(console, rest, other)
    console.print("That was the round. What was hard comes back soon, the rest later. Thank you for taking the time.")


def _ask(console: Console, item: Item, shown: list[tuple[int, Reply]]) -> None:
    console.print(item.vignette, markup=False)
    console.print(f"\n  “{item.last}”\n", style="italic", markup=False)
    for number, (_, reply) in enumerate(shown, 1):
        console.print(f"{number}  {reply.says}", markup=False)


def _choice(console: Console) -> int | None:
    """0, 1 or 2; None to stop."""
    while True:
        try:
            typed = console.input("\nWhich comes closest? 1, 2 or 3 (q to stop): ").strip().lower()
        except EOFError:
            return None
        if typed in ("q", "quit"):
            return None
        if typed in ("1", "2", "3"):
            return int(typed) - 1
        console.print("Type 1, 2 or 3, or q to stop.")


def _show(console: Console, reply: Reply, place: int) -> None:
    sign = "comes closest; may be heard as" if reply.closest else "may be heard as"
    console.print(f"\n{place + 1}  {reply.says}", markup=False)
    console.print(f"   {sign}: “{reply.heard}”", style="green" if reply.closest else "yellow", markup=False)
    console.print(f"   {reply.why}", markup=False)
