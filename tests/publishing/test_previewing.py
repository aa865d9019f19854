"""What a preview shows, what it leaves out, and that it changes nothing."""

import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from peru_media.errors import MediaError
from peru_media.media.maker import Maker
from peru_media.model.problem import Severity
from peru_media.model.proof import Notice, Proof, State
from peru_media.model.release import Table, version_at
from peru_media.model.site import Site
from peru_media.ports import Fetched
from peru_media.publishing.live import read_live
from peru_media.publishing.previewing.hasty import HastyMaker
from peru_media.publishing.previewing.proofs import Proofer, Wish
from peru_media.publishing.previewing.standing import StandingClock
from peru_media.reading import read_site
from peru_media.storage.lending import LendingStore
from tests.clocks import SetClock
from tests.newsroom import NOWHERE, Newsroom
from tests.projects import cover, episode_files, tone, write, write_project
from tests.publishing.test_building import RECORD, consented, everything

STORY = "episodes/story-1/episode.md"
OTHER = "episodes/story-2/episode.md"
SHOW = "feeds/stories/show.md"
SITE = "feeds/site.yaml"
PAGE = "/stories/story-1"


class Room:
    """A newsroom, and somebody who makes proofs of what is written in it."""

    def __init__(self, newsroom: Newsroom, wish: Wish, **change: object) -> None:
        self.newsroom = newsroom
        present = StandingClock(newsroom.clock)
        self.store = LendingStore(clock=present)
        maker = HastyMaker(newsroom.maker)
        self.proofer = Proofer(
            newsroom.desk(self.store, maker=maker, **change),
            store=self.store,
            present=present,
            read=lambda: read_site(newsroom.root),
            wish=wish,
        )

    def proof(self) -> Proof:
        """The next proof; there is one."""
        made = self.proofer.proof()
        assert made is not None
        return made

    def notice(self, path: str = PAGE) -> Notice:
        return self.proof().notices[path]

    def table(self) -> Table:
        return read_live(self.store, {}).tables().get("stories", {})

    def page(self, path: str = PAGE) -> str | None:
        """What a path answers at the moment that is shown."""
        fetched = self.store.get("current.json")
        assert isinstance(fetched, Fetched)
        version = version_at(self.table().get(path, ()), fetched.date)
        if version is None or version.key is None:
            return None
        answer = self.store.get(version.key)
        assert isinstance(answer, Fetched)
        return gzip.decompress(answer.body).decode()


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """One for all: a preview has it make nothing, so it keeps nothing but facts."""
    copies = tmp_path_factory.mktemp("copies")
    with Maker(cache={}, copies=copies, workers=1) as opened:
        yield opened


@pytest.fixture
def newsroom(tmp_path: Path, maker: Maker) -> Newsroom:
    write_project(tmp_path / "project", base_url=NOWHERE)
    return Newsroom(tmp_path / "project", maker)


@pytest.fixture
def room(newsroom: Newsroom) -> Room:
    return Room(newsroom, Wish())


def codes(notice: Notice) -> list[str]:
    return [problem.code for problem in notice.problems]


def test_what_is_out_is_shown_without_a_word(room: Room) -> None:
    proof = room.proof()

    assert proof.notices[PAGE].state is State.OUT
    assert proof.notices[PAGE].sentence == ""
    assert (proof.fault, proof.shown) == ("", True)
    assert ">Story 1</h1>" in (room.page() or "")


@pytest.mark.parametrize(
    ("publish", "state", "sentence"),
    [
        ("draft", State.DRAFT, "Draft: nobody sees this yet."),
        (
            "2026-12-01 09:00",
            State.SCHEDULED,
            "Scheduled for Tuesday 1 December 2026, 09:00 GMT.",
        ),
        (
            "2199-07-01 09:00",
            State.SCHEDULED,
            "Scheduled for Monday 1 July 2199, 09:00 BST.",
        ),
        (
            "9999-12-31 09:00",
            State.SCHEDULED,
            "Scheduled for Friday 31 December 9999, 09:00 GMT.",
        ),
        ("now", State.OUT, ""),
    ],
)
def test_what_is_not_out_yet_is_shown_and_says_so(
    newsroom: Newsroom, room: Room, publish: str, state: State, sentence: str
) -> None:
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", f"publish: {publish}")

    notice = room.notice()

    assert (notice.state, notice.sentence) == (state, sentence)
    assert room.page() is not None
    assert PAGE in (room.page("/stories") or "")


def test_a_private_show_has_no_pages_here(newsroom: Newsroom, room: Room) -> None:
    newsroom.edit(SHOW, "explicit: false", "explicit: false\nvisibility: private")

    assert room.notice().sentence == "Not shown: its show is private."
    assert room.page() is None


@pytest.mark.parametrize("publish", ["draft", "2026-12-01 09:00"])
def test_only_what_is_out_is_shown_where_that_is_asked_for(
    newsroom: Newsroom, publish: str
) -> None:
    room = Room(newsroom, Wish(drafts=False))
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", f"publish: {publish}")

    assert room.notice().state is State.LEFT_OUT
    assert room.page() is None
    assert room.page("/stories/story-2") is not None


def test_the_site_is_shown_as_it_will_be_at_a_moment(newsroom: Newsroom) -> None:
    room = Room(newsroom, Wish(at=datetime(2026, 12, 1, 9, tzinfo=UTC), drafts=False))
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: 2026-12-01 09:00")

    assert room.notice().state is State.OUT
    assert room.page() is not None


def test_nothing_new_is_no_proof_and_a_change_is_the_next(
    newsroom: Newsroom, room: Room
) -> None:
    first, count = room.proof(), len(list(room.store.list("")))
    newsroom.clock.advance(timedelta(minutes=5))
    assert room.proofer.proof() is None

    newsroom.edit(STORY, "title: Story 1", "title: Finding my feet")
    second = room.proof()

    assert second.number == first.number + 1
    assert "Finding my feet" in (room.page() or "")
    assert len(list(room.store.list(""))) == count


def replace_store(newsroom: Newsroom, room: Room) -> Newsroom:
    """The same newsroom, with the store of proofs."""
    newsroom.store = room.store
    return newsroom


def test_proofs_follow_changes(newsroom: Newsroom, room: Room) -> None:
    def changes() -> Iterator[None]:
        yield
        newsroom.edit(STORY, "title: Story 1", "title: Finding my feet")
        yield

    assert len(list(room.proofer.proofs(changes()))) == 2


def test_masters_are_lent_and_not_copied(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    with Newsroom.opened(tmp_path, made=False) as newsroom:
        room = Room(newsroom, Wish())
        room.proof()

    paths = [path for path in room.table() if path.startswith("/media/")]
    key = room.table()[paths[0]][0].key or ""
    found = room.store.locate(key, valid_for=timedelta(hours=1))
    assert found.path.parent.parent == newsroom.root / "episodes"
    assert [one.key for one in room.store.list("public/")] == []
    assert not list(copies.iterdir())


def test_what_is_taken_out_is_neither_heard_nor_read_here(
    newsroom: Newsroom, room: Room
) -> None:
    edits = "edits:\n  - {start: 0.2, end: 0.4}\n  - words: words of Story\n"
    newsroom.edit(STORY, "people:", f"{edits}  - words: Nobody Else\npeople:")

    proof = room.proof()

    page, table = room.page() or "", room.table()
    assert "[removed]" in page
    assert "words of" not in page
    (medium,) = (
        path for path in table if path.startswith("/media/") and "story-1" in path
    )
    found = room.store.locate(table[medium][0].key or "", valid_for=timedelta(hours=1))
    seconds = newsroom.maker.facts([found.path])[found.path].duration
    assert seconds == pytest.approx(0.8, abs=0.03)
    assert "W431" in {problem.code for problem in proof.problems}


def test_what_was_heard_before_is_told(newsroom: Newsroom) -> None:
    path = newsroom.root / "episodes/story-1/audio.mp3"
    then = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    os.utime(path, (then, then))
    maker = HastyMaker(newsroom.maker)
    facts = maker.facts([path])
    assert maker.hear(facts)[path].sound is None

    newsroom.maker.hear(facts)

    assert maker.hear(facts)[path].sound is not None


def test_problems_stand_above_the_page_that_they_are_about(
    newsroom: Newsroom, room: Room
) -> None:
    newsroom.edit(STORY, "number: 1", "number: 1\nnumbr: 1")
    newsroom.edit(SHOW, "explicit: false", "explicit: perhaps")

    proof = room.proof()

    places = {str(problem.place).partition(":")[0] for problem in proof.problems}
    assert {STORY, SHOW} <= places
    assert proof.problems[0].severity is Severity.ERROR


def test_a_file_that_breaks_leaves_its_last_page(
    newsroom: Newsroom, room: Room
) -> None:
    room.proof()
    newsroom.edit(STORY, "people:", "people: [")
    notice = room.notice()

    assert codes(notice)[0] == "E104"
    assert notice.problems[0].place.line == 8
    assert "This is how it was when its file could last be read." in notice.sentence
    assert ">Story 1</h1>" in (room.page() or "")

    newsroom.edit(STORY, "people: [", "people:")
    assert room.notice().problems == ()


def test_a_show_that_breaks_leaves_its_last_pages(
    newsroom: Newsroom, room: Room
) -> None:
    room.proof()
    newsroom.edit(SHOW, "explicit: false", "explicit: perhaps")

    proof = room.proof()

    assert proof.notices["/stories"].problems
    assert "last be read" in proof.notices["/stories"].sentence
    assert room.page() is not None


def test_what_is_removed_goes_though_another_file_is_broken(
    newsroom: Newsroom, room: Room
) -> None:
    room.proof()
    newsroom.edit(STORY, "people:", "people: [")
    for path in (newsroom.root / "episodes/story-2").iterdir():
        path.unlink()

    room.proof()

    assert room.page() is not None
    assert room.page("/stories/story-2") is None


def test_a_show_that_is_removed_takes_broken_episodes_with_it(
    newsroom: Newsroom, room: Room
) -> None:
    room.proof()
    newsroom.edit(STORY, "people:", "people: [")
    (newsroom.root / SHOW).unlink()

    assert room.notice().sentence.startswith("No page yet: its show cannot be read.")
    assert room.page() is None


def test_what_was_never_readable_is_told_on_the_first_page(
    newsroom: Newsroom, room: Room
) -> None:
    newsroom.edit(STORY, "people:", "people: [")

    proof = room.proof()

    assert PAGE not in proof.notices
    assert codes(proof.notices["/"]) == ["E104"]
    assert room.page("/stories/story-2") is not None


def test_a_site_that_breaks_leaves_all_pages(newsroom: Newsroom, room: Room) -> None:
    before = room.proof()
    newsroom.edit(SITE, "timezone: Europe/London", "timezone: Atlantis")

    proof = room.proof()

    assert proof.fault == "feeds/site.yaml cannot be read."
    assert proof.shown
    assert proof.notices == before.notices
    assert room.page() is not None


def test_a_site_that_was_never_readable_has_no_pages(
    newsroom: Newsroom, room: Room
) -> None:
    newsroom.edit(SITE, "timezone: Europe/London", "timezone: Atlantis")

    proof = room.proof()

    assert not proof.shown
    assert proof.problems[0].place.path == SITE
    assert list(room.store.list("")) == []


def test_who_withdrew_is_not_shown_and_the_refusal_is(
    newsroom: Newsroom, room: Room
) -> None:
    consented(newsroom)
    assert room.notice().state is State.OUT
    shown = everything(replace_store(newsroom, room))
    assert b"Robin" in shown
    assert b"CANARY" not in shown

    consented_again = "withdrawn: 2026-10-01"
    record = RECORD.format(more=consented_again)
    write(newsroom.root, {"feeds/contributors/c-001.yaml": record})
    notice = room.notice()

    assert notice.state is State.LEFT_OUT
    assert "withdrawn their consent" in notice.sentence
    assert codes(notice) == ["E404"]
    assert room.page() is None
    assert b"Robin" not in everything(replace_store(newsroom, room))


def test_who_withdrew_from_a_draft_is_not_shown_either(
    newsroom: Newsroom, room: Room
) -> None:
    consented(newsroom, "withdrawn: 2026-10-01")
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")

    assert room.notice().state is State.LEFT_OUT
    assert room.page() is None


def test_a_withdrawal_counts_though_the_episode_cannot_be_read(
    newsroom: Newsroom, room: Room
) -> None:
    consented(newsroom)
    room.proof()
    newsroom.edit(STORY, "people:", "people: [")
    record = RECORD.format(more="withdrawn: 2026-10-01")
    write(newsroom.root, {"feeds/contributors/c-001.yaml": record})

    assert room.notice().state is State.LEFT_OUT
    assert room.page() is None


def test_a_record_that_cannot_be_read_may_be_a_withdrawal(
    newsroom: Newsroom, room: Room
) -> None:
    consented(newsroom, "withdrawn: [2026")

    assert room.notice().state is State.LEFT_OUT
    assert room.page() is None


def test_a_record_that_is_still_to_come_hides_no_draft(
    newsroom: Newsroom, room: Room
) -> None:
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
    newsroom.edit(STORY, "  - name: The host\n    role: host", "  - contributor: c-001")

    notice = room.notice()

    assert notice.state is State.DRAFT
    assert codes(notice) == ["E401"]
    assert room.page() is not None


def test_who_withdrew_is_named_by_no_show(newsroom: Newsroom, room: Room) -> None:
    newsroom.edit(
        SHOW, "explicit: false", "explicit: false\npeople:\n  - contributor: c-001"
    )
    record = RECORD.format(more="withdrawn: 2026-10-01")
    write(newsroom.root, {"feeds/contributors/c-001.yaml": record})

    assert codes(room.notice("/stories")) == ["E404"]
    assert b"Robin" not in everything(replace_store(newsroom, room))


def test_what_was_withdrawn_does_not_come_back(newsroom: Newsroom, room: Room) -> None:
    guid = sha256(b"guid-of-story-1").hexdigest()
    grave = f"withdrawn:\n  - guid: {guid}\n    at: 2026-10-01\n"
    write(newsroom.root, {"feeds/withdrawn.yaml": grave})

    notice = room.notice()

    assert notice.sentence == "Not shown: it was withdrawn."
    assert codes(notice)[0] == "E123"
    assert room.page() is None


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ("expires: 2026-10-31", State.LEFT_OUT),
        ("expires: 2026-10-31\non_expiry: keep", State.OUT),
        ("expires: 2026-11-20", State.OUT),
    ],
)
def test_a_consent_that_ended_ends_the_page(
    newsroom: Newsroom, room: Room, more: str, state: State
) -> None:
    consented(newsroom, more)
    newsroom.edit(OTHER, "publish: 2026-03-03 09:00", "publish: 2026-12-01 09:00")

    assert room.notice().state is state
    assert (room.page() is not None) is (state is State.OUT)


@pytest.mark.parametrize("content", [None, b"no sound at all", b"%PDF-1.7 broken"])
def test_without_a_recording_there_is_no_page_yet(
    newsroom: Newsroom, room: Room, content: bytes | None
) -> None:
    path = newsroom.root / "episodes/story-1/audio.mp3"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    notice = room.notice()

    assert notice.state is State.LEFT_OUT
    assert notice.sentence.startswith("No page yet: there is no recording")
    assert notice.problems

    path.write_bytes(tone(300))
    assert room.notice().state is State.OUT


@pytest.mark.parametrize("name", ["transcript.vtt", "cover.png", "nothing.mp3"])
def test_a_file_that_is_no_medium_is_none(
    newsroom: Newsroom, room: Room, name: str
) -> None:
    write(newsroom.root, {"episodes/story-1/cover.png": cover()})
    newsroom.edit(STORY, "people:", f"media: {name}\npeople:")

    assert room.notice().sentence.startswith("No page yet")


def test_pictures_that_are_missing_are_left_out(newsroom: Newsroom, room: Room) -> None:
    (newsroom.root / "feeds/stories/cover.png").unlink()
    newsroom.edit(STORY, "role: host", "role: host\n    image: nobody.jpg")

    assert room.notice().problems
    assert room.page() is not None


def test_a_draft_needs_no_guid_and_no_other_than_its_own(
    newsroom: Newsroom, room: Room
) -> None:
    newsroom.edit(STORY, "guid: guid-of-story-1\n", "")
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
    write(newsroom.root, episode_files(3, publish="draft"))
    newsroom.edit("episodes/story-3/episode.md", "guid-of-story-3", "guid-of-story-2")
    newsroom.edit(SHOW, "guid: 5cd87abd-e6cc-5f88-bdf7-7be85cce2993\n", "")

    room.proof()

    pages = [room.page(f"/stories/story-{number}") for number in (1, 2, 3)]
    assert None not in pages


def test_what_cannot_be_rendered_does_not_hinder_the_rest(
    newsroom: Newsroom, room: Room
) -> None:
    write(newsroom.root, {"episodes/story-1/words.docx": b"PK"})
    newsroom.edit(STORY, "people:", "transcript: words.docx\npeople:")

    proof = room.proof()

    assert proof.notices[PAGE].sentence == (
        "Not shown: what is wrong with it has to be put right first."
    )
    assert proof.fault == ""
    assert room.page("/stories/story-2") is not None


class Full(dict[str, bytes]):
    """A cache that fails as soon as it is told to."""

    broken = False

    def __setitem__(self, key: str, value: bytes) -> None:
        if self.broken:
            msg = "no room"
            raise OSError(msg)
        super().__setitem__(key, value)


def test_a_clock_that_stands_still_measures_spans(newsroom: Newsroom) -> None:
    present = StandingClock(newsroom.clock)
    newsroom.clock.advance(timedelta(seconds=5))

    assert present.now() == newsroom.clock.now() - timedelta(seconds=5)
    assert present.monotonic() == newsroom.clock.monotonic()


def test_where_nothing_can_be_rendered_the_last_pages_stay(newsroom: Newsroom) -> None:
    cache = Full()
    room = Room(newsroom, Wish(), cache=cache)
    room.proof()
    cache.broken = True
    newsroom.edit(STORY, "title: Story 1", "title: Finding my feet")

    proof = room.proof()

    assert proof.fault == "OSError: no room"
    assert proof.shown
    assert "Story 1" in (room.page() or "")


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (PermissionError(13, "Permission denied"), "PermissionError: [Errno 13] Per"),
        (MediaError("No reader of media starts."), "No reader of media starts."),
    ],
)
def test_where_nothing_can_be_read_that_is_told(
    newsroom: Newsroom, error: Exception, fault: str
) -> None:
    room = Room(newsroom, Wish())

    def read() -> tuple[Site | None, tuple[()]]:
        raise error

    proofer = Proofer(
        newsroom.desk(room.store),
        store=room.store,
        present=StandingClock(SetClock()),
        read=read,
        wish=Wish(),
    )
    proof = proofer.proof()

    assert proof is not None
    assert proof.fault.startswith(fault)
    assert not proof.shown


def test_previews_change_nothing_that_is_published(tmp_path: Path) -> None:
    stores = []
    for name in ("plain", "previewed"):
        with Newsroom.opened(tmp_path / name) as newsroom:
            write(newsroom.root, episode_files(3, publish="draft"))
            if name == "previewed":
                Room(newsroom, Wish()).proof()
            newsroom.publish()
            stores.append({one.key: one.sha256 for one in newsroom.store.list("")})

    assert stores[0] == stores[1]
