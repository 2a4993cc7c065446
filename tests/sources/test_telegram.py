"""Telegram Desktop's result.json, of one chat and of an account."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.conversation import Reaction
from nearer.errors import NearerError, UsageError
from nearer.sources import Input, Options, chats, detect, load
from sources.exports import TELEGRAM, TELEGRAM_HTML, printed


@pytest.fixture(params=[1, None])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "result.json"
    path.write_bytes(printed(TELEGRAM, request.param))
    return path


def test_a_chat_is_read_with_all_that_it_says(file: Path) -> None:
    assert detect(Input(file))[0][0] == "telegram"
    talk = load(file)
    assert talk.speakers == ("Ana", "Ben", "Deleted account")
    assert talk.texts == ["see https://example.org please", "I will, thanks", "", "a poem"]
    assert talk[0].time == datetime(2024, 2, 13, 20, 1, tzinfo=UTC)
    assert (talk[1].reply_to, talk[1].edited, talk[1].reactions) == (0, True, (Reaction("Ana", "❤"),))
    assert (talk[2].speaker, talk[2].kind, talk[2].attachment) == ("Ben", "media", "voice_message")
    assert talk[3].forwarded
    assert len(talk) + talk.system.height + len(talk.skipped) == len(TELEGRAM["messages"])
    assert talk.title == "Ben"


@pytest.mark.parametrize("indent", [1, None])
def test_an_account_lists_its_chats(tmp_path: Path, indent: int | None) -> None:
    other = {**TELEGRAM, "name": "Cleo", "id": 99, "messages": TELEGRAM["messages"][1:2]}
    path = tmp_path / "result.json"
    about = {"personal_information": {"user_id": 11, "first_name": "Ana"}}
    path.write_bytes(printed({**about, "chats": {"about": "…", "list": [TELEGRAM, other]}}, indent))
    assert [(c.id, c.title, c.messages) for c in chats(path)] == [("4321", "Ben", 5), ("99", "Cleo", 1)]
    with pytest.raises(UsageError, match="Cleo"):
        load(path)
    with pytest.raises(UsageError, match="holds no chat"):
        load(path, Options(chat="Dora"))
    talk = load(path, Options(chat="cleo"))
    assert (len(talk), talk.me, talk.title) == (1, "Ana", "Cleo")
    assert len(load(path, Options(chat="4321"))) == 4


@pytest.mark.parametrize("indent", [1, None])
def test_a_cut_off_file_gives_what_is_whole(tmp_path: Path, indent: int | None) -> None:
    data = printed(TELEGRAM, indent)
    path = tmp_path / "result.json"
    path.write_bytes(data[: data.index(b'"id": 4,') + 30])
    talk = load(path)
    assert len(talk) == 2
    assert len(talk.skipped) == 1


def test_old_exports_have_the_clock_of_the_computer(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    rows = [{"id": 1, "type": "message", "date": "2019-05-01T09:30:00", "from": "Ana", "from_id": 7, "text": "hi"}]
    path.write_bytes(printed({"name": "Ben", "messages": rows}))
    talk = load(path)
    assert talk[0].time == datetime(2019, 5, 1, 9, 30)
    assert talk.notes


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.text(min_size=1, max_size=60)), min_size=1, max_size=12),
    indent=st.sampled_from([None, 1, 4]),
)
def test_what_was_said_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, str]], indent: int
) -> None:
    said = [
        {"id": i, "type": "message", "date_unixtime": str(1_700_000_000 + i), "from": f"P{who}", "from_id": f"user{who}",
         "text": words}
        for i, (who, words) in enumerate(rows)
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("t") / "result.json"
    import json

    path.write_text(json.dumps({"name": "X", "type": "private_group", "id": 1, "messages": said}, indent=indent))
    talk = load(path)
    assert talk.texts == [w for _, w in rows]
    assert [m.speaker for m in talk] == [f"P{w}" for w, _ in rows]


def test_nothing_inside(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text('{"name": "X", "type": "personal_chat", "id": 1, "messages": []}')
    with pytest.raises(NearerError, match="no messages"):
        load(path)


def test_polls_and_messages_that_only_look_edited(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(
        '{"name": "Ben", "type": "personal_chat", "id": 1, "messages": [{"id": 1, "type": "message", "date": "2019-02-13T20:01:00",'
        ' "edited": "1970-01-01T01:00:00", "from": "Ana", "from_id": 7, "text": "hi"}, {"id": 2, "type": "message",'
        ' "date": "2019-02-13T20:02:00", "from": "Ana", "from_id": 7, "poll": {"question": "Rome?", "answers": []}, "text": ""}]}'
    )
    talk = load(path)
    assert (talk.texts, talk[0].edited, talk[1].attachment) == (["hi", "Rome?"], False, "poll")


def test_a_control_character_in_a_text(tmp_path: Path) -> None:
    """Telegram writes it as no JSON may."""
    path = tmp_path / "result.json"
    text = printed({**TELEGRAM, "messages": [{**TELEGRAM["messages"][2], "text": "C:\\x0B is § here"}]})
    path.write_bytes(text.replace("§".encode(), b"\\x0B"))
    assert (load(path).texts, load(path).skipped) == (["C:\\x0B is \x0b here"], ())


def test_a_reaction_is_no_edit(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    said = {**TELEGRAM["messages"][2], "edited": "2024-02-13T20:04:00"}
    own = {
        "type": "custom_emoji",
        "count": 1,
        "document_id": "stickers/a.tgs",
        "recent": [{"from_id": "user11", "from": "Ana"}],
    }
    path.write_bytes(printed({**TELEGRAM, "messages": [said, {**said, "id": 9, "reactions": [own]}]}))
    talk = load(path)
    assert [m.edited for m in talk] == [False, True]
    assert talk[1].reactions == (Reaction("Ana", "custom_emoji"),)


def test_a_folder_of_several_exports(tmp_path: Path) -> None:
    for number, name in enumerate(("Ben", "Cleo")):
        (tmp_path / f"ChatExport_2024-02-1{number}").mkdir()
        chat = printed({**TELEGRAM, "name": name, "id": number})
        (tmp_path / f"ChatExport_2024-02-1{number}" / "result.json").write_bytes(chat)
    with pytest.raises(UsageError, match="holds 2 chats"):
        load(tmp_path)
    assert load(tmp_path, Options(chat="Cleo")).title == "Cleo"
    (tmp_path / "later").mkdir()
    longer = [*TELEGRAM["messages"], {**TELEGRAM["messages"][4], "id": 6, "text": "a second poem"}]
    (tmp_path / "later" / "result.json").write_bytes(printed({**TELEGRAM, "name": "Cleo", "id": 1, "messages": longer}))
    assert load(tmp_path, Options(chat="Cleo")).texts[-1] == "a second poem"


def test_the_owner_of_an_old_account(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    rows = [
        {"id": i, "type": "message", "date": "2019-05-01T09:30:00", "from": f"P{i}", "from_id": i, "text": "hi"}
        for i in (7, 8, 9)
    ]
    chat = {"name": "us", "type": "private_group", "id": 1, "messages": rows}
    path.write_bytes(printed({"personal_information": {"user_id": 8}, "chats": {"list": [chat]}}))
    assert load(path).me == "P8"


def test_a_call_on_a_page_is_a_notice(tmp_path: Path) -> None:
    photo = '<a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg"></a>'
    call = (
        '<div class="media clearfix pull_left media_call success"><div class="fill pull_left"></div><div class="body">'
        '<div class="title bold">Ben</div><div class="status details">Outgoing (12 seconds)</div></div></div>'
    )
    assert photo in TELEGRAM_HTML
    (tmp_path / "messages.html").write_text(TELEGRAM_HTML.replace(photo, call), encoding="utf-8")
    talk = load(tmp_path / "messages.html")
    assert (talk.texts, talk.system["text"].to_list()[0]) == (
        ["are you <there>?\nsee https://example.org", "yes"], "Ana call: Outgoing (12 seconds)",
    )  # fmt: skip
