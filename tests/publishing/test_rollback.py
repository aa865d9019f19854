"""A rollback says again what a former release said, as far as it may be today."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from peru_media.errors import ContentError, RefusedError
from peru_media.model.release import CURRENT_KEY
from peru_media.model.value import digest
from peru_media.ports import Store
from peru_media.publishing.collecting import collect, gather
from peru_media.publishing.history import releases
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import Published, publish
from peru_media.publishing.reach import reach
from peru_media.publishing.rollback import Rollback, prepare_rollback
from peru_media.reading import read_site
from tests.newsroom import Newsroom
from tests.projects import episode_files, tone, write
from tests.publishing.keepsake import kept
from tests.stores import CountingStore

STORY, OTHER = "episodes/story-1/episode.md", "episodes/story-2/episode.md"
RECORD = """\
id: c-017
public_name: Dan
name_kind: pseudonym
scope: [podcast, website, transcript]
obtained: 2026-01-05
"""
GRAVE = """\
withdrawn:
  - guid: {guid}
    at: 2026-11-02T12:00:00Z
    id: {id}
"""


def back(
    newsroom: Newsroom,
    release: int | None = None,
    *,
    max_delete: int | None = None,
    rehearsal: bool = False,
    store: Store | None = None,
) -> Rollback:
    site, problems = read_site(newsroom.root)
    assert site is not None
    return prepare_rollback(
        site,
        newsroom.desk(store),
        read=problems,
        release=release,
        max_delete=max_delete,
        rehearsal=rehearsal,
    )


def roll_back(newsroom: Newsroom, release: int | None = None) -> Published:
    return publish(back(newsroom, release).prepared, newsroom.desk())


def titles(newsroom: Newsroom) -> dict[str, str]:
    source = read_live(newsroom.store, {}).source()
    assert source is not None
    return {one.slug: one.title for one in source.episodes}


def whole(newsroom: Newsroom) -> bool:
    there = {one.key for one in newsroom.store.list("")}
    return reach(read_live(newsroom.store, {})) <= there


@pytest.fixture(scope="module")
def _renamed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom.opened(tmp_path_factory.mktemp("renamed")) as newsroom:
        newsroom.publish()
        newsroom.clock.advance(timedelta(days=2))
        newsroom.edit(STORY, "title: Story 1", "title: A mistake")
        (newsroom.root / "episodes/story-1/audio.mp3").write_bytes(tone(600))
        newsroom.publish(by="alex")
        newsroom.clock.advance(timedelta(days=2))
        yield newsroom


@pytest.fixture
def renamed(_renamed: Newsroom, tmp_path: Path) -> Iterator[Newsroom]:
    """Two releases: in the second an episode has another title, and another sound."""
    with kept(_renamed, tmp_path / "aside"):
        yield _renamed


def test_the_release_before_comes_back_as_a_new_one(renamed: Newsroom) -> None:
    first = list(releases(read_live(renamed.store, {})))[1].source()

    published = roll_back(renamed)

    assert published.release == 3
    assert titles(renamed)["story-1"] == "Story 1"
    assert read_live(renamed.store, {}).source() == first
    assert whole(renamed)
    assert b"Story 1" in renamed.feed()


def test_files_stay_as_they_were_and_the_next_publish_brings_their_state(
    renamed: Newsroom,
) -> None:
    roll_back(renamed)

    assert "A mistake" in (renamed.root / STORY).read_text()
    renamed.publish()
    assert titles(renamed)["story-1"] == "A mistake"
    assert whole(renamed)


def test_any_release_that_is_left_can_be_named(renamed: Newsroom) -> None:
    renamed.edit(STORY, "title: A mistake", "title: Another")
    renamed.publish()

    assert back(renamed, 2).release == 2
    roll_back(renamed, 1)
    assert titles(renamed)["story-1"] == "Story 1"


def test_the_live_release_brings_nothing_new(renamed: Newsroom) -> None:
    assert back(renamed, 2).prepared.plan.nothing


def test_guids_and_dates_are_as_before(renamed: Newsroom) -> None:
    def known() -> dict[str, tuple[str, object]]:
        entries = read_live(renamed.store, {}).ledger().episodes
        return {name: (one.guid, one.first) for name, one in entries.items()}

    before = known()
    roll_back(renamed)

    assert known() == before


def test_no_file_of_an_episode_is_needed(renamed: Newsroom) -> None:
    for path in sorted((renamed.root / "episodes").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    roll_back(renamed)

    assert titles(renamed)["story-1"] == "Story 1"


@pytest.mark.parametrize("release", [None, 7])
def test_a_release_that_is_not_there_is_refused(
    newsroom: Newsroom, release: int | None
) -> None:
    newsroom.publish()

    said = "no release before" if release is None else "There are: 1."
    with pytest.raises(RefusedError, match=said):
        back(newsroom, release)


def test_before_the_first_release_there_is_nothing_to_go_back_to(
    newsroom: Newsroom,
) -> None:
    with pytest.raises(RefusedError, match="There are: none"):
        back(newsroom, 1)


def test_what_was_collected_since_cannot_come_back(renamed: Newsroom) -> None:
    first = list(releases(read_live(renamed.store, {})))[1]
    needed = reach(first) - reach(read_live(renamed.store, {}))
    media = [key for key in needed if key.startswith("public/")]
    renamed.store.delete(media)

    with pytest.raises(RefusedError, match='the recording of "Story 1"'):
        back(renamed)


def test_a_text_that_is_gone_is_refused_too(renamed: Newsroom) -> None:
    first = list(releases(read_live(renamed.store, {})))[1].root
    assert first is not None
    renamed.store.delete([first.source.key])

    with pytest.raises(RefusedError, match="not everything of it"):
        back(renamed)


def test_what_goes_while_it_is_sent_stops_it(renamed: Newsroom) -> None:
    made = back(renamed)
    relied = [p.key for p in made.prepared.parcels if p.copied_from == p.key]
    assert relied
    renamed.store.delete(relied)

    with pytest.raises(Exception, match="nothing is stored under this name"):
        publish(made.prepared, renamed.desk())

    assert renamed.root_of().number == 2


def test_a_collection_in_the_middle_leaves_it_whole(renamed: Newsroom) -> None:
    class Collected(CountingStore):
        def _before(self, verb: str, key: str) -> None:
            super()._before(verb, key)
            if (verb, key) == ("put", CURRENT_KEY):
                found = gather(renamed.desk())
                assert found is not None
                collect(renamed.desk(), found)

    made = back(renamed)
    publish(made.prepared, renamed.desk(Collected(renamed.store)))

    assert whole(renamed)


def test_a_rehearsal_writes_nothing(renamed: Newsroom) -> None:
    store = CountingStore(renamed.store)

    back(renamed, rehearsal=True, store=store)

    assert {verb for verb, _ in store.calls} <= {"get", "head"}


def test_losing_too_much_is_refused_as_ever(renamed: Newsroom) -> None:
    write(renamed.root, episode_files(3))
    renamed.publish()

    with pytest.raises(RefusedError, match=r"make rollback MAX_DELETE=1"):
        back(renamed)
    assert back(renamed, max_delete=1).prepared.plan.lost == 1


def test_who_stays_out_is_named_where_that_is_too_much(agreed: Newsroom) -> None:
    roll_back(agreed)
    record(agreed, "withdrawn: 2026-11-03\n")

    with pytest.raises(RefusedError, match=r'lose 1 of 2 .*"Dan".* is withdrawn'):
        back(agreed, 1)


# --- Consents and tombstones of today ---------------------------------------------


@pytest.fixture(scope="module")
def _agreed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom.opened(tmp_path_factory.mktemp("agreed")) as newsroom:
        record(newsroom)
        newsroom.edit(STORY, "  - name: The host", "  - contributor: c-017")
        newsroom.publish()
        newsroom.clock.advance(timedelta(days=1))
        newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
        publish(newsroom.prepare(max_delete=1), newsroom.desk())
        yield newsroom


@pytest.fixture
def agreed(_agreed: Newsroom, tmp_path: Path) -> Iterator[Newsroom]:
    """Dan was in the first story by a consent; then the story was taken down."""
    with kept(_agreed, tmp_path / "aside"):
        yield _agreed


def record(newsroom: Newsroom, more: str = "") -> None:
    write(newsroom.root, {"feeds/contributors/c-017.yaml": RECORD + more})


def reasons(made: Rollback) -> dict[str, str]:
    return {one.slug: one.reason for one in made.objections}


def test_whose_consent_holds_comes_back(agreed: Newsroom) -> None:
    assert set(titles(agreed)) == {"story-2"}
    assert back(agreed).objections == ()
    roll_back(agreed)
    assert set(titles(agreed)) == {"story-1", "story-2"}
    assert whole(agreed)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("withdrawn: 2026-11-03\n", 'the consent of "Dan" (c-017) is withdrawn'),
        ("expires: 2026-11-01\n", 'the consent of "Dan" (c-017) ended on 2026-11-01'),
        (
            "expires: 2026-11-01\non_expiry: stop-new\n",
            'the consent of "Dan" (c-017) ended on 2026-11-01',
        ),
    ],
)
@pytest.mark.parametrize("file", ["here", "without them", "gone"])
def test_whose_consent_does_not_hold_today_stays_out(
    agreed: Newsroom, more: str, reason: str, file: str
) -> None:
    record(agreed, more)
    if file == "gone":
        (agreed.root / STORY).unlink()
    elif file == "without them":
        agreed.edit(STORY, "  - contributor: c-017", "  - name: The host")

    made = back(agreed)

    assert reasons(made) == {"story-1": reason}
    publish(made.prepared, agreed.desk())
    assert set(titles(agreed)) == {"story-2"}
    assert whole(agreed)


@pytest.mark.parametrize(
    "more", ["expires: 2026-11-01\non_expiry: keep\n", "expires: 2027-11-01\n"]
)
def test_whose_consent_may_be_relied_on_comes_back(agreed: Newsroom, more: str) -> None:
    record(agreed, more)

    assert reasons(back(agreed)) == {}


def test_who_chose_that_nothing_new_comes_stays_where_they_are(
    agreed: Newsroom,
) -> None:
    roll_back(agreed)
    record(agreed, "expires: 2026-11-01\non_expiry: stop-new\n")

    assert reasons(back(agreed, 1)) == {}


def test_who_agreed_to_less_since_stays_out(agreed: Newsroom) -> None:
    less = RECORD.replace("[podcast, website, transcript]", "[website]")
    write(agreed.root, {"feeds/contributors/c-017.yaml": less})

    assert "does not cover all of it" in reasons(back(agreed))["story-1"]


def test_somebody_of_the_same_name_is_somebody_else(agreed: Newsroom) -> None:
    other = RECORD.replace("c-017", "c-020") + "withdrawn: 2026-11-03\n"
    write(agreed.root, {"feeds/contributors/c-020.yaml": other})

    assert reasons(back(agreed)) == {}


@pytest.mark.parametrize("text", [None, "id: c-017\nnonsense: [\n"])
def test_a_record_that_cannot_be_read_is_none(
    agreed: Newsroom, text: str | None
) -> None:
    path = agreed.root / "feeds/contributors/c-017.yaml"
    path.unlink() if text is None else path.write_text(text)

    assert reasons(back(agreed)) == {
        "story-1": "somebody in it has no consent record that can be read"
    }


def test_an_episode_whose_file_cannot_be_read_stays_out(agreed: Newsroom) -> None:
    (agreed.root / STORY).write_text("---\nshow: [\n---\n")

    assert "cannot be read" in reasons(back(agreed))["story-1"]


def test_an_unrelated_mistake_stands_in_nobodys_way(renamed: Newsroom) -> None:
    renamed.edit(OTHER, "number: 2", "numbr: 2")

    assert reasons(back(renamed)) == {}  # it is out, and stays so


def test_without_a_file_the_end_is_that_of_then(newsroom: Newsroom) -> None:
    record(newsroom, "expires: 2026-11-20\n")
    newsroom.edit(STORY, "  - name: The host", "  - contributor: c-017")
    newsroom.publish()
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
    publish(newsroom.prepare(max_delete=1), newsroom.desk())
    (newsroom.root / STORY).unlink()
    (newsroom.root / "feeds/contributors/c-017.yaml").unlink()
    assert reasons(back(newsroom)) == {}

    newsroom.clock.advance(timedelta(days=30))

    assert reasons(back(newsroom)) == {"story-1": "a consent that it needs has ended"}


def test_a_consent_that_ends_sooner_ends_the_episode_sooner(
    agreed: Newsroom,
) -> None:
    record(agreed, "expires: 2026-12-01\n")

    roll_back(agreed)

    source = read_live(agreed.store, {}).source()
    assert source is not None
    (story,) = (one for one in source.episodes if one.slug == "story-1")
    assert story.until is not None
    assert story.until.date().isoformat() == "2026-12-02"
    assert story.enclosure.key.startswith("held/")
    assert whole(agreed)


def test_a_show_names_nobody_whose_consent_does_not_hold(newsroom: Newsroom) -> None:
    record(newsroom)
    show = "feeds/stories/show.md"
    newsroom.edit(show, "licence:", "people:\n  - contributor: c-017\nlicence:")
    newsroom.publish()
    newsroom.edit(show, "people:\n  - contributor: c-017\n", "")
    newsroom.publish()
    record(newsroom, "withdrawn: 2026-11-03\n")

    roll_back(newsroom)

    source = read_live(newsroom.store, {}).source()
    assert source is not None
    assert source.shows[0].people == ()


@pytest.mark.parametrize("closed", ["live", "files"])
def test_a_show_that_was_closed_since_stays_closed(
    renamed: Newsroom, closed: str
) -> None:
    show = "feeds/stories/show.md"
    renamed.edit(show, "licence:", "visibility: unlisted\nlicence:")
    if closed == "live":
        renamed.publish()
    roll_back(renamed, 1)

    source = read_live(renamed.store, {}).source()
    assert source is not None
    assert source.shows[0].visibility == "unlisted"
    assert {one.enclosure.key.split("/")[0] for one in source.episodes} == {"held"}
    assert whole(renamed)


@pytest.mark.parametrize("where", ["files", "store"])
def test_what_was_withdrawn_never_comes_back(newsroom: Newsroom, where: str) -> None:
    newsroom.publish()
    source = read_live(newsroom.store, {}).source()
    assert source is not None
    story = next(one for one in source.episodes if one.slug == "story-1")
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
    publish(newsroom.prepare(max_delete=1), newsroom.desk())
    _bury(newsroom.root, story.guid, story.id)
    if where == "store":
        publish(newsroom.prepare(), newsroom.desk(), look=False)
        (newsroom.root / "feeds/withdrawn.yaml").unlink()

    made = back(newsroom, 1)

    assert (made.objections, made.withdrawn) == ((), 1)
    publish(made.prepared, newsroom.desk())
    assert set(titles(newsroom)) == {"story-2"}
    assert b"Story 1" not in newsroom.feed()


def _bury(root: Path, guid: str, name: str) -> None:
    text = GRAVE.format(guid=digest(guid.encode()), id=name)
    (root / "feeds/withdrawn.yaml").write_text(text)


def test_without_the_tombstones_nothing_is_brought_back(renamed: Newsroom) -> None:
    (renamed.root / "feeds/withdrawn.yaml").write_text("withdrawn: 3\n")

    with pytest.raises(ContentError):
        back(renamed)


def test_what_was_taken_out_since_does_not_come_back(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(OTHER, "title: Story 2", "title: Another")
    newsroom.edit(
        STORY, "number: 1\n", "edits:\n  - words: words of Story\nnumber: 1\n"
    )
    newsroom.publish()

    made = back(newsroom, max_delete=1)

    assert [(one.slug, one.reason[:26]) for one in made.objections] == [
        ("story-1", "something was taken out of")
    ]
    assert [one.slug for one in made.prepared.build.source.episodes] == ["story-2"]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (
            "  - {start: 0:00.2, end: 0:00.4, how: bleep}",
            "  - {start: 0:00.2, end: 0:00.8, how: bleep}",
            "other parts of its sound are taken out by now",
        ),
        (
            "  - words: nobody says this",
            "  - words: What Story 1 is about",
            "words stood in it that are taken out of it by now",
        ),
    ],
)
def test_what_an_edit_takes_out_that_was_changed_does_not_come_back(
    before: str, after: str, why: str, newsroom: Newsroom
) -> None:
    newsroom.edit(STORY, "number: 1\n", f"edits:\n{before}\nnumber: 1\n")
    newsroom.publish()
    newsroom.edit(STORY, before, after)
    newsroom.publish()

    made = back(newsroom, max_delete=1)

    (objection,) = made.objections
    assert objection.reason.startswith(why)
    assert [one.slug for one in made.prepared.build.source.episodes] == ["story-2"]


def test_an_edit_that_was_lifted_stands_in_nobodys_way(newsroom: Newsroom) -> None:
    edit = "  - {start: 0:00.2, end: 0:00.4, how: bleep}"
    newsroom.edit(STORY, "number: 1\n", f"edits:\n{edit}\nnumber: 1\n")
    newsroom.publish()
    newsroom.edit(STORY, "how: bleep}", "how: bleep, lifted: 2026-03-03}")
    newsroom.publish()

    assert back(newsroom).objections == ()
