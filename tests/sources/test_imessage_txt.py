"""What imessage-exporter writes around people's words."""

from __future__ import annotations

from pathlib import Path

from nearer.conversation import Reaction
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
