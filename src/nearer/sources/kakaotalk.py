"""KakaoTalk's "Export chat": from a phone each line has its date, from a computer each day has a line (docs/sources/line.md).

2024년 2월 13일 오후 8:00, Ana : text        February 13, 2024, 8:00 PM, Ana : text
--------------- 2024년 2월 13일 화요일 ---------------   and   [Ana] [오후 8:00] text
"""

from __future__ import annotations

import re
from datetime import date, datetime

from nearer.conversation import Conversation, ConversationBuilder, MessageKind
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.dates import seconds_of_day
from nearer.sources.text import clean_name, decode, lines_of

NAME = "kakaotalk"
TITLE = "KakaoTalk"

_KOREAN = r"\d{4}(?:년|\.) ?\d{1,2}(?:월|\.) ?\d{1,2}(?:일|\.)"
_ENGLISH = r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}"
_CLOCK = r"(?:(?:오전|오후) ?)?\d{1,2}:\d\d(?: ?[AP]M)?"
_PHONE = re.compile(rf"^({_KOREAN}|{_ENGLISH})(?:,| at)? ({_CLOCK})(?:, ?(.*))?$", re.DOTALL)
_DAY = re.compile(rf"^(?:-{{5,}} ?)?(?:[A-Z][a-z]{{5,8}}, )?({_KOREAN}|{_ENGLISH})(?: [^\W\d]{{1,4}})?(?: ?-{{5,}})?$")
_DESK = re.compile(rf"^\[([^\]\n]{{1,60}})\] \[({_CLOCK})\] (.*)$", re.DOTALL)
_TITLE = re.compile(r"^(?:(.{1,80}?) ?(?:님과|카카오톡).{0,8}대화|KakaoTalk Chats with (.{1,80}))$")
_MEDIA = re.compile(
    r"^(?:사진(?: \d+장)?|동영상|이모티콘|음성메시지|삭제된 사진|파일: .{1,200}|Photos?(?: \d+)?|Video|Emoticons?|Voice Message|File: .{1,200})$"
)
_GONE = ("삭제된 메시지입니다.", "This message was deleted.", "메시지가 삭제되었습니다.")
_NOTICE = re.compile(
    r"^.{1,60}(?:님이|님을) .{0,80}(?:들어왔습니다|나갔습니다|초대했습니다|내보냈습니다)\.$|^.{1,60} (?:joined|left|invited .{1,80})\.?$"
)


def sniff(head: Head) -> float:
    """Lines as one of its forms has them."""
    lines = [x.rstrip("\r") for x in head.text.lstrip("\ufeff").split("\n")[:300]]
    desk = sum(1 for x in lines if _DESK.match(x)) >= 2 and any(_DAY.match(x) for x in lines)
    phone = sum(1 for x in lines if (m := _PHONE.match(x)) and m[3] and " : " in m[3])
    return 0.97 if desk or phone >= 2 else 0.9 if phone else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the chat. Raises NearerError where no line is a message."""
    builder = ConversationBuilder(NAME)
    title: str | None = None
    day: int | None = None
    held: tuple[int | None, int, str, list[str]] | None = None
    for number, line in enumerate(lines_of(decode(source.words(), source.path.name)), 1):
        found = _DAY.match(line)
        phone = None if found else _PHONE.match(line)
        desk = None if found or phone or day is None else _DESK.match(line)
        if (found or phone or desk) and held:
            _add(builder, *held)
            held = None
        if found:
            day = _day(found[1])
        elif phone:
            if phone[3]:
                held = (_time(_day(phone[1]), phone[2]), number, phone[3], [])
        elif desk:
            held = (_time(day, desk[2]), number, f"{desk[1]} : {desk[3]}", [])
        elif held:
            held[3].append(line)
        elif number <= 3 and (name := _TITLE.match(line.lstrip("\ufeff"))):
            title = name[1] or name[2]
        elif line.strip() and number > 3:
            builder.notice(line.strip(), line=number)
    if held:
        _add(builder, *held)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of KakaoTalk.")
    return builder.build(title=title)


def _add(builder: ConversationBuilder, time: int | None, line: int, rest: str, more: list[str]) -> None:
    name, colon, text = rest.partition(" : ")
    text = "\n".join([text, *more]).rstrip("\n")
    if not colon or _NOTICE.match(rest) or len(name) > 60:
        builder.notice(rest, time, line)
        return
    kind: MessageKind = "deleted" if text in _GONE else "media" if _MEDIA.match(text) or not text else "text"
    builder.add(clean_name(name) or "Unknown", text if kind == "text" else "", time, kind, line)


def _day(written: str) -> int | None:
    """Days since 1970."""
    try:
        if written[0].isdigit():
            year, month, day = (int(x) for x in re.findall(r"\d+", written))
            return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
        form = "%B %d, %Y" if len(written.split()[0]) > 3 else "%b %d, %Y"
        return datetime.strptime(written, form).date().toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return None


def _time(day: int | None, clock: str) -> int | None:
    second = seconds_of_day(clock)
    return (day * 86400 + second) * 1000 if day is not None and second is not None else None
