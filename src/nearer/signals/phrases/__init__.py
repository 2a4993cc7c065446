"""The phrases engine: which patterns stand where, and the guards that decide when they may speak."""

from nearer.signals.phrases.scan import Hit, Scan, scan
from nearer.signals.phrases.table import Table, table_for
from nearer.signals.phrases.told import Told

__all__ = ["Hit", "Scan", "Table", "Told", "scan", "table_for"]
