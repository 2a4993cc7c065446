"""What a person keeps from one reading to the next, on this machine alone.

    with Journal.open(passphrase=None) as journal:      # SQLite; SQLCipher with a passphrase
        number = keep(journal, reading, conversation, "Sam")
        for entry in entries(journal, "Sam"): ...

One file a matter: `store` (the file, its lock, its migrations), `tables` (what is in it), `readings` (kept readings),
`goals`, `notes`, `checkins` (questions in checkin.toml), `differ` (what the holder sees differently), `cards` (practice),
`trends`, `export`. Every function takes the journal first, and is one transaction.
"""

from __future__ import annotations

from nearer.journal.store import Journal, Locked

__all__ = ["Journal", "Locked"]
