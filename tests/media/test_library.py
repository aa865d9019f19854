"""What another program does with recordings, without folders or files of ours."""

import doctest
import errno
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from mutagen.id3 import ID3

import peru_media.media.library
from peru_media import (
    Chapter,
    FieldError,
    Licence,
    MediaCopy,
    MediaError,
    MediaFacts,
    Person,
    parse_feed,
    publishable_copy,
    read_all_media,
    read_media,
)
from tests.media import samples
from tests.media.samples import sound

Id3: Any = ID3
PROGRAM = dedent("""\
    from datetime import UTC, datetime
    from peru_media import Episode, Person, Show, publishable_copy, render_feed
    site = "https://example.ac.uk"
    people = [Person(name="Ann Example", role="guest")]
    copy = publishable_copy("REC0042.wav", "feet.mp3", title="Finding my feet",
                            show="Fellowship", people=people)
    show = Show(title="Fellowship", link=site, feed_url=f"{site}/feed.xml",
                description="Told by those it is about.", language="en-GB",
                categories=["Science"], image=f"{site}/cover.png", explicit=False)
    episode = Episode(title="Finding my feet", guid="5d45df6a-f5d1-4958-aaf7",
                      published=datetime(2026, 12, 1, 9, tzinfo=UTC), people=people,
                      media=copy.facts.media(f"{site}/feet.mp3"))
    open("feed.xml", "wb").write(render_feed(show, [episode]))
""")


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """Three seconds of a recorder, with the name of who spoke into it."""
    return sound(
        tmp_path / "rec.wav", "pcm_s16le", seconds=3, tags={"artist": "Private Name"}
    )


def copied(master: Path, out: Path | str = "feet.mp3", **more: Any) -> MediaCopy:
    said: dict[str, Any] = {"title": "Feet", "show": "Fellowship"}
    return publishable_copy(master, master.parent / out, **said | more)


def test_ten_lines_make_an_episode_of_a_recording(tmp_path: Path) -> None:
    sound(tmp_path / "REC0042.wav", "pcm_s16le", tags={"artist": "Private Name"})

    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", PROGRAM],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"REC0042.wav", "feet.mp3", "feed.xml"}
    [item] = parse_feed((tmp_path / "feed.xml").read_bytes(), url=None).episodes
    data = (tmp_path / "feet.mp3").read_bytes()
    assert item.enclosures[0].length == len(data)
    assert item.enclosures[0].media_type == "audio/mpeg"
    assert b"Private Name" not in data
    assert b"Ann Example" in data


def test_the_examples_of_the_docstrings_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    done = doctest.testmod(peru_media.media.library)

    assert done.attempted
    assert not done.failed


def test_facts_are_of_the_content_whatever_the_name(tmp_path: Path) -> None:
    path = sound(
        tmp_path / "talk.m4a",
        "aac",
        tags={"title": "One", "artist": "Ann"},
        chapters=[(0, 1.25, "Hello 😀"), (1.25, 2, "第二")],
    ).rename(tmp_path / "talk.txt")

    facts = read_media(path)

    assert (facts.kind, facts.media_type, facts.codec) == (
        "audio",
        "audio/x-m4a",
        "aac",
    )
    assert facts.seconds == pytest.approx(samples.decoded_seconds(path), abs=0.05)
    assert (facts.title, facts.tags["artist"]) == ("One", ("Ann",))
    assert facts.chapters == (
        Chapter(start=0, title="Hello 😀"),
        Chapter(start=1.25, title="第二"),
    )
    assert facts.sound is None
    assert facts.size == path.stat().st_size


def test_listening_tells_of_the_sound(master: Path) -> None:
    found = read_media(str(master), listen=True).sound

    assert found is not None
    assert found.duration == pytest.approx(3, abs=0.01)
    assert found.loudness is not None
    assert found.true_peak is not None


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nonsense")

    with pytest.raises(MediaError, match=r"broken\.pdf: The PDF is damaged"):
        read_media(broken)
    with pytest.raises(MediaError, match=r"gone\.mp3: It cannot be read \(No such"):
        read_media(tmp_path / "gone.mp3")


def test_many_files_are_read_with_their_errors_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    one = sound(tmp_path / "one.mp3", seconds=1)
    pdf = samples.pdf(tmp_path / "a.pdf")

    found = read_all_media(["one.mp3", pdf, "none.mp3", Path("one.mp3")], workers=2)

    assert list(found) == [Path("one.mp3"), pdf, Path("none.mp3")]
    facts, paper, fault = found.values()
    assert facts == read_media(one)
    assert isinstance(paper, MediaFacts)
    assert (paper.pages, paper.title, paper.language) == (2, "A rapid review", "en-GB")
    assert (paper.tagged, paper.seconds) == (True, None)
    assert isinstance(fault, MediaError)
    assert str(fault).startswith("none.mp3: It cannot be read")
    assert {path.name for path in tmp_path.iterdir()} == {"one.mp3", "a.pdf"}


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_may_do_the_work(
    tmp_path: Path, kind: Callable[..., Executor]
) -> None:
    paths = [sound(tmp_path / f"{name}.mp3", seconds=1) for name in ("a", "b")]
    more = {"mp_context": get_context("spawn")} if kind is ProcessPoolExecutor else {}

    with kind(2, **more) as executor:
        found = read_all_media([*paths, "none.mp3"], executor=executor)

    assert [found[path] for path in paths] == [read_media(path) for path in paths]
    assert isinstance(found[Path("none.mp3")], MediaError)


def test_facts_and_copies_go_through_a_pool_of_processes(master: Path) -> None:
    copy = copied(master)

    assert pickle.loads(pickle.dumps(copy)) == copy  # noqa: S301 - our own


def test_a_cache_answers_for_files_that_are_the_same(tmp_path: Path) -> None:
    path = sound(tmp_path / "one.mp3", seconds=1)
    old = time.time() - 60
    os.utime(path, (old, old))
    cache: dict[str, bytes] = {}
    first = read_media(path, cache=cache)
    [key] = cache
    cache[key] = cache[key].replace(b'"mp3"', b'"xyz"')

    assert read_media(path, cache=cache) == first.model_copy(update={"codec": "xyz"})
    sound(path, seconds=2)
    os.utime(path, (old, old))
    assert read_media(path, cache=cache).codec == "mp3"


def test_a_copy_says_what_it_is_told_and_nothing_else(master: Path) -> None:
    (master.parent / "cover.jpg").write_bytes(samples.picture(size=(1400, 1400)))

    copy = copied(
        master,
        people=[Person(name="Ann"), Person(name="Bo", role="guest")],
        number=7,
        season=2,
        published=datetime(2026, 12, 1, 9, tzinfo=UTC),
        language="en-GB",
        licence=Licence(name="CC-BY-4.0"),
        guid="guid-1",
        link="https://example.org/feet",
        cover=master.parent / "cover.jpg",
        chapters=[
            Chapter(start=1.234, title="Second", url="https://example.org/2"),
            Chapter(start=0, title="First"),
        ],
    )

    tag = Id3(copy.path)
    assert {name: str(tag[name]) for name in ("TIT2", "TALB", "TPE1", "TRCK")} == {
        "TIT2": "Feet",
        "TALB": "Fellowship",
        "TPE1": "Ann, Bo",
        "TRCK": "7",
    }
    assert [str(tag[name]) for name in ("TPOS", "TLAN", "TXXX:guid", "TCOP")] == [
        "2",
        "eng",
        "guid-1",
        "2026 CC-BY-4.0",
    ]
    assert tag["WCOP"].url == "https://creativecommons.org/licenses/by/4.0/"
    assert copy.facts.cover is not None
    assert copy.facts.chapters == (
        Chapter(start=0, title="First"),
        Chapter(start=1.234, title="Second", url="https://example.org/2"),
    )
    assert [tag[f"CHAP:chp{n}"].end_time for n in (0, 1)] == [1234, 3000]
    assert b"Private Name" not in copy.path.read_bytes()


def test_a_copy_is_as_loud_as_is_asked(master: Path) -> None:
    loud = read_media(copied(master, loudness=-23, bit_rate=64).path, listen=True)

    assert loud.sound is not None
    assert loud.sound.loudness == pytest.approx(-23, abs=0.5)
    assert loud.bit_rate == pytest.approx(64_000, rel=0.2)


@pytest.mark.parametrize(("codec", "name"), [("libmp3lame", "a.mp3"), ("aac", "a.m4a")])
def test_finished_sound_is_kept_packet_by_packet(
    tmp_path: Path, codec: str, name: str
) -> None:
    master = sound(tmp_path / name, codec, chapters=[(0, 1, "A"), (1, 2, "B")])

    copy = copied(master, "copy")

    assert copy.path == tmp_path / f"copy{master.suffix}"
    assert samples.packets(copy.path) == samples.packets(master)
    assert [one.title for one in copy.facts.chapters] == ["A", "B"]
    assert copied(master, "level.mp3", level=True).facts.codec == "mp3"
    assert copied(master, "bare", chapters=[]).facts.chapters == ()


def test_the_same_call_gives_the_same_bytes_wherever_the_files_lie(
    master: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = elsewhere / "other name.wav"
    other.write_bytes(master.read_bytes())

    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(copied, (master, other))

    assert one.path.read_bytes() == two.path.read_bytes()
    assert (one.made_from, one.facts) == (two.made_from, two.facts)
    assert one.made_from != copied(master, "more.mp3", number=1).made_from
    assert one.path.stat().st_mode & 0o777 == 0o644


def test_nothing_is_written_over_unasked(master: Path) -> None:
    before = master.read_bytes()
    first = copied(master)
    kept = first.path.read_bytes()

    with pytest.raises(MediaError, match=r"feet\.mp3: It is there already"):
        copied(master, title="Other")
    assert first.path.read_bytes() == kept
    copied(master, title="Other", replace=True)
    assert first.path.read_bytes() != kept
    finished = first.path
    for replace in (True, False):
        with pytest.raises(MediaError, match="what the copy is made of"):
            copied(finished, replace=replace)
    assert master.read_bytes() == before
    assert {path.name for path in master.parent.iterdir()} == {"rec.wav", "feet.mp3"}


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_comes_in_between_is_kept(
    master: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """Also where the file system has no hard links, as on many memory cards."""
    place = master.parent / "feet.mp3"
    linked = Path.hardlink_to

    def meanwhile(self: Path, target: Path) -> None:
        if not links:
            raise OSError(errno.EPERM, "Operation not permitted")
        place.write_bytes(b"theirs")
        linked(self, target)

    monkeypatch.setattr(Path, "hardlink_to", meanwhile)

    if links:
        with pytest.raises(MediaError, match="It is there already"):
            copied(master)
        assert place.read_bytes() == b"theirs"
    else:
        assert copied(master).facts.codec == "mp3"
        assert read_media(place).codec == "mp3"


def test_a_disk_that_refuses_says_so(
    master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "hardlink_to", full)

    with pytest.raises(MediaError, match=r"feet\.mp3: It cannot be written \(No space"):
        copied(master)
    assert [path.name for path in master.parent.iterdir()] == ["rec.wav"]


@pytest.mark.parametrize(
    ("out", "more", "says"),
    [
        ("feet.m4a", {}, r"feet\.m4a: The copy is of another kind: .* in \.mp3\."),
        ("none/feet.mp3", {}, r"feet\.mp3: It cannot be written \(No such file"),
        ("feet.mp3", {"cover": "gone.png"}, r"gone\.png: It cannot be read"),
        ("feet.mp3", {"cover": __file__}, r"test_library\.py: It is neither a JPEG"),
        (
            "feet.mp3",
            {"chapters": [Chapter(start=3, title="Late")]},
            r'rec\.wav: The chapter "Late" begins at 3 s, and .* ends at 3 s\.',
        ),
    ],
)
def test_what_cannot_be_made_says_why(
    master: Path, out: str, more: dict[str, Any], says: str
) -> None:
    with pytest.raises(MediaError, match=says):
        copied(master, out, **more)

    assert [path.name for path in master.parent.iterdir()] == ["rec.wav"]


@pytest.mark.parametrize("name", ["feet.mp3", "feet.m4a"])
def test_characters_that_steer_terminals_are_left_out(
    tmp_path: Path, name: str
) -> None:
    codec = "aac" if name.endswith("m4a") else "libmp3lame"
    master = sound(tmp_path / f"rec{Path(name).suffix}", codec)
    steering = "One\x1b[2J\0 two\x9b"

    copy = copied(
        master,
        name,
        title=steering,
        people=[Person(name=steering)],
        chapters=[Chapter(start=0, title=steering)],
    )

    assert copy.facts.tags["title"] == ("One[2J two",)
    assert copy.facts.tags["artist"] == ("One[2J two",)
    assert [chapter.title for chapter in copy.facts.chapters] == ["One[2J two"]
    assert b"\x1b[2J" not in copy.path.read_bytes()


def test_no_copy_is_made_of_what_is_no_recording(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Words.")

    with pytest.raises(MediaError, match="use MP3, M4A, MP4 or PDF"):
        copied(note)
    with pytest.raises(MediaError, match="It cannot be read"):
        copied(tmp_path / "gone.wav")


def test_all_that_is_wrong_is_told_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(FieldError) as caught:
        copied(
            tmp_path / "gone.wav", title="", number=0, language="english", bit_rate=1
        )

    assert [str(one.place) for one in caught.value.problems] == [
        "CopyOrder.title",
        "CopyOrder.number",
        "CopyOrder.language",
        "CopyOrder.bit_rate",
    ]
