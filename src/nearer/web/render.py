"""Pages from templates: everything that people wrote is escaped, always, by the environment itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from nearer.guidance import words
from nearer.report.view import cue_name
from nearer.version import __version__
from nearer.web.state import settings

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
NEUTRAL_SITE = "https://www.wikipedia.org/"
"""Where "Leave this page" goes: a page that anybody may be reading."""


@dataclass(frozen=True, order=True)
class Nav:
    """An entry of the menu."""

    order: int
    label: str
    href: str


def page(request: Request, template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """A template of `templates/` as a response."""
    state = request.app.state
    chosen = settings(request)
    html = (
        environment()
        .get_template(template)
        .render(
            **context,
            csrf=lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(state.keys.csrf),
            csrf_token=state.keys.csrf,
            nav=state.nav,
            path=request.url.path,
            site="Notes" if chosen.plain_title else "nearer",
            plain=chosen.plain_title,
            danger_country=chosen.country or None,
        )
    )
    return HTMLResponse(html, status)


def refusal(status: int, why: str) -> HTMLResponse:
    """What the guard answers: a plain page that tells nothing of what lies behind it."""
    html = environment().get_template("closed.html.j2").render(why=why)
    return HTMLResponse(html, status)


def static(name: str) -> str:
    """The address of a file in `static/`, with the version in it, so that a browser takes the new one after an update."""
    return f"/static/{name}?v={__version__}"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """One environment for all pages."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        # Only the Markdown export escapes by itself (`md`): its signs are others than those of HTML.
        autoescape=lambda name: not (name or "").endswith(".md.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(cue_name=cue_name, static=static, words=words, neutral_site=NEUTRAL_SITE, version=__version__)
    made.filters.update(
        thousands="{:,}".format, counted=words.counted, short=words.short, without_options=words.without_options
    )
    return made
