"""What /oembed answers: our own episodes alone, and only while they are there."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from lxml import html

from peru_media.rendering.citation import cited_episode, csl_json
from tests.clocks import SetClock
from tests.releases import LONG_AGO, NOON, Planned, gone, page, publish_release
from tests.rendering.samples import make_episode, make_picture, make_show
from tests.server.conftest import Serve, Served
from tests.server.stores import TroubledStore

HOME = "https://media.example.org"
AT = "/personalisation/first"


def _release(*prefixes: str) -> dict[str, Planned]:
    work = cited_episode(
        make_episode(title='A "first" <story>', picture=make_picture("first")),
        make_show(),
        organisation="PERU",
        base_url=HOME,
    )
    rows = {f"{prefix}{AT}/embed": page("player") for prefix in ("", *prefixes)}
    cite = page(csl_json(work).decode(), kind="citation")
    return {**rows, AT: page("<p>a page</p>"), f"{AT}/cite.json": cite}


def _asked(site: Served, url: str, more: str = "", **headers: str) -> object:
    return site.ask(f"/oembed?url={quote(url, safe='')}{more}", **headers).json()


@pytest.fixture
def site(store: TroubledStore, serve: Serve) -> Served:
    publish_release(store, _release("/cy"))
    return serve(store)


def test_an_episode_is_embedded_by_its_own_player(site: Served) -> None:
    answer = site.ask(f"/oembed?format=json&url={quote(HOME + AT, safe='')}")

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    said = answer.json()
    (frame,) = html.fragments_fromstring(said.pop("html"))
    assert dict(frame.attrib) == {
        "src": f"{HOME}{AT}/embed",
        "title": 'A "first" <story>',
        "width": "640",
        "height": "280",
        "loading": "lazy",
    }
    assert said == {
        "version": "1.0",
        "type": "rich",
        "title": 'A "first" <story>',
        "author_name": "Personalisation",
        "author_url": f"{HOME}/personalisation",
        "provider_name": "PERU",
        "provider_url": f"{HOME}/",
        "cache_age": 86_400,
        "width": 640,
        "height": 280,
        "thumbnail_url": HOME + make_picture("first").address,
        "thumbnail_width": 1400,
        "thumbnail_height": 1400,
    }


@pytest.mark.parametrize(
    "url",
    [
        f"{HOME}{AT}/",
        f"{HOME}{AT}#t=134",
        f"{HOME}{AT}?from=mail",
        f"HTTPS://MEDIA.example.org{AT}",
    ],
)
def test_a_page_is_known_however_its_address_was_copied(site: Served, url: str) -> None:
    said = _asked(site, url)

    assert isinstance(said, dict)
    assert f'src="{HOME}{AT}/embed"' in said["html"]


def test_an_episode_without_any_picture_has_no_thumbnail(
    store: TroubledStore, serve: Serve
) -> None:
    work = cited_episode(
        make_episode(),
        make_show(picture=None),
        organisation="PERU",
        base_url=HOME,
    )
    bare = {f"{AT}/cite.json": page(csl_json(work).decode(), kind="citation")}
    publish_release(store, _release() | bare)

    assert "thumbnail_url" not in serve(store).ask(f"/oembed?url={HOME}{AT}").json()


def test_another_language_has_its_own_player(site: Served) -> None:
    said = _asked(site, f"{HOME}/cy{AT}")

    assert isinstance(said, dict)
    assert f'src="{HOME}/cy{AT}/embed"' in said["html"]
    assert said["author_url"] == f"{HOME}/cy/personalisation"


@pytest.mark.parametrize(
    ("room", "width", "height", "pictured"),
    [
        ("&maxwidth=320&maxheight=150", 320, 150, False),
        ("&maxwidth=2000&maxheight=2000", 640, 280, True),
        ("&maxwidth=0&maxheight=-5", 640, 280, True),
        ("&maxwidth=wide&maxheight=%D9%A3", 640, 280, True),
        ("&maxwidth=300", 300, 280, False),
    ],
)
def test_a_player_takes_no_more_room_than_there_is(
    site: Served, room: str, width: int, height: int, *, pictured: bool
) -> None:
    said = _asked(site, HOME + AT, room)

    assert isinstance(said, dict)
    assert (said["width"], said["height"]) == (width, height)
    assert f'width="{width}" height="{height}"' in said["html"]
    assert ("thumbnail_url" in said) is pictured


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "https://[",
        f"https://other.example{AT}",
        f"http://media.example.org{AT}",
        f"{HOME}:8443{AT}",
        f"https://media.example.org@evil.example{AT}",
        f"//media.example.org{AT}",
        f"{HOME}/",
        f"{HOME}/personalisation",
        f"{HOME}/personalisation/unknown",
        f"{HOME}/fr{AT}",
        f"{HOME}{AT}/embed",
        f"{HOME}{AT}/cite.json",
        f"{HOME}/../personalisation/first/..%2f",
        f"{HOME}{AT}\n",
    ],
)
def test_nothing_is_said_of_other_addresses(site: Served, url: str) -> None:
    answer = site.ask(f"/oembed?url={quote(url, safe='')}", host="media.example.org")

    # urllib leaves out line ends, as browsers do
    expected = 200 if url.endswith("\n") else 404
    assert answer.status_code == expected
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("form", ["xml", "yaml"])
def test_xml_is_not_spoken(site: Served, form: str) -> None:
    assert site.ask(f"/oembed?url={HOME}{AT}&format={form}").status_code == 501


def test_only_reading_is_allowed_and_a_head_has_no_body(site: Served) -> None:
    where = f"/oembed?url={quote(HOME + AT, safe='')}"

    assert site.ask(where, "POST").status_code == 405
    head = site.ask(where, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(site.ask(where).content)


def test_a_host_that_a_client_names_is_never_believed(site: Served) -> None:
    where = f"/oembed?url={quote(f'https://evil.example{AT}', safe='')}"

    assert site.ask(where, host="evil.example").status_code == 404
    where = f"/oembed?url={quote(HOME + AT, safe='')}"
    assert "evil" not in site.ask(where, host="evil.example").text


def test_an_episode_is_embedded_from_its_moment_to_its_end(
    store: TroubledStore, serve: Serve, clock: SetClock
) -> None:
    rows = _release()
    due = {path: row.at(NOON + timedelta(hours=1)) for path, row in rows.items()}
    publish_release(store, due)
    site = serve(store)
    where = f"/oembed?url={HOME}{AT}"
    assert site.ask(where).status_code == 404

    clock.advance(timedelta(hours=1))
    assert site.until(where, lambda said: said.status_code == 200).json()["html"]

    publish_release(store, dict.fromkeys(rows, gone(since=LONG_AGO)), number=2)
    site.until_release(2)
    assert site.ask(where).status_code == 404


@pytest.mark.parametrize("left", ["/embed", "/cite.json"])
def test_half_an_episode_is_none(store: TroubledStore, serve: Serve, left: str) -> None:
    publish_release(store, {f"{AT}{left}": _release()[f"{AT}{left}"]})

    assert serve(store).ask(f"/oembed?url={HOME}{AT}").status_code == 404


def test_a_citation_that_is_gone_is_not_embedded(
    store: TroubledStore, serve: Serve
) -> None:
    publish_release(store, _release() | {f"{AT}/cite.json": gone()})

    assert serve(store).ask(f"/oembed?url={HOME}{AT}").status_code == 404
