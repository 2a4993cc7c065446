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
from nearer.sources.base import ME, Head, Input, Options
from nearer.sources.text import clean_name, decode, lines_of

NAME = "imessage_txt"
TITLE = "Messages, as text by imessage-exporter"

STAMP = re.compile(
    r"^(?P<indent>[ \t]*)(?P<date>[A-Z][a-z]{2} \d{1,2}, \d{4} {1,2}\d{1,2}:\d{2}:\d{2} [AP]M)"
    r"(?P<read> \(Read by .*\))?(?P<rest> \S.*)?$"
)
TAPBACK = re.compile(r"^(?P<what>\S.*?) by (?P<who>.+)$")
_FILE = re.compile(
    r"^(?:(?:/\S[^\n]*/|~/|\.{1,2}/|attachments/|[A-Z]:\\)\S.*\.\w{2,24}|/\S.*/[0-9a-f]{40}"
    r"|\S[^/:]{0,80}\.(?:heic|heif|jpe?g|png|gif|webp|tiff|mov|mp4|m4v|m4a|caf|amr|mp3|pdf|vcf|docx?|xlsx?|pptx?|zip|ics"
    r"|pluginPayloadAttachment))$",
    re.IGNORECASE,
)
"""The path or the name of a file that was sent; in a backup of a phone files have forty digits for a name."""
_UNSENT = re.compile(r"^(?P<who>.{1,60}) unsent a message[!.]$")
_PART_UNSENT = re.compile(
    r"^(?:.{1,60} unsent this message part(?: .{1,80} after sending)?!|(?:You|They) deleted a message\.)$"
)
_GONE = "This message was deleted from the conversation!"
HEARD = "Transcription: "
_TRANSLATED = "Translated from:"
_EDITED = re.compile(r"^Edited .{0,80}?later: *")
_EFFECT = re.compile(
    r"^Sent with (?:Confetti|Echo|Fireworks|Balloons|Heart|Lasers|Shooting Star|Sparkles|Spotlight|Slam|Loud|Gentle"
    r"|Invisible Ink)$"
)
_NO_WORDS = re.compile(
    r"^(?:Attachment missing!|(?:Started|Stopped) sharing location!|Shared location!"
    r"|(?:\w+ )?Sticker from .{1,60}: .*|Unable to format app message: .*|Digital Touch Message: .*"
    r"|Handwritten messages are not yet supported!)$"
)
_APP = re.compile(r"^(?:GamePigeon|[a-z]\w*(?:\.[\w-]+){2,}\S*) message:$", re.IGNORECASE)
"""What a game or another app shows stands below this, one line each."""
_CHECK_IN = re.compile(r"^(?:Expected|Was expected|Checked in) at [A-Z][a-z]{2} \d{1,2}, \d{4} ")
_REPLY = "This message responded to an earlier message."
_NOISE = (_REPLY, _GONE, "Unable to format announcement!")
Key = tuple[str, str]
"""Time and sender as written, by which a reply in a thread is found again in its own place."""


def sniff(head: Head) -> float:
    """Lines that hold a date as imessage-exporter writes it, and nothing else."""
    stamps = sum(1 for x in head.text.split("\n")[:400] if STAMP.match(x.rstrip("\r")))
    return 0.97 if stamps >= 2 else 0.9 if stamps else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read the file. Raises NearerError where it holds no message."""
    builder = ConversationBuilder(NAME)
    blocks: list[tuple[re.Match[str], int, list[str]]] = []
    before = ""
    for number, line in enumerate(lines_of(decode(source.words(), source.path.name)), 1):
        match = STAMP.match(line)
        # Where a message was edited, its first wording stands behind a time of its own, with no blank line before it.
        if match and not match["indent"] and not (match["rest"] and before.strip() and blocks):
            blocks.append((match, number, []))
        elif blocks:
            blocks[-1][2].append(line)
        elif line.strip():
            builder.skip(number, "It stands before the first line with a time.")
        before = line
    said: dict[Key, set[str]] = {}
    for stamp, _, lines in blocks:
        if lines and not stamp["rest"]:
            said.setdefault((stamp["date"], lines[0].strip()), set()).update(lines[1:])
    answered: dict[Key, int] = {}
    me: str | None = None
    for stamp, number, lines in blocks:
        own, replies = _without_thread(lines, said)
        _add(builder, stamp, number, own, replies, answered)
        if own and (stamp["read"] or "").startswith(" (Read by them after"):
            me = clean_name(own[0])  # Whoever made the export may have put a name for "Me".
    if not len(builder):
        raise NearerError(f"{source.path.name}: no message with a time and a sender was found in it.")
    me = ME if ME in builder.speakers else me
    return builder.build(me=me if me in builder.speakers else None)


def _without_thread(lines: list[str], said: dict[Key, set[str]]) -> tuple[list[str], list[Key]]:
    """A message's own lines, and the replies that are shown under it.

    Older versions indent only the first line of what a reply says; the others are known from its own place.
    """
    own: list[str] = []
    replies: list[Key] = []
    reply: set[str] | None = None
    for i, line in enumerate(lines):
        match = STAMP.match(line)
        if match and match["indent"]:
            if not match["rest"]:
                replies.append((match["date"], lines[i + 1].strip() if i + 1 < len(lines) else ""))
                reply = said.get(replies[-1], set())
        elif reply is None or not (line.startswith((" ", "\t")) or not line or line in reply):
            own.append(line)
            reply = None  # The next part of the message that is answered.
    return own, replies


def _add(
    builder: ConversationBuilder,
    stamp: re.Match[str],
    line: int,
    block: list[str],
    replies: list[Key],
    answered: dict[Key, int],
) -> None:
    time = moment(stamp)
    if stamp["rest"]:
        announce(builder, stamp["rest"].strip(), time, line)
        return
    sender = clean_name(block[0]) if block else ""
    if not sender:
        builder.skip(line, "A time without a sender or words.")
        return
    words, reactions, edited = _parts(block[1:])
    files = [w for w in words if _FILE.match(w.strip())]
    taken_back = [w for w in words if _PART_UNSENT.match(w)]
    shown = [w for w in words if w in files or _NO_WORDS.match(w)]
    said = "\n".join(
        w.removeprefix(HEARD) if files else w for w in words if w not in shown and w not in taken_back
    ).strip()
    gone = not shown and (taken_back or _GONE in block)
    kind: MessageKind = "text" if said else "deleted" if gone else "media"
    rare: dict[str, Any] = {"attachment": files[0].strip() if files else None, "reactions": reactions, "edited": edited}
    if _REPLY in block:
        rare["reply_to"] = answered.get((stamp["date"], block[0].strip()))
    place = builder.add(sender, said, time, kind, line, **rare)
    answered.update((key, place) for key in replies)


def moment(stamp: re.Match[str]) -> int | None:
    """Milliseconds since 1970 of a time as it stands; None where there is no such time."""
    try:
        return epoch_ms(datetime.strptime(re.sub(" +", " ", stamp["date"]), "%b %d, %Y %I:%M:%S %p"))
    except ValueError:
        return None


def announce(builder: ConversationBuilder, said: str, time: int | None, line: int) -> None:
    """Add what the app says of somebody: that a message was taken back, or a notice."""
    if unsent := _UNSENT.match(said):
        who = clean_name(unsent["who"])
        builder.add(ME if who == "You" else who, "", time, "deleted", line)
    else:
        builder.notice(said, time, line)


def _parts(lines: list[str]) -> tuple[list[str], tuple[Reaction, ...], bool]:
    """Words, tapbacks and whether the message was edited; of an edited message the last wording counts."""
    words: list[str] = []
    reactions: list[Reaction] = []
    listing = indented = edited = False
    unchanged: list[str] | None = None  # What stands before the part that was edited.
    for i, text in enumerate(lines):
        if text.strip() in ("Tapbacks:", "Reactions:"):
            # The list ends at a blank line, and in newer versions, which indent it, with the indentation.
            listing, indented = True, i + 1 < len(lines) and lines[i + 1].startswith("    ")
            continue
        was_listing = listing
        listing = listing and bool(text.strip()) and (not indented or text.startswith("    "))
        if was_listing and not text.strip():
            continue
        if listing:
            match = TAPBACK.match(text.strip())
            if match:
                reactions.append(Reaction(clean_name(match["who"]), match["what"]))
        elif text.strip() in _NOISE or _EFFECT.match(text):
            continue
        elif text == _TRANSLATED:
            words = []  # What was written stands below its translation.
        elif (first := STAMP.match(text)) and first["rest"]:
            unchanged = list(words)
            words.append(first["rest"].strip())
        elif unchanged is not None and (found := _EDITED.match(text)):
            words, edited = [*unchanged, text[found.end() :]], True
        else:
            words.append(text)
    if words and (_APP.match(words[0]) or words[0] == "SharePlay Message" or _CHECK_IN.match("".join(words[1:2]))):
        words = []
    return words, tuple(reactions), edited
