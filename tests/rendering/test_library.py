"""A feed of values alone: every value in it, byte for byte, in every form."""

import json
import locale
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

import feedparser
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from peru_media.errors import FieldError
from peru_media.model.address import podcast_guid
from peru_media.model.library import Chapter, Episode, Media, Person, Show
from peru_media.model.problem import Severity
from peru_media.parsing import parse_feed
from peru_media.publishing.judging import check_feed
from peru_media.rendering.characters import legal
from peru_media.rendering.library import FormName, render_feed, stream_feed
from tests.given import (
    BASE,
    MRSS,
    given_episode,
    given_show,
    rich_episode,
    rich_show,
)
from tests.rendering.reading import read, text_of, texts_of

FORMS: tuple[FormName, ...] = ("rss", "atom", "json")
DAY = datetime(2026, 12, 1, 9, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
PSP_1_CHANNEL = (
    "title", "link", "description", "language", "itunes:category", "itunes:explicit",
    "itunes:image", "atom:link[@rel='self']", "podcast:guid", "podcast:locked",
)  # fmt: skip
PSP_1_ITEM = (
    "title", "enclosure[@url][@length][@type]", "guid", "pubDate", "itunes:duration",
    "itunes:explicit",
)  # fmt: skip


def several(count: int = 3) -> list[Episode]:
    """Episodes of as many days, the oldest first."""
    return [
        given_episode(f"e{n}", published=DAY + timedelta(days=n)) for n in range(count)
    ]


def channel_of(*episodes: Episode, **changes: Any) -> Any:
    return read(render_feed(given_show(**changes), episodes or [given_episode()]))


def refused(make: Callable[[], object]) -> str:
    with pytest.raises(FieldError) as caught:
        make()
    return str(caught.value)


def test_the_least_feed_has_what_psp_1_asks_for() -> None:
    channel = channel_of()

    for path in PSP_1_CHANNEL:
        assert len(channel.findall(path, channel.nsmap)) == 1, path
    for path in PSP_1_ITEM:
        assert len(channel.findall(f"item/{path}", channel.nsmap)) == 1, path


@pytest.mark.parametrize("show", [given_show(), rich_show()], ids=["least", "most"])
@pytest.mark.parametrize(
    "episode", [given_episode(number=1), rich_episode()], ids=["little", "much"]
)
def test_our_own_judge_finds_no_error(show: Show, episode: Episode) -> None:
    feed = render_feed(show.replace(namespaces={"media": MRSS}), [episode])
    problems = check_feed(feed, url=show.feed_url, at=DAY)

    assert [p for p in problems if p.severity is Severity.ERROR] == []


def test_feedparser_reads_every_value_back() -> None:
    show, episode = rich_show(), rich_episode()
    feed = feedparser.parse(render_feed(show, [episode]))
    entry = feed.entries[0]

    assert not feed.bozo
    assert feed.feed.title == show.title
    assert feed.feed.link == show.link
    assert feed.feed.subtitle == show.description
    assert feed.feed.language == show.language
    assert feed.feed.image.href == show.image
    assert feed.feed.author_detail.email == "media@example.ac.uk"
    assert [tag.term for tag in feed.feed.tags] == [
        "Science", "Social Sciences", "Government",
    ]  # fmt: skip
    assert (entry.title, entry.link, entry.id) == (
        episode.title,
        episode.link,
        episode.guid,
    )
    assert entry.published == "Tue, 01 Dec 2026 09:00:00 +0000"
    assert entry.enclosures == [
        {
            "href": episode.media.url,
            "length": "4812300",
            "type": "audio/mpeg",
        }
    ]
    assert (entry.itunes_duration, entry.itunes_episode) == ("312", "7")
    assert (entry.itunes_season, entry.itunes_episodetype) == ("2", "bonus")
    assert entry.content[0].value == (
        f'<p>Ann looks <em>back</em>: <a href="{BASE}/fellowship/notes.html">more</a>.'
        "</p>"
    )


def test_our_own_reader_gives_every_tag_of_a_show_back() -> None:
    show = rich_show()
    feed = parse_feed(render_feed(show, [rich_episode()]), url=show.feed_url)
    itunes, podcast = feed.itunes, feed.podcast

    assert feed.repairs == ()
    assert (itunes.author, itunes.type, itunes.image) == ("PERU", "serial", show.image)
    assert (itunes.block, itunes.complete) == (True, True)
    assert itunes.new_feed_url == show.new_feed_url
    assert feed.copyright == "PERU"
    assert podcast.guid == show.guid
    assert [link.url for link in feed.links if link.rel == "hub"] == [*show.hubs]
    assert podcast.locked is not None
    assert (podcast.locked.locked, podcast.locked.owner) == (
        False,
        "media@example.ac.uk",
    )
    assert podcast.license is not None
    assert podcast.license.name == "cc-by-4.0"
    assert [(p.name, p.url) for p in podcast.people] == [
        ("Ann Example", "https://orcid.org/0000-0002-1825-0097")
    ]
    assert [place.name for place in podcast.locations] == ["Salford", "Manchester"]
    assert [(f.url, f.text) for f in podcast.funding] == [
        (f"{BASE}/give", "Support us")
    ]
    assert podcast.trailers[0].published == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert (feed.spotify.limit, feed.spotify.countries) == (10, ("gb", "ie"))
    assert feed.live_items[0].start == datetime(2026, 12, 2, 18, tzinfo=UTC)
    assert [credit.role for credit in feed.media.credits] == ["author"]


def test_our_own_reader_gives_every_tag_of_an_episode_back() -> None:
    episode = rich_episode()
    (item,) = parse_feed(render_feed(rich_show(), [episode])).episodes
    podcast = item.podcast

    assert item.itunes.explicit is True
    assert item.itunes.subtitle == episode.subtitle
    assert item.itunes.image == episode.image
    assert podcast.season is not None
    assert (podcast.season.number, podcast.season.name) == (2, episode.season_name)
    assert podcast.episode is not None
    assert (podcast.episode.number, podcast.episode.display) == (7.5, "7½")
    assert [(p.name, p.role, p.group) for p in podcast.people] == [
        ("Ben Example", "guest", None),
        ("Cat Example", "sound designer", "audio post-production"),
    ]
    assert podcast.chapters is not None
    assert podcast.chapters.url == episode.chapters_url
    assert [(c.start, c.title, c.url) for c in item.chapters] == [
        (0.0, "Welcome", None),
        (90.5, "Beginning", f"{BASE}/begin"),
    ]
    (text,) = podcast.transcripts
    assert (text.url, text.media_type, text.language, text.rel) == (
        f"{BASE}/rich.vtt",
        "text/vtt",
        "cy",
        "captions",
    )
    assert [(s.start, s.duration, s.title) for s in podcast.soundbites] == [
        (12.5, 30.0, "A step")
    ]
    assert [place.geo for place in podcast.locations] == ["geo:53.2,-4.1"]
    assert podcast.license is not None
    assert podcast.license.name == "cc0-1.0"
    assert podcast.social_interacts[0].protocol == "disabled"
    assert podcast.chat is not None
    assert item.media.rating == "nonadult"


def test_f1_explicit_is_true_or_false_and_the_shows_unless_said() -> None:
    feed = channel_of(
        given_episode("a"), given_episode("b", explicit=False), explicit=True
    )

    assert texts_of(feed, "itunes:explicit") == ["true"]
    assert texts_of(feed, "item/itunes:explicit") == ["true", "false"]


def test_f2_f3_link_is_the_page_and_the_feeds_own_address_stands_beside_it() -> None:
    feed = channel_of()

    assert text_of(feed, "link") == f"{BASE}/fellowship"
    assert texts_of(feed, "item/link") == []
    assert [link.get("href") for link in feed.findall("atom:link", feed.nsmap)] == [
        f"{BASE}/fellowship/feed.xml"
    ]


def test_f4_enclosures_of_atom_keep_length_and_type() -> None:
    feed = etree.fromstring(render_feed(given_show(), [given_episode()], form="atom"))

    (link,) = feed.findall(f"{ATOM}entry/{ATOM}link[@rel='enclosure']")
    assert (link.get("length"), link.get("type")) == ("4812300", "audio/mpeg")


def test_f4_an_atom_entry_has_a_page_or_words() -> None:
    shows = [given_episode(), given_episode(link=BASE), given_episode(notes="A.")]
    for episode in shows:
        feed = etree.fromstring(render_feed(given_show(), [episode], form="atom"))
        (entry,) = feed.findall(f"{ATOM}entry")
        page = entry.findall(f"{ATOM}link[@rel='alternate']")

        assert page or entry.findtext(f"{ATOM}content"), episode


def test_f5_the_newest_comes_first_and_of_one_moment_the_guid_decides() -> None:
    episodes = several()
    twins = [given_episode("b", published=DAY), given_episode("a", published=DAY)]

    assert texts_of(channel_of(*episodes, *twins), "item/guid") == [
        "guid-e2", "guid-e1", "guid-a", "guid-b", "guid-e0",
    ]  # fmt: skip


def test_f6_pictures_with_a_query_stay() -> None:
    feed = channel_of(given_episode(image=f"{BASE}/b?x=2"), image=f"{BASE}/a.jpeg?v=2")

    assert feed.xpath("//itunes:image/@href", namespaces=feed.nsmap) == [
        f"{BASE}/a.jpeg?v=2",
        f"{BASE}/b?x=2",
    ]


def test_f7_the_date_of_a_feed_is_that_of_its_newest_episode_or_the_one_given() -> None:
    show, later = given_show(), DAY + timedelta(days=9)

    assert text_of(channel_of(*several()), "lastBuildDate") == (
        "Thu, 03 Dec 2026 09:00:00 +0000"
    )
    assert text_of(read(render_feed(show, [], built=later)), "lastBuildDate") == (
        "Thu, 10 Dec 2026 09:00:00 +0000"
    )


def test_f8_threads_render_the_same_and_leave_the_locale_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object) -> NoReturn:
        pytest.fail("the process's locale was touched")

    monkeypatch.setattr(locale, "setlocale", refuse)
    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(render_feed, rich_show(), several(20)) for _ in range(4)]

    assert len({one.result() for one in work}) == 1


def test_f10_two_episodes_of_one_guid_are_refused() -> None:
    twins = [given_episode("a"), given_episode("a", title="Another")]

    assert refused(lambda: render_feed(given_show(), twins)) == (
        'Episode.guid: "guid-a" is the guid of 2: "Finding my feet" and "Another". '
        "Give each its own."
    )


def test_f11_a_feed_needs_a_date_that_everybody_understands() -> None:
    naive = datetime(2026, 12, 1)  # noqa: DTZ001  # that is the point

    assert "built: 2026-12-01 00:00:00 has no time zone. Give it one" in refused(
        lambda: render_feed(given_show(), several(), built=naive)
    )
    assert refused(lambda: render_feed(given_show(), [])) == (
        "built: A feed without episodes has no date. Give built, the moment when it "
        "last changed."
    )


def test_f12_durations_are_whole_seconds() -> None:
    media = Media(url=f"{BASE}/a.mp3", size=1, seconds=0.4)

    assert text_of(channel_of(given_episode(media=media)), "item/itunes:duration") == (
        "1"
    )


def test_f13_a_control_character_does_not_stop_a_feed() -> None:
    feed = channel_of(
        given_episode(title="a\x08b", subtitle="c\x1b", notes="d\x00"),
        title="e\x0c",
    )

    assert text_of(feed, "title") == "e"
    assert text_of(feed, "item/title") == "ab"
    assert text_of(feed, "item/content:encoded") == "<p>d</p>"


def test_f16_there_is_no_text_input() -> None:
    feed = read(render_feed(rich_show(), [rich_episode()]))

    for tag in ("textInput", "docs", "cloud", "image"):
        assert feed.find(f".//{tag}") is None


def test_f17_notes_with_a_cdata_end_in_them_are_safe() -> None:
    feed = channel_of(given_episode(notes_html="<p>a ]]> b <code>c]]&gt;</code></p>"))

    assert text_of(feed, "item/content:encoded") == (
        "<p>a ]]&gt; b <code>c]]&gt;</code></p>"
    )


def test_f15_what_is_not_so_is_not_said() -> None:
    feed = channel_of()

    for name in ("block", "complete", "new-feed-url", "owner", "author"):
        assert feed.xpath(f"//itunes:{name}", namespaces=feed.nsmap) == []


def test_f18_an_episode_may_not_use_a_prefix_that_its_show_does_not_declare() -> None:
    episode = given_episode(extra='<media:a m:b="c"/>')
    show = given_show(namespaces={"media": MRSS})

    assert refused(lambda: render_feed(show, [episode])) == (
        'Episode.extra: "Finding my feet" uses the prefix "m". Give the show '
        'namespaces={"m": its address}.'
    )


def test_the_podcast_guid_is_that_of_the_feeds_address_unless_given() -> None:
    own = podcast_guid(given_show().feed_url)

    assert text_of(channel_of(), "podcast:guid") == own


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>a <b>b</b></p>", "<p>a b</p>"),
        ("<h1>A</h1><H2 class='x'>B</H2>", "<h3>A</h3><h3>B</h3>"),
        ("<p onclick='x()'>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<img src='x.png'><style>p{}</style><p>a</p>", "<p>a</p>"),
        ("<a href='/x?a=1&amp;b=2'>x</a>", f'<a href="{BASE}/x?a=1&amp;b=2">x</a>'),
        ("<a href='javascript:x'>x</a>", "<a>x</a>"),
        ("<a href='//e.org/x'>x</a>", '<a href="https://e.org/x">x</a>'),
        ("<a href='http://[x'>x</a>", "<a>x</a>"),
        ("<table><tr><td>a</td></tr></table>", "a"),
    ],
)
def test_notes_may_be_html_and_lose_what_apps_do_not_show(
    html: str, written: str
) -> None:
    feed = channel_of(given_episode(notes_html=html))

    assert text_of(feed, "item/content:encoded") == written.replace(
        "a b<", "a <b>b</b><"
    )


@pytest.mark.parametrize("form", FORMS)
def test_order_of_input_and_caches_change_no_byte(form: FormName) -> None:
    show, episodes = rich_show(), [rich_episode(), *several()]
    cache: dict[str, bytes] = {}
    plain = render_feed(show, episodes, form=form)

    assert render_feed(show, episodes[::-1], form=form, cache=cache) == plain
    assert render_feed(show, episodes, form=form, cache=cache) == plain
    assert b"".join(stream_feed(show, iter(episodes), form=form)) == plain


@pytest.mark.parametrize("form", FORMS)
def test_one_changed_episode_is_rendered_alone(form: FormName) -> None:
    show, episodes = given_show(), several(5)
    cache: dict[str, bytes] = {}
    render_feed(show, episodes, form=form, cache=cache)
    before = len(cache)
    changed = [*episodes[:4], episodes[4].replace(title="Changed")]

    fresh = render_feed(show, changed, form=form)
    assert render_feed(show, changed, form=form, cache=cache) == fresh
    assert len(cache) == before + 1


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "cy"},
        {"explicit": True},
        {"link": f"{BASE}/new"},
        {"guid": rich_show().guid},
        {"namespaces": {"media": MRSS}},
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_what_items_take_from_their_show_is_never_stale(
    form: FormName, changes: dict[str, Any]
) -> None:
    cache: dict[str, bytes] = {}
    episodes = [given_episode(notes="[x](y)")]
    render_feed(given_show(), episodes, form=form, cache=cache)
    show = given_show(**changes)

    assert render_feed(show, episodes, form=form, cache=cache) == (
        render_feed(show, episodes, form=form)
    )


def test_each_form_names_its_own_address() -> None:
    show, episodes = given_show(), several()
    address = f"{BASE}/fellowship/feed.json"
    feed = json.loads(render_feed(show, episodes, form="json", url=address))
    atom = etree.fromstring(render_feed(show, episodes, form="atom", url=address))

    assert feed["feed_url"] == address
    assert [item["id"] for item in feed["items"]] == ["guid-e2", "guid-e1", "guid-e0"]
    assert atom.find(f"{ATOM}link[@rel='self']").get("href") == address


def test_a_form_or_an_address_that_is_none_is_refused() -> None:
    form: Any = "pdf"
    said = refused(
        lambda: render_feed(given_show(), several(), form=form, url="feed.json")
    )

    assert 'form: "pdf" is not known. Use one of: rss, atom, json.' in said
    assert 'url: "feed.json" is not a web address. Write it with https://' in said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"episodes": given_episode()},
            "episodes: It is of the type Episode. Give it a",
        ),
        (
            {"episodes": [{}]},
            "episodes[0]: It is of the type dict. Give it an Episode.",
        ),
        ({"show": "Show"}, "show: It is of the type str. Give it a Show."),
        ({"built": "today"}, "built: It is of the type str. Give it a datetime."),
    ],
)
def test_what_is_of_another_type_is_refused_in_words(
    wrong: dict[str, Any], said: str
) -> None:
    given: dict[str, Any] = {"show": given_show(), "episodes": several(), **wrong}

    assert said in refused(lambda: render_feed(**given))


def test_a_json_feed_without_episodes_is_json() -> None:
    assert (
        json.loads(render_feed(given_show(), [], form="json", built=DAY))["items"] == []
    )


def test_only_episodes_with_chapters_declare_them() -> None:
    plain = render_feed(given_show(), several())
    chapters = [Chapter(start=0, title="A", image=f"{BASE}/a.png")]
    feed = render_feed(given_show(), [*several(), given_episode(chapters=chapters)])

    assert b"simple-chapters" not in plain
    assert feed.count(b"xmlns:psc=") == 1
    assert b"podcast:chapters" not in feed


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=8, max_size=8))
@example(["\x1f\r"] * 8)
@example(["", "", "", "", "\x1f\r", "", "", ""])
@example(["0\x1e", "0\x1e1\u2028\x85a", "\xa0", "", "", "", "", ""])
@example(
    ["]]>", "<![CDATA[", "&amp;", "* a\n> b\n# c", "1. x\n\n\n   y", "`", "\\", "<b>"]
)
def test_any_words_are_read_back(words: list[str]) -> None:
    title, description, name, author, subtitle, season, chapter, guid = (
        f"{word}." for word in words
    )
    try:
        episode = given_episode(
            title=title,
            guid=guid,
            subtitle=subtitle,
            season=1,
            season_name=season,
            people=[Person(name=name)],
            chapters=[Chapter(start=0, title=chapter)],
        )
    except FieldError as error:
        assert {p.place.path for p in error.problems} == {"Episode.guid"}  # noqa: PT017  # nothing else is refused
        return
    feed = channel_of(episode, description=description, author=author)

    assert text_of(feed, "item/title") == legal(title).strip()
    assert text_of(feed, "item/guid") == guid.strip()
    assert " ".join(text_of(feed, "description").split()) == _joined(description)
    assert text_of(feed, "itunes:author") == legal(author).strip()
    assert text_of(feed, "item/itunes:subtitle") == legal(subtitle).strip()
    assert text_of(feed, "item/podcast:person") == legal(name).strip()
    (one,) = feed.findall("item/podcast:season", feed.nsmap)
    assert _joined(one.get("name")) == _joined(season)


def _joined(text: str) -> str:
    return " ".join(legal(text).split())
