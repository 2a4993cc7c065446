"""The journal's file: opened, unlocked, migrated, and closed without a trace."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearer import paths
from nearer.errors import NearerError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

FILE = "notes.db"
"""A plain name: nothing in the folder says what it is. NEARER_JOURNAL names another file."""
_PLAIN_START = b"SQLite format 3\x00"
_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT = 10.0
"""Seconds that one process waits for another to finish writing."""

_guard = threading.Lock()
_held: dict[str, list[bool]] = {}
"""Files open in this process -> for each time it is open, whether a passphrase locks it. A file that SQLite holds must
never be opened and closed beside it: closing would drop SQLite's locks (sqlite.org/howtocorrupt.html, 2.2)."""


class Locked(NearerError):  # noqa: N818  (it is a state that the holder can end, not a fault)
    """A passphrase is needed, or the one given does not open the journal."""


class Journal:
    """An open journal. Use it as a context, or close it."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine, self.path = engine, path
        self._open = True

    @classmethod
    def open(cls, passphrase: str | None = None, path: Path | None = None) -> Journal:
        """Open the journal, make it where there is none, and bring it up to date.

        Raises Locked where a passphrase is missing or wrong, NearerError where the file cannot be used.
        """
        from sqlalchemy import create_engine, event
        from sqlalchemy.exc import DatabaseError, OperationalError
        from sqlalchemy.pool import QueuePool
        from sqlcipher3 import dbapi2

        file = path or place()
        locked = _take(file, passphrase)
        # SQLCipher reads plain files too, so one library serves both.
        engine = create_engine("sqlite://", module=dbapi2, creator=lambda: _connect(file, passphrase), pool_size=2,
                               max_overflow=8, poolclass=QueuePool)  # fmt: skip
        event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
        journal = cls(engine, file)
        try:
            _migrate(engine, file)
        except OperationalError as error:
            journal.close()
            raise NearerError(_why(error)) from None
        except DatabaseError:
            journal.close()
            if locked:
                raise Locked("That passphrase does not open the journal.") from None
            raise NearerError(f"{file.name} in nearer's folder is no journal.") from None
        except BaseException:
            journal.close()
            raise
        return journal

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
        """Leave nothing of what was forgotten in the file: freed pages are overwritten, the file rewritten.

        Raises NearerError where another process keeps the old pages in use; they go when it closes the journal."""
        from sqlcipher3 import dbapi2

        connection = self._engine.raw_connection()
        try:
            connection.rollback()
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            # The log holds old pages until it is written back; then it is cut to nothing.
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except dbapi2.Error:
            busy = 1
        finally:
            connection.close()
        if busy:
            raise NearerError(
                "It is forgotten. The last trace goes when nearer's other windows are closed and the disk has room."
            )

    def set_passphrase(self, new: str | None) -> Journal:
        """Lock the journal with a passphrase, with another one, or (None) with none. Returns it opened again.

        The new file takes the old one's place in one step, so that a crash leaves one or the other, whole; then the
        old one is overwritten. Raises NearerError where another window has the journal open.
        """
        if new is not None and len(new) < 8:
            raise NearerError("A passphrase needs eight signs or more.")
        from sqlcipher3 import dbapi2

        connection = self._engine.raw_connection()
        connection.detach()
        self._engine.dispose()
        fresh = self.path.with_suffix(".new")
        try:
            fresh.unlink(missing_ok=True)
            connection.rollback()
            cursor = connection.cursor()
            # Leaving the log's mode succeeds only where nobody else has the file open.
            cursor.execute("PRAGMA journal_mode = DELETE").fetchall()
            cursor.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("COMMIT")
            cursor.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), new or ""))
            cursor.execute("SELECT sqlcipher_export('fresh')").fetchall()
            cursor.execute("DETACH DATABASE fresh")
            fresh.chmod(0o600)
            with open(self.path, "r+b") as old:
                os.replace(fresh, self.path)
                connection.close()
                _overwrite(old)
        except (dbapi2.Error, OSError) as error:
            connection.close()
            fresh.unlink(missing_ok=True)
            raise NearerError(_why(error)) from None
        self.close()
        return Journal.open(new, self.path)

    def close(self) -> None:
        """Close every connection; the write-ahead log goes into the file."""
        self._engine.dispose()
        if self._open:
            self._open = False
            _let_go(self.path)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def place() -> Path:
    """Where the journal lies. Raises NearerError where its folder cannot be made."""
    if named := os.environ.get("NEARER_JOURNAL"):
        return Path(named)
    try:
        return paths.data_folder() / FILE
    except OSError as error:
        raise NearerError(f"The journal's folder cannot be made: {error.strerror}.") from None


def needs_passphrase(path: Path | None = None) -> bool:
    """Is there a journal that only a passphrase opens?"""
    file = path or place()
    with _guard:
        return _is_locked(file)


def _is_locked(file: Path) -> bool:
    if held := _held.get(os.path.realpath(file)):
        return held[-1]
    try:
        with open(file, "rb") as stream:
            start = stream.read(16)
    except OSError:
        return False
    return bool(start) and start != _PLAIN_START


def _take(file: Path, passphrase: str | None) -> bool:
    """Note that this process opens the file; says whether a passphrase locks it."""
    with _guard:
        locked, new = _is_locked(file), not file.exists() or not file.stat().st_size
        if locked and not passphrase:
            raise Locked("The journal is locked; it opens with your passphrase.")
        if passphrase and not locked and not new:
            raise Locked("This journal has no passphrase yet. Open it without one, and set one there.")
        _held.setdefault(os.path.realpath(file), []).append(bool(passphrase))
        return bool(passphrase)


def _let_go(file: Path) -> None:
    with _guard:
        key = os.path.realpath(file)
        _held[key].pop()
        if not _held[key]:
            del _held[key]


def _connect(file: Path, passphrase: str | None) -> Any:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(file), timeout=_WAIT, check_same_thread=False, isolation_level=None)
    if not file.stat().st_size:
        file.chmod(0o600)
    # SQLCipher tells of a wrong passphrase on the terminal, in words of its own; we do, in ours.
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    if passphrase:
        quoted = passphrase.replace("'", "''")
        connection.execute(f"PRAGMA key = '{quoted}'")
    for pragma in (
        "foreign_keys = ON",
        "secure_delete = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _migrate(engine: Engine, file: Path) -> None:
    """Bring the tables up to date, in one transaction. Alembic is only loaded where there is something to do."""
    head = max(script.name[:4] for script in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
    with engine.begin() as connection:
        revision = _revision(connection, file)
        if revision == head:
            return
        if revision is not None and revision > head:
            raise NearerError("A newer nearer made this journal; bring nearer up to date to open it.")
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection, file: Path) -> str | None:
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if "alembic_version" in tables:
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if tables:
        raise NearerError(f"{file.name} holds something else, not a journal.")
    return None


def _overwrite(old: Any) -> None:
    size = os.fstat(old.fileno()).st_size
    for start in range(0, size, 1 << 20):
        old.write(b"\0" * min(1 << 20, size - start))
    old.flush()
    os.fsync(old.fileno())


def _why(error: Exception) -> str:
    """One sentence, and never what was to be written."""
    said = str(getattr(error, "orig", error)).lower()
    if "full" in said or "no space" in said or "too large" in said:
        return "The disk is full, so the journal could not be written; what was there before is safe."
    if "i/o" in said:
        return "The journal could not be written: the disk is full or failing. What was there before is safe."
    if "locked" in said or "busy" in said:
        return "Another window of nearer has the journal in use; close it, or try again in a moment."
    if "readonly" in said or "read-only" in said or "unable to open" in said or "permission" in said:
        return "The journal's folder cannot be written to."
    if "constraint" in said:
        return "That does not fit into the journal; nothing was changed."
    return f"The journal could not be used ({type(error).__name__})."
