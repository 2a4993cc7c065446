"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

FileArg = Annotated[
    Path, typer.Argument(help="A chat export or transcript; any format nearer knows.", show_default=False)
]
Me = Annotated[Optional[str], typer.Option("--me", help="Your name in the conversation.")]
NoEncoder = Annotated[bool, typer.Option("--no-encoder", help="Patterns only; faster, finds less.")]
