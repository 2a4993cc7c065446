"""What is converted comes back: the same conversation from nearer's own form, the same words from the others."""

from __future__ import annotations

import csv
import dataclasses
import json
import string
from pathlib import Path
from typing import Any, Literal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation, Message, Reaction
from nearer.convert import form_of, write
from nearer.corpus.run import Plan, run
from nearer.errors import NearerError, UsageError
from nearer.sources import load
from sources.exports import FILES


def sample() -> Conversation:
    return Conversation.from_messages(
        [
            {"speaker": "Ana", "text": "=cmd|' /C calc'!A0", "id": "7"},
            {"speaker": "Ben", "text": "two\nlines", "reply_to": 0, "reactions": (Reaction("Ana", "❤"),)},
            {"speaker": "Ana", "text": "", "kind": "media", "attachment": "a.jpg"},
        ],
        me="Ana",
    )


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_source_comes_back_from_json_lines(tmp_path: Path, name: str) -> None:
    file, data = FILES[name]
    (tmp_path / file).write_bytes(data)
    talk = load(tmp_path / file)
    write(talk, tmp_path / "out.jsonl", "jsonl")
    assert load(tmp_path / "out.jsonl") == talk


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("name", sorted(FILES))
def test_every_message_comes_back_from_tables(tmp_path: Path, name: str, form: Literal["csv", "parquet"]) -> None:
    file, data = FILES[name]
    (tmp_path / file).write_bytes(data)
    talk = load(tmp_path / file)
    write(talk, tmp_path / f"out.{form}", form)
    back = load(tmp_path / f"out.{form}")
    assert [dataclasses.replace(m, id=None, line=None) for m in back] == [
        dataclasses.replace(m, id=None, line=None) for m in talk
    ]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_what_is_answered_is_found_whether_or_not_there_are_ids(
    tmp_path: Path, form: Literal["csv", "parquet"]
) -> None:
    def answers(*ids: str | None) -> tuple[list[str | None], list[int | None]]:
        rows = [
            {"speaker": "Ana", "text": "b", "id": ids[0], "reply_to": 1},  # An answer that stands first.
            {
                "speaker": "Ben",
                "text": "a",
                "id": ids[1],
                "reactions": (Reaction("Ana", "❤"), Reaction("Zoë: B", "👍")),
            },
        ]
        talk = Conversation.from_messages(rows)
        write(talk, tmp_path / f"out.{form}", form)
        back = load(tmp_path / f"out.{form}")
        assert [m.reactions for m in back] == [m.reactions for m in talk]
        return [m.id for m in back], [m.reply_to for m in back]

    assert answers("1", "0") == (["1", "0"], [1, None])
    assert answers("1", None) == answers("1", "1") == (["0", "1"], [1, None])


def test_words_and_names_that_look_like_formulas_come_back_from_csv(tmp_path: Path) -> None:
    said = [
        ("+49 170 1", "-no"),
        ("Ana", "=1+1"),
        ("+49 170 1", "'-quoted"),
        ("Ana", "''=twice"),
        ("@ben", "'tis, 'cause"),
    ]
    write(Conversation.from_messages(said), tmp_path / "out.csv", "csv")
    assert [(m.speaker, m.text) for m in load(tmp_path / "out.csv")] == said
    with open(tmp_path / "out.csv", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not any(cell[:1] in tuple("=+-@") for cell in cells if cell)


_texts = st.text(st.characters(codec="utf-8"), max_size=20)
_messages = st.lists(
    st.builds(
        dict,
        speaker=st.sampled_from(["Ana", "Ben", "Zoë"]),
        text=_texts,
        kind=st.sampled_from(["text", "media", "deleted"]),
        time=st.none() | st.datetimes(),
        edited=st.booleans(),
        attachment=st.none() | _texts,
        start=st.none() | st.floats(0, 1e6),
        line=st.integers(1, 1000),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_messages, title=st.none() | _texts)
def test_any_conversation_comes_back(tmp_path: Path, rows: list[Any], title: str | None) -> None:
    rows = [{**r, "time": r["time"] and r["time"].replace(microsecond=0)} for r in rows]
    talk = Conversation.from_messages(rows, title=title)
    write(talk, tmp_path / "out.jsonl", "jsonl")
    assert load(tmp_path / "out.jsonl") == talk


def test_csv_runs_no_formula(tmp_path: Path) -> None:
    write(sample(), tmp_path / "out.csv", "csv")
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert [r["text"] for r in rows] == ["'=cmd|' /C calc'!A0", "two\nlines", ""]
    assert rows[1]["reactions"] == "Ana: ❤"
    assert load(tmp_path / "out.csv").speakers == ("Ana", "Ben")


def test_parquet(tmp_path: Path) -> None:
    write(sample(), tmp_path / "out.parquet", "parquet")
    assert pl.read_parquet(tmp_path / "out.parquet")["speaker"].to_list() == ["Ana", "Ben", "Ana"]


def test_convokit_is_one_tree_and_comes_back(tmp_path: Path) -> None:
    write(sample(), tmp_path / "corpus", "convokit")
    rows = [json.loads(x) for x in (tmp_path / "corpus" / "utterances.jsonl").read_text().splitlines()]
    first, second, _ = (r["id"] for r in rows)
    assert [r["reply-to"] for r in rows] == [None, first, second]
    assert {r["conversation_id"] for r in rows} == {first}
    assert [r["meta"]["source_id"] for r in rows] == ["7", None, None]
    index = json.loads((tmp_path / "corpus" / "index.json").read_text())
    assert all(set(r["meta"]) <= set(index["utterances-index"]) for r in rows)
    assert load(tmp_path / "corpus").texts == sample().texts


def test_corpora_of_several_chats_have_no_id_in_common(tmp_path: Path) -> None:
    """They are merged by ConvoKit, and read as one by `nearer corpus`: with m0 in each, all chats became one talk."""

    def ids(name: str, talk: Conversation) -> set[str]:
        write(talk, tmp_path / name, "convokit")
        return {json.loads(x)["id"] for x in (tmp_path / name / "utterances.jsonl").read_text().splitlines()}

    one, other = sample(), Conversation.from_messages([("Ana", "hi"), ("Ben", "yo")])
    assert not ids("one", one) & ids("other", other)
    assert ids("one", one) == ids("again", one)
    assert run(f"{tmp_path}/o*", tmp_path / "out", Plan(weights=None), workers=1)["conversations"] == 2


def test_a_corpus_never_lands_among_other_things(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(NearerError, match="other things"):
        write(sample(), tmp_path, "convokit")


def test_the_form_is_named_or_ends_the_name() -> None:
    assert form_of(Path("a.CSV"), None) == "csv"
    assert form_of(Path("a"), "convokit") == "convokit"
    with pytest.raises(UsageError):
        form_of(Path("a.docx"), None)


def test_messages_of_a_mapping_stay_messages(tmp_path: Path) -> None:
    talk = Conversation.from_messages([Message(0, "Ana", string.punctuation)])
    write(talk, tmp_path / "deep" / "out.jsonl", "jsonl")
    assert load(tmp_path / "deep" / "out.jsonl")[0].text == string.punctuation
