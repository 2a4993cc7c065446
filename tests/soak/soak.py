"""A day of use of the app, squeezed into minutes: nothing goes wrong, and nothing grows.

    python tests/soak/soak.py [--hours 24] [--drafts 60] [--encoder]        (`make soak`)

The app runs in a process of its own on 127.0.0.1 with an empty home. After a warm-up of a quarter of the hours, memory at
the end may stand at most `--allowed` MiB above where it stood (the mean of the last hours against the first after the
warm-up), and open files, sockets and threads no higher. Every answer must be the one expected, and the app must complain
of nothing on standard error.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import fmean

if not __package__:
    # Run as a program: tests/ in place of this folder, where the name "soak" would be this very file.
    sys.path[0] = str(Path(__file__).parents[1])

from soak.app import Held, running
from soak.day import Hour, Trouble

EXPECTED = re.compile(r"ERROR CORE sql")
"""SQLCipher says on standard error that a passphrase does not fit, and a wrong one is given every hour."""
SPARE_HANDLES = 4
"""Connections that are being closed as we look."""


def soak(hours: int, drafts: int, allowed: float, encoder: bool = False, say: bool = False) -> list[Held]:
    """Run it; returns what the app held after each hour. Raises Trouble where something went wrong or grew."""
    with tempfile.TemporaryDirectory(prefix="nearer-soak-") as folder:
        home, held, requests = Path(folder), [], 0
        began = time.monotonic()
        with running(home, encoder) as app:
            for number in range(hours):
                requests += Hour(app, number, drafts).run()
                held.append(app.held())
                if say:
                    now = held[-1]
                    print(f"hour {number + 1:3}  {requests:6} requests  {time.monotonic() - began:5.0f} s  "
                          f"{now.memory:6.1f} MiB  {now.handles:3} handles  {now.threads:3} threads", flush=True)  # fmt: skip
        complaints = "\n".join(
            line for line in (home / "errors.txt").read_text().splitlines() if not EXPECTED.search(line)
        )
    if complaints:
        raise Trouble(f"the app complained: {complaints[-2000:]}")
    judge(held, allowed)
    return held


def judge(held: list[Held], allowed: float) -> None:
    """Raise Trouble where memory, handles or threads grew after the warm-up."""
    warm = held[len(held) // 4 :]
    some = max(1, len(warm) // 4)
    before, after = fmean(h.memory for h in warm[:some]), fmean(h.memory for h in warm[-some:])
    if after - before > allowed:
        raise Trouble(f"memory grew from {before:.1f} to {after:.1f} MiB; {allowed:.0f} are allowed")
    for name, spare in (("handles", SPARE_HANDLES), ("threads", 0)):
        first, last = max(getattr(h, name) for h in warm[:some]), getattr(warm[-1], name)
        if last > first + spare:
            raise Trouble(f"{name} grew from {first} to {last}")


def main() -> None:
    """Run it as the options say; exits 1 where something went wrong or grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--drafts", type=int, default=60, help="in each hour")
    parser.add_argument(
        "--encoder", action="store_true", help="with the encoder, whose memory of results grows to 60 MiB"
    )
    parser.add_argument("--allowed", type=float, help="MiB of growth after the warm-up; 24, or 80 with the encoder")
    args = parser.parse_args()
    allowed = args.allowed or (80.0 if args.encoder else 24.0)
    try:
        held = soak(args.hours, args.drafts, allowed, args.encoder, say=True)
    except Trouble as trouble:
        print(f"soak: {trouble}", file=sys.stderr)
        sys.exit(1)
    print(
        f"Nothing went wrong. Memory {held[len(held) // 4].memory:.0f} MiB after the warm-up, {held[-1].memory:.0f} at the end."
    )


if __name__ == "__main__":
    main()
