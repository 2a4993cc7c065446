"""KakaoTalk's "Export chat", from a phone, from Windows and from a Mac, in Korean and English (docs/sources/kakaotalk.md).

Android: 2024년 2월 13일 오후 8:00, Ana : text       February 13, 2024, 8:00 PM, Ana : text
iPhone:  2024. 2. 13. 오후 8:00, Ana : text          or a line for the day, then: 오후 8:00, Ana : text
Windows: --------------- 2024년 2월 13일 화요일 ---------------   and   [Ana] [오후 8:00] text
Mac:     a table, Date,User,Message
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import ME, Head, Input, Options
from nearer.sources.dates import moment
from nearer.sources.text import clean_name, decode, lines_of, unix

NAME = "kakaotalk"
TITLE = "KakaoTalk"

_KOREAN = r"\d{4}(?:년|\.) ?\d{1,2}(?:월|\.) ?\d{1,2}(?:일|\.)"
_ENGLISH = r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}"
_CLOCK = r"(?:(?:오전|오후) ?)?\d{1,2}:\d\d(?:[ \u202f\u00a0]?[AaPp]\.?[Mm]\b\.?)?"
_REST = r"(?:(?P<end>[,:]) ?(?P<rest>.*))?$"
"""A comma before what somebody says, a colon before a notice on iPhones; nothing at all where a new day begins."""
_PHONE = re.compile(rf"^(?P<day>{_KOREAN}|{_ENGLISH})(?:,| at)? (?P<clock>{_CLOCK}){_REST}", re.DOTALL)
_OLD = re.compile(rf"^(?P<clock>{_CLOCK}), (?P<day>{_ENGLISH}){_REST}", re.DOTALL)
_SHORT = re.compile(rf"^(?P<clock>{_CLOCK}), (?P<rest>.*)$", re.DOTALL)
_DAY = re.compile(rf"^(?:-{{5,}} ?)?(?:[A-Z][a-z]{{5,8}}, )?({_KOREAN}|{_ENGLISH})(?: [^\W\d]{{1,4}})?(?: ?-{{5,}})?$")
_DESK = re.compile(rf"^\[([^\n]{{0,60}}?)\] \[({_CLOCK})\] ?(.*)$", re.DOTALL)
_TABLE = re.compile(r"\ufeff?Date,User,Message\r?\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,")
_TITLE = re.compile(
    r"^(?:(?P<ko>.{1,80}?) ?(?:\(\d+명\))?(?:님과|과)? ?카카오톡 ?대화.{0,8}|KakaoTalk Chats with (?P<en>.{1,80}?)"
    r"(?: \(\d+ people\))?(?:-\d+)?(?:\.txt)?|(?P<pc>.{1,80}) with KakaoTalk Chats)$"
)
_MEDIA = re.compile(
    r"^(?:[<(]?(?:사진(?: \d+장)?|동영상(?: \d+개)?|이모티콘|음성 ?메시지|삭제된 사진|photos?(?: \d+)?|video|emoticons?|voice (?:message|note))[>)]?"
    r"|(?:파일|file|지도): .{1,200}|[0-9a-f]{32,}\.(?:jpe?g|png|gif|webp|mp4|m4a))$",
    re.IGNORECASE,
)
_EMOTICON = re.compile(r"^\((?:이모티콘|emoticon)\) (?=\S)", re.IGNORECASE)
"""Before the words that were sent with one."""
_CALL = re.compile(
    r"^(?:그룹 ?)?(?:보이스톡|페이스톡|그룹콜|라이브톡) (?:해요|취소|부재중|종료|시작|응답 ?없음|\d{1,2}(?::\d\d){1,2})\.?$"
)
_GONE = ("삭제된 메시지입니다.", "this message was deleted.", "메시지가 삭제되었습니다.")
_ASIDE = r"(?:.{1,60}님[이을] .{0,80}(?:들어왔습니다|나갔습니다|초대(?:했|하였)습니다|내보냈습니다)|채팅방 관리자가 .{1,40}(?:가렸습니다|했습니다))\."
_NOTICE = re.compile(
    rf"^(?:{_ASIDE}|.{{1,60}} (?:joined(?: this chatroom)?|left(?: this chatroom)?|invited .{{1,80}})\.?)$"
)
_INVITED = re.compile(r"^(.{1,60}?) (?:has )?invited .{1,160}\.$")
"""People write this too, so without a time it counts only where somebody of that name speaks in the chat."""
_UNTIMED = re.compile(
    rf"^(?:{_ASIDE}|.{{1,60}}님이 들어왔습니다\..{{0,120}}있습니다\. ?|.{{1,60}} (?:joined|left) this chatroom\."
    r"|불법촬영물등 식별 및 게재제한 조치 안내|그룹 오픈채팅방에서 동영상・압축파일 전송 시 .{1,300})$"
)
"""What Windows writes between the messages without a time."""
_OWNER = ("회원님", "you", "You")
"""How the phones call whoever made the export, where they do not give the name."""


def sniff(head: Head) -> float:
    """Lines as one of its forms has them."""
    if _TABLE.match(head.text):
        return 0.93
    lines = [x.rstrip("\r") for x in head.text.lstrip("\ufeff").split("\n")[:300]]
    dated = any(_DAY.match(x) for x in lines)
    if dated and sum(1 for x in lines if _DESK.match(x)) >= 2:
        return 0.97
    phone = sum(1 for x in lines if (m := _PHONE.match(x) or _OLD.match(x)) and " : " in (m["rest"] or ""))
    if not phone and dated and "카카오톡" in lines[0]:
        phone = sum(1 for x in lines if (m := _SHORT.match(x)) and " : " in m["rest"])
    return 0.97 if phone >= 2 else 0.9 if phone else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the chat. Raises NearerError where no line is a message."""
    builder = ConversationBuilder(NAME)
    text = decode(source.words(), source.path.name)
    title = None
    if text.lstrip("\ufeff").startswith("Date,User,Message"):
        _read_table(text, builder)
    else:
        title = _read(lines_of(text), builder)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of KakaoTalk.")
    return builder.build(me=ME if ME in builder.speakers else None, title=title)


def _read(lines: list[str], builder: ConversationBuilder) -> str | None:
    """Add every message, and return the title."""
    title: str | None = None
    day: int | None = None
    held: tuple[int | None, int, str, list[str]] | None = None
    form = _form(lines)
    names = {m[1] for m in map(_DESK.match, lines) if m} | set(_OWNER) if form == "desk" else set()
    for number, line in enumerate(lines, 1):
        found = _DAY.match(line)
        phone = None if found else _PHONE.match(line) or _OLD.match(line)
        short = _SHORT.match(line) if form == "short" and not found and day is not None else None
        desk = _DESK.match(line) if form == "desk" and not found and day is not None else None
        aside = (
            form == "desk"
            and not desk
            and (_UNTIMED.match(line) or ((invited := _INVITED.match(line)) and invited[1] in names))
        )
        if (found or phone or short or desk or aside) and held:
            _add(builder, *held)
            held = None
        if found:
            day = _day(found[1])
        elif phone and phone["end"] == ":":
            builder.notice(phone["rest"], moment(_day(phone["day"]), phone["clock"]), number)
        elif phone:
            if phone["rest"]:
                held = (moment(_day(phone["day"]), phone["clock"]), number, phone["rest"], [])
        elif short:
            held = (moment(day, short["clock"]), number, short["rest"], [])
        elif desk:
            held = (moment(day, desk[2]), number, f"{desk[1]} : {desk[3]}", [])
        elif aside:
            builder.notice(line, line=number)
        elif held:
            held[3].append(line)
        elif number <= 3 and (name := _TITLE.match(line.lstrip("\ufeff"))):
            title = name["ko"] or name["en"] or name["pc"]
        elif line.strip() and number > 3:
            builder.notice(line.strip(), line=number)
    if held:
        _add(builder, *held)
    return title


def _form(lines: list[str]) -> str:
    """Whether lines have a day and a time, a time alone, or a name and a time in brackets."""
    if any((m := _PHONE.match(x) or _OLD.match(x)) and m["rest"] for x in lines):
        return "dated"
    return "desk" if any(_DESK.match(x) for x in lines) else "short"


def _read_table(text: str, builder: ConversationBuilder) -> None:
    csv.field_size_limit(1 << 27)
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(unix(text).replace("\0", ""), newline="")), 1):
            if number == 1 or not row:
                continue
            if len(row) != 3:
                builder.skip(number, "This row does not have three columns.")
                continue
            written, name, words = row
            try:
                time: int | None = epoch_ms(datetime.fromisoformat(written))
            except (ValueError, OverflowError):
                time = None
            if not name.strip() or (words.startswith(name) and _NOTICE.match(words)):
                builder.notice(words, time, number)
            else:
                _add(builder, time, number, f"{name} : {words}", [])
    except csv.Error:
        builder.skip(number + 1, "The table is damaged from here on.")


def _add(builder: ConversationBuilder, time: int | None, line: int, rest: str, more: list[str]) -> None:
    name, colon, text = rest.partition(" : ")
    text = _EMOTICON.sub("", "\n".join([text, *more]).rstrip("\n"))
    if not colon or len(name) > 60 or not name.strip():
        builder.notice("\n".join([rest, *more]).rstrip("\n"), time, line)
        return
    plain = text.strip().lower()
    if _CALL.match(plain):
        builder.notice(text, time, line)
        return
    kind: MessageKind = "deleted" if plain in _GONE else "media" if _MEDIA.match(plain) or not plain else "text"
    who = ME if name.strip() in _OWNER else clean_name(name) or "Unknown"
    builder.add(who, text if kind == "text" else "", time, kind, line)


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
