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
    if address is not None:
        threading.Timer(0.6, webbrowser.open, (address,)).start()
    try:
        server.run(sockets=[door])
    except KeyboardInterrupt:
        pass
    finally:
        door.close()
