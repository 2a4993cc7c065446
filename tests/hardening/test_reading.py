"""What must not change a reading does not.

- Other names change names alone.
- Another time zone changes times alone, and what is told of the usual time to reply (nights are those of the clock).
- A neutral message on a day of its own changes no finding but those that weigh the whole conversation; places move.
- A file cut between two days is read as its two halves, but for what weighs the whole conversation.
- Other conversations read before it, in whatever order, change nothing.
- Line ends, a byte order mark, and how accents are spelt in bytes change no finding.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nearer
from hardening.talks import SCENES, Row, episodes, read, seen, talk, unnamed
from nearer.sources import load

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("[0-9]*"))
QUICK = settings(max_examples=5)


def flat(days: list[list[Row]]) -> list[Row]:
    return [row for day in days for row in day]


@QUICK
@given(
    episodes(), st.sampled_from([("Zuri", "Bjørn"), ("Fatima", "Xiuying"), ("+44 7700 900123", "🌻"), ("Ann", "Anna")])
)
def test_other_names_change_names_alone(days: list[list[Row]], names: tuple[str, str]) -> None:
    new = dict(zip(("me", "other"), names, strict=True))
    conversation = talk(flat(days))
    assert read(conversation.rename(new)) == unnamed(read(conversation), new)


@QUICK
@given(episodes(), st.integers(-12, 14))
def test_another_zone_changes_times_alone(days: list[list[Row]], hours: int) -> None:
    rows = flat(days)
    here = read(talk(rows))
    there = read(talk([(who, text, time + timedelta(hours=hours)) for who, text, time in rows]))
    assert seen(there) == seen(here)
    assert (there.kind, there.directions, there.speakers, there.next_step) == (
        here.kind, here.directions, here.speakers, here.next_step,
    )  # fmt: skip


@QUICK
@given(episodes(), st.integers(-12, 14))
def test_the_same_moments_told_in_another_zone_are_the_same(days: list[list[Row]], hours: int) -> None:
    rows = [(who, text, time.replace(tzinfo=UTC)) for who, text, time in flat(days)]
    zone = timezone(timedelta(hours=hours))
    assert read(talk([(who, text, time.astimezone(zone)) for who, text, time in rows])) == read(talk(rows))


@QUICK
@given(episodes(), st.sampled_from(["me", "other"]), st.booleans())
def test_a_neutral_message_changes_no_finding(days: list[list[Row]], who: str, first: bool) -> None:
    rows = flat(days)
    time = rows[0][2] - timedelta(days=1) if first else rows[-1][2] + timedelta(days=1)
    neutral = (who, "ok, see you at 7", time)
    longer = read(talk([neutral, *rows] if first else [*rows, neutral]))
    assert seen(longer, -int(first), dynamic=False) == seen(read(talk(rows)), dynamic=False)


@QUICK
@given(episodes(least=2), st.data())
def test_two_halves_are_read_as_the_whole(days: list[list[Row]], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(days) - 1))
    one, two = flat(days[:cut]), flat(days[cut:])
    parts = seen(read(talk(one)), dynamic=False) + seen(read(talk(two)), len(one), dynamic=False)
    assert parts == seen(read(talk(one + two)), dynamic=False)


@QUICK
@given(st.lists(episodes(most=1), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_conversations_read_before_change_nothing(talks: list[list[list[Row]]], random: object) -> None:
    alone = {number: read(talk(flat(days))) for number, days in enumerate(talks)}
    order = list(alone)
    random.shuffle(order)  # type: ignore[attr-defined]
    assert {number: read(talk(flat(talks[number]))) for number in order} == alone


@settings(max_examples=3)
@given(st.permutations(range(0, len(SCENES), 9)))
def test_score_gives_each_row_its_own_whatever_stands_beside_it(order: list[int]) -> None:
    def rows(places: list[int]) -> dict[int, tuple[object, ...]]:
        scored = nearer.score(
            [SCENES[p][-1][1] for p in places],
            [[{"speaker": who, "text": text} for who, text in SCENES[p][:-1]] for p in places],
            encoder=False,
        )
        return dict(zip(places, map(repr, scored.rows()), strict=True))  # type: ignore[arg-type]

    assert rows(order) == rows(sorted(order))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("change", ["crlf", "mark", "nfd", "nfc"])
def test_how_a_file_is_spelt_in_bytes_changes_no_finding(path: Path, change: str, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("morning", "mörning").replace("so ", "só ", 1)
    changed = {
        "crlf": text.replace("\n", "\r\n"),
        "mark": "\ufeff" + text,
        "nfd": unicodedata.normalize("NFD", text),
        "nfc": unicodedata.normalize("NFC", text),
    }[change]
    for name, words in (("one", text), ("two", changed)):
        (tmp_path / (name + path.suffix)).write_bytes(words.encode())
    one, two = (load(tmp_path / (name + path.suffix)) for name in ("one", "two"))
    assert len(one) == len(two)
    if change == "nfd":
        marks = [(f.cue, f.message, unicodedata.normalize("NFC", f.quote)) for f in read(one).findings]
        assert [(f.cue, f.message, unicodedata.normalize("NFC", f.quote)) for f in read(two).findings] == marks
    else:
        assert seen(read(one)) == seen(read(two))
