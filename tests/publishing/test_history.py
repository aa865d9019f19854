"""The releases that were live are told as they were."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from peru_media.errors import DamagedObjectError
from peru_media.model.release import Root
from peru_media.ports import Fetched, Meta
from peru_media.publishing.history import Entry, chronicle, releases
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.swapping import put_root
from tests.newsroom import Newsroom
from tests.projects import episode_files, write
from tests.publishing.keepsake import kept

STORY = "episodes/story-1/episode.md"
JSON = Meta(media_type="application/json")


def told(newsroom: Newsroom) -> tuple[Entry, ...]:
    return chronicle(read_live(newsroom.store, {}))


@pytest.fixture(scope="module")
def _grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom.opened(tmp_path_factory.mktemp("grown")) as newsroom:
        _grow(newsroom)
        yield newsroom


@pytest.fixture
def grown(_grown: Newsroom, tmp_path: Path) -> Iterator[Newsroom]:
    """Three releases: two episodes, one of them renamed, and a third without it."""
    with kept(_grown, tmp_path / "aside"):
        yield _grown


def _grow(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.clock.advance(timedelta(days=1))
    newsroom.edit(STORY, "title: Story 1", "title: Renamed")
    newsroom.publish(by="alex")
    newsroom.clock.advance(timedelta(days=1))
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
    write(newsroom.root, episode_files(3))
    publish(newsroom.prepare(max_delete=1), newsroom.desk(by="sam"))


def test_before_the_first_release_there_is_no_history(newsroom: Newsroom) -> None:
    assert told(newsroom) == ()


def test_each_release_says_who_made_it_when_and_what_changed(grown: Newsroom) -> None:
    newest, renamed, first = told(grown)

    assert [one.root.number for one in (newest, renamed, first)] == [3, 2, 1]
    assert [one.root.by for one in (newest, renamed, first)] == ["sam", "alex", "jo"]
    assert [one.live for one in (newest, renamed, first)] == [True, False, False]
    assert newest.root.made - renamed.root.made == timedelta(days=1)
    assert _words(newest) == [("removed", "Renamed"), ("new", "Story 3")]
    assert _words(renamed) == [("changed", "Renamed")]
    assert _words(first) == [("new", "Story 1"), ("new", "Story 2")]
    assert renamed.changes is not None
    assert "title" in renamed.changes[0].what
    assert "recording" not in renamed.changes[0].what


def _words(entry: Entry) -> list[tuple[str, str]]:
    return [(one.change, one.title) for one in entry.changes or ()]


def test_a_root_that_was_never_live_is_no_release(grown: Newsroom) -> None:
    orphan = grown.root_of().model_copy(update={"by": "nobody"})
    put_root(grown.desk(), orphan)

    assert [one.root.by for one in told(grown)] == ["sam", "alex", "jo"]


def test_behind_a_release_that_is_gone_nothing_is_left(grown: Newsroom) -> None:
    first = _key_of(grown, 1)
    grown.store.delete([first])

    newest, renamed = told(grown)

    assert newest.changes
    assert renamed.changes is None  # nobody can tell any more


def _key_of(newsroom: Newsroom, number: int) -> str:
    found = newsroom.store.list(f"releases/{number}-")
    return next(one.key for one in found)


def test_a_release_whose_source_is_gone_says_so(grown: Newsroom) -> None:
    every = list(releases(read_live(grown.store, {})))
    middle = every[1].root
    assert middle is not None
    grown.store.delete([middle.source.key])

    assert [one.changes is None for one in told(grown)] == [True, True, False]


@pytest.mark.parametrize("spoilt", ["nonsense", "another"])
def test_a_root_that_is_not_what_its_name_says_is_told(
    grown: Newsroom, spoilt: str
) -> None:
    key = _key_of(grown, 2)
    fetched = grown.store.get(key)
    assert isinstance(fetched, Fetched)
    other = Root.from_bytes(fetched.body).model_copy(update={"by": "mallory"})
    body = b"{}" if spoilt == "nonsense" else other.to_bytes()
    grown.store.put(key, body, meta=JSON)

    with pytest.raises(DamagedObjectError, match="something else than a release"):
        told(grown)
