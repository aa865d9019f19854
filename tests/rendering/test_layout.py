import pytest
from lxml import html

from peru_media.rendering.layout import write_page
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.pages import episode_page, home_page, show_page
from peru_media.rendering.views import Imprint, card, episode_frame, row
from peru_media.rendering.voice import Voice, voice_of
from tests.rendering.samples import BASE, make_rich_episode, make_show

IMPRINT = Imprint(
    organisation="PERU",
    ror=None,
    contact=None,
    base_url=BASE,
    languages=("en-GB", "cy"),
    style="/assets/style.css",
    script="/assets/player.js",
    icon="/assets/icon.svg",
)
ARABIC = "قصة عن العمل"


def _pages(voice: Voice, *, language: str) -> dict[str, bytes]:
    show = make_show(language=language, title=ARABIC)
    episode = make_rich_episode(language=language, title=ARABIC)
    return {
        "home": home_page(IMPRINT, [card(show, [episode])], voice=voice),
        "show": show_page(IMPRINT, show, [row(episode)], total=1, voice=voice),
        "episode": episode_page(
            IMPRINT,
            episode_frame(episode, show, Ways(related=(episode,)), imprint=IMPRINT),
            episode,
            notes="<p>x</p>",
            transcript=b"",
            waveform=b"",
            voice=voice,
        ),
    }


@pytest.mark.parametrize("name", ["home", "show", "episode"])
def test_words_in_another_script_say_which_way_they_run(name: str) -> None:
    tree = html.document_fromstring(_pages(voice_of("en-GB"), language="ar")[name])

    assert (tree.get("lang"), tree.get("dir")) == ("en-GB", "ltr")
    own = tree.xpath("//body//*[@lang='ar']")
    assert own
    assert {one.get("dir") for one in own} == {"rtl"}
    assert not tree.xpath("//body//*[@lang != 'ar' and @dir]")


@pytest.mark.parametrize("name", ["home", "show", "episode"])
def test_a_page_whose_own_words_run_leftwards_turns_english_the_other_way(
    name: str,
) -> None:
    tree = html.document_fromstring(_pages(Voice("ar"), language="en-GB")[name])

    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    own = tree.xpath("//main//*[@lang='en-GB']")
    assert own
    assert {one.get("dir") for one in own} == {"ltr"}


def test_a_page_names_itself_in_every_language_and_for_anybody_else() -> None:
    for voice in (voice_of("en-GB"), voice_of("cy", "/cy")):
        page = write_page("privacy.html", IMPRINT, voice, path="/privacy")
        tree = html.document_fromstring(page)

        links = tree.xpath("//link[@rel='alternate'][@hreflang]")
        assert {one.get("hreflang"): one.get("href") for one in links} == {
            "en-GB": f"{BASE}/privacy",
            "cy": f"{BASE}/cy/privacy",
            "x-default": f"{BASE}/privacy",
        }
        (canonical,) = tree.xpath("//link[@rel='canonical']/@href")
        assert canonical == f"{BASE}{voice.prefix}/privacy"
        assert tree.get("lang") == voice.language


def test_what_people_do_is_said_in_the_language_of_the_page() -> None:
    tree = html.document_fromstring(_pages(voice_of("cy"), language="en-GB")["episode"])

    (people,) = tree.xpath("//section[@aria-labelledby='people']")
    assert people.text_content().split()[-1] == "cyfrannwr"
