"""Where the project keeps what training reads."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CUES = ROOT / "src" / "nearer" / "cues"
TRAINING = ROOT / "training"
WRITTEN = TRAINING / "written"
UNLEARNT = TRAINING / "unlearnt"
CHATS = TRAINING / "chats"
DATA = ROOT.parent / "shared" / "data"
"""The labelled sets, where they are."""
