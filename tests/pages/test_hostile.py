"""Hostile words in every field of every page: they are shown, and do nothing."""

import html
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.pages.payloads import GROUPS, PAYLOADS
from tests.pages.visiting import TYPES, Site, until, visiting

Record = Callable[[str, object], None]
Names = set[tuple[str, str]]

# Every element with each of its attributes; addresses that could run something.
_NAMES = """() => {
  const found = new Set();
  for (const one of document.querySelectorAll("*"))
    for (const name of ["", ...one.getAttributeNames()])
      found.add(`${one.localName} ${name}`);
  return [...found];
}"""
_RUNNABLE = """() => [...document.querySelectorAll("*")].flatMap((one) =>
  ["href", "src", "action", "formaction", "xlink:href", "data", "srcset", "ping"]
    .map((name) => one.getAttribute(name))
    .filter((value) => value !== null)
    .filter((value) => !/^(https?:|mailto:|[/#?]|APPS)/.test(value)
      || /^[/][/\\\\]/.test(value) || value.startsWith("https://evil.example/x")))"""
_APPS = "pktc:|antennapod-subscribe:|overcast:|podcastaddict:|gpodder:|podcast:"
# What Markdown may make beside what the pages have.
_MARKDOWN = {("pre", ""), ("code", ""), ("blockquote", ""), ("br", ""), ("p", "")}
_PAGES = {
    "project": "/show-{0}",
    "episode": "/show-{0}/story-{0}",
    "collection": "/show-{0}/collections/all",
    "embed": "/show-{0}/story-{0}/embed",
    "document": "/show-{0}/documents/story-{0}-paper",
}


class _Watch:
    """What a page tries that it must not: dialogs, requests, broken policies."""

    def __init__(self, page: Page, site: Site) -> None:
        self.tried: list[str] = []
        self._url = f"{site.url}/"
        page.on("dialog", self._dialog)
        page.on("console", lambda message: self.tried.append(message.text))
        page.on("pageerror", lambda error: self.tried.append(str(error)))
        page.on("popup", lambda popup: self.tried.append(f"opened {popup.url}"))
        page.on("request", self._request)

    def _dialog(self, dialog: Any) -> None:
        self.tried.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._url, "about:")):
            self.tried.append(f"asked {request.url}")


def _names(page: Page) -> Names:
    return {
        (element, attribute)
        for element, _, attribute in (
            name.partition(" ") for name in page.evaluate(_NAMES)
        )
    }


@pytest.fixture(scope="module")
def allowed(browser: Browser, site: Site) -> Names:
    """The elements and attributes that harmless pages have."""
    with visiting(browser) as page:
        found = set(_MARKDOWN)
        for path in TYPES.values():
            page.goto(site.url + path, wait_until="domcontentloaded")
            found |= _names(page)
    return found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visiting(browser) as opened:
        yield opened


def _harmless(page: Page, allowed: Names) -> None:
    assert _names(page) - allowed == set()
    assert page.evaluate(_RUNNABLE.replace("APPS", _APPS)) == []
    assert page.locator("main").count() == 1
    assert page.locator("script:not([type='application/ld+json'])").count() <= 1


@pytest.mark.parametrize("kind", _PAGES)
def test_no_text_is_more_than_text(
    page: Page, hostile: Site, allowed: Names, kind: str, record_property: Record
) -> None:
    watch = _Watch(page, hostile)
    shown = ""
    for number in range(len(GROUPS)):
        address = hostile.url + _PAGES[kind].format(number)
        page.goto(address, wait_until="domcontentloaded")
        _harmless(page, allowed)
        assert json.loads(_data(page)) if kind == "episode" else True
        shown += page.evaluate("document.body.textContent")

    words = _one(shown)
    assert watch.tried == []
    assert [text for text in PAYLOADS if _one(text) not in words] == []
    record_property(
        "figure",
        f"hostile texts: {len(PAYLOADS)} in every field of the {kind} pages, "
        "0 dialogs, 0 foreign elements, 0 requests",
    )


def _data(page: Page) -> str:
    return page.locator("script[type='application/ld+json']").text_content() or ""


def _one(text: str) -> str:
    return " ".join(text.split())


def test_no_query_is_more_than_a_query(
    page: Page, hostile: Site, allowed: Names
) -> None:
    watch = _Watch(page, hostile)
    for texts in GROUPS:
        query = " ".join(texts)[:200]
        asked = f"q={quote(query)}&show={quote(texts[0])}"
        page.goto(f"{hostile.url}/search?{asked}", wait_until="domcontentloaded")
        _harmless(page, allowed)
        assert page.locator("#query").input_value() == " ".join(query.split())

    assert watch.tried == []


@pytest.mark.parametrize("path", ["/", "/cy", "/accessibility", "/cy/accessibility"])
def test_no_list_of_texts_is_more_than_that(
    page: Page, hostile: Site, allowed: Names, path: str
) -> None:
    watch = _Watch(page, hostile)

    page.goto(hostile.url + path)

    _harmless(page, allowed)
    assert watch.tried == []


def test_what_others_show_is_clean_too(
    page: Page, hostile: Site, allowed: Names
) -> None:
    """Feeds and embeds stand in pages of others, which have no policy of ours."""
    watch = _Watch(page, hostile)
    page.goto("about:blank")
    for number in range(len(GROUPS)):
        feed = json.loads(hostile.get(f"/show-{number}/feed.json").body)
        path = quote(f"{hostile.url}/show-{number}/story-{number}", safe="")
        embed = json.loads(hostile.get(f"/oembed?format=json&url={path}").body)
        texts = [feed["items"][0]["content_html"], embed["html"]]
        texts += [html.escape(embed["title"])]
        page.set_content("\n".join(["<main></main>", *texts]))

        foreign = _names(page) - allowed
        assert {name for name in foreign if name[0] != "iframe"} == set()
    tried = [text for text in watch.tried if not text.startswith("asked")]
    assert tried == []


def test_what_is_more_than_text_would_be_seen(
    page: Page, hostile: Site, allowed: Names
) -> None:
    watch = _Watch(page, hostile)
    page.goto("about:blank")

    page.set_content(
        "<main><img src=https://evil.example/x.png onerror=alert(1)>"
        "<a href=javascript:alert(2)>x</a><marquee>x</marquee></main>"
    )
    until(page, "document.images[0].complete")

    assert {("img", "onerror"), ("marquee", "")} <= _names(page) - allowed
    runnable = page.evaluate(_RUNNABLE.replace("APPS", _APPS))
    assert set(runnable) == {"https://evil.example/x.png", "javascript:alert(2)"}
    assert {"dialog 1", "asked https://evil.example/x.png"} <= set(watch.tried)
