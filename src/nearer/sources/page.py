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


def folders(source: Input, page: re.Pattern[str], above: str = "") -> dict[str, list[str | None]]:
    """Folder of a chat -> its pages in order of their number, the first group of `page`; [None] for a single page.
    above: what of a folder's path, as an expression, is the export's and not the chat's."""
    if not source.names:
        return {source.path.stem: [None]}
    found: dict[str, list[tuple[int, str]]] = {}
    for name in source.names:
        if match := page.search(name):
            folder = re.sub(rf"^(?:{above})", "", name.rpartition("/")[0]) or source.path.stem
            found.setdefault(folder, []).append((int(match[1] or 1), name))
    return {folder: [name for _, name in sorted(pages)] for folder, pages in found.items()}


def words(node: LexborNode | None) -> str:
    """What an element says: line breaks kept, the page's own indentation gone."""
    from selectolax.lexbor import LexborHTMLParser

    if node is None or not node.html:
        return ""
    # Only <br> breaks a line; what else stands there is how the page was printed.
    lines = (LexborHTMLParser(piece).text() for piece in _BREAK.split(node.html))
    return "\n".join(" ".join(x.split()) if "\n" in x else x.strip() for x in lines).strip()
