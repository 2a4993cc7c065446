# ruff: noqa: W291
"""Small exports of every format, written after the real ones; the words in them are ours."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from nearer.conversation import Conversation
from nearer.sources import Input, detect, load

TELEGRAM: dict[str, Any] = {
    "name": "Ben", "type": "personal_chat", "id": 4321,
    "messages": [
        {"id": 1, "type": "service", "date": "2024-02-13T20:00:00", "date_unixtime": "1707854400", "actor": "Ben",
         "actor_id": "user22", "action": "joined_telegram", "text": "", "text_entities": []},
        {"id": 2, "type": "message", "date": "2024-02-13T20:01:00", "date_unixtime": "1707854460", "from": "Ana",
         "from_id": "user11", "text": ["see ", {"type": "link", "text": "https://example.org"}, " please"],
         "text_entities": []},
        {"id": 3, "type": "message", "date": "2024-02-13T20:02:00", "date_unixtime": "1707854520", "from": "Ben",
         "from_id": "user22", "reply_to_message_id": 2, "text": "I will, thanks", "text_entities": [],
         "edited": "2024-02-13T20:03:00", "edited_unixtime": "1707854580",
         "reactions": [{"type": "emoji", "count": 1, "emoji": "❤",
                        "recent": [{"from": "Ana", "from_id": "user11", "date": "2024-02-13T20:04:00"}]}]},
        {"id": 4, "type": "message", "date": "2024-02-13T20:05:00", "date_unixtime": "1707854700", "from": "Ben B.",
         "from_id": "user22", "media_type": "voice_message", "text": "",
         "file": "(File not included. Change data exporting settings to download.)"},
        {"id": 5, "type": "message", "date": "2024-02-13T20:06:00", "date_unixtime": "1707854760", "from": None,
         "from_id": "user33", "forwarded_from": "Cleo", "text": "a poem"},
    ],
}  # fmt: skip

FACEBOOK: dict[str, Any] = {
    "participants": [{"name": "ZoÃ«"}, {"name": "Ana"}],
    "messages": [
        {"sender_name": "Ana", "timestamp_ms": 1707854700000, "is_unsent": True},
        {"sender_name": "ZoÃ«", "timestamp_ms": 1707854600000, "content": "ZoÃ« sent a photo.",
         "photos": [{"uri": "messages/inbox/zoe_1/photos/1.jpg", "creation_timestamp": 1707854600}]},
        {"sender_name": "Ana", "timestamp_ms": 1707854500000, "content": "thatâ\x80\x99s lovely",
         "reactions": [{"reaction": "â\x9d¤", "actor": "ZoÃ«"}], "is_geoblocked_for_viewer": False},
        {"sender_name": "ZoÃ«", "timestamp_ms": 1707854400000, "content": "ZoÃ« named the group us."},
    ],
    "title": "ZoÃ«", "thread_path": "inbox/zoe_1", "magic_words": [],
}  # fmt: skip

MESSENGER: dict[str, Any] = {
    "participants": ["Zoë", "Ana"], "threadName": "Zoë_3",
    "messages": [
        {"senderName": "Zoë", "text": "are you home?", "timestamp": 1707854400000, "type": "text", "isUnsent": False,
         "media": [], "reactions": [{"actor": "Ana", "reaction": "👍"}]},
        {"senderName": "Ana", "text": "", "timestamp": 1707854500000, "type": "media", "isUnsent": False,
         "media": [{"uri": "./media/a.jpg"}], "reactions": []},
    ],
}  # fmt: skip


def typedstream(text: str) -> bytes:
    """A message body as a Mac keeps it."""
    data = text.encode()
    size = len(data)
    count = bytes([size]) if size < 0x80 else b"\x81" + size.to_bytes(2, "little")
    if size > 0xFFFF:
        count = b"\x82" + size.to_bytes(4, "little")
    head = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92"
    return head + b"\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + count + data + b"\x86\x84\x02iI\x01"


def chat_db(path: Path, second_chat: bool = False) -> None:
    """A Messages database with the tables and columns that matter."""
    start = 729_000_000 * 1_000_000_000
    db = sqlite3.connect(path)
    db.executescript(
        """
        CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT);
        CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT, display_name TEXT);
        CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
        CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
        CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT, transfer_name TEXT);
        CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
        CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER,
          is_from_me INTEGER, date INTEGER, item_type INTEGER DEFAULT 0, associated_message_type INTEGER DEFAULT 0,
          associated_message_guid TEXT, date_edited INTEGER DEFAULT 0, date_retracted INTEGER DEFAULT 0,
          thread_originator_guid TEXT, cache_has_attachments INTEGER DEFAULT 0, group_title TEXT);
        INSERT INTO handle VALUES (1, '+15550100', 'iMessage');
        INSERT INTO chat VALUES (1, 'iMessage;-;+15550100', '+15550100', '');
        INSERT INTO chat_handle_join VALUES (1, 1);
        INSERT INTO attachment VALUES (1, '~/Library/Messages/Attachments/a.heic', 'IMG_1.heic');
        INSERT INTO message_attachment_join VALUES (4, 1);
        """
    )
    body = typedstream("long " * 40)
    rows = [
        ("g1", "are we still on?", None, 1, 0, start, 0, 0, None, 0, 0, None, 0, None),
        ("g2", None, body, 0, 1, start + 60 * 10**9, 0, 0, None, 1, 0, "g1", 0, None),
        ("g3", "Loved “are we still on?”", None, 0, 1, start + 70 * 10**9, 0, 2000, "p:0/g1", 0, 0, None, 0, None),
        ("g4", "\ufffc", None, 1, 0, start + 80 * 10**9, 0, 0, None, 0, 0, None, 1, None),
        ("g5", None, None, 0, 0, start + 90 * 10**9, 2, 0, None, 0, 0, None, 0, "Team"),
        ("g6", None, None, 99, 0, start + 95 * 10**9, 0, 0, None, 0, start, None, 0, None),
        ("g7", "", None, 0, 1, start + 99 * 10**9, 0, 2001, "bp:gone", 0, 0, None, 0, None),
    ]
    for number, row in enumerate(rows, 1):
        db.execute(
            "INSERT INTO message (ROWID, guid, text, attributedBody, handle_id, is_from_me, date, item_type,"
            " associated_message_type, associated_message_guid, date_edited, date_retracted, thread_originator_guid,"
            " cache_has_attachments, group_title) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number, *row),
        )
        db.execute("INSERT INTO chat_message_join VALUES (1, ?)", (number,))
    if second_chat:
        db.execute("INSERT INTO chat VALUES (2, 'g', 'chat77', 'Climbing')")
        db.execute(
            "INSERT INTO message (ROWID, guid, text, handle_id, is_from_me, date) VALUES (50, 'x', 'up?', 1, 0, 700000000)"
        )
        db.execute("INSERT INTO chat_message_join VALUES (2, 50)")
    db.commit()
    db.close()


def printed(value: Any, indent: int | None = 1) -> bytes:
    """JSON as exporters print it."""
    return json.dumps(value, indent=indent, ensure_ascii=False).encode()


IMESSAGE_TXT = """May 17, 2022  5:29:42 PM (Read by you after 1 hour, 49 seconds)
+15550100
are you coming up?

there is soup
Tapbacks:
Loved by Me

    May 17, 2022  5:31:00 PM
    Me
    a reply shown here too

May 17, 2022  5:30:00 PM You renamed the conversation to Soup

May 17, 2022  5:31:00 PM
Me
This message responded to an earlier message.
a reply shown here too

May 17, 2022  5:32:00 PM
Me
/Users/ana/Library/Messages/Attachments/ab/IMG_1.heic
"""
SIGNAL_JSON = """{"date": "2024-02-13T20:00:00", "sender": "Ben", "body": "are you there?  ", "quote": "", "sticker": "", "reactions": [["Me", "👍"]], "attachments": []}
{"date": "2024-02-13T20:01:00", "sender": "Me", "body": "", "quote": "", "sticker": "", "reactions": [], "attachments": [{"name": "a.jpg", "path": "media/a.jpg"}]}
{"date": "2024-02-13T20:02:00", "sender": "Ben", "body": "Missed voice call", "quote": "", "sticker": "", "reactions": [], "attachments": []}
not json
"""
SIGNAL_MD = """[2024-02-13 20:00:00] Ben: are you there?  
still me  
(- Me: 👍, Cleo: ❤ -)
[2024-02-13 20:01:00] Me:   

> are you there?

yes, one minute  
[2024-02-13 20:02:00] Ben: ![a](./media/a.jpg)  
[2024-02-13 20:03:00] Ben: Missed voice call  
[2024-02-13 20:04:00] Ben: (This message was deleted)  
"""


def _said(number: int, who: tuple[str, str], words: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"11000000000000000{number}", "type": "Default", "timestamp": f"2024-02-13T20:0{number}:00+01:00",
        "timestampEdited": None, "isPinned": False, "content": words,
        "author": {"id": who[0], "name": who[1].lower(), "discriminator": "0000", "nickname": who[1], "isBot": False},
        "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [], **more,
    }  # fmt: skip


_ANA, _BEN = ("1", "Ana"), ("2", "Ben")
DISCORD: dict[str, Any] = {
    "guild": {"id": "0", "name": "Direct Messages", "iconUrl": ""},
    "channel": {"id": "9", "type": "DirectTextChat", "category": None, "name": "Ben", "topic": None},
    "dateRange": {"after": None, "before": None},
    "messages": [
        _said(1, _ANA, "shall we play?"),
        _said(2, _BEN, "yes!", type="Reply", reference={"messageId": "110000000000000001", "channelId": "9"},
              reactions=[{"emoji": {"name": "🎲"}, "count": 1, "users": [{"id": "1", "name": "ana"}]}]),
        _said(3, _BEN, "Started a call that lasted 5 minutes.", type="Call"),
        _said(4, _ANA, "", attachments=[{"id": "5", "url": "https://x/a.png", "fileName": "a.png"}]),
        _said(4, _ANA, "", attachments=[]),
        _said(5, _ANA, "", forwardedMessage={"content": "a poem"}, timestampEdited="2024-02-13T21:00:00+01:00"),
    ],
    "messageCount": 6,
}  # fmt: skip
DISCORD_CSV = (
    'AuthorID,Author,Date,Content,Attachments,Reactions\n"1","ana","2024-02-13T20:01:00.0000000+01:00","two\nlines, ""quoted""","",""\n'
    '"2","ben","2024-02-13T20:02:00.0000000+01:00","","https://x/a.png?ex=1","🎲 (1)"\n"2","ben","2024-02-13T20:03:00.0000000+01:00","Pinned a message.","",""\n'
)
SLACK_USERS = [
    {"id": "U1", "name": "ana", "profile": {"display_name": "Ana", "real_name": "Ana A"}},
    {"id": "U2", "name": "ben", "profile": {"display_name": "", "real_name": "Ben B"}},
]
SLACK_DAY: list[dict[str, Any]] = [
    {"type": "message", "user": "U1", "text": "hi <@U2>, see <https://x.org|this> &amp; <#C1|general>", "ts": "1707854400.000100",
     "reactions": [{"name": "tada", "users": ["U2"], "count": 1}]},
    {"type": "message", "user": "U2", "text": "<@U2> has joined the channel", "subtype": "channel_join", "ts": "1707854300.000100"},
    {"type": "message", "user": "U2", "text": "thanks", "ts": "1707854500.000200", "thread_ts": "1707854400.000100",
     "edited": {"user": "U2", "ts": "1"}, "files": [{"name": "plan.pdf"}]},
    {"type": "message", "user": "U9", "text": "hello", "ts": "1707854600.000200", "user_profile": {"real_name": "Cleo"}},
    {"type": "message", "text": "lost", "ts": "nonsense"},
]  # fmt: skip
SMS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="5">
  <sms protocol="0" address="+1 555 010 0100" date="1707854400000" type="1" subject="null" body="home soon &#55357;&#56832;" contact_name="Ben" />
  <sms protocol="0" address="5550100100" date="1707854460000" type="2" body="good, thank you" contact_name="Ben" />
  <sms protocol="0" address="5550100100" date="1707854470000" type="3" body="a draft" contact_name="Ben" />
  <sms protocol="0" address="5550100100" date="1707854460000" type="2" body="good, thank you" contact_name="Ben" />
  <mms date="1707854500000" msg_box="1" address="5550100100" contact_name="Ben">
    <parts><part seq="-1" ct="application/smil" text="&lt;smil&gt;" /><part seq="0" ct="image/jpeg" name="null" cl="a.jpg" text="null" data="AAAA" />
    <part seq="0" ct="text/plain" text="look" /></parts>
    <addrs><addr address="+15550100100" type="137" /><addr address="insert-address-token" type="151" /></addrs>
  </mms>
</smses>
"""
GOOGLE_CHAT: dict[str, Any] = {
    "messages": [
        {"creator": {"name": "Ana", "email": "ana@example.org", "user_type": "Human"},
         "created_date": "Tuesday, February 13, 2024 at 8:00:00\u202fPM UTC", "text": "lunch?", "topic_id": "t", "message_id": "s/t/1"},
        {"creator": {"name": "Ben", "email": "ben@example.org", "user_type": "Human"},
         "created_date": "Tuesday, 13 February 2024 at 20:01:00 UTC", "attached_files": [{"original_name": "a.png", "export_name": "File-a.png"}],
         "message_id": "s/t/2", "reactions": [{"emoji": {"unicode": "🍲"}, "reactor_emails": ["ana@example.org"]}]},
        {"creator": {"name": "Ben", "email": "ben@example.org"}, "created_date": "never", "message_id": "s/t/3", "message_state": "DELETED"},
    ]
}  # fmt: skip
MBOX = """From ana@example.org Tue Feb 13 20:00:00 2024
From: Ana <ana@example.org>
To: Ben <ben@example.org>
Subject: The flat
Message-ID: <1@example.org>
Date: Tue, 13 Feb 2024 20:00:00 +0100
Content-Type: text/plain; charset=utf-8

Shall we look at it on Friday?
>From what I hear it is bright.

-- 
Ana Example
Tel. 555

From ben@example.org Tue Feb 13 21:00:00 2024
From: =?utf-8?q?B=C3=A9n?= <ben@example.org>
To: Ana <ana@example.org>
Subject: Re: The flat
Message-ID: <2@example.org>
In-Reply-To: <1@example.org>
Date: Tue, 13 Feb 2024 21:00:00 +0100
Content-Type: text/plain; charset=utf-8

Yes, gladly.

On Tue, 13 Feb 2024 at 20:00, Ana <ana@example.org> wrote:
> Shall we look at it on Friday?
"""
WHISPERX = {
    "segments": [
        {"start": 0.5, "end": 2.0, "text": " How was it?", "speaker": "SPEAKER_00", "words": []},
        {"start": 2.5, "end": 4.0, "text": " Long.", "speaker": "SPEAKER_01"},
        {"start": 4.2, "end": 5.0, "text": " And hot.", "speaker": "SPEAKER_01"},
    ],
    "word_segments": [],
}
CHA = """@UTF8
@Begin
@Participants:\tCHI Ross Child, MOT Mother
@ID:\teng|MacWhinney|CHI|2;6.||||Child|||
*MOT:\twhat is <that> [//] this ? \x150_1500\x15
%mor:\tpro|what
*CHI:\t&-um a (be)cause@l doggie [: dog]
\tand more +... \x151600_2900\x15
*CHI:\txxx .
@End
"""
TEXTGRID = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 4
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "Ana"
        xmin = 0
        xmax = 4
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 1.5
            text = "did you ""sleep"" well?"
        intervals [2]:
            xmin = 1.5
            xmax = 4
            text = ""
    item [2]:
        class = "IntervalTier"
        name = "Ben"
        xmin = 0
        xmax = 4
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 1.8
            text = ""
        intervals [2]:
            xmin = 1.8
            xmax = 4
            text = "not really, no"
"""
EAF = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2024-01-01T00:00:00+01:00" FORMAT="3.0" VERSION="3.0">
  <TIME_ORDER>
    <TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="ts2"/><TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="3000"/>
  </TIME_ORDER>
  <TIER LINGUISTIC_TYPE_REF="default" PARTICIPANT="Ana" TIER_ID="A">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>are you cold?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER LINGUISTIC_TYPE_REF="default" PARTICIPANT="Ben" TIER_ID="B">
    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3"><ANNOTATION_VALUE>a little, yes</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER LINGUISTIC_TYPE_REF="translation" PARENT_REF="B" TIER_ID="B-de">
    <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a3" ANNOTATION_REF="a2"><ANNOTATION_VALUE>ein wenig</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
  </TIER>
</ANNOTATION_DOCUMENT>
"""
CONVOKIT = """{"id": "1", "conversation_id": "1", "text": "who has the key?", "speaker": "ana", "reply_to": null, "timestamp": 1707854400, "meta": {}, "vectors": []}
{"id": "3", "conversation_id": "1", "text": "thanks", "speaker": "ana", "reply_to": "2", "timestamp": 1707854600, "meta": {}, "vectors": []}
{"id": "2", "conversation_id": "1", "text": "I do", "speaker": "ben", "reply_to": "1", "timestamp": 1707854500, "meta": {}, "vectors": []}
"""
TELEGRAM_HTML = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title></head><body onload="CheckLocation();">
<div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
Ben
   </div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">
13 February 2024
   </div></div>
<div class="message default clearfix" id="message2">
 <div class="body">
  <div class="pull_right date details" title="13.02.2024 20:01:00 UTC+01:00">
20:01
   </div>
  <div class="from_name">
Ana
   </div>
  <div class="text">
are you &lt;there&gt;?<br>see <a href="https://example.org">https://example.org</a>
   </div>
  <span class="reactions"><span class="reaction"><span class="emoji">
❤
  </span><span class="userpics"><div class="userpic"><div class="initials" title="Ben">
B
  </div></div></span></span></span>
 </div>
</div>
<div class="message default clearfix joined" id="message3">
 <div class="body">
  <div class="pull_right date details" title="13.02.2024 20:02:00 UTC+01:00">
20:02
   </div>
  <div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg"></a></div>
 </div>
</div>
<div class="message default clearfix" id="message4">
 <div class="body">
  <div class="pull_right date details" title="13.02.2024 20:03:00 UTC+01:00">
20:03
   </div>
  <div class="from_name">
Ben
   </div>
  <div class="reply_to details">
In reply to <a href="#go_to_message2" onclick="return GoToMessage(2)">this message</a>
   </div>
  <div class="text">
yes
   </div>
 </div>
</div>
<div class="message service" id="message5"><div class="body details">
Ben pinned <a href="#go_to_message2">this message</a>
   </div></div>
</div></div></div></body></html>
"""
GOOGLE_VOICE = """<html><head><title>Ben</title></head><body><div class="hChatLog hfeed">
<div class="message"><abbr class="dt" title="2024-02-13T20:01:00.270-07:00">Feb 13, 2024, 8:01:00 PM Mountain Time</abbr>:
<cite class="sender vcard"><a class="tel" href="tel:+15550100100"><span class="fn">Ben</span></a></cite>:
<q>are you up?<br>call me</q></div>
<div class="message"><abbr class="dt" title="2024-02-13T20:00:00.000-07:00">Feb 13, 2024</abbr>:
<cite class="sender vcard"><a class="tel" href="tel:+15550100200"><abbr class="fn" title="">Me</abbr></a></cite>: <q>hi</q></div>
<div class="message"><abbr class="dt" title="2024-02-13T20:02:00.000-07:00">Feb 13, 2024</abbr>:
<cite class="sender vcard"><a class="tel" href="tel:+15550100100"><span class="fn">Ben</span></a></cite>: <q>MMS Received</q>
<div><img src="Ben - Text - 1"></div></div>
</div></body></html>
"""
SIGNAL_DESKTOP = """[
{"id":"a1","conversationId":"c1","type":"outgoing","sent_at":1707854400000,"body":"are you there?","attachments":[],"reactions":[{"emoji":"👍","fromId":"c1","timestamp":1707854410000}]},
{"id":"a2","conversationId":"c1","type":"incoming","sent_at":1707854460000,"sourceServiceId":"s2","source":"+15550100100","body":"yes","quote":{"id":1707854400000,"text":"are you there?"},"editHistory":[{"body":"ye"}]},
{"id":"a3","conversationId":"c1","type":"incoming","sent_at":1707854470000,"sourceServiceId":"s2","attachments":[{"contentType":"image/jpeg","fileName":"a.jpg"}]},
{"id":"a4","conversationId":"c1","type":"call-history","sent_at":1707854480000},
{"id":"a5","conversationId":"c1","type":"incoming","sent_at":1707854490000,"sourceServiceId":"s2","flags":2,"expirationTimerUpdate":{}},
{"id":"a6","conversationId":"c1","type":"outgoing","sent_at":1707854500000,"deletedForEveryone":true},
nonsense
]
"""
SIGNAL_EXPORT = """{"version":"1","backupTimeMs":"1707854400000","mediaRootBackupKey":"q6s="}
{"account":{"givenName":"Ana","familyName":"Lee"}}
{"recipient":{"id":"1","self":{}}}
{"recipient":{"id":"2","contact":{"aci":"QUJD","e164":"15550100100","profileGivenName":"Ben"}}}
{"chat":{"id":"5","recipientId":"2"}}
{"chatItem":{"chatId":"5","authorId":"1","dateSent":"1707854400000","outgoing":{},"standardMessage":{"text":{"body":"are you there?"},"reactions":[{"emoji":"👍","authorId":"2","sentTimestamp":"1707854410000"}]}}}
{"chatItem":{"chatId":"5","authorId":"2","dateSent":"1707854460000","incoming":{},"standardMessage":{"quote":{"targetSentTimestamp":"1707854400000","authorId":"1"},"text":{"body":"yes"}}}}
{"chatItem":{"chatId":"5","authorId":"2","dateSent":"1707854470000","incoming":{},"stickerMessage":{"sticker":{}}}}
{"chatItem":{"chatId":"5","authorId":"2","dateSent":"1707854480000","directionless":{},"updateMessage":{"individualCall":{}}}}
"""
LINE = """[LINE] Chat history with Ben
Saved on: 2024/02/14 10:00

2024/02/13(Tue)
20:00\tAna\tare you home?
20:01\tBen\t"two
lines \"\"quoted\"\"\"
20:02\tBen\t[Sticker]
20:03\tAna\t☎ Call time 1:23
20:04\tBen unsent a message.

2024/02/14(Wed)
上午9:05\tAna\tgood morning
"""
IMESSAGE_HTML = """<html>
<head>
<meta charset="UTF-8">
<style>.message {}</style></head><body>
<div class="message">
<div class="received">
<p><span class="timestamp"><a title="Reveal in Messages app" href="sms://open?message-guid=A1">May 17, 2022  5:29:42 PM</a> (Read by you after 5 seconds)</span>
<span class="sender">Ben</span></p>
<hr><div class="message_part">
<span class="bubble">are you <b>coming</b> up?

there is soup &amp; bread</span>
</div>
<div class="tapbacks">
<hr><p>Tapbacks:</p>
<div class="tapback">
<span class="tapback"><b>Loved</b> by Me</span>
</div>
</div>
<div class="replies">
<div class="reply" id="B2">
<div class="message">
<div class="sent iMessage">
<p><span class="timestamp"><a title="Reveal in Messages app" href="sms://open?message-guid=B2">May 17, 2022  5:31:00 PM</a> </span>
<span class="reply_anchor"><a title="View in context" href="#r-B2">⇲</a></span>
<span class="sender">Me</span></p>
<hr><div class="message_part">
<span class="bubble">a reply</span>
</div>
</div>
</div>
</div>
</div>
</div>
</div>
<div class="message", id="r-B2">
<div class="sent iMessage">
<p><span class="timestamp"><a title="Reveal in Messages app" href="sms://open?message-guid=B2">May 17, 2022  5:31:00 PM</a> </span>
<span class="reply_anchor"><a title="View in thread" href="#B2">⇱</a></span>
<span class="sender">Me</span></p>
<hr><div class="message_part">
<span class="bubble">a reply</span>
</div>
</div>
<span class="reply_context">This message responded to an earlier message.</span>
</div>
</div>

<div class ="announcement"><p><span class="timestamp">May 17, 2022  5:32:00 PM</span> You named the conversation <b>Soup</b></p></div>
<div class ="announcement"><p><span class="timestamp">May 17, 2022  5:32:10 PM</span> You unsent a message.</p></div>
<div class="message">
<div class="received">
<p><span class="timestamp"><a href="x">May 17, 2022  5:33:00 PM</a> </span>
<span class="sender">Ben</span></p>
<hr><div class="message_part">
<div class="edited">
<table><tbody><tr><td></td><td>at sixx</td></tr></tbody><tfoot><tr><td><span class="timestamp">Edited 5 seconds later</span></td><td>at six</td></tr></tfoot></table>
</div>
</div>
<hr><div class="message_part">
<div class="attachment">
<audio controls src="attachments/12/ab.caf" type="audio/x-caf; codecs=opus" </audio>
</div>
</div>
</div>
</div>
<div class="message">
<div class="received">
<p><span class="timestamp"><a href="x">May 17, 2022  5:34:00 PM</a> </span>
<span class="sender">Ben</span></p>
<hr><div class="message_part">
<div class="attachment">
<div><audio controls src="attachments/12/ac.caf" type="audio/x-caf; codecs=opus" </audio></div> <hr><span class="transcription">Transcription: I am late</span>
</div>
</div>
</div>
</div>
<div class="message">
<div class="received">
<p><span class="timestamp"><a href="x">May 17, 2022  5:35:00 PM</a> </span>
<span class="sender">Ben</span></p>
<hr><div class="message_part">
<div class="app">
<a href="https://example.org/soup"><div class="app_header"><img src="https://example.org/a.png" loading="lazy", onerror="this.style.display='none'"><div class="name">Example</div></div><div class="app_footer"><div class="caption">Soup</div></div></a>
</div>
</div>
</div>
</div>
<div class="message">
<div class="sent SMS">
<p><span class="timestamp"><a href="x">May 17, 2022  5:36:00 PM</a> </span>
<span class="sender">Me</span></p>
<hr><div class="message_part">
<span class="unsent"><span class="unsent">You unsent this message part 9 seconds after sending!</span></span>
</div>
</div>
</div>
</body></html>
"""

KAKAO_PHONE = """Ben 님과 카카오톡 대화
저장한 날짜 : 2024년 2월 14일 오후 1:00

2024년 2월 13일 화요일
2024년 2월 13일 오후 8:00, Ana : 집에 왔어?
2024년 2월 13일 오후 8:01, Ben : 응: 방금
두 번째 줄
2024년 2월 13일 오후 8:02, Ben : 사진
2024년 2월 13일 오후 8:03, Cleo님이 나갔습니다.
"""
KAKAO_DESK = """KakaoTalk Chats with Ben
Date Saved : 2024-02-14 10:00:00

--------------- Tuesday, February 13, 2024 ---------------
[Ana] [8:00 PM] home yet?
[Ben] [8:01 PM] yes
just now
[Ben] [8:02 PM] This message was deleted.
"""
KAKAO_TABLE = """Date,User,Message
2024-02-13 20:00:00,"Ana","Ana invited Ben."
2024-02-13 20:00:10,"Ana","home ""really"" yet?"
2024-02-13 20:01:00,"Ben","yes
just now"
2024-02-13 20:02:00,"Ben","(사진)"
2024-02-13 20:03:00,broken
"""
LINE_DESK = """2024.02.13 Tuesday
20:00 Ana are you home?
20:01 Ben yes
just now
20:02 Ben Photos
20:03 Cleo joined the group.

2024.02.14 Wednesday
9:05 Ana good morning
"""
VIBER = """13/02/2024,20:00:05,Ana Ilić,+381601110000,are you home?
13/02/2024,20:01:00,Me,+381602220000,"yes, ""just"" now
and hungry"
13/02/2024,20:02:00,Ana Ilić,+381601110000,Photo message
13/02/2024,20:03:00,Ana Ilić,+381601110000,Missed call
"""
SKYPE: dict[str, Any] = {
    "userId": "8:live:ana", "exportDate": "2024-03-01T10:00",
    "conversations": [
        {"id": "8:ben.b", "displayName": "Ben", "version": 1.0, "properties": {"conversationblocked": False}, "threadProperties": None,
         "MessageList": [
             {"id": "6", "displayName": None, "originalarrivaltime": "2024-02-13T19:06:00.5Z", "messagetype": "RichText/Media_GenericFile",
              "content": '<URIObject type="File.1" uri="x">To view: <a href="x">x</a><OriginalName v="plan.pdf"></OriginalName></URIObject>',
              "conversationid": "8:ben.b", "from": "8:ben.b", "properties": None},
             {"id": "5", "displayName": None, "originalarrivaltime": "2024-02-13T19:05:00Z", "messagetype": "RichText", "content": "",
              "conversationid": "8:ben.b", "from": "8:live:ana", "properties": {"deletetime": "1707851100000"}},
             {"id": "4", "displayName": None, "originalarrivaltime": "2024-02-13T19:04:00Z", "messagetype": "Event/Call",
              "content": '<partlist type="ended" alt=""><part identity="ben.b"><name>Ben</name><duration>84.82</duration></part></partlist>',
              "conversationid": "8:ben.b", "from": "8:ben.b", "properties": None},
             {"id": "3", "displayName": None, "originalarrivaltime": "2024-02-13T19:03:00Z", "messagetype": "RichText",
              "content": '<quote author="live:ana" messageid="1"><legacyquote>[1] Ana: </legacyquote>tea?</quote>yes &amp; <b>now</b><e_m ts="1"></e_m>',
              "conversationid": "8:ben.b", "from": "8:ben.b",
              "properties": {"edittime": "1707851000000", "emotions": [{"key": "heart", "users": [{"mri": "8:live:ana", "time": 1}]}]}},
             {"id": "1", "displayName": None, "originalarrivaltime": "2024-02-13T19:01:00Z", "messagetype": "RichText",
              "content": 'tea? <ss type="smile">:)</ss>', "conversationid": "8:ben.b", "from": "8:live:ana", "properties": None},
         ]},
        {"id": "19:abc@thread.skype", "displayName": None, "threadProperties": {"topic": "Choir"},
         "MessageList": [
             {"id": "9", "displayName": "Cleo", "originalarrivaltime": "2024-02-14T19:01:00Z", "messagetype": "Text", "content": "1 < 2",
              "conversationid": "19:abc@thread.skype", "from": "8:cleo", "properties": None}]},
        {"id": "48:calllogs", "displayName": None, "MessageList": [{"id": "8"}]},
    ],
}  # fmt: skip
SNAPCHAT: dict[str, Any] = {
    "ben_b": [
        {"From": "ana_p", "Media Type": "STICKER", "Created": "2024-02-13 19:04:00 UTC", "Content": None, "Conversation Title": None,
         "IsSender": True, "Created(microseconds)": 1707851040123, "IsSaved": False, "Media IDs": ""},
        {"From": "ben_b", "Media Type": "STATUSERASEDMESSAGE", "Created": "2024-02-13 19:03:00 UTC", "Content": "",
         "Conversation Title": None, "IsSender": False, "Created(microseconds)": 1707850980123, "IsSaved": True, "Media IDs": ""},
        {"From": "ben_b", "Media Type": "MEDIA", "Created": "2024-02-13 19:02:00 UTC", "Content": "", "Conversation Title": None,
         "IsSender": False, "Created(microseconds)": 1707850920123, "IsSaved": True, "Media IDs": "b~aa | b~bb"},
        {"From": "ana_p", "Media Type": "TEXT", "Created": "2024-02-13 19:01:00 UTC", "Content": "are you up?", "Conversation Title": None,
         "IsSender": True, "Created(microseconds)": 1707850860123, "IsSaved": True, "Media IDs": ""},
        {"From": "ben_b", "Media Type": "STATUSCALLMISSEDAUDIO", "Created": "2024-02-13 19:00:00 UTC", "Content": None,
         "Conversation Title": None, "IsSender": False, "Created(microseconds)": 1707850800123, "IsSaved": True, "Media IDs": ""},
    ],
    "e1a0-group": [
        {"From": "cleo", "Media Type": "TEXT", "Created": "2024-02-14 19:01:00 UTC", "Content": "choir at six", "Conversation Title": "Choir",
         "IsSender": False, "Created(microseconds)": 1707937260000, "IsSaved": True, "Media IDs": ""}],
}  # fmt: skip
TWITTER: list[Any] = [
    {"dmConversation": {"conversationId": "111-222", "messages": [
        {"messageCreate": {"recipientId": "111", "reactions": [{"senderId": "111", "reactionKey": "like", "eventId": "9",
                           "createdAt": "2024-02-13T19:03:00.000Z"}], "urls": [], "text": "https://t.co/pic1",
                           "mediaUrls": ["https://ton.twitter.com/dm/1/2/a.jpg"], "senderId": "222", "id": "3",
                           "createdAt": "2024-02-13T19:02:00.000Z"}},
        {"joinConversation": {"initiatingUserId": "111", "participantsSnapshot": ["111", "222"], "createdAt": "2024-02-13T19:01:30.000Z"}},
        {"messageCreate": {"recipientId": "222", "reactions": [],
                           "urls": [{"url": "https://t.co/abc", "expanded": "https://example.org/", "display": "example.org"}],
                           "text": "see https://t.co/abc", "mediaUrls": [], "senderId": "111", "id": "2",
                           "createdAt": "2024-02-13T19:01:00.000Z"}},
    ]}},
    {"dmConversation": {"conversationId": "111-333", "messages": [
        {"messageCreate": {"recipientId": "111", "reactions": [], "urls": [], "text": "hello", "mediaUrls": [], "senderId": "333",
                           "id": "4", "createdAt": "2024-02-14T19:01:00.000Z"}}]}},
]  # fmt: skip


def archived(messages: Any, key: str = "direct_messages") -> str:
    """The archive of X puts an assignment before its JSON, and a space before each colon."""
    return f"window.YTD.{key}.part0 = " + json.dumps(messages, indent=2, separators=(",", " : "))


ZOOM_CHAT = """20:00:07 From  Ana Petrova  to  Everyone:
\tcan you hear me?
20:00:30 From Ben to Everyone:
\tReplying to "can you hear me?"
\tyes, well
20:00:40 From Cleo to Ana Petrova(Direct Message):
\tReacted to "yes, well" with 👍
"""
DISCORD_TXT = """==============================================================
Guild: Direct Messages
Channel: Private / Ben
==============================================================

[2/13/2024 8:01 PM] ana
shall we
play?

{Reactions}
🎲

[2/13/2024 8:02 PM] ben#1234 (pinned)

{Attachments}
https://cdn.example.org/a.png?ex=1

[2/13/2024 8:03 PM] ben
Started a call that lasted 5 minutes.

==============================================================
Exported 3 message(s)
==============================================================
"""

MESSENGER_HTML = """<html><head><title>Ben</title></head><body><h1>Ben</h1><main>
<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">Ben</h2>
<div class="_3-95 _a6-p"><div><div></div><div>no, you did</div><div></div><div></div>
<ul class="_a6-q"><li><span>❤Ana</span></li></ul></div></div><div class="_3-94 _a6-o">Feb 13, 2024 8:01:00 pm</div></div>
<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">Ana</h2>
<div class="_3-95 _a6-p"><div><div></div><div>did you feed the cat?</div><div></div><div></div></div></div>
<div class="_3-94 _a6-o">Feb 13, 2024 8:00:00 pm</div></div></main></body></html>
"""

AMAZON: dict[str, Any] = {
    "jobName": "talk", "status": "COMPLETED",
    "results": {
        "transcripts": [{"transcript": "Hello. Hi."}],
        "items": [
            {"type": "pronunciation", "alternatives": [{"confidence": "0.9", "content": "Hello"}], "start_time": "0.1",
             "end_time": "0.5", "speaker_label": "spk_0"},
            {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "."}]},
            {"type": "pronunciation", "alternatives": [{"confidence": "0.9", "content": "Hi"}], "start_time": "0.9",
             "end_time": "1.1", "speaker_label": "spk_1"},
            {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "."}]},
        ],
    },
}  # fmt: skip

FILES: dict[str, tuple[str, bytes]] = {
    "telegram": ("result.json", printed(TELEGRAM)),
    "messenger": ("message_1.json", printed(FACEBOOK)),
    "imessage_html": ("+15550100.html", IMESSAGE_HTML.encode()),
    "imessage_txt": ("+15550100.txt", IMESSAGE_TXT.encode()),
    "signal": ("data.json", SIGNAL_JSON.encode()),
    "signal md": ("chat.md", SIGNAL_MD.encode()),
    "discord": ("Direct Messages - Ben.json", printed(DISCORD, 2)),
    "discord csv": ("Ben.csv", DISCORD_CSV.encode()),
    "slack": ("2024-02-13.json", printed(SLACK_DAY, 4)),
    "sms_xml": ("sms-20240213.xml", SMS.encode()),
    "google_chat": ("messages.json", printed(GOOGLE_CHAT, 2)),
    "mail": ("All mail.mbox", MBOX.encode()),
    "asr_json": ("talk.json", printed(WHISPERX, None)),
    "chat_cha": ("ross.cha", CHA.encode()),
    "textgrid": ("talk.TextGrid", TEXTGRID.encode()),
    "elan_eaf": ("talk.eaf", EAF.encode()),
    "telegram_html": ("messages.html", TELEGRAM_HTML.encode()),
    "google_voice": ("Ben - Text - 2024-02-13T20_00_00Z.html", GOOGLE_VOICE.encode()),
    "signal_desktop": ("Ben (+15550100100).json", SIGNAL_DESKTOP.encode()),
    "signal_export": ("main.jsonl", SIGNAL_EXPORT.encode()),
    "line": ("[LINE]Ben.txt", LINE.encode()),
    "kakaotalk": ("KakaoTalkChats.txt", KAKAO_PHONE.encode()),
    "kakaotalk desk": ("KakaoTalk_20240213.txt", KAKAO_DESK.encode()),
    "kakaotalk mac": ("KakaoTalk_Chat_Ben.csv", KAKAO_TABLE.encode()),
    "line_desk": ("[LINE]Ben.txt", LINE_DESK.encode()),
    "viber": ("Messages - Ana.csv", VIBER.encode()),
    "skype": ("messages.json", json.dumps({**SKYPE, "conversations": SKYPE["conversations"][:1]}).encode()),
    "snapchat": ("chat_history.json", printed({"ben_b": SNAPCHAT["ben_b"]}, 2)),
    "twitter": ("direct-messages.js", archived(TWITTER[:1]).encode()),
    "premiere": ("talk.txt", b"00:00:01:12 - 00:00:04:03\nSpeaker 1\nHi.\n\n00:00:05:00 - 00:00:06:00\nAna\nYes.\n"),
    "zoom_chat": ("meeting_saved_chat.txt", ZOOM_CHAT.encode()),
    "discord_txt": ("Ben.txt", DISCORD_TXT.encode()),
    "messenger_html": ("message_1.html", MESSENGER_HTML.encode()),
    "asr_cloud": ("talk.json", printed(AMAZON, None)),
    "convokit": ("utterances.jsonl", CONVOKIT.encode()),
}
"""One small file a format, by the format's name."""


def read(tmp_path: Path, name: str) -> Conversation:
    """One of the files above, taken for what it is and read."""
    file, data = FILES[name]
    path = tmp_path / file
    path.write_bytes(data)
    assert detect(Input(path))[0][0] == name.split()[0]
    return load(path)


def counts(talk: Conversation) -> tuple[int, int, int]:
    """(messages, system messages, skipped)."""
    return len(talk), talk.system.height, len(talk.skipped)
