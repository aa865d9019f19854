import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as reader

from peru_media.model.licence import Licence
from peru_media.model.source import (
    Chapter,
    Collection,
    Enclosure,
    Episode,
    Funder,
    Funding,
    Person,
    Show,
    Transcript,
)
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.pages import episode_page, home_page, show_page
from peru_media.rendering.share_pages import document_page, embed_page
from peru_media.rendering.views import Imprint, card, episode_frame, paper_frame, row
from peru_media.rendering.voice import voice_of
from tests.rendering.samples import (
    BASE,
    VTT,
    make_document,
    make_episode,
    make_picture,
    make_rich_episode,
    make_show,
)

IMPRINT = Imprint(
    organisation="PERU",
    ror="https://ror.org/02hstj355",
    contact="media@example.org",
    base_url=BASE,
    languages=("en-GB",),
    style="/assets/style.css",
    script="/assets/player.js",
    icon="/assets/icon.svg",
)
ENGLISH = voice_of("en-GB")


def _episode_page(
    episode: Episode,
    *,
    show: Show | None = None,
    related: tuple[Episode, ...] = (),
    transcript: bytes = b"",
    notes: str = "",
    imprint: Imprint = IMPRINT,
) -> Any:
    frame = episode_frame(
        episode, show or make_show(), Ways(related=related), imprint=imprint
    )
    made = episode_page(
        imprint,
        frame,
        episode,
        notes=notes,
        transcript=transcript,
        waveform=b"",
        voice=ENGLISH,
    )
    return _read(made)


def _show_page(show: Show, *episodes: Episode) -> Any:
    rows = [row(one) for one in episodes]
    page = show_page(IMPRINT, show, rows, total=len(rows), voice=ENGLISH)
    return _read(page)


def _home_page(*shows: Show, episodes: tuple[Episode, ...] = ()) -> Any:
    cards = [card(show, list(episodes)) for show in shows]
    return _read(home_page(IMPRINT, cards, voice=ENGLISH))


def _read(page: bytes) -> Any:
    parser = reader.HTMLParser(encoding="utf-8")
    return reader.document_fromstring(page.decode().encode(), parser=parser)


def _text(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def _headings(page: Any) -> list[str]:
    return [_text(heading) for heading in page.iter("h1", "h2")]


def _hrefs(page: Any, words: str) -> list[str]:
    return [a.get("href") for a in page.iter("a") if _text(a) == words]


def _medium(media_type: str, name: str, **changes: Any) -> Enclosure:
    fields = make_episode().enclosure.model_dump()
    fields |= {"media_type": media_type, "address": f"/media/1/2/{name}"}
    return Enclosure(**fields | changes)


def test_an_episodes_page_is_in_the_order_that_a_listener_needs() -> None:
    page = _episode_page(
        make_rich_episode(stand_in=True),
        related=(make_episode("other"),),
        transcript=VTT,
        notes="<p>Notes</p>",
    )

    assert _headings(page) == [
        "The story rich", "Chapters", "Show notes", "Transcript", "Documents",
        "People", "Cite this", "Licence", "Subscribe", "Related", "Share",
    ]  # fmt: skip
    order = [element.tag for element in page.iter("h1", "audio", "ol", "article")]
    assert order[:4] == ["ol", "article", "h1", "audio"]
    notes = [_text(note) for note in page.xpath("//*[@role='note']")]
    assert notes[0].startswith("This is a stand-in: it holds the place")
    assert notes[1] == "Content note: Talks about losing a home."
    sources = [str(element) for element in page.itertext()]
    words = " ".join(sources)
    assert words.index("Content note") < words.index("Download MP3")


def test_a_bare_episodes_page_has_no_empty_sections() -> None:
    page = _episode_page(make_episode(notes=""), show=make_show(licence=None))

    assert _headings(page) == ["The story first", "Cite this", "Subscribe", "Share"]
    assert page.xpath("//*[@role='note']") == []


def test_the_player_works_without_scripts_and_loads_nothing_unasked() -> None:
    episode = make_rich_episode()
    page = _episode_page(episode, transcript=VTT)

    (audio,) = page.iter("audio")
    assert dict(audio.attrib) == {
        "id": "player",
        "controls": "",
        "preload": "none",
        "src": episode.enclosure.address,
        "aria-label": "The story rich",
    }
    assert _hrefs(page, "Download MP3 (17.3 MB)") == [episode.enclosure.address]
    assert [dict(one.attrib) for one in page.iter("script", "style")] == [
        {"type": "application/ld+json"},
        {"type": "module", "src": "/assets/player.js"},
    ]
    assert page.xpath("//@style") == []


def test_chapters_and_turns_lead_into_the_recording() -> None:
    episode = make_rich_episode()
    page = _episode_page(episode, transcript=VTT)

    media = episode.enclosure.address
    assert _hrefs(page, "0:00 Beginning") == [f"{media}#t=0"]
    assert _hrefs(page, "1:30 Later") == [f"{media}#t=90"]
    assert _hrefs(page, "More on Later") == ["https://example.org/later"]
    turns = page.xpath("//*[@class='turn']")
    assert [_text(turn) for turn in turns] == [
        "0:00 Dan: I did not know where to begin.",
        "0:04 Ann: And then, Dan?",
    ]
    assert turns[1][0].get("href") == f"{media}#t=4"
    assert {
        kind: _hrefs(page, f"Transcript ({kind})") for kind in ("VTT", "SRT", "TXT")
    } == {
        "VTT": ["/personalisation/rich/transcript.vtt"],
        "SRT": ["/personalisation/rich/transcript.srt"],
        "TXT": ["/personalisation/rich/transcript.txt"],
    }


def test_a_film_is_watched_with_its_captions() -> None:
    film = make_rich_episode(enclosure=_medium("video/mp4", "a.mp4"))
    page = _episode_page(film, transcript=VTT)

    (video,) = page.iter("video")
    (track,) = video.iter("track")
    assert video.get("poster") == make_picture("rich").address
    assert list(page.iter("img")) == [], "the poster is picture enough"
    assert (track.get("kind"), track.get("srclang")) == ("captions", "cy")
    assert track.get("src") == "/personalisation/rich/captions.vtt"


def test_a_film_without_captions_of_its_own_shows_its_transcript() -> None:
    medium = _medium("video/mp4", "a.mp4")
    page = _episode_page(make_rich_episode(enclosure=medium, captions=None))

    (track,) = page.iter("track")
    assert (track.get("kind"), track.get("srclang")) == ("captions", "en-GB")
    assert track.get("src") == "/personalisation/rich/transcript.vtt"


def test_a_film_without_words_or_picture_is_still_a_film() -> None:
    page = _episode_page(make_episode(enclosure=_medium("video/mp4", "a.mp4")))

    (video,) = page.iter("video")
    assert (len(video), video.get("poster")) == (0, None)


def test_a_document_is_read() -> None:
    pdf = _medium("application/pdf", "a.pdf", duration=None, pages=12)
    page = _episode_page(make_episode(enclosure=pdf), notes="<p>About</p>")

    assert _hrefs(page, "Read the PDF (17.3 MB)") == ["/media/1/2/a.pdf"]
    assert list(page.iter("audio", "video")) == []
    assert "About this document" in _headings(page)
    assert "12 pages" in _text(page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"made_by": "machine"},
            "A machine wrote this transcript, and nobody has checked it yet.",
        ),
        (
            {"made_by": "machine", "checked": "2026-05-01"},
            "A machine wrote this transcript, and a person checked it.",
        ),
        (
            {"made_by": "machine-edited"},
            "A machine wrote this transcript, and a person edited it.",
        ),
    ],
)
def test_a_machines_transcript_says_so(fields: dict[str, Any], sentence: str) -> None:
    words = Transcript(sha256="a" * 64, media_type="text/vtt", language="en", **fields)

    assert sentence in _text(_episode_page(make_episode(transcript=words)))


def test_a_persons_transcript_needs_no_word_about_it() -> None:
    assert "wrote this transcript" not in _text(_episode_page(make_rich_episode()))


@pytest.mark.parametrize(
    ("media_type", "given_text", "shown"),
    [
        ("text/plain", b"One &\nmore\n\n\n\nTwo <b>", ["One & more", "Two <b>"]),
        ("text/html", b"<p><cite>Ann</cite> <script>x</script>hi</p>", ["Ann hi"]),
        ("application/x-subrip", b"1\n00:00:01,000 --> 00:00:02,000\nHi", ["Hi"]),
    ],
)
def test_any_kind_of_transcript_can_be_read_on_the_page(
    media_type: str, given_text: bytes, shown: list[str]
) -> None:
    words = Transcript(sha256="a" * 64, media_type=media_type, language="cy")
    page = _episode_page(make_episode(transcript=words), transcript=given_text)

    (transcript,) = page.xpath("//*[@class='transcript']")
    assert [_text(p) for p in transcript.iter("p")] == shown
    assert transcript.get("lang") == "cy"


def test_a_missing_transcript_gives_its_reason() -> None:
    page = _episode_page(make_episode(waiver="being written until July"))

    assert "There is no transcript for now: being written until July" in _text(page)


def test_documents_and_people_say_what_is_known_of_them() -> None:
    episode = make_episode(
        documents=(
            make_document(
                kind="evidence review",
                doi="10.1234/abc",
                authors=("A. One", "B. Two"),
                year=2024,
                licence=Licence.model_validate("CC-BY-4.0"),
                summary="What is known.",
                accessible=False,
                pages=1,
            ),
            make_document("plain", accessible=True),
        ),
        people=(
            Person(name="Ann", role="host", orcid="0000-0002-1825-0097"),
            Person(name="Dan", url="https://e.org/dan", role="guest"),
        ),
    )
    page = _episode_page(episode)

    words = _text(page)
    assert (
        "Evidence review, PDF, 1.2 MB, 1 page, 2024, not made for screen readers "
        "A. One, B. Two What is known. PDF: "
    ) in words
    assert "Report, PDF, 1.2 MB, made for screen readers" in words
    named = [a.get("href") for a in page.xpath("//*[@class='documents']//a")]
    assert named[:2] == [
        "/personalisation/documents/review",
        "/personalisation/documents/review.pdf",
    ]
    assert _hrefs(page, "ORCID of Ann") == ["https://orcid.org/0000-0002-1825-0097"]
    assert _hrefs(page, "Dan") == ["https://e.org/dan"]
    assert "Ann \u2013 host" in words


@pytest.mark.parametrize(
    ("licence", "sentence"),
    [
        ("CC-BY-4.0", "You may use this work under the licence CC-BY-4.0."),
        ("ARR", "All rights reserved."),
    ],
)
def test_the_licence_is_said_in_words(licence: str, sentence: str) -> None:
    episode = make_episode(licence=Licence.model_validate(licence))

    assert sentence in _text(_episode_page(episode))


def test_every_page_leads_back_to_the_projects() -> None:
    for page in (
        _show_page(make_show(), make_episode()),
        _episode_page(make_episode()),
    ):
        assert set(_hrefs(page, "Back to projects")) == {"/"}


def test_every_page_can_be_skipped_into_and_says_its_language() -> None:
    show = make_show(language="cy")
    for page in (
        _home_page(show),
        _show_page(show, make_episode(language="es")),
        _episode_page(make_episode(language="es"), show=show),
    ):
        (skip,) = page.xpath("//a[@class='skip']")
        (main,) = page.iter("main")
        assert skip.get("href") == f"#{main.get('id')}"
        assert page.getroottree().getroot().get("lang") == "en-GB"
        assert {"cy", "es"} & {e.get("lang") for e in main.iter()}
        assert len(list(page.iter("h1"))) == 1


FEED = ("application/rss+xml", f"{BASE}/personalisation/feed.xml")
FORMS = [
    FEED,
    ("application/atom+xml", f"{BASE}/personalisation/feed.atom"),
    ("application/feed+json", f"{BASE}/personalisation/feed.json"),
]
LISTS = [
    FEED,
    ("application/rss+xml", f"{BASE}/feed.xml"),
    ("text/x-opml", f"{BASE}/opml.xml"),
]


def test_every_page_names_itself_its_style_and_its_feeds() -> None:
    home = _home_page(make_show(), episodes=(make_episode(),))
    pages = {
        f"{BASE}/": (home, LISTS),
        f"{BASE}/personalisation": (_show_page(make_show(), make_episode()), FORMS),
        f"{BASE}/personalisation/first": (_episode_page(make_episode()), FORMS),
    }
    for address, (page, feeds) in pages.items():
        links = [(link.get("rel"), link) for link in page.iter("link")]
        others = {"alternate", "describedby"}
        assert {rel: link.get("href") for rel, link in links if rel not in others} == {
            "canonical": address,
            "icon": "/assets/icon.svg",
            "stylesheet": "/assets/style.css",
        }
        named = [link for rel, link in links if rel == "alternate"]
        named = [one for one in named if one.get("type") != "application/json+oembed"]
        assert [(link.get("type"), link.get("href")) for link in named] == feeds
        assert len({link.get("title") for link in named}) == len(named)


def test_the_feeds_address_can_be_copied_and_comes_before_the_apps() -> None:
    links = {"spotify": "https://s.org", "apple": "https://a.org", "bad": "x:y"}
    page = _show_page(make_show(links=links), make_episode())

    (subscribe,) = page.xpath("//section[@class='subscribe']")
    feed = f"{BASE}/personalisation/feed.xml"
    assert [one.get("value") for one in subscribe.iter("input")] == [feed]
    bare = feed.removeprefix("https://")
    assert {_text(a): a.get("href") for a in subscribe.iter("a")} == {
        "Spotify": "https://s.org",
        "Apple Podcasts": "https://a.org",
        "Pocket Casts": f"pktc://subscribe/{bare}",
        "AntennaPod": f"antennapod-subscribe://{bare}",
        "Overcast": "overcast://x-callback-url/add?url=https%3A%2F%2Fmedia.example"
        ".ac.uk%2Fpersonalisation%2Ffeed.xml",
        "Podcast Addict": f"podcastaddict://{bare}",
        "gPodder": f"gpodder://{bare}",
        "RSS feed": feed,
    }
    order = [element.tag for element in subscribe.iter("input", "a", "svg")]
    assert (order[0], order[-1]) == ("input", "svg")


def test_a_show_without_episodes_offers_no_feed() -> None:
    page = _show_page(make_show())

    assert "No episode is published yet." in _text(page)
    assert "feed.xml" not in reader.tostring(page).decode()
    assert "feed.xml" not in reader.tostring(_home_page(make_show())).decode()


def test_a_shows_page_tells_what_it_is() -> None:
    show = make_show(
        documents=(make_document(),),
        people=(Person(name="Ann"),),
        funding=(Funding(url="https://e.org/give"),),
        funders=(Funder(name="A council", ror="https://ror.org/1", grant="G-1"),),
    )
    page = _show_page(show, make_episode())

    assert _headings(page) == [
        "Personalisation", "Episodes", "Documents", "People", "Subscribe", "Support",
        "Funded by", "Licence",
    ]  # fmt: skip
    assert "A council, grant G-1" in _text(page)
    assert _hrefs(page, "Support this show") == ["https://e.org/give"]
    assert "Public services that answer to people." in _text(page)


def test_episodes_stand_in_their_collections() -> None:
    show = make_show(
        collections=(
            Collection(name="stories", title="Stories", season=1, description="True."),
            Collection(name="empty", title="Empty", season=2),
        )
    )
    pdf = _medium("application/pdf", "a.pdf", duration=None, pages=2)
    page = _show_page(
        show,
        make_episode("one", collection="stories", number=4, stand_in=True),
        make_episode("two", enclosure=pdf, type="bonus", subtitle="To read"),
        make_episode("three", enclosure=_medium("video/mp4", "a.mp4")),
    )

    assert [_text(heading) for heading in page.iter("h3")] == ["Stories", "More"]
    words = _text(page)
    assert "Episode 4, 3 March 2026, 5 min 12 s, stand-in" in words
    assert "To read Bonus, 3 March 2026, PDF, 2 pages" in words
    assert "3 March 2026, 5 min 12 s, video" in words
    assert _hrefs(page, "The story one") == ["/personalisation/one"]


def test_home_lists_projects_with_their_newest_date() -> None:
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (3, 5, 4)]
    episodes = tuple(make_episode(f"e-{d.day}", published=d) for d in days)
    page = _home_page(make_show(), episodes=episodes)

    assert "3 episodes, latest 5 January 2026" in _text(page)
    assert _hrefs(page, "Personalisation") == ["/personalisation"]
    (image,) = page.iter("img")
    assert image.get("alt") == "Cover of show"


def test_an_empty_site_says_so() -> None:
    assert "Nothing is published yet." in _text(_home_page())


def test_search_engines_pass_over_an_unlisted_show() -> None:
    show = make_show(visibility="unlisted")
    for page in (_show_page(show), _episode_page(make_episode(), show=show)):
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_site_below_a_path_links_below_it() -> None:
    imprint = IMPRINT.model_copy(update={"base_url": "https://e.org/audio"})
    page = _episode_page(make_episode(), imprint=imprint)

    assert _hrefs(page, "Personalisation") == ["/audio/personalisation"]
    assert page.xpath("//link[@rel='stylesheet']/@href") == ["/audio/assets/style.css"]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "</title></main><iframe src=//e.org>",
    "{{ 7 * 7 }}{% raw %}",
    "\x00\x1b",
    "]]>",
    'https://e.org/"onclick="alert(1)',
    "//e.org/x",
]


def _poisoned(text: str) -> tuple[Show, Episode]:
    person = Person(name=text, role=text, group=text, orcid=text, url=text, image=text)
    document = make_document(
        address=text, title=text, kind=text, doi=text, authors=(text,), summary=text
    )
    picture = make_picture("x", address=text, alt=text)
    show = make_show(
        title=text,
        description=text,
        language=text,
        author=text,
        picture=picture,
        funding=(Funding(url=text, text=text),),
        funders=(Funder(name=text, ror=text, grant=text),),
        links={text: text},
        people=(person,),
        collections=(Collection(name="c", title=text, season=1, description=text),),
        documents=(document,),
        licence=Licence.model_construct(name=text, url=text),
    )
    episode = make_episode(
        title=text,
        subtitle=text,
        notes=text,
        collection="c",
        language=text,
        content_note=text,
        licence=Licence.model_construct(name=text, url=text),
        people=(person,),
        chapters=(Chapter(start=1, title=text, url=text, image=text),),
        transcript=Transcript(sha256="a" * 64, media_type="text/vtt", language=text),
        documents=(document,),
        picture=picture,
        doi=text,
        cite=text,
    )
    return show, episode


ATTRIBUTES = {
    "action", "alt", "aria-label", "aria-labelledby", "aria-live", "autocomplete",
    "charset", "checked", "class", "content", "controls", "d", "data-address",
    "data-at", "data-copied", "data-copy", "data-find", "data-follow", "data-found",
    "data-id", "data-moment", "data-next", "data-none", "data-player", "data-resume",
    "data-scripted", "data-share", "data-skip", "data-speed", "data-status",
    "data-words", "datetime", "default", "dir", "fill", "for", "height", "hidden",
    "href", "hreflang", "id", "kind", "label", "lang", "loading", "maxlength", "media",
    "name", "placeholder", "playsinline", "poster", "preload", "property", "readonly",
    "rel", "role", "rows", "selected", "src", "srclang", "tabindex", "target", "title",
    "type", "value", "viewbox", "width",
}  # fmt: skip


SCHEMES = {
    "", "antennapod-subscribe", "gpodder", "http", "https", "mailto", "overcast",
    "pktc", "podcast", "podcastaddict",
}  # fmt: skip


def _assert_harmless(page: Any, *, forms: tuple[str, ...] = ("/search",)) -> None:
    assert list(page.iter("iframe", "object", "base", "style")) == []
    assert tuple(form.get("action") for form in page.iter("form")) == forms
    for script in page.iter("script"):
        if script.get("src") != "/assets/player.js":
            assert script.get("type") == "application/ld+json"
            assert set(json.loads(script.text)) == {"@context", "@graph"}
    for element in page.iter():
        assert set(element.attrib) <= ATTRIBUTES, element.tag
        for name in ("href", "src"):
            address = element.get(name) or "/"
            assert urlsplit(address).scheme in SCHEMES
            assert not address.startswith("//")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_any_field_is_harmless(text: str) -> None:
    _assert_all_harmless(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>&\"'/=:{}%# \n\x00javscriptonl", min_size=1, max_size=40))
def test_no_text_at_all_can_break_out_of_a_page(text: str) -> None:
    _assert_all_harmless(text)


def _assert_all_harmless(text: str) -> None:
    show, episode = _poisoned(text)
    said = text.replace("-->", "").replace("\n", " ")
    transcript = f"WEBVTT\n\n00:00.000 --> 00:01.000\n<v {said}>{said}\n".encode()
    imprint = IMPRINT.model_copy(update={"organisation": text, "ror": text})
    pages = [
        _read(home_page(imprint, [card(show, [episode])], voice=ENGLISH)),
        _read(show_page(imprint, show, [row(episode)], total=1, voice=ENGLISH)),
        _episode_page(
            episode,
            show=show,
            related=(episode,),
            transcript=transcript,
            imprint=imprint,
        ),
    ]
    embed_frame = episode_frame(episode, show, Ways(), imprint=imprint)
    paper = paper_frame(episode.documents[0], show, episode, imprint=imprint)
    document = document_page(imprint, paper, episode.documents[0], voice=ENGLISH)
    for page in (*pages, _read(document)):
        _assert_harmless(page)
    embed = embed_page(imprint, embed_frame, episode, voice=ENGLISH)
    _assert_harmless(_read(embed), forms=())


def test_hostile_titles_are_shown_as_they_are() -> None:
    title = "<script>alert(1)</script> & {{ x }}"
    page = _episode_page(make_episode(title=title))

    assert _text(next(page.iter("h1"))) == title


def test_pages_have_no_blank_lines_and_no_leftover_template() -> None:
    frame = episode_frame(make_rich_episode(), make_show(), Ways(), imprint=IMPRINT)
    page = episode_page(
        IMPRINT,
        frame,
        make_rich_episode(),
        notes="<p>x</p>",
        transcript=VTT,
        waveform=b"",
        voice=ENGLISH,
    ).decode()

    assert page.startswith("<!doctype html>\n<html")
    assert not re.search(r"\{[{%#]|[%#}]\}", page)
    assert len(page) < 40_000


def test_the_home_page_is_shared_with_the_picture_of_its_first_show() -> None:
    plain, drawn = make_show("plain"), make_show("drawn", card=make_picture("drawn"))

    page = _home_page(plain, drawn, make_show("third", card=make_picture("third")))

    (image,) = page.xpath("//meta[@property='og:image']/@content")
    assert image == BASE + make_picture("drawn").address
    assert _home_page(plain).xpath("//meta[@property='og:image']") == []
