"""What can be searched goes out with a release, and nothing else."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from peru_media.publishing.live import read_live, unpack
from peru_media.publishing.publishing import publish
from peru_media.rendering import search_file
from peru_media.rendering.views import Imprint
from tests.newsroom import NOWHERE, Newsroom

SHOW, STORY = "feeds/stories/show.md", "episodes/story-1/episode.md"
ARTS = (SHOW, "categories: [Education]", "categories: [Arts]")


def _asked(newsroom: Newsroom, sql: str) -> list[str]:
    """What every search file of the live release says."""
    found: list[str] = []
    for part in newsroom.root_of().search:
        with closing(sqlite3.connect(":memory:")) as file:
            file.deserialize(unpack(newsroom.store, part.key))
            found += [str(said) for (said,) in file.execute(sql)]
    return found


def _words(newsroom: Newsroom) -> list[str]:
    return _asked(newsroom, "SELECT words FROM line ORDER BY id")


def test_titles_notes_people_and_speech_can_be_searched(newsroom: Newsroom) -> None:
    newsroom.publish()

    assert sorted(_words(newsroom)) == [
        "Stories",
        "Stories that people tell about services.",
        "Story 1",
        "Story 2",
        "The host",
        "The host",
        "These are the words of Story 1.",
        "These are the words of Story 2.",
        "What Story 1 is about.",
        "What Story 2 is about.",
    ]


def test_no_address_gives_the_file_out(newsroom: Newsroom) -> None:
    newsroom.publish()

    keys = {part.key for part in newsroom.root_of().search}
    tables = read_live(newsroom.store, {}).tables().values()
    named = {v.key for table in tables for vs in table.values() for v in vs}
    assert keys
    assert not keys & named


def test_it_stays_where_nothing_changed_that_is_searched(newsroom: Newsroom) -> None:
    newsroom.publish()
    before = newsroom.root_of()
    newsroom.edit(*ARTS)

    newsroom.publish()

    after = newsroom.root_of()
    assert (after.number, after.search) == (before.number + 1, before.search)


def test_it_stays_where_another_sqlite_would_write_it_otherwise(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.publish()
    before = newsroom.root_of().search
    otherwise = search_file._SCHEMA.replace("4096", "8192")  # noqa: SLF001  # as another one would
    monkeypatch.setattr(search_file, "_SCHEMA", otherwise)
    newsroom.cache.clear()

    assert newsroom.publish().plan.nothing
    newsroom.edit(*ARTS)
    newsroom.publish()

    assert newsroom.root_of().search == before


def test_a_changed_word_makes_another_file(newsroom: Newsroom) -> None:
    newsroom.publish()
    before = newsroom.root_of().search
    newsroom.edit(STORY, "is about.", "is about, in short.")

    newsroom.publish()

    assert newsroom.root_of().search != before
    assert "What Story 1 is about, in short." in _words(newsroom)


def test_what_is_not_published_any_more_is_in_no_file(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")

    publish(newsroom.prepare(max_delete=1), newsroom.desk())

    assert not any("Story 1" in line for line in _words(newsroom))
    assert "Story 2" in _words(newsroom)


def test_what_is_scheduled_is_there_with_its_moment(newsroom: Newsroom) -> None:
    due = datetime(2026, 11, 3, 9, tzinfo=UTC)
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: 2026-11-03 09:00")

    newsroom.publish()

    assert "Story 1" in _words(newsroom)
    since = "SELECT since FROM page WHERE title = 'Story 1'"
    assert _asked(newsroom, since) == [f"{due.timestamp():.0f}"]


def test_the_imprint_goes_with_it(newsroom: Newsroom) -> None:
    newsroom.publish()

    part = newsroom.root_of().imprint
    assert part is not None
    imprint = Imprint.model_validate_json(unpack(newsroom.store, part.key))

    assert (imprint.organisation, imprint.base_url) == ("The unit", NOWHERE)
