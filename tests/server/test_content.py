"""What is published, as HTTP gives it: codings, conditions, parts, header fields."""

import gzip
from datetime import timedelta
from email.parser import BytesParser
from email.policy import HTTP

import pytest
from httpx2 import Response

from peru_media.ports import Meta
from tests.clocks import SetClock
from tests.releases import (
    EPISODE,
    NOON,
    Planned,
    asset,
    content,
    feed,
    gone,
    medium,
    page,
    publish_release,
)
from tests.server.conftest import Serve, Served
from tests.server.stores import TroubledStore

XML = "<rss>" + "an item " * 20_000 + "</rss>"
HTML = "<h1>Finding my feet</h1>"
SOUND = bytes(range(256)) * 4
MEDIUM = f"/media/{EPISODE}/0123/story.mp3"
FEED = "/show/feed.xml"
CSS = b"h1 { color: navy }"
PATHS: dict[str, Planned] = {
    "/": page("<h1>Projects</h1>"),
    FEED: feed(XML),
    "/show/story": page(HTML),
    "/show/story/embed": page("<p>Play</p>"),
    "/show/story/transcript.vtt": page("WEBVTT", kind="vtt"),
    "/show/story/transcript.srt": page("1", kind="srt"),
    "/show/story/chapters.json": page('{"chapters": []}', kind="chapters"),
    MEDIUM: medium(SOUND),
    "/show/documents/review.pdf": medium(
        b"%PDF-1.7", name="review.pdf", media_type="application/pdf"
    ),
    "/assets/cover.png": asset(b"\x89PNG"),
    "/assets/site.css": asset(CSS, media_type="text/css"),
    "/show/empty.txt": page("", kind="txt"),
    "/show/secret": content(
        b"x", media_type="text/plain", cache="none", key="state/shared/x"
    ),
}
TEXTS = [path for path, one in PATHS.items() if one.version.type.startswith("text/")]


@pytest.fixture
def site(serve: Serve, store: TroubledStore) -> Served:
    """One release of everything there is."""
    publish_release(store, PATHS)
    return serve(store)


def plain(path: str) -> bytes:
    body = PATHS[path].body or b""
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def parts(answer: Response) -> list[tuple[object, object]]:
    """The parts of a multipart answer, read by the standard library."""
    head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + answer.content)
    return [
        (part["content-range"], part.get_payload(decode=True))
        for part in message.iter_parts()
    ]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_every_path_gives_its_content_in_either_coding(
    site: Served, path: str, coding: str
) -> None:
    answer = site.ask(path, accept_encoding=coding)

    assert answer.status_code == 200
    assert answer.content == plain(path)
    assert answer.headers["content-type"] == PATHS[path].version.type


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_head_says_what_get_would_and_sends_nothing(
    site: Served, path: str, coding: str
) -> None:
    whole = site.ask(path, accept_encoding=coding)

    head = site.ask(path, "HEAD", accept_encoding=coding)

    assert head.content == b""
    assert head.headers == whole.headers


def test_gzip_is_sent_as_it_is_stored(site: Served) -> None:
    answer = site.ask(FEED, "HEAD", accept_encoding="gzip")

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(PATHS[FEED].body or b""))
    assert answer.headers["vary"] == "Accept-Encoding"


def test_each_coding_has_a_strong_tag_of_its_own(site: Served) -> None:
    tags = {
        site.ask(FEED, "HEAD", accept_encoding=coding).headers["etag"]
        for coding in ("gzip", "identity")
    }

    assert len(tags) == 2
    assert all(tag.startswith('"') for tag in tags)


@pytest.mark.parametrize("path", [FEED, MEDIUM, "/show/story", "/assets/cover.png"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_it_is_told_so(site: Served, path: str, method: str) -> None:
    whole = site.ask(path, accept_encoding="gzip")

    answer = site.ask(
        path, method, accept_encoding="gzip", if_none_match=whole.headers["etag"]
    )

    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("etag", "cache-control", "x-release", "x-content-type-options"):
        assert answer.headers[name] == whole.headers[name]
    assert "content-length" not in answer.headers


def test_the_tag_of_the_other_coding_is_another(site: Served) -> None:
    unpacked = site.ask(FEED, accept_encoding="identity").headers["etag"]

    answer = site.ask(FEED, accept_encoding="gzip", if_none_match=unpacked)

    assert answer.status_code == 200


def test_a_condition_sent_in_two_fields_is_one_list(site: Served) -> None:
    tag = site.ask(MEDIUM).headers["etag"]

    fields = [("if-none-match", '"x"'), ("if-none-match", tag)]
    answer = site.client.request("GET", MEDIUM, headers=fields)

    assert answer.status_code == 304


def test_last_modified_is_when_the_version_began(site: Served) -> None:
    date = site.ask(FEED).headers["last-modified"]

    assert date == "Mon, 05 Jan 2026 09:00:00 GMT"
    assert site.ask(FEED, if_modified_since=date).status_code == 304


def test_a_condition_on_what_it_is_not_fails(site: Served) -> None:
    assert site.ask(FEED, if_match='"x"').status_code == 412


@pytest.mark.parametrize("path", [MEDIUM, FEED, "/assets/cover.png", "/show/story"])
def test_a_part_is_of_the_unpacked_bytes(site: Served, path: str) -> None:
    answer = site.ask(path, range="bytes=1-3", accept_encoding="gzip")

    assert answer.status_code == 206
    assert answer.content == plain(path)[1:4]
    assert answer.headers["content-range"] == f"bytes 1-3/{len(plain(path))}"
    assert answer.headers["content-length"] == "3"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", [MEDIUM, FEED])
def test_several_parts_come_as_multipart(site: Served, path: str) -> None:
    answer = site.ask(path, range="bytes=0-3,10-19,-5")

    assert answer.status_code == 206
    assert int(answer.headers["content-length"]) == len(answer.content)
    size = len(plain(path))
    assert parts(answer) == [
        (f"bytes 0-3/{size}", plain(path)[:4]),
        (f"bytes 10-19/{size}", plain(path)[10:20]),
        (f"bytes {size - 5}-{size - 1}/{size}", plain(path)[-5:]),
    ]


@pytest.mark.parametrize("path", [MEDIUM, FEED])
def test_a_part_out_of_reach_is_refused_with_the_size(site: Served, path: str) -> None:
    answer = site.ask(path, range="bytes=99999999-")

    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(plain(path))}"
    assert answer.content == b""


@pytest.mark.parametrize("wanted", ["bytes=abc", "seconds=0-9", "bytes=9-5", "0-9"])
def test_a_range_that_is_none_is_ignored(site: Served, wanted: str) -> None:
    answer = site.ask(MEDIUM, range=wanted)

    assert (answer.status_code, answer.content) == (200, SOUND)


def test_a_range_means_nothing_to_head(site: Served) -> None:
    answer = site.ask(MEDIUM, "HEAD", range="bytes=0-9")

    assert answer.status_code == 200
    assert answer.headers["content-length"] == str(len(SOUND))


def test_a_part_of_something_else_is_not_sent(site: Served) -> None:
    tag = site.ask(MEDIUM).headers["etag"]

    same = site.ask(MEDIUM, range="bytes=0-9", if_range=tag)
    other = site.ask(MEDIUM, range="bytes=0-9", if_range='"x"')

    assert (same.status_code, len(same.content)) == (206, 10)
    assert (other.status_code, other.content) == (200, SOUND)


def test_who_has_it_needs_no_part(site: Served) -> None:
    tag = site.ask(MEDIUM).headers["etag"]

    answer = site.ask(MEDIUM, range="bytes=0-9", if_none_match=tag)

    assert answer.status_code == 304


@pytest.mark.parametrize(
    "path", [path for path in PATHS if path != "/show/secret" and path[-4:] != ".png"]
)
def test_players_elsewhere_may_read_all_but_pages(site: Served, path: str) -> None:
    answer = site.ask(path)
    closed = PATHS[path].version.type.startswith(("text/html", "text/css"))

    origin = answer.headers.get("access-control-allow-origin")
    assert origin == (None if closed else "*")
    if not closed:
        exposed = answer.headers["access-control-expose-headers"]
        for name in ("Accept-Ranges", "Content-Length", "Content-Range", "ETag"):
            assert name in exposed


@pytest.mark.parametrize("path", PATHS)
def test_no_browser_guesses_a_type(site: Served, path: str) -> None:
    for answer in (site.ask(path), site.ask(path, range="bytes=0-0")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-release"] == "1"


def test_a_page_reaches_no_other_host(site: Served) -> None:
    policy = site.ask("/show/story").headers["content-security-policy"]

    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'"
    )


def test_an_embed_may_stand_in_any_page(site: Served) -> None:
    policy = site.ask("/show/story/embed").headers["content-security-policy"]

    assert policy.endswith("frame-ancestors *")


def test_a_pdf_is_downloaded_and_inert(site: Served) -> None:
    fields = site.ask("/show/documents/review.pdf").headers

    assert fields["content-disposition"] == "attachment"
    assert "sandbox" in fields["content-security-policy"]


def test_a_feed_is_inert(site: Served) -> None:
    assert "sandbox" in site.ask(FEED).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (FEED, "public, max-age=300,"),
        ("/show/story", "public, max-age=60,"),
        (MEDIUM, "public, max-age=86400, immutable"),
        ("/assets/cover.png", "public, max-age=31536000, immutable"),
        ("/show/secret", "no-store"),
    ],
)
def test_each_cache_class_is_kept_as_long_as_it_should(
    site: Served, path: str, kept: str
) -> None:
    assert site.ask(path).headers["cache-control"].startswith(kept)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("known", [False, True])
def test_no_answer_is_kept_past_the_turn(
    serve: Serve, store: TroubledStore, clock: SetClock, method: str, *, known: bool
) -> None:
    turn = NOON + timedelta(seconds=100)
    publish_release(store, {FEED: [feed("<old/>"), feed("<new/>").at(turn)]})
    site = serve(store)
    tag = site.ask(FEED).headers["etag"] if known else '"x"'
    clock.advance(timedelta(seconds=60.5))

    answer = site.ask(FEED, method, if_none_match=tag)

    assert answer.status_code == (304 if known else 200)
    assert answer.headers["cache-control"] == "public, max-age=39"


def test_a_feed_turns_by_itself_with_the_date_of_its_version(
    serve: Serve, store: TroubledStore, clock: SetClock
) -> None:
    turn = NOON + timedelta(seconds=100)
    publish_release(store, {FEED: [feed("<old/>"), feed("<new/>").at(turn)]})
    site = serve(store)
    before = site.ask(FEED)
    clock.advance(timedelta(seconds=100))
    store.away = True  # what is due was fetched before

    after = site.ask(FEED, if_none_match=before.headers["etag"])

    assert (before.content, after.content) == (b"<old/>", b"<new/>")
    assert after.headers["last-modified"] == "Tue, 01 Dec 2026 12:01:40 GMT"
    assert "stale-if-error" in after.headers["cache-control"]


def test_a_scheduled_end_is_a_notice_from_its_moment_on(
    serve: Serve, store: TroubledStore, clock: SetClock
) -> None:
    end = NOON + timedelta(hours=1)
    publish_release(store, {MEDIUM: [medium(SOUND), gone("ended", since=end)]})
    site = serve(store)
    assert site.ask(MEDIUM).headers["cache-control"] == "public, max-age=3600"

    clock.advance(timedelta(hours=1))

    assert site.ask(MEDIUM).status_code == 410
    assert site.ask(MEDIUM, range="bytes=0-9").status_code == 410


def test_a_site_on_plain_http_does_not_insist_on_https(
    serve: Serve, store: TroubledStore
) -> None:
    publish_release(store, PATHS, base_url="http://127.0.0.1:8000")

    assert "strict-transport-security" not in serve(store).ask("/").headers


def test_a_site_on_https_does(site: Served) -> None:
    assert "max-age=" in site.ask("/").headers["strict-transport-security"]


def test_a_large_text_is_unpacked_for_the_rare_client(
    serve: Serve, store: TroubledStore
) -> None:
    large = "<rss>" + "x" * 200_000 + "</rss>"
    publish_release(store, {FEED: feed(large)})

    answer = serve(store).ask(FEED, accept_encoding="br")

    assert answer.text == large


def test_media_are_asked_for_by_size_before_they_are_sent(
    serve: Serve, store: TroubledStore
) -> None:
    publish_release(store, {MEDIUM: medium(SOUND)})
    key = medium(SOUND).version.key or ""
    store.put(key, SOUND[:-1], meta=Meta(media_type="audio/mpeg"))

    assert serve(store).ask(MEDIUM).status_code == 503
