"""Signal, as signal-export writes it: data.json with one message a line, or chat.md (docs/sources/signal.md)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.people import pick
from nearer.sources.records import buffer, lines
from nearer.sources.text import decode, lines_of

NAME = "signal"
TITLE = "Signal"

_LINE = re.compile(r"^\[(\d{4}-\d{2}-\d{2}),? (\d{2}:\d{2}(?::\d{2})?)\] (.*?): ?(.*)$")
_REACTIONS = re.compile(r"^\(- (.*) -\)$")
_STICKER = re.compile(r"^\(\( .* \)\)$")
_PICTURE = re.compile(
    r"!?\[([^\]]*)\]\((?:\./)?media/([^)]*)\)|\[[^\]]*\]\((?:\.\./)*exported_stickers/([^)]*)\)|\(media not exported\)"
)
_DELETED = "(This message was deleted)"
_CALL = re.compile(
    r"^(?:(?:Missed|Incoming|Outgoing|Answered|Declined) (?:(?:voice|video|group|adhoc) )?call|(?:Voice|Video|Group) call)"
    r"(?: \([^()]{1,40}\))?$",
    re.I,
)
_NOBODY = "No-Sender"


def sniff(head: Head) -> float:
    """The fields of data.json, or the bracketed lines of chat.md."""
    text = head.text.lstrip()
    if text.startswith("{"):
        keys = ('"date"', '"sender"', '"body"', '"quote"', '"reactions"', '"attachments"')
        return 0.95 if sum(k in text[:4000] for k in keys) >= 5 else 0.0
    stamps = sum(1 for x in text.split("\n")[:300] if _LINE.match(x))
    if not stamps:
        return 0.0
    # WhatsApp has such stamps as well, but neither the line breaks of Markdown nor this file name.
    marked = head.name.endswith("chat.md") or re.search(r"^\[.*  \r?$", text, re.MULTILINE)
    return 0.99 if marked else 0.5


def chats(source: Input) -> list[Chat]:
    """The folder of every conversation in the export."""
    return [Chat(f, f.rsplit("/", 1)[-1], -1) for f in _folders(source)]


def parse(source: Input, options: Options) -> Conversation:
    """Read one conversation. Raises NearerError where none is clearly meant."""
    member, title = None, None
    if source.names:
        folders = _folders(source)
        chosen = pick([Chat(f, f.rsplit("/", 1)[-1], -1) for f in folders], options, source.path.name)
        member, title = folders[chosen.id], chosen.title or None
    builder = ConversationBuilder(NAME)
    data = buffer(source, member)
    if bytes(data[:200]).lstrip()[:1] == b"{":
        said: dict[str, int] = {}
        for number, row in lines(data):
            _add_record(builder, row, number, said)
    else:
        _read_markdown(builder, decode(bytes(data), source.path.name))
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of Signal.")
    return builder.build(me="Me" if "Me" in builder.speakers else None, title=title)


def _folders(source: Input) -> dict[str, str]:
    """Folder -> the file that is read: data.json, or where there is none, chat.md."""
    found: dict[str, str] = {}
    for wanted in ("chat.md", "data.json"):
        for name in source.names:
            folder, _, file = name.rpartition("/")
            if file == wanted:
                found[folder or source.path.stem] = name
    return found


def _add_record(builder: ConversationBuilder, row: dict[str, Any] | None, number: int, said: dict[str, int]) -> None:
    """Add one message; `said` finds the latest message with the words that a reply quotes."""
    sender = row.get("sender") if row else None
    if row is None or not isinstance(sender, str):
        builder.skip(number, "This line is not a message of Signal.")
        return
    time = _time(row.get("date"))
    body = row.get("body")
    text = body.strip() if isinstance(body, str) else ""
    if row.get("call") or row.get("missed") or (len(text) < 80 and _CALL.match(text)) or sender == _NOBODY:
        builder.notice(text or "call", time, number)
        return
    files = [a.get("name") or a.get("path") for a in _list(row, "attachments") if isinstance(a, dict)]
    deleted = bool(row.get("deleted")) or text == _DELETED
    kind: MessageKind = "deleted" if deleted else "text" if text else "media"
    given = [r for r in _list(row, "reactions") if isinstance(r, list) and len(r) == 2]
    named = [Reaction(str(r.get("name")), str(r.get("emoji"))) for r in _list(row, "reactions") if isinstance(r, dict)]
    attachment = next((str(f) for f in files if f), "sticker" if row.get("sticker") else None)
    quoted = _quoted(str(row.get("quote") or "").strip().split("\n"))
    place = builder.add(
        sender, "" if deleted else text, time, kind, number, attachment=attachment, reply_to=said.get(quoted),
        reactions=(*(Reaction(str(w), str(e)) for w, e in given), *named),
    )  # fmt: skip
    if text and not deleted:
        said[text] = place


def _quoted(quote: list[str]) -> str:
    """The words of a quotation without the marks before its lines."""
    return "\n".join(x.removeprefix(">").removeprefix(" ").rstrip() for x in quote).strip()


def _list(row: dict[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    return value if isinstance(value, list) else []


def _time(value: Any) -> int | None:
    """Milliseconds of the clock of the computer that made the export."""
    try:
        return epoch_ms(datetime.fromisoformat(value).replace(tzinfo=None)) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def _read_markdown(builder: ConversationBuilder, text: str) -> None:
    head: tuple[int, int | None, str] | None = None
    body: list[str] = []
    said: dict[str, int] = {}
    for number, line in enumerate(lines_of(text), 1):
        match = _LINE.match(line)
        if match:
            if head:
                _add_block(builder, *head, body, said)
            head, body = (number, _time(f"{match[1]}T{match[2]}"), match[3]), [match[4]]
        elif head:
            body.append(line)
        elif line.strip():
            builder.skip(number, "It stands before the first message.")
    if head:
        _add_block(builder, *head, body, said)


def _add_block(
    builder: ConversationBuilder, line: int, time: int | None, sender: str, body: list[str], places: dict[str, int]
) -> None:
    # What a reply answers is quoted above it, and is somebody else's.
    kept = [x for x in body if not x.startswith(">")] if not body[0].strip() else body
    reactions: tuple[Reaction, ...] = ()
    words = []
    for text in kept:
        if match := _REACTIONS.match(text.strip()):
            pairs = (p.rpartition(": ") for p in match[1].split(", "))
            reactions = tuple(Reaction(w.strip(), e.strip()) for w, colon, e in pairs if colon)
        else:
            words.append(text.removesuffix("  "))
    said = "\n".join(words).strip()
    picture = _PICTURE.search(said)
    said = _PICTURE.sub("", said).strip()
    sticker = bool(_STICKER.match(said))
    if _CALL.match(said) or sender == _NOBODY:
        builder.notice(said, time, line)
        return
    kind: MessageKind = "deleted" if said == _DELETED else "text" if said and not sticker else "media"
    attachment = (picture[1] or picture[2] or picture[3] or "media") if picture else "sticker" if sticker else None
    quoted = _quoted([x for x in body if x.startswith(">")]) if not body[0].strip() else ""
    place = builder.add(
        sender, said if kind == "text" else "", time, kind, line, attachment=attachment, reactions=reactions,
        reply_to=places.get(quoted),
    )  # fmt: skip
    if kind == "text":
        places[said] = place
