"""The journal's file: opened, unlocked, migrated, and closed without a trace."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer import paths
from nearer.errors import NearerError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

FILE = "notes.db"
"""A plain name: nothing in the folder says what it is."""
_PLAIN_START = b"SQLite format 3\x00"
_WAIT = 10.0
"""Seconds that one process waits for another to finish writing."""


class Locked(NearerError):  # noqa: N818  (it is a state that the holder can end, not a fault)
    """A passphrase is needed, or the one given does not open the journal."""


class Journal:
    """An open journal. Use it as a context, or close it."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine, self.path = engine, path

    @classmethod
    def open(cls, passphrase: str | None = None, path: Path | None = None) -> Journal:
        """Open the journal, make it where there is none, and bring it up to date.

        Raises Locked where a passphrase is missing or wrong, NearerError where the file cannot be used.
        """
        from sqlalchemy import create_engine, event
        from sqlalchemy.exc import DatabaseError, OperationalError

        file = path or _home() / FILE
        if needs_passphrase(file) and not passphrase:
            raise Locked("The journal is locked; it opens with your passphrase.")
        if passphrase and file.exists() and not needs_passphrase(file):
            raise Locked("This journal has no passphrase yet. Open it without one, and set one there.")
        engine = create_engine("sqlite://", creator=lambda: _connect(file, passphrase), pool_size=2, max_overflow=8,
                               poolclass=_pool())  # fmt: skip
        event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
        from sqlcipher3 import dbapi2

        try:
            _migrate(engine)
        except (OperationalError, dbapi2.OperationalError) as error:
            engine.dispose()
            raise NearerError(_why(error)) from None
        except (DatabaseError, dbapi2.DatabaseError):
            engine.dispose()
            if passphrase:
                raise Locked("That passphrase does not open the journal.") from None
            raise NearerError(f"{file.name} in nearer's folder is no journal.") from None
        return cls(engine, file)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: all of it is kept, or none. Raises NearerError where the disk or another process refuses."""
        from sqlalchemy.exc import DatabaseError
        from sqlalchemy.orm import Session

        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except DatabaseError as error:
            raise NearerError(_why(error)) from None

    def clean(self) -> None:
        """Leave nothing of what was forgotten in the file: freed pages are overwritten, the file rewritten."""
        connection = self._engine.raw_connection()
        try:
            connection.rollback()
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                connection.cursor().execute(statement).fetchall()
        except Exception as error:
            raise NearerError(_why(error)) from None
        finally:
            connection.close()

    def set_passphrase(self, new: str) -> Journal:
        """Lock the journal with a passphrase, or with another one; the old file is overwritten. Returns it reopened."""
        if len(new) < 8:
            raise NearerError("A passphrase needs eight signs or more.")
        connection = self._engine.raw_connection()
        fresh = self.path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        try:
            connection.rollback()
            cursor = connection.cursor()
            cursor.execute(f"ATTACH DATABASE ? AS fresh KEY {_quoted(new)}", (str(fresh),))
            cursor.execute("SELECT sqlcipher_export('fresh')").fetchall()
            cursor.execute("DETACH DATABASE fresh")
        except Exception as error:
            fresh.unlink(missing_ok=True)
            raise NearerError(_why(error)) from None
        finally:
            connection.close()
        self.close()
        for old in (self.path, *(self.path.with_name(self.path.name + s) for s in ("-wal", "-shm"))):
            _overwrite(old)
        os.replace(fresh, self.path)
        return Journal.open(new, self.path)

    def close(self) -> None:
        """Close every connection; the write-ahead log goes into the file."""
        self._engine.dispose()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def needs_passphrase(path: Path | None = None) -> bool:
    """Is there a journal that only a passphrase opens?"""
    try:
        with open(path or _home() / FILE, "rb") as stream:
            start = stream.read(16)
    except OSError:
        return False
    return bool(start) and start != _PLAIN_START


def _home() -> Path:
    try:
        return paths.data_folder()
    except OSError as error:
        raise NearerError(f"The journal's folder cannot be made: {error.strerror}.") from None


def _connect(file: Path, passphrase: str | None) -> Any:
    # SQLCipher reads plain files too, so one library serves both.
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(file), timeout=_WAIT, check_same_thread=False, isolation_level=None)
    if not file.stat().st_size:
        file.chmod(0o600)
    if passphrase:
        connection.execute(f"PRAGMA key = {_quoted(passphrase)}")
    for pragma in (
        "foreign_keys = ON",
        "secure_delete = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _pool() -> Any:
    from sqlalchemy.pool import QueuePool

    return QueuePool


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _overwrite(path: Path) -> None:
    try:
        size = path.stat().st_size
        with open(path, "r+b") as stream:
            for _ in range(0, size, 1 << 20):
                stream.write(b"\0" * min(1 << 20, size))
            stream.flush()
            os.fsync(stream.fileno())
        path.unlink()
    except FileNotFoundError:
        pass


def _why(error: Exception) -> str:
    """One sentence, and never what was to be written."""
    said = str(getattr(error, "orig", error)).lower()
    if "full" in said:
        return "The disk is full, so the journal could not be written; what was there before is safe."
    if "locked" in said or "busy" in said:
        return "Another window of nearer is writing to the journal; try again in a moment."
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return "The journal's folder cannot be written to."
    if isinstance(error, sqlite3.IntegrityError) or "constraint" in said:
        return "The journal has that already."
    return f"The journal could not be used ({type(error).__name__})."
