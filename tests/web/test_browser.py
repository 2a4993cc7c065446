"""The pages in a real Chromium: hostile chats are text, nothing is inline, all is reachable, nothing overflows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import orjson
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from web.running import EXAMPLES, Server, enter, upload

MALLORY, ANA = "<u>Mall\u202eory</u>", "Ana</bdi><script>document.title='owned'</script>"
HOSTILE = [
    (MALLORY, "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"),
    (ANA, 'javascript:alert(1) <a href="javascript:alert(1)">press</a> {{ 7*7 }} </textarea></style>'),
    (MALLORY, "\u202eyou never listen to me\u202c \u2067abc <svg onload=alert(1)>"),
    (ANA, 'you always do this "><iframe srcdoc="<script>top.document.title=\'owned\'</script>">'),
    (MALLORY, "<b onclick=1>" + "W" * 1_000_000),
    (ANA, "thank you"),
]


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    context = enter(chromium, server)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith(server.base) else faults.append(r.url))
    yield page
    assert faults == []
    context.close()


def test_hostile_chats_are_shown_as_text(page: Page, client: httpx.Client) -> None:
    rows = [
        {"id": i, "type": "message", "date": f"2026-01-01T10:{i:02}:00", "from": who, "from_id": who, "text": text}
        for i, (who, text) in enumerate(HOSTILE)
    ]
    chat = {"name": "<script>document.title='owned'</script>", "type": "personal_chat", "id": 1, "messages": rows}
    place = upload(client, "<img src=x onerror=1>.json", orjson.dumps(chat))
    page.goto(place)
    expect(page.locator("h1")).to_contain_text("Which of these is you")
    page.locator("label.choice", has_text="Ana").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#talkbox")).to_be_visible(timeout=30_000)
    for address in (place, f"{place}?show=marked", f"{place}/message/4", "/"):
        page.goto(address)
        assert page.title() != "owned"
        assert (
            page.locator("iframe, main img, main script, main u, main b, [onclick], [srcdoc], svg[onload]").count() == 0
        )
        assert page.locator('a[href^="javascript"]').count() == 0
    page.goto(place)
    said = page.locator(".line .said")
    assert said.first.inner_text() == HOSTILE[0][1]
    # Text that runs right to left does not turn the words around it.
    assert said.nth(2).evaluate("e => getComputedStyle(e).unicodeBidi").startswith("isolate")
    # A word of a million letters is cut, and nothing is wider than the page.
    assert len(page.content()) < 200_000
    assert _overflow(page) == 0


def test_a_file_is_read_by_keyboard_alone(page: Page, server: Server) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.get_by_role("button", name="Show me the example").or_(page.locator("#file")).first.focus()
    page.locator("#file").set_input_files(
        {
            "name": "talk.txt",
            "mimeType": "text/plain",
            "buffer": b"Ana: you never listen to me\nBo: I'm sorry. Tell me\n" * 9,
        }
    )
    page.get_by_role("button", name="Read it").press("Enter")
    expect(page.locator("h1")).to_contain_text("Which of these is you", timeout=20_000)
    page.locator("input[name=me]").first.press("Space")
    page.get_by_role("button", name="Go on").press("Enter")
    mark = page.locator("mark.hurts a, mark.theirs a").first
    expect(mark).to_be_visible(timeout=20_000)
    mark.focus()
    page.keyboard.press("Enter")
    title = page.locator("#panel h3")
    expect(title).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(title).to_be_focused()
    page.locator("#panel").get_by_role("button", name="I see it differently").press("Enter")
    expect(page.locator("#panel")).to_contain_text("left out")


def test_the_places_of_the_timeline_can_be_passed_by_keyboard(page: Page, money: str) -> None:
    page.goto(money)
    skip = page.get_by_role("link", name="Skip the picture")
    skip.focus()
    # It is seen where it stands, not at the top of a page that is scrolled.
    above = skip.evaluate("e => e.nextElementSibling.getBoundingClientRect().top - e.getBoundingClientRect().bottom")
    assert -10 < above < 10
    page.keyboard.press("Enter")
    expect(page.get_by_text("The same as a table", exact=True).first).to_be_focused()


def test_drafts_are_read_while_typing(page: Page) -> None:
    page.goto("/draft")
    page.locator("#text").press_sequentially("you never listen to me")
    expect(page.locator("#result")).to_contain_text("It may be heard as")
    assert page.url.endswith("/draft")
    page.locator("#text").fill("thank you for dinner")
    expect(page.locator("#result")).to_contain_text("Nothing here that is likely to sting")


def test_leaving_takes_the_place_of_the_page(chromium: Browser, own_server: Server) -> None:
    with own_server.client() as client:
        data = b"Rob: where are you\nElle: at work, sorry\nRob: I'll kill you if you leave me\nElle: please stop\n" * 3
        place = upload(client, "chat.txt", data, "Elle")
    context = enter(chromium, own_server)
    context.route(re.compile("wikipedia"), lambda route: route.fulfill(body="<h1>an everyday page</h1>"))
    page = context.new_page()
    page.goto("/settings")
    page.goto(place)
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Leave this page now").click()
    expect(page.locator("h1")).to_have_text("an everyday page")
    assert page.evaluate("history.length") == before
    page.go_back()
    expect(page.locator("h1")).to_have_text("Closed")
    context.close()


def test_a_hundred_thousand_messages_open_scroll_and_filter(page: Page, client: httpx.Client) -> None:
    lines = ["Ana: did you see the tall ship today?", "Bo: yes, it was grand", "Ana: I liked it too", "Bo: ok, see you"]
    lines += ["Ana: you never listen to me", "Bo: I hear you, I'm sorry"]
    data = "\n".join(f"{lines[i % 6]} {i}" for i in range(100_000))
    place = upload(client, "long.txt", data.encode(), "Ana")
    page.goto(place)
    expect(page.locator("#where")).to_have_text("1 of 100,000")
    window = page.locator("#pages")
    window.evaluate(
        """async window => { for (let i = 0; i < 60; i++) {
            window.scrollTop += 1500; await new Promise(done => setTimeout(done, 25)); } }"""
    )
    expect(page.locator("#where")).to_have_text(re.compile(r"^[1-9]\d{2},?\d* of 100,000$"))
    assert page.locator(".line").count() <= 360
    reached = int(page.locator("#where").inner_text().split(" ")[0].replace(",", ""))
    window.evaluate(
        """async window => { for (let i = 0; i < 30; i++) {
            window.scrollTop -= 900; await new Promise(done => setTimeout(done, 25)); } }"""
    )
    expect(page.locator("#where")).not_to_have_text(f"{reached:,} of 100,000")
    assert int(page.locator("#where").inner_text().split(" ")[0].replace(",", "")) < reached
    indexes = page.locator(".line").evaluate_all("all => all.map(e => Number(e.id.slice(1)))")
    assert indexes == list(range(indexes[0], indexes[-1] + 1))
    page.locator("svg.time a").last.press("Enter")
    expect(page.locator("#where")).to_have_text(re.compile(r"^9\d,\d{3} of"))
    page.locator("#words").fill("grand 99991")
    expect(page.locator(".line")).to_have_count(1)
    page.locator("#words").fill("")
    page.locator("#show").select_option("mine")
    expect(page.locator("#where")).to_have_text(re.compile(r"^1 of 1\d,\d{3}$"))


def test_all_works_without_scripts(chromium: Browser, server: Server, money: str) -> None:
    context = enter(chromium, server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/draft")
    page.locator("#text").fill("you never listen to me")
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#result")).to_contain_text("It may be heard as")
    page.goto(money)
    page.locator("mark.hurts a").first.click()
    expect(page.locator("h1")).to_have_text("Something that was seen")
    page.get_by_role("button", name="I see it differently").click()
    page.get_by_role("button", name="Put it back").click()
    page.goto(f"{money}?show=helps#talk")
    assert 0 < page.locator(".line").count() < 32
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_fault_that_axe_finds(
    chromium: Browser, server: Server, every_page: Callable[[Page], Iterator[str]], scheme: str
) -> None:
    context = enter(chromium, server, color_scheme=scheme)
    page = context.new_page()
    faults: dict[str, Any] = {}
    for name in every_page(page):
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
        for fault in found.response["violations"]:
            faults[f"{name}: {fault['id']}"] = [n["html"][:120] for n in fault["nodes"][:3]]
    assert faults == {}
    context.close()


@pytest.mark.parametrize("width", [360, 640])
def test_nothing_is_wider_or_longer_than_a_small_or_enlarged_page(
    chromium: Browser, server: Server, every_page: Callable[[Page], Iterator[str]], width: int
) -> None:
    """640 is what is left of a page of 1280 at 200 %."""
    context = enter(chromium, server, viewport={"width": width, "height": 720})
    page = context.new_page()
    assert {name: over for name in every_page(page) if (over := (_overflow(page), _below(page))) != (0, 0)} == {}
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 18
    context.close()


def test_the_way_out_stands_above_its_words_where_there_is_no_room_beside_them(
    chromium: Browser, server: Server, afraid: str
) -> None:
    context = enter(chromium, server, viewport={"width": 390, "height": 844})
    page = context.new_page()
    for address, heading in ((afraid, "#danger"), ("/help", "h1")):
        page.goto(address)
        out, title = page.locator(".leave").bounding_box(), page.locator(heading).bounding_box()
        assert out is not None
        assert title is not None
        assert out["y"] + out["height"] <= title["y"]
    context.close()


def test_what_a_counselor_reads_is_not_cut_by_its_field(chromium: Browser, server: Server, money: str) -> None:
    context = enter(chromium, server, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{money}/counselor")
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        cut = page.locator("textarea").evaluate_all(
            "all => all.filter(e => e.scrollHeight > e.clientHeight + 1).length"
        )
        assert cut == 0
    context.close()


def test_on_a_phone_the_words_of_a_saved_balance_have_the_width_of_the_page(
    chromium: Browser, client: httpx.Client, money: str
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_content(client.get(f"{money}/copy.html").text)
    words = page.locator("table.stack tbody td:last-child").first.bounding_box()
    assert words is not None
    assert words["width"] > 300
    assert _overflow(page) == 0
    context.close()


def test_the_lock_and_two_check_ins_beside_each_other(chromium: Browser, own: Server) -> None:
    words = "apples and pears"
    with own.client() as client:
        client.post("/checkin", data={"sleep": "4"})
        shared = client.post("/checkin/share").content
        client.post("/journal/passphrase", data={"passphrase": words, "again": words})
        client.post("/journal/lock")
    context = enter(chromium, own, color_scheme="dark", viewport={"width": 360, "height": 720})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Open it with your passphrase").press("Enter")
    assert Axe().run(page).response["violations"] == []
    page.locator("#passphrase").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your journal")
    page.goto("/checkin")
    page.locator("#file").set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": shared})
    page.get_by_role("button", name="Look at both").click()
    expect(page.locator("h1")).to_have_text("Side by side")
    assert Axe().run(page).response["violations"] == []
    assert _overflow(page) == 0
    context.close()


@pytest.fixture
def every_page(money: str, afraid: str, client: httpx.Client) -> Callable[[Page], Iterator[str]]:
    """Visits each page in turn and gives its name once it is there."""
    waiting = upload(client, "who.txt", b"Ana: hello there\nBo: hello you\n" * 5)
    failed = upload(client, "bad.zip", b"PK\x03\x04xx")
    text = (EXAMPLES / "1_money.txt").read_text(encoding="utf-8")
    for day in ("14/01", "28/01", "11/02"):
        talk = upload(client, "talk.txt", text.replace("14/01", day).encode(), "Tom")
        kept = client.post(f"{talk}/keep", data={"who": "Nadia"}).url.path
    client.post("/checkin", data={"sleep": "4", "safe": "3", "who": "Nadia"})
    person = client.get(kept).text.split('href="/journal/p/')[1].split('"')[0]
    client.post(f"/journal/p/{person}/note", data={"text": "we laughed"})
    client.post(f"/journal/p/{person}/goal", data={"goal": "fewer:OWN202"})
    book = (
        "/journal",
        kept,
        f"/journal/p/{person}",
        f"/journal/p/{person}/trends",
        "/checkin",
        "/help",
        "/practice",
        "/learn",
    )

    def visit(page: Page) -> Iterator[str]:
        for address in (
            "/",
            "/draft",
            "/settings",
            "/nowhere",
            waiting,
            failed,
            money,
            f"{money}/counselor",
            afraid,
            *book,
        ):
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
            yield address
            if address.endswith("/trends"):
                expect(page.locator(".chart canvas").first).to_be_visible()
            if address == "/draft":
                page.locator("#text").fill("you never listen to me")
                expect(page.locator("#result mark")).to_be_visible()
                yield "/draft with a draft"
            if address == money:
                page.locator("mark.hurts a").first.click()
                expect(page.locator("#panel h3")).to_be_visible()
                yield "a finding"

    return visit


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _below(page: Page) -> int:
    """Pixels of emptiness under the end of the page, where there is more to scroll than the window shows."""
    return int(
        page.evaluate(
            "Math.max(0, document.documentElement.scrollHeight - Math.max(innerHeight, document.body.offsetHeight) - 1)"
        )
    )
