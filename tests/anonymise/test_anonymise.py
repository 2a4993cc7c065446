"""Nobody's name is left: not the speakers', not in texts, reactions, files or notices, in any script or case."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.anonymise import anonymise
from nearer.conversation import Conversation, Reaction
from nearer.naming import WORD, words_of

SPEAKERS = ("Ana Petrova", "Benjamin Okafor")


def hidden(*texts: str, speakers: tuple[str, ...] = SPEAKERS) -> list[str]:
    said = [(speakers[i % len(speakers)], t) for i, t in enumerate(texts)]
    return anonymise(Conversation.from_messages([*said, *((s, "ok") for s in speakers)]))[0].texts[: len(texts)]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Ana's right", "Person 1's right"),
        ("thanks ana", "thanks Person 1"),
        ("ANA PETROVA!", "Person 1!"),
        ("it was Benny", "it was Person 2"),
        ("i miss you ben", "i miss you Person 2"),
        ("hey Ana-Petrova", "hey Person 1"),
        ("we met sarah yesterday", "we met Person 3 yesterday"),
        ("I met Sarah Jones and Jones paid", "I met Person 3 and Person 3 paid"),
        ("ask Dr Zweig", "ask Dr Person 3"),
        ("will you mark it in May?", "will you mark it in May?"),
        ("back in new york on Monday", "back in Place 1 on Monday"),
        ("we saw Zorblax today", "we saw Name 1 today"),
        ("call +44 7700 900123", "call phone 1"),
        ("or (555) 010-7788", "or phone 1"),
        ("mail me at ana.p+x@mail.example.org.", "mail me at email 1."),
        ("see https://example.org/ana?x=1 please", "see link 1 please"),
        ("I am @ana_p on there", "I am handle 1 on there"),
        ("it is 12b Oak Tree Lane", "it is address 1"),
        ("Lindenstraße 12 ist es", "address 1 ist es"),
        ("postcode SW1A 1AA", "postcode address 1"),
        ("born on 3 April 1987", "born date 1"),
        ("on 3/4/1987 we met", "on date 1 we met"),
        ("IBAN DE89 3704 0044 0532 0130 00", "IBAN number 1"),
        ("passport X1234567", "passport number 1"),
        ("at 10:30 for 1,000 people", "at 10:30 for 1,000 people"),
    ],
)
def test_what_becomes_of_it(text: str, becomes: str) -> None:
    assert hidden(text) == [becomes]


def test_the_same_is_always_the_same() -> None:
    texts = hidden("Sarah is at bob@x.org", "sarah? bob@x.org?", "no, carl@x.org")
    assert texts == ["Person 3 is at email 1", "Person 3? email 1?", "no, email 2"]


def test_names_in_scripts_without_spaces() -> None:
    assert hidden("민지야 안녕", "김민지는 좋아", speakers=("김민지", "Ana")) == ["Person 1야 안녕", "Person 1는 좋아"]


def test_a_number_for_a_name() -> None:
    assert hidden("is +1 555 010 7788 you?", speakers=("+15550107788", "Ana")) == ["is Person 1 you?"]


def test_everything_around_the_words_goes_too() -> None:
    talk = Conversation.from_messages(
        [{"speaker": "Ana", "text": "hi", "id": "ana-1", "attachment": "Ana in Rome.JPG",
          "reactions": (Reaction("Ben", "❤"), Reaction("Zoe", "👍"))}, ("Ben", "hi")],
        me="Ben", title="Ana and Ben",
    )  # fmt: skip
    talk = dataclasses.replace(talk, notes=("The tier 'Ana' was left out.",))
    out, said = anonymise(talk)
    assert (out.me, out.title, out.notes, out[0].id) == ("Person 2", None, (), None)
    assert out[0].attachment == "file.jpg"
    assert out[0].reactions == (Reaction("Person 2", "❤"), Reaction("Person 3", "👍"))
    assert "3 people" in said[0]
    assert "no program finds every name" in said[1]


_names = st.sampled_from(
    ["Ana Petrova", "Zoë", "José María", "Дмитрий", "김민지", "عمر", "O'Neill", "Anne-Marie", "Al", "ana88", "李小龙"]
)
_words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12)


@given(data=st.data())
def test_no_word_of_a_name_is_left(data: st.DataObject) -> None:
    speakers = data.draw(st.lists(_names, min_size=1, max_size=3, unique=True))
    changed = st.sampled_from(speakers).flatmap(
        lambda n: st.sampled_from([n, n.lower(), n.upper(), n.split(" ")[0], f"{n}'s", f"({n})", f"{n},{n}"])
    )
    pieces = data.draw(st.lists(_words | changed, min_size=1, max_size=8))
    out, _ = anonymise(Conversation.from_messages([(s, " ".join(pieces)) for s in speakers]))
    left = {w.casefold() for m in out for w in WORD.findall(f"{m.speaker} {m.text}")}
    assert not left & {w for s in speakers for w in words_of(s)}


@pytest.mark.parametrize("piece", ["a", "a-", "A1", "1 ", "a.", "@", "12 a ", "AB12 "])
def test_a_very_long_line_ends(piece: str) -> None:
    assert hidden(piece * 20_000)
