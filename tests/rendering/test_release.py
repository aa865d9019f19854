import gzip
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from peru_media.model.address import is_text
from peru_media.model.release import Version, parse_table, table_bytes, version_at
from peru_media.model.source import Chapter, Episode, Person, Source, Transcript
from peru_media.model.value import digest
from peru_media.rendering.release import Rendering, render
from tests.rendering.samples import (
    NOON,
    TEXTS,
    VTT,
    make_document,
    make_episode,
    make_picture,
    make_rich_episode,
    make_show,
    make_source,
)

DAY = timedelta(days=1)
HORIZON = NOON + 90 * DAY


def _render(
    source: Source,
    *,
    cache: dict[str, bytes] | None = None,
    changed: Mapping[str, datetime] | None = None,
    texts: Mapping[str, bytes] = TEXTS,
) -> Rendering:
    return render(
        source,
        at=NOON,
        until=HORIZON,
        texts=texts.__getitem__,
        changed=changed or {},
        cache={} if cache is None else cache,
    )


def _told(versions: tuple[Version, ...]) -> list[tuple[int, str | None]]:
    """Each version as the day it begins, and why it is gone."""
    return [((version.since - NOON) // DAY, version.gone) for version in versions]


def _text(made: Rendering, version: Version | None) -> str:
    assert version is not None
    assert version.key is not None
    return gzip.decompress(made.objects[version.key]).decode()


def _rich_source(**changes: Any) -> Source:
    return make_source(
        make_rich_episode(),
        make_episode("soon", published=NOON + DAY, related=("rich",)),
        make_rich_episode("brief", until=NOON + 2 * DAY, documents=()),
        shows=(make_show(documents=(make_document("plan"),)),),
        **changes,
    )


def test_every_address_of_an_episode_is_in_its_shows_table() -> None:
    made = _render(make_source(make_rich_episode()))

    cover, show_cover = make_picture("rich").address, make_picture("show").address
    assets = {p for p in made.tables["site"] if p.endswith((".css", ".js", ".svg"))}
    assert len(assets) == 3
    assert set(made.tables) == {"site", "personalisation"}
    feeds = {"/feed.xml", "/opml.xml", "/publisher.xml"}
    maps = {"/sitemap.xml", "/site/sitemap.xml", "/robots.txt"}
    assert (
        set(made.tables["site"])
        == {"/", "/accessibility", "/favicon.ico", "/privacy", cover, show_cover}
        | assets
        | feeds
        | maps
    )
    assert {p: v[0].cache for p, v in made.tables["personalisation"].items()} == {
        "/personalisation": "page",
        "/personalisation/collections/stories": "page",
        "/personalisation/feed.xml": "feed",
        "/personalisation/feed.json": "feed",
        "/personalisation/feed.atom": "feed",
        "/personalisation/sitemap.xml": "page",
        "/personalisation/rich": "page",
        "/personalisation/rich/transcript.vtt": "page",
        "/personalisation/rich/captions.srt": "page",
        "/personalisation/rich/chapters.json": "page",
        "/personalisation/rich/embed": "page",
        "/personalisation/rich/cite.json": "page",
        "/personalisation/documents/review": "page",
        "/personalisation/documents/review/cite.json": "page",
        "/personalisation/documents/review.pdf": "page",
        make_rich_episode().enclosure.address: "media",
    }
    assert made.feeds == ("/personalisation/feed.xml",)


def test_every_version_names_an_object_by_its_content() -> None:
    made = _render(_rich_source())

    for table in made.tables.values():
        for version in (v for versions in table.values() for v in versions if v.key):
            body = made.objects.get(str(version.key))
            if body is not None:
                text = is_text(version.type)
                content = gzip.decompress(body) if text else body
                assert version.size == len(content)
                assert version.sha256 == hashlib.sha256(content).hexdigest()
                assert version.sha256[:20] in str(version.key)
            else:
                assert version.type in {"audio/mpeg", "image/png", "application/pdf"}
    named = {
        v.key for table in made.tables.values() for vs in table.values() for v in vs
    }
    assert set(made.objects) <= named


def test_tables_can_be_stored() -> None:
    for table in _render(_rich_source()).tables.values():
        assert parse_table(table_bytes(table)) == table


def test_what_holds_now_is_since_now() -> None:
    made = _render(make_source(make_rich_episode()))

    for table in made.tables.values():
        for versions in table.values():
            assert _told(versions) == [(0, None)]


def test_a_scheduled_episode_is_there_before_its_time_and_shown_at_it() -> None:
    made = _render(make_source(make_episode(), make_rich_episode(published=NOON + DAY)))

    table = made.tables["personalisation"]
    for path, versions in table.items():
        if "rich" in path:
            assert _told(versions) == [(1, None)]
    assert _told(table["/personalisation/first/embed"]) == [(0, None)]
    assert _told(made.tables["site"][make_picture("rich").address]) == [(1, None)]
    for versions in (
        made.tables["site"]["/"],
        table["/personalisation"],
        table["/personalisation/first"],
        table["/personalisation/feed.xml"],
    ):
        assert _told(versions) == [(0, None), (1, None)]
    before, after = (_text(made, v) for v in table["/personalisation/feed.xml"])
    assert "The story rich" not in before
    assert "The story rich" in after
    before, after = (_text(made, v) for v in table["/personalisation"])
    assert "The story rich" not in before
    assert "The story rich" in after


def test_a_feed_was_built_when_its_version_began() -> None:
    source = make_source(make_episode(), make_episode("b", published=NOON + DAY))
    made = _render(source, changed={"personalisation": NOON - 9 * DAY})

    now, then = made.tables["personalisation"]["/personalisation/feed.xml"]
    assert "<lastBuildDate>Sat, 23 May 2026 12:00:00 +0000<" in _text(made, now)
    assert "<lastBuildDate>Tue, 02 Jun 2026 12:00:00 +0000<" in _text(made, then)


def test_an_episode_that_ends_is_gone_at_every_address_of_its_own() -> None:
    made = _render(make_source(make_rich_episode(until=NOON + 3 * DAY), make_episode()))

    for path, versions in made.tables["personalisation"].items():
        if "rich" in path or "review" in path:
            assert _told(versions) == [(0, None), (3, "ended")], path
    picture = make_picture("rich").address
    assert _told(made.tables["site"][picture]) == [(0, None), (3, "ended")]


def test_an_episode_that_has_ended_is_gone_and_not_rendered() -> None:
    ended = make_rich_episode(until=NOON - DAY, published=NOON - 9 * DAY)
    made = _render(make_source(ended, make_episode()), texts={})

    paths = [
        path
        for path in made.tables["personalisation"]
        if "rich" in path or "review" in path
    ]
    assert len(paths) == 10
    for path in paths:
        assert _told(made.tables["personalisation"][path]) == [(-1, "ended")]
    assert not any("rich" in key for key in made.objects)


@pytest.mark.parametrize(
    ("published", "until", "told"),
    [
        (NOON - DAY, None, [(0, None)]),
        (NOON + DAY, NOON + 3 * DAY, [(1, None), (3, "ended")]),
        (NOON - 9 * DAY, NOON - DAY, [(-1, "ended")]),
    ],
)
def test_a_waveform_is_there_as_long_as_its_episode(
    published: datetime, until: datetime | None, told: list[tuple[int, str | None]]
) -> None:
    wave = b"PMW1 and so on"
    heard = make_episode("heard", published=published, until=until)
    medium = heard.enclosure.model_copy(update={"waveform": digest(wave)})
    heard = heard.model_copy(update={"enclosure": medium})
    made = _render(make_source(heard, make_episode()), texts={digest(wave): wave})

    versions = made.tables["personalisation"]["/personalisation/heard/waveform.pmw"]
    assert _told(versions) == told
    keys = [version.key for version in versions if version.key]
    assert all(gzip.decompress(made.objects[key]) == wave for key in keys)


def test_what_is_due_after_the_horizon_is_nowhere() -> None:
    made = _render(make_source(make_rich_episode(published=HORIZON + DAY)))

    here = {"/personalisation", "/personalisation/sitemap.xml"}
    assert set(made.tables["personalisation"]) == here
    assert len(made.tables["site"]) == 11


def test_a_show_has_no_feed_before_its_first_episode() -> None:
    made = _render(make_source(make_episode(published=NOON + DAY)))

    (version,) = made.tables["personalisation"]["/personalisation/feed.xml"]
    assert version.since == NOON + DAY
    assert made.feeds == ("/personalisation/feed.xml",)
    empty = _render(make_source())
    assert "/personalisation/feed.xml" not in empty.tables["personalisation"]
    assert empty.feeds == ()


def test_a_feed_stays_when_its_last_episode_ends() -> None:
    made = _render(make_source(make_episode(until=NOON + DAY)))

    versions = made.tables["personalisation"]["/personalisation/feed.xml"]
    assert _told(versions) == [(0, None), (1, None)]
    assert "<item>" not in _text(made, versions[1])


def test_an_old_episode_outside_the_feed_changes_no_feed() -> None:
    source = make_source(
        make_episode("new", published=NOON - DAY),
        make_episode("old", published=NOON - 2 * DAY, until=NOON + DAY),
        make_episode("older", published=NOON - 3 * DAY),
        shows=(make_show(feed_items=1),),
    )
    table = _render(source).tables["personalisation"]

    assert _told(table["/personalisation/feed.xml"]) == [(0, None)]
    assert _told(table["/personalisation"]) == [(0, None), (1, None)]


def test_only_the_shows_that_something_touches_turn() -> None:
    source = make_source(
        make_episode(published=NOON + DAY),
        make_episode("other", shows=("other",)),
        shows=(make_show(), make_show("other")),
    ).model_copy(update={"podroll": False})
    table = _render(source).tables["other"]

    assert all(_told(versions) == [(0, None)] for versions in table.values())


def test_private_shows_are_nowhere_in_public() -> None:
    source = make_source(
        make_rich_episode("secret", shows=("private",)),
        shows=(make_show("private", visibility="private", title="Hidden"),),
    )
    made = _render(source)

    assert set(made.tables) == {"site"}
    assert len(made.tables["site"]) == 10
    rows = [version for row in made.tables["site"].values() for version in row]
    for version in rows:
        stored = made.objects.get(str(version.key), b"")
        body = gzip.decompress(stored) if stored and is_text(version.type) else stored
        assert b"secret" not in body
        assert b"Hidden" not in body


def test_unlisted_shows_are_rendered_but_not_listed() -> None:
    source = make_source(
        make_episode(shows=("quiet",)),
        shows=(make_show("quiet", visibility="unlisted", title="Hidden"),),
    )
    made = _render(source)

    assert "/quiet/feed.xml" in made.tables["quiet"]
    assert "Hidden" not in _text(made, made.tables["site"]["/"][0])


def test_an_episode_of_two_shows_has_one_page_and_stands_in_both_feeds() -> None:
    source = make_source(
        make_episode(shows=("one", "two", "unknown")),
        shows=(make_show("one"), make_show("two")),
    )
    made = _render(source)

    assert "/one/first" in made.tables["one"]
    assert "/two/first" not in made.tables["two"]
    for show in ("one", "two"):
        feed = _text(made, made.tables[show][f"/{show}/feed.xml"][0])
        assert "<link>https://media.example.ac.uk/one/first</link>" in feed


def test_a_page_leads_to_related_episodes_while_they_are_there() -> None:
    source = make_source(
        make_episode(related=("next", "first", "unknown")),
        make_episode("next", published=NOON + DAY, until=NOON + 3 * DAY),
    )
    made = _render(source)

    pages = made.tables["personalisation"]["/personalisation/first"]
    assert _told(pages) == [(0, None), (1, None), (3, None)]
    linked = ["The story next" in _text(made, page) for page in pages]
    assert linked == [False, True, False]
    assert pages[0].key == pages[2].key


def test_a_page_that_ends_first_does_not_wait_for_its_related() -> None:
    source = make_source(
        make_episode(related=("next",), until=NOON + DAY),
        make_episode("next", published=NOON + 2 * DAY),
    )
    page = _render(source).tables["personalisation"]["/personalisation/first"]

    assert _told(page) == [(0, None), (1, "ended")]


def test_pictures_of_people_and_chapters_are_served_where_they_are_known() -> None:
    face, slide, lost = (make_picture(name) for name in ("face", "slide", "lost"))
    source = make_source(
        make_episode(
            people=(Person(name="Ann", image=face.address),),
            chapters=(Chapter(start=0, title="A", image=slide.address),),
        ),
        shows=(make_show(people=(Person(name="Dan", image=lost.address),)),),
        pictures=(face, slide),
    )
    table = _render(source).tables["site"]

    assert {face.address, slide.address} <= set(table)
    assert lost.address not in table
    assert table[face.address][0].size == face.size


def test_a_picture_that_two_share_stays_until_the_last_has_ended() -> None:
    shared = make_picture("shared")
    source = make_source(
        make_episode("a", picture=shared, until=NOON + DAY),
        make_episode("b", picture=shared, until=NOON + 4 * DAY),
    )
    table = _render(source).tables["site"]

    assert _told(table[shared.address]) == [(0, None), (4, "ended")]


def test_a_document_named_by_its_hash_may_be_kept_for_ever() -> None:
    sha256 = digest(b"x")
    document = make_document(address=f"/media/d/{sha256[:20]}/x.pdf", sha256=sha256)
    made = _render(make_source(make_episode(documents=(document,))))

    (version,) = made.tables["personalisation"][document.address]
    assert (version.cache, version.type) == ("media", "application/pdf")


@pytest.mark.parametrize(
    ("media_type", "name", "given_text", "stored"),
    [
        ("text/vtt", "transcript.vtt", VTT, VTT),
        ("application/x-subrip", "transcript.srt", b"\xff1\r\n", b"\xff1\r\n"),
        ("text/plain", "transcript.txt", b"Hi <b>", b"Hi <b>"),
        ("text/html", "transcript.html", b"<p>a<script>x</script>", b"<p>a</p>"),
    ],
)
def test_a_transcript_is_stored_as_it_was_given_but_without_scripts(
    media_type: str, name: str, given_text: bytes, stored: bytes
) -> None:
    sha256 = digest(given_text)
    words = Transcript(sha256=sha256, media_type=media_type, language="en")
    source = make_source(make_episode(transcript=words))
    made = _render(source, texts={sha256: given_text})

    (version,) = made.tables["personalisation"][f"/personalisation/first/{name}"]
    assert gzip.decompress(made.objects[str(version.key)]) == stored


def _catalogue(number: int) -> tuple[Episode, ...]:
    return tuple(
        make_rich_episode(f"e-{n}", published=NOON - timedelta(hours=n), documents=())
        for n in range(number)
    )


def test_a_thousand_episodes_are_rendered_once() -> None:
    cache: dict[str, bytes] = {}
    source = make_source(*_catalogue(1000))
    first = _render(source, cache=cache)
    known = dict(cache)

    again = _render(source, cache=cache, texts={})

    assert again == first
    assert cache == known, "something was rendered a second time"


def test_one_changed_episode_renders_its_item_and_the_pages_that_show_it() -> None:
    cache: dict[str, bytes] = {}
    episodes = _catalogue(300)
    _render(make_source(*episodes), cache=cache)
    known = set(cache)
    changed = episodes[100].model_copy(update={"title": "Changed"})
    source = make_source(*episodes[:100], changed, *episodes[101:])

    made = _render(source, cache=cache, texts={})

    forms = 4  # RSS, JSON Feed, Atom, and the feed of everything
    pages = 7  # the episode's two, its citation, two lists, and those on either side
    made_anew = 4  # an item, its block as text and compressed, the feed
    assert len(set(cache) - known) == made_anew * forms + pages
    assert made == _render(source)


def test_the_same_source_renders_the_same_bytes_whatever_was_cached() -> None:
    source = _rich_source()
    cache: dict[str, bytes] = {}
    _render(make_source(make_episode("other")), cache=cache)

    stored = Source.from_bytes(source.to_bytes())
    assert _render(source) == _render(source, cache=cache) == _render(stored)


def test_the_clock_changes_nothing_but_since_and_the_build_date() -> None:
    source = make_source(make_rich_episode())
    changed = {"personalisation": NOON, "site": NOON}
    now = _render(source, changed=changed)
    later = render(
        source,
        at=NOON + 5 * DAY,
        until=HORIZON + 5 * DAY,
        texts=TEXTS.__getitem__,
        changed=changed,
        cache={},
    )

    assert now.objects == later.objects
    for name, table in now.tables.items():
        for path, (version,) in table.items():
            (moved,) = later.tables[name][path]
            assert version.same_content(moved)
            assert moved.since == NOON + 5 * DAY
            assert version_at((version,), NOON) is version


def _in_two_languages(source: Source) -> Source:
    return source.model_copy(update={"languages": ("en-GB", "cy")})


def test_every_page_and_nothing_else_is_there_in_each_language() -> None:
    made = _render(_in_two_languages(_rich_source()))

    for name, table in made.tables.items():
        plain = {path for path in table if not f"{path}/".startswith("/cy/")}
        pages = {
            path
            for path in plain
            if table[path][0].type.startswith("text/html")
            and not path.endswith(".html")
        }
        welsh = {f"/cy{path}" if path != "/" else "/cy" for path in pages}
        assert set(table) == plain | welsh, name
        for path in pages:
            other = table[f"/cy{path}" if path != "/" else "/cy"]
            assert _told(other) == _told(table[path])
            assert '<html lang="en-GB"' in _text(made, table[path][0])
            assert '<html lang="cy"' in _text(made, other[0])


def test_what_an_episode_says_stays_in_its_own_language() -> None:
    made = _render(_in_two_languages(make_source(make_rich_episode())))

    page = _text(made, made.tables["personalisation"]["/cy/personalisation/rich"][0])
    assert '<h1 lang="en-GB">The story rich</h1>' in page
    assert '<h2 id="transcript">Trawsgrifiad</h2>' in page
    assert "3 Mawrth 2026" in page


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("report", "Adroddiad, PDF"),
        ("Evidence  Review", "Adolygiad tystiolaeth, PDF"),
        ("map of UK cities", '<span lang="en-GB">Map of UK cities</span>, PDF'),
    ],
)
def test_usual_kinds_of_documents_are_said_in_the_language_of_the_page(
    kind: str, said: str
) -> None:
    document = make_document(kind=kind)
    made = _render(_in_two_languages(make_source(make_episode(documents=(document,)))))

    for path in ("/cy/personalisation/first", "/cy/personalisation/documents/review"):
        page = _text(made, made.tables["personalisation"][path][0])
        assert f"{said}, 1.2 MB" in page


def test_one_change_in_two_languages_makes_each_page_twice_and_the_feeds_once() -> None:
    cache: dict[str, bytes] = {}
    episodes = _catalogue(300)
    _render(_in_two_languages(make_source(*episodes)), cache=cache)
    known = set(cache)
    changed = episodes[100].model_copy(update={"title": "Changed"})
    source = make_source(*episodes[:100], changed, *episodes[101:])

    _render(_in_two_languages(source), cache=cache, texts={})

    feeds = 4 * 4  # as in one language
    pages = 2 * 6 + 1  # its two, its two lists, those on either side; the citation
    assert len(set(cache) - known) == feeds + pages
