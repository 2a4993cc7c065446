"""Who is who in an export, and which of its chats is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nearer.errors import UsageError
from nearer.sources.base import Chat, Options

_LISTED = 30


class People:
    """Names for the ids of an export. A person who changes their name keeps the first; two people of one name get a
    number."""

    def __init__(self) -> None:
        self._names: dict[Any, str] = {}
        self._taken: set[str] = set()

    def name(self, identity: Any, label: Any) -> str:
        """The name of whoever has this id, `label` being what the export calls them here."""
        known = self._names.get(identity)
        if known is not None:
            return known
        wanted = str(label).strip() if label else ""
        name = wanted = wanted or (f"Unknown {identity}" if identity not in (None, "") else "Unknown")
        count = 1
        while name in self._taken:
            count += 1
            name = f"{wanted} ({count})"
        self._taken.add(name)
        self._names[identity] = name
        return name

    def known(self, identity: Any) -> str | None:
        """The name of an id that has come up, or None."""
        return self._names.get(identity)

    def __contains__(self, name: object) -> bool:
        return name in self._taken


def pick(chats: Sequence[Chat], options: Options, file: str) -> Chat:
    """The chat that the holder chose by id, title or part of a title. Raises UsageError with the list where it is not
    clear."""
    if not chats:
        raise UsageError(f"{file} holds no chats with messages.")
    if options.chat is None:
        if len(chats) == 1:
            return chats[0]
        raise UsageError(f"{file} holds {len(chats)} chats; choose one with --chat: {_listed(chats)}.")
    wanted = options.chat.casefold().strip()
    for fits in (
        [c for c in chats if c.id.casefold() == wanted],
        [c for c in chats if c.title.casefold() == wanted],
        [c for c in chats if wanted and wanted in c.title.casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise UsageError(f"{file}: several chats fit {options.chat!r}; choose one by its id: {_listed(fits)}.")
    raise UsageError(f"{file} holds no chat {options.chat!r}; it has {_listed(chats)}.")


def _listed(chats: Sequence[Chat]) -> str:
    shown = sorted(chats, key=lambda c: -c.messages)[:_LISTED]
    words = [
        f"{c.title or 'no name'} (id {c.id}" + (f", {c.messages} messages)" if c.messages >= 0 else ")") for c in shown
    ]
    return "; ".join(words) + (f"; and {len(chats) - _LISTED} more" if len(chats) > _LISTED else "")
