"""What others take of the pages, in a real browser: player, links, citations."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.everything import EPISODE
from tests.pages.visiting import Site, until, visiting

_REPORTS = """
  window.reports = [];
  addEventListener("securitypolicyviolation", (event) =>
    window.reports.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@contextmanager
def _elsewhere(page: str) -> Iterator[str]:
    """A page of somebody else, on an origin of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><title>Blog</title>{page}".encode()
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
            """Nothing to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join(timeout=10)


def _code(site: Site, address: str) -> str:
    """The code that oEmbed gives for a page."""
    answer = site.get(f"/oembed?url={quote(address, safe='')}")
    assert answer.status == 200
    code: str = json.loads(answer.text)["html"]
    return code


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_a_player_plays_in_somebody_elses_page(
    browser: Browser, site: Site, prefix: str
) -> None:
    code = _code(site, site.url + prefix + EPISODE)
    with _elsewhere(code) as blog, visiting(browser, blog) as page:
        frame = page.frames[1]
        frame.wait_for_selector("audio")
        assert frame.url == f"{site.url}{prefix}{EPISODE}/embed"
        fits = "document.documentElement.scrollWidth <= innerWidth"
        assert frame.evaluate(fits)
        frame.locator("summary").click()
        frame.locator("details a[data-at]").nth(1).click()

        seconds = "document.querySelector('#player').currentTime"
        waited = 0
        while frame.evaluate(seconds) <= 35 and waited < 200:
            page.wait_for_timeout(50)
            waited += 1
        assert 35 < frame.evaluate(seconds) < 50


def test_a_small_frame_shows_the_whole_player(browser: Browser, site: Site) -> None:
    size = {"width": 400, "height": 200}
    address = f"{site.url}{EPISODE}/embed"
    with visiting(browser, address, viewport=size) as page:
        box = page.locator("audio").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 200
        assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_the_code_on_the_page_is_the_one_that_oembed_gives(
    browser: Browser, site: Site
) -> None:
    with visiting(browser, site.url + EPISODE) as page:
        href = page.locator("link[type='application/json+oembed']").get_attribute(
            "href"
        )
        assert href is not None
        answer = json.loads(site.get(href.removeprefix(site.url)).text)
        expect(page.locator("#frame")).to_have_value(answer["html"])
        assert page.locator("#link").input_value() == site.url + EPISODE


def test_what_is_there_to_be_copied_is_copied(browser: Browser, site: Site) -> None:
    rights = ["clipboard-read", "clipboard-write"]
    with visiting(browser, site.url + EPISODE, permissions=rights) as page:
        for name in ("feed", "link", "frame"):
            button = page.locator(f"[data-copy={name}]")
            button.click()
            expect(button).to_have_text("Copied")
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied == page.locator(f"#{name}").input_value()


def test_a_moment_can_be_cited(browser: Browser, site: Site) -> None:
    with visiting(browser, f"{site.url}{EPISODE}#t=134") as page:
        until(page, "document.querySelector('#player').currentTime >= 133")
        cited = page.locator("#citation")

        expect(cited).to_contain_text(f"At 2:14: {site.url}{EPISODE}#t=134")
        expect(cited).to_contain_text("https://doi.org/10.5281/zenodo.1111111")


def test_without_scripts_there_is_nothing_that_does_nothing(
    browser: Browser, site: Site
) -> None:
    with visiting(browser, site.url + EPISODE, java_script_enabled=False) as page:
        expect(page.locator("[data-copy]").first).to_be_hidden()
        expect(page.locator("#frame")).to_be_visible()
        expect(page.locator("#citation")).not_to_contain_text("At ")


def test_data_for_programs_is_no_breach_of_the_policy(
    browser: Browser, site: Site
) -> None:
    for path in ("/", "/evidence", EPISODE, "/evidence/documents/talk-first"):
        with visiting(browser) as page:
            page.add_init_script(_REPORTS)
            page.goto(site.url + path)
            data = page.locator("script[type='application/ld+json']")
            assert json.loads(data.inner_text())["@graph"]
            assert page.evaluate("window.reports") == []
