"""Discord, as DiscordChatExporter writes it as plain text (docs/sources/discord.md)."""

from __future__ import annotations

import re

from nearer.conversation import Conversation, ConversationBuilder, MessageKind
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.discord import NOTICE, members
from nearer.sources.discord import chats as chats
from nearer.sources.discord_stamps import Stamps
from nearer.sources.text import MARKS, clean_name, decode, lines_of

NAME = "discord_txt"
TITLE = "Discord, as plain text"

_RULE = "=" * 62
_HEAD = re.compile(
    rf"^\[([{MARKS}]?\d{{1,4}}[{MARKS}]?[/.-][^\]\n]{{6,30}})\] (.{{1,80}}?)(?:#\d{{4}})?( \(pinned\))?$"
)
_BLOCK = re.compile(r"^\{(Attachments|Embed|Stickers|Reactions)\}$")
_ABOUT = re.compile(r"^(?:Guild|Channel|Topic|After|Before): ")
_COUNT = re.compile(r"^Exported [\d.,\s]+ message\(s\)$")


def sniff(head: Head) -> float:
    """The ruler and the name of the guild."""
    return (
        0.98
        if head.text.lstrip("\ufeff").startswith(_RULE) and "\nGuild: " in head.text[:400].replace("\r", "")
        else 0.0
    )


def parse(source: Input, options: Options) -> Conversation:
    """Read one channel. Raises NearerError where it holds no messages, or several are there and none is chosen."""
    parts = [lines_of(decode(source.read(m), source.path.name)) for m in members(source, options)]
    clock = Stamps([m[1] for lines in parts for m in map(_HEAD.match, lines) if m], options.dates)
    builder = ConversationBuilder(NAME)
    builder.zoned = clock.zoned
    for note in clock.notes:
        builder.note(note)
    title = next((x.removeprefix("Channel: ") for x in parts[0][:6] if x.startswith("Channel: ")), None)
    for lines in parts:
        _read(lines, builder, clock)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of Discord.")
    return builder.build(title=title)


def _read(lines: list[str], builder: ConversationBuilder, clock: Stamps) -> None:
    held: tuple[str, int | None, int, list[str]] | None = None
    for number, line in enumerate(lines, 1):
        match = _HEAD.match(line)
        if match and number > 2:
            if held:
                _add(builder, *held)
            held = (clean_name(match[2]), clock.read(match[1]), number, [])
        elif held:
            if line != _RULE and not _COUNT.match(line):
                held[3].append(line)
        elif line.strip() and line != _RULE and not _ABOUT.match(line):
            builder.skip(number, "It stands before the first message.")
    if held:
        _add(builder, *held)


def _add(builder: ConversationBuilder, name: str, time: int | None, line: int, body: list[str]) -> None:
    blocks: dict[str, list[str]] = {}
    said: list[str] = []
    into = said
    for text in body:
        if block := _BLOCK.match(text):
            into = blocks.setdefault(block[1], [])
        else:
            into.append(text)
    words = "\n".join(said).strip()
    if NOTICE.match(words):
        builder.notice(words, time, line)
        return
    files = [x for k in ("Attachments", "Stickers", "Embed") for x in blocks.get(k, []) if x.strip()]
    file = files[0].split("?")[0].rsplit("/", 1)[-1] if files else None
    kind: MessageKind = "text" if words else "media"
    builder.add(name, words, time, kind, line, attachment=file or None)
