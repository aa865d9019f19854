"""Somebody writes, and a real browser shows at once what was saved."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.end_to_end.listening import version
from tests.previewing import Previewed, previewing
from tests.projects import episode_files, write, write_project

Record = Callable[[str, object], None]
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio")
STORY = "episodes/story-2/episode.md"
PATH = "/stories/story-2"
PATIENCE = 30_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    """A project with a story that is out, a draft, and one that is due."""
    root = tmp_path_factory.mktemp("preview")
    write_project(root, episodes=1)
    write(root, episode_files(2, publish="draft"))
    write(root, episode_files(3, publish="2199-12-02 09:00"))
    with previewing(root) as running:
        yield running


@pytest.fixture
def page(browser: Browser, preview: Previewed) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.goto(preview.url + PATH)
    yield opened
    opened.close()


def test_a_draft_and_what_is_due_are_shown_with_a_banner(
    page: Page, preview: Previewed, record_property: Record
) -> None:
    number = version("/usr/bin/chromium", "--version")
    record_property("part", f"Chromium {number}: sees a preview change by itself")
    seconds = f"first answer {preview.first:.1f} s, page {preview.pages:.1f} s"
    record_property("figure", f"preview, from a cold start: {seconds}")

    expect(page.locator("h1")).to_have_text("Story 2")
    expect(page.locator("#preview-banner")).to_contain_text("Draft: nobody sees this")
    page.goto(f"{preview.url}/stories/story-3")
    expect(page.locator("#preview-banner")).to_contain_text(
        "Scheduled for Monday 2 December 2199, 09:00 GMT."
    )
    page.goto(f"{preview.url}/stories")
    marks = {
        link.get_attribute("href"): link.evaluate(
            "link => getComputedStyle(link, '::after').content"
        )
        for link in page.locator("main a[href^='/stories/story-']").all()
    }
    assert marks["/stories/story-2"] == '" (Draft)"'
    assert marks["/stories/story-3"] == '" (Scheduled)"'
    assert marks["/stories/story-1"] == "none"


def test_a_page_that_is_open_shows_what_was_saved(
    page: Page, preview: Previewed, record_property: Record
) -> None:
    said: list[str] = []
    page.on("console", lambda message: hear(message, said))
    saved = time.monotonic()
    edit(preview.root / STORY, "title: Story 2", "title: Finding my feet")

    expect(page.locator("h1")).to_have_text("Finding my feet", timeout=PATIENCE)
    seconds = time.monotonic() - saved
    record_property("figure", f"preview, from save to screen: {seconds:.1f} s")
    assert said == []


def test_the_page_stays_where_it_was_scrolled_to(
    page: Page, preview: Previewed
) -> None:
    longer = "".join(f"Paragraph {number}.\n\n" for number in range(150))
    write(preview.root, {STORY: (preview.root / STORY).read_text() + "\n" + longer})
    expect(page.locator("main")).to_contain_text("Paragraph 149", timeout=PATIENCE)
    page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")

    edit(preview.root / STORY, "Paragraph 149", "The end")

    expect(page.locator("main")).to_contain_text("The end", timeout=PATIENCE)
    deadline = time.monotonic() + PATIENCE / 1000
    while (height := page.evaluate("scrollY")) != 1500:  # it scrolls once it is there
        assert time.monotonic() < deadline, height
        page.wait_for_timeout(50)


def test_a_mistake_is_told_with_its_line_and_goes_when_it_is_mended(
    page: Page, preview: Previewed
) -> None:
    title = page.locator("h1").inner_text()
    banner = page.locator("#preview-banner")

    edit(preview.root / STORY, "people:\n", "people: [\n")

    expect(banner).to_contain_text(re.compile(rf"{STORY}:\d+"), timeout=PATIENCE)
    expect(banner).to_contain_text("error E104")
    expect(banner).to_contain_text("This is how it was when its file could last")
    expect(page.locator("h1")).to_have_text(title)

    edit(preview.root / STORY, "people: [\n", "people:\n")

    expect(banner).not_to_contain_text("error", timeout=PATIENCE)
    expect(page.locator("h1")).to_have_text(title)


def test_the_master_is_played_from_where_one_wants(
    page: Page, preview: Previewed
) -> None:
    source = page.locator("audio").evaluate(
        "audio => audio.currentSrc || audio.querySelector('source').src"
    )

    status, fields, _ = preview.ask(source.removeprefix(preview.url), Range="bytes=1-9")

    assert status == 206
    size = (preview.root / "episodes/story-2/audio.mp3").stat().st_size
    assert fields["content-range"] == f"bytes 1-9/{size}"
    assert page.locator("audio").evaluate(
        """async (audio) => {
            if (audio.readyState < 1) {
                audio.load();
                await new Promise((done) => (audio.onloadedmetadata = done));
            }
            return audio.duration;
        }"""
    ) == pytest.approx(1, abs=0.2)


def test_the_preview_keeps_to_the_policy_of_the_pages(
    browser: Browser, preview: Previewed
) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: hear(message, said))
    page.on("request", lambda request: asked.append(request.url))

    for path in ("/", "/stories", PATH, "/__preview/"):
        page.goto(preview.url + path)

    assert said == []
    assert [url for url in asked if not url.startswith(preview.url)] == []
    page.close()


def hear(message: ConsoleMessage, said: list[str]) -> None:
    """Note what a page complains of."""
    said.append(message.text)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
