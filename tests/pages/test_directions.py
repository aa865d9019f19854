"""Pages in a script that runs leftwards, in a browser, on a narrow screen."""

import re

import pytest
from playwright.sync_api import Browser

from peru_media.rendering.neighbours import Ways
from peru_media.rendering.pages import episode_page, home_page, show_page
from peru_media.rendering.search_page import Results, search_page
from peru_media.rendering.theme import stylesheet
from peru_media.rendering.views import card, episode_frame, imprint, row
from peru_media.rendering.voice import Voice
from tests.rendering.samples import (
    VTT,
    make_document,
    make_rich_episode,
    make_show,
    make_source,
)

ARABIC = "قصة طويلة عن العمل والحياة في المدينة القديمة"
SITE = imprint(make_source())
OVERFLOW = "() => document.documentElement.scrollWidth - innerWidth"


def _pages(voice: Voice, language: str) -> dict[str, bytes]:
    show = make_show(
        language=language,
        title=ARABIC,
        documents=(make_document("plan", title=ARABIC),),
    )
    episode = make_rich_episode(language=language, title=ARABIC, subtitle=ARABIC)
    return {
        "home": home_page(SITE, [card(show, [episode])], voice=voice),
        "show": show_page(SITE, show, [row(episode)], total=1, voice=voice),
        "episode": episode_page(
            SITE,
            episode_frame(episode, show, Ways(related=(episode,)), imprint=SITE),
            episode,
            notes=f"<p>{ARABIC}</p>",
            transcript=VTT,
            waveform=b"",
            voice=voice,
        ),
        "search": search_page(SITE, Results(query=ARABIC), voice=voice),
    }


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("page_in", "words_in"),
    [("ar", "ar"), ("ar", "en-GB"), ("en-GB", "ar"), ("cy", "en-GB")],
)
def test_nothing_leaves_the_screen_whichever_way_it_runs(
    browser: Browser, width: int, page_in: str, words_in: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    try:
        for name, written in _pages(Voice(page_in), words_in).items():
            style = f"<style>{stylesheet()}</style>"
            page.set_content(
                re.sub(r'<link rel="stylesheet"[^>]*>', style, written.decode())
            )
            assert page.evaluate(OVERFLOW) <= 0, (name, width)
            way = page.evaluate("() => getComputedStyle(document.body).direction")
            assert way == ("rtl" if page_in == "ar" else "ltr")
            for one in page.locator(f'[lang="{words_in}"]').all():
                told = one.evaluate("one => getComputedStyle(one).direction")
                assert told == ("rtl" if words_in == "ar" else "ltr"), name
    finally:
        page.close()
