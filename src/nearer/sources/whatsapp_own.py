"""What the whole of a WhatsApp export tells: whose it is, with whom, and which lines are WhatsApp's own.

This is how languages that whatsapp_languages.py lacks are read: an app repeats itself, and iPhones put a mark before
what it writes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nearer.sources import whatsapp_words as words
from nearer.sources.text import clean_name, plain

_OWN_MARK = "\u200e"
_OFTEN = 3
_SHORT = 40
_LONG = 300
"""No notice is longer; the longest tell when messages disappear."""
_TITLE = re.compile(
    r"(?:whatsapp[- ]chat(?: with| mit| met| -)|chat (?:de |do |di )?whatsapp (?:con|com|avec)|conversa (?:do|no) whatsapp com"
    r"|discussion whatsapp avec|чат whatsapp с(?: контактом)?|צ'אט whatsapp עם|دردشة واتساب مع) (.+?)(?: ?\(\d+\))?\.(?:txt|zip)$",
    re.IGNORECASE,
)


class Learned(NamedTuple):
    """Whole texts that stand for files, whole texts that are notices, and remarks that say a message was changed."""

    media: frozenset[str]
    notices: frozenset[str]
    edits: frozenset[str]


def learn(said: Sequence[tuple[str | None, str]], bracket: bool) -> Learned:
    """Look for WhatsApp's own lines in a language that is not listed."""
    whole: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    marked: dict[str, str] = {}
    for sender, text in said:
        if sender is None or not text or len(text) > 2000:
            continue
        if text[-1] == ">" and (what := words.tail(text)) and (" " in what or not what.isascii()):
            (whole if text.strip()[0] == "<" else tails)[text if text.strip()[0] == "<" else what] += 1
        if bracket and text[0] == _OWN_MARK and _is_unknown(text):
            whole[text] += 1
            marked[text] = sender
    media = {t for t, n in whole.items() if n >= _OFTEN and t not in marked}
    for text, sender in marked.items():
        bare = plain(text).strip()
        named = bare.startswith(sender) or len(bare) > _SHORT or bare[-1:] in ".。।"
        if not named and whole[text] > 1:
            media.add(text)
    return Learned(
        frozenset(media),
        frozenset(t for t in marked if t not in media),
        frozenset(t for t, n in tails.items() if n >= _OFTEN),
    )


def _is_unknown(text: str) -> bool:
    if "\n" in text or not plain(text).strip() or words.kind_of(text) or words.sent_with(text):
        return False
    if len(text) > words.LONGEST and (len(text) > _LONG or re.search(r"[?!]|://", text)):
        return False
    return words.unedited(text) is None and not words.SENT.match(plain(text))


def holder(speakers: Iterable[str], deleters: set[str], opening: str, files: Sequence[str]) -> str | None:
    """Who made the export, where it says so: the one of whom "You deleted this message" is said, or the other one than
    the file is named after, or the first notice (`opening`)."""
    pair = list(speakers)
    if len(deleters) == 1:
        return next(iter(deleters))
    if len(pair) != 2:
        return None
    named = [s for s in pair if any(_names(s, f) for f in files)]
    if not named and (first := clean_name(opening.partition(": ")[0])) in pair:
        named = [first]  # In a chat of two, the first notice carries the name of the other one.
    return next(s for s in pair if s != named[0]) if len(named) == 1 else None


def title(file: str) -> str | None:
    """Whom or which group the chat is with, from the name that WhatsApp gave the file."""
    match = _TITLE.search(file.rpartition("/")[2].replace("_", " "))
    return match[1].strip() if match else None


def _names(speaker: str, file: str) -> bool:
    """Whether a file carries somebody's name, as "WhatsApp Chat with Ana.txt" does."""
    stem = re.sub(r" ?\(\d+\)$", "", plain(file).rpartition("/")[2].rpartition(".")[0].replace("_", " ")).casefold()
    wanted = speaker.casefold().replace("_", " ")
    if "whatsapp" not in stem and "واتساب" not in stem:
        return False
    return stem.endswith((f" {wanted}", f"-{wanted}")) or stem.startswith(
        (f"{wanted} ", f"{wanted}님", f"{wanted}さん")
    )
