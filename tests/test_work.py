"""What the commands do: who is who in the talk before a draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.errors import NearerError, UsageError
from nearer.work import draft_context, read_draft

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "1_money.txt")


def test_the_holders_own_messages_in_a_file_are_mine() -> None:
    plain, mine = draft_context([EXAMPLE]), draft_context([EXAMPLE], "tom")
    assert {who for who, _ in plain} == {"Tom", "Nadia"}
    assert [(("me" if who == "Tom" else who), text) for who, text in plain] == mine
    assert draft_context(["hi", EXAMPLE, "me: hello"], "Tom") == [("other", "hi"), *mine, ("me", "hello")]


def test_a_file_that_knows_its_holder_needs_no_name(tmp_path: Path) -> None:
    sms = "".join(
        f'<sms address="+441" contact_name="Ana" date="{1_772_500_000_000 + i}" type="{1 + i % 2}" body="{text}"/>'
        for i, text in enumerate(("hi", "hello", "ok"))
    )
    file = tmp_path / "sms.xml"
    file.write_text(f'<?xml version="1.0"?><smses count="3">{sms}</smses>')
    assert draft_context([str(file)]) == [("Ana", "hi"), ("me", "hello"), ("Ana", "ok")]


def test_a_name_that_fits_nothing_is_said() -> None:
    with pytest.raises(NearerError, match=r"1_money\.txt is called 'Zoe'; it has"):
        draft_context([EXAMPLE], "Zoe")
    with pytest.raises(UsageError, match="name the file"):
        draft_context(["where are you?"], "Tom")


def test_an_earlier_message_may_be_longer_than_a_name_of_a_file() -> None:
    long = ["ü" * 200, "💖" * 100, "why\0not", "a " * 9000]
    assert draft_context(long) == [("other", text) for text in long]


@pytest.mark.parametrize("encoder", [True, False])
def test_a_draft_that_is_no_unicode_is_read_all_the_same(encoder: bool) -> None:
    (found, *_), danger = read_draft("you never listen to me \udcff", [("other", "\ud83d")], encoder=encoder)
    assert found.quote.encode()
    assert not danger
