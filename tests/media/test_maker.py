import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from peru_media.errors import MediaError
from peru_media.media.child import Limits
from peru_media.media.maker import Maker
from peru_media.media.maker import _parsed as parsed
from peru_media.model.facts import FileFacts, FileKind
from tests.media import samples
from tests.media.samples import sound

LONG_AGO = 1_600_000_000


class CountingCache(dict[str, bytes]):
    """A cache that gives many entries at once, and counts how often it is asked."""

    asked = 0

    def get_many(self, keys: Iterator[str]) -> dict[str, bytes]:
        self.asked += 1
        return {key: self[key] for key in keys if key in self}

    def set_many(self, entries: dict[str, bytes]) -> None:
        self.update(entries)


def aged(path: Path, seconds: int = LONG_AGO) -> Path:
    """Let a file look as if it had not been touched for years."""
    os.utime(path, (seconds, seconds))
    return path


def text(path: Path, content: str = "hello") -> Path:
    path.write_text(content)
    return aged(path)


@pytest.mark.parametrize("cache", [{}, CountingCache()], ids=["plain", "batched"])
def test_an_unchanged_file_is_answered_without_any_child(
    cache: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [text(tmp_path / f"{number}.txt") for number in range(3)]
    copies = tmp_path / "copies"
    with Maker(cache=cache, copies=copies, workers=1) as maker:
        first = maker.facts(paths)

    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Maker(cache=cache, copies=copies, workers=1) as maker:
        again = maker.facts(reversed(paths))
        paths[0].write_text("changed")
        with pytest.raises(MediaError, match="does not start"):
            maker.facts(paths)

    assert again == first
    assert list(again) == list(reversed(paths))
    assert len(cache) == 3


def test_a_maker_remembers_without_asking_the_cache_again(tmp_path: Path) -> None:
    path, cache = text(tmp_path / "a.txt"), CountingCache()
    with Maker(cache=cache, copies=tmp_path / "copies", workers=1) as maker:
        first = maker.facts([path])
        asked = cache.asked
        cache.clear()

        assert maker.facts([path, path]) == first
        assert cache.asked <= asked + 1


@pytest.mark.parametrize("change", ["content", "size", "inode"])
def test_a_changed_file_is_read_again(
    change: str, maker: Maker, tmp_path: Path
) -> None:
    path = text(tmp_path / "a.txt")
    first = maker.facts([path])[path]
    if change == "inode":
        text(tmp_path / "b.txt", "other").replace(path)
    else:
        text(path, "other" if change == "content" else "longer text")

    second = maker.facts([path])[path]

    assert second.sha256 != first.sha256


def test_a_file_changed_a_moment_ago_is_not_remembered(tmp_path: Path) -> None:
    cache: dict[str, bytes] = {}
    path = tmp_path / "young.txt"
    path.write_text("hello")

    with Maker(cache=cache, copies=tmp_path / "copies", workers=1) as maker:
        maker.facts([path])

    assert cache == {}


@pytest.mark.parametrize("entry", [b"", b"1 0 0 0 0\n{}", None])
def test_a_useless_entry_of_the_cache_is_replaced(
    entry: bytes | None, tmp_path: Path
) -> None:
    path, cache = text(tmp_path / "a.txt"), dict[str, bytes]()
    copies = tmp_path / "copies"
    with Maker(cache=cache, copies=copies, workers=1) as maker:
        first = maker.facts([path])
    [(key, good)] = cache.items()
    cache[key] = good.partition(b"\n")[0] + b"\n{}" if entry is None else entry

    with Maker(cache=cache, copies=copies, workers=1) as maker:
        assert maker.facts([path]) == first
    assert cache[key] == good


def test_without_a_folder_for_copies_facts_still_come(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = text(tmp_path / "a.txt")

    with Maker(cache={}, copies=tmp_path / "file" / "copies", workers=1) as maker:
        assert maker.facts([path])[path].kind == FileKind.TEXT


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.mp3", "It cannot be read (No such file or directory)."),
        ("folder", "It is not a file."),
        ("pipe", "It is not a file."),
        ("nul\0.mp3", "It cannot be read (embedded null byte)."),
    ],
)
def test_what_is_no_file_says_so(
    name: str, sentence: str, maker: Maker, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    facts = maker.facts([tmp_path / name])[tmp_path / name]

    assert (facts.fault, facts.kind, facts.sha256) == (sentence, FileKind.OTHER, "")


def test_a_file_that_goes_away_meanwhile_says_so(tmp_path: Path) -> None:
    path = tmp_path / "loop.mp3"
    path.write_text("x")
    maker = Maker(cache={}, copies=tmp_path / "copies", workers=1)
    with maker:
        looked = {path: (1, 1, 1, 1)}
        path.unlink()

        found = maker._read(looked)[path]  # noqa: SLF001 - a race cannot be timed

    assert found.fault == "It cannot be read or written (No such file or directory)."


def test_hostile_files_end_in_a_sentence_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    honest = [sound(tmp_path / f"honest-{number}.mp3") for number in range(6)]
    body = honest[0].read_bytes()
    hostile = {
        "zip-bomb.mp3": samples.hidden_bomb(896 << 20) + body,
        "crowded.mp3": samples.crowded(300_000) + body,
        "nested-chapters.mp3": samples.nested_chapters(4000) + body,
        "nested-boxes.m4a": samples.nested_boxes(5000),
        "bomb.png": samples.png_bomb(8000),
    }
    for name, content in hostile.items():
        (tmp_path / name).write_bytes(content)
    bad = [tmp_path / name for name in hostile]
    began = time.monotonic()

    with Maker(cache={}, copies=tmp_path / "copies", workers=2) as maker:
        found = maker.facts([*bad, *honest])

    assert time.monotonic() - began < 60
    faults = [found[path].fault or "" for path in bad]
    assert "more memory than any honest file needs" in faults[0]
    assert "over 5,000 entries" in faults[1]
    assert "damaged inside" in faults[2]
    assert "damaged inside" in faults[3]
    assert "over 50 million pixels" in faults[4]
    assert [found[path].fault for path in honest] == [None] * 6
    assert all(found[path].sha256 for path in bad)


def slow_tag(path: Path) -> Path:
    """A chapter with more texts in it than can be parsed in a second."""
    texts = samples.crowded(200_000)[10:]
    chapter = samples.v23_frame(b"CHAP", b"c\0" + bytes(16) + texts)
    path.write_bytes(samples.id3_block(chapter) + sound(path).read_bytes())
    return path


@pytest.mark.parametrize(
    ("limits", "sentence", "remembered"),
    [
        (Limits(processor=1, wall=120), "took over 1 s of computing", True),
        (Limits(wall=0.5), "took longer than 0.5 s", False),
    ],
)
def test_a_file_that_takes_too_long_is_given_up(
    limits: Limits, sentence: str, *, remembered: bool, tmp_path: Path
) -> None:
    slow = aged(slow_tag(tmp_path / "slow.mp3"))
    others = [text(tmp_path / f"{number}.txt") for number in range(3)]
    cache: dict[str, bytes] = {}

    with Maker(
        cache=cache, copies=tmp_path / "copies", workers=1, limits=limits
    ) as maker:
        found = maker.facts([slow, *others])

    assert sentence in (found[slow].fault or "")
    assert (found[slow].kind, found[slow].media_type) == ("audio", "audio/mpeg")
    assert found[slow].sha256
    assert [found[path].fault for path in others] == [None] * 3
    assert (f"facts:{slow}" in cache) == remembered


def children() -> set[str]:
    """The children of this process that are still there."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=True,
    )
    return {line for line in listed.stdout.splitlines() if "media.worker" in line}


def test_no_child_stays_behind(tmp_path: Path) -> None:
    path = text(tmp_path / "a.txt")
    before = children()

    with Maker(cache={}, copies=tmp_path / "copies", workers=2) as maker:
        maker.facts([path])
        during = children() - before

    assert len(during) == 1
    assert children() & during == set()


def test_a_child_killed_from_outside_is_replaced(tmp_path: Path) -> None:
    first, second = text(tmp_path / "a.txt"), text(tmp_path / "b.txt")
    before = children()
    with Maker(cache={}, copies=tmp_path / "copies", workers=1) as maker:
        maker.facts([first])
        [child] = children() - before
        os.kill(int(child.split()[0]), 9)
        time.sleep(0.2)

        found = maker.facts([second])

    assert found[second].fault is None


def test_many_files_are_dealt_to_all_children(tmp_path: Path) -> None:
    paths = [text(tmp_path / f"{number}.txt", str(number)) for number in range(200)]

    with Maker(cache={}, copies=tmp_path / "copies", workers=2) as maker:
        found = maker.facts(paths)

    assert len({facts.sha256 for facts in found.values()}) == 200


def test_an_answer_without_sense_is_not_believed() -> None:
    facts = parsed(b'{"kind": "audio", "size": "large"}', (7, 0, 0, 0))

    assert isinstance(facts, FileFacts)
    assert facts.fault == "What it says of itself makes no sense: export it again."
    assert facts.size == 7
