"""Throws broken exports at one parser: only NearerError may come out.

    uv run --group fuzz python tests/fuzz/fuzz_source.py telegram -max_total_time=60

The seeds are the small exports of tests/sources/exports.py.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))

with atheris.instrument_imports(include=["nearer.sources"]):
    from nearer.errors import NearerError
    from nearer.sources import Options, formats, load

    formats()


def main() -> None:
    """Run libFuzzer on the format named first."""
    name = sys.argv.pop(1)
    format_name = name.split()[0]
    folder = Path(tempfile.mkdtemp(prefix="nearer-fuzz-"))
    file, seed = _seed(name)
    seeds = folder / "seeds"
    seeds.mkdir()
    (seeds / "seed").write_bytes(seed)
    path = folder / file

    def one(data: bytes) -> None:
        path.write_bytes(data)
        try:
            load(path, Options(format=format_name))
        except NearerError:
            return

    atheris.Setup([*sys.argv, f"-artifact_prefix={folder}/", str(seeds)], one)
    atheris.Fuzz()


def _seed(name: str) -> tuple[str, bytes]:
    from exports import FILES, chat_db

    if name in FILES:
        return FILES[name]
    if name == "imessage_db":
        path = Path(tempfile.mkdtemp()) / "chat.db"
        chat_db(path)
        return "chat.db", path.read_bytes()
    return "chat", b""


if __name__ == "__main__":
    main()
