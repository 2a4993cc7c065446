"""The soak itself works: a few squeezed hours go by without a fault and leave no handle behind."""

from __future__ import annotations

import pytest

from soak.app import Held
from soak.day import Trouble
from soak.soak import judge, soak


def test_a_short_day() -> None:
    # Too short to tell a leak of memory from a cache that fills; handles and threads must be level at once.
    assert len(soak(hours=3, drafts=3, allowed=150)) == 3


def test_growth_is_seen() -> None:
    level = [Held(100, 20, 5)] * 4
    judge([*level, *level], 10)
    for grown in (Held(120, 20, 5), Held(100, 30, 5), Held(100, 20, 6)):
        with pytest.raises(Trouble, match="grew"):
            judge([*level, *[grown] * 4], 10)
