"""Viber's message history, one file or a zip of many."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation
from nearer.errors import NearerError, UsageError
from nearer.sources import Input, Options, chats, detect, load
from sources.exports import VIBER


def counts(talk: Conversation) -> tuple[int, int, int]:
    return len(talk), talk.system.height, len(talk.skipped)


@pytest.mark.parametrize("name", ["Messages - Ana.csv", "Ana.txt"])
def test_a_chat(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(VIBER, encoding="utf-8")
    assert detect(Input(path))[0][0] == "viber"
    talk = load(path)
    assert [(m.speaker, m.text) for m in talk] == [
        ("Ana Ilić", "are you home?"),
        ("Me", 'yes, "just" now\nand hungry'),
        ("Ana Ilić", ""),
    ]
    assert (talk[0].time, talk[2].kind) == (datetime(2024, 2, 13, 20, 0, 5), "media")
    assert (counts(talk), talk.title, talk.me) == ((3, 1, 0), "Ana", "Me")  # fmt: skip


def test_a_zip_of_chats(tmp_path: Path) -> None:
    path = tmp_path / "Viber messages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Messages - Ana.csv", VIBER)
        archive.writestr("Messages - Ben.csv", VIBER.replace("Ana Ilić", "Ben").partition("\n")[0])
    assert [(c.title, c.messages) for c in chats(path)] == [("Ana", 4), ("Ben", 1)]
    with pytest.raises(UsageError, match="Ana"):
        load(path)
    assert len(load(path, Options(chat="Ben"))) == 1


def test_a_number_is_one_person_and_commas_are_words(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Date,Time,Name,Phone,Message\n13/02/2024,8:00:05 PM,Ana,+381601110000,one, two\nmore\n"
        "13/02/2024,8:01:05 PM,Ana Ilić,+381 60 111 0000,\"\"\n13/02/2024,8:02:05 PM,Ana,null,three\n",
        encoding="utf-8",
    )  # fmt: skip
    talk = load(tmp_path / "a.csv", Options(format="viber"))
    assert [(m.speaker, m.text, m.kind) for m in talk] == [
        ("Ana", "one, two\nmore", "text"), ("Ana", "", "media"), ("Ana", "three", "text"),
    ]  # fmt: skip
    assert talk[1].time == datetime(2024, 2, 13, 20, 1, 5)
    assert counts(talk) == (3, 0, 0)


def test_nothing_inside(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("hello\n")
    with pytest.raises(NearerError, match=r"a\.csv holds no messages of Viber"):
        load(tmp_path / "a.csv", Options(format="viber"))


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=' \n",'), min_size=1, max_size=40).map(
    lambda x: f"so {x.strip()}"
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.sampled_from([("Ana", "+381601110000"), ("Me", "+381602220000")]), WORDS), min_size=1, max_size=10),
    quoted=st.booleans(),
)  # fmt: skip
def test_what_was_said_comes_back(tmp_path: Path, rows: list[tuple[tuple[str, str], str]], quoted: bool) -> None:
    lines = []
    for i, ((name, phone), words) in enumerate(rows):
        cell = '"' + words.replace('"', '""') + '"' if quoted else words
        lines.append(f"13/02/2024,20:00:{i:02},{name},{phone},{cell}")
    (tmp_path / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    talk = load(tmp_path / "a.csv", Options(format="viber"))
    assert [(m.speaker, m.text) for m in talk] == [(name, words) for (name, _), words in rows]
    assert counts(talk) == (len(rows), 0, 0)
