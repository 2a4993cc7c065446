"""Rounds: due first, what was missed comes back, the same clock and seed give the same."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nearer.guidance.practice import items
from nearer.guidance.practice.deck import ROUND, Deck, Memory
from nearer.journal import Journal
from nearer.journal.practice import KeptCards, pointed_at

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ALL = items()


def wrong(deck: Deck, item: object, now: datetime) -> None:
    deck.answer(item, (item.best + 1) % 3, now)  # type: ignore[arg-type, attr-defined]


def test_the_same_clock_and_seed_give_the_same_rounds() -> None:
    first, second = (Deck(ALL, Memory(), 7) for _ in range(2))
    for minute in range(4):
        now = NOW + timedelta(minutes=minute)
        one, two = first.round(now), second.round(now)
        assert one == two
        assert [first.shown(i) for i in one] == [second.shown(i) for i in two]
        for item in one:
            assert first.answer(item, 0, now) == second.answer(item, 0, now)
    assert Deck(ALL, Memory(), 8).round(NOW) != Deck(ALL, Memory(), 7).round(NOW)


def test_a_round_mixes_families() -> None:
    chosen = Deck(ALL, Memory()).round(NOW)
    assert len(chosen) == ROUND
    assert len({i.family for i in chosen}) == ROUND


def test_missed_comes_back_soon_and_found_later() -> None:
    deck = Deck(ALL, Memory())
    chosen = deck.round(NOW)
    wrong(deck, chosen[0], NOW)
    for item in chosen[1:]:
        assert deck.answer(item, item.best, NOW)
    soon = deck.round(NOW + timedelta(minutes=11))
    assert soon[0] == chosen[0]
    assert not set(chosen[1:]) & set(soon)
    later = deck.round(NOW + timedelta(days=5))
    assert set(chosen) <= set(later)


def test_new_items_come_from_what_was_missed_and_from_what_readings_point_at() -> None:
    deck = Deck(ALL, Memory())
    assert {i.family for i in deck.round(NOW, wanted=["humor", "ownership"])} == {"humor", "ownership"}
    missed = next(i for i in ALL if i.family == "self_care")
    wrong(deck, missed, NOW)
    assert Counter(i.family for i in deck.round(NOW))["self_care"] == ROUND


def test_one_family_alone_and_all_known() -> None:
    deck = Deck(ALL, Memory())
    assert {i.family for i in deck.round(NOW, only="intimacy")} == {"intimacy"}
    for item in ALL:
        deck.answer(item, item.best, NOW)
    assert len(deck.round(NOW)) == ROUND


def test_replies_stand_elsewhere_next_time() -> None:
    deck = Deck(ALL, Memory())
    orders = set()
    for day in range(12):
        orders.add(tuple(place for place, _ in deck.shown(ALL[0])))
        deck.answer(ALL[0], 0, NOW + timedelta(days=day))
    assert len(orders) > 2


def test_the_journal_keeps_the_cards(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    with Journal.open(path=file) as journal:
        deck = Deck(ALL, KeptCards(journal))
        chosen = deck.round(NOW)
        for item in chosen:
            wrong(deck, item, NOW)
        assert pointed_at(journal) == []
    with Journal.open(path=file) as journal:
        again = Deck(ALL, KeptCards(journal)).round(NOW + timedelta(minutes=11))
    assert set(again) == set(chosen)
