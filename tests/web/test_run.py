"""What the app's process does with temporary files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from nearer.web.run import keep_in_memory


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="this system has no folder in memory")
def test_an_upload_never_touches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    keep_in_memory()
    with tempfile.NamedTemporaryFile() as arriving:
        assert Path(arriving.name).parent == Path("/dev/shm")
