"""Google Voice, from Google Takeout: a web page for each stretch of texting (docs/sources/google_chat.md)."""

from __future__ import annotations

import re
from datetime import datetime

from nearer.conversation import Conversation, ConversationBuilder, epoch_ms
from nearer.errors import NearerError
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.page import open_page, words
from nearer.sources.people import People, pick
from nearer.sources.tapbacks import Tapbacks

NAME = "google_voice"
TITLE = "Google Voice"

_PAGE = re.compile(r"(?:^|/)([^/]*?) - Text - [^/]*\.html$|(?:^|/)(Group Conversation) - [^/]*\.html$")


def sniff(head: Head) -> float:
    """The page's own classes, or the names of such pages."""
    return (
        0.97
        if re.search(r'class="[^"]*\bhChatLog\b', head.text)
        else 0.9
        if any(_PAGE.search(n) for n in head.names)
        else 0.0
    )


def chats(source: Input) -> list[Chat]:
    """One chat for each person, and one for each group."""
    return [Chat(name, name, len(pages)) for name, pages in _pages(source).items()]


def parse(source: Input, options: Options) -> Conversation:
    """Read one chat, all of its pages in order of time. Raises NearerError where it holds no messages."""
    pages = _pages(source)
    if not pages:
        raise NearerError(f"{source.path.name} holds no text messages of Google Voice.")
    listed = [Chat(name, name, -1) for name in pages]
    chosen = pick(listed, options, source.path.name).id
    builder = ConversationBuilder(NAME)
    builder.zoned = True
    people = People()
    people.name(ME, ME)
    rows: list[tuple[int, int, str, str, str | None]] = []
    number = 0
    for page in pages[chosen]:
        for node in open_page(source, page).css("div.message"):
            number += 1
            stamp = node.css_first("abbr.dt")
            time = _time(stamp.attributes.get("title") if stamp is not None else None)
            sender = node.css_first(".sender")
            if time is None or sender is None:
                builder.skip(number, "This message lacks its time or its sender.")
                continue
            name = words(sender.css_first(".fn"))
            phone = sender.css_first("a.tel")
            key = (phone.attributes.get("href") or "").removeprefix("tel:") if phone is not None else ""
            who = ME if name == ME else people.name(key or name, name or key)
            picture = node.css_first("img[src], video[src], a.video, a.audio, a.vcard")
            file = (
                (picture.attributes.get("src") or picture.attributes.get("href") or "media")
                if picture is not None
                else None
            )
            rows.append((time, number, who, words(node.css_first("q")), file))
    tapbacks = Tapbacks(builder)
    for time, place, who, text, file in sorted(rows, key=lambda r: r[:2]):
        said = "" if text in ("MMS Sent", "MMS Received") else text
        if not tapbacks.reads(who, said, time, place):
            tapbacks.said(
                builder.add(who, said, time, "text" if said else "media", place, attachment=file),
                said,
                file is not None,
            )
    tapbacks.finish()
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages in this chat.")
    return builder.build(me=ME if ME in builder.speakers else None, title=chosen)


def _pages(source: Input) -> dict[str, list[str | None]]:
    if not source.names:
        return {source.path.stem.split(" - Text - ")[0]: [None]}
    found: dict[str, list[str | None]] = {}
    for name in source.names:
        match = _PAGE.search(name)
        if match:
            # A group's pages do not say which group; each is a chat of its own.
            title = match[1] if match[1] is not None else name.rpartition("/")[2].removesuffix(".html")
            found.setdefault(title or "Unknown", []).append(name)
    return found


def _time(written: str | None) -> int | None:
    try:
        return epoch_ms(datetime.fromisoformat(written)) if written else None
    except (ValueError, OverflowError):
        return None
