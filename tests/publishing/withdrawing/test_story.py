"""A withdrawal takes somebody out of everything, and nothing else."""

import shutil
import stat
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from peru_media.cli.withdrawals import drawn
from peru_media.errors import ConflictError, PreconditionError, SettingsError
from peru_media.model.graves import Graves
from peru_media.model.receipt import verified
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Store
from peru_media.publishing.desk import Desk
from peru_media.publishing.leftovers import erase_leftovers
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.withdrawing.foreseeing import foresee
from peru_media.publishing.withdrawing.story import withdraw
from peru_media.storage.memory import MemoryStore
from tests.leaving import (
    FOLDER,
    KEY,
    NAME,
    SLUG,
    Leaving,
    Template,
    asking,
    copy_store,
    files_below,
    found_in,
    objects_in,
)
from tests.newsroom import NOWHERE
from tests.projects import cover, tone
from tests.server.stores import TroubledStore
from tests.stores import Stopped, StoppingStore, Wrapped

PAGE = f"{FOLDER}/episode.md"
RECORD = "feeds/contributors/c-017.yaml"
SECRETS = ("cabinet-7-drawer-3", "2026-01-05", "quotes")


def test_nothing_of_them_is_left_in_the_store_or_outside(
    leaving: Leaving, record_property: Callable[[str, object], None]
) -> None:
    room = leaving.room
    before = objects_in(room.store)
    assert len(found_in(before)) > 10

    with asking(room.store, room.clock) as fetcher:
        leaving.fetchers["local"] = fetcher
        done = leaving.withdraw()

    assert found_in(objects_in(room.store)) == {}
    assert (done.left, done.proven) == ({}, True)
    (gone,) = done.gone
    assert (gone.failures, gone.left, gone.release) == ((), 0, 4)
    assert {one.status for one in gone.asked} == {404, 410}
    assert len(gone.asked) >= 25
    assert gone.lists >= 20
    record_property(
        "figure",
        f"withdrawal: {len(found_in(before))} objects named them, 0 do; "
        f"{len(gone.asked)} of {len(gone.asked)} addresses answer 410 or 404",
    )


def test_every_kind_of_address_is_asked_for(leaving: Leaving) -> None:
    docket = leaving.foresee().docket

    paths = {url.removeprefix(NOWHERE) for url in docket.cases["local"].addresses}
    page = f"/stories/{SLUG}"
    below = ("", "/embed", "/cite.json", "/cite.bib", "/cite.ris", "/chapters.json")
    words = ("/transcript.vtt", "/transcript.srt", "/transcript.txt")
    assert {page + end for end in (*below, *words, "/waveform.pmw")} <= paths
    assert f"/stories/documents/{SLUG}-evidence" in paths
    assert f"/stories/documents/{SLUG}-evidence.pdf" in paths
    assert f"/stories/documents/{SLUG}-evidence/cite.json" in paths
    assert any(path.startswith("/media/") for path in paths)
    assert any(path.startswith("/assets/") for path in paths)
    assert any(path.startswith("/oembed?url=") for path in paths)
    assert "/stories" not in paths
    assert "/stories/story-1" not in paths


def test_the_others_stay_as_they_are(leaving: Leaving) -> None:
    room = leaving.room
    room.edit("episodes/story-2/episode.md", "title: Story 2", "title: Not ready yet")

    leaving.withdraw()

    source = read_live(room.store, {}).source()
    assert source is not None
    assert sorted(one.title for one in source.episodes) == ["Story 2", "Story one"]
    assert [one.related for one in source.episodes] == [(), ()]
    kept = objects_in(room.store)
    assert all(one.enclosure.key in kept for one in source.episodes)
    assert b"Not ready yet" not in b"".join(kept.values())


def test_only_the_lines_that_are_meant_change(leaving: Leaving) -> None:
    before = files_below(leaving.room.root)

    leaving.withdraw()

    after = files_below(leaving.room.root)
    ours = ("build/", ".peru-media/")
    changed = {
        name
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name) and not name.startswith(ours)
    }
    assert changed == {PAGE, RECORD, "feeds/withdrawn.yaml"}
    old, new = before[PAGE].decode(), after[PAGE].decode()
    assert new == old.replace("publish: 2026-03-04 09:00", "publish: draft")
    assert after[RECORD] == before[RECORD] + b"withdrawn: 2026-11-02\n"
    assert found_in({"feeds": after["feeds/withdrawn.yaml"]}) == {}


def test_the_receipt_is_signed_and_tells_no_more_than_it_may(leaving: Leaving) -> None:
    done = leaving.withdraw()

    files = files_below(leaving.room.root / "build/withdrawals")
    data = files["2026-11-02-c-017.json"]
    receipt = verified(data, KEY)
    assert receipt == done.receipt
    assert (receipt.name, receipt.public_name, receipt.by) == ("c-017", NAME, "jo")
    assert found_in(files, SECRETS) == {}
    told = {word for words in found_in({"receipt": data}).values() for word in words}
    assert told == {"quillfeather", "marmalade-lighthouse"}
    assert "2026-11-02-c-017.html" in files
    letter = files["2026-11-02-c-017-letter-stories-apple.txt"].decode()
    assert "Marmalade Lighthouse" in letter
    assert f"{NOWHERE}/stories/feed.xml" in letter


def test_an_order_is_kept_from_before_the_first_change_until_the_receipt(
    leaving: Leaving,
) -> None:
    room, desk = leaving.room, leaving.desk()
    place = room.root / ".peru-media/withdrawals/c-017.json"
    seen: list[int] = []

    def opened() -> AbstractContextManager[Desk]:
        seen.append(stat.S_IMODE(place.stat().st_mode))
        return aim.open()

    foreseen = foresee(leaving.order(), desk)
    assert not place.exists()
    (aim,) = desk.aims
    withdraw(foreseen, replace(desk, aims=(replace(aim, open=opened),)))

    assert seen == [0o600]
    assert not place.exists()


def test_what_this_machine_made_of_them_is_gone_too(leaving: Leaving) -> None:
    room = leaving.room
    (room.root / ".peru-media").mkdir(exist_ok=True)
    (room.root / ".peru-media/cache.sqlite").write_text("turpentine-waltz")
    (room.root / "build").mkdir()
    (room.root / "build/page.html").write_text("turpentine-waltz")

    leaving.withdraw()

    assert not (room.root / "build/page.html").exists()
    assert not (room.root / ".peru-media/cache.sqlite").exists()


def test_servers_have_time_to_turn_before_anything_is_deleted(leaving: Leaving) -> None:
    leaving.withdraw()

    assert leaving.waits[0] == 10.0


def test_a_second_time_there_is_nothing_to_do(leaving: Leaving) -> None:
    assert not leaving.foresee().nothing
    leaving.withdraw()
    before = objects_in(leaving.room.store)

    assert leaving.foresee().nothing
    assert leaving.foresee(SLUG).nothing
    leaving.withdraw()

    assert objects_in(leaving.room.store).keys() == before.keys()


def test_looking_ahead_writes_nothing(leaving: Leaving) -> None:
    room = leaving.room
    before = objects_in(room.store), files_below(room.root)

    foreseen = leaving.foresee()

    assert (objects_in(room.store), files_below(room.root)) == before
    (one,) = foreseen.docket.episodes
    assert (one.slug, one.states) == (SLUG, {"local": "published"})


def test_an_episode_goes_by_its_name_and_its_people_stay(leaving: Leaving) -> None:
    record = (leaving.room.root / RECORD).read_bytes()

    done = leaving.withdraw(SLUG, reason="error")

    assert (leaving.room.root / RECORD).read_bytes() == record
    assert done.receipt is not None
    assert (done.receipt.kind, done.receipt.public_name) == ("episode", None)
    assert found_in(objects_in(leaving.room.store)) == {}


def test_every_target_is_cleared(leaving: Leaving) -> None:
    room = leaving.room
    other = MemoryStore(clock=room.clock, name="other")
    copy_store(room.store, other)
    leaving.stores = {"local": room.store, "other": other}

    done = leaving.withdraw()

    assert [one.target for one in done.gone] == ["local", "other"]
    assert found_in(objects_in(room.store) | objects_in(other)) == {}


def test_a_target_that_does_not_answer_is_left_and_the_same_command_goes_on(
    leaving: Leaving,
) -> None:
    room = leaving.room
    other = TroubledStore(clock=room.clock)
    copy_store(room.store, other)
    leaving.stores = {"other": other, "local": room.store}
    other.away = True

    done = leaving.withdraw()

    assert done.left == {"other": "the store gives no answer"}
    assert (done.receipt, done.proven) == (None, False)
    assert found_in(objects_in(room.store)) == {}
    other.away = False
    assert found_in(objects_in(other))
    room.clock.advance(timedelta(days=2))
    again = leaving.withdraw()
    assert found_in(objects_in(other)) == {}
    assert again.receipt is not None
    assert [one.target for one in again.receipt.targets] == ["other", "local"]
    assert again.receipt.ordered.date() == date(2026, 11, 2)
    assert again.receipt.targets[1].objects > 10


def test_a_target_whose_settings_are_wrong_stops_no_other(leaving: Leaving) -> None:
    def broken() -> AbstractContextManager[Desk]:
        msg = "no such profile"
        raise SettingsError(msg)

    desk = leaving.desk()
    wrong = replace(desk.aims[0], name="wrong", open=broken)
    both = replace(desk, aims=(wrong, *desk.aims))

    done = withdraw(foresee(leaving.order(), both), both)

    assert done.left == {"wrong": "no such profile"}
    assert found_in(objects_in(leaving.room.store)) == {}


def test_a_target_that_has_no_release_yet_gets_none(leaving: Leaving) -> None:
    empty = MemoryStore(clock=leaving.room.clock, name="empty")
    leaving.stores = {"empty": empty}

    done = leaving.withdraw()

    assert objects_in(empty) == {}
    assert done.proven
    assert leaving.room.root.joinpath("feeds/withdrawn.yaml").exists()


def test_a_colleague_who_publishes_meanwhile_stops_nothing(leaving: Leaving) -> None:
    room = leaving.room
    room.edit("episodes/story-2/episode.md", "title: Story 2", "title: Story two")
    prepared = room.prepare()
    desk = leaving.desk()
    (aim,) = desk.aims
    times: list[int] = []

    foreseen = foresee(leaving.order(), desk)

    def opened() -> AbstractContextManager[Desk]:
        if not times:
            times.append(1)
            publish(prepared, room.desk())
        return aim.open()

    withdraw(foreseen, replace(desk, aims=(replace(aim, open=opened),)))

    assert found_in(objects_in(room.store)) == {}
    source = read_live(room.store, {}).source()
    assert source is not None
    assert {one.title for one in source.episodes} == {"Story one", "Story two"}


def test_a_publish_that_loses_to_a_withdrawal_takes_its_media_back(
    leaving: Leaving, published: Template, tmp_path: Path
) -> None:
    store = leaving.room.store
    colleague = published.copied(tmp_path / "colleague").room
    (colleague.root / FOLDER / "audio.mp3").write_bytes(tone(1500))
    prepared = colleague.prepare(store)
    assert any("public/" in parcel.key for parcel in prepared.parcels)

    leaving.withdraw()

    with pytest.raises(ConflictError):
        publish(prepared, colleague.desk(store))
    assert found_in(objects_in(store)) == {}


def test_a_publish_that_was_killed_leaves_nothing_for_long(
    leaving: Leaving, published: Template, tmp_path: Path
) -> None:
    store = leaving.room.store
    colleague = published.copied(tmp_path / "colleague").room
    (colleague.root / FOLDER / "audio.mp3").write_bytes(tone(1600))
    prepared = colleague.prepare(store)
    leaving.withdraw()
    with pytest.raises(Stopped):
        publish(prepared, colleague.desk(StoppingStore(store, 4, "after")))
    assert found_in(objects_in(store))
    shutil.rmtree(colleague.root / FOLDER)
    colleague.edit("episodes/story-1/episode.md", f"related: {SLUG}\n", "")

    colleague.publish(store)

    assert found_in(objects_in(store)) == {}


def test_the_root_keeps_nothing_readable_of_them(leaving: Leaving) -> None:
    leaving.withdraw()

    live = read_live(leaving.room.store, {})
    assert live.root is not None
    graves = Graves(live.root.tombstones)
    assert graves.hides(f"/stories/{SLUG}/embed")
    assert graves.hides(f"/stories/documents/{SLUG}-evidence.pdf")
    assert found_in({"root": live.root.to_bytes()}) == {}
    assert "guid-of-the-leaver" not in {
        entry.guid for entry in live.ledger().episodes.values()
    }


def test_what_still_answers_is_purged_and_asked_again_for_a_minute(
    leaving: Leaving,
) -> None:
    purged: list[Sequence[str]] = []

    def purge(urls: Sequence[str]) -> Sequence[str]:
        purged.append(urls)
        return ["the cache is away"]

    leaving.purge = purge
    stale = MemoryStore(clock=leaving.room.clock)
    copy_store(leaving.room.store, stale)
    with asking(stale, leaving.room.clock) as fetcher:
        leaving.fetchers["local"] = fetcher
        done = leaving.withdraw()

    (gone,) = done.gone
    assert not done.proven
    assert gone.reached
    assert any(SLUG in failure for failure in gone.failures)
    assert any("still names" in failure for failure in gone.failures)
    assert gone.unpurged == ("the cache is away",)
    assert len(purged) >= 12
    assert sum(leaving.waits[2:]) == pytest.approx(60)
    assert (leaving.room.root / ".peru-media/withdrawals/c-017.json").exists()
    with asking(leaving.room.store, leaving.room.clock) as fetcher:
        leaving.fetchers["local"] = fetcher
        again = leaving.withdraw()
    assert again.proven
    assert again.gone[0].asked
    assert not (leaving.room.root / ".peru-media/withdrawals/c-017.json").exists()


def test_a_site_that_nobody_answers_for_is_not_proven_unless_it_is_here(
    leaving: Leaving,
) -> None:
    leaving.here = False

    assert not leaving.withdraw().proven
    leaving.here = True
    assert leaving.withdraw().proven


def test_a_conflict_without_end_leaves_the_target_for_later(leaving: Leaving) -> None:
    desk = leaving.desk()
    (aim,) = desk.aims

    def busy() -> AbstractContextManager[Desk]:
        msg = "a colleague again"
        raise ConflictError(msg)

    foreseen = foresee(leaving.order(), desk)
    done = withdraw(foreseen, replace(desk, aims=(replace(aim, open=busy),)))

    assert done.left == {"local": "a colleague again"}


def test_a_publish_that_brings_a_tombstone_elsewhere_erases_what_it_buries(
    leaving: Leaving,
) -> None:
    room = leaving.room
    other = MemoryStore(clock=room.clock)
    copy_store(room.store, other)
    leaving.withdraw()
    room.cache.clear()
    shutil.rmtree(room.root / FOLDER)
    room.edit("episodes/story-1/episode.md", f"related: {SLUG}\n", "")
    assert found_in(objects_in(other))

    publish(room.prepare(other, max_delete=1), room.desk(other))

    assert found_in(objects_in(other)) == {}
    root = read_live(other, {}).root
    assert root is not None
    assert Graves(root.tombstones).hides(f"/stories/{SLUG}")


class Busy(Wrapped):
    """A store in which a colleague publishes just before somebody swaps, once."""

    def __init__(self, store: Store, act: Callable[[], object]) -> None:
        super().__init__(store)
        self.acts = [act]

    def _before(self, verb: str, key: str) -> None:
        if (verb, key) == ("put", CURRENT_KEY) and self.acts:
            self.acts.pop()()


def test_a_colleague_who_is_quicker_is_built_upon(
    leaving: Leaving, published: Template, tmp_path: Path
) -> None:
    store = leaving.room.store
    colleague = published.copied(tmp_path / "colleague").room
    colleague.edit("episodes/story-2/episode.md", "title: Story 2", "title: Quicker")
    leaving.stores = {"local": Busy(store, lambda: colleague.publish(store))}

    done = leaving.withdraw()

    assert done.gone[0].release == 5
    assert found_in(objects_in(store)) == {}
    source = read_live(store, {}).source()
    assert source is not None
    assert "Quicker" in {one.title for one in source.episodes}


def test_media_are_asked_for_where_listeners_fetch_them(leaving: Leaving) -> None:
    leaving.media_base_url = "https://cdn.example.org/media/"

    urls = leaving.foresee().docket.cases["local"].addresses

    hosted = [url for url in urls if url.startswith("https://cdn.example.org/media/p")]
    assert len(hosted) >= 2
    assert all(f"/{SLUG}" in url for url in hosted)


class Contested(Wrapped):
    """A store whose ``current.json`` somebody else always changes after a deletion."""

    contested = True
    swept = False

    def sweep(self, *, until: datetime) -> None:
        super().sweep(until=until)
        self.swept = True

    def _before(self, verb: str, key: str) -> None:
        if self.contested and self.swept and (verb, key) == ("put", CURRENT_KEY):
            raise PreconditionError(key)


def test_names_that_could_not_be_forgotten_are_by_the_next_run(
    leaving: Leaving,
) -> None:
    store = Contested(leaving.room.store)
    leaving.stores = {"local": store}

    done = leaving.withdraw()

    assert "changes again and again" in done.left["local"]
    store.contested = False
    again = leaving.withdraw()
    assert (again.left, again.proven) == ({}, True)
    assert again.gone[0].objects > 10


def test_no_receipt_is_given_while_another_target_is_left(leaving: Leaving) -> None:
    room = leaving.room
    room.edit(
        "feeds/site.yaml",
        "targets:\n",
        f"targets:\n  other:\n    store: .peru-media/other\n    base_url: {NOWHERE}\n",
    )
    other = TroubledStore(clock=room.clock)
    copy_store(room.store, other)
    other.away = True
    leaving.stores = {"local": room.store, "other": other}
    assert [*leaving.withdraw().left] == ["other"]
    other.away = False

    leaving.stores = {"local": room.store}
    assert [*leaving.withdraw().left] == ["other"]

    leaving.stores = {"other": other}
    done = leaving.withdraw()
    assert done.receipt is not None
    assert [one.target for one in done.receipt.targets] == ["local", "other"]
    assert done.proven
    assert found_in(objects_in(other)) == {}


def test_the_picture_of_somebody_whom_a_show_named_goes(leaving: Leaving) -> None:
    """They are in no episode, so nothing is buried; the show's page had their face."""
    room, show = leaving.room, "feeds/stories/show.md"
    (room.root / "feeds/stories/face.png").write_bytes(cover("maroon"))
    record = (room.root / RECORD).read_text().replace(NAME, "Somebody Else")
    room.write(**{"feeds/contributors/c-018.yaml": record.replace("c-017", "c-018")})
    named = "people:\n  - {contributor: c-018, role: producer, image: face.png}\n"
    room.edit(show, "categories:", f"{named}categories:")
    room.publish()
    source = read_live(room.store, {}).source()
    assert source is not None
    (face,) = (person.image for person in source.shows[0].people)
    assert face is not None
    assert face.removeprefix("/") in objects_in(room.store)

    leaving.withdraw("c-018")

    paths = {path for t in read_live(room.store, {}).tables().values() for path in t}
    assert face not in paths
    assert face.removeprefix("/") not in objects_in(room.store)


def test_no_name_that_an_episode_once_had_is_left(leaving: Leaving) -> None:
    """Even where the releases that had it are collected, so that nobody knows it."""
    room = leaving.room
    between, last = "a-walk-with-zebediah", "episodes/a-walk"
    (room.root / FOLDER).rename(room.root / f"episodes/{between}")
    room.publish()
    (room.root / f"episodes/{between}").rename(room.root / last)
    room.publish()
    erase_leftovers(room.desk())
    assert found_in(objects_in(room.store), [between])

    leaving.withdraw()

    assert found_in(objects_in(room.store), [between]) == {}


def test_the_same_recording_under_another_guid_is_told_of(leaving: Leaving) -> None:
    room = leaving.room
    master = (room.root / FOLDER / "audio.mp3").read_bytes()
    (room.root / "episodes/story-2/audio.mp3").write_bytes(master)
    room.publish()

    foreseen = leaving.foresee()
    done = leaving.withdraw()

    assert foreseen.docket.twins == ("story-2",)
    assert " is public as story-2: " in "\n".join(drawn(foreseen))
    assert done.receipt is not None
    assert "still public under other guids" in done.receipt.beyond[0]
    assert "story-2." in done.receipt.beyond[0]
