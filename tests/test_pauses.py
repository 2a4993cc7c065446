from __future__ import annotations

import gc

import pytest

from nearer.pauses import without_pauses


def test_python_collects_again_afterwards_also_where_it_went_wrong() -> None:
    @without_pauses()
    def breaks() -> None:
        assert not gc.isenabled()
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        breaks()
    assert gc.isenabled()


def test_who_had_turned_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with without_pauses():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
