"""The journal while the app runs: opened when first needed, unlocked by the holder, forgotten on lock."""

from __future__ import annotations

import hashlib
import secrets
import threading

from nearer.errors import NearerError
from nearer.journal import Journal, Locked
from nearer.journal.readings import people
from nearer.journal.store import needs_passphrase


class Vault:
    """Holds the open journal. The passphrase itself is not kept: it is used once and let go."""

    def __init__(self) -> None:
        self._journal: Journal | None = None
        self._lock = threading.Lock()
        self._salt = secrets.token_bytes(16)

    def get(self) -> Journal:
        """The journal. Raises Locked where it waits for its passphrase."""
        with self._lock:
            if self._journal is None:
                self._journal = Journal.open()
            return self._journal

    @property
    def locked(self) -> bool:
        """Does it wait for a passphrase?"""
        return self._journal is None and needs_passphrase()

    @property
    def protected(self) -> bool:
        """Has it a passphrase at all?"""
        return needs_passphrase()

    def unlock(self, passphrase: str) -> None:
        """Open it. Raises Locked where the passphrase is wrong."""
        with self._lock:
            if self._journal is None:
                self._journal = Journal.open(passphrase)

    def protect(self, passphrase: str) -> None:
        """Give it a passphrase, or another one."""
        with self._lock:
            journal = self._journal or Journal.open()
            self._journal = None
            self._journal = journal.set_passphrase(passphrase)

    def lock(self) -> None:
        """Close it; with a passphrase it must be given again."""
        with self._lock:
            if self._journal is not None:
                self._journal.close()
                self._journal = None

    def sign(self, name: str) -> str:
        """What stands for a person in addresses, since names do not belong there; new with each start."""
        return hashlib.blake2b(name.encode(), digest_size=6, key=self._salt).hexdigest()

    def person(self, sign: str) -> str:
        """The person of a sign. Raises NearerError where there is none."""
        for name, _ in people(self.get()):
            if self.sign(name) == sign:
                return name
        raise NearerError("The journal has nobody of that name.")


__all__ = ["Locked", "Vault"]
