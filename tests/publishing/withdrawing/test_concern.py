"""Whom an order concerns: by files, by guid, and by the name that is public."""

from datetime import timedelta

import pytest

from peru_media.errors import RefusedError
from peru_media.publishing.live import read_live
from peru_media.publishing.omission import omitted
from peru_media.publishing.publishing import publish
from peru_media.reading.books import ProjectBooks
from tests.leaving import FOLDER, NAME, SLUG, Leaving

PAGE = f"{FOLDER}/episode.md"
AGREED = "  - contributor: c-017   # agreed on paper\n    role: guest\n"
OTHER = """\
id: c-018
public_name: {name}
name_kind: pseudonym
scope: [podcast, website, transcript, quotes]
obtained: 2026-01-05
"""


def _found(leaving: Leaving, name: str = "c-017") -> dict[str, dict[str, str]]:
    docket = leaving.foresee(name).docket
    return {one.slug: one.states for one in docket.episodes}


def test_it_is_what_the_files_say(leaving: Leaving) -> None:
    assert _found(leaving) == {SLUG: {"local": "published"}}


def test_a_draft_that_was_never_published_counts_too(leaving: Leaving) -> None:
    page = leaving.room.root / "episodes/story-2/episode.md"
    text = page.read_text().replace("guid-of-story-2", "guid-of-a-draft")
    draft = leaving.room.root / "episodes/draft/episode.md"
    draft.parent.mkdir()
    draft.write_text(text.replace("people:\n", f"people:\n{AGREED}"))

    found = _found(leaving)
    leaving.withdraw()

    assert found["draft"] == {"local": "absent"}
    written = (leaving.room.root / "feeds/withdrawn.yaml").read_text()
    assert written.count("guid:") == 2


@pytest.mark.parametrize("change", ["renamed", "deleted", "taken out", "typed anew"])
def test_what_is_published_is_found_without_its_folder(
    leaving: Leaving, change: str
) -> None:
    room = leaving.room
    if change == "renamed":
        (room.root / FOLDER).rename(room.root / "episodes/elsewhere")
    elif change == "taken out":
        room.edit(PAGE, AGREED, "")
    elif change == "typed anew":
        room.edit(PAGE, AGREED, "  - name: Somebody else\n    role: guest\n")
    else:
        (room.root / PAGE).unlink()

    assert [*_found(leaving).values()] == [{"local": "published"}]


@pytest.mark.parametrize("who", [f"name: {NAME}", "contributor: c-018"])
def test_somebody_else_of_the_same_name_stays(leaving: Leaving, who: str) -> None:
    room = leaving.room
    room.write(**{"feeds/contributors/c-018.yaml": OTHER.format(name=NAME)})
    room.edit(PAGE, "contributor: c-017   # agreed on paper", who)

    assert _found(leaving) == {}


def test_a_name_counts_however_its_words_are_spaced(leaving: Leaving) -> None:
    room = leaving.room
    (room.root / PAGE).unlink()
    room.edit("feeds/contributors/c-017.yaml", NAME, NAME.replace(" ", "  "))

    assert SLUG in _found(leaving)


def test_an_episode_of_an_older_release_counts_too(leaving: Leaving) -> None:
    room = leaving.room
    (room.root / PAGE).unlink()
    room.edit("episodes/story-1/episode.md", f"related: {SLUG}\n", "")
    publish(room.prepare(max_delete=1), room.desk())

    assert _found(leaving) == {SLUG: {"local": "former"}}
    assert _found(leaving, SLUG) == {SLUG: {"local": "former"}}


@pytest.mark.parametrize(
    ("days", "state"), [(-400, "scheduled"), (1, "published"), (200, "ended")]
)
def test_it_is_said_what_an_episode_is_on_a_target(
    leaving: Leaving, days: int, state: str
) -> None:
    room = leaving.room
    room.edit(
        "feeds/contributors/c-017.yaml", "form_ref", "expires: 2027-01-31\nform_ref"
    )
    room.publish()
    room.clock.advance(timedelta(days=days))

    assert _found(leaving) == {SLUG: {"local": state}}


def test_nobody_is_refused(leaving: Leaving) -> None:
    for name in ("c-999", "no-such-story"):
        with pytest.raises(RefusedError, match="Nobody knows"):
            leaving.foresee(name)


def test_a_contributor_in_no_episode_is_taken_back_all_the_same(
    leaving: Leaving,
) -> None:
    room = leaving.room
    room.write(**{"feeds/contributors/c-018.yaml": OTHER.format(name="Nobody Yet")})

    leaving.withdraw("c-018")

    record = (room.root / "feeds/contributors/c-018.yaml").read_text()
    assert "withdrawn: 2026-11-02" in record


def test_a_show_goes_on_without_the_name(leaving: Leaving) -> None:
    room = leaving.room
    person = "people:\n  - contributor: c-017\n    role: producer\n"
    room.edit(
        "feeds/stories/show.md", "explicit: false\n", f"explicit: false\n{person}"
    )
    room.edit("feeds/stories/show.md", "contributor: c-017", f"name: {NAME}")
    room.publish()
    room.edit("feeds/stories/show.md", f"name: {NAME}", "contributor: c-017")
    assert leaving.foresee().docket.cases["local"].people == (("stories", NAME),)

    leaving.withdraw()

    source = read_live(room.store, {}).source()
    assert source is not None
    assert source.shows[0].people == ()


def test_a_show_that_names_somebody_else_so_keeps_the_name(leaving: Leaving) -> None:
    room = leaving.room
    person = f"people:\n  - name: {NAME}\n    role: producer\n"
    room.edit(
        "feeds/stories/show.md", "explicit: false\n", f"explicit: false\n{person}"
    )
    room.publish()

    assert leaving.foresee().docket.cases["local"].people == ()


def test_leaving_nobody_out_changes_nothing(leaving: Leaving) -> None:
    source = read_live(leaving.room.store, {}).source()
    assert source is not None

    assert omitted(source) is source
    assert omitted(source, ids={"f" * 20}) is source
    assert omitted(source, people={("stories", "Somebody")}).shows == source.shows


def test_pictures_that_nothing_names_any_more_leave_with_them(leaving: Leaving) -> None:
    room = leaving.room
    cover = (room.root / FOLDER / "cover.png").read_bytes()
    (room.root / FOLDER / "first.png").write_bytes(cover)
    room.edit(PAGE, "  - start: 0\n", "  - start: 0\n    image: first.png\n")
    room.publish()
    source = read_live(room.store, {}).source()
    assert source is not None
    assert source.pictures

    leaving.withdraw()

    after = read_live(room.store, {}).source()
    assert after is not None
    assert after.pictures == ()


def test_two_of_the_same_name_are_not_mixed_up(leaving: Leaving) -> None:
    docket = leaving.foresee().docket
    ProjectBooks(leaving.room.root).keep("c-017", docket.model_dump_json().encode())

    with pytest.raises(RefusedError, match="was cut off"):
        leaving.foresee("c-017", kind="episode")
