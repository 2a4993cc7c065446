"""Throws broken and hostile files at the whole path, from bytes to every report: only NearerError may come out.

    uv run --group fuzz python tests/fuzz/whole_path.py 600

The number is how many seconds to go on; what libFuzzer itself takes may follow. The seeds are the small exports of
tests/sources/exports.py and the conversations of examples/. Besides crashes it looks for people's words that became
part of the page: an element, a handler or an address that the template did not put there.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["nearer"]):
    from nearer.errors import NearerError
    from nearer.reading.read import Settings, read_conversation
    from nearer.report import json as as_json
    from nearer.report import markdown, page, terminal
    from nearer.sources import formats, load

    formats()

ELEMENTS = re.compile(
    "html|head|meta|title|style|body|main|header|section|footer|h[1-6]|p|[uo]l|li|div|span|strong|br|blockquote|d[ltd]|"
    "table|thead|tbody|t[rhd]|svg|rect|line|mark|time|q|em"
)
"""What the template is made of."""
HOSTILE = (
    b"12/02/2024, 09:14 - <script>alert(1)</script>: you never listen <img src=x onerror=alert(1)>\n"
    b"12/02/2024, 09:15 - Ben: {{ 7*7 }} {% raw %} javascript:alert(1) \xe2\x80\xae right to left =cmd()\n"
    b"12/02/2024, 09:16 - <script>alert(1)</script>: </style></mark><iframe src=//x> sorry\n"
)


def main() -> None:
    """Run libFuzzer for the seconds named first."""
    seconds = sys.argv.pop(1) if len(sys.argv) > 1 and sys.argv[1].isdigit() else "60"
    folder = Path(tempfile.mkdtemp(prefix="nearer-fuzz-"))
    path = folder / "chat"
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, seed in enumerate(_seeds(folder)):
        (seeds / str(number)).write_bytes(seed)

    def one(data: bytes) -> None:
        path.write_bytes(data)
        try:
            conversation = load(path)
            reading = read_conversation(conversation, Settings())
        except NearerError as error:
            if "\n" in str(error):
                raise AssertionError("an error is one line") from error
            return
        html = page.to_text(reading, conversation)
        markdown.to_text(reading, conversation)
        terminal.to_text(reading)
        as_json.to_bytes(reading)
        check(html)

    settings = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={folder}/",
        "-rss_limit_mb=4096",
    ]  # Its own traces grow.
    atheris.Setup([*sys.argv, *settings, str(seeds)], one)
    atheris.Fuzz()


def check(html: str) -> None:
    """Raises AssertionError where the page holds anything that can run, fetch or lead away."""
    from selectolax.lexbor import LexborHTMLParser

    for node in LexborHTMLParser(html).root.traverse():
        if not ELEMENTS.fullmatch(node.tag):
            raise AssertionError(f"an element {node.tag} in the page")
        for name in node.attributes:
            if name.startswith("on") or name in ("href", "src", "srcdoc", "action", "formaction"):
                raise AssertionError(f"an attribute {name} in the page")


def _seeds(folder: Path) -> list[bytes]:
    from sources.exports import FILES, chat_db

    chat_db(folder / "chat.db")
    examples = sorted((Path(__file__).parents[2] / "examples").iterdir())
    return [
        HOSTILE,
        (folder / "chat.db").read_bytes(),
        *(seed for _, seed in FILES.values()),
        *(path.read_bytes() for path in examples if path.is_file()),
    ]


if __name__ == "__main__":
    main()
