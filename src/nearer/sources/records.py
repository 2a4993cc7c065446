"""Long lists of JSON objects, read a few megabytes at a time.

Exporters print one field a line, and a JSON string never holds a bare line break; so a line that closes a brace at the
depth of the list ends a record, wherever it stands. Such files are cut there and parsed in batches, which is as fast as
parsing the whole and holds only one batch. Files on a single line are parsed whole, very large or damaged ones as a
stream.
"""

from __future__ import annotations

import io
import json
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nearer.errors import NearerError
from nearer.sources.base import Input
from nearer.sources.text import decode

WHOLE_LIMIT = 128 << 20
"""Bytes of a JSON file on one line that are parsed at once; Python objects take about eight times as much."""
_BATCH = 2 << 20
_MAP_FROM = 8 << 20

Buffer = bytes | mmap.mmap
Record = dict[str, Any] | None
"""None stands for a record that could not be read."""


@dataclass(frozen=True)
class Records:
    """One list: `about` holds the simple fields that stand around it."""

    about: dict[str, Any]
    _data: Any
    _span: tuple[int, int] | None = None
    _close: bytes = b""
    cut_off: bool = False

    @cached_property
    def count(self) -> int:
        """Its length; -1 where that is not known before it is read."""
        if self._span is None:
            return len(self._data) if isinstance(self._data, list) else -1
        return _count(self._data, self._close, *self._span)

    def __iter__(self) -> Iterator[Record]:
        if self._span is None:
            yield from (r if isinstance(r, dict) else None for r in self._data)
        else:
            yield from self._batches(*self._span)
        if self.cut_off:
            yield None

    def _batches(self, start: int, end: int) -> Iterator[Record]:
        import orjson

        while start < end:
            stop = end
            if end - start > _BATCH:
                found = self._data.find(self._close + b",", start + _BATCH, end)
                stop = end if found < 0 else found + len(self._close)
            batch = self._data[start:stop]
            try:
                rows = orjson.loads(b"[%b]" % batch)
                yield from (r if isinstance(r, dict) else None for r in rows)
            except orjson.JSONDecodeError:
                yield from self._one_by_one(batch)
            start = stop + 1

    def _one_by_one(self, batch: bytes) -> Iterator[Record]:
        import orjson

        pieces = batch.split(self._close + b",")
        for piece in pieces:
            text = piece if piece is pieces[-1] else piece + self._close
            try:
                row = orjson.loads(text.decode("utf-8", errors="replace"))
                yield row if isinstance(row, dict) else None
            except orjson.JSONDecodeError:
                yield None


def buffer(source: Input, member: str | None = None) -> Buffer:
    """The bytes of a JSON file as UTF-8, mapped from disk where they are many."""
    if member is None and source.path.is_file() and source.path.stat().st_size >= _MAP_FROM:
        with open(source.path, "rb") as stream:
            data: Buffer = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    else:
        data = source.read(member)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return decode(bytes(data), source.path.name).encode("utf-8", errors="replace")
    return bytes(data[3:]) if data[:3] == b"\xef\xbb\xbf" else data


def lists(data: Buffer, key: str, name: str) -> Iterator[Records]:
    """Every list called `key` that belongs to a chat. Raises NearerError where the file holds none."""
    printed = list(_printed(data, key))
    if printed:
        yield from printed
        return
    import orjson

    if len(data) <= WHOLE_LIMIT:
        try:
            whole = orjson.loads(bytes(data))
        except orjson.JSONDecodeError:
            yield from _streamed(data, key, name)
            return
        found = [Records({k: v for k, v in d.items() if k != key}, d[key]) for d in _holders(whole, key)]
        if not found:
            raise NearerError(f"{name} holds no list of {key}.")
        yield from found
        return
    yield from _streamed(data, key, name)


def whole(data: Buffer, name: str) -> Any:
    """A JSON document parsed at once. Raises NearerError where it is broken."""
    import orjson

    try:
        return orjson.loads(bytes(data))
    except orjson.JSONDecodeError:
        raise NearerError(f"{name} is damaged or cut off: it is not valid JSON.") from None


def lines(data: Buffer) -> Iterator[tuple[int, Record]]:
    """(line, record) of JSON Lines; blank lines are left out."""
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    for number, line in enumerate(iter(stream.readline, b""), 1):
        if line.strip():
            row = parsed(line)
            yield number, row if isinstance(row, dict) else None


def parsed(text: str | bytes) -> Any:
    """What JSON says, also with the NaN that Python and pandas put where nothing is known; None where it is broken."""
    import orjson

    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        raw = text.encode() if isinstance(text, str) else text
        return json.loads(raw) if b"NaN" in raw else None
    except (ValueError, RecursionError):
        return None


def _printed(data: Buffer, key: str) -> Iterator[Records]:
    opening = re.compile(rb'\r?\n([ \t]+)"%b" ?: ?\[(\r?\n)([ \t]+)\{' % re.escape(key.encode()))
    position = 0
    while match := opening.search(data, position):
        outer, newline, inner = match[1], match[2], match[3]
        if not inner.startswith(outer) or len(inner) == len(outer):
            position = match.end()
            continue
        start, close = match.start(3), newline + inner + b"}"
        # An expression finds this in half the time that `find` needs, where nearly every line begins like it.
        closing = re.compile(re.escape(newline + outer + b"]")).search(data, start)
        end = closing.start() if closing else -1
        cut_off = closing is None
        if cut_off:
            last = data.rfind(close, start)
            end = last + len(close) if last >= 0 else start
        about = _about(data, match.start(), outer, newline) | ({} if cut_off else _after(data, end, outer, newline))
        yield Records(about, data, (start, end), close, cut_off)
        position = end if end > match.end() else match.end()


def _count(data: Buffer, close: bytes, start: int, end: int) -> int:
    total, step = 0, 16 << 20
    overlap = len(close) - 1
    for at in range(start, end, step):
        total += data[at : min(at + step + overlap, end)].count(close)
    return total


def _about(data: Buffer, end: int, indent: bytes, newline: bytes) -> dict[str, Any]:
    """The simple fields of the object that the list belongs to, as far as they stand before it."""
    import orjson

    start = data.rfind(b"{" + newline + indent + b'"', max(0, end - (1 << 20)), end)
    if start < 0:
        return {}
    try:
        found = orjson.loads(bytes(data[start:end]).rstrip(b", \r\n") + b"}")
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _after(data: Buffer, end: int, indent: bytes, newline: bytes) -> dict[str, Any]:
    """The fields that stand behind the list, as the title does in Facebook's exports."""
    import orjson

    start = end + len(newline) + len(indent) + 1
    tail = bytes(data[start : start + (1 << 16)])
    for match in re.finditer(rb"\n([ \t]*)\}", tail):
        if len(match[1]) < len(indent):
            try:
                found = orjson.loads(b"{%b}" % tail[: match.start()].strip(b", \r\n"))
            except orjson.JSONDecodeError:
                return {}
            return found if isinstance(found, dict) else {}
    return {}


def _streamed(data: Buffer, key: str, name: str) -> Iterator[Records]:
    import ijson
    import orjson

    match = re.search(rb'[{,]\s*"%b"\s*:\s*\[' % re.escape(key.encode()), data)
    if match is None:
        raise NearerError(f"{name} is damaged or cut off before its first message.")
    try:
        about = orjson.loads(bytes(data[: match.start()]) + b"}")
    except orjson.JSONDecodeError:
        about = {}

    def records() -> Iterator[Record]:
        stream = io.BytesIO(data[match.end() - 1 :])
        try:
            yield from ijson.items(stream, "item", use_float=True)
        except (ijson.JSONError, UnicodeDecodeError, ValueError, OverflowError):
            yield None

    yield Records(about if isinstance(about, dict) else {}, records())


def _holders(value: Any, key: str, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if isinstance(value.get(key), list):
            yield value
        elif depth < 4:
            for inner in value.values():
                yield from _holders(inner, key, depth + 1)
    elif isinstance(value, list) and depth < 4:
        for inner in value:
            yield from _holders(inner, key, depth + 1)
