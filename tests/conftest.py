"""Every test runs alike everywhere: repeatable examples, and nothing read from or written to anybody's own folders."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")

HOMES = ("HOME", "NEARER_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
SCREEN = {"NO_COLOR": "1", "COLUMNS": "100", "TZ": "UTC"}


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home folder of its own, before any test module is imported.

    Workers and the programs that tests start inherit it, so that the patterns are compiled once for all of them.
    """
    if hasattr(config, "workerinput"):
        return
    home = tempfile.TemporaryDirectory(prefix="nearer-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    for variable in HOMES:
        folder = Path(home.name) / variable.lower()
        folder.mkdir()
        os.environ[variable] = str(folder)
    os.environ.update(SCREEN)
    time.tzset()
