"""A whole reading: lawful JSON, the same twice and on both engines, and silent where it must be."""

from __future__ import annotations

import json
import pickle
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest

import nearer
from nearer.conversation import Conversation, Message
from nearer.errors import NearerError
from nearer.guidance.advice import advice
from nearer.reading.read import Settings, read_conversation
from nearer.report.json import SCHEMA_FILE, as_dict, to_bytes
from nearer.sources import load

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("[0-9]*"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_is_lawful_and_the_same_on_both_engines(path: Path) -> None:
    talk = load(path)
    first, second = (to_bytes(read_conversation(talk, Settings(engine=e))) for e in ("hyperscan", "re2"))
    assert first == second
    jsonschema.validate(json.loads(first), json.loads(SCHEMA_FILE.read_text()))
    for finding in json.loads(first)["findings"]:
        assert talk[finding["message"]].text[finding["start"] : finding["end"]] == finding["quote"]


def test_readings_compare_and_travel() -> None:
    one, two = (nearer.read(EXAMPLES[0], me="Tom", encoder=False) for _ in range(2))
    assert one == two
    assert pickle.loads(pickle.dumps(one)) == one


def test_names_change_no_finding() -> None:
    talk = load(EXAMPLES[0])
    other = talk.rename({"Nadia": "Oluwaseun", "Tom": "Siobhán"})
    strip = [(f.cue, f.message, f.start, f.confidence) for f in nearer.read(talk, encoder=False).findings]
    assert strip == [(f.cue, f.message, f.start, f.confidence) for f in nearer.read(other, encoder=False).findings]


def test_where_there_is_danger_nobody_is_coached() -> None:
    reading = nearer.read(EXAMPLES[-1], me="Elle", encoder=False)
    assert reading.danger
    assert reading.next_step is None
    for name in ("Elle", "Rob"):
        said = advice(reading, name)
        assert said.stopped
        assert not said.adjustments
        assert said.repair is None


def test_a_page_shows_the_surest_signs_of_danger_each_once() -> None:
    reading = nearer.read(EXAMPLES[-1], me="Elle", encoder=False)
    shown = reading.surest_danger(most=3)
    assert len(shown) == len({d.message for d in shown}) == 3
    assert list(shown) == sorted(shown, key=lambda d: d.message)
    left_out = [d.confidence for d in reading.danger if d.message not in {s.message for s in shown}]
    assert min(d.confidence for d in shown) >= max(left_out, default=0)


def test_the_couple_mends_and_the_ladder_says_so() -> None:
    reading = nearer.read(EXAMPLES[1], encoder=False)
    assert {d.from_: d.standing for d in reading.directions} == {"Margaret": "vulnerability", "Jean": "vulnerability"}
    assert not [f for f in reading.findings if f.polarity == "hurts"]


def test_too_little_says_so() -> None:
    reading = read_conversation(Conversation.from_messages([("Ana", "hi"), ("Ben", "you never listen")]))
    assert not any(s.enough for s in reading.speakers)
    assert {s.state for d in reading.directions for s in d.stages} <= {"too_little", "breached"}
    assert as_dict(reading)["speakers"][0]["families"][0]["hurts_per_100"] is None


def test_of_an_endless_message_the_beginning_is_read_and_that_is_said() -> None:
    endless = "you never listen to me. " + "la " * 300_000 + "you never listen to me."
    reading = read_conversation(Conversation.from_messages([("Ana", endless), ("Ben", "ok")]))
    assert [f.start for f in reading.findings if f.cue == "OWN202"] == [0]
    assert reading.notes == ("Of each message the first 100,000 characters were read; 1 had more.",)


def test_a_holder_who_is_not_there() -> None:
    with pytest.raises(NearerError, match="Zoe"):
        nearer.read(EXAMPLES[0], me="Zoe", encoder=False)


def test_self_care_is_off_until_asked_for() -> None:
    talk = Conversation.from_messages([("Ana", "drove home after five beers again"), ("Ben", "what?")])
    assert not [f for f in read_conversation(talk, Settings(me="Ana")).findings if f.cue == "CAR201"]
    assert [f for f in read_conversation(talk, Settings(me="Ana", self_care=True)).findings if f.cue == "CAR201"]


def test_one_hard_word_breaks_safety_unless_it_was_taken_as_play_or_stands_in_a_long_kind_talk() -> None:
    kind = [("Ana", "i burnt the rice again, sorry"), ("Ben", "no worries love, it happens")]
    cruel, hurt, glad = (
        ("Ben", "you're a pathetic excuse for a husband"),
        ("Ana", "please stop"),
        ("Ana", "haha love you"),
    )

    def safety(talk: list[tuple[str, str]]) -> str:
        reading = read_conversation(Conversation.from_messages(talk))
        way = next(d for d in reading.directions if (d.from_, d.to) == ("Ben", "Ana"))
        return next(s.state for s in way.stages if s.stage == "safety")

    assert safety([*kind * 4, cruel, hurt, *kind[:1]]) == "breached"
    assert safety([*kind * 4, cruel, glad, *kind[::-1]]) != "breached"
    assert safety([*kind * 30, cruel, hurt, *kind * 10]) == "mixed"
    assert safety([*kind * 30, cruel, hurt, cruel, hurt, *kind * 10]) == "breached"


def test_a_talk_of_one_says_that_it_shows_nothing_between_two() -> None:
    alone = nearer.read(Conversation.from_messages([("Ana", "buy milk"), ("Ana", "call the plumber")]), encoder=False)
    assert any("Only one person speaks here" in note for note in alone.notes)
    assert nearer.read(Conversation.from_messages([("Ana", "hi"), ("Ben", "hello")]), encoder=False).notes == ()


def test_a_stretch_whose_messages_come_out_of_order_ends_after_it_begins() -> None:
    times = [datetime(2026, 1, 1, hour) for hour in (11, 9, 10)]
    talk = Conversation.from_messages([Message(i, "Ana", "hi", time) for i, time in enumerate(times)])
    (stretch,) = read_conversation(talk).episodes
    assert (stretch.start, stretch.end) == (times[1], times[0])
