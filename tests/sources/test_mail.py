"""What of a mail is its sender's, as programs in many languages write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.conversation import Conversation
from nearer.errors import UsageError
from nearer.sources import load
from sources.exports import MBOX

HEAD = "From: Ana Lee <ana@example.org>\nTo: Ben <ben@example.org>\nSubject: Re: x\nDate: Tue, 13 Feb 2024 23:00:00 +0100\nMIME-Version: 1.0\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
PAGE = "Content-Type: text/html; charset=utf-8\n\n"
OWN = "Yes gladly.\n\nSee you there."
QUOTE = "\n\n> Shall we go on Friday?\n> I hope so\n"


def read(tmp_path: Path, rest: str | bytes, head: str = HEAD) -> Conversation:
    data = rest if isinstance(rest, bytes) else rest.encode()
    (tmp_path / "a.eml").write_bytes(head.encode() + data)
    return load(tmp_path / "a.eml")


@pytest.mark.parametrize(
    "line",
    [
        "On Tue, Feb 13, 2024 at 8:00\u202fPM Ben Very Long Name <ben.example@example.org>\nwrote:",
        "On Tue, Feb 13, 2024 at 8:00 PM Ben Very Long Name\n<ben.example@example.org> wrote:",
        "Am Di., 13. Feb. 2024 um 20:00 Uhr schrieb Ben <ben@example.org>:",
        "Le mar. 13 févr. 2024 à 20:00, Ben <ben@example.org> a écrit :",
        "El mar, 13 feb 2024 a las 20:00, Ben (<ben@example.org>) escribió:",
        "Em ter., 13 de fev. de 2024 às 20:00, Ben <ben@example.org> escreveu:",
        "Il giorno mar 13 feb 2024 alle ore 20:00 Ben <ben@example.org> ha scritto:",
        "Op di 13 feb 2024 om 20:00 schreef Ben <ben@example.org>:",
        "Ben <ben@example.org>, 13 Şub 2024 Sal, 20:00 tarihinde şunu yazdı:",
        "2024年2月13日(火) 20:00 Ben <ben@example.org>:",
        "2024년 2월 13일 (화) 오후 8:00, Ben <ben@example.org>님이 작성:",
        "вт, 13 февр. 2024 г. в 20:00, Ben <ben@example.org>:",
        "\u200fבתאריך יום ג׳, 13 בפבר׳ 2024 ב-20:00 מאת \u202aBen\u202c\u200f <\u202aben@example.org\u202c\u200f>:\u202c",
        "في الثلاثاء، ١٣ فبراير ٢٠٢٤ في ٨:٠٠ م تمت كتابة ما يلي بواسطة Ben <ben@example.org>:",
        "wt., 13 lut 2024 o 20:00 Ben <ben@example.org> napisał(a):",
    ],
)
def test_quotations_go_with_the_line_above_them(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, f"{PLAIN}{OWN}\n\n{line}{QUOTE}").texts == [OWN]


@pytest.mark.parametrize(
    "line",
    ["On 2/13/24 20:00, Ben wrote:", "Am 13.02.24 um 20:00 schrieb Ben:", "Le 13/02/2024 à 20:00, Ben a écrit :"],
)
def test_an_answer_below_what_it_answers(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, f"{PLAIN}{line}\n> Shall we go?\n\n{OWN}\n").texts == [OWN]
    assert read(tmp_path, f"{PLAIN}{line}\n\n> Shall we?\n\nyes\n\n> And Bob?\n\nno way\n\n-- \nAna\n").texts == [
        "yes\n\nno way"
    ]


@pytest.mark.parametrize(
    "header",
    [
        "________________________________\nFrom: Ben <b@x.org>\nSent: Tuesday, February 13, 2024 8:00 PM\nTo: Ana\nSubject: x",
        "-----Ursprüngliche Nachricht-----\nVon: Ben <b@x.org>\nGesendet: Dienstag, 13. Februar 2024 20:00\nAn: Ana\nBetreff: x",
        "De : Ben <b@x.org>\nEnvoyé : mardi 13 février 2024 20:00\nÀ : Ana\nObjet : x",
        "De: Ben <b@x.org>\nEnviada em: terça-feira, 13 de fevereiro de 2024 20:00\nPara: Ana\nAssunto: x",
        "On Tuesday, February 13, 2024 at 08:00:00 PM GMT+1, Ben <b@x.org> wrote:",
    ],
)
def test_a_mail_below_without_signs(tmp_path: Path, header: str) -> None:
    talk = read(tmp_path, f"{PLAIN}{OWN}\n\n{header}\n\nShall we go?\n")
    assert (talk.texts, talk[0].forwarded) == ([OWN], False)


@pytest.mark.parametrize(
    "passed",
    [
        "---------- Forwarded message ---------\nVon: Ben <b@x.org>\nDate: Di., 13. Feb. 2024 um 20:00 Uhr\nSubject: x\n\n\nShall we go?",
        "Begin forwarded message:\n\n> From: Ben <b@x.org>\n> Subject: x\n> \n> Shall we go?",
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tx\nVon: \tBen <b@x.org>\n\n\nShall we go?",
    ],
)
def test_what_is_passed_on_is_nobodys_here(tmp_path: Path, passed: str) -> None:
    talk = read(tmp_path, f"{PLAIN}fyi\n\n{passed}\n")
    assert (talk.texts, talk[0].forwarded) == (["fyi"], True)


@pytest.mark.parametrize(
    ("body", "own"),
    [
        ("I wrote on Monday.\nFrom: my side it is fine.\n\nOn Friday she wrote:\nnothing.",) * 2,
        ("In 2019 he wrote:\nthe sea is blue.\nSend it by 5:30 to ben@x.org:\nall of it",) * 2,
        ("Take the train at 5.\n- milk\n- eggs\nThanks, I mean it.",) * 2,
        ("See you.\n\nCheers,\nAna\n\nPS: bring soup",) * 2,
        ("See you.\n\nThanks,\nAna\n+1 555 010 0100", "See you.\n\nThanks,"),
        ("See you.\n\nBest regards,\nAna Lee\nExample Ltd", "See you."),
        (
            "See you.\n\n____________________________________________\nDev mailing list\nhttps://example.org/dev",
            "See you.",
        ),
    ],
)
def test_where_a_signature_begins(tmp_path: Path, body: str, own: str) -> None:
    assert read(tmp_path, f"{PLAIN}{body}\n").texts == [own]


@pytest.mark.parametrize(
    ("page", "own"),
    [
        ("<div dir=ltr>Hello<div>World,\nyou</div><div><br></div><div>Bye</div></div>", "Hello\nWorld, you\n\nBye"),
        (
            '<div class="gmail_quote"><div class="gmail_attr">On Tue, Feb 13, 2024 at 8:00 PM Ben &lt;<a>b@x.org</a>&gt; wrote:<br></div>'
            "<blockquote>Shall we?<blockquote>nested<br>x</blockquote></blockquote><div>yes</div><blockquote>And Bob?</blockquote>"
            "<div>no way</div></div>",
            "yes\n\nno way",
        ),
        (
            '<div class="moz-cite-prefix">Am 13.02.24 um 20:00 schrieb Ben:<br></div><blockquote type="cite"><p>Shall\nwe?</p></blockquote>'
            '<p>Ja.</p><div class="moz-signature">-- <br>Ana</div>',
            "Ja.",
        ),
        ('<div>Ja.</div><div class="protonmail_signature_block">Sent with Proton Mail secure email.</div>', "Ja."),
    ],
)  # fmt: skip
def test_pages(tmp_path: Path, page: str, own: str) -> None:
    assert read(tmp_path, PAGE + page).texts == [own]


@pytest.mark.parametrize(
    ("charset", "said", "written"),
    [
        ("unknown-8bit", "schön, où", "latin-1"), ("us-ascii", "schön, où", "utf-8"), ("us-ascii", "schön, où", "cp1252"),
        ("gb2312", "你好镕", "gbk"), ("iso-8859-8-i", "שלום", "iso-8859-8"), ("iso-8859-1", "it’s", "cp1252"),
    ],
)  # fmt: skip
def test_charsets_that_are_unknown_or_wrong(tmp_path: Path, charset: str, said: str, written: str) -> None:
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    assert read(tmp_path, head.encode() + said.encode(written)).texts == [said]


def test_words_in_other_parts(tmp_path: Path) -> None:
    empty = (
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\n'
        + PLAIN
        + " \n--b\n"
        + PAGE
        + "<p>hello</p>\n--b--\n"
    )
    assert read(tmp_path, empty).texts == ["hello"]
    picture = 'Content-Type: image/jpeg; name="1.jpg"\nContent-Disposition: inline; filename="1.jpg"\n\nAAAA\n--b\n'
    mixed = (
        f'Content-Type: multipart/mixed; boundary="b"\n\n--b\n{PLAIN}look\n--b\n{picture}{PLAIN}and call me\n--b--\n'
    )
    talk = read(tmp_path, mixed)
    assert (talk.texts, talk[0].attachment) == (["look\nand call me"], "1.jpg")


def test_a_long_head(tmp_path: Path) -> None:
    talk = read(tmp_path, "\nhi\n", "Received: by x\n" + f"X-Foo: {'y' * 80}\n" * 150 + HEAD)
    assert talk.texts == ["hi"]


def mbox(tmp_path: Path, *mails: tuple[str, str, str]) -> Conversation:
    """(sender, subject, more header lines) of each."""
    text = "".join(
        f"From x Tue Feb 13 19:00:00 +0000 2024\nFrom: {who}\nSubject: {subject}\nMessage-ID: <{i}>\n"
        f"Date: Tue, 13 Feb 2024 23:00:0{i} +0100\n{more}\nmail {i}\n\n"
        for i, (who, subject, more) in enumerate(mails)
    )
    (tmp_path / "a.mbox").write_text(text, encoding="utf-8")
    return load(tmp_path / "a.mbox")


def test_who_and_which_thread(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="2 chats"):
        mbox(tmp_path, ("Ana <a@x>", "Hello", ""), ("Ben <b@x>", "Hello", ""))
    talk = mbox(tmp_path, ("Ana <a@x>", "Hello", ""), ("Ben <b@x>", "Re: Hello", ""), ("Ana <a@work>", "AW: Hello", ""))
    assert [m.speaker for m in talk] == ["Ana", "Ben", "Ana"]
    talk = mbox(tmp_path, ("Ana via Dev <dev@l>", "Hello", ""), ("Ben via Dev <dev@l>", "Re: Hello", ""))
    assert talk.speakers == ("Ana", "Ben")
    talk = mbox(tmp_path, ("=?utf-8?q?M=C3=BCller=2C_Ana?= <a@x>", "Hello", ""))
    assert talk.speakers == ("Müller, Ana",)


def test_drafts_were_not_sent(tmp_path: Path) -> None:
    sent, draft = "X-GM-THRID: 7\nX-Gmail-Labels: Opened,Sent\n", "X-GM-THRID: 7\nX-Gmail-Labels: Opened,Drafts\n"
    talk = mbox(tmp_path, ("Ana <a@x>", "Hello", sent), ("Ana <a@x>", "Re: Hello", draft))
    assert (talk.texts, talk.system.height) == (["mail 0"], 1)


def test_what_is_no_mail_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_text(
        "From x Tue Feb 13 19:00:00 2024\nFrom: Ana <a@x>\nSubject: x\nDate: Tue, 13 Feb 2024 23:00:00 +0100\n\nhi\n\n"
        "From x Tue Feb 13 19:00:01 2024\nSubject: nobody\n\nlost\n"
    )
    talk = load(tmp_path / "a.mbox")
    assert (talk.texts, len(talk.skipped)) == (["hi"], 1)


def test_mails_as_apple_mail_keeps_them(tmp_path: Path) -> None:
    mail = b"From: Ana <ana@example.org>\nTo: ben@example.org\nSubject: The flat\nDate: Tue, 13 Feb 2024 20:00:00 +0100\n\nShall we?\n"
    flags = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>flags</key></dict></plist>\n'
    (tmp_path / "12.emlx").write_bytes(b"%-10d\n" % len(mail) + mail + flags)
    alone, folder = load(tmp_path / "12.emlx"), load(tmp_path)
    assert alone.texts == folder.texts == ["Shall we?"]
    assert (alone.source, folder.source, alone.speakers) == ("mail", "mail", ("Ana",))


def test_a_mailbox_that_apple_mail_exports(tmp_path: Path) -> None:
    (tmp_path / "Flat.mbox").mkdir()
    (tmp_path / "Flat.mbox" / "mbox").write_bytes(MBOX.encode())
    (tmp_path / "Flat.mbox" / "table_of_contents").write_bytes(bytes(range(40)))
    assert load(tmp_path / "Flat.mbox").speakers == ("Ana", "Bén")


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_headers_with_letters_as_they_are(tmp_path: Path, charset: str) -> None:
    head = 'From: "Müller, Ana" <ana@example.org>\nTo: ben@example.org\nSubject: Über die Küche\nDate: Tue, 13 Feb 2024 20:00:00 +0100'
    (tmp_path / "a.eml").write_bytes(f"{head}\n\nhi\n".encode(charset))
    talk = load(tmp_path / "a.eml")
    assert (talk.speakers, talk.title) == (("Müller, Ana",), "Über die Küche")
