"""What a timer does: no edit goes out, what ended goes for good, apps are told."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from peru_media.fetching import WebFetcher
from peru_media.model.release import CURRENT_KEY, Tombstone, version_at
from peru_media.model.value import digest
from peru_media.publishing.collecting import collect, gather
from peru_media.publishing.ears import Hub
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.turning import turn
from tests.fetching.loopback import Reply, serving
from tests.newsroom import NOWHERE, Newsroom
from tests.projects import episode_files, write
from tests.publishing.test_building import consented, everything, source
from tests.stores import CountingStore, Stopped

DAY = timedelta(days=1)
STORY = "episodes/story-1/episode.md"


def _scheduled(newsroom: Newsroom) -> None:
    soon = newsroom.clock.now() + DAY
    write(newsroom.root, episode_files(3, publish=f"{soon:%Y-%m-%dT%H:%M:%SZ}"))
    newsroom.publish()


def _keys(newsroom: Newsroom, prefix: str) -> list[str]:
    return [one.key for one in newsroom.store.list(prefix)]


def test_nothing_due_costs_two_fetches_and_writes_nothing(newsroom: Newsroom) -> None:
    newsroom.publish()
    counted = CountingStore(newsroom.store)

    done = turn(newsroom.desk(counted))

    assert (done.due.nothing, done.release, done.published) == (True, 1, None)
    assert [name for name, _ in counted.calls] == ["get", "get"]


def test_before_the_first_release_nothing_is_due(newsroom: Newsroom) -> None:
    assert turn(newsroom.desk()).release == 0


def test_what_has_come_out_is_opened_and_no_edit_goes_with_it(
    newsroom: Newsroom,
) -> None:
    _scheduled(newsroom)
    newsroom.edit(STORY, "title: Story 1", "title: Unfinished")
    assert len(_keys(newsroom, "held/")) == 1
    newsroom.clock.advance(DAY)

    done = turn(newsroom.desk())

    assert [one.slug for one in done.due.waiting] == ["story-3"]
    assert (done.release, newsroom.root_of().number) == (2, 2)
    feed = newsroom.feed()
    assert b"Story 3" in feed
    assert b"Unfinished" not in feed
    live = read_live(newsroom.store, {})
    episodes = {one.slug: one for one in source(newsroom).episodes}
    key = episodes["story-3"].enclosure.key
    assert key.startswith("public/")
    versions = live.tables()["stories"][episodes["story-3"].enclosure.address]
    held = version_at(versions, newsroom.clock.now())
    assert held is not None
    assert held.key == key
    assert newsroom.store.head(key).size == held.size
    assert turn(newsroom.desk()).published is None


def test_publishing_after_it_changes_nothing(newsroom: Newsroom) -> None:
    _scheduled(newsroom)
    newsroom.clock.advance(DAY)
    turn(newsroom.desk())

    assert newsroom.publish().plan.nothing


def _ending(newsroom: Newsroom) -> None:
    consented(newsroom, "expires: 2026-11-02")
    newsroom.edit(STORY, "title: Story 1", "title: Canary tale")
    newsroom.publish()
    newsroom.edit("episodes/story-2/episode.md", "title: Story 2", "title: Another")
    newsroom.publish()


@pytest.mark.parametrize("by", ["timer", "publish"])
def test_what_has_ended_is_erased_from_every_release(
    newsroom: Newsroom, by: str
) -> None:
    _ending(newsroom)
    [ending] = [one for one in source(newsroom).episodes if one.slug == "story-1"]
    assert b"Canary" in everything(newsroom)
    newsroom.clock.advance(DAY)

    if by == "timer":
        done = turn(newsroom.desk())
        assert [one.slug for one in done.due.ended] == ["story-1"]
        assert done.erased > 0
    else:
        newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
        prepared = newsroom.prepare(max_delete=1)
        assert publish(prepared, newsroom.desk()).erased > 0

    assert b"Canary" not in everything(newsroom)
    assert not [key for key in _keys(newsroom, "") if f"/{ending.id}/" in key]
    live = read_live(newsroom.store, {})
    versions = live.tables()["stories"]["/stories/story-1"]
    held = version_at(versions, newsroom.clock.now())
    assert held is not None
    assert held.gone == "ended"
    assert _keys(newsroom, "releases/") == [live.current.key if live.current else ""]


def test_a_rehearsal_finds_it_and_writes_nothing(newsroom: Newsroom) -> None:
    _ending(newsroom)
    newsroom.clock.advance(DAY)
    counted = CountingStore(newsroom.store)

    done = turn(newsroom.desk(counted), rehearsal=True)

    assert [one.slug for one in done.due.ended] == ["story-1"]
    assert {name for name, _ in counted.calls} == {"get"}


def test_a_timeline_that_ends_soon_is_laid_out_further(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.clock.advance(45 * DAY)

    done = turn(newsroom.desk())

    assert (done.due.short, done.release) == (True, 2)
    assert newsroom.root_of().complete_until == newsroom.clock.now() + 90 * DAY


def test_apps_are_told_once_of_what_has_come_out(newsroom: Newsroom) -> None:
    _scheduled(newsroom)
    newsroom.clock.advance(DAY)
    with serving({"/": Reply(status=204)}) as site:
        hub = f"{site.url}/"
        fetcher = WebFetcher(allowed=frozenset({hub, NOWHERE}))
        desk = newsroom.desk(ears=(Hub(hub),), fetcher=fetcher)
        told, again = turn(desk).announced, turn(desk).announced

    heard = {parse_qs(asked.body.decode())["hub.url"][0] for asked in site.asked}
    assert ([one.ok for one in told], again) == ([True], ())
    assert heard == {
        f"{NOWHERE}{path}"
        for path in (
            "/feed.xml",
            "/publisher.xml",
            "/stories/feed.xml",
            "/stories/feed.json",
            "/stories/feed.atom",
        )
    }


def test_who_is_withdrawn_in_the_files_is_public_no_more(newsroom: Newsroom) -> None:
    """As where the target was away when they were withdrawn."""
    newsroom.publish()
    before = read_live(newsroom.store, {})
    ids = {one.slug: one.id for one in before.ledger().episodes.values()}
    guid = digest(b"guid-of-story-2")
    stone = Tombstone(guid=guid, at=newsroom.clock.now(), id=ids["story-2"])

    seen = turn(newsroom.desk(), withdrawn=[stone], rehearsal=True)
    done = turn(newsroom.desk(), withdrawn=[stone])
    again = turn(newsroom.desk(), withdrawn=[stone])

    assert [one.release for one in (seen, done, again)] == [1, 2, 2]
    live = read_live(newsroom.store, {})
    assert live.root is not None
    assert live.root.tombstones == (stone,)
    assert [one.slug for one in source(newsroom).episodes] == ["story-1"]
    assert not _keys(newsroom, f"public/{stone.id}/")
    assert not _keys(newsroom, f"state/episodes/{stone.id}/")


class _Killed(CountingStore):
    """Pulls the plug after the swap, before anything is erased."""

    def _before(self, verb: str, key: str) -> None:
        super()._before(verb, key)
        if verb == "list" and CURRENT_KEY in self.keys("put"):
            raise Stopped


@pytest.mark.parametrize("by", ["timer", "publish", "collection"])
def test_what_has_ended_is_erased_though_its_erasing_was_cut_off(
    newsroom: Newsroom, by: str
) -> None:
    _ending(newsroom)
    newsroom.clock.advance(DAY)
    with pytest.raises(Stopped):
        turn(newsroom.desk(_Killed(newsroom.store)))
    assert [one.slug for one in source(newsroom).episodes] == ["story-2"]
    assert b"Canary" in everything(newsroom)

    if by == "timer":
        assert turn(newsroom.desk()).erased > 0
        assert turn(newsroom.desk()).erased == 0
    elif by == "publish":
        newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
        newsroom.publish()
    else:
        newsroom.clock.advance(2 * DAY)
        gathered = gather(newsroom.desk(cache={}))  # on another machine
        assert gathered is not None
        collect(newsroom.desk(cache={}), gathered)

    assert b"Canary" not in everything(newsroom)
