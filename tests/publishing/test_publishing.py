from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from peru_media.errors import (
    ConflictError,
    ContentError,
    PreconditionError,
    RefusedError,
    StoreUnavailableError,
)
from peru_media.fetching import WebFetcher
from peru_media.model.release import CURRENT_KEY, parse_table, version_at
from peru_media.planning import Plan
from peru_media.ports import Meta
from peru_media.publishing.ears import Hub
from peru_media.publishing.live import read_live, unpack
from peru_media.publishing.memo import recall, remember
from peru_media.publishing.publishing import publish
from peru_media.publishing.texts import published_texts
from peru_media.rendering.transcript_forms import transcript_form
from tests.clocks import SetClock
from tests.fetching.loopback import Asked, Reply, serving
from tests.media.samples import sound as film
from tests.newsroom import NOWHERE, Newsroom
from tests.projects import SHOW, SHOW_GUID, cover, episode_files, write
from tests.stores import CountingStore

STORY = "episodes/story-1/episode.md"


def test_the_first_publish_is_release_1(newsroom: Newsroom) -> None:
    published = newsroom.publish()

    assert published.release == 1
    assert newsroom.current().release == 1
    assert b"<title>Story 2</title>" in newsroom.feed()


def test_media_go_before_pages_before_feeds_before_the_root(
    newsroom: Newsroom,
) -> None:
    store = CountingStore(newsroom.store)

    newsroom.publish(store)

    puts = [key for name, key in store.calls if name == "put"]
    feed = newsroom.root_of().tables["stories"]
    versions = parse_table(unpack(newsroom.store, feed.key))["/stories/feed.xml"]
    media = max(i for i, key in enumerate(puts) if key.startswith("public/"))
    pages = min(i for i, key in enumerate(puts) if key.startswith("state/episodes/"))
    assert media < pages < puts.index(str(versions[0].key)) < puts.index(feed.key)
    assert puts[-2].startswith("releases/1-")
    assert puts[-1] == CURRENT_KEY


def test_every_new_object_is_looked_at_before_the_swap(newsroom: Newsroom) -> None:
    store = CountingStore(newsroom.store)

    newsroom.publish(store)

    swap = store.calls.index(("put", CURRENT_KEY))
    seen = {key for name, key in store.calls[:swap] if name == "head"}
    sent = {key for name, key in store.calls if name == "put"}
    assert sent - seen == {CURRENT_KEY, newsroom.current().key}


def test_publishing_again_sends_nothing_and_lists_nothing(newsroom: Newsroom) -> None:
    first = newsroom.publish()
    before = newsroom.feed()
    newsroom.clock.advance(timedelta(hours=5))
    store = CountingStore(newsroom.store)

    again = newsroom.publish(store)

    assert [name for name, _ in store.calls] == ["get", "get"]
    assert (again.release, again.sent) == (first.release, 0)
    assert again.plan.nothing
    assert newsroom.feed() == before


def test_what_was_found_live_is_remembered_for_these_files(newsroom: Newsroom) -> None:
    prepared = newsroom.prepare()
    published = publish(prepared, newsroom.desk())
    remember(newsroom.desk(), "files", prepared, published)
    store = CountingStore(newsroom.store)

    again = recall(newsroom.desk(store), "files")

    assert again is not None
    assert again.plan.nothing
    assert [name for name, _ in store.calls] == ["get", "get"]
    assert recall(newsroom.desk(), "other files") is None
    assert recall(newsroom.desk(base_url="http://127.0.0.1:10"), "files") is None


def test_nothing_is_remembered_beyond_the_day(newsroom: Newsroom) -> None:
    prepared = newsroom.prepare()
    remember(newsroom.desk(), "files", prepared, publish(prepared, newsroom.desk()))

    newsroom.clock.advance(timedelta(days=1))

    assert recall(newsroom.desk(), "files") is None


def test_nothing_is_remembered_once_a_colleague_published(newsroom: Newsroom) -> None:
    prepared = newsroom.prepare()
    remember(newsroom.desk(), "files", prepared, publish(prepared, newsroom.desk()))
    newsroom.edit(STORY, "Story 1", "Another")
    newsroom.publish()

    assert recall(newsroom.desk(), "files") is None


def test_a_changed_title_keeps_guid_id_and_page(newsroom: Newsroom) -> None:
    newsroom.publish()
    before = read_live(newsroom.store, {}).ledger().episodes
    newsroom.edit(STORY, "title: Story 1", "title: Another title")

    published = newsroom.publish()

    after = read_live(newsroom.store, {}).ledger().episodes
    assert published.release == 2
    assert {e.guid for e in after.values()} == {e.guid for e in before.values()}
    assert b"Another title" in newsroom.feed()


def test_a_renamed_folder_changes_no_identity(newsroom: Newsroom) -> None:
    newsroom.publish()
    before = read_live(newsroom.store, {}).ledger().episodes
    (newsroom.root / "episodes/story-1").rename(newsroom.root / "episodes/renamed")

    newsroom.publish()

    after = read_live(newsroom.store, {}).ledger().episodes
    assert set(after) == set(before)
    assert {entry.name for entry in after.values()} == {"story-1", "story-2"}
    table = read_live(newsroom.store, {}).tables()["stories"]
    assert table["/stories/story-1"][0].gone == "removed"
    assert table["/stories/renamed"][0].key


def test_an_absent_master_is_kept_as_published(newsroom: Newsroom) -> None:
    newsroom.publish()
    before = newsroom.feed()
    master = newsroom.root / "episodes/story-1/audio.mp3"
    facts = newsroom.maker.facts([master])[master]
    newsroom.edit(
        STORY, "title: Story 1", f"media: {{sha256: {facts.sha256}}}\ntitle: Story 1"
    )
    master.unlink()

    again = newsroom.publish()

    assert again.plan.nothing
    assert newsroom.feed() == before


def test_a_removed_episode_answers_gone_and_is_remembered(newsroom: Newsroom) -> None:
    write(
        newsroom.root, {k: v for n in range(3, 8) for k, v in episode_files(n).items()}
    )
    newsroom.publish()
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")

    newsroom.publish()

    live = read_live(newsroom.store, {})
    assert live.tables()["stories"]["/stories/story-1"][0].gone == "removed"
    retired = [e for e in live.ledger().episodes.values() if e.retired]
    assert [entry.name for entry in retired] == ["story-1"]
    assert b"Story 1<" not in newsroom.feed()


def test_a_transcript_of_another_kind_leaves_no_form_gone(newsroom: Newsroom) -> None:
    newsroom.publish()
    folder = newsroom.root / "episodes/story-1"
    vtt = folder / "transcript.vtt"
    srt = transcript_form(vtt.read_bytes(), media_type="text/vtt", kind="srt")
    vtt.unlink()
    (folder / "transcript.srt").write_bytes(srt)

    newsroom.publish()

    table = read_live(newsroom.store, {}).tables()["stories"]
    rows = {path: row for path, row in table.items() if "story-1/transcript" in path}
    assert list(rows) == ["/stories/story-1/transcript.srt"]
    assert rows["/stories/story-1/transcript.srt"][0].gone is None


def test_captions_go_out_as_given_and_only_over_a_film(newsroom: Newsroom) -> None:
    folder = newsroom.root / "episodes/story-1"
    (folder / "audio.mp3").unlink()
    film(folder / "film.mp4", "aac", film=True)
    given = "1\n00:00:00,000 --> 00:00:00,900\n[Music]\n"
    for name in ("story-1", "story-2"):
        newsroom.write(**{f"episodes/{name}/captions.srt": given})
        title = f"title: Story {name[-1]}"
        add = f"{title}\ncaptions: captions.srt"
        newsroom.edit(f"episodes/{name}/episode.md", title, add)

    newsroom.publish()

    live = read_live(newsroom.store, {})
    table = live.tables()["stories"]
    rows = {path: row for path, row in table.items() if "/captions." in path}
    assert list(rows) == ["/stories/story-1/captions.srt"]
    (version,) = rows["/stories/story-1/captions.srt"]
    assert unpack(newsroom.store, str(version.key)).decode() == given
    source = live.source()
    assert source is not None
    (shown,) = (one.captions for one in source.episodes if one.captions)
    texts = published_texts(source, live.tables(), newsroom.store)
    assert texts(shown.sha256).decode() == given


def test_a_feed_that_would_lose_too_much_is_refused(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")

    with pytest.raises(RefusedError, match="--max-delete 1"):
        newsroom.prepare()

    assert newsroom.prepare(max_delete=1).plan.counted("removed") == 1


def test_moving_dates_to_the_future_is_refused_as_a_loss(newsroom: Newsroom) -> None:
    newsroom.publish()
    for number in (1, 2):
        page = f"episodes/story-{number}/episode.md"
        newsroom.edit(page, "publish: 2026-03-03 09:00", "publish: 2027-12-30 09:00")

    with pytest.raises(RefusedError, match="--max-delete 2"):
        newsroom.prepare()


def test_a_feed_that_is_left_empty_on_purpose_still_answers(
    newsroom: Newsroom,
) -> None:
    newsroom.publish()
    for number in (1, 2):
        page = f"episodes/story-{number}/episode.md"
        newsroom.edit(page, "publish: 2026-03-03 09:00", "publish: draft")

    publish(newsroom.prepare(max_delete=2), newsroom.desk())

    assert b"<item>" not in newsroom.feed()
    assert newsroom.publish().plan.nothing


def test_a_show_that_begins_by_itself_leaves_others_nothing_to_publish(
    newsroom: Newsroom,
) -> None:
    """Other shows recommend it from then on, by what is published now."""
    guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    files = episode_files(3, publish="2026-11-03 09:00")
    page = str(files["episodes/story-3/episode.md"])
    files["episodes/story-3/episode.md"] = page.replace("show: stories", "show: tales")
    files["feeds/tales/show.md"] = SHOW.format(guid=guid).replace("Stories", "Tales")
    files["feeds/tales/cover.png"] = cover()
    write(newsroom.root, files)
    newsroom.publish()
    before = newsroom.feed()

    newsroom.clock.advance(timedelta(days=2))

    assert b"podcast:podroll" not in before
    assert b"podcast:podroll" in newsroom.feed()
    assert "stories" not in newsroom.prepare().build.fresh


def test_an_error_in_the_files_stops_a_publish(newsroom: Newsroom) -> None:
    (newsroom.root / "episodes/story-1/transcript.vtt").unlink()

    with pytest.raises(ContentError, match="E201"):
        newsroom.prepare()


def test_a_changed_guid_is_refused_for_safety(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "guid-of-story-1", "another-guid-of-story-1")

    with pytest.raises(RefusedError):
        newsroom.prepare()


def test_a_changed_show_guid_is_refused_for_safety(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit("feeds/stories/show.md", SHOW_GUID, SHOW_GUID.replace("5", "6"))

    with pytest.raises(RefusedError):
        newsroom.prepare()


def test_a_saved_plan_is_good_until_something_changes(newsroom: Newsroom) -> None:
    saved = Plan.model_validate_json(newsroom.prepare().plan.model_dump_json())
    newsroom.clock.advance(timedelta(minutes=5))

    assert newsroom.prepare(saved=saved).plan.source == saved.source

    newsroom.edit(STORY, "title: Story 1", "title: Changed")
    with pytest.raises(ConflictError, match="files have changed"):
        newsroom.prepare(saved=saved)


def test_a_saved_plan_fixes_what_now_means(newsroom: Newsroom) -> None:
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: now")
    saved = newsroom.prepare().plan
    newsroom.clock.advance(timedelta(minutes=5))

    prepared = newsroom.prepare(saved=saved)

    published = {e.slug: e.published for e in prepared.build.source.episodes}
    assert published["story-1"] == saved.at


def test_now_keeps_the_moment_of_its_first_publish(newsroom: Newsroom) -> None:
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: now")
    newsroom.publish()
    first = newsroom.feed()
    newsroom.clock.advance(timedelta(hours=1))

    assert newsroom.publish().plan.nothing
    assert newsroom.feed() == first


def test_a_colleague_who_was_first_wins(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "title: Story 1", "title: Mine")
    mine = newsroom.prepare()
    newsroom.edit(STORY, "title: Mine", "title: Theirs")
    newsroom.publish(by="alex")

    with pytest.raises(ConflictError, match="alex published release 2"):
        publish(mine, newsroom.desk())

    assert b"Theirs" in newsroom.feed()


class LostReply(CountingStore):
    """The swap succeeds, and its answer is lost."""

    def _after(self, verb: str, key: str) -> None:
        super()._after(verb, key)
        if (verb, key) == ("put", CURRENT_KEY):
            msg = "the connection was reset"
            raise StoreUnavailableError(msg)


class RefusedReply(CountingStore):
    """The swap succeeds, is tried again below, and then is refused."""

    def _after(self, verb: str, key: str) -> None:
        super()._after(verb, key)
        if (verb, key) == ("put", CURRENT_KEY):
            raise PreconditionError(key)


@pytest.mark.parametrize("store", [LostReply, RefusedReply])
def test_a_lost_reply_after_the_swap_is_read_back(
    newsroom: Newsroom, store: type[CountingStore]
) -> None:
    published = newsroom.publish(store(newsroom.store))

    assert published.release == newsroom.current().release == 1


def test_only_the_list_of_deletions_changed_so_the_swap_goes_on(
    newsroom: Newsroom,
) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "title: Story 1", "title: Mine")
    mine = newsroom.prepare()
    _begin_erasing(newsroom, "state/shared/orphan")

    published = publish(mine, newsroom.desk())

    assert published.release == newsroom.current().release == 2
    assert newsroom.current().erasing == ()


def _begin_erasing(newsroom: Newsroom, key: str) -> None:
    live = read_live(newsroom.store, {})
    assert live.current is not None
    meta = newsroom.desk().store.head(CURRENT_KEY)
    listed = live.current.model_copy(update={"erasing": (key,)})
    newsroom.store.put(key, b"x", meta=Meta(media_type="text/plain"))
    newsroom.store.put(
        CURRENT_KEY,
        listed.to_bytes(),
        meta=Meta(media_type=meta.media_type),
        if_match=live.etag,
    )


def test_a_list_of_deletions_is_finished_first(newsroom: Newsroom) -> None:
    newsroom.publish()
    _begin_erasing(newsroom, "state/shared/orphan")

    newsroom.prepare()

    assert "state/shared/orphan" not in {o.key for o in newsroom.store.list("")}
    assert newsroom.current().erasing == ()


def test_a_rehearsal_writes_nothing_at_all(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "title: Story 1", "title: Changed")
    _begin_erasing(newsroom, "state/shared/orphan")
    store = CountingStore(newsroom.store)

    newsroom.prepare(store, rehearsal=True)

    assert {name for name, _ in store.calls} == {"get"}
    assert newsroom.current().erasing == ("state/shared/orphan",)


def test_what_is_remembered_is_carried_out(newsroom: Newsroom) -> None:
    prepared = newsroom.prepare()
    remember(newsroom.desk(), "files", prepared, publish(prepared, newsroom.desk()))

    again = recall(newsroom.desk(), "files")

    assert again is not None
    assert {e.change for e in again.plan.episodes} == {"same"}
    assert [(s.before, s.after, s.removed) for s in again.plan.shows] == [(2, 2, 0)]


def test_a_scheduled_episode_is_held_and_turns_by_itself(newsroom: Newsroom) -> None:
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: 2026-11-03 09:00")

    newsroom.publish()

    table = read_live(newsroom.store, {}).tables()["stories"]
    feed = table["/stories/feed.xml"]
    tomorrow = newsroom.clock.now() + timedelta(days=1)
    assert b"Story 1<" not in unpack(newsroom.store, str(feed[0].key))
    later = version_at(feed, tomorrow)
    assert later is not None
    assert b"Story 1<" in unpack(newsroom.store, str(later.key))
    assert version_at(table["/stories/story-1"], newsroom.clock.now()) is None
    media = [path for path in table if path.endswith("story-1.mp3")]
    assert version_at(table[media[0]], newsroom.clock.now()) is None
    assert str(table[media[0]][0].key).startswith("held/")


def test_after_its_moment_its_media_open_and_no_page_is_sent(
    newsroom: Newsroom,
) -> None:
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: 2026-11-03 09:00")
    newsroom.publish()
    newsroom.clock.advance(timedelta(days=2))
    store = CountingStore(newsroom.store)

    newsroom.publish(store)

    puts = [key for name, key in store.calls if name == "put"]
    assert len([key for key in puts if key.startswith("public/")]) == 1
    assert not [key for key in puts if key.startswith("state/episodes/")]


def test_a_long_publish_looks_whether_a_colleague_won(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "title: Story 1", "title: Mine")
    mine = newsroom.prepare()
    newsroom.edit(STORY, "title: Mine", "title: Theirs")
    newsroom.publish(by="alex")

    class Slow(CountingStore):
        def _before(self, verb: str, key: str) -> None:
            super()._before(verb, key)
            newsroom.clock.seconds += 11 * (verb == "put")

    store = Slow(newsroom.store)
    with pytest.raises(ConflictError, match=r"alex published release 2 .* make plan"):
        publish(mine, newsroom.desk(store))

    assert sum(name == "put" for name, _ in store.calls) == 1


def test_deleting_what_a_publish_relies_on_is_made_good(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "title: Story 1", "title: Mine")
    mine = newsroom.prepare()
    medium = next(p.key for p in mine.parcels if p.stage == "media")

    class Collecting(CountingStore):
        """Just before the swap a collection lists, and begins to delete, ours."""

        def _before(self, verb: str, key: str) -> None:
            super()._before(verb, key)
            if (verb, key) == ("put", CURRENT_KEY) and not begun:
                begun.append(key)
                _begin_erasing(newsroom, medium)

    begun: list[str] = []
    publish(mine, newsroom.desk(Collecting(newsroom.store)))

    assert newsroom.store.head(medium).size > 0
    assert newsroom.current().erasing == ()
    assert newsroom.current().release == 2


def test_a_swap_that_was_won_and_overtaken_is_no_conflict(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "title: Story 1", "title: Mine")
    mine = newsroom.prepare()

    class Overtaken(CountingStore):
        def _after(self, verb: str, key: str) -> None:
            super()._after(verb, key)
            if (verb, key) == ("put", CURRENT_KEY):
                newsroom.edit(STORY, "title: Mine", "title: Theirs")
                newsroom.publish(by="alex")
                msg = "the connection was reset"
                raise StoreUnavailableError(msg)

    published = publish(mine, newsroom.desk(Overtaken(newsroom.store)))

    assert (published.release, newsroom.current().release) == (2, 3)


def test_a_store_that_never_answers_the_swap_is_given_up(newsroom: Newsroom) -> None:
    class Deaf(CountingStore):
        def _before(self, verb: str, key: str) -> None:
            super()._before(verb, key)
            if (verb, key) == ("put", CURRENT_KEY):
                msg = "no answer"
                raise StoreUnavailableError(msg)

    with pytest.raises(StoreUnavailableError):
        newsroom.publish(Deaf(newsroom.store))

    assert not list(newsroom.store.list(CURRENT_KEY))


@pytest.mark.parametrize("minutes", [-5, 2, 60 * 48])
def test_the_clock_of_the_machine_decides_nothing(
    newsroom: Newsroom, minutes: int
) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "title: Story 1", "title: Changed")
    newsroom.clock.advance(timedelta(hours=1))
    wrong = SetClock(newsroom.clock.now() + timedelta(minutes=minutes))

    newsroom.publish(clock=wrong)

    assert newsroom.root_of().made == newsroom.clock.now()
    assert b"Changed" in newsroom.feed()


def test_dates_never_go_back(newsroom: Newsroom) -> None:
    newsroom.publish()
    first = newsroom.root_of().made
    newsroom.clock.advance(timedelta(minutes=-10))
    newsroom.edit(STORY, "title: Story 1", "title: Changed")

    newsroom.publish()

    assert newsroom.root_of().made == first


def test_a_show_that_gets_another_name_keeps_its_media(newsroom: Newsroom) -> None:
    newsroom.publish()
    before = read_live(newsroom.store, {}).tables()["stories"]
    media = [path for path in before if path.startswith("/media/")]
    (newsroom.root / "feeds/stories").rename(newsroom.root / "feeds/tales")
    for number in (1, 2):
        page = f"episodes/story-{number}/episode.md"
        newsroom.edit(page, "show: stories", "show: tales")

    publish(newsroom.prepare(max_delete=2), newsroom.desk())

    tables = read_live(newsroom.store, {}).tables()
    now = newsroom.clock.now()
    for path in media:
        held = [version_at(t[path], now) for t in tables.values() if path in t]
        assert all(version and version.key for version in held)
    assert tables["stories"]["/stories/feed.xml"][-1].gone == "removed"


def test_the_order_of_shows_changes_no_identity(newsroom: Newsroom) -> None:
    other = SHOW_GUID.replace("5cd87abd", "aaaaaaaa")
    show = (newsroom.root / "feeds/stories/show.md").read_text()
    cover_ = (newsroom.root / "feeds/stories/cover.png").read_bytes()
    tales = show.replace(SHOW_GUID, other).replace("title: Stories", "title: Tales")
    write(
        newsroom.root, {"feeds/tales/show.md": tales, "feeds/tales/cover.png": cover_}
    )
    newsroom.edit(STORY, "show: stories", "show: [stories, tales]")
    newsroom.publish()
    before = set(read_live(newsroom.store, {}).ledger().episodes)
    newsroom.edit(STORY, "show: [stories, tales]", "show: [tales, stories]")

    newsroom.publish()

    after = read_live(newsroom.store, {}).ledger().episodes
    assert set(after) == before
    assert not [entry for entry in after.values() if entry.retired]


def test_now_brings_a_scheduled_episode_out_at_once(newsroom: Newsroom) -> None:
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: 2026-11-20 09:00")
    newsroom.publish()
    newsroom.edit(STORY, "publish: 2026-11-20 09:00", "publish: now")
    newsroom.clock.advance(timedelta(hours=1))

    newsroom.publish()

    assert b"Story 1<" in newsroom.feed()
    entries = read_live(newsroom.store, {}).ledger().episodes.values()
    assert {e.first for e in entries if e.slug == "story-1"} == {newsroom.clock.now()}


def test_a_returned_episode_is_sent_anew(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
    publish(newsroom.prepare(max_delete=1), newsroom.desk())
    newsroom.store.delete(
        [o.key for o in newsroom.store.list("public/") if "story-1" in o.key]
    )
    newsroom.edit(STORY, "publish: draft", "publish: 2026-03-03 09:00")

    newsroom.publish()

    assert [o for o in newsroom.store.list("public/") if "story-1" in o.key]
    assert b"Story 1<" in newsroom.feed()


def test_a_show_with_everything_to_come_has_no_feed_to_look_at(
    newsroom: Newsroom,
) -> None:
    for number in (1, 2):
        page = f"episodes/story-{number}/episode.md"
        newsroom.edit(page, "publish: 2026-03-03 09:00", "publish: 2026-11-20 09:00")

    assert newsroom.prepare().build.feed_paths == ()


def test_hubs_hear_of_every_form_that_changed_but_not_of_archives(
    newsroom: Newsroom,
) -> None:
    newsroom.edit(
        "feeds/stories/show.md", "explicit: false", "explicit: false\nfeed_items: 1"
    )
    with serving({"/": Reply(status=204)}) as hub:
        fetcher = WebFetcher(allowed=frozenset({NOWHERE, hub.url}))
        published = newsroom.publish(ears=(Hub(hub.url),), fetcher=fetcher)
        told = [parse_qs(asked.body.decode())["hub.url"][0] for asked in hub.asked]

    assert published.announced[0].ok
    assert [url.removeprefix(NOWHERE) for url in told] == [
        "/stories/feed.xml",
        "/feed.xml",
        "/publisher.xml",
        "/stories/feed.atom",
        "/stories/feed.json",
    ]
    assert "/stories/feed/1.xml" in newsroom.prepare().build.form_paths


def test_hubs_hear_nothing_of_a_show_that_is_not_listed(newsroom: Newsroom) -> None:
    newsroom.edit(
        "feeds/stories/show.md",
        "explicit: false",
        "explicit: false\nvisibility: unlisted",
    )
    with serving({"/": Reply(status=204)}) as hub:
        fetcher = WebFetcher(allowed=frozenset({NOWHERE, hub.url}))
        assert newsroom.publish(ears=(Hub(hub.url),), fetcher=fetcher).announced == ()


class _Impatient(SetClock):
    """A clock that has run on by a minute whenever it is looked at."""

    def monotonic(self) -> float:
        self.seconds += 60
        return self.seconds


def test_another_site_at_the_address_is_a_fault_even_of_the_same_number(
    newsroom: Newsroom,
) -> None:
    def answer(asked: Asked) -> Reply:
        body = b"" if asked.path == "/" else b"<rss><channel/></rss>"
        return Reply(headers={"X-Release": "1"}, body=body)

    with serving(answer) as server:
        published = newsroom.publish(
            base_url=server.url,
            fetcher=WebFetcher(allowed=frozenset({server.url})),
            clock=_Impatient(),
        )

    assert published.release == 1
    assert published.verified is not None
    problems = published.verified.problems
    assert "/stories/feed.xml: it is not what release 1 says: " in problems[0]
