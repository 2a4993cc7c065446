"""Running the app: one process on a socket that is bound already, silent about who asked for what."""

from __future__ import annotations

import socket
import tempfile
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def run(app: FastAPI, door: socket.socket, address: str | None) -> None:
    """Serve until interrupted. `address` is opened in the browser once the app answers."""
    import uvicorn

    keep_in_memory()
    config = uvicorn.Config(
        app, access_log=False, log_level="warning", server_header=False, date_header=False, proxy_headers=False
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_warm, args=(app,), daemon=True).start()
    if address is not None:
        threading.Timer(0.6, webbrowser.open, (address,)).start()
    try:
        server.run(sockets=[door])
    except KeyboardInterrupt:
        pass
    finally:
        door.close()


def keep_in_memory() -> None:
    """Let every temporary file of this process lie in memory where the system has a folder for that: an upload of over a
    megabyte is one while it arrives, and so is what is unpacked of it."""
    if Path("/dev/shm").is_dir():
        tempfile.tempdir = "/dev/shm"


def _warm(app: FastAPI) -> None:
    """Load patterns and encoder while the holder looks at the first page, so that the first draft is read at once."""
    try:
        app.state.drafts.check("hello", (), app.state.settings.encoder)
    except Exception:
        # Whatever is wrong is said where it is asked for; the app opens all the same.
        return
