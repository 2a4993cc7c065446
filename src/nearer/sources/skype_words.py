"""The marked-up words of Skype: what a person saw of them, and what the marks around them tell."""

from __future__ import annotations

import html
import re

_QUOTE = re.compile(r"<quote\b[^<>]*>(?:(?!<quote\b).)*?</quote>", re.DOTALL | re.IGNORECASE)
_DEEP = 4
"""How often quotations are taken out, the innermost first."""
_QUOTED = re.compile(r'<quote\b[^<>]*\bmessageid="(\d{1,20})"', re.IGNORECASE)
_EDIT = re.compile(r"<e_m\b[^<>]*/?>(?:</e_m>)?", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:Edited previous message|Bearbeitete vorherige Nachricht): ", re.IGNORECASE)
_OBJECT = re.compile(r"<URIObject\b.*?(?:</URIObject>|$)", re.DOTALL)
_BREAK = re.compile(r"<br ?/?>|</p>\s*<p\b[^<>]*>|</div>\s*<div\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>")
_NAME = re.compile(r'<OriginalName\b[^<>]*\bv="([^"<>]{1,300})"', re.IGNORECASE)
_HEADING = re.compile(r'<URIObject\b[^<>]*\btitle="([^"<>]{1,2000})"', re.IGNORECASE)
_CALL = re.compile(r'<partlist\b[^<>]*\btype="(\w{1,20})"', re.IGNORECASE)
_LASTED = re.compile(r"<duration>(\d{1,7})(?:\.\d+)?</duration>", re.IGNORECASE)


def spoken(content: str) -> str:
    """What somebody wrote: no quotation of others, no marks, no file."""
    if "<" not in content and "&" not in content:
        return content
    text = content
    for _ in range(_DEEP):
        text = _QUOTE.sub("", text)
    text = _EDIT.sub("", _OBJECT.sub("", text))
    if edited(content):
        text = _BEFORE.sub("", text)
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip()


def edited(content: str) -> bool:
    """Whether Skype marked the message as changed."""
    return _EDIT.search(content) is not None


def quoted(content: str) -> str | None:
    """The number of the message that this one quotes."""
    found = _QUOTED.search(content)
    return found[1] if found else None


def attached(content: str, what: str) -> tuple[str, str]:
    """(words, name of the file or what it is) of a message that is a file, a place or a poll; only a poll has words."""
    heading, name = _HEADING.search(content), _NAME.search(content)
    poll = what == "Poll" or 'type="Poll' in content
    kind = what.rsplit("/", 1)[-1].removeprefix("Media_").lower()
    return (html.unescape(heading[1]) if poll and heading else ""), html.unescape(name[1]) if name else kind


def call(content: str) -> str:
    """A notice of a call: how it went, and how long it lasted."""
    state, lasted = _CALL.search(content), [int(x) for x in _LASTED.findall(content)]
    return f"call {state[1].lower() if state else ''}".strip() + (f", {max(lasted)} seconds" if lasted else "")
