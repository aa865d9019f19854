"""Pages without scripts, on paper, and in the order in which they are read aloud."""

import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.everything import EPISODE
from tests.pages.visiting import TYPES, Site, visiting

_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile("<[^>]*>")


def test_without_scripts_all_is_there_in_its_order(
    browser: Browser, site: Site
) -> None:
    with visiting(browser, site.url + EPISODE, java_script_enabled=False) as page:
        found = [
            page.locator(part).first.bounding_box()
            for part in (
                ".skip", ".crumbs", "h1", "time", ".note", "audio", "#chapters",
                "#notes", "#transcript",
            )
        ]  # fmt: skip
        hidden = page.locator("[data-scripted], [data-copy]")

        assert None not in found
        tops = [box["y"] for box in found if box]
        assert tops == sorted(tops)
        assert not any(one.is_visible() for one in hidden.all())
        assert page.locator("audio[controls]").is_visible()


@pytest.mark.parametrize("part", [".chapters a[data-at]", ".transcript a.time"])
def test_without_scripts_times_lead_into_the_recording(
    browser: Browser, site: Site, part: str
) -> None:
    with visiting(browser, site.url + EPISODE, java_script_enabled=False) as page:
        links = [link.get_attribute("href") or "" for link in page.locator(part).all()]
        medium = page.locator("audio").get_attribute("src")
        assert len(links) > 3
        for link in links:
            address, _, moment = link.partition("#t=")
            assert address == medium
            assert re.fullmatch(r"\d+(\.\d+)?", moment)

        page.locator(part).nth(2).click()

        assert page.url == site.url + links[2]


def test_without_scripts_searching_works(browser: Browser, site: Site) -> None:
    with visiting(browser, site.url, java_script_enabled=False) as page:
        page.get_by_role("searchbox").fill("co-production")
        page.get_by_role("button", name="Search").click()

        assert page.locator("main mark").count() > 0


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_headings_tell_the_structure(site: Site, path: str) -> None:
    headings = _HEADING.findall(site.get(path).text)

    levels = [int(level) for level, _ in headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(_TAG.sub("", words).strip() for _, words in headings)


@pytest.fixture
def printed(browser: Browser, site: Site) -> Iterator[Page]:
    with visiting(browser, site.url + EPISODE) as page:
        page.emulate_media(media="print")
        yield page


def test_the_printed_page_has_the_words_and_no_player(printed: Page) -> None:
    for part in ("audio", ".tools", "form", "footer a.button", ".waveform"):
        assert not any(one.is_visible() for one in printed.locator(part).all()), part
    for part in (
        "h1",
        ".transcript .turn",
        ".transcript .time",
        ".chapters li",
        "time",
    ):
        assert all(one.is_visible() for one in printed.locator(part).all()), part


def test_the_printed_page_says_where_its_links_lead(
    printed: Page, tmp_path: Path
) -> None:
    file = tmp_path / "page.pdf"
    printed.pdf(path=str(file), format="A4")
    text = re.sub(r"\s+", "", _text(file))

    for address in (
        "https://example.ac.uk/further",
        "https://example.ac.uk/study",
        "https://orcid.org/0000-0002-1825-0097",
        "https://doi.org/10.5281/zenodo.1111111",
    ):
        assert address in text
    assert "Thankyouforlistening." in text
    assert "4:11" in text


def _text(file: Path) -> str:
    """The words of a PDF, as another program reads them."""
    command = ["pdftotext", str(file), "-"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=30, check=True
    )
    return done.stdout
