"""A few short words hurt nobody among people at ease; in a quarrel they mean what they say."""

from __future__ import annotations

from nearer.reading.read import Settings, read_pairs

EASE = (
    ("Ana", "did you feed the cat before you left"), ("Ben", "yes and she still looked at me like i owe her rent"),
    ("Ana", "she told me she wants a new landlord"), ("Ben", "i have ordered the tiles, they come on thursday"),
    ("Ana", "the blue ones or the ones your mum liked"), ("Ben", "blue. mum will live to be a hundred and never know"),
)  # fmt: skip
QUARREL = (
    ("Ana", "you never once asked how the scan went"), ("Ben", "because you're selfish and it's always about you"),
)  # fmt: skip


def hurts(talk: tuple[tuple[str, str], ...]) -> list[tuple[str, float]]:
    return [(f.quote, f.confidence) for f in read_pairs(talk, Settings())[2] if f.polarity == "hurts"]


def test_short_words_in_calm_talk_accuse_nobody() -> None:
    assert hurts((*EASE, ("Ana", "prick"), *EASE)) == []


def test_the_same_words_in_a_quarrel_do() -> None:
    assert "prick" in [quote for quote, _ in hurts((*EASE, *QUARREL, ("Ana", "prick"), *EASE))]


def test_a_draft_with_its_last_lines_is_not_taken_for_calm() -> None:
    assert [quote for quote, _ in hurts((*EASE[:2], ("Ana", "prick")))] == ["prick"]


def test_one_hurt_in_calm_talk_is_said_with_less_confidence() -> None:
    accusing = ("Ana", "you never once asked how the scan went")
    (alone,) = [sure for _, sure in hurts((*EASE, accusing, *EASE))]
    assert alone < max(sure for _, sure in hurts((*EASE, *QUARREL, *EASE)))
