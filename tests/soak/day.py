"""An hour of use of the app, squeezed: what somebody does with it, over and over, with words that are new each time."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from soak.app import App

EXAMPLES = Path(__file__).parents[2] / "examples"
TALKS = ("1_money.txt", "2_old_friends.txt", "3_first_date.txt", "4_siblings.vtt", "5_one_sided.txt", "6_afraid.txt")
PAGES = ("/", "/draft", "/journal", "/checkin", "/practice", "/learn", "/settings", "/help", "/static/app.css")
DRAFTS = (
    "you never listen to me, {n}", "I felt left out when plan {n} changed", "thank you for waiting {n} minutes",
    "calm down, it's only {n} quid", "shall we look at number {n} together?", "I'll be home at {n}, love you",
)  # fmt: skip
PASSPHRASE = "apples and pears {n}"


class Trouble(AssertionError):  # noqa: N818
    """An answer that was not the one expected."""


class Hour:
    """One hour: every kind of page, reading and write. `drafts` says how many drafts are read in it."""

    def __init__(self, app: App, number: int, drafts: int) -> None:
        self.app, self.number, self.drafts = app, number, drafts
        self.requests = 0

    def run(self) -> int:
        """Do it all; returns the number of requests. Raises Trouble at the first answer that is not as expected."""
        with self.app.client() as client:
            self.client = client
            for page in PAGES[:-1]:
                self.get(page)
            self._write_drafts()
            person = self._read(TALKS[self.number % len(TALKS)])
            if person:
                self._keep_a_journal(person)
            self._lock_and_unlock()
            self._clear_away()
        return self.requests

    def get(self, address: str, **params: str) -> httpx.Response:
        return self._ask("GET", address, params=params)

    def post(self, address: str, wanted: int = 200, **fields: str) -> httpx.Response:
        return self._ask("POST", address, wanted, data=fields)

    def _ask(self, method: str, address: str, wanted: int = 200, **what: object) -> httpx.Response:
        self.requests += 1
        answer = self.client.request(method, address, **what)  # type: ignore[arg-type]
        if answer.status_code != wanted:
            raise Trouble(f"hour {self.number}: {method} {address} answered {answer.status_code}, not {wanted}")
        return answer

    def _write_drafts(self) -> None:
        bearer = {"authorization": f"Bearer {self.app.token}"}
        for i in range(self.drafts):
            text = DRAFTS[i % len(DRAFTS)].format(n=self.number * 1000 + i)
            if i % 3:
                self.post("/draft", text=text, before="can we talk?" if i % 2 else "")
            else:
                self._ask("POST", "/api/check", json={"text": text, "context": ["how was it?"]}, headers=bearer)

    def _read(self, talk: str) -> str | None:
        """Take a file in and look at it from all sides; the address of its person in the journal, if it was kept."""
        data = (EXAMPLES / talk).read_bytes()
        place = self._ask("POST", "/read", files={"file": (f"{self.number}-{talk}", data)}).url.path
        self._wait(place)
        if "Which of these is you" in self.get(place).text:
            self.post(f"{place}/me", me="0")
            self._wait(place)
        text = self.get(place).text
        for show in ("all", "helps", "marked"):
            self.get(f"{place}/talk", show=show)
        self.post(f"{place}/find", words="you")
        self.get(f"{place}/counselor")
        for kind in ("html", "md", "json", "csv"):
            self.get(f"{place}/copy.{kind}")
        for finding in list(dict.fromkeys(re.findall(r"/finding/([^/\"]+)/differ", text)))[:2]:
            self.post(f"{place}/finding/{finding}/differ")
            self.post(f"{place}/finding/{finding}/agree")
        kept = self.post(f"{place}/keep", who=f"Friend {self.number}").url.path
        found = re.search(r"/journal/p/\w+", self.get(kept).text)
        if self.number % 2:
            # Every other one stays on the desk until newer ones push it off.
            self.post(f"{place}/close")
        return found[0] if found else None

    def _wait(self, place: str) -> None:
        until = time.monotonic() + 60
        while "HX-Redirect" not in self.client.get(f"{place}/state").headers:
            if time.monotonic() > until:
                raise Trouble(f"hour {self.number}: a reading did not come to an end")
            time.sleep(0.02)

    def _keep_a_journal(self, person: str) -> None:
        self.post(f"{person}/note", text=f"note {self.number}")
        page = self.get(person).text
        if "/goal" in page and "may be danger" not in page:
            self._goal(person)
        for by in ("week", "episode"):
            self.get(f"{person}/trends", by=by)
        self.post("/checkin", sleep=str(1 + self.number % 5), words=f"day {self.number}")
        asked = self.post("/practice").text
        item = re.search(r'name="item" value="([^"]+)"', asked)
        if item:
            self.post("/practice/answer", item=item[1], reply="0")
        self.post("/journal/export")
        for drop in self._drops(person):
            self.post(drop)

    def _goal(self, person: str) -> None:
        answer = self.client.post(f"{person}/goal", data={"goal": "fewer:ADJ205"})
        self.requests += 1
        if answer.status_code not in (200, 400):
            raise Trouble(f"hour {self.number}: a goal answered {answer.status_code}")

    def _drops(self, person: str) -> Iterator[str]:
        yield from sorted(set(re.findall(r"/journal/p/\w+/(?:note|goal)/\d+/drop", self.get(person).text)))

    def _lock_and_unlock(self) -> None:
        word = PASSPHRASE.format(n=self.number)
        self.post("/journal/passphrase", passphrase=word, again=word)
        self.post("/journal/lock")
        self._ask("GET", "/journal", 403)
        self.post("/journal/unlock", 403, passphrase="not this one")
        self.post("/journal/unlock", passphrase=word)

    def _clear_away(self) -> None:
        """The journal begins anew, so that every hour does the same work."""
        self.post("/journal/forget", sure="on")
        self.get("/journal")
