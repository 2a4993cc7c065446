"""What each of the other exports gives: words, people, times, and everything in the file accounted for."""

from __future__ import annotations

import contextlib
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.conversation import Reaction
from nearer.errors import NearerError
from nearer.sources import Options, load
from sources.exports import FILES, SLACK_DAY, SLACK_USERS, counts, printed, read


def test_imessage_txt(tmp_path: Path) -> None:
    talk = read(tmp_path, "imessage_txt")
    assert talk.texts == ["are you coming up?\n\nthere is soup", "a reply shown here too", ""]
    assert talk[0].reactions == (Reaction("Me", "Loved"),)
    assert talk[2].attachment is not None
    assert talk[0].time == datetime(2022, 5, 17, 17, 29, 42)
    assert (counts(talk), talk.me) == ((3, 1, 0), "Me")


def test_signal(tmp_path: Path) -> None:
    talk = read(tmp_path, "signal")
    assert talk.texts == ["are you there?", ""]
    assert (talk[0].reactions, talk[1].attachment) == ((Reaction("Me", "👍"),), "a.jpg")
    assert counts(talk) == (2, 1, 1)


def test_signal_markdown(tmp_path: Path) -> None:
    talk = read(tmp_path, "signal md")
    assert talk.texts == ["are you there?\nstill me", "yes, one minute", "", ""]
    assert [m.kind for m in talk] == ["text", "text", "media", "deleted"]
    assert talk[0].reactions == (Reaction("Me", "👍"), Reaction("Cleo", "❤"))
    assert counts(talk) == (4, 1, 0)


def test_discord(tmp_path: Path) -> None:
    talk = read(tmp_path, "discord")
    assert talk.texts == ["shall we play?", "yes!", "", "a poem"]
    assert talk[0].time == datetime(2024, 2, 13, 19, 1, tzinfo=UTC)
    assert (talk[1].reply_to, talk[1].reactions) == (0, (Reaction("Ana", "🎲"),))
    assert (talk[2].attachment, talk[3].forwarded, talk[3].edited) == ("a.png", True, True)
    assert counts(talk) == (4, 1, 1)


def test_discord_table(tmp_path: Path) -> None:
    talk = read(tmp_path, "discord csv")
    assert talk.texts == ['two\nlines, "quoted"', ""]
    assert talk[0].time == datetime(2024, 2, 13, 19, 1, tzinfo=UTC)
    assert talk[1].attachment == "a.png"
    assert counts(talk) == (2, 1, 0)


def test_slack(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", printed(SLACK_USERS))
        archive.writestr("channels.json", printed([{"id": "C1", "name": "general", "members": ["U1", "U2"]}]))
        archive.writestr("general/2024-02-13.json", printed(SLACK_DAY))
        archive.writestr("other/2024-02-14.json", printed(SLACK_DAY[:1]))
    talk = load(path, Options(chat="#general"))
    assert talk.texts == ["hi @Ben B, see this & #general", "thanks", "hello"]
    assert talk.speakers == ("Ana", "Ben B", "Cleo")
    assert (talk[0].reactions, talk[1].reply_to, talk[1].edited) == ((Reaction("Ben B", ":tada:"),), 0, True)
    assert counts(talk) == (3, 1, 1)


def test_the_folder_of_one_slack_channel(tmp_path: Path) -> None:
    (tmp_path / "general").mkdir()
    for day in (13, 14):
        (tmp_path / "general" / f"2024-02-{day}.json").write_bytes(printed(SLACK_DAY[3:4]))
    talk = load(tmp_path / "general")
    assert (talk.source, talk.title, talk.speakers, len(talk)) == ("slack", "general", ("Cleo",), 2)


def test_slack_names_channels_and_its_own_bot(tmp_path: Path) -> None:
    said = {"type": "message", "user": "USLACKBOT", "text": "<#C1|> and <@USLACKBOT>", "ts": "1707854400.000100"}
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("users.json", printed(SLACK_USERS))
        archive.writestr("channels.json", printed([{"id": "C1", "name": "climbing"}]))
        archive.writestr("climbing/2024-02-13.json", printed([said]))
    talk = load(tmp_path / "export.zip")
    assert (talk.texts, talk.speakers) == (["#climbing and @Slackbot"], ("Slackbot",))


def test_sms(tmp_path: Path) -> None:
    talk = read(tmp_path, "sms_xml")
    assert talk.texts == ["home soon 😀", "good, thank you", "look"]
    assert [m.speaker for m in talk] == ["Ben", "Me", "Ben"]
    assert talk[2].attachment == "a.jpg"
    assert counts(talk) == (3, 1, 1)


def test_google_chat(tmp_path: Path) -> None:
    talk = read(tmp_path, "google_chat")
    assert talk.texts == ["lunch?", "", ""]
    assert [m.kind for m in talk] == ["text", "media", "deleted"]
    assert [m.time for m in talk][:2] == [
        datetime(2024, 2, 13, 20, 0, tzinfo=UTC),
        datetime(2024, 2, 13, 20, 1, tzinfo=UTC),
    ]
    assert talk[1].reactions == (Reaction("Ana", "🍲"),)


def test_mail(tmp_path: Path) -> None:
    talk = read(tmp_path, "mail")
    assert talk.texts == ["Shall we look at it on Friday?\nFrom what I hear it is bright.", "Yes, gladly."]
    assert talk.speakers == ("Ana", "Bén")
    assert (talk[1].reply_to, talk.title) == (0, "The flat")
    assert talk[0].time == datetime(2024, 2, 13, 19, 0, tzinfo=UTC)


def test_whisperx(tmp_path: Path) -> None:
    talk = read(tmp_path, "asr_json")
    assert talk.texts == ["How was it?", "Long. And hot."]
    assert talk.medium == "speech"
    assert (talk[1].speaker, talk[1].start, talk[1].end) == ("SPEAKER_01", 2.5, 5.0)


@pytest.mark.parametrize(
    "service",
    [
        {"utterances": [{"speaker": "A", "text": "hi", "start": 500, "end": 900}, {"speaker": "B", "text": "hello", "start": 1000, "end": 1900}]},
        {"results": {"utterances": [{"speaker": 0, "transcript": "hi", "start": 0.5, "end": 0.9}, {"speaker": 1, "transcript": "hello", "start": 1.0, "end": 1.9}]}},
        {"results": {"channels": [{"alternatives": [{"words": [{"word": "hi", "start": 0.5, "end": 0.9, "speaker": 0}, {"word": "hello", "start": 1.0, "end": 1.9, "speaker": 1}]}]}]}},
        {"monologues": [{"speaker": 0, "elements": [{"type": "text", "value": "hi", "ts": 0.5, "end_ts": 0.9}]}, {"speaker": 1, "elements": [{"type": "text", "value": "hello", "ts": 1.0, "end_ts": 1.9}]}]},
    ],
)  # fmt: skip
def test_services_agree(tmp_path: Path, service: dict[str, object]) -> None:
    path = tmp_path / "talk.json"
    path.write_bytes(printed(service, None))
    talk = load(path)
    assert [(m.text, m.start, m.end) for m in talk] == [("hi", 0.5, 0.9), ("hello", 1.0, 1.9)]
    assert len(talk.speakers) == 2


def test_talkbank(tmp_path: Path) -> None:
    talk = read(tmp_path, "chat_cha")
    assert talk.texts == ["what is that this?", "um a because dog and more"]
    assert talk.speakers == ("Mother", "Ross")
    assert (talk[1].start, talk[1].end) == (1.6, 2.9)


@pytest.mark.parametrize("name", ["textgrid", "elan_eaf"])
def test_tiers(tmp_path: Path, name: str) -> None:
    talk = read(tmp_path, name)
    assert talk.speakers == ("Ana", "Ben")
    assert len(talk) == 2
    assert talk[1].start == (1.8 if name == "textgrid" else 1.5)


def test_convokit(tmp_path: Path) -> None:
    talk = read(tmp_path, "convokit")
    assert talk.texts == ["who has the key?", "I do", "thanks"]
    assert [m.reply_to for m in talk] == [None, 0, 1]


@pytest.mark.parametrize("name", sorted(FILES))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_gets_a_sentence(tmp_path: Path, name: str, data: st.DataObject) -> None:
    file, whole = FILES[name]
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    path = tmp_path / file
    path.write_bytes(whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + cut :])
    for forced in (None, name.split()[0]):
        with contextlib.suppress(NearerError):
            load(path, Options(format=forced))
