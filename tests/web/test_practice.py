"""Practice in the app: a round, what is told, what is kept, and the pages in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from nearer.guidance.practice import items
from web.running import Server, enter, start


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a journal of its own."""
    folder: Path = tmp_path_factory.mktemp("practice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nearer.paths.data_folder", lambda: folder)
        yield from start()


@pytest.fixture
def page(chromium: Browser, own: Server) -> Iterator[Page]:
    context = enter(chromium, own)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    yield page
    assert faults == []
    context.close()


def hidden(text: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', text)
    assert found is not None
    return found[1]


def test_a_round_of_five_and_what_was_missed_is_remembered(own: Server) -> None:
    best = {i.id: i.best for i in items()}
    with own.client() as client:
        assert "frightens you" in client.get("/practice").text
        text = client.post("/practice", data={"only": "humor"}).text
        seen = []
        for number in range(5):
            item = hidden(text, "item")
            seen.append(item)
            reply = (best[item] + (number == 0)) % 3
            told = client.post(
                "/practice/answer",
                data={"item": item, "reply": str(reply), "done": hidden(text, "done"), "only": "humor"},
            ).text
            assert ("Many of us would write that" in told) == (number == 0)
            assert told.count("May be heard as:") == 3
            text = client.post("/practice", data={"done": hidden(told, "done"), "only": hidden(told, "only")}).text
        assert "That was the round" in text
        assert len(set(seen)) == 5
        assert all(i.startswith("hum-") for i in seen)
        book = own.app.state.vault.get()
        from nearer.journal.cards import cards

        kept = cards(book)
        assert not kept[seen[0]]["right"]
        assert all(kept[i]["right"] for i in seen[1:])


@pytest.mark.parametrize("fields", [{}, {"item": "nothing", "reply": "1"}, {"item": "hum-shelf", "reply": "7"}])
def test_what_makes_no_sense_gets_a_sentence(own: Server, fields: dict[str, str]) -> None:
    with own.client() as client:
        answer = client.post("/practice/answer", data=fields)
        assert answer.status_code == 400
        assert "Begin a new round" in answer.text or "Choose one" in answer.text


def test_a_form_without_its_token_is_refused(own: Server) -> None:
    with httpx.Client(base_url=own.base, cookies=own.cookie) as client:
        assert client.post("/practice").status_code == 403


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/practice")
    page.get_by_role("button", name="Begin").press("Enter")
    expect(page.locator("legend")).to_have_text("Which reply comes closest?")
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your choice")).to_be_visible()
    page.get_by_role("button", name="Next").press("Enter")
    expect(page.locator("h1")).to_contain_text("2 of 5")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_every_step_is_accessible_and_fits(chromium: Browser, own: Server, scheme: str, width: int) -> None:
    context = enter(chromium, own, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()

    def sound() -> None:
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.goto("/practice")
    sound()
    page.get_by_role("button", name="Begin").click()
    sound()
    page.locator("label.choice").first.click()
    page.get_by_role("button", name="See what each may do").click()
    expect(page.get_by_text("Your choice")).to_be_visible()
    sound()
    context.close()


def test_places_that_help_are_named_once_at_its_head(client: httpx.Client) -> None:
    head = client.get("/practice").text.split("<main")[1].split("<form")[0]
    assert head.lower().count("places that help") == 1
