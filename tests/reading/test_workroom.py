"""What an import gathers comes in whole, and over nothing."""

import os
from pathlib import Path

import pytest

from peru_media.errors import ContentError
from peru_media.model.problem import Place
from peru_media.reading.workroom import FolderRoom


@pytest.fixture
def room(tmp_path: Path) -> FolderRoom:
    (tmp_path / "feeds/trains").mkdir(parents=True)
    (tmp_path / "episodes/2026/sleeper").mkdir(parents=True)
    return FolderRoom(tmp_path, name="x")


def test_a_folder_comes_with_all_its_files(room: FolderRoom, tmp_path: Path) -> None:
    part = room.part("sound")
    part.write_bytes(b"sound")

    placed = room.place("episodes/new", {"episode.md": b"text", "people/a.png": part})

    assert placed
    assert (tmp_path / "episodes/new/episode.md").read_bytes() == b"text"
    assert (tmp_path / "episodes/new/people/a.png").read_bytes() == b"sound"
    assert part.exists()


def test_what_lies_there_is_left_as_it_is(room: FolderRoom, tmp_path: Path) -> None:
    assert not room.place("feeds/trains", {"show.md": b"other"})
    assert list((tmp_path / "feeds/trains").iterdir()) == []


def test_a_link_is_not_followed(room: FolderRoom, tmp_path: Path) -> None:
    (tmp_path / "episodes/new").symlink_to(tmp_path / "nowhere")

    assert not room.place("episodes/new", {"episode.md": b"text"})
    assert not (tmp_path / "nowhere").exists()


def test_what_an_earlier_run_left_half_done_is_not_brought_in(
    room: FolderRoom, tmp_path: Path
) -> None:
    left = room.part("x").parents[1] / "whole"
    left.mkdir()
    (left / "old.mp3").write_bytes(b"old")

    room.place("episodes/new", {"episode.md": b"text"})

    assert [one.name for one in (tmp_path / "episodes/new").iterdir()] == ["episode.md"]


def test_files_are_copied_where_a_disk_has_no_links(
    room: FolderRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", no_links)
    part = room.part("sound")
    part.write_bytes(b"sound")

    room.place("episodes/new", {"audio.mp3": part})

    assert (tmp_path / "episodes/new/audio.mp3").read_bytes() == b"sound"


def test_every_folder_at_any_depth_is_taken(room: FolderRoom) -> None:
    assert room.taken() == {"trains", "2026", "sleeper"}


def test_a_journal_outlives_the_program(room: FolderRoom, tmp_path: Path) -> None:
    assert room.notes() == ()
    room.note({"url": "a\u2028b"})
    room.note({"url": "c"})

    again = FolderRoom(tmp_path, name="x")
    assert [note["url"] for note in again.notes()] == ["a\u2028b", "c"]
    assert FolderRoom(tmp_path, name="y").notes() == ()


def test_a_report_takes_the_place_of_an_earlier_one(
    room: FolderRoom, tmp_path: Path
) -> None:
    room.write("import-report.md", b"one")
    room.write("import-report.md", b"two")

    assert (tmp_path / "import-report.md").read_bytes() == b"two"


def test_a_room_that_is_closed_leaves_nothing(room: FolderRoom, tmp_path: Path) -> None:
    room.note({"a": 1})
    room.close()
    room.close()

    assert list((tmp_path / ".peru-media").iterdir()) == []


def test_the_disk_tells_what_is_free(room: FolderRoom) -> None:
    assert room.free() > 0


def test_one_value_is_edited_and_no_other_byte(
    room: FolderRoom, tmp_path: Path
) -> None:
    (tmp_path / "episode.md").write_bytes(b"---\npublish: draft # wait\n---\nWords.\n")

    room.edit("episode.md", Place("episode.md", 2, 10), "2026-03-10 09:00")

    edited = (tmp_path / "episode.md").read_bytes()
    assert edited == b"---\npublish: 2026-03-10 09:00 # wait\n---\nWords.\n"
    with pytest.raises(ContentError):
        room.edit("episode.md", Place("episode.md", 1, 1), "x")
