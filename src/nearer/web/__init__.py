"""The local web app: one person's browser, one address on this machine, nothing sent anywhere.

`nearer.web.app.create_app` makes it, `nearer serve` runs it. **To add a page**, add one file to `pages/`; it is found by
listing, nothing else is touched:

    from fastapi import APIRouter, Request
    from nearer.web.render import Nav, page

    router = APIRouter()
    NAV = Nav(40, "Practice", "/practice")          # only if the page belongs in the menu; 10, 20, … is the order

    @router.get("/practice")
    def practice(request: Request) -> Response:
        return page(request, "practice.html.j2", items=…)

The template lies in `templates/` and begins with `{% extends "base.html.j2" %}`; it fills the blocks `title` and `main`.

- **Forms**: every `<form method="post">` holds `{{ csrf() }}`; one without is refused (403). htmx and `nearer.post` in
  `static/app.js` send the same token as a header. Nothing is ever changed by a GET.
- **Nothing inline**: no `style=`, no `<script>` with words in it, no `on…=`. Scripts and styles of a page go to `static/`
  and into the block `head` as `<script src="{{ static('x.js') }}" defer></script>`.
- **Words of people** are put in as `{{ text }}` (escaped always); never `|safe`. Give them `class="said"` or a `<bdi>`, so
  that text running right to left stays in its place. Never put them into an address or a log.
- **State**: `desk(request)` (open readings), `settings(request)` and `journal(request)` come from `nearer.web.state`.
  `journal` raises `Locked` where a passphrase is needed; the app then shows the page that asks for it.
- **Errors**: raise `NearerError("One plain sentence.")`; the app shows it as a page (or as an alert to htmx).
"""
