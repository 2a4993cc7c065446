"""Reports: every form of every example, and people's words never become code."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import nearer
from nearer.conversation import Conversation
from nearer.guidance.advice import advice
from nearer.reading.types import Direction, FamilyBalance, Finding, StageReading
from nearer.report.check import check_text
from nearer.report.view import in_words, view
from nearer.report.write import render
from nearer.sources import load

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("[0-9]*"))
HOSTILE = "<script>alert(1)</script> you never listen to me <img src=x onerror=y> =cmd()"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("form", ["text", "html", "md"])
def test_every_form_of_every_example(path: Path, form: str) -> None:
    talk = load(path)
    page = render(nearer.read(talk, encoder=False), talk, form).decode()
    assert talk.speakers[0] in page
    assert "not therapy" in page


def test_hostile_words_stay_words() -> None:
    talk = Conversation.from_messages([("<b>Ana", HOSTILE), ("Ben", "ok")] * 3)
    page = render(nearer.read(talk, encoder=False), talk, "html").decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;b&gt;Ana" in page
    assert "http" not in page.replace("http-equiv", "")


def test_danger_comes_first_and_no_advice_after() -> None:
    talk = load(EXAMPLES[-1])
    for form in ("text", "html", "md"):
        page = render(nearer.read(talk, me="Elle", encoder=False), talk, form).decode()
        assert "Please read this first" in page
        assert "could try" not in page
        assert "To try" not in page
        assert "ladder" not in page.lower().replace("ol.ladder", "").replace(".ladder, tr", "")
        # Kindness can be fear: nothing is praised or weighed either.
        assert "that helps" not in page
        assert "may hurt" not in page


def test_spreadsheets_get_no_formulas() -> None:
    talk = Conversation.from_messages([("=Ana", "you never listen to me"), ("Ben", "ok")])
    table = pl.read_csv(io.BytesIO(render(nearer.read(talk, encoder=False), talk, "csv")))
    assert table["speaker"].to_list() == ["'=Ana"]


def test_parquet_holds_what_json_holds() -> None:
    talk = load(EXAMPLES[0])
    reading = nearer.read(talk, encoder=False)
    table = pl.read_parquet(io.BytesIO(render(reading, talk, "parquet")))
    assert table["quote"].to_list() == [f.quote for f in reading.findings]


@pytest.mark.parametrize(
    ("hurts", "norm", "said"),
    [
        (0, (0.0, 0.0), "None that may help, none that may hurt."),
        (
            2,
            (0.0, 0.0),
            "None that may help, 2 that may hurt: about 3.3 in 100 turns, or anything from 0.6 to 7.7. Most talks like this "
            "have hardly any.",
        ),
        (
            2,
            (0.4, 1.6),
            "None that may help, 2 that may hurt: about 3.3 in 100 turns, or anything from 0.6 to 7.7. Most talks like this "
            "have 0.4 to 1.6.",
        ),
    ],
)
def test_a_balance_says_no_more_numbers_than_tell_something(hurts: int, norm: tuple[float, float], said: str) -> None:
    assert in_words(FamilyBalance("ownership", 0, hurts, 0.0, 3.3, (0.6, 7.7), norm, enough=True)) == said


def _finding(number: int, cue: str, polarity: str, message: int, speaker: str, quote: str) -> Finding:
    family, stage = ("ownership", "safety") if cue.startswith("OWN") else ("self_control", "safety")
    return Finding(
        f"f{number}",
        cue,
        family,
        stage,
        polarity,
        speaker,
        message,
        None,
        0,
        len(quote),
        quote,
        0.8,
        "heard",
        "try",  # type: ignore[arg-type]
    )


def _talk() -> Conversation:
    return Conversation.from_messages(
        [("Ana", "Did the plumber come?"), ("Ben", "You never listen to me"), ("Ana", "WHAT DID YOU SAY!!")] * 12
    )


def test_no_message_is_quoted_twice_among_things_to_try() -> None:
    reading = nearer.read(_talk(), me="Ben", encoder=False)
    some = (
        _finding(1, "OWN202", "hurts", 1, "Ben", "You never listen to me"),
        _finding(2, "CTL204", "hurts", 1, "Ben", "You never listen to me"),
        replace(_finding(3, "CTL204", "hurts", 4, "Ben", "You never listen"), confidence=0.9),
    )
    said = advice(replace(reading, findings=some, danger=()), "Ben")
    assert len(said.adjustments) == 2
    assert {a.finding for a in said.adjustments} == {"f1", "f3"}
    assert [a.times for a in said.adjustments if a.cue == "CTL204"] == [2]
    alone = advice(replace(reading, findings=some[:2], danger=()), "Ben")
    assert len(alone.adjustments) == 1


def _with_ladder(me: str | None) -> tuple[nearer.Reading, Conversation]:
    talk = _talk()
    mine = _finding(1, "OWN202", "hurts", 1, "Ben", "You never listen to me")
    theirs = _finding(2, "CTL204", "hurts", 2, "Ana", "WHAT DID YOU SAY!!")

    def way(giver: str, taker: str, id: str) -> Direction:
        return Direction(giver, taker, (StageReading("safety", "mixed", 40.0, (20.0, 60.0), (id,), "Why."),), None)

    reading = nearer.read(talk, me=me, encoder=False)
    ways = (way("Ana", "Ben", "f2"), way("Ben", "Ana", "f1"))
    return replace(reading, me=me, findings=(mine, theirs), directions=ways, danger=()), talk


def test_the_ladder_quotes_what_it_rests_on_but_never_the_others_hurts_to_the_holder() -> None:
    reading, talk = _with_ladder("Ben")
    page = view(reading, talk)
    assert [q.text for q in page.quotes["Ben", "safety"]] == ["You never listen to me"]
    assert page.quotes["Ana", "safety"] == ()
    both = view(_with_ladder(None)[0], None)
    assert [q.text for q in both.quotes["Ana", "safety"]] == ["WHAT DID YOU SAY!!"]


@pytest.mark.parametrize("form", ["text", "html", "md"])
def test_the_ladder_says_you_to_its_holder(form: str) -> None:
    reading, talk = _with_ladder("Ben")
    page = render(reading, talk, form).decode()
    assert "What you give Ana" in page
    assert "What Ana gives you" in page
    reading, talk = _with_ladder(None)
    assert "What Ana gives Ben" in render(reading, talk, form).decode()


def test_the_holders_page_gives_the_others_hurts_no_name() -> None:
    reading, talk = _with_ladder("Ben")
    reading = replace(reading, directions=())
    page = render(reading, talk, "html").decode()
    assert "[a cue you could answer]" in page
    assert "[Outburst]" not in page
    assert "[Always and never about the other]" in page


def test_what_lies_in_an_answer_shows_what_it_answers() -> None:
    reading, talk = _with_ladder("Ben")
    left_open = replace(_finding(3, "CTL204", "hurts", 1, "Ben", "You never listen to me"), cue="TRN205")
    reading = replace(reading, findings=(left_open,), directions=())
    for form in ("text", "html", "md"):
        assert "Did the plumber come?" in render(reading, talk, form).decode().split("The conversation")[0]
    assert view(reading, None).answering == {}


def test_who_says_too_little_is_named_and_no_more_is_said() -> None:
    talk = Conversation.from_messages([("Ana", "hm"), ("Ben", "ok")] * 3)
    reading = nearer.read(talk, encoder=False)
    page = render(reading, talk, "text").decode()
    assert "Ana says too little here" in page
    assert "Nothing stood out" not in page
    assert "You say too little here" in render(replace(reading, me="Ana"), talk, "text").decode()
    assert all(line == line.rstrip() for line in page.splitlines())


def test_pages_to_hand_on_tell_of_no_option_and_of_what_could_not_be_read() -> None:
    talk = Conversation.from_messages([("Ana", "hello there")])
    reading = replace(
        nearer.read(talk, encoder=False),
        notes=("Read as day first. Use --dates mdy if the month comes first.",),
        skipped=((3, "no time"),),
    )
    for form in ("html", "md"):
        page = render(reading, talk, form).decode()
        assert "Note: Read as day first." in page
        assert "--dates" not in page
        assert "1 place in the file could not be read" in page
        assert "1 message," in page
    assert "--dates mdy" in render(reading, talk, "text").decode()


@pytest.mark.parametrize("form", ["text", "html", "md"])
def test_what_is_cut_says_so(form: str) -> None:
    talk = Conversation.from_messages([(name, "hello there") for name in "ABCDEFGHIJKLMN"] * 2)
    long = _finding(1, "OWN202", "hurts", 1, "B", "you never listen " * 40)
    reading = replace(nearer.read(talk, me="B", encoder=False), findings=(long,), directions=())
    page = render(reading, talk, form).decode()
    assert "…”" in page.split("Who speaks how much")[0]
    assert form == "md" or "nd 2 more" in page or "nd 8 more" in page


def test_a_draft_that_asks_keeps_its_own_mark() -> None:
    kind = _finding(1, "CTL102", "helps", 0, "me", "can we do friday?")
    assert check_text(([kind], ())).endswith("This may help: “can we do friday?”")
