"""Signal, as signal-export writes it: data.json with one message a line, or chat.md (docs/sources/signal.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
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
_NAME = r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){0,400})\]"
_PICTURE = re.compile(
    rf"!?{_NAME}\((?:\./)?media/(\S{{0,400}}|[^)\n]{{0,400}})\)|{_NAME}\((?:\.\./)*exported_stickers/([^)\s]*)\)|\(media not exported\)"
)
"""Names of files may hold brackets, but no space; two spaces stand behind each."""
MENTION = "\ufffc"
"""What stands in a text where somebody is named; the export does not say who."""
_DELETED = "(This message was deleted)"
_CALL = re.compile(
    r"^(?:(?:Missed|Incoming|Outgoing|Answered|Declined) (?:(?:voice|video|group|adhoc) )?call|(?:Voice|Video|Group) call)"
    r"(?: \([^()]{1,40}\))?$",
    re.I,
)
_NOBODY = "No-Sender"
_NO_WORDS = "notice without words"
"""Signal's own records, such as a new timer or an accepted request: they bear a person's name, and nothing else."""


def sniff(head: Head) -> float:
    """The fields of data.json, or the bracketed lines of chat.md."""
    text = head.text.lstrip()
    if any(n.rsplit("/", 1)[-1] == "chat.md" for n in head.names):
        return 0.95
    if text.startswith("{"):
        keys = ('"date"', '"sender"', '"body"', '"quote"', '"reactions"', '"attachments"')
        return 0.95 if sum(k in text for k in keys) >= 5 else 0.0
    lines = text.split("\n")[:300]
    if not any(map(_LINE.match, lines)):
        return 0.0
    # WhatsApp has such stamps as well, but neither the line breaks of Markdown nor this file name.
    marked = _LINE.match(lines[0]) and re.search(r"^\[.*  \r?$", text, re.MULTILINE)
    return 0.99 if marked or head.name.endswith("chat.md") else 0.5


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
    text = body.replace(MENTION, "@").strip() if isinstance(body, str) else ""
    if row.get("call") or row.get("missed") or (len(text) < 80 and _CALL.match(text)):
        builder.notice(text or "call", time, number)
        return
    files = [a.get("name") or a.get("path") for a in _list(row, "attachments") if isinstance(a, dict)]
    deleted = bool(row.get("deleted")) or text == _DELETED
    if not (text or files or deleted or row.get("sticker")) and sender != "Me":
        builder.notice(_NO_WORDS, time, number)
        return
    kind: MessageKind = "deleted" if deleted else "text" if text else "media"
    attachment = next((str(f) for f in files if f), "sticker" if row.get("sticker") else None)
    quote = row.get("quote")
    answered = said.get(_quoted(str(quote).strip().split("\n"))) if quote else None
    place = builder.add(
        _who(sender), "" if deleted else text, time, kind, number, attachment=attachment, reply_to=answered,
        edited=bool(row.get("edits")), reactions=tuple(_reactions(row)),
    )  # fmt: skip
    if text and not deleted:
        said[text] = place


def _who(sender: str) -> str:
    return "Unknown" if sender == _NOBODY else sender


def _quoted(quote: list[str]) -> str:
    """The words of a quotation without the marks before its lines."""
    return "\n".join(x.removeprefix(">").removeprefix(" ").rstrip() for x in quote).strip()


def _reactions(row: dict[str, Any]) -> Iterator[Reaction]:
    """Written as [name, emoji], in newer exports as an object."""
    for given in _list(row, "reactions"):
        if isinstance(given, list) and len(given) == 2:
            yield Reaction(str(given[0]), str(given[1]))
        elif isinstance(given, dict):
            yield Reaction(str(given.get("name")), str(given.get("emoji")))


def _list(row: dict[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    return value if isinstance(value, list) else []


def _time(value: Any) -> int | None:
    """Milliseconds of the clock of the computer that made the export."""
    try:
        return epoch_ms(datetime.fromisoformat(value).replace(tzinfo=UTC)) if isinstance(value, str) else None
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
    quote, kept = _parted(body)
    reactions: tuple[Reaction, ...] = ()
    words = []
    pictures: list[re.Match[str]] = []
    for text in kept:
        # Files stand behind the reactions, on the same line.
        pictures += _PICTURE.finditer(text)
        bare = _PICTURE.sub("", text)
        if match := _REACTIONS.match(bare.strip()):
            pairs = (p.rpartition(": ") for p in match[1].split(", "))
            reactions = tuple(Reaction(w.strip(), e.strip()) for w, colon, e in pairs if colon)
        else:
            words.append(bare.removesuffix("  "))
    said = "\n".join(words).replace(MENTION, "@").strip()
    picture = pictures[0] if pictures else None
    sticker = bool(_STICKER.match(said))
    if _CALL.match(said) or not (said or picture or sender == "Me"):
        builder.notice(said or _NO_WORDS, time, line)
        return
    kind: MessageKind = "deleted" if said == _DELETED else "text" if said and not sticker else "media"
    attachment = (picture[1] or picture[2] or picture[4] or "media") if picture else "sticker" if sticker else None
    quoted = _quoted(quote)
    place = builder.add(
        _who(sender), said if kind == "text" else "", time, kind, line, attachment=attachment, reactions=reactions,
        reply_to=places.get(quoted),
    )  # fmt: skip
    if kind == "text":
        places[said] = place


def _parted(body: list[str]) -> tuple[list[str], list[str]]:
    """What a reply quotes above its own words, and is somebody else's; and the rest."""
    start = next((i for i, x in enumerate(body) if x.strip()), len(body))
    end = next((i for i, x in enumerate(body[start:], start) if not x.startswith(">")), len(body))
    return (body[start:end], body[end:]) if start and end > start else ([], body)
