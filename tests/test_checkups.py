import os
import stat
from pathlib import Path

import pytest

from peru_media import checkups
from peru_media.checkups import machine, open_patient
from peru_media.model.files import TargetField
from peru_media.model.target import Target
from peru_media.storage.folder import FolderStore
from peru_media.storage.s3_inspector import S3Inspector
from tests.factories import make_site_file
from tests.projects import write_project

BUCKET = {
    "store": "s3://bucket/site",
    "base_url": "https://media.example.org",
    "endpoint": "http://127.0.0.1:9",
    "region": "us-east-1",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_project(tmp_path / "project", episodes=1)
    return tmp_path / "project"


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files of credentials that no test shares with a person."""
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)


def _target(root: Path, **fields: str) -> Target:
    told = {"store": "store", "base_url": "http://127.0.0.1:8000", **fields}
    field = TargetField.model_validate(told)
    return Target(name="a-target", root=root, field=field)


def test_a_good_computer_is_found_to_be_one(root: Path) -> None:
    found = machine(_target(root), "Europe/London")

    assert found.missing == ()
    assert found.zone_known
    assert found.free > 0
    assert found.unreadable == ()
    assert found.exposed == ()
    assert found.folder is not None
    assert (found.folder.there, found.folder.writable) == (False, True)


def test_what_is_missing_here_is_found(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkups, "_PARTS", ("json", "no_such_part"))

    found = machine(_target(root, **BUCKET), "Europe/Atlantis")

    assert found.missing == ("no_such_part",)
    assert not found.zone_known
    assert found.folder is None


@pytest.mark.parametrize(
    ("mode", "text", "exposed"),
    [
        (0o600, "aws_secret_access_key=x", False),
        (0o644, "aws_secret_access_key=x", True),
        (0o640, "aws_secret_access_key=x", True),
        (0o644, "region=eu-west-2", False),
    ],
)
def test_a_file_of_credentials_is_for_its_owner_alone(
    root: Path, tmp_path: Path, mode: int, text: str, *, exposed: bool
) -> None:
    path = tmp_path / "credentials"
    path.write_text(text)
    path.chmod(mode)

    assert bool(machine(_target(root), "Europe/London").exposed) is exposed


def test_the_key_that_signs_receipts_is_for_its_owner_alone(root: Path) -> None:
    key = root / ".peru-media/receipt.key"
    key.parent.mkdir()
    key.write_text("a key of the unit")
    key.chmod(0o644)
    exposed = machine(_target(root), "Europe/London").exposed
    key.chmod(0o600)

    assert exposed == (str(key),)
    assert machine(_target(root), "Europe/London").exposed == ()


def test_a_file_that_cannot_be_read_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = root / "feeds/stories/cover.png"

    def access(path: Path, _: int) -> bool:  # root may read everything
        return path != closed

    monkeypatch.setattr(os, "access", access)

    found = machine(_target(root), "Europe/London")

    assert found.unreadable == ("feeds/stories/cover.png",)


def test_a_store_that_everybody_may_change_is_found(root: Path) -> None:
    folder = root / "store"
    folder.mkdir()
    folder.chmod(0o777)

    found = machine(_target(root), "Europe/London").folder

    assert found is not None
    assert found.for_all
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777


def test_a_patient_has_a_folder_or_a_bucket(root: Path) -> None:
    site = make_site_file().value

    with (
        open_patient(_target(root), site) as folder,
        open_patient(_target(root, **BUCKET), site) as bucket,
    ):
        assert isinstance(folder.store, FolderStore)
        assert folder.inspector is None
        assert isinstance(bucket.inspector, S3Inspector)
        assert folder.token != bucket.token
        assert folder.withdrawn == ()
