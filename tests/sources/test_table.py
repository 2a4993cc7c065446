"""Tables of messages, with columns guessed or named."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation
from nearer.errors import NearerError, UsageError
from nearer.sources import Options, load

_quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)
_rows = st.lists(st.tuples(st.sampled_from(["Ana", "Ben", "Zoë"]), _words), min_size=1, max_size=9)


def read(tmp_path: Path, text: str | bytes, **chosen: object) -> Conversation:
    path = tmp_path / "table"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path, Options(**chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["csv", "tsv", "semicolons", "json", "jsonl", "parquet"])
@given(rows=_rows)
@_quick
def test_every_kind_comes_back(tmp_path: Path, kind: str, rows: list[tuple[str, str]]) -> None:
    table = [{"Sender": n, "Message": w, "Date": f"2024-02-13T10:00:{i:02d}"} for i, (n, w) in enumerate(rows)]
    if kind == "json":
        data = json.dumps({"messages": table}).encode()
    elif kind == "jsonl":
        data = "\n".join(json.dumps(r) for r in table).encode()
    elif kind == "parquet":
        stream = io.BytesIO()
        pl.DataFrame(table).write_parquet(stream)
        data = stream.getvalue()
    else:
        out = io.StringIO()
        mark = {"csv": ",", "tsv": "\t", "semicolons": ";"}[kind]
        writer = csv.DictWriter(out, ["Sender", "Message", "Date"], delimiter=mark, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(table)
        data = out.getvalue().encode()
    chat = read(tmp_path, data)
    assert [(m.speaker, m.text) for m in chat] == rows
    assert chat[-1].time == datetime(2024, 2, 13, 10, 0, len(rows) - 1)


def test_row_numbers_that_pandas_writes_are_nothing_that_was_said(tmp_path: Path) -> None:
    chat = read(tmp_path, ",speaker,text,id\n0,Ana,hi,a\n1,Ben,ho,b\n2,Ana,hm,c\n")
    assert [(m.speaker, m.text, m.id) for m in chat] == [("Ana", "hi", "a"), ("Ben", "ho", "b"), ("Ana", "hm", "c")]
    assert {(m.attachment, m.reply_to, m.start, m.end) for m in chat} == {(None, None, None, None)}
    assert chat.medium == "chat"
    assert len(read(tmp_path, ",speaker,text\n0:05,Ana,hi\n0:09,Ben,ho\n")) == 2


def test_a_time_of_far_too_many_digits_is_no_time(tmp_path: Path) -> None:
    chat = read(tmp_path, f"speaker,text,time\nAna,hi,2024-02-13T20:0{'9' * 60}0:0\nBen,ho,2024-02-13T20:00:00Z\n")
    assert [m.time is None for m in chat] == [True, False]


def test_columns_can_be_named_and_a_wrong_name_is_told(tmp_path: Path) -> None:
    text = "p,q\nAna,hi\nBen,ho\n"
    assert len(read(tmp_path, text, format="table", columns={"speaker": "p", "text": "q"})) == 2
    with pytest.raises(UsageError, match="no column 'r'"):
        read(tmp_path, text, format="table", columns={"speaker": "p", "text": "r"})
    with pytest.raises(UsageError, match="--columns"):
        read(tmp_path, text, format="table")


@pytest.mark.parametrize(("other", "month"), [("13/04/2024", 4), ("04/13/2024", 3)])
def test_the_order_of_written_dates_comes_from_all_rows(tmp_path: Path, other: str, month: int) -> None:
    chat = read(tmp_path, f"speaker,text,date\nAna,hi,03/04/2024 10:00\nBen,ho,{other} 10:00\n")
    assert chat[0].time is not None
    assert chat[0].time.month == month


def test_seconds_milliseconds_and_zones_are_utc(tmp_path: Path) -> None:
    rows = [
        {"speaker": "Ana", "text": "x", "ts": t}
        for t in (1_700_000_000, 1_700_000_000_000, "2023-11-14T23:13:20+01:00")
    ]
    chat = read(tmp_path, json.dumps(rows))
    assert {m.time for m in chat} == {datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)}


def test_replies_and_kinds_are_kept(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "speaker": "Ana", "text": "", "kind": "deleted"},
        {"id": "b", "speaker": "Ben", "text": "what?", "reply_to": "a"},
    ]
    chat = read(tmp_path, "\n".join(json.dumps(r) for r in rows))
    assert chat[0].kind == "deleted"
    assert chat[1].reply_to == 0


def test_broken_rows_are_skipped_and_counted(tmp_path: Path) -> None:
    text = '{"speaker": "Ana", "text": "hi"}\n{"speaker": "Ana", "te\n[]\n{"speaker": "", "text": "x"}\n{"speaker": "Ben", "text": null}\n'
    chat = read(tmp_path, text)
    assert len(chat) == 1
    assert [s.line for s in chat.skipped] == [2, 3, 4, 5]


def test_a_cut_off_parquet_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="Parquet"):
        read(tmp_path, b"PAR1" + b"\x00" * 40)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Name;Nachricht;Datum\nAna;hi, you;14.03.2024 10:02\nBen;ho;15.03.2024 10:02\n", datetime(2024, 3, 14, 10, 2)),
        ("Datum,Uhrzeit,Absender,Text\n14.03.2024,10:02,Ana,\"hi, you\"\n15.03.2024,10:02,Ben,ho\n", datetime(2024, 3, 14, 10, 2)),
        ("Sender Name,Message Text,Date Sent\nAna,\"hi, you\",03/14/2024 10:02 PM\nBen,ho,03/15/2024\n", datetime(2024, 3, 14, 22, 2)),
        ("sep=;\nspeaker;text\nAna;hi, you\nBen;ho\n", None),
        ("speaker|text\rAna|hi, you\rBen|ho\r", None),
        ("speaker\ttext\nAna\thi, you\nBen\tho\n", None),
        ("speaker,text,time\nAna,\"hi, you\",10:02\nBen,ho,10:03\n", None),
    ],
)  # fmt: skip
def test_tables_as_offices_write_them(tmp_path: Path, text: str, when: datetime | None) -> None:
    chat = read(tmp_path, text)
    assert [(m.speaker, m.text) for m in chat] == [("Ana", "hi, you"), ("Ben", "ho")]
    assert chat[0].time == when


def test_a_column_that_says_only_sent_or_received(tmp_path: Path) -> None:
    chat = read(tmp_path, "direction,body\nsent,hi\nreceived,ho\n")
    assert (chat.speakers, chat.me) == (("Me", "Other"), "Me")


def test_a_talk_with_a_language_model(tmp_path: Path) -> None:
    rows = [
        {"role": "system", "content": "be kind"},
        {"role": "user", "content": [{"type": "text", "text": "hi"}]},
        {"role": "assistant", "content": "ho"},
    ]
    chat = read(tmp_path, json.dumps({"messages": rows}))
    assert (chat.texts, chat.system.height, chat.me) == (["hi", "ho"], 1, "user")


def test_columns_with_unknown_names_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("p,q\nAna,hi\nBen,ho\n")
    with pytest.raises(UsageError, match="--columns"):
        load(tmp_path / "t.csv")
    assert len(load(tmp_path / "t.csv", Options(columns={"speaker": "p", "text": "q"}))) == 2


def test_programs_that_leave_the_holders_name_empty(tmp_path: Path) -> None:
    head = "Chat Session,Message Date,Type,Sender ID,Sender Name,Text,Attachment\n"
    rows = (
        "Ben,2024-03-14 21:15:07,Outgoing,,,hello,\nBen,2024-03-14 21:16:07,Incoming,+15550100,Ben,hi,\n"
        "Ben,2024-03-14 21:17:07,Incoming,+15550100,Ben,,IMG_1.heic\nBen,2024-03-14 21:18:07,Notification,,,Ben left,\n"
    )
    talk = read(tmp_path, head + rows)
    assert [(m.speaker, m.text, m.kind) for m in talk] == [
        ("Me", "hello", "text"), ("Ben", "hi", "text"), ("Ben", "", "media"),
    ]  # fmt: skip
    assert (talk.me, talk[2].attachment, talk.system.height, talk.skipped) == ("Me", "IMG_1.heic", 1, ())


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("14 mars 2024 à 21:15", datetime(2024, 3, 14, 21, 15)),
        ("14.03.2024 21.15", datetime(2024, 3, 14, 21, 15)),
        ("14.3.2024 klo 9.05", datetime(2024, 3, 14, 9, 5)),
        ("14.03.2024 um 21:15 Uhr", datetime(2024, 3, 14, 21, 15)),
        ("21:15 14.03.24", datetime(2024, 3, 14, 21, 15)),
        ("14-Mar-24 09:15 PM", datetime(2024, 3, 14, 21, 15)),
        ("1710450907123456", datetime(2024, 3, 14, 21, 15, 7, 123000, tzinfo=UTC)),
        ("Thu Mar 14 2024 21:15:07 GMT+0100 (Central European Standard Time)", datetime(2024, 3, 14, 20, 15, 7, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_more_ways_to_write_a_time(tmp_path: Path, written: str, when: datetime) -> None:
    assert read(tmp_path, f"date;sender;message\n{written};Ana;hi\n")[0].time == when


def test_small_numbers_and_clocks_are_places_in_a_recording(tmp_path: Path) -> None:
    talk = read(tmp_path, "time,speaker,text\n0.0,Ana,hi\n4.5,Ben,ho\n")
    assert ([(m.start, m.time) for m in talk], talk.medium) == ([(0.0, None), (4.5, None)], "speech")
    talk = read(tmp_path, "speaker,text,start,end\nAna,hi,00:00:01.500,0:02\n")
    assert [(m.start, m.end) for m in talk] == [(1.5, 2.0)]


def test_words_with_commas_and_empty_rows(tmp_path: Path) -> None:
    talk = read(tmp_path, "sender,message\nAna,hi, you, there\n,\n,\n")
    assert (talk.texts, talk.skipped) == (["hi, you, there"], ())


def test_rows_under_other_names_and_senders_with_more_to_them(tmp_path: Path) -> None:
    rows = [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "ho"}]
    assert read(tmp_path, json.dumps({"id": "x", "conversations": rows})).speakers == ("human", "gpt")
    sent = [{"sender": {"id": 1, "name": "Ana"}, "text": "hi"}]
    assert read(tmp_path, json.dumps({"title": "x", "data": sent})).speakers == ("Ana",)


def test_tools_of_a_language_model_are_no_side(tmp_path: Path) -> None:
    rows = [{"role": r, "content": "x"} for r in ("developer", "user", "tool", "assistant")]
    talk = read(tmp_path, json.dumps(rows))
    assert (talk.speakers, talk.system.height) == (("user", "assistant"), 2)


def test_what_an_app_says_in_a_table_is_a_notice(tmp_path: Path) -> None:
    rows = "Type,Sender Name,Text\nIncoming,Ben,hi\nOutgoing,,ho\nNotification,Ben,Ben named the conversation\n"
    talk = read(tmp_path, rows)
    assert ([(m.speaker, m.text) for m in talk], talk.system.height) == ([("Ben", "hi"), ("Me", "ho")], 1)


def test_times_of_a_recording(tmp_path: Path) -> None:
    talk = read(tmp_path, "Time,Speaker,Text\n00:03,Ana,hi\n1:00:05,Ben,ho\n")
    assert ([m.start for m in talk], talk.skipped) == ([3, 3605], ())


def test_a_table_without_names_of_columns_shows_no_words(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("T,How is it?\nC,Hard.\nT,Hm.\n")
    with pytest.raises(UsageError, match="names no columns") as told:
        load(tmp_path / "table.csv")
    assert "How is it" not in str(told.value)


def test_sentences_of_a_meeting(tmp_path: Path) -> None:
    rows = [{"sentence": "hi", "startTime": "00:03", "endTime": "00:05", "speaker_name": "Ana", "speaker_id": 0}] * 2
    talk = read(tmp_path, json.dumps(rows))
    assert [(m.speaker, m.text, m.start, m.end) for m in talk] == [("Ana", "hi", 3, 5)] * 2


def test_rows_that_are_broken_are_skipped_and_told_of(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('text,speaker\n"open,Ana\nhi,Ben\n"yo, ""you""",Ana\nso, or so,Ben\nbye,Ben\n')
    found = load(path)
    assert found.texts == ["hi", 'yo, "you"', "bye"]
    assert [s.line for s in found.skipped] == [1, 4]


def test_rows_come_in_the_order_of_their_times_or_numbers(tmp_path: Path) -> None:
    rows = [
        {"speaker": "Ana", "text": "two", "time": "2024-02-13T10:02", "id": "b", "reply_to": "a"},
        {"speaker": "Ben", "text": "one", "time": "2024-02-13T10:01", "id": "a"},
    ]
    chat = read(tmp_path, json.dumps(rows))
    assert [(m.text, m.reply_to) for m in chat] == [("one", None), ("two", 0)]
    numbered = "turn,speaker,text\n10,Ana,two\n2,Ben,one\n"
    assert [m.text for m in read(tmp_path, numbered)] == ["one", "two"]
    # Numbers that begin again are no order of the whole, and where a time is missing the file has the better one.
    assert [m.text for m in read(tmp_path, numbered + "2,Ana,three\n")] == ["two", "one", "three"]
    assert [m.text for m in read(tmp_path, "time,speaker,text\n2024-02-13,Ana,two\n,Ben,one\n")] == ["two", "one"]


def test_ids_that_pandas_made_real_numbers_are_found(tmp_path: Path) -> None:
    chat = read(tmp_path, "id,speaker,text,reply_to\n10,Ana,hi,\n11,Ben,yo,10.0\n")
    assert [m.reply_to for m in chat] == [None, 0]


@pytest.mark.parametrize("nothing", ["NA", "nan", "NaT", "None", "<NA>"])
def test_cells_that_r_and_pandas_left_empty(tmp_path: Path, nothing: str) -> None:
    chat = read(tmp_path, f"speaker,text,time,id\nAna,{nothing},{nothing},{nothing}\n{nothing},hi,,\nBen,hi,,\n")
    assert [(m.speaker, m.text, m.time, m.id) for m in chat] == [
        ("Ana", nothing, None, None),
        ("Ben", "hi", None, None),
    ]
    assert not chat.notes


def test_conversations_that_were_read_as_one_are_told_of(tmp_path: Path) -> None:
    chat = read(tmp_path, "Dyad ID,speaker,text\nx,Ana,hi\ny,Ben,yo\n")
    assert chat.notes == (
        "The column 'Dyad ID' names 2 conversations, which were read as one; nearer corpus (docs/research.md) reads each by itself.",
    )
    assert not read(tmp_path, "Dyad ID,speaker,text\nx,Ana,hi\nx,Ben,yo\n").notes


def test_a_conversation_in_each_row_is_for_a_corpus(tmp_path: Path) -> None:
    said = [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "yo"}]
    with pytest.raises(UsageError, match="nearer corpus"):
        read(tmp_path, "".join(json.dumps({"id": i, "conversations": said}) + "\n" for i in range(2)))


def test_names_of_columns_in_one_word(tmp_path: Path) -> None:
    chat = read(
        tmp_path, "messageId,SenderName,messageText,createdAt\n1,Ana,hi,2024-02-13 10:00\n2,Ben,yo,2024-02-14\n"
    )
    assert [(m.speaker, m.id, m.time and m.time.day) for m in chat] == [("Ana", "1", 13), ("Ben", "2", 14)]


def test_what_starts_a_time_is_one_and_a_span_is_a_place(tmp_path: Path) -> None:
    chat = read(tmp_path, "speaker,text,StartTime\nAna,hi,2024-02-13 10:00\nBen,yo,2024-02-13 10:01\n")
    assert (chat.medium, chat[1].time) == ("chat", datetime(2024, 2, 13, 10, 1))
    out = io.BytesIO()
    spans = {"speaker": ["Ana", "Ben"], "text": ["hi", "yo"], "time": [timedelta(0), timedelta(seconds=61.5)]}
    pl.DataFrame(spans).write_parquet(out)
    assert [m.start for m in read(tmp_path, out.getvalue())] == [0, 61.5]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_a_few_words_with_accents_are_read_as_their_system_wrote_them(tmp_path: Path, encoding: str) -> None:
    said = "Sprecher;Nachricht;Datum\nAna;hällo, du;13.02.2024 10:02\nJörg;ja – schön;13.02.2024 10:03\n"
    assert [(m.speaker, m.text) for m in read(tmp_path, said.encode(encoding))] == [
        ("Ana", "hällo, du"),
        ("Jörg", "ja – schön"),
    ]


def test_of_two_columns_of_one_name_the_first_has_it(tmp_path: Path) -> None:
    assert [m.text for m in read(tmp_path, "speaker,text,text\nAna,hi,x\nBen,yo,\n")] == ["hi", "yo"]


def test_decimal_commas_are_places_in_a_recording(tmp_path: Path) -> None:
    chat = read(tmp_path, "speaker;start;text\nAna;2,25;hi\nBen;61,5;yo\n")
    assert [(m.start, m.time) for m in chat] == [(2.25, None), (61.5, None)]


@pytest.mark.parametrize("lines", [True, False])
def test_nan_in_json_is_an_empty_cell(tmp_path: Path, lines: bool) -> None:
    rows = [{"speaker": s, "text": "hi", "time": float("nan")} for s in ("Ana", float("nan"), "Ben")]
    chat = read(tmp_path, "".join(json.dumps(r) + "\n" for r in rows) if lines else json.dumps(rows))
    assert (chat.speakers, [s.line for s in chat.skipped], chat.notes) == (("Ana", "Ben"), [2], ())
