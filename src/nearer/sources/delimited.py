"""Rows of CSV and its kin one at a time: any separator and encoding, and whatever people do with quotation marks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from nearer.sources import columns
from nearer.sources.base import Input
from nearer.sources.text import decode, is_wide, unix
from nearer.spreadsheet import typed

OPEN = "A quotation mark in it opens and never closes rightly."
MORE = "It has more cells than the table has columns."
_BLOCK = 1 << 20
_LONGEST = 1 << 27
"""Characters of a cell; where a quotation mark stays open, no more than these are held."""

Row = dict[str, str | None]


def delimited(lines: Iterable[str], words: str | None = None) -> Iterator[Row | str]:
    """Every row under the names of its columns, or a sentence why it could not be read.

    words: the column of what is said, where the caller knows it. If it is the last, what stands behind it belongs to it.
    """
    feed = (line.replace("\0", "") for line in lines)
    first = next((line for line in feed if line.strip()), "")
    if re.fullmatch(r'"?sep=.?"?[;,\s]*', first):  # A hint that Excel writes for itself.
        first = next(feed, "")
    mark = max(",;\t|", key=first.count)
    if not first.count(mark):
        return
    csv.field_size_limit(_LONGEST)
    records = _records(chain([first], feed), mark)
    names = next(records)
    if isinstance(names, str):
        return
    # Of two columns of one name the first has it, as pandas has it too.
    names = [f"{name}.{at}" if name in names[:at] else name for at, name in enumerate(names)]
    blank: Row = dict.fromkeys(names)
    for cells in records:
        if isinstance(cells, str):
            yield cells
        elif any(cells):
            if "'" in mark.join(cells):
                cells = [*map(typed, cells)]
            row: Row = {**blank, **dict(zip(names, cells, strict=False))}
            if len(cells) > len(names) and any(cells[len(names) :]):
                if names[-1] != (words or (columns.find(row, {}) or {}).get("text")):
                    yield MORE
                    continue
                row[names[-1]] = mark.join(cells[len(names) - 1 :])  # Words with commas, and without quotation marks.
            yield row


def _records(lines: Iterator[str], mark: str) -> Iterator[list[str] | str]:
    """Cells of every record. Where quotation marks do not match over several lines, the first line is told of, and the
    others are read as if it had not been there: they would all have become its last cell."""
    again: deque[str] = deque()
    held: list[str] = []

    def feed() -> Iterator[str]:
        while (line := again.popleft() if again else next(lines, None)) is not None:
            held.append(line)
            yield line

    while True:
        try:
            for cells in csv.reader(feed(), delimiter=mark, strict=True):
                held.clear()
                if cells:
                    yield cells
            return
        except csv.Error:
            if len(held) > 1:
                yield OPEN
                again.extendleft(reversed(held[1:]))
            else:
                yield next(csv.reader([held[0].replace("\r", " ")], delimiter=mark))
            held.clear()


def lines_of_file(path: Path) -> Iterator[str]:
    """Lines of a file with text; UTF-8 is read as a stream, other encodings at once."""
    if _streams(path):
        with open(path, encoding="utf-8-sig", newline="\n") as stream:
            yield from stream
    else:
        yield from io.StringIO(unix(decode(Input(path).read(), path.name)), newline="\n")


def _streams(path: Path) -> bool:
    """Whether a file is UTF-8 throughout, with lines that end as they do today."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open(path, "rb") as stream:
        head = stream.read(_BLOCK)
        if is_wide(head) or b"\n" not in head:
            return False
        try:
            for block in chain([head], iter(lambda: stream.read(_BLOCK), b"")):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
