"""Where nearer keeps things on this machine: a data folder for the holder, a cache that can always be thrown away."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_UNUSED_DAYS = 30
"""What was not used for so long is thrown away: mostly what an older version of the program or of its cues had worked out."""


def cache_folder() -> Path | None:
    """The cache folder, made if need be; None where nothing can be written (all works without, only slower)."""
    base = os.environ.get("NEARER_HOME")
    if base:
        folder = Path(base) / "cache"
    else:
        from platformdirs import user_cache_dir

        folder = Path(user_cache_dir("nearer", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder


def data_folder() -> Path:
    """The folder of the holder's own data (journal, settings). Raises OSError where it cannot be made."""
    base = os.environ.get("NEARER_HOME")
    if base:
        folder = Path(base) / "data"
    else:
        from platformdirs import user_data_dir

        folder = Path(user_data_dir("nearer", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def cached_bytes(name: str, make: Callable[[], bytes]) -> bytes:
    """What `make` returns, kept under `name`, which must change whenever the result would, until it is long unused."""
    folder = cache_folder()
    if folder is None:
        return make()
    path = folder / name
    with suppress(OSError):
        data = path.read_bytes()
        with suppress(OSError):  # Somebody else's file can be read all the same.
            os.utime(path)
        return data
    data = make()
    with suppress(OSError):
        # Written beside and moved into place, so that two processes never read half a file.
        partial = path.with_suffix(f".{os.getpid()}.part")
        partial.write_bytes(data)
        os.replace(partial, path)
    _prune(folder)
    return data


def _prune(folder: Path) -> None:
    """Throw away what nobody has used for long; another process may be doing the same."""
    before = time.time() - _UNUSED_DAYS * 86400
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def cached_json(name: str, make: Callable[[], Any]) -> Any:
    """The same for what JSON can hold."""
    import orjson

    return orjson.loads(cached_bytes(f"{name}.json", lambda: orjson.dumps(make())))
