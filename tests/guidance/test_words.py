"""Words that every page says alike: numbers with their noun, and notes without what only the terminal knows."""

from __future__ import annotations

import pytest

from nearer.guidance.words import counted, short, without_options


def test_one_is_not_written_as_many() -> None:
    assert [counted(n, "message") for n in (0, 1, 2000)] == ["0 messages", "1 message", "2,000 messages"]


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("They were read as day first. Use --dates mdy if the month comes first.", "They were read as day first."),
        (
            "a.txt is in no format nearer knows; see docs/sources for those it reads.",
            "a.txt is in no format nearer knows.",
        ),
        ("All is one speaker. docs/sources/recordings.md helps.", "All is one speaker."),
        ("chat.csv has a, b.c. Name them with --columns speaker=…,text=….", "chat.csv has a, b.c."),
        ("Chat -- x.txt is empty; nothing was read.", "Chat -- x.txt is empty; nothing was read."),
    ],
)
def test_nobody_who_cannot_type_an_option_is_told_to(note: str, left: str) -> None:
    assert without_options(note) == left


def test_a_cut_quotation_ends_in_three_dots() -> None:
    assert short("you  never\nlisten", 20) == "you never listen"
    assert short("you never listen", 10) == "you never…"
