"""The practice items: loaded from `vignettes/*.toml`, checked, frozen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nearer.errors import NearerError
from nearer.model import GROUPS

SHIPPED = Path(__file__).with_name("vignettes")
LIMITS: dict[str, int] = {"vignette": 45, "last": 40, "says": 40, "heard": 25, "why": 35}
"""Most words of each text."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One way to answer. `heard`: what it may do to the listener, in their voice. `closest`: the one that comes closest."""

    says: str
    heard: str
    why: str
    closest: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One situation: a vignette in the second person, the last message of the other, three replies, the codes of the cues
    that it trains, and a difficulty from 1 to 3."""

    id: str
    family: str
    vignette: str
    last: str
    replies: tuple[Reply, Reply, Reply]
    cues: tuple[str, ...]
    difficulty: int

    @property
    def best(self) -> int:
        """The place (0-2) of the reply that comes closest."""
        return next(i for i, r in enumerate(self.replies) if r.closest)


@lru_cache(maxsize=4)
def items(folder: Path = SHIPPED) -> tuple[Item, ...]:
    """Every item, in the order of the model and of its file. Raises NearerError that names the file, the item and the fault."""
    found: list[Item] = []
    for path in sorted(folder.glob("*.toml"), key=lambda p: GROUPS.index(p.stem) if p.stem in GROUPS else -1):
        if path.stem not in GROUPS:
            raise NearerError(f"{path.name}: there is no family or stage of that name; there are {', '.join(GROUPS)}.")
        try:
            rows = tomllib.loads(path.read_text(encoding="utf-8")).get("item", [])
        except (OSError, ValueError) as error:
            raise NearerError(f"{path.name} could not be read: {error}.") from None
        found += [_item(row, path) for row in rows]
    ids = [i.id for i in found]
    if twice := next((i for i in ids if ids.count(i) > 1), None):
        raise NearerError(f"Two practice items are called {twice}.")
    return tuple(found)


def _item(row: Mapping[str, Any], path: Path) -> Item:
    where = f"{path.name}, item {row.get('id', '?')}"
    wanted = {"id", "vignette", "last", "cues", "difficulty", "replies"}
    if odd := wanted ^ row.keys():
        raise NearerError(f"{where}: these fields are missing or unknown: {', '.join(sorted(odd))}.")
    replies = row["replies"]
    if len(replies) != 3:
        raise NearerError(f"{where}: an item has three replies, and this one has {len(replies)}.")
    for reply in replies:
        if odd := reply.keys() ^ ({"says", "heard", "why"} | ({"closest"} & reply.keys())):
            raise NearerError(f"{where}: a reply's fields are missing or unknown: {', '.join(sorted(odd))}.")
    if sum(bool(r.get("closest")) for r in replies) != 1:
        raise NearerError(f"{where}: exactly one reply comes closest.")
    if row["difficulty"] not in (1, 2, 3):
        raise NearerError(f"{where}: difficulty is 1, 2 or 3.")
    if not row["cues"]:
        raise NearerError(f"{where}: it names no cue.")
    for field, text in [(f, row[f]) for f in ("vignette", "last")] + [
        (f, r[f]) for r in replies for f in ("says", "heard", "why")
    ]:
        if not 1 <= len(text.split()) <= LIMITS[field]:
            raise NearerError(f"{where}: {field} has {len(text.split())} words; 1 to {LIMITS[field]} fit.")
    one, two, three = (Reply(r["says"], r["heard"], r["why"], bool(r.get("closest"))) for r in replies)
    return Item(
        row["id"], path.stem, row["vignette"], row["last"], (one, two, three), tuple(row["cues"]), row["difficulty"]
    )
