"""Texts are looked at in blocks that hold every text once, whole, however long it is."""

from __future__ import annotations

import pytest

from nearer.signals.phrases import engines


def test_blocks_hold_every_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_BLOCK", 8)
    texts = ["", "one", "two", "much longer than a block", "", "x"]
    found = [*engines.blocks(texts)]
    assert [t for b in found for t in b.texts] == texts
    assert [b.first for b in found] == [0, 2, 3, 4]


def test_no_texts_no_blocks() -> None:
    assert [*engines.blocks([])] == []
