"""What a store lost or holds damaged is sent again by the next publish."""

from pathlib import Path

import pytest

from peru_media.errors import ObjectNotFoundError
from peru_media.model.files import TargetField
from peru_media.model.target import Target
from peru_media.ports import Meta
from peru_media.publishing import memo
from peru_media.publishing.doctor.objects import about_objects
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rows import Row, Verdict
from peru_media.publishing.live import read_live
from peru_media.publishing.wanting import found_wanting, note_wanting
from peru_media.wiring import Quiet
from tests.clinic import healthy_machine
from tests.newsroom import NOWHERE, Newsroom


def _examined(room: Newsroom, *, read_data: bool = True) -> list[Row]:
    field = TargetField(store="folder", base_url=NOWHERE)
    patient = Patient(
        target=Target(name="local", root=Path("project"), field=field),
        store=room.store,
        inspector=None,
        fetcher=room.desk().fetcher,
        clock=room.clock,
        progress=Quiet(),
        machine=healthy_machine(),
        token="0123",  # noqa: S106  # no secret: a name
        cache=room.cache,
    )
    live = read_live(room.store, {})
    return [*about_objects(patient, live, read_data=read_data)]


def _keys(room: Newsroom, prefix: str) -> list[str]:
    return [one.key for one in room.store.list(prefix)]


def _etags(room: Newsroom) -> dict[str, str]:
    """Every object that does not change with a release, by its bytes."""
    found = {one.key: one.etag for one in room.store.list("")}
    return {key: found[key] for key in found if key.startswith(("public", "assets"))}


def test_what_is_lost_or_damaged_is_made_and_sent_again(newsroom: Newsroom) -> None:
    newsroom.publish()
    store, root, before = newsroom.store, newsroom.root_of(), _etags(newsroom)
    (first, damaged), page = _keys(newsroom, "public/"), _keys(newsroom, "state/ep")[0]
    feed = read_live(store, {}).tables()["stories"]["/stories/feed.xml"][0].key
    assert feed is not None
    lost = [first, page, _keys(newsroom, "assets/")[0], root.search[0].key, feed]
    store.delete(lost)
    store.put(damaged, b"something else", meta=Meta(media_type="audio/mpeg"))

    found = _examined(newsroom)
    second = newsroom.publish()
    after = _examined(newsroom)
    third = newsroom.publish()

    assert [row.verdict for row in found] == [Verdict.FAIL] * 6
    assert second.release == 2
    assert {row.verdict for row in after} == {Verdict.OK}, after
    assert second.sent == len(lost) + 1
    assert _etags(newsroom) == before
    assert third.plan.nothing


def test_a_recording_that_nobody_has_any_more_does_not_stop_a_publish(
    newsroom: Newsroom,
) -> None:
    newsroom.publish()
    lost = next(key for key in _keys(newsroom, "public/") if "story-1" in key)
    entries = read_live(newsroom.store, {}).ledger().episodes.values()
    (master,) = [one.master_sha256 for one in entries if one.slug == "story-1"]
    newsroom.store.delete([lost])
    _examined(newsroom, read_data=False)
    (newsroom.root / "episodes/story-1/audio.mp3").unlink()
    newsroom.edit(
        "episodes/story-1/episode.md",
        "number:",
        f"media: {{file: audio.mp3, sha256: {master}}}\nnumber:",
    )

    published = newsroom.publish()

    assert published.release == 2
    with pytest.raises(ObjectNotFoundError):
        newsroom.store.head(lost)
    assert newsroom.publish().plan.nothing


def test_a_list_adds_to_what_is_known_and_reading_knows_it_all(
    newsroom: Newsroom,
) -> None:
    newsroom.publish()
    note_wanting(newsroom.cache, newsroom.store, ["public/known"])

    _examined(newsroom, read_data=False)
    listed = found_wanting(newsroom.cache, newsroom.store)
    _examined(newsroom)

    assert listed == {"public/known"}
    assert found_wanting(newsroom.cache, newsroom.store) == frozenset()


def test_a_memo_counts_for_nothing_while_something_is_wanting(
    newsroom: Newsroom,
) -> None:
    published = newsroom.publish()
    memo.remember(newsroom.desk(), "inputs", newsroom.prepare(), published)
    known = memo.recall(newsroom.desk(), "inputs")
    note_wanting(newsroom.cache, newsroom.store, ["public/x"])

    assert known is not None
    assert memo.recall(newsroom.desk(), "inputs") is None
