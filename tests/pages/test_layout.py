"""Narrow screens, large text, wide spacing, large targets, calm motion."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.everything import EPISODE
from tests.pages.visiting import TYPES, Site, visiting

NARROW = {"width": 320, "height": 640}
# What reaches out at the side of the window, and what is cut off in its own box.
_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest("svg, audio, video"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
    || one.getBoundingClientRect().left < -1)
  .filter((one) => !one.closest(".unseen, .skip"))
  .map((one) => one.outerHTML.slice(0, 120))"""
_CUT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility())
  .filter((one) => !one.closest("svg, .unseen, input, audio, video"))
  .filter((one) => {
    const style = getComputedStyle(one);
    const hides = ["hidden", "clip"];
    return (hides.includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
      || (hides.includes(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
  })
  .map((one) => one.outerHTML.slice(0, 120))"""
# The spacing that readers may set by themselves (WCAG 1.4.12).
_SPACED = """() => {
  for (const one of document.querySelectorAll("*")) {
    one.style.setProperty("line-height", "1.5", "important");
    one.style.setProperty("letter-spacing", "0.12em", "important");
    one.style.setProperty("word-spacing", "0.16em", "important");
  }
  for (const one of document.querySelectorAll("p"))
    one.style.setProperty("margin-bottom", "2em", "important");
}"""
# Everything to press with its size; links within a sentence may be as they are.
_TARGETS = """() => {
  const pressed = "a[href], button, select, input, textarea, summary, label:has(input)";
  const inline = (one) => one.localName === "a"
    && getComputedStyle(one).display === "inline";
  return [...document.querySelectorAll(pressed)]
    .filter((one) => one.checkVisibility() && !one.closest(".skip"))
    .map((one) => {
      const box = one.type === "checkbox" ? one.closest("label") : one;
      const { width, height } = box.getBoundingClientRect();
      return [one.outerHTML.slice(0, 110), width, height, inline(one)];
    });
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with visiting(browser, site.url, viewport=NARROW) as opened:
        yield opened


def _fits(page: Page) -> None:
    assert page.evaluate(_WIDE) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_a_page_fits_320_pixels_with_any_spacing(
    page: Page, site: Site, path: str
) -> None:
    """1,280 px at 400 per cent are 320 px (WCAG 1.4.10)."""
    page.goto(site.url + path)
    _fits(page)
    assert page.evaluate(_CUT) == []

    page.evaluate(_SPACED)

    _fits(page)
    assert page.evaluate(_CUT) == []


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_everything_to_press_is_large_enough(page: Page, site: Site, path: str) -> None:
    page.goto(site.url + path)

    targets = page.evaluate(_TARGETS)

    assert len(targets) >= 2
    assert [one for one in targets if not one[3] and min(one[1:3]) < 24] == []
    small = [one for one in targets if not one[3] and one[2] < 44]
    assert [one for one in small if "checkbox" not in one[0]] == []


def test_text_twice_as_large_still_fits(browser: Browser, site: Site) -> None:
    with visiting(browser, viewport={"width": 640, "height": 800}) as page:
        for path in TYPES.values():
            page.goto(site.url + path)
            page.evaluate("document.documentElement.style.fontSize = '212.5%'")
            width = page.evaluate("document.scrollingElement.scrollWidth")
            assert width <= 640, path
            assert page.evaluate(_CUT) == []


def test_nothing_moves_where_motion_is_unwanted(browser: Browser, site: Site) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      return parseFloat(style.transitionDuration) > 0
        || parseFloat(style.animationDuration) > 0
        || style.scrollBehavior === "smooth";
    }).length"""
    with visiting(browser, site.url + EPISODE, reduced_motion="reduce") as page:
        assert page.evaluate(moving) == 0


def test_nothing_plays_by_itself(browser: Browser, site: Site) -> None:
    with visiting(browser) as page:
        asked: list[Any] = []
        page.on("request", lambda request: asked.append(request.resource_type))
        for name in ("episode", "film", "embed"):
            page.goto(site.url + TYPES[name])
            assert page.evaluate("document.querySelector('#player').paused")
            assert page.locator("[autoplay]").count() == 0
        assert "media" not in asked


def test_a_page_from_right_to_left_keeps_its_parts(
    browser: Browser, site: Site
) -> None:
    with visiting(browser, site.url + TYPES["from right to left"]) as page:
        title = page.locator("h1")
        assert title.get_attribute("lang") == "ar"
        assert title.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
        words = page.locator(".transcript")
        assert words.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
