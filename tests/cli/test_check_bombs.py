"""Bombs in what a feed's servers send: refused, in little memory and in short time."""

import gzip
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.calls import COMMAND
from tests.fetching.loopback import Reply
from tests.projects import write_project
from tests.stranger import Change, stranger

MEMORY = 600 * 2**20
SECONDS = 15
# A process counts what the one had that started it, so a small one does.
WATCH = """\
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=sys.stderr)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""

ZEROS = gzip.compress(bytes(64 * 2**20), mtime=0)
MEMBERS = gzip.compress(bytes(2**20), mtime=0) * 200
LAUGHS = b"<!DOCTYPE r [<!ENTITY a 'haha'>%s]><rss>&z;</rss>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(25)
)


@dataclass(frozen=True)
class Run:
    """How one run of the command ended."""

    code: int
    told: str
    peak: int


def _packed(body: bytes, coding: str = "gzip", kind: str = "text/xml") -> Change:
    headers = {"Content-Encoding": coding, "Content-Type": kind}
    return lambda *_: Reply(headers=headers, body=body)


def _plain(body: bytes, kind: str) -> Change:
    return lambda *_: Reply(headers={"Content-Type": kind}, body=body)


def _png(width: int, height: int) -> bytes:
    """A picture of so many pixels in a few hundred kilobytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(2**24), 9)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + name
        + body
        + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def _check(root: Path, url: str) -> Run:
    """Run the command and see how much memory it and its children took."""
    command = [*COMMAND, "check", url, "--online", "--no-input"]
    log = root / "log.txt"
    with log.open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-S", "-c", WATCH, "timeout", str(SECONDS), *command],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
            check=False,
        )
    return Run(done.returncode, log.read_text(), int(done.stdout) * 1024)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (_packed(ZEROS), 5, "over a hundred times its size"),
        (_packed(MEMBERS), 5, "over a hundred times its size"),
        (_packed(ZEROS, "br"), 5, "a coding that was not asked for"),
        (_packed(ZEROS, "deflate"), 5, "a coding that was not asked for"),
        (_packed(gzip.compress(ZEROS, mtime=0)), 3, "These bytes are gzip"),
        (_plain(bytes(16 * 2**20), "text/xml"), 5, "larger than 15,728,640 bytes"),
        (_plain(LAUGHS, "text/xml"), 3, "E1000"),
        (_plain(b"<rss>" + b"<a>" * 500_000, "text/xml"), 3, "E1000"),
    ],
    ids=["gzip", "members", "br", "deflate", "twice", "large", "laughs", "depth"],
)
def test_a_bomb_in_place_of_a_feed_is_refused(
    change: Change,
    code: int,
    words: str,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    with stranger(changes={"/feed.xml": change}) as site:
        write_project(tmp_path, episodes=0, base_url=site.url)
        run = _check(tmp_path, f"{site.url}/feed.xml")

    assert run.code == code, run.told
    assert words in run.told
    assert run.peak < MEMORY
    record_property("figure", f"a bomb in place of a feed: {run.peak >> 20} MB at most")


def test_bombs_in_its_parts_are_problems_of_the_parts(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    changes = {
        "/cover.png": _plain(_png(60_000, 60_000), "image/png"),
        "/first.vtt": _packed(ZEROS, kind="text/vtt"),
        "/first.json": _plain(b"[" * 5_000_000, "application/json"),
        "/first.mp3": _packed(ZEROS, kind="audio/mpeg"),
        "/first": _packed(ZEROS, kind="text/html"),
        "/": _packed(ZEROS, "br", kind="text/html"),
    }
    with stranger(changes=changes) as site:
        write_project(tmp_path, episodes=0, base_url=site.url)
        run = _check(tmp_path, f"{site.url}/feed.xml")

    assert run.code == 3, run.told
    for words in ("over 50 million pixels", "W5301", "W5402", "E5103", "W5501"):
        assert words in run.told, run.told
    assert run.peak < MEMORY
    record_property("figure", f"bombs in six parts of a feed: {run.peak >> 20} MB")
