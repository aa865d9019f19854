"""Every file is found once, and none outside the project."""

import os
from pathlib import Path

import pytest

from peru_media.reading.folders import Found, find


def touch(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()


def test_a_file_belongs_to_the_nearest_folder_above_it(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "episodes/notes.txt",
        "episodes/2026/b/episode.md",
        "episodes/2026/b/audio.mp3",
        "episodes/2026/b/docs/review.pdf",
        "episodes/2026/b/extra/episode.md",
        "episodes/2026/b/extra/audio.mp3",
        "episodes/a/episode.md",
    )

    finds = find(tmp_path, "episodes", name="episode.md")
    folder = "episodes/2026/b"
    assert finds.found == [
        Found(
            f"{folder}/episode.md", (f"{folder}/audio.mp3", f"{folder}/docs/review.pdf")
        ),
        Found(f"{folder}/extra/episode.md", (f"{folder}/extra/audio.mp3",)),
        Found("episodes/a/episode.md", ()),
    ]
    assert finds.loose == ["episodes/notes.txt"]
    assert finds.problems == []


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "episodes/a/episode.md",
        "episodes/a/.DS_Store",
        "episodes/.b/episode.md",
    )

    assert find(tmp_path, "episodes", name="episode.md").found == [
        Found("episodes/a/episode.md", ())
    ]


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    assert find(tmp_path, "episodes", name="episode.md").found == []


@pytest.mark.parametrize(
    "name", ["a b.mp3", "é ü.mp3", "\U0001f600.mp3", "-rf", "a'b\"c"]
)
def test_odd_names_are_tolerated(name: str, tmp_path: Path) -> None:
    touch(tmp_path, "episodes/a/episode.md", f"episodes/a/{name}")

    (found,) = find(tmp_path, "episodes", name="episode.md").found
    assert found.files == (f"episodes/a/{name}",)


@pytest.mark.parametrize(
    "name", [b"Icon\r", b"a\x1b[31m", b"caf\xe9", "a\u202eb".encode()]
)
def test_a_file_that_no_field_could_name_is_passed_over(
    name: bytes, tmp_path: Path
) -> None:
    touch(tmp_path, "episodes/a/episode.md")
    with open(os.fsencode(tmp_path) + b"/episodes/a/" + name, "wb"):  # noqa: PTH123  # Path cannot hold these bytes
        pass

    finds = find(tmp_path, "episodes", name="episode.md")
    assert finds.found == [Found("episodes/a/episode.md", ())]
    assert finds.problems == []


def test_a_folder_that_cannot_be_named_is_a_problem(tmp_path: Path) -> None:
    touch(tmp_path, "episodes/a\nb/episode.md")

    finds = find(tmp_path, "episodes", name="episode.md")
    assert finds.found == []
    (problem,) = finds.problems
    assert (problem.code, problem.place.path) == ("E152", "episodes/a\ufffdb/")


def test_a_name_in_capitals_is_pointed_out(tmp_path: Path) -> None:
    touch(tmp_path, "episodes/a/Episode.MD")

    (problem,) = find(tmp_path, "episodes", name="episode.md").problems
    assert (problem.code, problem.place.path) == ("E152", "episodes/a/Episode.MD")
    assert problem.fix == "Rename it to episode.md."


@pytest.mark.parametrize("name", ["episode.md", "audio.mp3"])
def test_a_link_out_of_the_project_is_refused(name: str, tmp_path: Path) -> None:
    touch(tmp_path, "outside.mp3", "project/episodes/a/cover.jpg")
    (tmp_path / "project/episodes/a" / name).symlink_to(tmp_path / "outside.mp3")

    finds = find(tmp_path / "project", "episodes", name="episode.md")
    assert [(p.code, p.place.path) for p in finds.problems] == [
        ("E151", f"episodes/a/{name}")
    ]
    assert finds.found == []
    assert finds.loose == ["episodes/a/cover.jpg"]


def test_a_folder_with_the_project_s_name_in_front_is_outside(tmp_path: Path) -> None:
    touch(tmp_path, "project-b/secret.mp3", "project/episodes/a/episode.md")
    (tmp_path / "project/episodes/a/b.mp3").symlink_to(
        tmp_path / "project-b/secret.mp3"
    )

    assert find(tmp_path / "project", "episodes", name="episode.md").problems


def test_a_link_to_a_file_of_the_project_is_followed(tmp_path: Path) -> None:
    touch(tmp_path, "masters/one.mp3", "episodes/a/episode.md")
    (tmp_path / "episodes/a/audio.mp3").symlink_to(tmp_path / "masters/one.mp3")

    finds = find(tmp_path, "episodes", name="episode.md")
    assert finds.found == [Found("episodes/a/episode.md", ("episodes/a/audio.mp3",))]
    assert finds.problems == []


def test_a_link_to_nothing_is_no_file(tmp_path: Path) -> None:
    touch(tmp_path, "episodes/a/episode.md")
    (tmp_path / "episodes/a/audio.mp3").symlink_to(tmp_path / "gone.mp3")

    assert find(tmp_path, "episodes", name="episode.md").found[0].files == ()


@pytest.mark.parametrize("link", ["episodes/again", "episodes"])
def test_a_link_to_a_folder_is_refused_so_nothing_goes_in_circles(
    link: str, tmp_path: Path
) -> None:
    touch(tmp_path, "elsewhere/episode.md", "feeds/site.yaml")
    (tmp_path / link).parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to(tmp_path)

    (problem,) = find(tmp_path, "episodes", name="episode.md").problems
    assert (problem.code, problem.place.path) == ("E151", link)


def test_a_project_behind_a_link_is_read(tmp_path: Path) -> None:
    touch(tmp_path, "real/episodes/a/episode.md", "real/one.mp3")
    (tmp_path / "real/episodes/a/audio.mp3").symlink_to(tmp_path / "real/one.mp3")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    finds = find(tmp_path / "link", "episodes", name="episode.md")
    assert finds.found[0].files == ("episodes/a/audio.mp3",)


def test_a_pipe_is_no_file_and_nothing_waits_for_it(tmp_path: Path) -> None:
    touch(tmp_path, "episodes/a/cover.jpg")
    os.mkfifo(tmp_path / "episodes/a/episode.md")

    finds = find(tmp_path, "episodes", name="episode.md")
    assert (finds.found, finds.loose) == ([], ["episodes/a/cover.jpg"])


def test_a_folder_that_cannot_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "episodes/a/episode.md")

    def refused(folder: str) -> None:
        raise PermissionError(13, "Permission denied", folder)

    monkeypatch.setattr(os, "scandir", refused)  # root may read everything
    (problem,) = find(tmp_path, "episodes", name="episode.md").problems
    assert (problem.code, problem.place.path) == ("E100", "episodes/")


def test_very_deep_folders_are_read(tmp_path: Path) -> None:
    path = "episodes/" + "a/" * 300 + "episode.md"
    touch(tmp_path, path)

    assert find(tmp_path, "episodes", name="episode.md").found == [Found(path, ())]
