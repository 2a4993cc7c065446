"""KakaoTalk's exports from every kind of phone and computer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Conversation
from nearer.errors import NearerError
from nearer.sources import Input, Options, detect, load
from sources.exports import FILES

ANDROID_EN = """KakaoTalk Chats with Ben
Date Saved : February 14, 2024, 1:00 PM

February 13, 2024, 8:00 PM
February 13, 2024, 8:00 PM, Ana : home yet?
February 13, 2024, 8:01 PM, Ben : I left
February 13, 2024, 3 plans
February 13, 2024, 8:02 PM, Cleo joined this chatroom.
February 13, 2024, 8:03 PM, Ben : Photo
"""
ANDROID_OLD = """KakaoTalk Chats with Ben,Cleo (3)
Date Saved : 1:01am, February 14, 2024

8:00pm, February 13, 2024
8:00pm, February 13, 2024, Ben invited you and Cleo.
8:00pm, February 13, 2024, Ben : home yet?
8:01pm, February 13, 2024, you : yes
8:02pm, February 13, 2024, Cleo : <Photo>
"""
IPHONE_KO = """모임 (4명)과 카카오톡 대화-1.txt
저장한 날짜 : 2024. 2. 14. 오전 10:00



2024년 2월 13일 화요일
2024. 2. 13. 오후 8:00: Ben님이 Cleo님을 초대했습니다.
2024. 2. 13. 오후 8:00, Ben : 집에 왔어?
2024. 2. 13. 오후 8:01, 회원님 : 응
방금

2024년 2월 14일 수요일
2024. 2. 14. 오전 12:05, Ben : 사진 3장
"""
IPHONE_TIME = """Ben 님과 카카오톡 대화
저장한 날짜 : 2024년 2월 14일 오후 2:23

2024년 2월 13일 화요일
오후 8:00, Ana : 집에 왔어?
오후 8:00에 만나자
오후 8:01, Ben님이 나갔습니다.
2024년 2월 14일 수요일
오전 12:00, Ben : 응
"""
WINDOWS_KO = """가족 님과 카카오톡 대화
저장한 날짜 : 2024-02-14 10:00:00

--------------- 2024년 2월 13일 화요일 ---------------
[Ana] [오후 8:00] 봐: [Ben] [오후 7:00] 어제 말
[Ben (형)] [오후 8:01] 응
20:00, 몇 시
Cleo님이 나갔습니다.
[] [오후 8:02] 알림
[Ben (형)] [오후 8:03] 삭제된 메시지입니다.
[Ana] [20:04] 그래
"""


def read(tmp_path: Path, text: str, name: str = "KakaoTalkChats.txt") -> Conversation:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert detect(Input(path))[0][0] == "kakaotalk"
    return load(path)


def counts(talk: Conversation) -> tuple[int, int, int]:
    return len(talk), talk.system.height, len(talk.skipped)


def test_android_in_english(tmp_path: Path) -> None:
    talk = read(tmp_path, ANDROID_EN)
    assert talk.texts == ["home yet?", "I left\nFebruary 13, 2024, 3 plans", ""]
    assert (talk[0].time, talk[2].kind) == (datetime(2024, 2, 13, 20, 0), "media")
    assert (counts(talk), talk.title, talk.me) == ((3, 1, 0), "Ben", None)


def test_old_android_has_the_time_first_and_calls_the_holder_you(tmp_path: Path) -> None:
    talk = read(tmp_path, ANDROID_OLD)
    assert [(m.speaker, m.text) for m in talk] == [("Ben", "home yet?"), ("Me", "yes"), ("Cleo", "")]
    assert (talk[1].time, talk.me, counts(talk)) == (datetime(2024, 2, 13, 20, 1), "Me", (3, 1, 0))
    (tmp_path / "a.txt").write_text(ANDROID_OLD, encoding="utf-8")
    assert load(tmp_path / "a.txt", Options(me="Ana")).speakers == ("Ben", "Ana", "Cleo")


def test_iphone_in_korean(tmp_path: Path) -> None:
    talk = read(tmp_path, IPHONE_KO)
    assert [(m.speaker, m.text, m.kind) for m in talk] == [
        ("Ben", "집에 왔어?", "text"), ("Me", "응\n방금", "text"), ("Ben", "", "media"),
    ]  # fmt: skip
    assert talk[2].time == datetime(2024, 2, 14, 0, 5)
    assert (counts(talk), talk.title, talk.me) == ((3, 1, 0), "모임", "Me")


def test_iphone_with_the_time_alone(tmp_path: Path) -> None:
    talk = read(tmp_path, IPHONE_TIME)
    assert talk.texts == ["집에 왔어?\n오후 8:00에 만나자", "응"]
    assert (talk[1].time, counts(talk)) == (datetime(2024, 2, 14, 0, 0), (2, 1, 0))


def test_windows_in_korean(tmp_path: Path) -> None:
    talk = read(tmp_path, WINDOWS_KO)
    assert talk.texts == ["봐: [Ben] [오후 7:00] 어제 말", "응\n20:00, 몇 시", "", "그래"]
    assert (talk[1].speaker, talk[2].kind, talk[3].time) == ("Ben (형)", "deleted", datetime(2024, 2, 13, 20, 4))
    assert (counts(talk), talk.title) == ((4, 2, 0), "가족")


def test_windows_in_english_tells_who_comes_and_goes(tmp_path: Path) -> None:
    told = ["Ana invited Ben and Cleo.", "Cleo has joined this chatroom.", "Cleo left this chatroom."]
    said = "[Ana] [8:00 PM] my sister\nMum invited us.\n[Ben] [8:01 PM] when?"
    text = "\n".join(["Family with KakaoTalk Chats", "Date Saved : 2024-02-14 10:00:00", "",
                      "--------------- Tuesday, February 13, 2024 ---------------", told[0], said, *told[1:]])  # fmt: skip
    (tmp_path / "KakaoTalk.txt").write_text(text)
    talk = load(tmp_path / "KakaoTalk.txt")
    assert talk.texts == ["my sister\nMum invited us.", "when?"]
    assert talk.system["text"].to_list() == told


def test_mac(tmp_path: Path) -> None:
    file, data = FILES["kakaotalk mac"]
    talk = read(tmp_path, data.decode(), file)
    assert talk.texts == ['home "really" yet?', "yes\njust now", ""]
    assert (talk[0].time, talk[2].kind) == (datetime(2024, 2, 13, 20, 0, 10), "media")
    assert counts(talk) == (3, 1, 1)


@pytest.mark.parametrize("text", ["Date,User,Message\n", "Ben 님과 카카오톡 대화\n"])
def test_nothing_inside(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(NearerError, match=r"a\.txt holds no messages of KakaoTalk"):
        load(tmp_path / "a.txt", Options(format="kakaotalk"))


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \n"), min_size=1, max_size=40).map(
    lambda x: f"그 {x.strip()}"
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(["Ana", "Ben K", "민수"]), WORDS), min_size=1, max_size=10))
@pytest.mark.parametrize(
    "form", ["2024년 2월 13일 오후 8:{0:02}, {1} : {2}", "[{1}] [오후 8:{0:02}] {2}", "오후 8:{0:02}, {1} : {2}"]
)
def test_what_was_said_comes_back(tmp_path: Path, form: str, rows: list[tuple[str, str]]) -> None:
    lines = [form.format(i, who, words) for i, (who, words) in enumerate(rows)]
    (tmp_path / "a.txt").write_text(
        "Ben 님과 카카오톡 대화\n\n2024년 2월 13일 화요일\n" + "\n".join(lines), encoding="utf-8"
    )
    talk = load(tmp_path / "a.txt", Options(format="kakaotalk"))
    assert [(m.speaker, m.text) for m in talk] == rows
    assert counts(talk) == (len(rows), 0, 0)


@pytest.mark.parametrize("half", ["8:00\u202fPM", "8:00 p.m."])
def test_other_ways_to_write_the_afternoon(tmp_path: Path, half: str) -> None:
    rows = f"Feb 13, 2024 at {half}, Ana : home yet?\nFeb 13, 2024 at {half}: Ben left this chatroom.\n"
    talk = read(tmp_path, f"KakaoTalk Chats with Ben\nDate Saved : Feb 14, 2024 at 1:00\u202fPM\n\n{rows}")
    assert [(m.text, m.time) for m in talk] == [("home yet?", datetime(2024, 2, 13, 20, 0))]
    assert counts(talk) == (1, 1, 0)


def test_calls_emoticons_and_more_media(tmp_path: Path) -> None:
    said = (
        "보이스톡 해요",
        "보이스톡 0:17",
        "페이스톡 부재중",
        "보이스톡 하자",
        "(이모티콘) ㅋㅋ",
        "동영상 2개",
        "지도: 서울역",
        f"{'1f' * 32}.jpg",
    )
    rows = "".join(f"2024년 2월 13일 오후 8:00, Ben : {x}\n" for x in said)
    talk = read(tmp_path, f"Ben 님과 카카오톡 대화\n저장한 날짜 : 2024년 2월 14일 오후 2:23\n\n{rows}")
    assert talk.texts == ["보이스톡 하자", "ㅋㅋ", "", "", ""]
    assert counts(talk) == (5, 3, 0)


def test_what_open_chats_say_to_newcomers(tmp_path: Path) -> None:
    talk = read(
        tmp_path,
        "채팅방 님과 카카오톡 대화\n저장한 날짜 : 2023-10-04 13:03:59\n\n--------------- 2021년 12월 14일 화요일 ---------------\n"
        "[행인] [오후 4:16] 안녕\nA님이 들어왔습니다.운영정책을 위반한 메시지로 신고 접수 시 카카오톡 이용에 제한이 있을 수 있습니다. \n"
        "불법촬영물등 식별 및 게재제한 조치 안내\n그룹 오픈채팅방에서 동영상・압축파일 전송 시 전기통신사업법에 따라 조치가 적용됩니다.\n"
        "[A] [오후 4:17] 반가워요\n",
    )
    assert (talk.texts, counts(talk)) == (["안녕", "반가워요"], (2, 3, 0))
