"""Chapters are the same wherever they come from and wherever they go."""

import json
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree

from peru_media.media.maker import Maker
from peru_media.media.probe import facts_of
from peru_media.model.chapters import chapters_of
from peru_media.model.facts import CopyRecipe, CopyTags, FileFacts
from peru_media.model.files import ChapterField
from peru_media.model.source import Chapter
from peru_media.rendering.chapters import chapters_json
from peru_media.rendering.feed import render_feed
from peru_media.rendering.marks import marks_of
from tests.factories import NOON, make_episode
from tests.media.chaptered import SOURCES, Told, without_box
from tests.media.samples import sound
from tests.rendering import samples

SECONDS = 14.0
TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a", ".mp4": "video/mp4"}
FEW: Told = (
    (0, "Início — “welcome” & hello"),
    (1_001, "日本語の章、第二"),
    (4_567, "👩‍👩‍👧 Family 🎧"),
    (9_999, "<b>Bold</b> ]]> ende"),
)
MANY: Told = tuple((n * 101 + n % 7, f"Chapter {n} é 漢 🎙") for n in range(129))
LATE: Told = tuple((start + 250, title) for start, title in FEW)


def _read(source: str, told: Told, folder: Path) -> tuple[ChapterField, ...]:
    """The chapters of an episode whose folder holds them in this way alone."""
    if source == "episode.md":
        rows = [{"start": str(at / 1000), "title": title} for at, title in told]
        return chapters_of(make_episode(chapters=rows), {})
    path = SOURCES[source](folder, told, SECONDS)
    audio = path.name if path.suffix not in {".psc", ".txt", ".json"} else "audio.mp3"
    episode = make_episode(files=[path.name, audio], media=audio)
    facts = FileFacts.model_validate(facts_of(path))
    return chapters_of(episode, {episode.file(path.name): facts})


def _told(chapters: tuple[ChapterField, ...]) -> Told:
    return tuple((round(one.start * 1000), one.title) for one in chapters)


def _copy(maker: Maker, master: Path, chapters: tuple[ChapterField, ...]) -> Path:
    episode = make_episode(chapters=[one.model_dump() for one in chapters])
    marks = marks_of(episode, {}, duration=SECONDS)
    return maker.copy(
        CopyRecipe(
            master=str(master),
            master_sha256=sha256(master.read_bytes()).hexdigest(),
            media_type=TYPES[master.suffix],
            tags=CopyTags(title="The story", album="Show", chapters=marks),
        )
    )


def _ffprobe(path: Path) -> Told:
    """What FFmpeg's own program finds."""
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return tuple(
        (round(float(one["start_time"]) * 1000), one["tags"]["title"])
        for one in json.loads(done.stdout)["chapters"]
    )


def _in_json(chapters: tuple[Chapter, ...]) -> Told:
    episode = samples.make_episode(chapters=chapters)
    written = json.loads(chapters_json(episode, base_url=samples.BASE))
    return tuple(
        (round(one["startTime"] * 1000), one["title"]) for one in written["chapters"]
    )


def _in_feed(chapters: tuple[Chapter, ...]) -> Told:
    """Podlove simple chapters, read by lxml alone."""
    show = samples.make_show(simple_chapters=True)
    episode = samples.make_episode(chapters=chapters)
    feed = render_feed(show, [episode], base_url=samples.BASE, built=NOON)
    told = []
    for one in etree.fromstring(feed).iter(
        "{http://podlove.org/simple-chapters}chapter"
    ):
        hours, minutes, seconds = one.get("start", "").split(":")
        at = int(hours) * 3_600_000 + int(minutes) * 60_000
        told.append((at + round(float(seconds) * 1000), one.get("title", "")))
    return tuple(told)


def _everywhere(
    maker: Maker, masters: tuple[Path, Path], found: tuple[ChapterField, ...]
) -> dict[str, Told]:
    mp3, m4a = (_copy(maker, master, found) for master in masters)
    public = tuple(Chapter(**one.model_dump(exclude={"image"})) for one in found)
    return {
        "ID3 (ffprobe)": _ffprobe(mp3),
        "MP4 (ffprobe)": _ffprobe(m4a),
        "MP4, Nero alone (ffprobe)": _ffprobe(without_box(m4a, b"chap")),
        "MP4, QuickTime alone (ffprobe)": _ffprobe(without_box(m4a, b"chpl")),
        "application/json+chapters": _in_json(public),
        "psc:chapters": _in_feed(public),
    }


@pytest.fixture
def masters(tmp_path: Path) -> tuple[Path, Path]:
    return (
        sound(tmp_path / "m.mp3", seconds=SECONDS),
        sound(tmp_path / "m.m4a", "aac", form="ipod", seconds=SECONDS),
    )


@pytest.mark.parametrize("source", ["episode.md", *SOURCES])
def test_every_source_reaches_every_target_to_the_millisecond(
    source: str,
    maker: Maker,
    masters: tuple[Path, Path],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    equal = targets = 0
    for told in (FEW, MANY):
        found = _read(source, told, tmp_path)
        assert _told(found) == told

        reached = _everywhere(maker, masters, found)

        assert reached == dict.fromkeys(reached, told)
        targets = len(reached)
        equal += targets * len(told)
    record_property(
        "figure",
        f"chapters from {source}: {equal} of {equal} as they were, in "
        f"{targets} targets",
    )


def test_a_first_chapter_that_begins_late_begins_late_everywhere(
    maker: Maker, masters: tuple[Path, Path], tmp_path: Path
) -> None:
    found = _read("ID3 in MP3", LATE, tmp_path)

    reached = _everywhere(maker, masters, found)

    for target, told in reached.items():
        before = ((0, "The story"),) if target.startswith("MP4") else ()
        assert told == (*before, *LATE), target


def test_titles_too_long_for_a_box_end_between_two_letters(
    maker: Maker, masters: tuple[Path, Path], tmp_path: Path
) -> None:
    told = ((0, "a" + "漢" * 120), (5_000, "End"))
    found = _read("JSON chapters", told, tmp_path)

    copy = _copy(maker, masters[1], found)

    assert _ffprobe(copy) == ((0, "a" + "漢" * 84), (5_000, "End"))
    assert [one["title"] for one in facts_of(copy)["chapters"]] == [
        "a" + "漢" * 84,
        "End",
    ]


def test_a_film_has_its_chapters_as_a_recording_has(
    maker: Maker, tmp_path: Path
) -> None:
    film = sound(tmp_path / "a.mp4", "aac", form="mp4", seconds=SECONDS, film=True)
    found = _read("JSON chapters", FEW, tmp_path)

    copy = _copy(maker, film, found)

    assert _ffprobe(copy) == FEW
    assert _ffprobe(without_box(copy, b"chpl")) == FEW
    assert facts_of(copy)["duration"] == facts_of(film)["duration"]
