"""Messages of Facebook and Instagram as web pages, the form they offer first (docs/sources/messenger.md).

The newest message stands at the top of message_1.html. Who speaks, the words and the time each have a class of their
own, which has stayed the same since 2021; before that they had others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nearer.conversation import Conversation, ConversationBuilder
from nearer.errors import NearerError
from nearer.sources.base import Chat, Head, Input, Options
from nearer.sources.clock import Clock
from nearer.sources.messenger import add_message
from nearer.sources.months import moment
from nearer.sources.page import folders, open_page, words
from nearer.sources.people import pick

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NAME = "messenger_html"
TITLE = "Facebook Messenger and Instagram, as web pages"

_PAGE = re.compile(r"(?:^|/)message_(\d+)\.html$")
_BOX, _NAME, _WORDS, _TIME = "._a6-g, ._2pi0", "._a6-h, ._2pio", "._a6-p, ._2let", "._a6-o, ._2lem"
_GIVEN = re.compile(r"^([^\w\s]+)\s*(.+?)(?: ?\([^()]*\d{4}[^()]*\))?$")
"""A reaction: the symbol, who gave it, and sometimes when."""


def sniff(head: Head) -> float:
    """Pages called message_1.html, or the classes of one."""
    if any(_PAGE.search(n) for n in head.names):
        return 0.9 if not any(re.search(r"(?:^|/)message_\d+\.json$", n) for n in head.names) else 0.0
    page = head.text.lstrip("\ufeff \r\n\t")[:15].lower().startswith(("<html", "<!doctype html"))
    marked = re.search(r'class="[^"]*\b_a6-g\b', head.text) and re.search(r'class="[^"]*\b_a6-h\b', head.text)
    return 0.93 if page and (marked or _PAGE.search(head.name)) else 0.0


def chats(source: Input) -> list[Chat]:
    """Every thread of the export, by its folder."""
    found = []
    for folder, pages in _threads(source).items():
        tree = open_page(source, pages[0])
        title = words(tree.css_first("h1")) or words(tree.css_first("title")) or folder.rpartition("/")[2]
        found.append(Chat(folder, title, -1))
    return found


def parse(source: Input, options: Options) -> Conversation:
    """Read one thread, all of its pages, oldest message first. Raises NearerError where it holds no messages."""
    threads = _threads(source)
    chosen = pick(chats(source), options, source.path.name)
    found: list[dict[str, Any] | None] = []
    for page in threads[chosen.id]:
        found += [_message(box) for box in open_page(source, page).css(_BOX) if box.css_first(_TIME) is not None]
    found.reverse()
    builder = ConversationBuilder(NAME)
    names = {str(m["sender_name"]).split(" ", 1)[0] for m in found if m}
    unread = 0
    clock = Clock([m["time"] for m in found if m and moment(m["time"]) is None], options.dates)
    for note in clock.notes:
        builder.note(note)
    for number, m in enumerate(found, 1):
        if m is None:
            builder.skip(number, "This message does not say whose it is.")
            continue
        time = moment(m["time"]) or clock.read(m["time"])
        unread += time is None
        add_message(builder, m, time, number, names)
    if not len(builder):
        raise NearerError(f"{source.path.name} holds no messages of Facebook or Instagram.")
    if unread:
        builder.note(f"{unread} messages have a time in a form that could not be read; their words were kept.")
    builder.note("Times are as the page shows them; ask for JSON to have them in UTC.")
    if _PAGE.search(source.path.name) and len(list(source.path.parent.glob("message_*.html"))) > 1:
        builder.note("Other parts of this chat lie in the same folder; name the folder to read all of them.")
    return builder.build(title=chosen.title)


def _threads(source: Input) -> dict[str, list[str | None]]:
    """Thread folder -> its pages in order, newest first."""
    return folders(source, _PAGE, r".*?messages/")


def _message(box: LexborNode) -> dict[str, Any] | None:
    """The same fields that the JSON export has."""
    sender = words(box.css_first(_NAME))
    body = box.css_first(_WORDS)
    if not sender or body is None:
        return None
    given = [m for li in body.css("ul li") if (m := _GIVEN.match(words(li)))]
    files = [n.attributes.get("src") or n.attributes.get("href") for n in body.css("img, video, audio, a[href]")]
    message: dict[str, Any] = {
        "sender_name": sender, "time": words(box.css_first(_TIME)), "content": _text(body),
        "reactions": [{"reaction": m[1], "actor": m[2].strip()} for m in given],
    }  # fmt: skip
    if kept := [{"uri": f} for f in files if f]:
        message["files"] = kept
    return message


def _text(body: LexborNode) -> str:
    """What was written: the first of the parts with words. The others tell of what was sent with it."""
    outer = next((n for n in body.iter() if n.tag == "div"), body)
    parts = list(outer.iter()) or [outer]
    for part in parts:
        if part.tag == "div" and part.css_first("ul, img, video, audio") is None and (said := words(part)):
            return said
    return "" if any(n.tag == "div" for n in parts) else words(outer)
