"""What imessage-exporter writes around people's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.conversation import Conversation, Reaction
from nearer.sources import load

TEXT = """May 17, 2022  5:29:42 PM
+15550100
are you coming up?
Tapbacks:
    Loved by Me

    May 17, 2022  5:31:00 PM
    Me
    a reply
    Tapbacks:
        Liked by +15550100

and bring soup
Tapbacks:
    ☕️ by Me

May 17, 2022  5:31:00 PM
Me
a reply
This message responded to an earlier message.

May 17, 2022  5:32:42 PM
Me
This message was deleted from the conversation!
still here

May 17, 2022 10:33:42 PM You unsent a message!

May 17, 2022 10:34:42 PM
+15550100
attachments/12/ab.caf
Transcription: I am late

Unable to format announcement!

May 17, 2022 10:35:42 PM
+15550100
IMG_1234.HEIC

May 17, 2022 10:36:42 PM
+15550100
Hola
Translated from:
Hello

May 17, 2022 10:37:42 PM
+15550100
Outline Sticker from +15550100: /Users/x/1.heic
"""


def test_what_the_program_adds_is_no_speech(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    talk = load(tmp_path / "a.txt")
    assert talk.texts == [
        "are you coming up?\nand bring soup", "a reply", "still here", "", "I am late", "", "Hello", "",
    ]  # fmt: skip
    assert [m.kind for m in talk] == ["text", "text", "text", "deleted", "text", "media", "text", "media"]
    assert talk[0].reactions == (Reaction("Me", "Loved"), Reaction("Me", "☕️"))
    assert (talk[1].reply_to, talk[3].speaker, talk[5].attachment) == (0, "Me", "IMG_1234.HEIC")
    assert (talk.skipped, talk.system.height) == ((), 0)


def read(tmp_path: Path, *blocks: str) -> Conversation:
    """Blocks as the program writes them, a second apart; "@" stands for their time."""
    stamps = (f"May 17, 2022  5:29:{i:02} PM" for i in range(1, 60))
    text = "".join(b.replace("@", stamp) + "\n\n" for b, stamp in zip(blocks, stamps, strict=False))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    return load(tmp_path / "a.txt")


def test_one_notice_after_another(tmp_path: Path) -> None:
    talk = read(
        tmp_path, "@ You added +15550100 to the conversation.", "@ You named the conversation Soup", "@ Ben unsent a message!",
        "@\nMe\nhi",
    )  # fmt: skip
    assert (talk.system.height, talk.texts, talk[0].kind) == (2, ["", "hi"], "deleted")


def test_an_edit_below_a_picture_and_words_that_only_look_like_one(tmp_path: Path) -> None:
    talk = read(
        tmp_path,
        "@\nMe\nattachments/1/2.jpeg\n@ first\nEdited 15 seconds later: better\nEdited 1 minute, 2 seconds later: best",
        "@\nBen\nEdited version: see below",
    )
    assert [(m.text, m.attachment, m.edited) for m in talk] == [
        ("best", "attachments/1/2.jpeg", True), ("Edited version: see below", None, False),
    ]  # fmt: skip


def test_older_versions_indent_only_the_first_line_of_a_reply(tmp_path: Path) -> None:
    reply = "May 17, 2022  5:29:02 PM\n    Me\n    first line\nsecond line\n\nthird"
    talk = read(
        tmp_path, f"@\nBen\nare you up?\n    {reply}\n",
        "@\nMe\nfirst line\nsecond line\n\nthird\nThis message responded to an earlier message.",
    )  # fmt: skip
    assert talk.texts == ["are you up?", "first line\nsecond line\n\nthird"]
    assert talk[1].reply_to == 0


def test_newer_versions_leave_no_blank_line_below_tapbacks(tmp_path: Path) -> None:
    talk = read(tmp_path, "@\nBen\nlook\nTapbacks:\n    Loved by Me\nsee you by noon")
    assert (talk.texts, talk[0].reactions) == (["look\nsee you by noon"], (Reaction("Me", "Loved"),))


@pytest.mark.parametrize(
    ("body", "text", "kind"),
    [
        ("They unsent this message part 15 seconds after sending!", "", "deleted"),
        ("hello\nThey unsent this message part 15 seconds after sending!", "hello", "text"),
        ("You deleted a message.", "", "deleted"),
        ("My mum unsent a message again", "My mum unsent a message again", "text"),
        ("GamePigeon message:\nLet's play 8 ball", "", "media"),
        ("Unable to format app message: No payload", "", "media"),
        ("Check In: Timer\nExpected at May 17, 2022  6:00:00 PM", "", "media"),
        ("Sticker from Ben: /a/b/c.heic (App: Memoji)\nha", "ha", "text"),
        (f"/Users/x/Backup/ab/{'ab' * 20}", "", "media"),
        ("/s obviously. not.true", "/s obviously. not.true", "text"),
    ],
)
def test_what_stands_for_something_else(tmp_path: Path, body: str, text: str, kind: str) -> None:
    talk = read(tmp_path, f"@\nBen\n{body}")
    assert (talk.texts, talk[0].kind) == ([text], kind)


def test_a_holder_with_a_name_of_their_own(tmp_path: Path) -> None:
    assert read(tmp_path, "@ (Read by them after 3 seconds)\nAna\nhi", "@\nBen\nho").me == "Ana"
