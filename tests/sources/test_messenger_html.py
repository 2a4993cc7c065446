"""Messages of Facebook and Instagram as web pages."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nearer.conversation import Reaction
from nearer.sources import Options, load
from nearer.sources.months import moment

NONE = "<div></div>"


def box(who: str, inner: str, when: str, tag: str = "div") -> str:
    return (
        f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><{tag} class="_3-95 _2pim _a6-h _a6-i">{who}</{tag}>'
        f'<div class="_3-95 _a6-p"><div>{NONE}{inner}</div></div><div class="_3-94 _a6-o">{when}</div></div>'
    )


PAGE = (
    "<html><head><title>Zoë</title></head><body><h1>Zoë</h1><main>"
    '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div>Participants: Ana and Zoë</div></div>'
    + box("Ana", f"<div>so it is<br>two lines</div>{NONE}{NONE}<ul><li><span>❤Zoë</span></li></ul>", "Jan 30, 2024 5:07:01 pm")
    + box("Zoë", f'<div>Zoë sent a photo.</div>{NONE}<div><a href="p/1.jpg"><img src="p/1.jpg"></a></div>', "Jan 30, 2024 5:06:01 pm")
    + box("Zoë", f"<div>Reacted 😂 to your message </div>{NONE}", "Jan 30, 2024 5:06:00 pm", "h2")
    + box("Ana", f"<div>Hi &amp; hello</div>{NONE}", "Jan 30, 2024 5:05:01 pm")
    + "</main></body></html>"
)  # fmt: skip


def test_a_page(tmp_path: Path) -> None:
    (tmp_path / "message_1.html").write_text(PAGE, encoding="utf-8")
    talk = load(tmp_path / "message_1.html")
    assert [(m.speaker, m.text, m.kind) for m in talk] == [
        ("Ana", "Hi & hello", "text"), ("Zoë", "", "media"), ("Ana", "so it is\ntwo lines", "text"),
    ]  # fmt: skip
    assert (talk[0].time, talk[1].attachment) == (datetime(2024, 1, 30, 17, 5, 1), "p/1.jpg")
    assert talk[2].reactions == (Reaction("Zoë", "❤"),)
    assert (talk.title, talk.system.height, talk.skipped) == ("Zoë", 1, ())


def test_all_pages_of_a_chat_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "facebook.zip"
    root = "your_facebook_activity/messages/inbox"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{root}/zoe_1/message_1.html", PAGE)
        archive.writestr(f"{root}/zoe_1/message_2.html", PAGE.replace("2024", "2023"))
        archive.writestr(f"{root}/ben_2/message_1.html", PAGE.replace("Zoë", "Ben"))
    talk = load(path, Options(chat="Zoë"))
    assert [m.time.year for m in talk if m.time] == [2023, 2023, 2023, 2024, 2024, 2024]


@pytest.mark.parametrize(
    "written",
    ["Feb 5, 2024 5:05 pm", "5 Feb 2024, 17:05", "févr. 05, 2024 5:05 pm", "5 de febrero de 2024 a las 17:05", "5 Şub 2024 17:05",
     "feb. 05, 2024 5:05 p.m.", "2024년 2월 5일 오후 5:05", "2024年2月5日 17:05", "٥ فبراير ٢٠٢٤ ٥:٠٥ م", "5 फ़रवरी 2024 5:05 pm"],
)  # fmt: skip
def test_months_in_other_languages(written: str) -> None:
    assert moment(written) == datetime(2024, 2, 5, 17, 5, tzinfo=UTC).timestamp() * 1000
