"""Private shows: what one listener gets, and what nobody else does."""

import gzip
import logging
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from peru_media.model.listeners import token_from, token_hash
from peru_media.model.release import CURRENT_KEY, Current, Root, root_key
from peru_media.model.value import digest
from peru_media.ports import Meta, Store
from peru_media.publishing.listeners import let_in, revoke
from peru_media.publishing.live import read_live
from peru_media.server.private import filled
from peru_media.storage.folder import FolderStore
from peru_media.storage.memory import MemoryStore
from tests.clocks import SetClock
from tests.newsroom import NOWHERE, Newsroom
from tests.private_shows import CANARY, SHOW, TITLE, closed_newsroom
from tests.releases import NOON
from tests.server.conftest import Serve, Served
from tests.server.stores import BucketStore

TOKEN = token_from(bytes(range(16)))
FEED = f"/private/{TOKEN}/feed.xml"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A private show that is live, with one listener."""
    root = tmp_path_factory.mktemp("closed")
    with closed_newsroom(root) as room:
        room.clock.moment = NOON
        room.store = FolderStore(root / "store", clock=room.clock)
        room.publish()
        let_in(room.desk(), SHOW, randomness=bytes(range(16)))
        yield room


@pytest.fixture
def site(serve: Serve, newsroom: Newsroom) -> Served:
    """It, served."""
    return serve(newsroom.store)


def _path(address: str) -> str:
    assert address.startswith(f"{NOWHERE}/private/{TOKEN}/"), address
    return urlsplit(address).path


def _addresses(site: Served) -> dict[str, str]:
    """The paths of all that the feed names, by what it is."""
    tree = etree.fromstring(site.ask(FEED).content)
    names = {
        "medium": "//enclosure/@url",
        "words": "//*[local-name()='transcript']/@url",
        "chapters": "//*[local-name()='chapters']/@url",
        "cover": "//channel/*[local-name()='image'][@href]/@href",
        "banner": "//*[local-name()='image'][@purpose]/@href",
        "self": "//*[local-name()='link'][@rel='self']/@href",
    }
    return {name: _path(str(tree.xpath(way)[0])) for name, way in names.items()}


def test_a_listener_gets_the_feed_and_all_that_it_names(site: Served) -> None:
    answer = site.ask(FEED)
    feed = feedparser.parse(answer.content)

    assert answer.status_code == 200
    assert feed.feed.title == TITLE
    assert feed.feed.itunes_block == 1
    assert feed.feed.link == f"{NOWHERE}/"
    assert [entry.title for entry in feed.entries] == [CANARY]
    assert "link" not in feed.entries[0]
    for name, path in _addresses(site).items():
        found = site.ask(path)
        assert found.status_code == 200, name
        assert len(found.content) == int(found.headers["content-length"])


def test_nothing_that_a_listener_gets_is_kept_found_or_passed_on(site: Served) -> None:
    for path in (FEED, *_addresses(site).values()):
        for method in ("GET", "HEAD"):
            fields = site.ask(path, method).headers

            assert fields["cache-control"] == "private, no-store"
            assert fields["referrer-policy"] == "no-referrer"
            assert fields["x-robots-tag"] == "noindex"
            assert fields["x-content-type-options"] == "nosniff"
            assert not {"link", "access-control-allow-origin"} & set(fields)


def test_every_address_of_the_feed_holds_the_listeners_own_token(
    site: Served, newsroom: Newsroom
) -> None:
    other = let_in(newsroom.desk(), SHOW, randomness=bytes(16))
    mine, theirs = (
        site.until(urlsplit(path).path, lambda said: said.status_code == 200)
        for path in (NOWHERE + FEED, other.feed_url)
    )

    marker = newsroom.root_of().private[SHOW].marker
    assert marker not in mine.text + theirs.text
    assert mine.text == theirs.text.replace(token_from(bytes(16)), TOKEN)
    assert mine.headers["content-length"] == theirs.headers["content-length"]


@pytest.mark.parametrize(
    "token",
    ["", "x", "9" * 32, TOKEN[:-1], f"{TOKEN}0", TOKEN.replace("a", "A"), "%00", "é"],
)
def test_a_guess_is_an_unknown_address_like_any_other(site: Served, token: str) -> None:
    known = site.ask("/private/nobody/feed.xml")
    for path in ("/feed.xml", "/", "", "/media/0/0/a.mp3"):
        answer = site.ask(f"/private/{token}{path}")

        assert answer.status_code == 404
        assert answer.content == known.content == site.ask("/no-page").content
        assert answer.headers == known.headers
        assert answer.headers["cache-control"] == "no-store"


def test_what_the_show_has_is_nowhere_else(site: Served, newsroom: Newsroom) -> None:
    public = {
        path
        for table in read_live(newsroom.store, {}).tables().values()
        for path in table
    }
    inside = {
        path.removeprefix(f"/private/{TOKEN}") for path in _addresses(site).values()
    }

    assert not public & (inside - {"/feed.xml"})
    for path in (*inside, f"/{SHOW}", f"/{SHOW}/circle-1", f"/{SHOW}/feed.xml"):
        assert CANARY not in site.ask(path).text
        assert path == "/feed.xml" or site.ask(path).status_code == 404
    for path in sorted(public):
        answer = site.ask(path)
        assert not {word for word in (CANARY, TITLE) if word in answer.text}, path
    assert CANARY not in site.ask("/search?q=circle").text
    assert site.ask(f"/oembed?url={NOWHERE}{FEED}").status_code == 404


def test_an_ended_address_is_refused_and_all_others_go_on(
    site: Served, newsroom: Newsroom
) -> None:
    theirs = let_in(newsroom.desk(), SHOW, randomness=b"\1" * 16)
    path = urlsplit(theirs.feed_url).path
    site.until(path, lambda said: said.status_code == 200)

    revoke(newsroom.desk(), theirs.id)
    answer = site.until(path, lambda said: said.status_code == 403)

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "no longer works" in answer.text
    medium = _addresses(site)["medium"].replace(TOKEN, token_from(b"\1" * 16))
    assert site.ask(medium).status_code == 403
    assert site.ask(FEED).status_code == 200


def test_a_medium_comes_whole_or_in_parts_and_an_old_address_leads_to_it(
    site: Served,
) -> None:
    medium = _addresses(site)["medium"]
    part = site.ask(medium, range="bytes=0-9")
    start, old = medium.rsplit("/", 2)[0], f"{'0' * 20}/circle-1.mp3"

    assert part.status_code == 206
    assert part.content == site.ask(medium).content[:10]
    led = site.ask(f"{start}/{old}")
    assert (led.status_code, led.headers["location"]) == (302, medium)
    assert led.headers["cache-control"] == "no-store"
    assert site.ask(f"/private/{TOKEN}/media/{'0' * 20}/{old}").status_code == 404


def test_an_app_that_has_the_feed_is_told_so(site: Served) -> None:
    tag = site.ask(FEED).headers["etag"]

    assert site.ask(FEED, if_none_match=tag).status_code == 304
    assert site.ask(FEED, "POST").status_code == 405


def test_a_bucket_lends_its_media_for_hours_to_each_listener_anew(
    serve: Serve, newsroom: Newsroom, clock: SetClock
) -> None:
    store = BucketStore(clock=clock)
    _copy(newsroom.store, store)
    site = serve(store)

    led = site.ask(_addresses(site)["medium"])
    assert led.status_code == 302
    assert "/held/" in led.headers["location"]
    assert str(12 * 60 * 60) in led.headers["location"]
    assert led.headers["cache-control"] == "no-store"
    assert led.headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in led.headers


def _copy(there: Store, here: Store) -> None:
    for stored in there.list(""):
        fetched = there.get(stored.key)
        here.put(stored.key, fetched.body, meta=Meta(media_type=""))  # type: ignore[union-attr]  # no etag was given


def test_what_is_being_erased_is_gone_for_its_listeners_too(
    serve: Serve, newsroom: Newsroom, clock: SetClock
) -> None:
    store = BucketStore(clock=clock)
    _copy(newsroom.store, store)
    site = serve(store)
    paths = _addresses(site)
    live = read_live(store, {})
    table = live.private()[SHOW]
    key = str(table[paths["medium"].removeprefix(f"/private/{TOKEN}")][-1].key)
    assert live.current is not None
    erasing = live.current.model_copy(update={"erasing": (key,)})
    store.put(CURRENT_KEY, erasing.to_bytes(), meta=Meta(media_type=""))

    gone = site.until(paths["medium"], lambda said: said.status_code == 410)
    assert gone.headers["cache-control"] == "no-store"


def test_no_token_stands_in_what_the_server_logs(
    serve: Serve,
    newsroom: Newsroom,
    clock: SetClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    store = BucketStore(clock=clock)
    _copy(newsroom.store, store)
    site = serve(store)
    paths = _addresses(site)
    store.away = True
    words = site.ask(paths["words"])
    late = site.ask(paths["medium"])

    assert words.status_code == late.status_code == 503
    assert TOKEN not in words.text + late.text
    logged = [r for r in caplog.records if r.name.startswith("peru_media")]
    assert logged
    assert not [r for r in logged if TOKEN in r.getMessage()]


def test_the_store_knows_a_token_by_its_hash_alone(newsroom: Newsroom) -> None:
    stored = b""
    for one in newsroom.store.list(""):
        body = newsroom.store.get(one.key).body  # type: ignore[union-attr]  # no etag was given
        packed = body.startswith(b"\x1f\x8b")
        stored += gzip.decompress(body) if packed else body

    assert token_hash(TOKEN).encode() in stored
    assert TOKEN.encode() not in stored


def test_a_text_is_filled_in_wherever_its_marker_stands() -> None:
    stored = gzip.compress(b"<a>MARK</a><b>MARKS</b>")

    made = gzip.decompress(filled(stored, marker="MARK", token=TOKEN[:4]))
    assert made == b"<a>0001</a><b>0001S</b>"


def test_what_no_list_names_is_not_for_search_engines_either(
    serve: Serve, newsroom: Newsroom, clock: SetClock
) -> None:
    """An unlisted show is there for whoever knows its address, and in no list."""
    store = MemoryStore(clock=clock)
    title = "visibility: unlisted\ntitle: Stories"
    show = "feeds/stories/show.md"
    newsroom.edit(show, "title: Stories", title)
    newsroom.publish(store)
    newsroom.edit(show, title, "title: Stories")
    site = serve(store)

    live = read_live(store, {})
    assert live.root is not None
    assert not live.root.tables["stories"].listed
    held = [p for p, v in live.tables()["stories"].items() if v[0].key]
    for path in held:
        if not path.startswith("/media/"):  # this store has no files to lend
            answer = site.ask(path)
            assert answer.status_code == 200
            assert answer.headers["x-robots-tag"] == "noindex", path
    assert "<itunes:block>Yes" in site.ask("/stories/feed.xml").text
    for path in ("/stories", "/stories/story-1"):
        assert '<meta name="robots" content="noindex">' in site.ask(path).text
    for path in ("/", "/feed.xml", "/opml.xml", "/publisher.xml", "/sitemap.xml"):
        answer = site.ask(path)
        assert "/stories" not in answer.text, path
        assert "x-robots-tag" not in answer.headers
    assert "Story 1" not in site.ask("/search?q=story").text


def test_what_is_scheduled_is_not_there_before_its_moment(
    serve: Serve, newsroom: Newsroom, clock: SetClock
) -> None:
    store = MemoryStore(clock=clock)
    page, soon = "episodes/circle-1/episode.md", "publish: 2026-12-01 12:30"
    newsroom.edit(page, "publish: 2026-03-03 09:00", soon)
    newsroom.publish(store)
    newsroom.edit(page, soon, "publish: 2026-03-03 09:00")
    let_in(newsroom.desk(store), SHOW, randomness=bytes(range(16)))
    site = serve(store)
    paths = read_live(store, {}).private()[SHOW]
    (medium,) = [f"/private/{TOKEN}{path}" for path in paths if "/media/" in path]
    other = f"{medium.rsplit('/', 2)[0]}/{'0' * 20}/circle-1.mp3"

    assert "<item>" not in site.ask(FEED).text
    assert [site.ask(path).status_code for path in (medium, other)] == [404, 404]
    clock.advance(timedelta(minutes=30))
    assert "<item>" in site.ask(FEED).text
    assert site.ask(other).headers["location"] == medium


def test_a_show_that_is_listed_again_loses_the_mark(
    serve: Serve, newsroom: Newsroom, clock: SetClock
) -> None:
    store = MemoryStore(clock=clock)
    live = read_live(newsroom.store, {})
    assert live.root is not None
    _copy(newsroom.store, store)
    site = serve(store)
    assert "x-robots-tag" not in site.ask("/stories").headers

    hidden = live.root.tables["stories"].model_copy(update={"listed": False})
    tables = {**live.root.tables, "stories": hidden}
    for number, known in ((90, tables), (91, live.root.tables)):
        _swap_in(
            store, live.root.model_copy(update={"number": number, "tables": known})
        )
        site.until_release(number)
        marked = "x-robots-tag" in site.ask("/stories").headers
        assert marked is (number == 90)
        assert site.ask("/stories/story-1").status_code == 200


def _swap_in(store: Store, root: Root) -> None:
    data = root.to_bytes()
    key = root_key(root.number, data)
    current = Current(release=root.number, key=key, sha256=digest(data))
    store.put(key, data, meta=Meta(media_type=""))
    store.put(CURRENT_KEY, current.to_bytes(), meta=Meta(media_type=""))
