"""A real browser opens the episode page, plays the recording, and seeks in it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.end_to_end.listening import version
from tests.served import Served

Record = Callable[[str, object], None]
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
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    opened = browser.new_page()
    opened.goto(f"{site.url}/personalisation/fellowship-podcast")
    yield opened
    opened.close()


def test_the_browser_plays_and_seeks(page: Page, record_property: Record) -> None:
    number = version("/usr/bin/chromium", "--version")
    record_property("part", f"Chromium {number}: plays and seeks")
    audio = page.locator("audio")

    seconds = audio.evaluate(
        """async (a) => {
            await a.play();
            const moved = new Promise((done) => a.addEventListener("seeked", done));
            a.currentTime = 120;
            await moved;
            await new Promise((done) => a.addEventListener("timeupdate", done));
            return [a.duration, a.currentTime];
        }"""
    )

    assert seconds[0] == pytest.approx(253, abs=3)
    assert 120 <= seconds[1] < 125


def test_everything_is_there_without_scripts(browser: Browser, site: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{site.url}/personalisation/fellowship-podcast")

    assert page.locator("audio[controls]").count() == 1
    assert page.locator("h1").count() == 1
    links = page.locator("a[href*='#t=']")
    assert links.count() >= 15
    assert re.search(r"\.mp3#t=\d+", links.first.get_attribute("href") or "")
    context.close()


def test_a_reader_finds_the_way_from_home_and_back(page: Page, site: Served) -> None:
    page.goto(site.url)
    page.get_by_role("link", name="Personalisation").first.click()
    assert page.url == f"{site.url}/personalisation"
    page.get_by_role("link", name=re.compile("Back to projects")).first.click()

    assert page.url.rstrip("/") == site.url


def test_no_page_asks_another_host_or_breaks_its_policy(
    browser: Browser, site: Served
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    for path in ("/", "/personalisation", "/personalisation/homelessness"):
        page.goto(site.url + path)

    assert [url for url in asked if not url.startswith(site.url)] == []
    assert said == []
    page.close()
