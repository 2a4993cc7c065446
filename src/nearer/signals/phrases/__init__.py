"""The phrases engine: every pattern of every cue in one automaton, and the guards that decide when it may speak."""

from nearer.signals.phrases.scan import Hit, Scan, scan
from nearer.signals.phrases.table import Table, table_for

__all__ = ["Hit", "Scan", "Table", "scan", "table_for"]
