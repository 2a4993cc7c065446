"""The ladder explained, in the app."""

from __future__ import annotations

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from nearer.cues import catalogue
from web.running import Server, enter


def test_every_cue_of_the_ladder_is_on_the_page(client: httpx.Client) -> None:
    text = client.get("/learn").text
    from markupsafe import escape

    for cue in catalogue().cues.values():
        assert (str(escape(cue.heard_as)) in text) == (cue.polarity != "danger"), cue.code


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_it_is_accessible_and_fits(chromium: Browser, server: Server, scheme: str, width: int) -> None:
    context = enter(chromium, server, color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto("/learn")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.emulate_media(media="print")
    assert page.locator(".jump").is_hidden()
    assert page.locator("#intimacy").is_visible()
    context.close()
