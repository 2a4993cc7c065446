"""LINE's exports in the languages of its apps, and from a computer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation
from nearer.errors import NearerError
from nearer.sources import Input, Options, detect, load

JAPANESE = """[LINE] ベンとのトーク履歴
保存日時：2024/02/14 10:00

2024/02/13(火)
20:00\tアナ\t"明日は
2024/02/15(木)
どう?"
20:01\tベン\t[スタンプ]
20:02\tベン\t☎ 通話時間 1:23
20:03\t\tベンがメッセージの送信を取り消しました
"""
CHINESE = """[LINE] 與班的聊天記錄
儲存日期： 2024/02/14 10:00

2024/02/13（二）
下午08:00\t安娜\t到家了嗎？
下午08:01\t班\t[貼圖]
下午08:02\t班\t班已收回訊息
上午12:05\t\t班已加入群組
"""
KOREAN = """[LINE] 벤님과의 대화
저장한 날짜: 2024/02/14 10:00

2024.02.13 화요일
오후 8:00\t아나\t집에 왔어?
오후 8:01\t벤\t[사진]
"""
THAI = """[LINE] ประวัติการแชทในกลุ่ม "บ้าน"
บันทึกเมื่อ 14/02/2567 10:00

อ. 06/02/2567
20:00\t\tเบน เพิ่ม อานา เข้ากลุ่ม
20:01\tอานา\tถึงบ้านหรือยัง
20:02\tเบน\t[สติกเกอร์]

พ. 07/02/2567
09:05\tเบน\tยกเลิกข้อความ
"""
ENGLISH = """Chat history in Choir
Saved on: 2/14/2024, 10:00

Tue, 2/13/2024
8:00PM\tAna\tone\ttab
8:01PM\tBen\tYou unsent a message.
8:02PM\tBen\tshe unsent a message
8:03PM\tCleo joined the group.
"""


def read(tmp_path: Path, text: str, form: str = "line") -> Conversation:
    path = tmp_path / "[LINE]chat.txt"
    path.write_text(text, encoding="utf-8")
    assert detect(Input(path))[0][0] == form
    return load(path)


def counts(talk: Conversation) -> tuple[int, int, int]:
    return len(talk), talk.system.height, len(talk.skipped)


def test_japanese(tmp_path: Path) -> None:
    talk = read(tmp_path, JAPANESE)
    assert [(m.speaker, m.text, m.kind) for m in talk] == [
        ("アナ", "明日は\n2024/02/15(木)\nどう?", "text"), ("ベン", "", "media"),
    ]  # fmt: skip
    assert (talk[1].time, counts(talk), talk.title) == (datetime(2024, 2, 13, 20, 1), (2, 2, 0), "ベン")


def test_traditional_chinese(tmp_path: Path) -> None:
    talk = read(tmp_path, CHINESE)
    assert [(m.text, m.kind) for m in talk] == [("到家了嗎？", "text"), ("", "media"), ("", "deleted")]
    assert (talk[0].time, counts(talk), talk.title) == (datetime(2024, 2, 13, 20, 0), (3, 1, 0), "班")


def test_korean(tmp_path: Path) -> None:
    talk = read(tmp_path, KOREAN)
    assert [(m.text, m.kind) for m in talk] == [("집에 왔어?", "text"), ("", "media")]
    assert (talk[1].time, counts(talk), talk.title) == (datetime(2024, 2, 13, 20, 1), (2, 0, 0), "벤")


def test_thai_counts_years_from_the_buddha_and_days_first(tmp_path: Path) -> None:
    talk = read(tmp_path, THAI)
    assert [(m.speaker, m.text, m.kind) for m in talk] == [
        ("อานา", "ถึงบ้านหรือยัง", "text"), ("เบน", "", "media"), ("เบน", "", "deleted"),
    ]  # fmt: skip
    assert [m.time for m in talk][1:] == [datetime(2024, 2, 6, 20, 2), datetime(2024, 2, 7, 9, 5)]
    assert (counts(talk), talk.title) == ((3, 1, 0), "บ้าน")


def test_english_from_an_iphone(tmp_path: Path) -> None:
    talk = read(tmp_path, ENGLISH)
    assert [(m.text, m.kind) for m in talk] == [
        ("one\ttab", "text"), ("", "deleted"), ("she unsent a message", "text"),
    ]  # fmt: skip
    assert (talk[0].time, counts(talk), talk.title) == (datetime(2024, 2, 13, 20, 0), (3, 1, 0), "Choir")


def test_from_a_computer(tmp_path: Path) -> None:
    rows = "".join(
        f"20:0{i} Ana Ilić {x}\n20:0{i} Ben {y}\n"
        for i, (x, y) in enumerate([("are you home?", "yes"), ("good", "Photos"), ("so it is", "here I am\ntwo")])
    )
    talk = read(tmp_path, f"2024.02.13 Tuesday\n{rows}20:09 Ben unsent a message.\n20:09 Missed call\n", "line_desk")  # fmt: skip
    assert talk.speakers == ("Ana Ilić", "Ben")
    assert talk.texts == ["are you home?", "yes", "good", "", "so it is", "here I am\ntwo"]
    assert (talk[0].time, counts(talk), talk.title) == (datetime(2024, 2, 13, 20, 0), (6, 2, 0), "chat")
    assert talk.notes


@pytest.mark.parametrize("form", ["line", "line_desk"])
def test_nothing_inside(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.txt").write_text("[LINE] Chat history with Ben\nSaved on: 2024/02/14 10:00\n", encoding="utf-8")
    with pytest.raises(NearerError, match=r"a\.txt holds no messages of LINE"):
        load(tmp_path / "a.txt", Options(format=form))


def written(words: str) -> str:
    """LINE puts words of several lines into quotation marks."""
    return '"' + words.replace('"', '""') + '"' if "\n" in words else words


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=' \n"'), min_size=1, max_size=40).map(
    lambda x: f"so {x.strip()}"
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(["Ana", "Ben K", "สมชาย"]), WORDS), min_size=1, max_size=10))
def test_what_was_said_comes_back(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    lines = [f"20:{i:02}\t{who}\t{written(words)}" for i, (who, words) in enumerate(rows)]
    (tmp_path / "a.txt").write_text("2024/02/13(Tue)\n" + "\n".join(lines) + "\n", encoding="utf-8")
    talk = load(tmp_path / "a.txt", Options(format="line"))
    assert [(m.speaker, m.text) for m in talk] == rows
    assert counts(talk) == (len(rows), 0, 0)


@pytest.mark.parametrize(("day", "month"), [("Tue, 05/03/2024", 3), ("Fri, 05/03/2024", 5)])
def test_the_weekday_tells_the_order_of_the_date(tmp_path: Path, day: str, month: int) -> None:
    talk = read(tmp_path, f"[LINE] Chat history with Ben\nSaved on: 07/03/2024, 10:00\n\n{day}\n20:00\tAna\thello\n")
    assert talk[0].time is not None
    assert (talk[0].time.month, talk.notes) == (month, ())


def test_years_of_the_japanese_calendar_and_lines_own_pictures(tmp_path: Path) -> None:
    talk = read(
        tmp_path,
        "[LINE] 友達とのトーク履歴\n保存日時：R7/02/12 10:00\n\nR7/02/11(火)\n16:35\t梁\t了解です(emoji)\n16:36\t梁\t(emoji)\n"
        '16:37\t梁\t[プレゼント]\n16:38\t梁\t[ノート] 明日の予定\n16:39\t梁\t"議題は\n二つ\n"\n',
    )
    assert [(m.text, m.kind) for m in talk] == [
        ("了解です", "text"), ("", "media"), ("", "media"), ("明日の予定", "text"), ("議題は\n二つ", "text"),
    ]  # fmt: skip
    assert talk[0].time == datetime(2025, 2, 11, 16, 35)


def test_more_halves_of_the_day_in_chinese(tmp_path: Path) -> None:
    talk = read(tmp_path, "[LINE] 與 班 的聊天紀錄\n\n2024/02/13（二）\n凌晨12:10\t班\t好\n晚上8:00\t班\t在\n")
    assert [m.time for m in talk] == [datetime(2024, 2, 13, 0, 10), datetime(2024, 2, 13, 20, 0)]
    assert talk.title == "班"


def test_a_computers_quotation_marks_and_calls(tmp_path: Path) -> None:
    text = '2024.02.13 Tuesday\n20:00 Ana "one\ntwo"\n20:01 Ben Call time 0:33\n20:02 Ben so(emoji)\n'
    assert read(tmp_path, text, "line_desk").texts == ["one\ntwo", "so"]
