"""What files are: how exactly and how fast, beside mutagen, PyAV and SHA-256 alone."""

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from io import FileIO
from pathlib import Path
from typing import Any

import av
import mutagen
from mutagen import id3

from bench.measure import Scoreboard
from peru_media.caching.sqlite import SqliteCache
from peru_media.media.frames import walk
from peru_media.media.maker import Maker
from peru_media.ports import Meta
from peru_media.storage.folder import FolderStore
from tests.clocks import SetClock
from tests.media.durations import rows

ROUNDS = 7
FILES, KINDS = 2000, 20
CORES = 2
MASTER = 64 << 20
NOTES = "What people told us about services, in their own words, all of it. " * 40
MONO = ("-ac", "1", "-b:a", "96k")
BARE_MP3 = ("-q:a", "4", "-write_xing", "0", "-id3v2_version", "0")
MUTAGEN: Any = mutagen
ID3: Any = id3
OURS = """
import sys, time
from pathlib import Path
from peru_media.media.probe import facts_of
path = Path(sys.argv[1])
facts_of(path)
begun = time.process_time()
for _ in range(100):
    facts_of(path)
print(time.process_time() - begun)
"""
THEIRS = """
import hashlib, mutagen, sys, time
def read():
    mutagen.File(sys.argv[1])
    if sys.argv[2:]:
        with open(sys.argv[1], "rb", buffering=0) as file:
            hashlib.file_digest(file, "sha256").hexdigest()
read()
begun = time.process_time()
for _ in range(100):
    read()
print(time.process_time() - begun)
"""
# What mutagen alone does with so many files, or with the hash that ours tell.
BARE = """
import hashlib, mutagen, sys, time
begun = time.perf_counter()
for name in sys.stdin.read().split("\\n"):
    mutagen.File(name)
    if sys.argv[1:]:
        with open(name, "rb", buffering=0) as file:
            hashlib.file_digest(file, "sha256").hexdigest()
print(time.perf_counter() - begun)
"""


def seconds(action: Callable[[], object], *, times: int = 1) -> float:
    """Processor time of one call, in this process."""
    begun = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - begun) / times


def beside(
    ours: Callable[[], object], theirs: Callable[[], object], *, times: int = 1
) -> float:
    """How long ours takes beside theirs, in turn; the median of the rounds."""
    ours(), theirs()
    rounds = range(ROUNDS)
    pairs = [(seconds(ours, times=times), seconds(theirs, times=times)) for _ in rounds]
    return statistics.median(mine / other for mine, other in pairs)


def recording(path: Path, length: int, *options: str) -> Path:
    source = f"anoisesrc=c=brown:a=0.9:seed=3:r=44100:d={length},tremolo=f=4:d=0.9"
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source]
    subprocess.run([*command, *options, str(path)], check=True)
    return path


def tagged(path: Path) -> Path:
    """Notes as mutagen writes them unless told otherwise: in UTF-16."""
    tags = ID3.ID3(path)
    tags.add(ID3.TIT2(encoding=1, text=["A story"]))
    tags.add(ID3.TALB(encoding=1, text=["Our stories"]))
    tags.add(ID3.COMM(encoding=1, lang="eng", desc="", text=[NOTES[:2000]]))
    tags.save(path, v2_version=3)
    return path


def sha256(path: Path) -> str:
    with FileIO(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def durations(board: Scoreboard, folder: Path) -> None:
    """Odd files of every form beside a full decode; docs/durations.md names them."""
    (folder / "odd").mkdir()
    found = list(rows(folder / "odd"))
    for row in found:
        if not row.near:
            print(f"  {row}")
    share = sum(row.near for row in found) / len(found)
    board.at_least(f"{len(found)} odd files: share within 0.05 s of a decode", share, 1)
    theirs = sum(row.mutagen_near for row in found) / len(found)
    print(f"{'the same share of what mutagen tells':62} {theirs:8.2f}")


def walking(board: Scoreboard, folder: Path) -> None:
    """Find every frame of an hour without any header that tells of it."""
    minute = recording(folder / "minute.mp3", 60, *BARE_MP3)
    hour = folder / "hour.mp3"
    hour.write_bytes(minute.read_bytes() * 60)

    def ours() -> None:
        with hour.open("rb") as file:
            walk(file, 0, hour.stat().st_size)

    def theirs() -> None:
        with av.open(str(hour)) as source:
            for _ in source.demux(source.streams.audio[0]):
                pass

    board.at_least(
        "the walk: times as fast as PyAV's demux", 1 / beside(ours, theirs), 2
    )


def facts(board: Scoreboard, folder: Path) -> None:
    """One file; ours tells its hash, too, which is most of it where a file is long."""
    short = tagged(recording(folder / "short.mp3", 20, *MONO))
    ratio = apart(short)
    board.at_most("facts of an MP3 of 20 s / mutagen.File", ratio, 1.15)
    long = tagged(recording(folder / "five.mp3", 300, *MONO))
    ratio = apart(long, "hash")
    board.at_most("facts of an MP3 of 5 min / mutagen.File and SHA-256", ratio, 1.15)


def apart(path: Path, *options: str) -> float:
    """Ours beside mutagen's, each in a process of its own, for ours mends mutagen."""
    pairs = [
        (said(OURS, str(path)), said(THEIRS, str(path), *options))
        for _ in range(ROUNDS)
    ]
    return statistics.median(mine / other for mine, other in pairs)


def said(program: str, *arguments: str, told: str = "") -> float:
    """The seconds that a program says it took."""
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, input=told, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def many(board: Scoreboard, folder: Path) -> None:
    """Two thousand tagged files of five minutes (so many names for a few of them)."""
    (folder / "many").mkdir()
    first = folder / "five.mp3"
    paths = []
    for number in range(FILES):
        path = folder / f"many/{number}.mp3"
        if number < KINDS:
            path.write_bytes(first.read_bytes() + bytes([number]) * 128)
        else:
            path.hardlink_to(folder / f"many/{number % KINDS}.mp3")
        paths.append(path)
    found: dict[str, list[float]] = {"ours": [], "mutagen": [], "and hash": []}
    names = "\n".join(map(str, paths))
    for _ in range(3):
        with Maker(cache={}, copies=folder / "copies", workers=CORES) as maker:
            begun = time.perf_counter()
            maker.facts(paths)
            found["ours"].append(time.perf_counter() - begun)
        found["mutagen"].append(said(BARE, told=names))
        found["and hash"].append(said(BARE, "hash", told=names))
    text = f"{FILES} files in limited children / "
    for name, words in (
        ("and hash", "mutagen and SHA-256"),
        ("mutagen", "bare mutagen"),
    ):
        pairs = zip(found["ours"], found[name], strict=True)
        ratio = statistics.median(other / mine for mine, other in pairs)
        board.at_least(f"{text}{words}, one process", ratio, 1.6)
    unchanged(board, folder, paths)


def unchanged(board: Scoreboard, folder: Path, paths: Sequence[Path]) -> None:
    """The same files asked again: by the one that read them, and by a new one."""
    then = time.time() - 60
    for path in paths:
        os.utime(path, (then, then))

    def looked() -> None:
        for path in paths:
            os.stat(path)  # noqa: PTH116 - the least that anybody can ask

    with (
        SqliteCache(folder / "cache.sqlite") as cache,
        Maker(cache=cache, copies=folder / "copies", workers=CORES) as maker,
    ):
        maker.facts(paths)
        again = beside(lambda: maker.facts(paths), looked)
        board.at_most("unchanged files, asked again / stat", again, 3)

        def anew() -> None:
            with Maker(cache=cache, copies=folder / "copies", workers=CORES) as other:
                other.facts(paths)

        board.at_most(
            "unchanged files, out of the cache / stat", beside(anew, looked), 3
        )


def hashing(board: Scoreboard, folder: Path) -> None:
    """Put a file into a store, which hashes what it writes, beside hashing it alone."""
    master = folder / "master"
    master.write_bytes(os.urandom(1 << 20) * (MASTER >> 20))
    store = FolderStore(folder / "store", clock=SetClock())
    meta = Meta(media_type="audio/mpeg")
    keys = (f"public/{number}" for number in range(10_000))

    def put() -> None:
        store.put(next(keys), master, meta=meta)

    def copied() -> None:
        shutil.copyfile(master, folder / "copied")
        sha256(master)

    ratio = beside(put, copied)
    board.at_most("hashed and copied in one pass / SHA-256 and a copy", ratio, 1.2)
    ratio = beside(put, lambda: sha256(master))
    board.at_most("hashed and copied in one pass / SHA-256 alone", ratio, 1.2)


def main(board: Scoreboard) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        durations(board, folder)
        walking(board, folder)
        facts(board, folder)
        many(board, folder)
        hashing(board, folder)


if __name__ == "__main__":
    main(Scoreboard())
