"""Which item comes next, and when one comes back. FSRS does the spacing (github.com/open-spaced-repetition/py-fsrs)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Protocol

from nearer.guidance.practice.items import Item, Reply

if TYPE_CHECKING:
    from fsrs import Scheduler

ROUND = 5
"""Items in a round."""
RETENTION = 0.9
SOON = (timedelta(minutes=10),)
"""When something missed comes back first; what was found comes back after days, then weeks."""


class Cards(Protocol):
    """Where the scheduler's state of each item lies, in its own form (`fsrs.Card.to_dict`)."""

    def all(self) -> dict[str, dict[str, Any]]:
        """Item's id -> state."""

    def keep(self, item: str, state: dict[str, Any], due: datetime) -> None:
        """Remember the state of an item; `due` is when it should come back, in UTC."""


class Memory:
    """Cards for one run: practice without a journal."""

    def __init__(self) -> None:
        self._states: dict[str, dict[str, Any]] = {}

    def all(self) -> dict[str, dict[str, Any]]:
        """Item's id -> state."""
        return dict(self._states)

    def keep(self, item: str, state: dict[str, Any], due: datetime) -> None:
        """Remember it until the program ends."""
        self._states[item] = state


class Deck:
    """All items, and what the holder's cards say of them. The same clock, seed and cards give the same rounds."""

    def __init__(self, items: Sequence[Item], cards: Cards, seed: int = 0) -> None:
        self._items = {i.id: i for i in items}
        self._cards, self._seed = cards, seed

    def round(self, now: datetime, wanted: Collection[str] = (), only: str | None = None) -> list[Item]:
        """Up to five items: those that are due, longest due first; then new ones, first of families that were missed or are
        `wanted` (the readings point at them); then those that come back soonest.

        now: an aware datetime. only: one family or stage alone.
        """
        states = self._cards.all()
        pool = [i for i in self._items.values() if only in (None, i.family)]
        known = sorted((i for i in pool if i.id in states), key=lambda i: (_due(states[i.id]), i.id))
        due = [i for i in known if _due(states[i.id]) <= now][:ROUND]
        new = self._new([i for i in pool if i.id not in states], self._missed(states) | set(wanted), len(states))
        chosen = [*due, *new][:ROUND]
        return [*chosen, *(i for i in known if i not in chosen)][:ROUND]

    def answer(self, item: Item, place: int, now: datetime) -> bool:
        """Note the reply (0-2, as in `item.replies`) that was chosen; True where it comes closest."""
        from fsrs import Card, Rating

        state: Any = self._cards.all().get(item.id)
        # Cards are told apart by their item; a number of FSRS's own would be taken from the clock.
        card = Card.from_dict(state) if state else Card(card_id=0, due=now)
        right = item.replies[place].closest
        card, _ = _scheduler().review_card(card, Rating.Good if right else Rating.Again, now.astimezone(UTC))
        self._cards.keep(item.id, {**card.to_dict(), "right": right}, card.due)
        return right

    def shown(self, item: Item) -> list[tuple[int, Reply]]:
        """The replies with their places, in an order that changes each time the item has been answered."""
        last = self._cards.all().get(item.id, {}).get("last_review", "")
        order = list(enumerate(item.replies))
        Random(f"{self._seed}:{item.id}:{last}").shuffle(order)
        return order

    def _missed(self, states: dict[str, dict[str, Any]]) -> set[str]:
        """Families of the items whose last answer was not the closest."""
        return {self._items[i].family for i, s in states.items() if i in self._items and not s.get("right", True)}

    def _new(self, fresh: list[Item], first: set[str], answered: int) -> list[Item]:
        """New items: those of `first` before the rest, easier ones before harder ones, families mixed."""
        dice = Random(f"{self._seed}:{answered}")
        dice.shuffle(fresh)
        fresh.sort(key=lambda i: (i.family not in first, i.difficulty))
        mixed: list[Item] = []
        while fresh:
            # One of each family in turn, so that a round is not all about one thing.
            turn = {i.family: i for i in reversed(fresh) if (i.family in first) == (fresh[0].family in first)}
            picked = sorted(turn.values(), key=fresh.index)
            mixed += picked
            fresh = [i for i in fresh if i not in picked]
        return mixed


def _due(state: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(state["due"])


def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(desired_retention=RETENTION, learning_steps=SOON, relearning_steps=SOON, enable_fuzzing=False)
