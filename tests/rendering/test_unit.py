"""The publisher's feed and its shows name each other, and nobody else."""

import gzip
from datetime import timedelta
from typing import Any

import pytest

from peru_media.model.address import is_slug, podcast_guid
from peru_media.model.podcast import PodcastShow
from peru_media.model.release import Ledger, Version
from peru_media.model.remote import PodrollField, PublisherField, RemoteItemField
from peru_media.model.source import Show
from peru_media.rendering.release import Rendering, render
from peru_media.rendering.unit import publisher_guid
from tests.rendering.reading import read
from tests.rendering.samples import (
    BASE,
    NOON,
    TEXTS,
    make_episode,
    make_show,
    make_source,
)

DAY = timedelta(days=1)
PODCAST = "{https://podcastindex.org/namespace/1.0}"
GUIDS = {
    "one": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
    "two": "9b024349-ccf0-5f69-a609-6b82873eab3c",
}
OURS = podcast_guid(f"{BASE}/publisher.xml")


def _show(slug: str, **change: Any) -> Show:
    guid = GUIDS.get(slug, "ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
    return make_show(slug, guid=guid, title=slug.capitalize(), **change)


def _rendered(*shows: Show, later: str = "", **change: Any) -> Rendering:
    episodes = (
        make_episode(
            f"story-of-{show.slug}",
            shows=(show.slug,),
            published=NOON + DAY if show.slug == later else NOON - DAY,
        )
        for show in shows
        if show.slug != "empty"
    )
    return render(
        make_source(*episodes, shows=shows, **change),
        at=NOON,
        until=NOON + 90 * DAY,
        texts=TEXTS.__getitem__,
        changed={},
        cache={},
    )


def _channels(made: Rendering, path: str, *, table: str = "site") -> list[Any]:
    versions: tuple[Version, ...] = made.tables[table].get(path, ())
    keys = [str(version.key) for version in versions]
    return [read(gzip.decompress(made.objects[key])) for key in keys]


def _feed(made: Rendering, slug: str) -> Any:
    return _channels(made, f"/{slug}/feed.xml", table=slug)[0]


def _items(parent: Any) -> list[dict[str, str]]:
    return [dict(item.attrib) for item in parent.findall(f"{PODCAST}remoteItem")]


def _named(slug: str) -> dict[str, str]:
    return {"feedGuid": GUIDS[slug], "feedUrl": f"{BASE}/{slug}/feed.xml"}


def test_the_publishers_feed_names_every_public_show() -> None:
    made = _rendered(
        _show("one"),
        _show("two", podcast=PodcastShow(medium="video")),
        _show("hidden", visibility="unlisted"),
        _show("closed", visibility="private"),
        _show("empty"),
    )

    (channel,) = _channels(made, "/publisher.xml")

    assert channel.findtext(f"{PODCAST}medium") == "publisher"
    assert channel.findtext(f"{PODCAST}guid") == OURS
    assert _items(channel) == [_named("one"), _named("two") | {"medium": "video"}]
    assert channel.findall("item") == []
    assert "/publisher.xml" in made.forms


def test_every_public_show_names_its_publisher_in_turn() -> None:
    made = _rendered(_show("one"), _show("hidden", visibility="unlisted"))

    (publisher,) = _feed(made, "one").findall(f"{PODCAST}publisher")

    there = {"medium": "publisher", "feedGuid": OURS}
    assert _items(publisher) == [there | {"feedUrl": f"{BASE}/publisher.xml"}]
    assert _feed(made, "hidden").find(f"{PODCAST}publisher") is None


def test_a_show_of_another_publisher_is_left_to_that_one() -> None:
    named = PublisherField(feed_guid=GUIDS["two"])
    made = _rendered(_show("one", podcast=PodcastShow(publisher=named)))

    (publisher,) = _feed(made, "one").findall(f"{PODCAST}publisher")

    assert _items(publisher)[0]["feedGuid"] == GUIDS["two"]
    assert _items(_channels(made, "/publisher.xml")[0]) == []


def test_a_publisher_keeps_the_guid_that_it_had_elsewhere() -> None:
    made = _rendered(_show("one"), publisher_guid=GUIDS["two"])

    (channel,) = _channels(made, "/publisher.xml")

    assert channel.findtext(f"{PODCAST}guid") == GUIDS["two"]
    publisher = _feed(made, "one").find(f"{PODCAST}publisher")
    assert _items(publisher)[0]["feedGuid"] == GUIDS["two"]


def test_without_a_public_show_there_is_no_publisher() -> None:
    made = _rendered(_show("hidden", visibility="unlisted"))

    assert "/publisher.xml" not in made.tables["site"]


def test_shows_recommend_the_units_other_public_ones() -> None:
    hidden = _show("hidden", visibility="unlisted")
    made = _rendered(_show("one"), _show("two"), hidden, _show("empty"))

    roll = _feed(made, "one").find(f"{PODCAST}podroll")

    assert _items(roll) == [_named("two") | {"title": "Two"}]
    assert _feed(made, "hidden").find(f"{PODCAST}podroll") is None


OWN = PodrollField(remote_item=(RemoteItemField(feed_guid=GUIDS["one"]),))


@pytest.mark.parametrize(
    ("change", "source", "guids"),
    [
        ({}, {}, [GUIDS["two"]]),
        ({}, {"podroll": False}, None),
        ({"podcast": PodcastShow(podroll=OWN)}, {}, [GUIDS["one"]]),
        ({"podcast": PodcastShow(podroll=OWN)}, {"podroll": False}, [GUIDS["one"]]),
        ({"podcast": PodcastShow(medium="video")}, {}, [GUIDS["two"]]),
    ],
)
def test_staff_say_what_a_show_recommends(
    change: dict[str, Any], source: dict[str, Any], guids: list[str] | None
) -> None:
    made = _rendered(_show("one", **change), _show("two"), **source)

    roll = _feed(made, "one").find(f"{PODCAST}podroll")

    found = None if roll is None else [item["feedGuid"] for item in _items(roll)]
    assert found == guids


def test_a_show_is_recommended_from_the_moment_it_begins() -> None:
    made = _rendered(_show("one"), _show("two"), later="two")

    now, then = _channels(made, "/one/feed.xml", table="one")
    listed = _channels(made, "/publisher.xml")

    assert now.find(f"{PODCAST}podroll") is None
    assert _items(then.find(f"{PODCAST}podroll")) == [_named("two") | {"title": "Two"}]
    assert [len(_items(channel)) for channel in listed] == [1, 2]
    (since, later) = made.tables["one"]["/one/feed.xml"]
    assert (since.since, later.since) == (NOON, NOON + DAY)


def test_archive_pages_say_nothing_of_others_so_that_they_never_change() -> None:
    episodes = [make_episode(f"e{n}", published=NOON - n * DAY) for n in range(101)]
    other = make_episode("other", shows=("two",))
    made = render(
        make_source(*episodes, other, shows=(make_show(feed_items=5), _show("two"))),
        at=NOON,
        until=NOON + DAY,
        texts=TEXTS.__getitem__,
        changed={},
        cache={},
    )

    (page,) = _channels(made, "/personalisation/feed/1.xml", table="personalisation")

    assert page.find(f"{PODCAST}podroll") is None
    assert page.find(f"{PODCAST}publisher") is None
    assert _feed(made, "personalisation").find(f"{PODCAST}podroll") is not None


def test_a_long_title_is_cut_to_what_a_podroll_allows() -> None:
    two = _show("two").model_copy(update={"title": "T" * 200})
    made = _rendered(_show("one"), two)

    (item,) = _items(_feed(made, "one").find(f"{PODCAST}podroll"))

    assert len(item["title"]) == 128


def test_a_publisher_keeps_its_guid_when_the_site_moves() -> None:
    first = publisher_guid(Ledger(), BASE)
    kept = Ledger(shows={"publisher": first})

    assert first == OURS
    assert publisher_guid(kept, "https://elsewhere.example.org") == first
    assert not is_slug("publisher")
