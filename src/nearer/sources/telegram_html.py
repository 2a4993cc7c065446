"""Telegram Desktop's export as web pages: messages.html, messages2.html … (docs/sources/telegram.md).

A message that follows another of the same person has no name of its own; dates between messages are notices that the
page makes up, so they are not counted.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nearer.conversation import Conversation, ConversationBuilder, MessageKind, Reaction, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.page import folders, open_page, words
from nearer.sources.people import pick

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NAME = "telegram_html"
TITLE = "Telegram, as web pages"

_PAGE = re.compile(r"(?:^|/)messages(\d*)\.html$")
_DELETED = "Deleted account"
_VIA = re.compile(r"\s+via @\w+$")
"""The helper by which somebody found a picture, behind their name."""
_STAMP = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2}):(\d{2})(?: UTC([+-]\d{2}:\d{2}))?")


def sniff(head: Head) -> float:
    """The page's own classes."""
    if re.search(r'class="message (?:default|service)', head.text) and "from_name" in head.text:
        return 0.97
    pages = any(_PAGE.search(n) for n in head.names)
    return 0.9 if pages and not any(n.endswith("result.json") for n in head.names) else 0.0


def chats(source: Input) -> list[Chat]:
    """Every chat of the export, by its folder."""
    found = []
    for folder, pages in folders(source, _PAGE).items():
        tree = open_page(source, pages[0])
        count = len(tree.css("div.message.default")) if len(pages) == 1 else -1
        found.append(Chat(folder, words(tree.css_first(".page_header .text.bold")) or folder, count))
    return found


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat, all of its pages. Raises NearerError where it holds no messages."""
    found = folders(source, _PAGE)
    if not found:
        raise NearerError(f"{source.path.name} holds no messages.html of Telegram.")
    chosen = pick(chats(source), options, source.path.name)
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    places: dict[str, int] = {}
    number, sender = 0, _DELETED
    for page in found[chosen.id]:
        for node in open_page(source, page).css("div.message"):
            key = (node.attributes.get("id") or "").removeprefix("message")
            if key.startswith("-"):
                continue  # A date between messages.
            number += 1
            if "service" in (node.attributes.get("class") or ""):
                builder.notice(words(node.css_first(".body")), None, number)
                continue
            sender = _add(builder, node, key, number, sender, places)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of Telegram.")
    if not source.names and len(list(source.path.parent.glob("messages*.html"))) > 1:
        builder.note("Other pages of this chat lie in the same folder; name the folder to read all of them.")
    return builder.build(title=chosen.title)


def _add(
    builder: ConversationBuilder, node: LexborNode, key: str, number: int, before: str, places: dict[str, int]
) -> str:
    """Add a message, return who sent it."""
    body = node.css_first(".body")
    own = next((n for n in body.iter() if "from_name" in (n.attributes.get("class") or "")), None) if body else None
    sender = _VIA.sub("", words(own)) or before
    if body is None:
        builder.skip(number, "This message has no body.")
        return sender
    time, zoned = _time(body.css_first(".date.details"))
    if (call := body.css_first(".media_call .status")) is not None:
        builder.notice(f"{sender} call: {words(call)}", time, number)
        return sender
    if not zoned and builder.zoned:
        builder.zoned = False
        builder.note("Times are those of the computer that made the export.")
    text = words(body.css_first(".text")) or words(body.css_first(".media_poll .question"))
    link = body.css_first(".reply_to a")
    answered = re.search(r"go_to_message(\d+)", link.attributes.get("href") or "") if link is not None else None
    kind: MessageKind = "text" if text else "media"
    rare: dict[str, Any] = {
        "attachment": _attachment(body), "reactions": _reactions(body), "forwarded": body.css_first(".forwarded") is not None,
        "reply_to": places.get(answered[1]) if answered else None,
    }  # fmt: skip
    places[key] = builder.add(sender, text, time, kind, number, id=key or None, **rare)
    return sender


def _time(node: LexborNode | None) -> tuple[int | None, bool]:
    """Milliseconds, and whether they are UTC, of "13.02.2024 20:01:00 UTC+01:00"."""
    match = _STAMP.search((node.attributes.get("title") or "") if node is not None else "")
    if not match:
        return None, True
    day, month, year, clock = match[1], match[2], match[3], f"{match[4]}:{match[5]}:{match[6]}"
    try:
        return epoch_ms(datetime.fromisoformat(f"{year}-{month}-{day}T{clock}{match[7] or ''}")), bool(match[7])
    except (ValueError, OverflowError):
        return None, True


def _attachment(body: LexborNode) -> str | None:
    wrap = body.css_first(".media_wrap")
    if wrap is None:
        return None
    link = wrap.css_first("a[href]")
    return (link.attributes.get("href") if link is not None else None) or words(wrap.css_first(".title")) or "media"


def _reactions(body: LexborNode) -> tuple[Reaction, ...]:
    """Reactions whose givers the page names."""
    found = []
    for reaction in body.css(".reaction"):
        emoji = words(reaction.css_first(".emoji"))
        givers = (n.attributes.get("title") for n in reaction.css(".initials"))
        found += [Reaction(g, emoji) for g in givers if g]
    return tuple(found)
