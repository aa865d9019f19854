"""Every form of the feeds of a thousand sites passes the judge, and so does all."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from peru_media.model.source import Source
from tests.generated_sites import (
    BASE,
    NOON,
    feeds_of,
    generated_site,
    site_with_everything,
)
from tests.judges.accepted import blamed
from tests.judges.w3c import judge
from tests.sources import public_source
from tests.watching import resting

Record = Callable[[str, object], None]

SITES, CHUNKS = 1000, 5
SIZE = SITES // CHUNKS


def _blamed(site: Source) -> dict[str, list[str]]:
    """What is found in each feed of a site, by its path."""
    return {
        path: blamed(judge(data, now=NOON, url=BASE + path))
        for path, data in feeds_of(site).items()
    }


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_feeds_of_generated_sites_pass(chunk: int, record_property: Record) -> None:
    judged = 0
    with resting(chunk > 0):
        for seed in range(chunk * SIZE, (chunk + 1) * SIZE):
            found = _blamed(generated_site(seed))
            judged += len(found)
            assert {path: one for path, one in found.items() if one} == {}, seed
    what = f"{judged} feeds of {SIZE} generated sites (of {SITES}, part {chunk + 1})"
    record_property("figure", f"the W3C's rules: no findings in {what}")


def test_the_feed_with_every_tag_passes() -> None:
    found = _blamed(site_with_everything())

    assert len(found) >= 5
    assert {path: one for path, one in found.items() if one} == {}


def test_the_pages_of_an_archive_pass() -> None:
    site = public_source(205)
    [show] = site.shows
    [full, _] = site_with_everything().shows
    cut = show.model_copy(update={"feed_items": 10, "picture": full.picture})
    moved = tuple(
        one.model_copy(update={"published": NOON - timedelta(days=number)})
        for number, one in enumerate(site.episodes)
    )
    site = site.model_copy(update={"shows": (cut,), "episodes": moved})

    found = _blamed(site)

    assert {"/stories/feed/1.xml", "/stories/feed/3.xml"} <= found.keys()
    assert [one for many in found.values() for one in many] == []


def test_the_forms_of_one_site_are_all_there() -> None:
    forms = {path.rpartition("/")[2] for path in feeds_of(site_with_everything())}

    assert {"feed.xml", "feed.json", "feed.atom", "opml.xml"} <= forms
