"""Paths that lead nowhere, elsewhere, or only later; and what never may happen."""

import random
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from peru_media.model.graves import path_hash
from peru_media.model.release import CURRENT_KEY, Tombstone
from peru_media.model.value import canonical, digest
from peru_media.server.app import create_app
from peru_media.server.settings import ServerSettings
from tests.clocks import SetClock
from tests.releases import (
    EPISODE,
    NOON,
    Planned,
    feed,
    gone,
    medium,
    page,
    publish_release,
    put_part,
)
from tests.server.conftest import Serve, Served
from tests.server.stores import BucketStore, TroubledStore

FEED = "/show/feed.xml"
SOUND = b"sound" * 100
MEDIUM = f"/media/{EPISODE}/aaaa/story.mp3"
OLD = f"/media/{EPISODE}/bbbb/story.mp3"
PATHS: dict[str, Planned] = {
    "/": page("<h1>Projects</h1>"),
    "/show": page("<h1>Show</h1>"),
    FEED: feed("<rss/>"),
    MEDIUM: medium(SOUND),
}
STONE = Tombstone(
    guid=digest(b"guid"),
    at=NOON,
    id=EPISODE,
    paths=(path_hash("/show/story"), path_hash(f"/media/{EPISODE}")),
)


@pytest.fixture
def site(serve: Serve, store: TroubledStore) -> Served:
    """A small release."""
    publish_release(store, PATHS)
    return serve(store)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_unknown_path_is_a_plain_page(site: Served, method: str) -> None:
    answer = site.ask("/show/nothing", method)

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-release"] == "1"
    assert ("<h1>" in answer.text) is (method == "GET")


def test_a_scheduled_path_answers_exactly_as_one_that_never_will_be(
    serve: Serve, store: TroubledStore, clock: SetClock
) -> None:
    due = NOON + timedelta(seconds=90)
    publish_release(store, PATHS | {"/show/soon": page("<h1>Soon</h1>").at(due)})
    site = serve(store)

    for spent in (0, 45, 40, 4.5):
        clock.advance(timedelta(seconds=spent))
        for method in ("GET", "HEAD", "OPTIONS", "POST"):
            scheduled = site.ask("/show/soon", method)
            unknown = site.ask("/show/none", method)
            assert scheduled.status_code == unknown.status_code != 200
            assert scheduled.headers == unknown.headers
            assert scheduled.content == unknown.content
    assert site.ask("/show/soon").headers["cache-control"] == "public, max-age=0"

    clock.advance(timedelta(seconds=0.5))
    assert site.ask("/show/soon").status_code == 200


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("withdrawn", "withdrawn"),
        ("ended", "agreed time"),
        ("removed", "removed"),
        ("some new reason", "removed"),
    ],
)
def test_what_was_taken_down_says_so_plainly(
    serve: Serve, store: TroubledStore, reason: str, word: str
) -> None:
    publish_release(store, PATHS | {"/show/story": gone(reason)})

    answer = serve(store).ask("/show/story")

    assert answer.status_code == 410
    assert word in answer.text
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "story" not in answer.text


def test_another_copy_of_a_medium_leads_to_the_present_one(site: Served) -> None:
    answer = site.ask(OLD)

    assert answer.status_code == 302
    assert answer.headers["location"] == MEDIUM
    assert answer.headers["cache-control"] == "no-store"


def test_a_copy_that_is_only_scheduled_leads_nowhere(
    serve: Serve, store: TroubledStore
) -> None:
    later = medium(SOUND).at(NOON + timedelta(hours=1))
    publish_release(store, {MEDIUM: later})

    assert serve(store).ask(OLD).status_code == 404


def test_another_copy_of_a_withdrawn_medium_is_gone_too(
    serve: Serve, store: TroubledStore
) -> None:
    publish_release(store, PATHS | {MEDIUM: gone()})
    site = serve(store)

    assert site.ask(MEDIUM).status_code == 410
    assert site.ask(OLD).status_code == 410


@pytest.mark.parametrize(
    "path",
    [
        "/show/story",
        "/show/story/",
        "/show/story/embed",
        "/show/story/transcript.srt",
        f"/media/{EPISODE}",
        OLD,
        MEDIUM,
    ],
)
def test_what_is_known_by_its_tombstone_alone_is_gone(
    serve: Serve, store: TroubledStore, path: str
) -> None:
    publish_release(store, {"/show": page("the show")}, tombstones=[STONE])

    answer = serve(store).ask(path)

    assert answer.status_code == 410
    assert "taken down" in answer.text
    assert "story" not in answer.text
    assert answer.headers["cache-control"] == "public, max-age=60"


def test_a_tombstone_hides_nothing_else(serve: Serve, store: TroubledStore) -> None:
    paths = {"/show": page("the show"), "/show/story-2": page("another")}
    publish_release(store, paths, tombstones=[STONE])
    site = serve(store)

    assert [site.ask(path).status_code for path in paths] == [200, 200]
    assert site.ask("/show/story-3").status_code == 404


def test_an_edited_story_may_return_to_the_same_address(
    serve: Serve, store: TroubledStore
) -> None:
    publish_release(store, {"/show/story": page("edited")}, tombstones=[STONE])
    site = serve(store)

    assert site.ask("/show/story").text == "edited"
    assert site.ask("/show/story/embed").status_code == 410


def test_a_withdrawn_path_that_is_due_again_tells_no_one(
    serve: Serve, store: TroubledStore
) -> None:
    later = page("edited").at(NOON + timedelta(hours=1))
    publish_release(store, {"/show/story": later}, tombstones=[STONE])

    assert serve(store).ask("/show/story").status_code == 410


@pytest.mark.parametrize("path", ["/media/", f"/media/{EPISODE[:-1]}/a/b.mp3"])
def test_a_medium_of_no_episode_is_unknown(site: Served, path: str) -> None:
    assert site.ask(path).status_code == 404


def test_a_slash_too_many_leads_to_the_page(site: Served) -> None:
    answer = site.ask("/show/")

    assert (answer.status_code, answer.headers["location"]) == (302, "/show")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "BREW"])
@pytest.mark.parametrize("path", ["/", FEED, MEDIUM, "/unknown"])
def test_nothing_can_be_changed(site: Served, method: str, path: str) -> None:
    answer = site.ask(path, method)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["x-release"] == "1"


@pytest.mark.parametrize("path", [FEED, MEDIUM])
def test_a_player_elsewhere_may_ask_for_parts(site: Served, path: str) -> None:
    answer = site.ask(
        path,
        "OPTIONS",
        origin="https://player.example",
        access_control_request_method="GET",
        access_control_request_headers="range",
    )

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Range" in answer.headers["access-control-allow-headers"]
    assert "GET" in answer.headers["access-control-allow-methods"]


def test_a_page_is_for_its_own_site(site: Served) -> None:
    answer = site.ask("/show", "OPTIONS", origin="https://player.example")

    assert answer.status_code == 204
    assert "access-control-allow-origin" not in answer.headers


def _spellings() -> list[str]:
    ways_up = ["..", "%2e%2e", ".%2e", "%2e.", "..%00", "%c0%ae%c0%ae", "%252e%252e"]
    ways_up += ["..;", "\\..", "%5c..", "\uff0e\uff0e", "\u202e..", "CON", "~about"]
    slashes = ["/", "%2f", "//", "%5c", "\\", "/./", "%252f", "\u2215"]
    ends = ["etc/passwd", "current.json", "held/x", "state/shared/x", "releases/1.json"]
    return [
        f"/{start}{slash}{up}{slash}{end}"
        for up in ways_up
        for slash in slashes
        for start in ("", "media", "show")
        for end in ends[:2]
    ] + [f"/{up}/{end}" for up in ways_up for end in ends]


def test_no_spelling_of_a_path_leads_out_of_the_release(
    site: Served, store: TroubledStore
) -> None:
    spellings = _spellings()
    site.ask("/")
    store.asked.clear()
    statuses = {site.ask(path).status_code for path in spellings}

    assert len(spellings) >= 300
    assert statuses == {404}
    assert set(store.asked) <= {CURRENT_KEY}  # the watch goes on; nothing else is read


def test_a_page_of_its_own_is_that_of_the_release_in_the_language_of_the_address(
    serve: Serve, store: TroubledStore
) -> None:
    pages = {
        "": {"unknown": "lost", "withdrawn": "gone"},
        "/cy": {"unknown": "ar goll"},
    }
    notices = put_part(store, canonical(pages))
    publish_release(store, {"/old": gone()}, notices=notices)
    site = serve(store)

    assert [site.ask(path).text for path in ("/nothing", "/cy/nothing", "/old")] == [
        "lost",
        "ar goll",
        "gone",
    ]
    publish_release(store, {"/new": gone()}, number=2, notices=notices)
    site.until_release(2)
    assert site.ask("/nothing").text == "lost"


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "/%2f%2fevil.example/", "//evil/"]
)
def test_no_redirect_leaves_the_site(site: Served, path: str) -> None:
    answer = site.ask(path)

    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("path", ["/", FEED, MEDIUM, OLD, "/show/", "/unknown"])
def test_the_host_header_enters_no_answer(site: Served, path: str) -> None:
    chance = random.Random(1)  # noqa: S311  # names, not secrets
    expected = site.ask(path)
    for _ in range(160):
        host = f"{chance.getrandbits(64):x}.example"
        answer = site.ask(path, host=host, x_forwarded_host=host)
        assert answer.headers == expected.headers
        assert answer.content == expected.content


@pytest.mark.parametrize(
    "fields",
    [
        {"range": "bytes=" + "0-0," * 20_000},
        {"range": "bytes=" + "9" * 60_000 + "-"},
        {"if_none_match": '"' * 60_000},
        {"if_none_match": "W/" * 30_000},
        {"if_modified_since": "Tue, 01 Dec " + "2" * 60_000},
        {"if_range": "\x7f" * 1000},
        {"accept_encoding": "gzip;q=" + "1" * 60_000},
        {"accept_encoding": "," * 60_000},
        {"accept_encoding": "\u00ff" * 1000},
        {"x_anything": "y" * 60_000},
    ],
)
@pytest.mark.parametrize("path", ["/", FEED, MEDIUM])
def test_no_header_field_brings_the_server_down(
    site: Served, path: str, fields: dict[str, str]
) -> None:
    encoded = {
        name.replace("_", "-").encode(): value.encode("latin-1")
        for name, value in fields.items()
    }

    answer = site.client.request("GET", path, headers=encoded)

    assert answer.status_code < 500


def test_a_web_socket_is_closed(site: Served) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        site.client.websocket_connect("/show"),
    ):
        pass


class TestBucket:
    """Media that lie in a bucket."""

    @pytest.fixture
    def store(self, clock: SetClock) -> BucketStore:
        return BucketStore(clock=clock)

    def test_a_held_medium_is_had_by_a_signed_address(
        self, serve: Serve, store: BucketStore
    ) -> None:
        held = medium(SOUND, public=False)
        publish_release(store, {MEDIUM: held})

        answer = serve(store, media_base_url="https://cdn.example.org/x/").ask(MEDIUM)

        assert answer.status_code == 302
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["location"] == (
            f"https://bucket.example.net/{held.version.key}?expires=43200"
        )
        assert answer.headers["access-control-allow-origin"] == "*"

    def test_a_public_medium_is_had_from_the_media_address(
        self, serve: Serve, store: BucketStore
    ) -> None:
        publish_release(store, {MEDIUM: medium(SOUND)})

        answer = serve(store, media_base_url="https://cdn.example.org/x/").ask(MEDIUM)

        key = medium(SOUND).version.key
        assert answer.headers["location"] == f"https://cdn.example.org/x/{key}"

    def test_a_public_medium_without_a_media_address_is_signed_for_too(
        self, serve: Serve, store: BucketStore
    ) -> None:
        publish_release(store, {MEDIUM: medium(SOUND)})

        answer = serve(store).ask(MEDIUM)

        assert answer.headers["location"].startswith("https://bucket.example.net/")

    def test_head_of_a_medium_in_a_bucket_is_answered_here(
        self, serve: Serve, store: BucketStore
    ) -> None:
        publish_release(store, {MEDIUM: medium(SOUND)})

        answer = serve(store).ask(MEDIUM, "HEAD")

        assert answer.status_code == 200
        assert answer.headers["content-length"] == str(len(SOUND))
        assert answer.headers["content-type"] == "audio/mpeg"
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["cache-control"] == "no-store"
        assert "location" not in answer.headers

    def test_a_page_may_reach_the_media_hosts_and_no_other(
        self, serve: Serve, store: BucketStore
    ) -> None:
        publish_release(store, PATHS)
        site = serve(store, media_base_url="https://cdn.example.org/x")

        policy = site.ask("/show").headers["content-security-policy"]

        hosts = "https://bucket.example.net https://cdn.example.org"
        assert f"media-src 'self' {hosts};" in policy

    def test_no_address_just_now_is_503_and_not_404(
        self, serve: Serve, store: BucketStore
    ) -> None:
        publish_release(store, {MEDIUM: medium(SOUND, public=False)})
        site = serve(store)
        assert site.ask(MEDIUM).status_code == 302

        store.away = True

        answer = site.ask(MEDIUM)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1

    def test_a_store_that_became_another_kind_is_503_until_the_next_look(
        self, serve: Serve, store: BucketStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish_release(store, {MEDIUM: medium(SOUND, public=False)})
        site = serve(store)
        assert site.ask(MEDIUM).status_code == 302

        monkeypatch.setattr(BucketStore, "locate", TroubledStore.locate)

        assert {site.ask(MEDIUM).status_code for _ in range(3)} <= {200, 503}


class TestMounted:
    """The site below a path of another app, and with things of its owner's."""

    @pytest.fixture
    def app(self, store: TroubledStore, clock: SetClock) -> Starlette:
        publish_release(store, PATHS | {"/show/story": gone()})
        settings = ServerSettings(poll_seconds=0.02)
        return create_app(store, clock=clock, settings=settings)

    def test_it_answers_below_the_mount_though_no_lifespan_ran(
        self, app: Starlette
    ) -> None:
        parent = Starlette(routes=[Mount("/audio", app=app)])
        with TestClient(parent, follow_redirects=False) as client:
            assert client.get(f"/audio{FEED}").text == "<rss/>"
            assert client.get(f"/audio{FEED}").text == "<rss/>"
            assert client.get("/audio").status_code in {200, 307}
            assert client.get("/audio/").text == "<h1>Projects</h1>"
            assert client.get(f"/audio{OLD}").headers["location"] == f"/audio{MEDIUM}"
            assert 'href="/audio/"' in client.get("/audio/none").text
            assert 'href="/audio/"' in client.get("/audio/show/story").text

    def test_further_routes_come_after_the_release(self, app: Starlette) -> None:
        async def own(request: Request) -> PlainTextResponse:
            return PlainTextResponse(f"own {request.url.path}")

        async def broken(request: Request) -> PlainTextResponse:
            raise ZeroDivisionError(request)

        app.add_route("/own", own, methods=["POST"])
        app.add_route("/broken", broken)
        app.add_route("/show", own)
        with TestClient(
            app, follow_redirects=False, raise_server_exceptions=False
        ) as client:
            assert client.get("/broken").status_code == 500
            assert client.get("/broken").headers["x-release"] == "1"
            assert client.post("/own").text == "own /own"
            assert client.get("/own").status_code == 405
            assert client.get("/own").headers["x-content-type-options"] == "nosniff"
            for _ in range(2):
                assert client.get("/show").text == "<h1>Show</h1>"

    def test_middleware_sees_every_request_and_spoils_none(
        self, app: Starlette
    ) -> None:
        app.add_middleware(Marking)
        with TestClient(app, follow_redirects=False) as client:
            for path in (FEED, MEDIUM, "/none", FEED, MEDIUM, "/none"):
                assert client.get(path).headers.get_list("x-mark") == ["yes"]

    def test_the_parents_middleware_spoils_none_either(self, app: Starlette) -> None:
        marking = [Middleware(Marking)]
        parent = Starlette(routes=[Mount("/", app=app)], middleware=marking)
        with TestClient(parent, follow_redirects=False) as client:
            for path in (FEED, MEDIUM, "/none", FEED, MEDIUM, "/none"):
                assert client.get(path).headers.get_list("x-mark") == ["yes"]


class Marking:
    """Middleware that writes into the very list of fields that it is given."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-mark", b"yes"))
            await send(message)

        await self.app(scope, receive, marked)


def test_every_location_is_of_this_site(site: Served) -> None:
    ask: Callable[[str], str] = lambda path: site.ask(path).headers["location"]  # noqa: E731  # short

    for path in (OLD, "/show/", "/show//", f"{FEED}///"):
        assert not urlsplit(ask(path)).netloc
        assert ask(path)[:2] not in {"//", "/\\"}
