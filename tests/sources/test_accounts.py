"""Read, system and skipped add up to what is in the file, whatever is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.sources import Options, load
from sources.exports import (
    DISCORD,
    FACEBOOK,
    GOOGLE_CHAT,
    SIGNAL_DESKTOP,
    SIGNAL_EXPORT,
    SIGNAL_JSON,
    SKYPE,
    SLACK_DAY,
    SNAPCHAT,
    TELEGRAM,
    TWITTER,
    archived,
)

Make = Callable[[list[Any]], str]
_ODD: list[Any] = [{}, {"id": 5}, {"text": 3, "content": [], "type": None, "author": "x", "user": 1}]


def _inside(whole: dict[str, Any]) -> Make:
    return lambda rows: json.dumps({**whole, "messages": rows}, indent=1)


def _lines(rows: list[Any]) -> str:
    return "\n".join(x if isinstance(x, str) else json.dumps(x) for x in rows)


def _sms(rows: list[Any]) -> str:
    return "<smses>" + "".join(
        f'<sms address="1" date="{100_000_000_000 + i}" type="{t}" body="x" />' if t < 7
        else f'<mms address="1" date="{100_000_000_000 + i}" msg_box="1"><parts><part ct="text/plain" text="y"/></parts></mms>'
        for i, t in enumerate(rows)
    ) + "</smses>"  # fmt: skip


def _whatsapp(rows: list[Any]) -> str:
    return "".join(f"13/02/2024, 20:{i % 60:02} - {row}\n" for i, row in enumerate(rows))


def _numbered(key: str, rows: list[Any]) -> list[Any]:
    """The same message twice in a file is counted apart; here each has an id of its own."""
    return [
        {**r, key: f"{1707854400 + i}.000001" if key == "ts" else str(i)} if key in r else r for i, r in enumerate(rows)
    ]


FORMATS: dict[str, tuple[str, list[Any], Make]] = {
    "telegram": ("result.json", [*TELEGRAM["messages"][1:], TELEGRAM["messages"][0], *_ODD], _inside(TELEGRAM)),
    "messenger": ("message_1.json", [*FACEBOOK["messages"], *_ODD], _inside(FACEBOOK)),
    "discord": ("a.json", [*DISCORD["messages"][:4], *_ODD], lambda rows: _inside(DISCORD)(_numbered("id", rows))),
    "google_chat": ("messages.json", [*GOOGLE_CHAT["messages"], *_ODD], _inside(GOOGLE_CHAT)),
    "slack": ("2024-02-13.json", [*SLACK_DAY, *_ODD, 7], lambda rows: json.dumps(rows)),
    "signal": ("data.json", [*SIGNAL_JSON.strip().split("\n"), *_ODD], _lines),
    "signal_desktop": ("a.json", [x.rstrip(",") for x in SIGNAL_DESKTOP.strip().split("\n")[1:-1]], lambda rows: "[\n" + ",\n".join(rows) + "\n]"),
    "signal_export": ("main.jsonl", [*SIGNAL_EXPORT.strip().split("\n")[5:], "nonsense", *_ODD],
                      lambda rows: "\n".join(SIGNAL_EXPORT.split("\n")[:5]) + "\n" + _lines(rows)),
    "table": ("a.jsonl", [{"speaker": "Ana", "text": "hi"}, {"speaker": "", "text": "x"}, {"text": "x"}, "no", {"speaker": "B", "text": None}], _lines),
    "sms_xml": ("sms.xml", [1, 2, 3, 4, 5, 7], _sms),
    "skype": ("messages.json", [*reversed(SKYPE["conversations"][0]["MessageList"]), *_ODD, 7],
              lambda rows: json.dumps({"userId": "8:x", "conversations": [{"id": "8:y", "MessageList": rows}]})),
    "snapchat": ("chat_history.json", [*reversed(SNAPCHAT["ben_b"][:4]), SNAPCHAT["ben_b"][4], *_ODD, 7], lambda rows: json.dumps({"ben_b": rows})),
    "twitter": ("direct-messages.js", [*TWITTER[0]["dmConversation"]["messages"], {"other": {}}, {"messageCreate": {"text": "x"}}, *_ODD],
                lambda rows: archived([{"dmConversation": {"conversationId": "111-222", "messages": rows}}])),
    "kakaotalk": ("chat.txt", ["Ana : hi", "Ben : 사진", "Ben님이 나갔습니다.", "Ana : two\nlines", "Ana : "],
                  lambda rows: "".join(f"2024년 2월 13일 오후 8:{i % 60:02}, {row}\n" for i, row in enumerate(rows))),
    "line": ("chat.txt", ["Ana\thi", "Ben\t[Photo]", "\tBen left the group.", 'Ana\t"two\nlines"', "Ben unsent a message.", "Ana\t☎ Missed call"],
             lambda rows: "2024/02/13(Tue)\n" + "".join(f"20:{i % 60:02}\t{row}\n" for i, row in enumerate(rows))),
    "line_desk": ("chat.txt", ["Ana hi", "Ben Photos", "Ben left the group.", "Ana two\nlines", "Missed call"],
                  lambda rows: "2024.02.13 Tuesday\n" + "".join(f"20:{i % 60:02} {row}\n" for i, row in enumerate(rows))),
    "viber": ("chat.csv", ["Ana,+381601110000,hi", "Me,+381602220000,\"two\nlines\"", "Ana,+381601110000,Sticker", "Ana,+381601110000,Missed call", ",,x"],
              lambda rows: "".join(f"13/02/2024,20:00:{i % 60:02},{row}\n" for i, row in enumerate(rows))),
    "whatsapp": ("chat.txt", ["Ana: hi", "Ben: <Media omitted>", "Ben left", "Ana: two\nlines", "Ana: null"], _whatsapp),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FORMATS))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_three_add_up(tmp_path: Path, name: str, data: st.DataObject) -> None:
    file, kinds, make = FORMATS[name]
    rows = [kinds[0], *data.draw(st.lists(st.sampled_from(kinds), max_size=12))]
    (tmp_path / file).write_text(make(rows), encoding="utf-8")
    talk = load(tmp_path / file, Options(format=name)) if name != "telegram" else load(tmp_path / file)
    assert len(talk) + talk.system.height + len(talk.skipped) == len(rows)
