"""Source packages of other readers, for the feeds that their authors gathered."""

import hashlib
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

__all__ = ["unpacked"]

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".peru-media" / "tests"
ADVICE = (
    "The source package of {name} could not be fetched from the package index. "
    "Connect to the network, or put it into {folder} by hand, and run the test again."
    "\n{why}"
)


def unpacked(name: str, into: Path) -> Path:
    """The folder of a source package, of the release that is in use."""
    with tarfile.open(_fetched(name)) as package:
        package.extractall(into, filter="data")
    [folder] = into.glob(f"{name}-*")
    return folder


def _fetched(name: str) -> Path:
    """The package, kept from an earlier run if it is."""
    release = version(name)
    package = KEPT / f"{name}-{release}.tar.gz"
    if not package.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--disable-pip-version-check", "--no-binary", name),
                *("--dest", str(KEPT), f"{name}=={release}"),
            ],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            why = done.stderr[-2000:]
            pytest.fail(ADVICE.format(name=name, folder=KEPT, why=why))
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    assert found == _locked_hash(name, release), f"{package} is damaged: delete it"
    return package


def _locked_hash(name: str, release: str) -> str:
    """The hash of the source package, as the lock file has it."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    [locked] = [one for one in packages if one["name"] == name]
    assert locked["version"] == release
    return str(locked["sdist"]["hash"]).removeprefix("sha256:")
