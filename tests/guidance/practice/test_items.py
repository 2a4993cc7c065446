"""Every practice item: well formed, plain, fair, safe, and in step with what nearer itself reads."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyphen
import pytest

from nearer.cues import catalogue
from nearer.errors import NearerError
from nearer.guidance.practice import items
from nearer.model import GROUPS
from nearer.work import read_draft

ALL = items()
GOOD = """
[[item]]
id = "x"
vignette = "Your friend writes."
last = "hi"
cues = ["OWN101"]
difficulty = 1
replies = [
  { says = "a", heard = "b", why = "c", closest = true },
  { says = "d", heard = "e", why = "f" },
  { says = "g", heard = "h", why = "i" },
]
"""


def test_enough_of_every_family_and_stage() -> None:
    counts = Counter(i.family for i in ALL)
    assert len(ALL) >= 96
    assert set(counts) == set(GROUPS)
    assert min(counts.values()) >= 6


def test_cues_exist_and_at_least_one_is_of_the_family() -> None:
    book = catalogue().cues
    for item in ALL:
        assert set(item.cues) <= set(book), item.id
        assert not any(c.startswith("DNG") for c in item.cues), item.id
        assert any(book[c].family_or_stage == item.family for c in item.cues), item.id


def test_nothing_gives_the_closest_reply_away() -> None:
    """Neither its place nor its length."""
    places = Counter(i.best for i in ALL)
    assert all(0.25 < places[p] / len(ALL) < 0.42 for p in range(3))
    longest = sum(max(i.replies, key=lambda r: len(r.says)).closest for i in ALL)
    assert longest / len(ALL) < 0.5


def test_no_two_vignettes_are_alike() -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"\w{4,}", text.lower()))

    assert len({i.id for i in ALL}) == len(ALL)
    told = [(i.id, words(f"{i.vignette} {i.last}")) for i in ALL]
    for n, (one, a) in enumerate(told):
        for other, b in told[n + 1 :]:
            assert len(a & b) / len(a | b) < 0.4, (one, other)


def test_plain_words() -> None:
    """The program's own words stay at the level of the sixth grade (Flesch and Kincaid) over each file, and hardly any is long."""
    syllables = pyphen.Pyphen(lang="en_US")

    def count(word: str) -> int:
        return len(syllables.inserted(word).split("-"))

    for group in GROUPS:
        text = " ".join(
            f"{i.vignette} " + " ".join(f"{r.heard} {r.why}" for r in i.replies) for i in ALL if i.family == group
        )
        words = re.findall(r"[A-Za-z']+", text)
        sentences = len(re.findall(r"[.!?]+(?:\s|$)", text))
        grade = 0.39 * len(words) / sentences + 11.8 * sum(map(count, words)) / len(words) - 15.59
        assert grade < 6.5, group
    jargon = re.compile(
        r"\b(?:attachment|boundar\w+|toxic|narciss\w+|gasligh\w+|trigger\w*|invalidat\w+|codependen\w+|disorder)\b",
        re.I,
    )
    for item in ALL:
        assert not any(jargon.search(f"{r.heard} {r.why}") for r in item.replies), item.id


def test_people_of_many_kinds() -> None:
    """Hardly any name comes twice."""
    names = Counter(n for i in ALL for n in set(re.findall(r"(?<![.?!] )(?<!^)\b[A-ZÀ-Ý][a-zà-ÿ]+\b", i.vignette)))
    told = [n for n in names if n not in {"You", "Your", "Today", "Saturday", "Sunday", "Sundays", "Friday", "Monday"}]
    assert len(told) > 90


@pytest.mark.parametrize("item", ALL, ids=lambda i: i.id)
def test_nearer_agrees(item: object) -> None:
    """The closest reply holds nothing that nearer would say may sting; nothing in any of them looks like danger."""
    for reply in item.replies:  # type: ignore[attr-defined]
        found, danger = read_draft(reply.says, [("other", item.last)], encoder=False)  # type: ignore[attr-defined]
        assert not danger
        if reply.closest:
            assert [f.cue for f in found if f.polarity == "hurts"] == []


def test_nearer_sees_a_good_share_of_what_may_sting() -> None:
    def stings(item: object) -> bool:
        worse = [r for r in item.replies if not r.closest]  # type: ignore[attr-defined]
        return any(
            f.polarity == "hurts"
            for r in worse
            for f in read_draft(r.says, [("other", item.last)], encoder=False)[0]  # type: ignore[attr-defined]
        )

    assert sum(map(stings, ALL)) >= 32


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda t: t.replace(", closest = true", ""), "x: exactly one reply"),
        (lambda t: t.replace('why = "f"', 'why = "f", closest = true'), "exactly one reply"),
        (lambda t: t.replace("difficulty = 1", "difficulty = 4"), "difficulty is 1, 2 or 3"),
        (lambda t: t.replace('last = "hi"\n', ""), "missing or unknown: last"),
        (lambda t: t.replace('"hi"', '"' + "hi " * 60 + '"'), "last has 60 words"),
        (lambda t: t.replace('"b"', '""'), "heard has 0 words"),
        (lambda t: t.replace('  { says = "g", heard = "h", why = "i" },\n', ""), "three replies"),
        (lambda t: t.replace('["OWN101"]', "[]"), "names no cue"),
        (lambda t: t + t, "Two practice items are called x"),
        (lambda t: t.replace("[[item]]", "[[item"), "could not be read"),
        (lambda t: t.replace('says = "a"', 'say = "a"'), "reply's fields"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, change: object, why: str) -> None:
    (tmp_path / "ownership.toml").write_text(change(GOOD), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(NearerError, match=why):
        items(tmp_path)


def test_a_file_is_named_after_a_family(tmp_path: Path) -> None:
    (tmp_path / "manners.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(NearerError, match=r"manners\.toml"):
        items(tmp_path)
