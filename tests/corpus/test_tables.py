"""Tables as people and programs make them: what is whole is read, and what is not is told of, row by row."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from corpus.test_run import PLAN, content
from nearer.corpus.inputs import Talk, found, pieces, root_of, talks
from nearer.corpus.run import run
from nearer.errors import UsageError
from nearer.sources.base import DateOrder
from nearer.spreadsheet import to_csv

HEAD = "conversation,speaker,text\n"
TIMED = "conversation,speaker,text,time\n"
Made = dict[str, list[dict[str, object]]]


def made(source: Path, out: Path) -> Made:
    run(str(source), out, PLAN, workers=1)
    return content(out)


def of(table: list[dict[str, object]], column: str) -> list[object]:
    return [row[column] for row in table]


def read(folder: Path, text: str, name: str = "t.csv") -> Made:
    (folder / name).write_text(text, encoding="utf-8")
    return made(folder / name, folder / "out")


def read_talks(path: Path) -> list[Talk]:
    parts, problems = pieces([path], {}, path.parent / "parts")
    read = [item for part in parts for item in talks(part)]
    assert not problems
    assert all(isinstance(item, Talk) for item in read)
    return [item for item in read if isinstance(item, Talk)]


def rows(count: int) -> list[dict[str, str]]:
    return [{"conversation": "xy"[i % 2], "speaker": "AB"[i // 2 % 2], "text": f"hi {i}"} for i in range(count)]


def lines(some: list[dict[str, str]]) -> str:
    return "".join(json.dumps(r) + "\n" for r in some)


@pytest.mark.parametrize("good", [12, 250])
@pytest.mark.parametrize("junk", ['{"conversation": "x", "spea', "no json", "[1, 2]"])
def test_a_broken_line_of_json_costs_itself_alone(tmp_path: Path, good: int, junk: str) -> None:
    told = read(tmp_path, lines(rows(good)) + junk + "\n" + lines(rows(1)), "t.jsonl")
    assert (len(told["messages"]), len(told["conversations"])) == (good + 1, 2)
    assert of(told["problems"], "place") == [f"row {good + 1}"]


def test_json_and_semicolons_have_conversations_too(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "list.json").write_text(json.dumps(rows(12)))
    semicolons = "".join(f"z{r['conversation']};{r['speaker']};{r['text']}\n" for r in rows(12))
    (source / "t.csv").write_text("conversation;speaker;text\n" + semicolons)
    told = made(source, tmp_path / "out")
    assert sorted(map(str, of(told["conversations"], "conversation"))) == ["x", "y", "zx", "zy"]
    assert not told["problems"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    said = "".join(
        f"{t},{w},Das höre ich gern und überall größer {i}\n" for i in range(9) for t in "xy" for w in ("Jörg", "Ana")
    )
    (tmp_path / "t.csv").write_bytes((HEAD + said).encode(encoding))
    told = made(tmp_path / "t.csv", tmp_path / "out")
    assert len(told["conversations"]) == 2
    assert {"Jörg", "Ana"} == set(of(told["messages"], "speaker"))


def test_words_behind_a_bare_comma_are_kept_or_told_of(tmp_path: Path) -> None:
    told = read(tmp_path, HEAD + "x,Ana,hi\nx,Ben,i am sorry, you idiot\n")
    assert of(told["messages"], "words") == [1, 5]
    first = tmp_path / "first"
    first.mkdir()
    told = read(first, "text,conversation,speaker\ni am sorry, you idiot,x,Ana\nhi,x,Ben\nyo,x,Ana\n")
    assert len(told["messages"]) == 2
    assert of(told["problems"], "place") == ["row 1"]


@pytest.mark.parametrize("later", ["hi", '"hi"', '"hi\nho"'])
def test_an_open_quotation_mark_costs_one_row(tmp_path: Path, later: str) -> None:
    told = read(tmp_path, HEAD + f'x,Ana,"open\nx,Ben,{later}\nx,Ana,more\n')
    assert of(told["messages"], "speaker") == ["Ben", "Ana"]
    assert of(told["problems"], "place") == ["row 1"]


def test_quotations_that_close_may_hold_lines(tmp_path: Path) -> None:
    told = read(tmp_path, HEAD + 'x,Ana,"two\nlines, ""all"" of it"\nx,Ben,hi "you" there\n')
    assert of(told["messages"], "words") == [5, 3]
    assert not told["problems"]


def test_conversations_of_files_are_called_by_their_place(tmp_path: Path) -> None:
    def chat(number: int) -> dict[str, object]:
        said = [{"id": i, "type": "message", "date": f"2024-01-01T10:0{i}:00", "from": w, "from_id": f"user{w}", "text": "hi"}
                for i, w in enumerate(("Ana", "Ben"), 7)]  # fmt: skip
        return {"name": f"C{number}", "type": "personal_chat", "id": number, "messages": said}

    for folder in "ab":
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "result.json").write_text(json.dumps({"chats": {"list": [chat(1), chat(2)]}}))
        (tmp_path / "in" / folder / "t.txt").write_text("Ana: hi\nBen: yo\nAna: so\nBen: and\n")
    told = made(tmp_path / "in", tmp_path / "out")
    assert sorted(map(str, of(told["conversations"], "conversation"))) == [
        "a/result.json#1", "a/result.json#2", "a/t.txt", "b/result.json#1", "b/result.json#2", "b/t.txt",
    ]  # fmt: skip
    # Their messages have the ids that the source gave them.
    assert [m["id"] for m in told["messages"] if m["conversation"] == "a/result.json#1"] == ["7", "8"]
    assert root_of(f"{tmp_path}/in/*/t.txt") == str(tmp_path / "in")
    assert root_of(f"{tmp_path}/in/a/t.txt") == str(tmp_path / "in" / "a")


@pytest.mark.parametrize(
    ("time", "third"),
    [("", None), ("soon", None), ("2024-02-13T20:02:00Z", "2024-02-13T20:02:00"), ("nan", None), ("1e300", None),
     ("2024-02-13T22:02:00+02:00", "2024-02-13T20:02:00"), ("1707854520", "2024-02-13T20:02:00"),
     ("13 February 2024, 8:02 PM", "2024-02-13T20:02:00")],
)  # fmt: skip
def test_a_time_of_another_form_takes_no_other_with_it(tmp_path: Path, time: str, third: str | None) -> None:
    said = zip("ABA", ("2024-02-13 20:00:00", "2024-02-13 20:01:00", f'"{time}"'), strict=True)
    told = read(tmp_path, TIMED + "".join(f"x,{w},hi,{t}\n" for w, t in said))
    assert of(told["messages"], "time") == ["2024-02-13T20:00:00", "2024-02-13T20:01:00", third]
    assert len(told["problems"]) == (third is None and time not in ("", "nan"))


def test_a_message_without_a_time_stays_behind_the_one_before_it(tmp_path: Path) -> None:
    stamps = ("2024-02-13 20:05", "", "2024-02-13 20:01", "2024-02-13 20:03")
    told = read(tmp_path, TIMED + "".join(f"x,{'AB'[i % 2]},{'w ' * (i + 1)},{t}\n" for i, t in enumerate(stamps)))
    assert of(told["messages"], "words") == [3, 4, 1, 2]


@pytest.mark.parametrize("time", ["02/13/2024 8:00 PM", "1707854400000000", "1707854400000", "13.02.2024 20:00"])
def test_times_are_read_as_in_a_single_table(tmp_path: Path, time: str) -> None:
    told = read(tmp_path, TIMED + f"x,A,hi,{time}\nx,B,yo,{time}\n")
    assert of(told["messages"], "time") == ["2024-02-13T20:00:00"] * 2
    assert not told["problems"]


def test_day_and_month_are_told_apart_by_the_whole_file(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        TIMED + "x,A,hi,02/03/2024 8:00\nx,B,yo,02/03/2024 9:00\ny,A,hi,03/13/2024 8:00\ny,B,yo,03/13/2024 9:00\n",
    )
    assert {str(t)[:10] for t in of(told["messages"], "time")} == {"2024-02-03", "2024-03-13"}
    open_ = tmp_path / "open"
    open_.mkdir()
    told = read(open_, TIMED + "x,A,hi,02/03/2024 8:00\nx,B,yo,02/03/2024 9:00\n")
    assert of(told["problems"], "why") == [
        "The dates could be day first or month first; they were read as day first. Use --dates mdy if the month comes first."
    ]


@pytest.mark.parametrize("name", ["t.csv", "t.txt"])
@pytest.mark.parametrize(("dates", "month"), [("dmy", "03"), ("mdy", "02"), (None, "03")])
def test_the_order_of_dates_may_be_said(tmp_path: Path, name: str, dates: DateOrder | None, month: str) -> None:
    (tmp_path / name).write_text(
        TIMED + "x,A,hi,02/03/2024 8:00\nx,B,yo,02/03/2024 9:00\n"
        if name == "t.csv"
        else "02/03/2024, 8:00 - Ana: hi\n02/03/2024, 9:00 - Ben: yo\n"
    )
    run(str(tmp_path / name), tmp_path / "out", PLAN, workers=1, dates=dates)
    told = content(tmp_path / "out")
    assert {str(t)[5:7] for t in of(told["messages"], "time")} == {month}
    # Where nobody says it, a file of any kind tells that it was left open.
    assert len(told["problems"]) == (dates is None)


def test_seconds_into_a_recording_are_no_times(tmp_path: Path) -> None:
    told = read(tmp_path, TIMED + "x,A,one,2.5\nx,A,one two three,9\nx,B,one two,4.0\n")
    assert of(told["messages"], "time") == [None] * 3
    assert of(told["messages"], "words") == [1, 2, 3]


def test_rows_are_counted_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text(HEAD + "x,A,hi\nx,B,yo\nx,A,ok\n")
    (tmp_path / "in" / "b.csv").write_text(HEAD + "y,A,hi\ny,,yo\ny,A,ok\n")
    assert of(made(tmp_path / "in", tmp_path / "out")["problems"], "place") == ["row 2"]


@pytest.mark.parametrize("column", ["speaker", "conversation"])
def test_an_empty_cell_is_no_speaker_and_no_conversation(tmp_path: Path, column: str) -> None:
    bad = {"conversation": "x", "speaker": "A", "text": "hi", column: " "}
    pl.DataFrame([*rows(4), bad]).write_parquet(tmp_path / "t.parquet")
    assert of(made(tmp_path / "t.parquet", tmp_path / "out")["problems"], "why") == [f"no {column}"]


def test_csv_of_nearers_own_keeps_its_names(tmp_path: Path) -> None:
    table = pl.DataFrame({"conversation": ["x"] * 2, "speaker": ["+49 170", "Ana"], "text": ["hi", "-no"]})
    (tmp_path / "t.csv").write_bytes(to_csv(table))
    assert of(made(tmp_path / "t.csv", tmp_path / "out")["messages"], "speaker") == ["+49 170", "Ana"]


def test_an_output_inside_the_input_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "x,A,hi\nx,B,yo\n")
    first = made(tmp_path, tmp_path / "out")
    assert made(tmp_path, tmp_path / "out") == first
    assert found(str(tmp_path), tmp_path / "out") == [tmp_path / "a.csv"]


@pytest.mark.parametrize(
    "column", ["dyad", "Pair ID", "couple_id", "session", "chat_id", "Dialogue ID", "conversationId", "Gespräch"]
)
def test_conversations_are_told_apart_whatever_their_column_is_called(tmp_path: Path, column: str) -> None:
    told = read(tmp_path, f"{column},Sprecher,Nachricht\nx,Ana,hi\ny,Cy,ho\nx,Ben,yo\ny,Di,no\n")
    assert sorted((c["conversation"], c["messages"]) for c in told["conversations"]) == [("x", 2), ("y", 2)]
    assert not told["problems"]


def test_a_day_and_a_clock_in_two_columns_are_one_time(tmp_path: Path) -> None:
    told = read(tmp_path, "dyad,date,time,speaker,text\nx,13/02/2024,20:05,A,two\nx,13/02/2024,20:01,B,one one\n")
    assert of(told["messages"], "time") == ["2024-02-13T20:01:00", "2024-02-13T20:05:00"]
    assert not told["problems"]


@pytest.mark.parametrize("place", ["61.5", "61,5", "00:01:01.5", "01:01,5"])
def test_starts_and_ends_in_a_recording(tmp_path: Path, place: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'dyad,speaker,start,end,text\nx,A,"{place}",70,two\nx,B,2,"{place}",one\n')
    (talk,) = read_talks(path)
    assert talk.conversation.medium == "speech"
    assert [(m.start, m.end) for m in talk.conversation] == [(2, 61.5), (61.5, 70)]


def test_turns_that_are_numbered_come_in_their_order(tmp_path: Path) -> None:
    head = "dyad,turn,speaker,text\n"
    told = read(tmp_path, head + "x,10,A,one two three\nx,2,B,one two\nx,1,A,one\n")
    assert of(told["messages"], "words") == [1, 2, 3]
    again = tmp_path / "again"
    again.mkdir()
    # Numbers that begin again, as in the sessions of a pair, are no order of the whole.
    told = read(again, head + "x,1,A,one\nx,2,B,one two\nx,1,A,one two three\nx,2,B,one two three four\n")
    assert of(told["messages"], "words") == [1, 2, 3, 4]


@pytest.mark.parametrize("nothing", ["NA", "nan", "NaT", "None", "<NA>"])
def test_cells_that_r_and_pandas_left_empty(tmp_path: Path, nothing: str) -> None:
    table = f"dyad,speaker,text,time,id,reply_to\nx,A,{nothing},{nothing},{nothing},{nothing}\n"
    told = read(tmp_path, table + f"x,{nothing},hi,,,\n{nothing},A,hi,,,\nx,B,hi,,{nothing},\n")
    assert of(told["messages"], "speaker") == ["A", "B"]  # Words may be what they look like.
    assert sorted(map(str, of(told["problems"], "why"))) == ["no conversation", "no speaker"]


def test_spaces_around_a_cell_make_no_other_person(tmp_path: Path) -> None:
    told = read(tmp_path, HEAD + " x, Ana,hi\nx,Ana ,yo\nx,Ben,no\n")
    assert [(c["conversation"], c["speakers"]) for c in told["conversations"]] == [("x", 2)]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_whole_numbers_that_pandas_made_real_still_say_what_is_answered(tmp_path: Path, form: str) -> None:
    frame = pl.DataFrame(
        {"dyad": [1, 1], "speaker": [1, 2], "text": ["hi", "yo"], "id": [10, 11], "reply_to": [None, 10.0]}
    )
    path = tmp_path / f"t.{form}"
    frame.write_csv(path) if form == "csv" else frame.write_parquet(path)
    (talk,) = read_talks(path)
    assert [m.reply_to for m in talk.conversation] == [None, 0]


def test_columns_of_parquet_that_are_no_plain_cells(tmp_path: Path) -> None:
    pl.DataFrame({
        "dyad": pl.Series(["x"] * 2, dtype=pl.Categorical), "speaker": [True, False], "text": [["hi", "you"], ["yo"]],
        "time": [timedelta(seconds=61.5), timedelta(seconds=2)], "id": [{"a": 1}, {"a": 2}],
    }).write_parquet(tmp_path / "t.parquet")  # fmt: skip
    (talk,) = read_talks(tmp_path / "t.parquet")
    assert [(m.speaker, m.text, m.start) for m in talk.conversation] == [("false", "yo", 2), ("true", "hi\nyou", 61.5)]


def test_where_a_column_says_only_what_was_sent(tmp_path: Path) -> None:
    told = read(tmp_path, "Chat Session,Type,Sender Name,Text\nBen,Incoming,Ben,hi\nBen,Outgoing,,yo\nCy,Outgoing,,no\n"
                          "Cy,Notification,,Cy changed the name\n")  # fmt: skip
    assert sorted((m["conversation"], m["speaker"]) for m in told["messages"]) == [
        ("Ben", "Ben"), ("Ben", "Me"), ("Cy", "Me"),
    ]  # fmt: skip
    assert of(told["problems"], "place") == ["row 4"]
    phone = tmp_path / "phone"
    phone.mkdir()
    told = read(phone, "thread,direction,contact name,text\nx,in,Ben,hi\nx,out,Ben,yo\n")
    assert of(told["messages"], "speaker") == ["Ben", "Me"]


@pytest.mark.parametrize("form", ["jsonl", "json", "parquet"])
def test_a_whole_conversation_in_each_row(tmp_path: Path, form: str) -> None:
    def said(*words: str) -> list[dict[str, str]]:
        return [{"role": "system", "content": "be kind"}] + [
            {"role": ("user", "assistant")[i % 2], "content": w} for i, w in enumerate(words)
        ]

    rows = [{"id": "x", "messages": said("hi", "yo there")}, {"id": None, "messages": said("one two three")}]
    path = tmp_path / f"t.{form}"
    match form:
        case "jsonl":
            path.write_text("".join(json.dumps(r) + "\n" for r in rows))
        case "json":
            path.write_text(json.dumps(rows))
        case _:
            pl.DataFrame(rows).write_parquet(path)
    told = made(path, tmp_path / "out")
    assert sorted((m["conversation"], m["speaker"], m["words"]) for m in told["messages"]) == [
        (f"t.{form}#2", "user", 3), ("x", "assistant", 2), ("x", "user", 1),
    ]  # fmt: skip
    assert of(told["problems"], "why") == ["nobody says it: it is the app's own"] * 2


def test_a_table_without_the_named_columns_stops_no_others(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "codebook.csv").write_text("variable,label\nroom,Number of the room\n")
    (tmp_path / "in" / "talks.csv").write_text("room,speaker,text\nx,Ana,hi\nx,Ben,yo\n")
    totals = run(str(tmp_path / "in"), tmp_path / "out", PLAN, workers=1, columns={"conversation": "room"})
    assert (totals["messages"], totals["problems"]) == (2, 1)
    assert of(content(tmp_path / "out")["problems"], "why") == [
        "There is no column 'room'; codebook.csv has variable, label."
    ]
    with pytest.raises(UsageError, match="no column 'hall'"):
        run(str(tmp_path / "in"), tmp_path / "other", PLAN, workers=1, columns={"conversation": "hall"})


def test_lists_of_turns_by_the_names_of_conversations(tmp_path: Path) -> None:
    talks_of = {k: [{"speaker": w, "text": f"hi {k}"} for w in "AB"] for k in "xy"}
    told = read(tmp_path, json.dumps(talks_of), "t.json")
    assert sorted((c["conversation"], c["messages"]) for c in told["conversations"]) == [("x", 2), ("y", 2)]


def test_blank_lines_above_a_table_are_nothing(tmp_path: Path) -> None:
    told = read(tmp_path, "\n\n" + HEAD + "x,Ana,hi\ny,Ben,yo\n")
    assert len(told["conversations"]) == 2


def test_nan_as_python_writes_it(tmp_path: Path) -> None:
    some = [{**row, "reply_to": float("nan"), "id": n} for n, row in enumerate(rows(4))]
    told = read(tmp_path, "".join(json.dumps(row) + "\n" for row in some), "t.jsonl")
    assert (len(told["messages"]), told["problems"]) == (4, [])
