"""nearer serve: the app in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from nearer.errors import NearerError

PORT = 8477


def serve(
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Where it answers on this computer.")] = PORT,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address; do not open the browser.")] = False,
) -> None:
    """Open the private app in your browser."""
    import socket

    # The protocol is named, so that answers are sent at once (asyncio sets TCP_NODELAY only where it is).
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
        door.listen(64)
    except OSError:
        raise NearerError(f"Port {port} is in use; is nearer open already? Or try --port {port + 1}.") from None
    from nearer.web.app import create_app
    from nearer.web.run import run

    app = create_app(port)
    address = f"http://127.0.0.1:{port}/enter?key={app.state.keys.entry}"
    typer.echo(f"nearer is open at {address}")
    typer.echo("The address works once. Keep this window open; press Ctrl and C to close nearer.")
    run(app, door, None if no_open else address)
