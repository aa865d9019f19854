"""The keyboard alone reaches and does everything, and shows where it is."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.everything import EPISODE
from tests.pages.visiting import Site, until, visiting

# What has the focus: its name, whether the focus can be seen, whether it is in view.
_FOCUS = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const now = document.activeElement;
  if (now === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(now);
  const box = now.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight;
  return {
    tag: now.localName,
    text: (now.innerText || now.getAttribute("aria-label") || now.id).trim(),
    place: [...document.querySelectorAll("*")].indexOf(now),
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    inside,
    hides: box.width < 2 || box.height < 2,
  };
}"""
_PRESSED = """() =>
  [...document.querySelectorAll("a[href], button, input, select, textarea")]
    .filter((one) => one.checkVisibility()).length"""
_ENOUGH = 400


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with visiting(browser, site.url + EPISODE) as opened:
        yield opened


def _tabbed(page: Page) -> list[dict[str, Any]]:
    """All that has the focus in turn, until the page is left at its end."""
    stops: list[dict[str, Any]] = []
    while (stop := _pressed(page, "Tab")) is not None:
        stops.append(stop)
        assert len(stops) < _ENOUGH, "the focus never leaves"
    return stops


def _pressed(page: Page, key: str) -> dict[str, Any] | None:
    page.keyboard.press(key)
    stop: dict[str, Any] | None = page.evaluate(_FOCUS)
    return stop


def test_the_keyboard_goes_through_in_reading_order_and_is_seen(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # else it is in view a little later
    stops = _tabbed(page)

    places = [stop["place"] for stop in stops]
    assert places == sorted(places)
    assert stops[0]["text"] == "Skip to the content"
    assert {"a", "audio", "button", "select", "input"} <= {s["tag"] for s in stops}
    reached = {stop["place"] for stop in stops if stop["tag"] != "audio"}
    assert len(reached) == page.evaluate(_PRESSED)
    assert [s for s in stops if not s["inside"] or s["hides"]] == []
    assert [s for s in stops if not s["outlined"] and s["tag"] != "audio"] == []


def test_the_keyboard_goes_back_too(page: Page) -> None:
    page.locator("audio").focus()
    stops = []
    while (stop := _pressed(page, "Shift+Tab")) is not None:
        stops.append(stop["place"])

    assert stops == sorted(stops, reverse=True)
    assert len(stops) > 5


def test_the_first_link_leads_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.querySelector('main').contains(document.activeElement)"
    )


def test_return_and_space_do_what_a_press_does(page: Page) -> None:
    page.locator(".chapters [data-at='134']").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#player').currentTime >= 134")

    page.get_by_role("button", name="Back 15").focus()
    page.keyboard.press("Space")
    until(page, "document.querySelector('#player').currentTime < 125")

    page.get_by_label("Speed").focus()
    page.keyboard.press("ArrowDown")
    until(page, "document.querySelector('#player').playbackRate === 1.25")

    page.get_by_label("Follow the sound").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Follow the sound")).to_be_checked()


def test_searching_needs_no_mouse(page: Page, site: Site) -> None:
    page.get_by_role("searchbox", name="Search everything").focus()
    page.keyboard.type("personalisation")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("search"))

    page.locator("a.time").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/evidence/talk#t="))

    assert page.url.startswith(site.url)
    until(page, "document.querySelector('#player').currentTime > 0")


def test_no_single_letter_does_anything(page: Page) -> None:
    """A person who dictates says many letters (WCAG 2.1.4)."""
    page.locator("h1").click()
    before = page.evaluate("document.body.innerHTML")

    for key in "abcdefghijklmnopqrstuvwxyz0123456789 /?.,":
        page.keyboard.press(key)

    assert page.evaluate("document.body.innerHTML") == before
    assert page.evaluate("document.querySelector('#player').paused")
