"""The readings of a corpus one after another, in this process: what samples and norms are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nearer.corpus.inputs import Problem, Talk
    from nearer.reading.types import Reading
    from nearer.sources.base import DateOrder


def made_with(encoder: bool) -> dict[str, str | None]:
    """What decides which findings a sample or norms rest on: program, catalogue, weights."""
    from nearer.api import load_encoder
    from nearer.cues import catalogue
    from nearer.version import __version__

    loaded = load_encoder() if encoder else None
    return {"nearer": __version__, "catalogue": catalogue().version, "weights": loaded.version if loaded else None}


def readings(
    source: str,
    columns: dict[str, str],
    beside: Path,
    *,
    encoder: bool,
    problem: Callable[[Problem], None],
    dates: DateOrder | None = None,
) -> Iterator[tuple[Talk, Reading]]:
    """Every conversation at `source` with its reading; what cannot be read is told to `problem` and stops nothing.

    beside: a file that is to be made; rows of tables are dealt out next to it meanwhile.
    """
    from nearer.api import load_encoder
    from nearer.corpus.inputs import Problem, found, pieces, root_of
    from nearer.corpus.together import heard
    from nearer.reading.read import Settings, read_conversation

    settings = Settings(self_care=True, encoder=load_encoder() if encoder else None)
    work = beside.parent / f".{beside.stem}-parts"
    try:
        parts, problems = pieces(found(source), columns, work, root=root_of(source), dates=dates)
        for told in problems:
            problem(told)
        for part in parts:
            for item in heard(part, settings):
                if isinstance(item, Problem):
                    problem(item)
                else:
                    talk, said = item
                    yield talk, read_conversation(talk.conversation, settings, said)
    finally:
        rmtree(work, ignore_errors=True)
