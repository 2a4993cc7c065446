"""Tables as people and programs make them: what is whole is read, and what is not is told of, row by row."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from corpus.test_run import PLAN, content
from nearer.corpus.inputs import found, root_of
from nearer.corpus.run import run
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
    assert len(told["problems"]) == (third is None and time != "")


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
    assert of(told["problems"], "why") == ["The dates could be day first or month first; they were read as day first."]


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
