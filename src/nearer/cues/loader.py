"""Reads the catalogue from its files, checks it, and names a broken file with its line."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nearer import paths
from nearer.cues.check import build_cue, build_feature, build_guard
from nearer.cues.patterns import Compiler, alternation
from nearer.cues.schema import Cue
from nearer.cues.tables import Feature, Guard
from nearer.errors import NearerError

HOME = Path(__file__).parent
_SHARED = ("vocabulary.toml", "features.toml", "guards.toml")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All cues by code, with the lists their patterns use, the features of turns, and the engine's guards."""

    cues: Mapping[str, Cue]
    vocabulary: Mapping[str, str]
    features: Mapping[str, Feature]
    guards: Mapping[str, Guard]
    version: str

    def __getitem__(self, code: str) -> Cue:
        try:
            return self.cues[code.upper()]
        except KeyError:
            raise NearerError(f"There is no cue {code!r}; `nearer cues` lists them.") from None


def catalogue(extra: Sequence[Path] = ()) -> Catalogue:
    """The shipped catalogue, joined by the cues in `extra` folders and by those of installed packages that name a folder
    under the entry point “nearer.cues”. Raises NearerError naming file and line."""
    return _catalogue((*_installed(), *(Path(p).resolve() for p in extra)))


@lru_cache(maxsize=1)
def _installed() -> tuple[Path, ...]:
    from importlib.metadata import entry_points

    found = []
    for point in sorted(entry_points(group="nearer.cues"), key=lambda p: p.name):
        try:
            place = point.load()
            found.append(Path(place() if callable(place) else place).resolve())
        except Exception as error:
            raise NearerError(
                f"The cues of the package {point.value!r} cannot be loaded ({type(error).__name__})."
            ) from None
    return tuple(found)


@lru_cache(maxsize=4)
def _catalogue(extra: tuple[Path, ...]) -> Catalogue:
    files = _files(extra)
    digest = hashlib.sha256()
    for name, (_, data) in files.items():
        digest.update(name.encode() + b"\0" + data + b"\0")
    version = digest.hexdigest()[:12]
    origin = {name: path for name, (path, _) in files.items()}
    made: list[Catalogue] = []

    def build(kept: dict[str, Any] | None = None) -> dict[str, Any]:
        raw = kept["files"] if kept else {n: _parse(p, d) for n, (p, d) in files.items()}
        vocabulary = {n: alternation(items) for n, items in _lists(raw["vocabulary.toml"], origin["vocabulary.toml"])}
        compiler = Compiler(vocabulary, kept["patterns"] if kept else None)
        made.append(_build(raw, origin, compiler, version))
        return {"files": raw, "patterns": compiler.known}

    # Parsing and compiling takes most of a second; what is kept is plain JSON under the hash of the files.
    kept = paths.cached_json(f"catalogue-{version}", build)
    if not made:
        build(kept)
    return made[0]


def _build(raw: Mapping[str, Any], origin: Mapping[str, Path], compiler: Compiler, version: str) -> Catalogue:
    features = {k: build_feature(k, v, compiler, origin["features.toml"]) for k, v in raw["features.toml"].items()}
    guards = {k: build_guard(k, v, compiler, origin["guards.toml"]) for k, v in raw["guards.toml"].items()}
    cues: dict[str, Cue] = {}
    for name in sorted(set(raw) - set(_SHARED)):
        cue = build_cue(name, raw[name], compiler, features, origin[name])
        if cue.code in cues:
            raise NearerError(f"{origin[name]}: the code {cue.code} is taken by {cues[cue.code].file}.")
        cues[cue.code] = cue
    return Catalogue(dict(sorted(cues.items())), compiler.vocabulary, features, guards, version)


def _files(extra: tuple[Path, ...]) -> dict[str, tuple[Path, bytes]]:
    """Name inside the catalogue -> (where it lies, its bytes), in a fixed order."""
    found: dict[str, tuple[Path, bytes]] = {}
    for number, home in enumerate((HOME, *extra)):
        if not home.is_dir():
            raise NearerError(f"There is no folder of cues at {home}.")
        for path in sorted(home.rglob("*.toml")):
            name = path.relative_to(home).as_posix()
            if number and name in _SHARED:
                raise NearerError(f"{path}: a folder of one's own cues cannot replace {name}.")
            found[name if number == 0 else f"{name}#{number}"] = (path, path.read_bytes())
    return found


def _parse(path: Path, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NearerError(f"{path}: {error}") from None


def _lists(raw: Mapping[str, Any], path: Path) -> list[tuple[str, list[str]]]:
    for name, items in raw.items():
        if not isinstance(items, list) or not items or not all(isinstance(i, str) and i for i in items):
            raise NearerError(f"{path}: {name} must be a list of words or patterns.")
    return list(raw.items())
