"""Readers from npm, as installed by ``make parts``: what they print, as values."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

__all__ = ["INSTALLED", "read_by", "release_of"]

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".peru-media" / "tests" / "readers"
ADVICE = "The readers from npm are not installed: make parts\n{why}"


def read_by(reader: str, feed: bytes) -> Any:
    """What a reader says of a feed, in its own words."""
    done = subprocess.run(
        ["node", str(HERE / f"{reader}.mjs"), str(INSTALLED)],
        input=feed,
        capture_output=True,
        env={**os.environ, "LOG": "silent"},
        timeout=60,
        check=False,
    )
    if done.returncode:
        pytest.fail(ADVICE.format(why=done.stderr.decode()[-2000:]))
    return json.loads(done.stdout)


def release_of(package: str) -> str:
    """The release that the lock file names; an installed one is no other."""
    locked = json.loads((HERE / "package-lock.json").read_text())
    return str(locked["packages"][f"node_modules/{package}"]["version"])
