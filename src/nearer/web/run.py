"""Running the app: one process on a socket that is bound already, silent about who asked for what."""

from __future__ import annotations

import socket
import threading
import webbrowser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def run(app: FastAPI, door: socket.socket, address: str | None) -> None:
    """Serve until interrupted. `address` is opened in the browser once the app answers."""
    import uvicorn

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


def _warm(app: FastAPI) -> None:
    """Load patterns and encoder while the holder looks at the first page, so that the first draft is read at once."""
    try:
        app.state.drafts.check("hello", (), app.state.settings.encoder)
    except Exception:
        # Whatever is wrong is said where it is asked for; the app opens all the same.
        return
