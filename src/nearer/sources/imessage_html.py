"""Web pages written by imessage-exporter, one a chat (docs/sources/imessage.md).

A message is a box with its time, its sender, and a part for each thing that was sent. Threads are shown twice, in their
place and under the message they answer; only the first counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction
from nearer.errors import NearerError
from nearer.sources.base import Head, Input, Options
from nearer.sources.imessage_txt import HEARD, STAMP, TAPBACK, Key, announce, moment
from nearer.sources.page import open_page
from nearer.sources.text import clean_name

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NAME = "imessage_html"
TITLE = "Messages, as web pages by imessage-exporter"

_BOX = re.compile(r'<div class ?="(?:message|announcement)"')
_SAID = ".subject, .bubble, .transcription, .edited, .app > a[href^=http]"
_FILE = ".attachment [src], .attachment a[href], .sticker [src], .message_part > [src], .message_part > video [src]"


def sniff(head: Head) -> float:
    """Boxes of messages that have a time."""
    page = head.text.lstrip("\ufeff \r\n\t").startswith("<html")
    return 0.96 if page and _BOX.search(head.text) and '<span class="timestamp">' in head.text else 0.0


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat. Raises NearerError where it holds no messages."""
    tree = open_page(source, source.main_member() if source.names else None)
    for line in tree.css("br"):
        line.replace_with("\n")
    replies = _threads(tree.css(".replies"))
    builder = ConversationBuilder(NAME)
    answered: dict[Key, int] = {}
    me = None
    for number, box in enumerate(tree.css("div.message, div.announcement"), 1):
        stamp, sender = STAMP.match(_plain(box.css_first(".timestamp"))), _plain(box.css_first(".sender"))
        time = moment(stamp) if stamp else None
        if "announcement" in (box.attributes.get("class") or ""):
            announce(builder, _plain(box).removeprefix(stamp["date"] if stamp else "").strip(), time, number)
        elif not clean_name(sender):
            builder.skip(number, "This message does not say whose it is.")
        else:
            place = _add(builder, box, sender, time, number, answered.get((stamp["date"] if stamp else "", sender)))
            answered.update((k, place) for k in replies.get(box.mem_id, ()))
            if box.css_first(".sent") is not None:
                me = clean_name(sender)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of imessage-exporter.")
    return builder.build(me=me)


def _threads(found: list[LexborNode]) -> dict[int, list[Key]]:
    """Box of a message -> time and sender of what answers it, which is taken out of the box."""
    replies: dict[int, list[Key]] = {}
    for thread in reversed(found):  # What lies within another thread goes first.
        above = thread.parent
        while above is not None and above.attributes.get("class") != "message":
            above = above.parent
        for box in thread.css(".message"):
            stamp = STAMP.match(_plain(box.css_first(".timestamp")))
            if above is not None and stamp:
                replies.setdefault(above.mem_id, []).append((stamp["date"], _plain(box.css_first(".sender"))))
        thread.decompose()
    return replies


def _add(
    builder: ConversationBuilder, box: LexborNode, sender: str, time: int | None, number: int, reply_to: int | None
) -> int:
    files = [n.attributes.get("src") or n.attributes.get("href") for n in box.css(_FILE)]
    said = "\n".join(filter(None, map(_said, box.css(_SAID))))
    shown = box.css_first(
        ".attachment, .attachment_error, .sticker, .app, .shareplay, .shared_location, img, video, audio"
    )
    gone = shown is None and box.css_first(".unsent, .deleted") is not None
    kind: MessageKind = "text" if said else "deleted" if gone else "media"
    given = (TAPBACK.match(_plain(mark.parent)) for mark in box.css(".tapbacks b, .reactions b"))
    rare: dict[str, Any] = {
        "attachment": next(filter(None, files), None), "edited": box.css_first(".edited table") is not None,
        "reactions": tuple(Reaction(clean_name(m["who"]), m["what"]) for m in given if m), "reply_to": reply_to,
    }  # fmt: skip
    return builder.add(clean_name(sender), said, time, kind, number, **rare)


def _said(node: LexborNode) -> str:
    """What somebody wrote, line breaks kept; of what was edited the last wording, of a page its address."""
    if node.tag == "a":
        return node.attributes.get("href") or ""
    if "edited" in (node.attributes.get("class") or ""):
        wordings = node.css("td:last-child")
        return wordings[-1].text().strip() if wordings else ""
    return node.text().strip().removeprefix(HEARD)


def _plain(node: LexborNode | None) -> str:
    """The words of an element on one line."""
    return " ".join(node.text().split()) if node is not None else ""
