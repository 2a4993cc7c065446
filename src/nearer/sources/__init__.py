"""From a file to a Conversation: one module a format, told apart by what is in the file, not by its name."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import TYPE_CHECKING

from nearer.errors import NearerError, UsageError
from nearer.pauses import without_pauses
from nearer.sources.base import ME, Chat, Head, Input, Options
from nearer.sources.people import pick

if TYPE_CHECKING:
    from nearer.conversation import Conversation

__all__ = ["Chat", "Head", "Input", "Options", "chats", "detect", "formats", "load"]

_SURE_ENOUGH = 0.3
_DOCUMENTS = (b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"$FL2", b"$FL3", b"<stata_dta>")
"""How PDF, RTF, old Word and Excel, SPSS and Stata files begin; RTF would pass for plain text, with its codes among the words."""
_INSIDE = ("content.xml", "xl/workbook.xml")
"""What the zips of LibreOffice and Excel hold."""


@lru_cache(maxsize=1)
def formats() -> dict[str, ModuleType]:
    """Every source by its name: each module in this folder that can sniff and parse."""
    found = {}
    for info in pkgutil.iter_modules(__path__):
        module = import_module(f"{__name__}.{info.name}")
        if hasattr(module, "sniff") and hasattr(module, "parse"):
            found[module.NAME] = module
    return found


def detect(source: Input) -> list[tuple[str, float]]:
    """(format, how sure) of every format that may fit, surest first."""
    sure = [(name, float(module.sniff(source.head))) for name, module in formats().items()]
    return sorted(((n, s) for n, s in sure if s > 0), key=lambda x: (-x[1], x[0]))


def load(path: Path, options: Options | None = None) -> Conversation:
    """Read a file, zip or folder. Raises NearerError with one sentence where that cannot be done."""
    chosen = options or Options()
    source = Input(Path(path))
    module = _module(source, chosen)
    if len(found := _files(source, module)) > 1:
        source.chosen, chosen = pick(found, chosen, source.path.name).id, replace(chosen, chat=None)
    with without_pauses():
        return _named(module.parse(source, chosen), chosen.me)


def _named(conversation: Conversation, me: str | None) -> Conversation:
    """Exports that call their owner "Me" get the name the owner gave, unless somebody else in them has it."""
    if me is None or conversation.me != ME or any(me.casefold() == s.casefold() for s in conversation.speakers):
        return conversation
    return conversation.rename({ME: me})


def chats(path: Path, options: Options | None = None) -> list[Chat]:
    """The chats in a file that may hold several; one entry, or none, where the format holds only one."""
    source = Input(Path(path))
    module = _module(source, options or Options())
    return list(module.chats(source)) if hasattr(module, "chats") else _files(source, module)


def _files(source: Input, module: ModuleType) -> list[Chat]:
    """The files of a zip or folder, where the format has one chat in each."""
    if hasattr(module, "chats"):
        return []
    found = [n for n in source.alike() if module.sniff(source.head_of(n)) >= _SURE_ENOUGH]
    return [Chat(n, PurePosixPath(n).stem, -1) for n in found]


def _module(source: Input, options: Options) -> ModuleType:
    if options.format:
        if options.format not in formats():
            raise UsageError(f"There is no format {options.format!r}; there are {', '.join(sorted(formats()))}.")
        return formats()[options.format]
    if source.path.is_file() and source.path.stat().st_size == 0:
        raise NearerError(f"{source.path.name} is empty.")
    if source.head.data.startswith(_DOCUMENTS) or any(n in source.names for n in _INSIDE):
        raise NearerError(
            f"{source.path.name} is a document nearer does not read; save it as Word (.docx) or plain text, a table as CSV."
        )
    if options.columns:
        return formats()["table"]
    best = next(iter(detect(source)), None)
    if best is None or best[1] < _SURE_ENOUGH:
        from nearer.sources.text import decode

        inner = next((n for n in source.names if n.lower().endswith(".zip")), None)
        if inner is not None:
            then = "name that zip itself" if source.path.is_dir() else "unpack the outer one, and name the inner"
            raise NearerError(f"{source.path.name} holds another zip, {inner.rpartition('/')[2]}: {then}.")
        decode(source.head.data, source.path.name)
        raise NearerError(
            f"{source.path.name} does not look like a conversation in any format nearer knows; "
            "see docs/sources for the exports it reads."
        )
    return formats()[best[0]]
