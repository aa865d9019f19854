"""Visiting pages with a real browser, as a person or as a judge would."""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError

from playwright.sync_api import Browser, Page

__all__ = ["FLAGS", "SCRIPTED", "TYPES", "Answer", "Site", "until", "visiting"]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
# Every kind of page, each with everything that it can have.
SCRIPTED = {
    "project": "/evidence",
    "long list": "/many",
    "episode": "/evidence/talk",
    "film": "/evidence/film",
    "machine's transcript": "/evidence/machine",
    "waiver": "/evidence/waived",
    "document episode": "/evidence/review",
    "transcript without times": "/evidence/plain",
    "Welsh episode": "/evidence/sgwrs",
    "from right to left": "/evidence/hadith",
    "embed": "/evidence/talk/embed",
    "embed of a film": "/evidence/film/embed",
    "document": "/evidence/documents/talk-first",
    "document of a project": "/evidence/documents/whole",
    "unlisted project without episodes": "/aside",
    "project in Welsh": "/cy/evidence",
    "episode in Welsh": "/cy/evidence/talk",
    "document in Welsh": "/cy/evidence/documents/talk-first",
}
TYPES = SCRIPTED | {
    "home": "/",
    "collection": "/evidence/collections/voices",
    "long list, further": "/many/page/1",
    "search": "/search",
    "search with results": "/search?q=project",
    "search without any": "/search?q=nothinglikethis",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
    "taken down": "/evidence/gone",
    "unknown": "/nothing/here",
    "home in Welsh": "/cy",
    "accessibility in Welsh": "/cy/accessibility",
    "search in Welsh": "/cy/search?q=project",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is served."""

    url: str

    def get(self, path: str, **headers: str) -> Answer:
        request = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310  # our own loopback address
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  # as above
                return Answer(answer.status, _fields(answer), answer.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, _fields(error), error.read())


def _fields(answer: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


@contextmanager
def visiting(browser: Browser, address: str = "", **context: Any) -> Iterator[Page]:
    """A tab of its own, which forgets everything at the end."""
    opened = browser.new_context(**context)
    try:
        page = opened.new_page()
        page.set_default_timeout(10_000)
        if address:
            page.goto(address)
        yield page
    finally:
        opened.close()


def until(page: Page, true: str) -> None:
    """Wait until an expression is true; the page's policy lets it not wait itself."""
    for _ in range(200):
        if page.evaluate(f"Boolean({true})"):
            return
        page.wait_for_timeout(50)
    msg = f"never became true: {true}"
    raise AssertionError(msg)
