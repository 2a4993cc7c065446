"""LINE's "Export chat history": a day, then a line for each message, parted by tabs (docs/sources/line.md)."""

from __future__ import annotations

import re

from nearer.conversation import Conversation, ConversationBuilder, MessageKind
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.dates import Fields, day_number, decide, seconds_of_day
from nearer.sources.text import clean_name, decode, lines_of

NAME = "line"
TITLE = "LINE"

_HALF = r"(?:上午|下午|午前|午後|오전|오후|[AaPp]\.?[Mm]\.?)"
_DAY = re.compile(
    r"^(?:[^\W\d]{2,10}\.?, ?)?(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})\.? ?(?:[(（][^()（）]{1,12}[)）]|[^\W\d]{1,12})?$"
)
_ROW = re.compile(rf"^({_HALF}? ?\d{{1,2}}:\d\d ?{_HALF}?)\t([^\t\n]*)(?:\t(.*))?$", re.DOTALL)
_TITLE = re.compile(
    r"^\[LINE\] ?(?:Chat history (?:with|in) )?(.*?)(?:とのトーク履歴|のトーク履歴|님과의 대화|的聊天記錄|的聊天记录)?$"
)
_MEDIA = re.compile(
    r"^\[(?:Photo|Sticker|Video|Voice message|File|Contact|Location|Album|写真|スタンプ|動画|ボイスメッセージ|ファイル|連絡先|位置情報|アルバム"
    r"|照片|貼圖|影片|語音訊息|檔案|位置訊息|사진|스티커|동영상|음성메시지|파일)\].{0,60}$"
)
_GONE = re.compile(r"(?:unsent a message|メッセージの送信を取り消しました|已收回訊息|메시지를 삭제했습니다)\.?$")


def sniff(head: Head) -> float:
    """The app's name in the first line, or days and rows as it writes them."""
    lines = [x.rstrip("\r") for x in head.text.lstrip("\ufeff").split("\n")[:300]]
    rows = sum(1 for x in lines if _ROW.match(x))
    if lines and lines[0].startswith("[LINE]"):
        return 0.98 if rows else 0.6
    return 0.96 if rows >= 2 and any(_DAY.match(x) for x in lines) else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the chat. Raises NearerError where no line is a message."""
    lines = lines_of(decode(source.words(), source.path.name))
    days = [tuple(int(x) for x in m.groups()) for m in map(_DAY.match, lines) if m]
    order, note = decide([(d[0], d[1], d[2]) for d in days], options.dates, "mdy") if days else ("ymd", None)
    builder = ConversationBuilder(NAME)
    if note:
        builder.note(note)
    title = _TITLE.match(lines[0].lstrip("\ufeff")) if lines else None
    day: int | None = None
    held: tuple[re.Match[str], int, int | None, list[str]] | None = None
    for number, line in enumerate(lines, 1):
        found, row = _DAY.match(line), _ROW.match(line)
        if found or row:
            if held:
                _add(builder, *held)
            held = (row, number, day, []) if row else None
        if found:
            fields: Fields = (int(found[1]), int(found[2]), int(found[3]))
            day = day_number(fields, order)
        elif row:
            continue
        elif held:
            held[3].append(line)
        elif line.strip() and number > 3:
            builder.skip(number, "It stands before the first message.")
    if held:
        _add(builder, *held)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of LINE.")
    return builder.build(title=(title[1] or None) if title else None)


def _add(builder: ConversationBuilder, row: re.Match[str], line: int, day: int | None, more: list[str]) -> None:
    second = seconds_of_day(row[1])
    time = (day * 86400 + second) * 1000 if day is not None and second is not None else None
    text = "\n".join([row[3] or "", *more]).rstrip("\n")
    name = clean_name(row[2])
    if text.startswith('"') and text.endswith('"') and "\n" in text:
        text = text[1:-1].replace('""', '"')
    if row[3] is None or not name:
        gone = _GONE.search(row[2])
        builder.notice(
            "\n".join([text or row[2], *(more if row[3] is None and not text else [])]) if not gone else row[2],
            time,
            line,
        )
    elif text.startswith("☎"):
        builder.notice(text, time, line)
    else:
        kind: MessageKind = "deleted" if _GONE.search(text) else "media" if _MEDIA.match(text) or not text else "text"
        builder.add(name, text if kind == "text" else "", time, kind, line)
