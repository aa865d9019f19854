"""A withdrawal writes down what it has to, and not one byte beside it."""

import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from peru_media.errors import ContentError
from peru_media.model.release import Tombstone
from peru_media.reading import read_site
from peru_media.reading.books import ProjectBooks
from tests.projects import write, write_project

FILE = "feeds/withdrawn.yaml"
AMY = Tombstone(
    guid="a" * 64,
    at=datetime(2026, 11, 23, 14, tzinfo=UTC),
    id="a" * 20,
    paths=("b" * 64, "c" * 64),
    masters=("d" * 64,),
    copies=("e" * 64,),
)
BEN = Tombstone(guid="f" * 64, at=AMY.at, id="f" * 20)
OLD = "9" * 64
RECORD = """\
# One of ours.
id: c-017
public_name: Dan
name_kind: pseudonym
scope: [podcast, website, transcript]
obtained: 2026-01-05
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_project(tmp_path, episodes=1)
    return tmp_path


@pytest.fixture
def books(root: Path) -> ProjectBooks:
    return ProjectBooks(root)


def test_the_first_tombstone_begins_the_file(books: ProjectBooks, root: Path) -> None:
    books.bury([AMY])

    text = (root / FILE).read_text()
    assert text.startswith("# What was withdrawn")
    assert books.buried() == (AMY,)
    site, problems = read_site(root)
    assert not problems
    assert site is not None
    assert len(site.withdrawn) == 1


@pytest.mark.parametrize(
    "before",
    [
        f"withdrawn:\n  - guid: {OLD}\n    at: 2026-01-01T00:00:00Z\n",
        f"# ours\nwithdrawn:\n- guid: {OLD}  # why not\n  at: then",
        f"\ufeffwithdrawn:\n    -   guid: '{OLD}'\n        at: then\n# the end\n",
        "# none yet\nwithdrawn: []\n",
        "# none yet\nwithdrawn:\n",
        "# none yet\n",
        "",
    ],
)
def test_another_tombstone_changes_no_other_line(
    books: ProjectBooks, root: Path, before: str
) -> None:
    (root / FILE).write_text(before)
    known = books.buried()

    books.bury([AMY])
    books.bury([AMY, BEN])

    assert books.buried() == (*known, AMY, BEN)
    after = (root / FILE).read_text().splitlines()
    kept = [line for line in before.splitlines() if line != "withdrawn: []"]
    assert [line for line in after if line in kept] == kept


def test_a_file_without_room_for_more_is_written_anew(
    books: ProjectBooks, root: Path
) -> None:
    (root / FILE).write_text(f"withdrawn: [{{guid: {OLD}, at: then}}]\n")

    books.bury([AMY])

    assert [stone.guid for stone in books.buried()] == [OLD, AMY.guid]


def test_what_stands_there_already_is_not_written_again(
    books: ProjectBooks, root: Path
) -> None:
    books.bury([AMY])
    before = (root / FILE).stat().st_mtime_ns

    books.bury([AMY])

    assert (root / FILE).stat().st_mtime_ns == before


def test_a_file_that_cannot_be_read_stays_as_it_is(
    books: ProjectBooks, root: Path
) -> None:
    (root / FILE).write_text("withdrawn: all\n")

    with pytest.raises(ContentError):
        books.bury([AMY])

    assert (root / FILE).read_text() == "withdrawn: all\n"


@pytest.mark.parametrize("said", ["2026-03-03 09:00", "now", "'2026-03-03'  # soon"])
def test_an_episode_becomes_a_draft_by_one_word(
    books: ProjectBooks, root: Path, said: str
) -> None:
    path = "episodes/story-1/episode.md"
    text = (root / path).read_text().replace("2026-03-03 09:00", said)
    (root / path).write_text(text)

    books.take_down(path)

    old, new = text.splitlines(), (root / path).read_text().splitlines()
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert len(changed) == 1
    assert "draft" in changed[0][1]
    books.take_down(path)
    assert (root / path).read_text().splitlines() == new


def test_a_draft_without_a_date_stays_as_it_is(books: ProjectBooks, root: Path) -> None:
    path = "episodes/story-1/episode.md"
    text = (root / path).read_text().replace("publish: 2026-03-03 09:00\n", "")
    (root / path).write_text(text)

    books.take_down(path)

    assert (root / path).read_text() == text


@pytest.mark.parametrize(
    "record",
    [
        RECORD,
        RECORD.rstrip("\n"),
        RECORD + "withdrawn:\n",
        RECORD.replace("\n", "\r\n"),
    ],
)
def test_a_consent_record_says_since_when_it_holds_no_more(
    books: ProjectBooks, root: Path, record: str
) -> None:
    path = "feeds/contributors/c-017.yaml"
    write(root, {path: record.encode()})

    books.take_back(path, date(2026, 11, 23))

    data = (root / path).read_bytes()
    assert data.startswith(RECORD.rstrip("\n").splitlines()[0].encode())
    site, problems = read_site(root)
    assert not problems
    assert site is not None
    assert site.contributors[0].value.withdrawn == date(2026, 11, 23)
    books.take_back(path, date(2026, 12, 24))
    assert (root / path).read_bytes() == data


def test_a_record_without_room_for_a_field_stays_as_it_is(
    books: ProjectBooks, root: Path
) -> None:
    path = "feeds/contributors/c-017.yaml"
    record = (
        "{id: c-017, public_name: Dan, name_kind: pseudonym, scope: [podcast], "
        "obtained: 2026-01-05}\n"
    )
    write(root, {path: record})

    with pytest.raises(ContentError):
        books.take_back(path, date(2026, 11, 23))

    assert (root / path).read_text() == record


def test_what_cannot_be_read_is_told(books: ProjectBooks, root: Path) -> None:
    write(root, {"bad.md": "nothing\n"})

    with pytest.raises(ContentError):
        books.take_down("bad.md")
    with pytest.raises(ContentError):
        books.take_back("bad.md", date(2026, 11, 23))


def test_an_order_is_kept_for_our_eyes_alone(books: ProjectBooks, root: Path) -> None:
    assert books.order("c-017") is None

    books.keep("c-017", b"one")
    books.keep("c-017", b"two")

    place = root / ".peru-media/withdrawals/c-017.json"
    assert books.order("c-017") == b"two"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    books.forget("c-017")
    books.forget("c-017")
    assert books.order("c-017") is None


def test_what_this_machine_made_is_removed_and_receipts_stay(
    books: ProjectBooks, root: Path
) -> None:
    path = books.receive("2026-11-23-c-017.json", b"{}")
    ours = (".peru-media/cache.sqlite", ".peru-media/cache.sqlite-wal")
    made = (
        *ours,
        ".peru-media/copies/aa.mp3",
        ".peru-media/replaced/story-1-2.vtt",
        "build/site/page.html",
        "build/x.json",
    )
    kept = (
        ".peru-media/store/current.json",
        ".peru-media/replaced/story-2-1.vtt",
        "episodes/story-1/audio.mp3",
        path,
    )
    write(root, dict.fromkeys((*made, *kept[:2]), "story"))

    books.clear(["story-1"])
    books.clear(["story-1"])

    assert not [name for name in made if (root / name).exists()]
    assert [name for name in kept if not (root / name).exists()] == []


def test_nothing_was_made_and_nothing_is_removed(tmp_path: Path) -> None:
    ProjectBooks(tmp_path).clear([])

    assert [*tmp_path.iterdir()] == []
