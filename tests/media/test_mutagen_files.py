"""The files that mutagen's authors gathered for their faults, all through probing."""

import hashlib
import re
import subprocess
import sys
import tarfile
import time
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from peru_media.media.maker import Maker

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".peru-media" / "tests"
SECONDS = 60
NEVER = re.compile("\n|Error|Traceback|break down|took")
ADVICE = (
    "mutagen's source package could not be fetched from the package index. Connect "
    "to the network, or put {name} into {folder} by hand, and run the test again."
    "\n{why}"
)


def locked_hash(release: str) -> str:
    """The hash of the source package, as the lock file has it."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    [mutagen] = [one for one in packages if one["name"] == "mutagen"]
    assert mutagen["version"] == release
    return str(mutagen["sdist"]["hash"]).removeprefix("sha256:")


def fetched() -> Path:
    """The source package of the mutagen in use, kept from an earlier run if it is."""
    release = version("mutagen")
    package = KEPT / f"mutagen-{release}.tar.gz"
    if not package.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--disable-pip-version-check", "--no-binary", "mutagen"),
                *("--dest", str(KEPT), f"mutagen=={release}"),
            ],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            why = done.stderr[-2000:]
            pytest.fail(ADVICE.format(name=package.name, folder=KEPT, why=why))
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    assert found == locked_hash(release), f"{package} is damaged: delete it"
    return package


def test_every_file_ends_in_facts_or_one_sentence(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with tarfile.open(fetched()) as package:
        package.extractall(tmp_path, filter="data")
    [data] = tmp_path.glob("mutagen-*/tests/data")
    paths = sorted(path for path in data.iterdir() if path.is_file())
    began = time.monotonic()

    with Maker(cache={}, copies=tmp_path / "copies", workers=2) as maker:
        found = maker.facts(paths)

    told = [facts for facts in found.values() if facts.fault is None]
    faults = [facts.fault for facts in found.values() if facts.fault is not None]
    figure = f"{len(told)} with facts, {len(faults)} with a sentence"
    record_property("figure", f"mutagen's own files: {len(paths)} probed, {figure}")
    assert len(paths) == 100
    assert len(told) >= 40
    assert time.monotonic() - began < SECONDS
    assert all(len(facts.sha256) == 64 for facts in found.values())
    for fault in faults:
        assert fault.endswith((".", "?"))
        assert not NEVER.search(fault)
    assert all(facts.duration for facts in told if facts.kind in {"audio", "video"})
