"""A release that is made again of what the store holds, without the project."""

import shutil
from datetime import timedelta

import pytest

from peru_media.errors import DamagedObjectError
from peru_media.model.release import Ledger, Root
from peru_media.model.source import Source
from peru_media.ports import Meta
from peru_media.publishing.entries import recalled
from peru_media.publishing.live import Live, moment_of, read_live
from peru_media.publishing.publishing import Prepared, publish
from peru_media.publishing.restating import restated
from peru_media.publishing.texts import published_texts
from tests.newsroom import Newsroom

STORY = "episodes/story-1/episode.md"
PAGE = """\
<!doctype html><title>Words</title><script>alert(1)</script>
<p><cite>The host:</cite> Words in <b>HTML</b> &amp; more.</p>
<a href="//elsewhere">there</a>
"""


def _source(live: Live) -> Source:
    source = live.source()
    assert source is not None
    return source


def _again(newsroom: Newsroom, source: Source, *, of: Live | None = None) -> Prepared:
    live = read_live(newsroom.store, newsroom.cache)
    at = moment_of(live, newsroom.clock)
    then = (of or live).ledger()
    ledger = recalled(source, live.ledger(), then, at=at)
    return restated(source, ledger, newsroom.desk(), live, at=at, of=of)


def _rows(root: Root) -> dict[str, str]:
    return {name: part.content for name, part in root.tables.items()}


@pytest.mark.parametrize("cached", [True, False])
def test_what_is_live_restated_is_nothing_new(
    newsroom: Newsroom, *, cached: bool
) -> None:
    (newsroom.root / "episodes/story-2/transcript.vtt").unlink()
    newsroom.write(**{"episodes/story-2/transcript.html": PAGE})
    newsroom.publish()
    before = newsroom.root_of()
    shutil.rmtree(newsroom.root / "episodes")
    if not cached:
        newsroom.cache.clear()
    newsroom.clock.advance(timedelta(hours=5))

    made = _again(newsroom, _source(read_live(newsroom.store, newsroom.cache)))

    assert (made.plan.nothing, made.build.nothing, made.parcels) == (True, True, ())
    assert _rows(made.build.root(made.live, by="jo")) == _rows(before)
    assert publish(made, newsroom.desk()).release == before.number


def test_an_episode_leaves_without_the_edits_of_colleagues(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit("episodes/story-2/episode.md", "title: Story 2", "title: Unfinished")
    whole = _source(read_live(newsroom.store, {}))
    left = tuple(one for one in whole.episodes if one.slug != "story-1")

    done = publish(
        _again(newsroom, whole.model_copy(update={"episodes": left})), newsroom.desk()
    )

    live = read_live(newsroom.store, {})
    assert done.release == live.number == 2
    assert [one.title for one in _source(live).episodes] == ["Story 2"]
    retired = {e.slug: e.retired for e in live.ledger().episodes.values()}
    assert retired == {"story-1": newsroom.root_of().made, "story-2": None}
    versions = live.tables()["stories"]["/stories/story-1"]
    assert [version.gone for version in versions] == ["removed"]
    assert b"story-1" not in newsroom.feed()
    assert b"Story 2" in newsroom.feed()


def test_an_earlier_release_comes_back_with_its_words_and_its_media(
    newsroom: Newsroom,
) -> None:
    newsroom.publish()
    earlier = read_live(newsroom.store, newsroom.cache)
    first = newsroom.feed()
    newsroom.edit(STORY, "title: Story 1", "title: Changed")
    shutil.rmtree(newsroom.root / "episodes/story-2")
    publish(newsroom.prepare(max_delete=1), newsroom.desk())
    newsroom.cache.clear()

    publish(_again(newsroom, _source(earlier), of=earlier), newsroom.desk())

    live = read_live(newsroom.store, {})
    assert _source(live) == _source(earlier)
    assert not [e for e in live.ledger().episodes.values() if e.retired]
    assert {i: e.made_from for i, e in live.ledger().episodes.items()} == {
        i: e.made_from for i, e in earlier.ledger().episodes.items()
    }
    assert newsroom.feed().count(b"<item>") == first.count(b"<item>") == 2


def test_what_the_ledger_has_forgotten_is_not_remembered_again(
    newsroom: Newsroom,
) -> None:
    newsroom.publish()
    live = read_live(newsroom.store, {})
    source, ledger = _source(live), live.ledger()
    kept = dict(list(ledger.episodes.items())[:1])
    now = Ledger(shows=ledger.shows, episodes=kept)

    made = recalled(source, now, ledger, at=newsroom.clock.now())

    assert list(made.episodes) == list(kept)


def test_a_text_that_is_damaged_in_the_store_is_not_rendered(
    newsroom: Newsroom,
) -> None:
    newsroom.publish()
    live = read_live(newsroom.store, {})
    source, tables = _source(live), live.tables()
    transcript = source.episodes[0].transcript
    assert transcript is not None
    path = f"/stories/{source.episodes[0].slug}/transcript.vtt"
    key = tables["stories"][path][0].key
    assert key is not None
    other = tables["stories"]["/stories"][0].key
    fetched = newsroom.store.get(str(other))
    newsroom.store.put(key, fetched.body, meta=Meta(media_type="text/vtt"))  # type: ignore[union-attr]  # no etag was given

    texts = published_texts(source, tables, newsroom.store)

    with pytest.raises(DamagedObjectError, match="other bytes"):
        texts(transcript.sha256)
