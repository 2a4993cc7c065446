"""The journal's pages: keep, look again, lock, forget."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from web.running import EXAMPLES, Server, upload


def keep(client: httpx.Client) -> str:
    place = upload(client, "money.txt", (EXAMPLES / "1_money.txt").read_bytes(), "Tom")
    return client.post(f"{place}/keep", data={"who": "Nadia <b>"}).url.path


def test_a_reading_is_kept_shown_and_forgotten(own: Server, tmp_path: Path) -> None:
    with own.client() as client:
        assert "Nothing here yet" in client.get("/journal").text
        place = keep(client)
        text = client.get(place).text
        assert "What you did that helps" in text
        assert "without its words" in text
        assert "eighty quid" not in text
        person = re.search(r"/journal/p/\w+", text)
        assert person is not None
        # Names stand in no address, and are shown as text.
        assert "Nadia &lt;b&gt;" in client.get(person[0]).text
        assert client.post(f"{person[0]}/forget").status_code == 400
        client.post(f"{person[0]}/forget", data={"sure": "on"})
        assert "Nothing here yet" in client.get("/journal").text
    assert not any(b"Nadia" in f.read_bytes() for f in tmp_path.rglob("*") if f.is_file())


def test_words_are_kept_only_if_chosen_and_can_be_read_again(own: Server) -> None:
    own.app.state.settings = own.app.state.settings.model_copy(update={"keep_conversations": True})
    with own.client() as client:
        place = keep(client)
        assert "with its words" in client.get(place).text
        again = client.post(f"{place}/open").url.path
        assert "Which of these is you" in client.get(again).text


def test_the_journal_is_locked_with_a_passphrase(own: Server, tmp_path: Path) -> None:
    with own.client() as client:
        place = keep(client)
        wrong = {"passphrase": "apples and pears", "again": "something else"}
        assert client.post("/journal/passphrase", data=wrong).status_code == 400
        client.post("/journal/passphrase", data={"passphrase": "apples and pears", "again": "apples and pears"})
        assert client.get(place).status_code == 200
        client.post("/journal/lock")
        for address in ("/journal", place):
            answer = client.get(address)
            assert "Your journal is locked" in answer.text
            assert "Nadia" not in answer.text
        assert "does not open" in client.post("/journal/unlock", data={"passphrase": "not this one"}).text
        assert "Nadia" in client.post("/journal/unlock", data={"passphrase": "apples and pears"}).text
    assert not any(b"Nadia" in f.read_bytes() for f in tmp_path.rglob("*") if f.is_file())


def test_what_is_seen_differently_is_remembered_and_grows_quiet(own: Server) -> None:
    data = b"Ana: you never listen to me\nBo: ok\nAna: thank you\nBo: of course\n"
    with own.client() as client:
        place = upload(client, "talk.txt", data, "Ana")
        found = re.search(r"/finding/(OWN202[^/\"]+)/differ", client.get(place).text)
        assert found is not None
        client.post(f"{place}/finding/{found[1]}/differ")
        again = upload(client, "again.txt", data, "Ana")
        assert "OWN202" not in client.get(again).text
        for number in range(5):
            other = upload(client, "other.txt", data + b"Bo: see you at %d\n" % number, "Ana")
            client.post(f"{other}/finding/{found[1]}/differ")
        text = client.get(upload(client, "new.txt", data + b"Bo: bye\n", "Ana")).text
        assert "left out, because you saw such things differently before" in text
        assert "OWN202" not in text
        shown = client.post(re.search(r"/read/[^/]+/loud", text)[0])  # type: ignore[index]
        assert "OWN202" in shown.text


def test_notes_goals_and_check_ins(own: Server) -> None:
    with own.client() as client:
        person = re.search(r"/journal/p/\w+", client.get(keep(client)).text)
        assert person is not None
        client.post(f"{person[0]}/note", data={"text": "<i>be kind</i>"})
        client.post(f"{person[0]}/goal", data={"goal": "fewer:ADJ205"})
        text = client.get(person[0]).text
        assert "&lt;i&gt;be kind&lt;/i&gt;" in text
        assert "Fewer of this: Waves the feeling away" in text
        assert "You wanted fewer" not in text
        calmer = (
            (EXAMPLES / "1_money.txt")
            .read_text(encoding="utf-8")
            .replace("calm down it's only", "tell me more, it was")
        )
        later = upload(client, "later.txt", calmer.replace("14/01", "28/01").encode(), "Tom")
        assert "Well done" in client.post(f"{later}/keep", data={"who": "Nadia <b>"}).text
        assert "Well done" in client.get(person[0]).text
        assert client.post(f"{person[0]}/goal", data={"goal": "fewer:NONE"}).status_code == 400
        for drop in set(re.findall(r"/journal/p/\w+/(?:note|goal)/\d+/drop", text)):
            client.post(drop)
        assert "be kind" not in client.get(person[0]).text
        assert "Kept. Thank you" in client.post("/checkin", data={"sleep": "4", "words": "a calm day"}).text
        assert client.post("/checkin", data={"sleep": "9"}).status_code == 400
        assert "a calm day" in client.get("/checkin").text


def test_the_journal_goes_out_and_comes_back(own: Server) -> None:
    with own.client() as client:
        keep(client)
        saved = client.post("/journal/export").content
        assert client.post("/journal/import", files={"file": ("journal.json", saved)}).status_code == 400
        client.post("/journal/forget", data={"sure": "on"})
        assert client.post("/journal/import", files={"file": ("journal.json", b"{}")}).status_code == 400
        assert "Nadia" in client.post("/journal/import", files={"file": ("journal.json", saved)}).text


def test_danger_sets_no_goals_and_is_left_out_of_trends(own: Server) -> None:
    data = (EXAMPLES / "6_afraid.txt").read_bytes()
    with own.client() as client:
        place = upload(client, "afraid.txt", data, "Elle")
        kept = client.post(f"{place}/keep", data={"who": "Rob"})
        assert "signs of danger" in kept.text
        for absent in ("What may have stung", "that helps", "By family", "The ladder</h2>"):
            assert absent not in kept.text
        person = re.search(r"/journal/p/\w+", kept.text)
        assert person is not None
        assert "I would like" not in client.get(person[0]).text
        assert client.post(f"{person[0]}/goal", data={"goal": "more:ADJ101"}).status_code == 400
        assert "left out here" in client.get(f"{person[0]}/trends").text
        assert "DNG" not in client.post("/journal/export").text


def test_check_ins_are_compared_from_hand_to_hand(own: Server) -> None:
    with own.client() as client:
        client.post("/checkin", data={"sleep": "4", "words": "my own words"})
        shared = client.post("/checkin/share")
        assert "my own words" not in shared.text
        text = client.post("/checkin/compare", files={"file": ("theirs.json", shared.content)}).text
        assert "How did you sleep?</th><td>4</td><td>4</td>" in text
        for bad in (b"{}", b"[1]", b'{"schema": "nearer/checkins/1", "days": [{"day": 3}]}', b"\xff\xfe"):
            assert client.post("/checkin/compare", files={"file": ("x.json", bad)}).status_code == 400
