"""The player as listeners use it: the sound goes where a line, chapter or link says."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.pages.everything import EPISODE
from tests.pages.judges import axe
from tests.pages.visiting import Site, until, visiting

_AT = "document.querySelector('#player').currentTime"
_PLAYS = f"!document.querySelector('#player').paused && {_AT}"


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with visiting(browser, site.url + EPISODE) as opened:
        yield opened


def _plays_from(page: Page, seconds: float) -> None:
    until(page, f"{_PLAYS} >= {seconds}")
    assert float(page.evaluate(_AT)) < seconds + 8


def _rests_at(page: Page, seconds: float) -> None:
    until(page, f"Math.abs({_AT} - {seconds}) < 0.5")
    assert page.evaluate("document.querySelector('#player').paused")


def test_a_line_plays_from_its_time(page: Page) -> None:
    line = page.locator(".turn", has_text="Two ways of working")

    line.locator("a.time").click()

    _plays_from(page, 46.4)
    expect(line).to_have_class(re.compile("now"))
    expect(line.locator("a.time")).to_have_attribute("aria-current", "true")
    assert page.url.endswith(f"{EPISODE}#t=46.473")


def test_the_words_of_a_line_play_too(page: Page) -> None:
    page.locator(".turn p", has_text="The last one is a document").click()

    _plays_from(page, 114.2)


def test_words_that_are_being_marked_play_nothing(page: Page) -> None:
    line = page.locator(".turn p span").first
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 8)

    page.mouse.up()

    assert len(page.evaluate("getSelection().toString()")) > 5
    assert page.evaluate("document.querySelector('#player').paused")
    assert page.url.endswith(EPISODE)


def test_a_chapter_plays_from_its_beginning(page: Page) -> None:
    chapter = page.locator(".chapters li", has_text="Finding your way")

    chapter.locator("[data-at]").click()

    _plays_from(page, 134)
    expect(chapter).to_have_class(re.compile("now"))
    expect(page.locator(".chapters [aria-current]")).to_have_count(1)


@pytest.mark.parametrize(
    ("link", "seconds"),
    [("#t=134", 134), ("#t=2:14", 134), ("#t=0:02:14", 134), ("#t=12.5", 12.5)],
)
def test_a_link_to_a_moment_leads_there(
    browser: Browser, site: Site, link: str, seconds: float
) -> None:
    with visiting(browser, f"{site.url}{EPISODE}{link}") as page:
        _rests_at(page, seconds)

        page.evaluate("document.querySelector('#player').play()")

        _plays_from(page, seconds)


def test_another_moment_is_reached_without_a_new_page(page: Page) -> None:
    page.evaluate("location.hash = '#t=90'")

    _rests_at(page, 90)


def test_words_are_found_counted_and_stepped_through(page: Page) -> None:
    field = page.get_by_role("searchbox", name="Find in the transcript")
    field.fill("the unit")
    marks = page.locator(".transcript mark")

    expect(page.locator("[data-found]")).to_have_text("1 of 6")
    expect(marks).to_have_count(6)
    expect(page.locator("mark.here")).to_be_in_viewport()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-found]")).to_have_text("2 of 6")
    expect(marks.nth(1)).to_have_class("here")
    field.press("Shift+Enter")
    expect(page.locator("[data-found]")).to_have_text("1 of 6")
    assert axe(page)[:2] == ([], [])
    field.fill("never said")
    expect(page.locator("[data-found]")).to_have_text("Not found")
    field.fill("")
    expect(marks).to_have_count(0)


def test_speed_is_kept_for_the_next_page(page: Page, site: Site) -> None:
    rate = "document.querySelector('#player').playbackRate"
    page.get_by_label("Speed").select_option("1.5")
    assert page.evaluate(rate) == 1.5

    page.goto(f"{site.url}/evidence/machine")
    page.evaluate("document.querySelector('#player').play()")
    until(page, f"{rate} == 1.5")

    assert page.get_by_label("Speed").input_value() == "1.5"


def test_skipping_goes_on_and_back(page: Page) -> None:
    on, back = (page.get_by_role("button", name=name) for name in ("On 30", "Back 15"))
    on.click()
    _rests_at(page, 30)
    on.click()
    _rests_at(page, 60)
    back.click()
    _rests_at(page, 45)
    for _ in range(4):
        back.click()
    _rests_at(page, 0)


def test_one_goes_on_where_one_stopped(page: Page) -> None:
    page.locator(".chapters [data-at='35']").click()
    _plays_from(page, 35)
    page.evaluate("document.querySelector('#player').pause()")
    page.goto(page.url.partition("#")[0])

    resume = page.get_by_role("button", name=re.compile(r"Continue at 0:3\d"))
    resume.click()

    _plays_from(page, 35)
    expect(resume).to_be_hidden()


def test_nothing_is_remembered_of_what_was_never_played(page: Page) -> None:
    page.reload()

    expect(page.locator("[data-resume]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_moment_is_copied_as_a_link(browser: Browser, site: Site) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with visiting(browser, f"{site.url}{EPISODE}#t=134", permissions=allowed) as page:
        _rests_at(page, 134)

        page.get_by_role("button", name="Copy link at 2:14").click()

        expect(page.get_by_role("button", name="Copied").first).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{site.url}{EPISODE}#t=134"
        expect(page.locator("[data-status]")).to_have_text("Copied")


def test_where_nothing_may_be_copied_the_link_is_shown(page: Page) -> None:
    """Browsers keep the clipboard from pages that do not come over HTTPS."""
    shown: list[str] = []

    def answer(dialog: Dialog) -> None:
        shown.append(dialog.default_value)
        dialog.dismiss()

    page.on("dialog", answer)
    page.evaluate("delete Navigator.prototype.clipboard")

    page.get_by_role("button", name="Copy link at").click()

    assert shown == [f"{page.url}#t=0"]


def test_the_transcript_follows_the_sound_only_where_wanted(page: Page) -> None:
    last = page.locator(".turn", has_text="Thank you for listening")
    seek = "document.querySelector('#player').currentTime = 252"
    page.locator(".chapters [data-at='35']").click()
    _plays_from(page, 35)
    page.evaluate(seek)
    expect(last).to_have_class(re.compile("now"))
    expect(last).not_to_be_in_viewport()
    page.evaluate("document.querySelector('#player').currentTime = 1")
    expect(last).not_to_have_class(re.compile("now"))

    page.get_by_label("Follow the sound").check()
    page.evaluate(seek)

    expect(last).to_be_in_viewport()


def test_the_waveform_can_be_pressed(page: Page) -> None:
    box = page.locator(".waveform").bounding_box()
    assert box is not None

    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    _plays_from(page, 126)


def test_captions_are_shown_over_a_film(browser: Browser, site: Site) -> None:
    with visiting(browser, f"{site.url}/evidence/film") as page:
        film = page.locator("video")
        film.evaluate("(v) => v.play()")
        until(page, "document.querySelector('video').textTracks[0].cues?.length")

        shown = film.evaluate(
            "(v) => [v.textTracks[0].mode, v.textTracks[0].cues[0].text]"
        )

        assert shown == ["showing", "Music swells."]


def test_a_time_link_opens_elsewhere_when_asked_to(page: Page) -> None:
    with page.context.expect_page() as other:
        page.locator(".turn a.time").nth(2).click(modifiers=["Control"])

    assert re.search(r"\.mp3#t=46\.473$", other.value.url)
    assert page.evaluate("document.querySelector('#player').paused")


def test_the_embed_plays_chapters(browser: Browser, site: Site) -> None:
    with visiting(browser, f"{site.url}{EPISODE}/embed") as page:
        page.locator("summary").click()
        page.locator("[data-at='35']").click()

        _plays_from(page, 35)
