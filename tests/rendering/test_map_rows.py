import gzip
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from peru_media.model.release import Table
from peru_media.model.source import Episode, Source
from peru_media.rendering import map_rows
from peru_media.rendering.release import Rendering, render
from tests.rendering.samples import (
    BASE,
    NOON,
    TEXTS,
    make_document,
    make_episode,
    make_rich_episode,
    make_show,
    make_source,
)

DAY = timedelta(days=1)
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
MOST, LARGEST, LONGEST = 50_000, 50 << 20, 2048
SHOW = "/personalisation"


def _render(
    source: Source,
    *,
    at: datetime = NOON,
    before: Mapping[str, Table] | None = None,
    changed: Mapping[str, datetime] | None = None,
) -> Rendering:
    return render(
        source,
        at=at,
        until=NOON + 90 * DAY,
        texts=TEXTS.__getitem__,
        changed=changed or {},
        cache={},
        before=before,
    )


def _texts(made: Rendering, table: str, path: str) -> list[bytes]:
    """What an address says, one version after another."""
    versions = made.tables[table][path]
    return [gzip.decompress(made.objects[v.key]) if v.key else b"" for v in versions]


def _now(made: Rendering, table: str, path: str) -> bytes:
    return _texts(made, table, path)[0]


def _judged(text: bytes, name: str, entry: str) -> list[Any]:
    """The entries of a map that keeps the rules of sitemaps.org (protocol 0.9)."""
    root = etree.fromstring(text)
    assert root.tag == f"{SPACE}{name}"
    assert 1 <= len(root) <= MOST
    assert len(text) <= LARGEST
    assert len({one[0].text for one in root}) == len(root)
    for one in root:
        assert one.tag == f"{SPACE}{entry}"
        assert [part.tag for part in one[:2]] == [f"{SPACE}loc", f"{SPACE}lastmod"]
        assert all(part.tag == LINK for part in one[2:])
        assert one[0].text.startswith(f"{BASE}/")
        assert len(one[0].text) < LONGEST
        assert MOMENT.fullmatch(one[1].text)
    return list(root)


def _mapped(text: bytes) -> dict[str, str]:
    """Each address of a map, without the site's own, and when it changed."""
    pages = _judged(text, "urlset", "url")
    return {str(one[0].text).removeprefix(BASE): str(one[1].text) for one in pages}


def _indexed(made: Rendering) -> list[str]:
    maps = _judged(_now(made, "site", "/sitemap.xml"), "sitemapindex", "sitemap")
    return [str(one[0].text).removeprefix(BASE) for one in maps]


def test_the_maps_list_every_public_page_and_nothing_else() -> None:
    show = make_show(documents=(make_document("plan"),))
    made = _render(make_source(make_rich_episode(), make_episode(), shows=(show,)))

    assert _indexed(made) == ["/site/sitemap.xml", f"{SHOW}/sitemap.xml"]
    here = set(_mapped(_now(made, "site", "/site/sitemap.xml")))
    assert here == {"/", "/accessibility", "/privacy"}
    pages = {
        path
        for path, versions in made.tables["personalisation"].items()
        if versions[0].type.startswith("text/html")
        and not path.endswith(("/embed", ".html"))
    }
    assert {SHOW, f"{SHOW}/rich", f"{SHOW}/collections/stories"} <= pages
    assert set(_mapped(_now(made, "personalisation", f"{SHOW}/sitemap.xml"))) == pages


def test_what_is_not_public_is_on_no_map() -> None:
    source = make_source(
        make_episode("one", shows=("quiet",)),
        make_episode("two", shows=("secret",)),
        make_episode("three"),
        shows=(
            make_show(),
            make_show("quiet", visibility="unlisted"),
            make_show("secret", visibility="private"),
        ),
    )
    made = _render(source)

    told = b"".join(gzip.decompress(made.objects[key]) for key in _map_keys(made))
    assert b"three" in told
    for hidden in (b"quiet", b"secret", b"one", b"two"):
        assert hidden not in told.replace(b"version", b"").replace(BASE.encode(), b"")


def _map_keys(made: Rendering) -> list[str]:
    names = ("/sitemap.xml", "/robots.txt")
    return [
        version.key
        for table in made.tables.values()
        for path, versions in table.items()
        if path.endswith(names)
        for version in versions
        if version.key
    ]


def test_a_scheduled_page_is_on_the_map_from_its_moment_and_off_it_after_its_end() -> (
    None
):
    brief = make_episode("brief", published=NOON + DAY, until=NOON + 3 * DAY)
    made = _render(make_source(make_episode(), brief))

    versions = made.tables["personalisation"][f"{SHOW}/sitemap.xml"]
    assert [(one.since - NOON) // DAY for one in versions] == [0, 1, 3]
    maps = [
        _mapped(one) for one in _texts(made, "personalisation", f"{SHOW}/sitemap.xml")
    ]
    assert [f"{SHOW}/brief" in one for one in maps] == [False, True, False]
    assert maps[1][f"{SHOW}/brief"] == "2026-06-02T12:00:00Z"
    assert [(v.since - NOON) // DAY for v in made.tables["site"]["/sitemap.xml"]] == [
        0,
        1,
        3,
    ]


def test_a_map_is_gone_when_its_last_page_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_rows, "_MOST", 1)
    second = make_episode("second", published=NOON - DAY)
    made = _render(make_source(make_episode(until=NOON + DAY), second))

    versions = made.tables["personalisation"][f"{SHOW}/sitemap.xml"]
    assert [one.gone for one in versions] == [None, "ended"]
    whole = _texts(made, "site", "/sitemap.xml")
    assert [f"{SHOW}/sitemap.xml<".encode() in one for one in whole] == [True, False]


def test_a_map_without_a_page_waits_for_its_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(map_rows, "_MOST", 1)
    made = _render(make_source(make_episode(published=NOON + DAY)))

    (version,) = made.tables["personalisation"][f"{SHOW}/sitemap.xml"]
    assert version.since == NOON + DAY


def test_pages_keep_the_moment_since_when_they_are_as_they_are() -> None:
    early = NOON - 9 * DAY
    others = (
        make_episode("beside", published=NOON - 200 * DAY),
        make_episode("far", published=NOON - 300 * DAY),
    )
    before = make_source(make_episode(), *others)
    first = _render(before, at=early).tables
    source = make_source(make_episode(title="Another"), *others)
    changed = dict.fromkeys(first, NOON)
    made = _render(source, before=first, changed=changed)

    pages = _mapped(_now(made, "personalisation", f"{SHOW}/sitemap.xml"))
    assert pages == {
        SHOW: "2026-06-01T12:00:00Z",
        f"{SHOW}/beside": "2026-06-01T12:00:00Z",
        f"{SHOW}/far": "2026-05-23T12:00:00Z",
        f"{SHOW}/first": "2026-06-01T12:00:00Z",
    }
    again = _render(before, before=first, changed=dict.fromkeys(first, early))
    assert _map_keys(again) == _map_keys(_render(before, at=early))


def test_each_language_names_every_other_and_what_is_for_anybody_else() -> None:
    source = make_source(make_episode()).model_copy(
        update={"languages": ("en-GB", "cy")}
    )
    made = _render(source)

    text = _now(made, "personalisation", f"{SHOW}/sitemap.xml")
    pages = _judged(text, "urlset", "url")
    places = [str(one[0].text).removeprefix(BASE) for one in pages]
    assert places == [f"{SHOW}/first", f"/cy{SHOW}/first", SHOW, f"/cy{SHOW}"]
    for one in pages:
        links = {link.get("hreflang"): link.get("href") for link in one[2:]}
        plain = str(one[0].text).replace("/cy", "")
        welsh = plain.replace(BASE, f"{BASE}/cy")
        assert links == {"en-GB": plain, "cy": welsh, "x-default": plain}
        assert {link.get("rel") for link in one[2:]} == {"alternate"}


def test_a_long_list_is_cut_so_that_a_new_page_touches_the_last_map_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(map_rows, "_MOST", 10)

    def catalogue(number: int) -> tuple[Episode, ...]:
        return tuple(
            make_episode(f"e-{n}", published=NOON - timedelta(days=100 - n))
            for n in range(number)
        )

    first = _render(make_source(*catalogue(35)))
    second = _render(make_source(*catalogue(36)), before=first.tables)

    names = [f"{SHOW}/sitemap{n}.xml" for n in ("", 2, 3, 4)]
    assert _indexed(second) == ["/site/sitemap.xml", *names]
    keys = [
        {name: made.tables["personalisation"][name][0].key for name in names}
        for made in (first, second)
    ]
    assert [name for name in names if keys[0][name] != keys[1][name]] == names[3:]
    pages = [_mapped(_now(second, "personalisation", name)) for name in names]
    assert [len(one) for one in pages] == [10, 10, 10, 7]


def test_robots_may_ask_for_all_but_searches() -> None:
    source = make_source(make_episode()).model_copy(
        update={"languages": ("en-GB", "cy"), "base_url": f"{BASE}/media"}
    )
    made = _render(source)

    (version,) = made.tables["site"]["/robots.txt"]
    assert version.type == "text/plain; charset=utf-8"
    assert _now(made, "site", "/robots.txt").decode() == (
        "User-agent: *\n"
        "Disallow: /media/search$\n"
        "Disallow: /media/search?\n"
        "Disallow: /media/cy/search$\n"
        "Disallow: /media/cy/search?\n"
        "\n"
        f"Sitemap: {BASE}/media/sitemap.xml\n"
    )
