"""The shipped encoder: loads, tells gratitude from scorn, and points at words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nearer.errors import NearerError
from nearer.signals.encoder import Encoder, load


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = load()
    assert found is not None
    return found


def test_signals_are_probabilities_in_the_rows_order(encoder: Encoder) -> None:
    found = encoder.signals(["thank you so much, that was lovely", "k", "what time is it?"])
    assert set(encoder.heads) == set(found)
    assert found["emotion_gratitude"].argmax() == 0
    assert found["question"].argmax() == 2
    assert all(np.isfinite(v).all() for v in found.values())


def test_context_reaches_only_the_heads_that_read_it(encoder: Encoder) -> None:
    text, before = "did you see the score", ["my mum's scan was bad"]
    alone, after = encoder.signals([text]), encoder.signals([text], [before])
    assert alone["politeness"][0] == after["politeness"][0]
    assert alone["coherent"][0] != after["coherent"][0]
    assert alone["hurts"][0] != after["hurts"][0]


def test_the_span_is_the_clause_that_matters(encoder: Encoder) -> None:
    text = "the bus was late. thank you so much for waiting. see you"
    [(start, end)] = encoder.spans([(text, [], "emotion_gratitude")])
    assert "thank you" in text[start:end]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("thank you, that was so kind. the bus is late", "thank you, that was so kind."),
        ("thank you so much for waiting for me, the bus was late", "thank you so much for waiting for me"),
        ("Thanks! the bus was late and i had no signal", "Thanks!"),
        ("thank you, ", "thank you"),
    ],
)
def test_a_quotation_makes_sense_by_itself(encoder: Encoder, text: str, quoted: str) -> None:
    [(start, end)] = encoder.spans([(text, [], "emotion_gratitude")])
    assert text[start:end] == quoted


def test_a_folder_without_weights(tmp_path: Path) -> None:
    with pytest.raises(NearerError, match="no folder of encoder weights"):
        Encoder.load(tmp_path)


def test_the_encoder_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    # onnxruntime would keep an identifier of the machine there, and tell its maker of it.
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "XDG_", "CI", "GITHUB_"))}
    code = "from nearer.api import load_encoder; load_encoder().signals(['hello there'])"
    subprocess.run([sys.executable, "-c", code], check=True, env=clean | {"HOME": str(tmp_path)})
    assert [*tmp_path.rglob("*")] == []
