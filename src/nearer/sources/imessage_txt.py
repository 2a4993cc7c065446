"""Text files written by imessage-exporter (docs/sources/imessage.md).

A message is a line with its time, a line with its sender, then its words up to the next line with a time. Threads are
shown twice, in their place and, indented, under the message they answer; only the first counts.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.text import clean_name, decode, lines_of

NAME = "imessage_txt"
TITLE = "Messages, as text by imessage-exporter"

_STAMP = re.compile(
    r"^(?P<indent>[ \t]*)(?P<date>[A-Z][a-z]{2} \d{1,2}, \d{4} {1,2}\d{1,2}:\d{2}:\d{2} [AP]M)"
    r"(?P<read> \(Read by .*\))?(?P<rest> \S.*)?$"
)
_TAPBACK = re.compile(r"^(?P<what>\S.*?) by (?P<who>.+)$")
_FILE = re.compile(
    r"^(?:(?:/|~/|\.{0,2}/|attachments/|[A-Z]:\\)\S.*\.\w{2,5}"
    r"|\S[^/:]{0,80}\.(?:heic|heif|jpe?g|png|gif|webp|tiff|mov|mp4|m4v|m4a|caf|amr|mp3|pdf|vcf|pluginPayloadAttachment))$",
    re.IGNORECASE,
)
_UNSENT = re.compile(r"^(?P<who>.{1,60}) unsent (?:a|this) message(?: part)?\b.*$")
_GONE = "This message was deleted from the conversation!"
_HEARD = "Transcription: "
_TRANSLATED = "Translated from:"
_EDITED = re.compile(r"^Edited (?:.{1,80}? (?:later|ago):? ?|.{1,40}: ?)")
_EFFECT = re.compile(
    r"^Sent with (?:Confetti|Echo|Fireworks|Balloons|Heart|Lasers|Shooting Star|Sparkles|Spotlight|Slam|Loud|Gentle"
    r"|Invisible Ink)$"
)
_NO_WORDS = re.compile(
    r"^(?:Attachment missing!|SharePlay Message\nEnded|(?:Started|Stopped) sharing location!|Shared location!"
    r"|(?:\w+ )?Sticker from [^\n]{1,200})$"
)
_REPLY = "This message responded to an earlier message."
_NOISE = (_REPLY, _GONE, "Unable to format announcement!")
Key = tuple[str, str]
"""Time and sender as written, by which a reply in a thread is found again in its own place."""


def sniff(head: Head) -> float:
    """Lines that hold a date as imessage-exporter writes it, and nothing else."""
    stamps = sum(1 for x in head.text.split("\n")[:400] if _STAMP.match(x.rstrip("\r")))
    return 0.97 if stamps >= 2 else 0.9 if stamps else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the file. Raises NearerError where it holds no message."""
    lines = lines_of(decode(source.words(), source.path.name))
    builder = ConversationBuilder(NAME)
    block: list[str] = []
    head: tuple[re.Match[str], int] | None = None
    inside_thread = False
    answered: dict[Key, int] = {}
    replies: list[Key] = []
    for number, line in enumerate(lines, 1):
        match = _STAMP.match(line)
        if match and match["indent"]:
            inside_thread = True
            replies.append((match["date"], lines[number].strip() if number < len(lines) else ""))
        elif match and match["rest"] and len(block) == 1:
            block.append(line)  # Where a message was edited, its first wording stands behind a time of its own.
        elif match:
            if head:
                _add(builder, *head, block, replies, answered)
            head, block, inside_thread, replies = (match, number), [], False, []
        elif head is None:
            if line.strip():
                builder.skip(number, "It stands before the first line with a time.")
        elif not (inside_thread and (line.startswith((" ", "\t")) or not line)):
            block.append(line)
            inside_thread = False  # The next part of the message that is answered.
    if head:
        _add(builder, *head, block, replies, answered)
    if not len(builder):
        raise NearerError(f"{source.path.name}: no message with a time and a sender was found in it.")
    return builder.build(me="Me" if "Me" in builder.speakers else None)


def _add(
    builder: ConversationBuilder,
    stamp: re.Match[str],
    line: int,
    block: list[str],
    replies: list[Key],
    answered: dict[Key, int],
) -> None:
    try:
        time: int | None = epoch_ms(datetime.strptime(re.sub(" +", " ", stamp["date"]), "%b %d, %Y %I:%M:%S %p"))
    except ValueError:
        time = None
    if stamp["rest"]:
        if unsent := _UNSENT.match(stamp["rest"].strip()):
            who = clean_name(unsent["who"])
            builder.add("Me" if who == "You" else who, "", time, "deleted", line)
        else:
            builder.notice(stamp["rest"].strip(), time, line)
        return
    sender = clean_name(block[0]) if block else ""
    if not sender:
        builder.skip(line, "A time without a sender or words.")
        return
    words, reactions, edited = _parts(block[1:])
    files = [w for w in words if _FILE.match(w.strip())]
    said = "\n".join(w.removeprefix(_HEARD) if files else w for w in words if w not in files).strip()
    kind: MessageKind = "text" if said else "deleted" if _GONE in block and not files else "media"
    if _UNSENT.match(said):
        said, kind = "", "deleted"
    elif _NO_WORDS.match(said):
        said, kind = "", "media"
    rare: dict[str, Any] = {"attachment": files[0].strip() if files else None, "reactions": reactions, "edited": edited}
    if _REPLY in block:
        rare["reply_to"] = answered.get((stamp["date"], block[0].strip()))
    place = builder.add(sender, said, time, kind, line, **rare)
    answered.update((key, place) for key in replies)


def _parts(lines: list[str]) -> tuple[list[str], tuple[Reaction, ...], bool]:
    """Words, tapbacks and whether the message was edited; of an edited message the last wording counts."""
    words: list[str] = []
    reactions: list[Reaction] = []
    listing = edited = False
    for text in lines:
        if text.strip() in ("Tapbacks:", "Reactions:"):
            listing = True
        elif listing:
            match = _TAPBACK.match(text.strip())
            if match:
                reactions.append(Reaction(clean_name(match["who"]), match["what"]))
            listing = bool(text.strip())
        elif text.strip() in _NOISE or _EFFECT.match(text):
            continue
        elif text == _TRANSLATED:
            words = []  # What was written stands below its translation.
        elif not words and (first := _STAMP.match(text)) and first["rest"]:
            words.append(first["rest"].strip())
        elif found := _EDITED.match(text):
            words, edited = [text[found.end() :]], True
        else:
            words.append(text)
    return words, tuple(reactions), edited
