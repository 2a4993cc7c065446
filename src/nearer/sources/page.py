"""Exports that are web pages: how they are opened, and the words of an element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nearer.errors import NearerError
from nearer.sources.base import Input
from nearer.sources.text import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

PAGE_LIMIT = 64 << 20
"""Bytes; the apps begin a new page long before."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def open_page(source: Input, member: str | None) -> LexborHTMLParser:
    """The parsed page. Raises NearerError where it is far larger than the apps write."""
    from selectolax.lexbor import LexborHTMLParser

    data = source.read(member)
    if len(data) > PAGE_LIMIT:
        raise NearerError(f"{source.path.name} is a web page of more than 64 MB, more than any app writes.")
    return LexborHTMLParser(decode(data, source.path.name).replace("\0", "\ufffd"))


def words(node: LexborNode | None) -> str:
    """What an element says: line breaks kept, the page's own indentation gone."""
    from selectolax.lexbor import LexborHTMLParser

    if node is None or not node.html:
        return ""
    # Only <br> breaks a line; what else stands there is how the page was printed.
    lines = (LexborHTMLParser(piece).text() for piece in _BREAK.split(node.html))
    return "\n".join(" ".join(x.split()) if "\n" in x else x.strip() for x in lines).strip()
