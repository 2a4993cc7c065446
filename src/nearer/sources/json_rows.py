"""Rows in JSON: a list of them, one a line, one in each conversation, or inside of something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nearer.sources import columns
from nearer.sources.records import parsed

NO_OBJECT = "It is not one JSON object with names and values."


def objects(text: str) -> Iterable[Mapping[str, Any] | str]:
    """Objects of one JSON document, or of JSON Lines; a sentence for what is no object."""
    whole = parsed(text)
    if whole is None:
        for line in text.split("\n"):
            if line.strip():
                row = parsed(line)
                yield row if isinstance(row, dict) else NO_OBJECT
        return
    if isinstance(whole, dict):
        whole = _several(whole) or _list_in(whole) or [whole]
    for row in whole if isinstance(whole, list) else []:
        yield row if isinstance(row, dict) else NO_OBJECT


def _list_in(document: Mapping[str, Any]) -> list[Any] | None:
    """The rows of a JSON object that holds them under some name; None where it is a row itself."""
    for key in ("messages", "utterances"):
        if isinstance(document.get(key), list):
            return document[key]  # type: ignore[no-any-return]
    if columns.find(document, {}):
        return None
    lists = [v for v in document.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return next((v for v in lists if columns.find(v[0], {})), None)


def _several(document: Mapping[str, Any]) -> list[Any] | None:
    """The rows of a JSON object that is a list of turns for each conversation, by its name; None where it is not."""
    lists = [v for v in document.values() if isinstance(v, list)]
    if len(lists) < max(2, len(document)) or not all(
        v and isinstance(v[0], dict) and columns.find(v[0], {}) for v in lists
    ):
        return None
    return [
        {"conversation": k, **row} if isinstance(row, dict) else row for k, rows in document.items() for row in rows
    ]


def turns_in(row: Mapping[str, Any]) -> list[Any] | None:
    """The turns of a row that holds a whole conversation, as data sets on Hugging Face do; None where it does not."""
    found = _list_in(row)
    return found if found and isinstance(found[0], dict) and columns.find(found[0], {}) else None


def first_object(text: str) -> Mapping[str, Any] | None:
    """The first JSON object with a speaker's or text's column, read from the beginning of a file."""
    import json

    decoder = json.JSONDecoder()
    for position in [i for i, c in enumerate(text[:20000]) if c == "{"][:12]:
        try:
            found, _ = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            inner = _list_in(found)
            return inner[0] if inner and isinstance(inner[0], dict) else found
    return None
