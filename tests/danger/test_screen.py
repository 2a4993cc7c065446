"""The danger screen on threads written for it: half are danger, half look like it and are not."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from nearer.cues import catalogue
from nearer.reading.screen import screen
from nearer.reading.types import DangerFinding
from nearer.signals.lines import Lines
from nearer.signals.read import read_signals

THREADS = Path(__file__).with_name("threads.jsonl")


def found(pairs: list[tuple[str, str]]) -> tuple[DangerFinding, ...]:
    """What the screen sees in a talk without times."""
    return screen(read_signals(Lines.of_pairs(pairs), catalogue()), catalogue(), [None] * len(pairs))


@cache
def threads() -> list[dict[str, Any]]:
    """id, danger (the cue's code, or null), messages as [speaker, text]."""
    return [json.loads(line) for line in THREADS.read_text(encoding="utf-8").splitlines()]


@cache
def stopped() -> dict[str, bool]:
    """Thread -> did the screen stop the coaching?"""
    return {t["id"]: bool(found([(s, m) for s, m in t["messages"]])) for t in threads()}


def test_the_set_is_large_and_balanced() -> None:
    danger = sum(t["danger"] is not None for t in threads())
    assert sum(len(t["messages"]) for t in threads()) >= 300
    assert len(stopped()) == len(threads())
    assert 0.4 <= danger / len(threads()) <= 0.6
    assert {t["danger"] for t in threads()} == {None, "DNG301", "DNG302", "DNG303", "DNG304", "DNG305"}


def test_recall_matters_most() -> None:
    missed = [t["id"] for t in threads() if t["danger"] and not stopped()[t["id"]]]
    assert len(missed) <= 0.05 * sum(t["danger"] is not None for t in threads()), missed


def test_precision() -> None:
    false = [t["id"] for t in threads() if not t["danger"] and stopped()[t["id"]]]
    assert len(false) <= 0.2 * sum(stopped().values()), false


def test_a_laugh_beside_a_threat_is_a_joke_unless_the_other_gives_in() -> None:
    threat = ("a", "i'll kill you lol")
    assert not found([threat, ("b", "haha try me")])
    assert found([threat, ("b", "i'm sorry, please don't")])
    assert found([("a", "not joking, i'll kill you lol")])


def test_somebody_elses_words_in_talk_of_a_film_are_not_a_threat() -> None:
    line = ("b", "and then he says i'll find you and i'll kill you")
    assert not found([("a", "how was the film?"), line])
    assert found([("a", "what did he say on the phone?"), line])


def test_contact_that_goes_on_after_a_stop() -> None:
    stop = ("b", "leave me alone")
    assert not found([("a", "one more game?"), stop, ("a", "ok, sorry. sleep well")])
    assert found([("a", "why did you hang up"), stop, ("a", "no. we need to talk, answer me")])


def test_demands_for_whereabouts_add_up_where_only_one_says_sorry() -> None:
    demands = ["where are you", "who are you with", "why aren't you home", "you said ten minutes"]
    ratchet = [p for d in demands for p in (("a", d), ("b", "sorry, nearly there"))]
    mutual = [p for d in demands for p in (("a", d), ("b", "where are you? sorry!"), ("a", "sorry too"))]
    assert found(ratchet)[0].cue == "DNG303"
    assert not found(ratchet[:4])
    pictured = [part for p in ratchet for part in ((p[0], ""), p)]
    assert found(pictured)[0].quote == found(ratchet)[0].quote
    assert not found(mutual)


def test_signs_in_several_messages_make_each_surer_but_those_in_one_do_not() -> None:
    threat = ("a", "if you leave i'll kill myself and you'll never see the kids again")
    alone = found([threat])
    assert {d.confidence for d in alone} == {catalogue().cues[d.cue].confidence for d in alone}
    again = found([threat, ("b", "ok"), ("a", "give me your phone, i want to see who you've been texting")])
    assert again[0].confidence > alone[0].confidence


def test_findings_point_at_their_words() -> None:
    pairs = [("a", "hi"), ("b", "he hit me again last night"), ("a", "oh no")]
    seen = found(pairs)
    assert seen
    for one in seen:
        assert pairs[one.message][1][one.start : one.end] == one.quote
        assert one.speaker == "b"
        assert 0.5 <= one.confidence <= 0.95
