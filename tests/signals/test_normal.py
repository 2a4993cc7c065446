"""The normal form: ASCII, and one character for one, whatever stands in the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nearer.signals.normal import BREAK, LAUGH, LOVE, normal


@given(st.text())
def test_one_character_for_one_and_no_line_end(text: str) -> None:
    form = normal(text)
    assert len(form) == len(text)
    assert form.isascii()
    assert "\n" not in form


def test_what_signs_become() -> None:
    assert normal("don’t “go”…") == 'don\'t "go".'
    assert normal("café 😂❤") == f"cafe {LAUGH}{LOVE}"
    assert normal("a\nb\u202fc") == f"a{BREAK}b c"
