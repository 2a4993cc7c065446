"""The pages, without a browser: from a file to a reading, and before you send."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import httpx
import orjson

from nearer.reading.types import Finding
from nearer.web.drafts import worth_saying
from web.running import Server, upload, wait


def test_own_strengths_come_first_then_three_adjustments_at_most(client: httpx.Client, money: str) -> None:
    text = client.get(money).text
    heads = ["What you do that helps", "One thing to try", "Cues you could answer", "The ladder", "The conversation"]
    assert [h for h in re.findall(r"<h2[^>]*>([^<]+)", text) if h.startswith(tuple(heads))][:5] == [
        "What you do that helps", "One thing to try at a time", *heads[2:]
    ]  # fmt: skip
    assert 1 <= text.count('class="card hurts"') <= 3
    assert "calm down" in text
    # The other's words are nothing to correct: they are cues to answer.
    assert "What <bdi>Nadia</bdi> could try" not in text


def test_seeing_it_differently_hides_it_and_can_be_undone(client: httpx.Client, money: str) -> None:
    found = re.search(r"/read/\S+/finding/([^/\"]+)/differ", client.get(money).text)
    assert found is not None
    piece = client.post(f"{money}/finding/{found[1]}/differ", headers={"hx-request": "true"}).text
    assert "left out" in piece
    assert f"finding/{found[1]}" not in client.get(money).text
    client.post(f"{money}/finding/{found[1]}/agree")
    assert f"finding/{found[1]}" in client.get(money).text


def test_danger_stops_the_advice(client: httpx.Client, afraid: str) -> None:
    text = client.get(afraid).text.split("<main")[1]
    assert text.index("Please read this first") < text.index("<h1>")
    assert "Leave this page now" in text
    for absent in (
        "One thing to try",
        "could try",
        "Cues you could answer",
        "The ladder",
        "that helps",
        "<mark",
        "What may help",
        "differ",
    ):
        assert absent not in text
    assert client.get(f"{afraid}/finding/1").status_code == 400


def test_where_there_may_be_danger_no_finding_can_be_looked_at_by_another_door(
    server: Server, client: httpx.Client, afraid: str
) -> None:
    reading = server.app.state.desk.get(afraid.rpartition("/")[2]).shown()
    hurt = next(f for f in reading.findings if f.polarity == "hurts")
    for door in ("differ", "agree"):
        answer = client.post(f"{afraid}/finding/{hurt.id}/{door}", headers={"hx-request": "true"})
        assert answer.status_code == 400
        assert hurt.heard_as not in answer.text


def test_places_that_help_follow_the_country(client: httpx.Client, afraid: str) -> None:
    try:
        client.post("/settings", data={"country": "GB"})
        assert "0808 2000 247" in client.get(afraid).text
        assert client.post("/settings", data={"country": "Nowhere"}).status_code == 400
    finally:
        client.post("/settings", data={"country": ""})


def test_a_filter_and_a_search_show_parts_of_the_talk(client: httpx.Client, money: str) -> None:
    all_of_it = client.get(f"{money}/talk").text
    helping = client.get(f"{money}/talk", params={"show": "helps"}).text
    assert all_of_it.count('class="line') == 32
    assert 0 < helping.count('class="line') < 32
    found = client.post(f"{money}/find", data={"words": "SOUP"}).text
    assert found.count('class="line') == 1
    assert client.get(f"{money}/talk", params={"show": "nothing"}).status_code == 400


def test_one_of_several_chats_is_chosen(client: httpx.Client) -> None:
    def chat(name: str) -> dict[str, object]:
        said = [("Ana", "how are you"), (name, "fine, and you?")] * 4
        rows = [
            {"id": i, "type": "message", "date": f"2026-01-01T10:{i:02}:00", "from": who, "from_id": who, "text": text}
            for i, (who, text) in enumerate(said)
        ]
        return {"name": name, "type": "personal_chat", "id": len(name), "messages": rows}

    data = orjson.dumps({"chats": {"list": [chat("Bo"), chat("Carla")]}})
    place = upload(client, "result.json", data)
    assert "Which chat?" in client.get(place).text
    assert client.post(f"{place}/chat", data={"chat": "none"}).status_code == 400
    chosen = re.search(r'value="([^"]+)" required><span><bdi>Carla', client.get(place).text)
    assert chosen is not None
    client.post(f"{place}/chat", data={"chat": chosen[1]})
    for _ in range(200):
        text = client.get(place).text
        if "Which of these is you" in text:
            break
    assert "Carla" in text
    assert "Bo<" not in text


def test_what_cannot_be_read_gets_a_plain_sentence(client: httpx.Client) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w") as archive:
        archive.writestr("../../outside.txt", "A: hi")
    for name, data in (
        ("empty.txt", b""),
        ("cut.zip", b"PK\x03\x04xx"),
        ("out.zip", bomb.getvalue()),
        ("a.bin", bytes(99)),
    ):
        place = upload(client, name, data)
        answer = client.get(place)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
        assert "Traceback" not in answer.text
        assert "Something went wrong inside" not in answer.text
    assert client.post("/read", files={"file": ("", b"")}).status_code == 400
    assert "not open any more" in client.get("/read/gone").text


def test_before_you_send_is_quiet_when_fine(client: httpx.Client) -> None:
    htmx = {"hx-request": "true"}
    fine = client.post("/draft", data={"text": "I missed you today. Can we talk tonight?"}, headers=htmx).text
    assert "Nothing here that is likely to sting" in fine
    hurt = client.post("/draft", data={"text": "you never listen to me"}, headers=htmx).text
    assert '<mark class="hurts">' in hurt
    assert "To try:" in hurt
    danger = client.post("/draft", data={"text": "fine", "before": "I'll kill you if you leave"}, headers=htmx).text
    assert "Leave this page now" in danger
    assert "To try:" not in danger
    assert client.post("/draft", data={"text": "a" * 30_000}).status_code == 400


def test_the_first_page_is_light(client: httpx.Client) -> None:
    text = client.get("/").text
    parts = [client.get(address) for address in re.findall(r"(?:href|src)=\"(/static/[^\"]+)\"", text)]
    assert all(p.status_code == 200 for p in parts)
    assert len(text.encode()) + sum(len(p.content) for p in parts) < 300_000


def test_a_counselor_changes_the_page_and_exports_it(client: httpx.Client, money: str) -> None:
    text = client.get(f"{money}/counselor").text
    assert "What <bdi>Nadia</bdi> does that helps" in text
    assert "What <bdi>Tom</bdi> does that helps" in text
    assert "Cycle 1" in text
    assert re.search(r"one small thing each\. Nadia, instead of “[^”]+”: ", text)
    ids = re.findall(r'name="label:([^"]+)"', text)
    changed = {f"label:{i}": "" for i in ids} | {f"keep:{i}": "on" for i in ids[1:]}
    changed |= {f"note:{ids[1]}": "<b>ask</b> about this", "experiment": "Tea on *Sundays*.", "export": "md"}
    left_out = re.search(rf"keep:{ids[0]}.*?“(.*?)”", text, re.DOTALL)
    assert left_out is not None
    export = client.post(f"{money}/counselor", data=changed)
    assert "attachment" in export.headers["content-disposition"]
    assert "Tea on \\*Sundays\\*." in export.text
    assert "&lt;b&gt;ask&lt;/b&gt;" in export.text
    assert left_out[1] not in export.text
    masked = client.post(f"{money}/counselor", data={"export": "html", "masked": "on"}).text
    assert "Person A" in masked
    assert not re.search(r"nadia|\btom\b", masked, re.IGNORECASE)


def test_a_counselor_reads_of_the_holder_and_not_of_me(client: httpx.Client) -> None:
    data = "Me: you never listen to me\nLi: calm down, it's nothing\nMe: Me too, thank you for telling me\n" * 12
    place = upload(client, "a.txt", data.encode(), "Me")
    text = client.get(f"{place}/counselor").text
    assert "What <bdi>the holder</bdi> does that helps" in text
    assert "What <bdi>the holder</bdi> gives <bdi>Li</bdi>" in text
    assert "The holder (whose chat this is) and Li. " in text
    made = client.post(f"{place}/counselor", data={"export": "md"}).text
    assert "What the holder does that helps" in made
    assert not re.search(r"\bMe\b(?! too)|[.] the holder", made)
    masked = client.post(f"{place}/counselor", data={"export": "md", "masked": "on"}).text
    assert "holder" not in masked
    assert "What Person A gives Person B" in masked


def test_masking_leaves_words_and_tags_that_only_look_like_a_name(client: httpx.Client) -> None:
    data = "Me: don't leave me here, Li\nLi O'Brien-Roe: thank you for telling me, LI is sorry\n" * 12
    place = upload(client, "a.txt", data.encode(), "Me")
    for form in ("html", "md"):
        made = client.post(f"{place}/counselor", data={"export": form, "masked": "on"}).text
        assert "What <bdi>Person A</bdi> does" in made or "What Person A does" in made
        said = re.sub(r"<style>.*?</style>|<[^>]*>", "", made)
        assert not re.search(r"\bli\b|\bo\W*(#39;)?brien", said, re.IGNORECASE)
        assert "telling me" in made
        assert "<Person" not in made
        assert "Person A{" not in made
    data = "T: how was it for you, C?\nC: I don't know. Thank you for asking, T\n" * 12
    place = upload(client, "b.txt", data.encode(), "C")
    made = client.post(f"{place}/counselor", data={"export": "md", "masked": "on"}).text
    assert "n'Person" not in made
    assert not re.search(r"\b[TC]\b", made)


def test_masking_knows_last_names_alone_and_shared_ones(client: httpx.Client) -> None:
    data = "Ana van Young: Mr Young, thank you for telling me\nBen Young-Roe: you are too young, Ana\n" * 12
    place = upload(client, "c.txt", data.encode(), "Ana van Young")
    made = client.post(f"{place}/counselor", data={"export": "md", "masked": "on"}).text
    assert not re.search(r"\bYoung\b|Roe|\bAna\b", made)
    shared = client.post(
        f"{upload(client, 'd.txt', data.replace('Young-Roe', 'Young').encode(), 'Ben Young')}/counselor",
        data={"export": "md", "masked": "on"},
    ).text
    assert not re.search(r"\bYoung\b", shared)


def test_the_page_for_both_does_not_tell_of_danger(client: httpx.Client, afraid: str) -> None:
    page = client.get(f"{afraid}/counselor").text
    assert "could try" not in page
    # Kindness can be fear: what looks like a strength of either is no line to keep.
    assert "that helps" not in page
    assert client.post(f"{afraid}/counselor", data={"export": "html"}).status_code == 400
    alone = client.post(f"{afraid}/counselor", data={"export": "html", "private": "on"}).text
    assert "See each person alone" in alone
    assert "One experiment" not in alone
    assert "less sure than the rest" not in alone
    assert "that helps" not in alone
    masked = client.post(f"{afraid}/counselor", data={"export": "md", "private": "on", "masked": "on"}).text
    assert "Person A" in masked
    assert "Elle" not in masked


def test_a_copy_can_be_saved_and_leaves_out_what_is_seen_differently(client: httpx.Client, money: str) -> None:
    found = re.search(r"/finding/(ADJ205[^/\"]+)/differ", client.get(money).text)
    assert found is not None
    client.post(f"{money}/finding/{found[1]}/differ")
    copy = client.get(f"{money}/copy.json")
    client.post(f"{money}/finding/{found[1]}/agree")
    assert "attachment" in copy.headers["content-disposition"]
    assert found[1] not in [f["id"] for f in copy.json()["findings"]]
    assert client.get(f"{money}/copy.html").text.startswith("<!doctype html>")
    assert client.get(f"{money}/copy.exe").status_code == 400


def test_the_holder_may_say_what_kind_of_talk_it_was(client: httpx.Client) -> None:
    place = upload(client, "kind.txt", b"Ana: you never listen to me\nBo: I'm sorry, tell me\n" * 5, "Ana")
    assert client.post(f"{place}/kind", data={"kind": "war"}).status_code == 400
    client.post(f"{place}/kind", data={"kind": "planning"})
    wait(client, place)
    assert "Read as making plans" in client.get(place).text


def test_the_ladder_shows_the_words_that_say_so(client: httpx.Client, money: str) -> None:
    text = client.get(money).text
    ladder = text.split('<h2 id="ladder">')[1].split("</section>")[0]
    assert "<q " in ladder
    assert "What you give <bdi>Nadia</bdi>" in ladder
    assert "What <bdi>Nadia</bdi> gives you" in ladder
    assert text.count("<q ") == ladder.count("<q ")


def test_no_page_tells_a_person_to_type_an_option(client: httpx.Client) -> None:
    lines = "".join(f"[0{d}/02/2026, 10:0{m}:00] {w}: hello there\n" for d in (1, 2) for m, w in enumerate("AB" * 3))
    place = upload(client, "chat.txt", lines.encode())
    who = client.get(place).text
    assert "day first" in who
    assert "--" not in re.sub(r"<[^>]*>", "", who)
    for name, data in (("list.txt", b"milk\neggs\nbread\n"), ("a.csv", b"x,y\n1,2\n3,4\n")):
        failed = client.get(upload(client, name, data)).text.split("<main")[1]
        assert "could not be read" in failed
        assert "--" not in failed
        assert "docs/" not in failed


def test_the_same_words_of_a_draft_are_taken_up_once() -> None:
    def hurt(cue: str, start: int, end: int, sure: float) -> Finding:
        return Finding(cue, cue, "", "safety", "hurts", "me", 0, None, start, end, "x", sure, "", "")

    found = [hurt("OWN204", 3, 13, 0.6), hurt("CTL205", 0, 13, 0.8), hurt("OWN202", 20, 30, 0.7)]
    assert [f.cue for f in worth_saying(found)] == ["CTL205", "OWN202"]


def test_where_the_dates_are_open_it_is_asked_which_comes_first(client: httpx.Client, server: Server) -> None:
    chat = "3/4/2026, 21:15 - Ana: how was yours?\n3/5/2026, 21:16 - Bo: fine, and yours?\n" * 3
    place = upload(client, "american.txt", chat.encode())
    case = server.app.state.desk.get(place.rsplit("/", 1)[1])
    assert case.file is None
    asked = client.get(place).text
    assert "Which day is 3/4/2026 in this chat?" in asked
    assert re.findall(r'value="(mdy|dmy)" checked', asked) == ["dmy"]
    client.post(f"{place}/me", data={"me": "0", "dates": "mdy"})
    wait(client, place)
    assert "4 Mar 2026 to 5 Mar 2026" in client.get(place).text
    assert (case.reading.start.month, case.reading.notes) == (3, ())
    # Asked again, it knows what was answered.
    client.post(f"{place}/again")
    assert 'value="mdy" checked' in client.get(place).text
    client.post(f"{place}/me", data={"me": "0", "dates": "dmy"})
    wait(client, place)
    assert (case.reading.start.month, case.reading.notes) == (4, ())
