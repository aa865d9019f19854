"""A recording that nobody would hear, for want of one file, is pointed out."""

from pathlib import Path

import pytest

from peru_media.model.problem import Severity
from peru_media.reading import read_site
from tests.reading.broken import SOUND, write


@pytest.mark.parametrize(
    ("files", "place", "fix"),
    [
        (["amy/audio.mp3"], "episodes/amy/", "Write episode.md beside it"),
        (["2026/amy/Audio.M4A"], "episodes/2026/amy/", "Write episode.md beside it"),
        (
            ["amy/audio.mp3", "amy/episode.txt"],
            "episodes/amy/",
            "Rename episode.txt to episode.md.",
        ),
        (["amy/b.mp3", "amy/a.pdf"], "episodes/amy/", "Write episode.md"),
        (["audio.mp3"], "episodes/", "Move it into a folder of its own"),
    ],
)
def test_a_recording_without_its_file_is_a_warning(
    files: list[str], place: str, fix: str, tmp_path: Path
) -> None:
    write(tmp_path, SOUND | {f"episodes/{name}": "" for name in files})

    site, (problem,) = read_site(tmp_path)

    assert site is not None
    assert (problem.code, problem.severity) == ("W154", Severity.WARN)
    assert str(problem.place) == place
    assert problem.fix.startswith(fix)


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "drafts/episode.txt",
        "homelessness/audio.mp3",
        "homelessness/extra/audio.mp3",
        ".trash/audio.mp3",
    ],
)
def test_anything_else_may_lie_where_it_likes(name: str, tmp_path: Path) -> None:
    write(tmp_path, SOUND | {f"episodes/{name}": ""})

    assert read_site(tmp_path)[1] == ()
