"""What the holder chose, in a small file of the data folder. It holds no name and no word of a conversation."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nearer import paths
from nearer.errors import NearerError


class Settings(BaseModel):
    """country: two letters for the list of places that help, "" for what the machine says. keep_conversations: the
    words are stored with a reading. encoder: the trained reader is used beside the patterns. plain_title: the browser's
    tab says "Notes". reader_elsewhere: the holder's consent, word for word, to ask a language model on another computer
    (`nearer.guidance.reader.CONSENT`); written into the file by hand, there is no switch for it."""

    model_config = ConfigDict(frozen=True)

    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    keep_conversations: bool = False
    encoder: bool = True
    plain_title: bool = False
    reader_elsewhere: str = ""


def load() -> Settings:
    """The stored settings; the defaults where there are none or the file cannot be understood."""
    try:
        return Settings.model_validate_json(_file().read_bytes())
    except (OSError, ValidationError):
        return Settings()


def save(settings: Settings) -> None:
    """Store them, whole or not at all. Raises NearerError where the disk refuses."""
    try:
        file = _file()
        partial = file.with_suffix(f".{os.getpid()}.part")
        partial.write_text(settings.model_dump_json(indent=1), encoding="utf-8")
        os.replace(partial, file)
    except OSError as error:
        raise NearerError(f"The settings could not be stored: {error.strerror}.") from None


def _file() -> Path:
    return paths.data_folder() / "settings.json"
