"""Where help is to be had, by country: a small sourced list that the holder can change. It never calls home."""

from __future__ import annotations

import locale
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from nearer import paths
from nearer.errors import NearerError

SHIPPED = Path(__file__).with_name("resources.toml")
_CLOCK, _ZONES = Path("/etc/localtime"), Path("/usr/share/zoneinfo/zone.tab")
"""Where Linux and macOS say which time zone the machine keeps, and in which country each lies."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One place to turn to. kind: "emergency", "abuse" or "crisis". `checked` is the day on which its number and
    hours were compared with the page named in `source`, or "unchecked"."""

    country: str
    name: str
    number: str
    site: str
    hours: str
    kind: str
    source: str
    checked: str

    @property
    def line(self) -> str:
        """The resource in one line."""
        return ", ".join(part for part in (self.name, self.number, self.hours, self.site) if part)


def country() -> str:
    """Two letters from the machine's own settings: its language (LANG and the like), else its time zone; "" where neither
    says."""
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or (locale.getlocale()[0] or "")
    part = re.split(r"[.@]", name)[0].partition("_")[2]
    return part.upper() if len(part) == 2 else _of_zone()


def _of_zone() -> str:
    """The country of the time zone that the machine keeps."""
    try:
        zone = os.environ.get("TZ") or str(_CLOCK.resolve()).partition("zoneinfo/")[2]
        rows = (
            line.split("\t") for line in _ZONES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
        )
        return next((row[0] for row in rows if row[2:3] == [zone]), "")
    except OSError:
        return ""


def resources(where: str | None = None) -> tuple[Resource, ...]:
    """Help in a country (the machine's own if None), then the international directories.

    The holder's own resources.toml in the data folder comes instead of the shipped one. Raises NearerError where it
    cannot be read.
    """
    try:
        own = paths.data_folder() / "resources.toml"
        path = own if own.is_file() else SHIPPED
    except OSError:
        path = SHIPPED
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        every = [Resource(code, **row) for code, rows in raw.items() for row in rows]
    except (OSError, ValueError, TypeError, AttributeError):
        raise NearerError(f"{path} could not be read as a list of places that help.") from None
    code = country() if where is None else where.upper()
    near = [r for r in every if r.country == code]
    return (*near, *(r for r in every if r.country == "international"))


def help_lines(where: str | None = None) -> list[str]:
    """The same as lines to print, the emergency number first."""
    near = resources(where)
    own = next((r.number for r in near if r.kind == "emergency"), "112 or 911 in many countries")
    others = (r.line for r in near if r.kind != "emergency")
    return [f"In danger now: call the emergency number ({own}).", *others]
