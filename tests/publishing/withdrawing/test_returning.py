"""Nothing brings somebody back: twenty ways, and each is refused."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from peru_media.errors import ConflictError, PeruMediaError, RefusedError
from peru_media.publishing.entries import recalled
from peru_media.publishing.live import Live, moment_of, read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.restating import restated
from peru_media.publishing.turning import turn
from peru_media.storage.memory import MemoryStore
from tests.leaving import (
    FOLDER,
    SLUG,
    Leaving,
    Template,
    copy_store,
    found_in,
    objects_in,
)
from tests.newsroom import Newsroom
from tests.projects import SHOW_GUID, cover, tone

PAGE = f"{FOLDER}/episode.md"
WITHDRAWN = "feeds/withdrawn.yaml"
RECORD = "feeds/contributors/c-017.yaml"
GUID = "guid: guid-of-the-leaver"
DRAFT = "publish: draft"

Try = Callable[[Newsroom], None]


@pytest.fixture
def left(leaving: Leaving) -> Newsroom:
    """The newsroom after they have left."""
    leaving.withdraw()
    return leaving.room


def _again(room: Newsroom, *, publish: str = "2026-03-04 09:00") -> None:
    room.edit(PAGE, DRAFT, f"publish: {publish}")


def _as_it_was(room: Newsroom) -> None:
    _again(room)


def _now(room: Newsroom) -> None:
    _again(room, publish="now")


def _scheduled(room: Newsroom) -> None:
    _again(room, publish="2026-12-24 09:00")


def _another_name(room: Newsroom) -> None:
    _again(room)
    (room.root / FOLDER).rename(room.root / "episodes/another-name")


def _another_show(room: Newsroom) -> None:
    _show(room, "others")
    room.edit(PAGE, "show: stories", "show: others")
    _again(room)


def _two_shows(room: Newsroom) -> None:
    _show(room, "others")
    room.edit(PAGE, "show: stories", "show: [stories, others]")
    _again(room)


def _show(room: Newsroom, name: str) -> None:
    text = (room.root / "feeds/stories/show.md").read_text()
    folder = room.root / "feeds" / name
    folder.mkdir()
    (folder / "show.md").write_text(text.replace(SHOW_GUID, SHOW_GUID[:-1] + "0"))
    (folder / "cover.png").write_bytes(cover())


def _as_a_bonus(room: Newsroom) -> None:
    room.edit(PAGE, "number: 99", "number: 99\ntype: bonus")
    _again(room)


def _without_the_person(room: Newsroom) -> None:
    room.edit(PAGE, "  - contributor: c-017   # agreed on paper\n    role: guest\n", "")
    _again(room)


def _record_forged(room: Newsroom) -> None:
    room.edit(RECORD, "withdrawn: 2026-11-02\n", "")
    _again(room)


def _without_the_file(room: Newsroom) -> None:
    (room.root / WITHDRAWN).unlink()
    _again(room)


def _without_the_file_and_the_record(room: Newsroom) -> None:
    _record_forged(room)
    (room.root / WITHDRAWN).unlink()


def _emptied_store(room: Newsroom) -> None:
    room.store = MemoryStore(clock=room.clock)
    _again(room)


def _new_guid(room: Newsroom) -> None:
    room.edit(PAGE, GUID, "guid: guid-of-somebody-new")
    _without_the_person(room)


def _new_guid_emptied_store(room: Newsroom) -> None:
    _new_guid(room)
    room.store = MemoryStore(clock=room.clock)


def _new_folder_same_recording(room: Newsroom) -> None:
    master = (room.root / FOLDER / "audio.mp3").read_bytes()
    (room.root / "episodes/story-2/audio.mp3").write_bytes(master)


def _new_guid_new_recording(room: Newsroom) -> None:
    room.edit(PAGE, GUID, "guid: guid-of-somebody-new")
    (room.root / FOLDER / "audio.mp3").write_bytes(tone(1700))
    _again(room)


@pytest.mark.parametrize(
    "attempt",
    [
        _as_it_was,
        _now,
        _scheduled,
        _another_name,
        _another_show,
        _two_shows,
        _as_a_bonus,
        _without_the_person,
        _record_forged,
        _without_the_file,
        _without_the_file_and_the_record,
        _emptied_store,
        _new_guid,
        _new_guid_emptied_store,
        _new_folder_same_recording,
        _new_guid_new_recording,
    ],
)
def test_no_file_brings_them_back(left: Newsroom, attempt: Try) -> None:
    attempt(left)
    before = objects_in(left.store)

    with pytest.raises(RefusedError):
        left.publish()

    assert objects_in(left.store) == before


def test_the_published_copy_does_not_come_back_as_a_recording(
    leaving: Leaving,
) -> None:
    room = leaving.room
    copy = next(
        body for key, body in objects_in(room.store).items() if f"/{SLUG}.mp3" in key
    )
    leaving.withdraw()
    (room.root / "episodes/story-2/audio.mp3").write_bytes(copy)

    with pytest.raises(RefusedError):
        room.publish()


def test_an_old_plan_does_not_bring_them_back(leaving: Leaving) -> None:
    room = leaving.room
    room.edit("episodes/story-2/episode.md", "title: Story 2", "title: Another")
    saved = room.prepare().plan
    page = (room.root / PAGE).read_text()
    leaving.withdraw()
    (room.root / PAGE).write_text(page)

    with pytest.raises((RefusedError, ConflictError)):
        room.prepare(saved=saved)


def test_a_release_that_was_ready_before_does_not_bring_them_back(
    leaving: Leaving,
) -> None:
    room = leaving.room
    room.edit("episodes/story-2/episode.md", "title: Story 2", "title: Another")
    prepared = room.prepare()
    leaving.withdraw()

    with pytest.raises(ConflictError):
        publish(prepared, room.desk())

    assert found_in(objects_in(room.store)) == {}


def test_no_earlier_release_brings_them_back(leaving: Leaving) -> None:
    room = leaving.room
    kept = MemoryStore(clock=room.clock)
    copy_store(room.store, kept)
    then = read_live(kept, {})
    leaving.withdraw()

    source = _rolled_back(room, then)

    assert source == {"Story one", "Story 2"}
    assert found_in(objects_in(room.store)) == {}


def _rolled_back(room: Newsroom, then: Live) -> set[str]:
    """Restate what was live once, as a rollback does; gives the titles of now."""
    live = read_live(room.store, {})
    old = then.source()
    assert old is not None
    at = moment_of(live, room.clock)
    ledger = recalled(old, live.ledger(), then.ledger(), at=at)
    prepared = restated(old, ledger, room.desk(), live, at=at, of=then)
    publish(prepared, room.desk())
    source = read_live(room.store, {}).source()
    assert source is not None
    return {one.title for one in source.episodes}


def test_time_does_not_bring_them_back(left: Newsroom) -> None:
    turn(left.desk())

    assert found_in(objects_in(left.store)) == {}


def test_a_store_that_was_emptied_is_the_same_again_without_them(
    leaving: Leaving, published: Template, tmp_path: Path
) -> None:
    room = leaving.room
    leaving.withdraw()
    shutil.rmtree(room.root / FOLDER)
    room.edit("episodes/story-1/episode.md", f"related: {SLUG}\n", "")
    room.publish()
    before = read_live(room.store, {})
    room.store = MemoryStore(clock=room.clock)
    room.cache.clear()

    room.publish()

    after = read_live(room.store, {})
    old, new = before.source(), after.source()
    assert old is not None
    assert new is not None
    assert [
        (one.guid, one.published, one.enclosure.address) for one in old.episodes
    ] == [(one.guid, one.published, one.enclosure.address) for one in new.episodes]
    assert before.root is not None
    assert after.root is not None
    assert before.root.tombstones == after.root.tombstones
    colleague = published.copied(tmp_path / "colleague").room
    with pytest.raises(RefusedError):
        colleague.publish(room.store)
    assert found_in(objects_in(room.store)) == {}


def test_an_edited_story_may_return_under_a_new_guid(left: Newsroom) -> None:
    _without_the_person(left)
    left.edit(PAGE, GUID, "guid: guid-of-an-edited-story")
    left.edit(PAGE, "Marmalade Lighthouse II", "An edited story")
    (left.root / FOLDER / "audio.mp3").write_bytes(tone(1800))

    left.publish()

    source = read_live(left.store, {}).source()
    assert source is not None
    assert SLUG in {one.slug for one in source.episodes}


def test_a_refusal_says_why(left: Newsroom) -> None:
    _again(left)

    with pytest.raises(PeruMediaError) as refusal:
        left.publish()

    codes = {problem.code for problem in getattr(refusal.value, "problems", ())}
    assert {"E123", "E127"} <= codes
