"""What every podcast client is held to: the enclosures, fetched by somebody else."""

import hashlib
import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

__all__ = ["Expected", "client", "downloaded", "expected", "version"]


@dataclass(frozen=True, slots=True)
class Expected:
    """One enclosure as the feed promises it."""

    title: str
    url: str
    sha256: str


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  # our own loopback address
        body: bytes = answer.read()
    return body


def expected(feed_url: str) -> list[Expected]:
    """Every enclosure of a feed; its length is checked on the way."""
    found = []
    for item in ET.fromstring(_get(feed_url)).iter("item"):  # noqa: S314  # our own feed
        enclosure = item.find("enclosure")
        assert enclosure is not None
        url = str(enclosure.get("url"))
        body = _get(url)
        assert str(len(body)) == enclosure.get("length")
        sha256 = hashlib.sha256(body).hexdigest()
        found.append(Expected(str(item.findtext("title")), url, sha256))
    assert found
    return found


def downloaded(folder: Path) -> set[str]:
    """Hashes of every file that a client left below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def client(
    command: Sequence[str], *, home: Path, timeout: int = 120
) -> "subprocess.CompletedProcess[str]":
    """Run a client with a home of its own, and nobody at the keyboard."""
    home.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        command,
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def surroundings(home: Path) -> dict[str, str]:
    """An environment that knows nothing of this machine's user."""
    return {
        "HOME": str(home),
        "PATH": f"/usr/bin:/bin:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "no_proxy": "*",
    }


def version(*command: str) -> str:
    """What a program says of its version, after it was found at all."""
    if shutil.which(command[0]) is None:
        msg = f"{command[0]} is not installed: run make test-tools, or see the README"
        raise AssertionError(msg)
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=30, check=False
    )
    number = re.search(r"\d+\.\d+(\.\d+)*", done.stdout + done.stderr)
    return number[0] if number else "?"
