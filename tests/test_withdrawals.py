"""The parts of a withdrawal meet: targets, caches, and the key of the unit."""

import stat
from pathlib import Path

import pytest

from peru_media.errors import SettingsError
from peru_media.fetching.purging import CommandPurge, HttpPurge
from peru_media.model.site import Site
from peru_media.model.target import target_named
from peru_media.publishing.withdrawing.desk import WithdrawalDesk
from peru_media.reading import read_site
from peru_media.withdrawals import new_order, open_withdrawal, receipt_key
from tests.projects import write_project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_project(tmp_path, episodes=1)
    return tmp_path


def _site(root: Path, more: str = "") -> Site:
    path = root / "feeds/site.yaml"
    path.write_text(path.read_text() + more)
    site, _ = read_site(root)
    assert site is not None
    return site


def _opened(root: Path, more: str = "") -> WithdrawalDesk:
    site = _site(root, more)
    return open_withdrawal(root, site, [target_named("local", site.site.value, root)])


def test_an_order_says_who_and_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERU_MEDIA_BY", "jo")

    order = new_order("contributor", "c-017", reason="legal")

    assert (order.kind, order.name, order.reason) == ("contributor", "c-017", "legal")
    assert order.by == "jo"
    assert order.at.tzinfo is not None


def test_who_orders_is_known_without_being_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PERU_MEDIA_BY", raising=False)
    monkeypatch.setenv("LOGNAME", "sam")

    assert new_order("episode", "amy", reason="error").by == "sam"


def test_the_key_is_made_once_for_its_owner_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PERU_MEDIA_RECEIPT_KEY", raising=False)

    key = receipt_key(root)

    path = root / ".peru-media/receipt.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert receipt_key(root) == key
    assert len(key) == 64
    assert [one.name for one in path.parent.iterdir()] == ["receipt.key"]


def test_the_key_of_the_environment_counts_first(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERU_MEDIA_RECEIPT_KEY", " a key of the whole unit ")

    assert receipt_key(root) == b"a key of the whole unit"
    assert not (root / ".peru-media").exists()


def test_a_key_that_anybody_could_guess_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERU_MEDIA_RECEIPT_KEY", "short")

    with pytest.raises(SettingsError, match="too short"):
        receipt_key(root)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("", type(None)),
        ("    purge: PURGE\n", HttpPurge),
        ("    purge: purge-cdn {url}\n", CommandPurge),
    ],
)
def test_the_caches_before_a_target_are_told_as_it_says(
    root: Path, more: str, kind: type
) -> None:
    desk = _opened(root, more)

    (aim,) = desk.aims
    assert isinstance(aim.purge, kind)
    assert (aim.name, aim.here, desk.turned) == ("local", True, 10.0)


def test_each_target_opens_its_own_store(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERU_MEDIA_RECEIPT_KEY", "a key of the whole unit")
    desk = _opened(root)

    with desk.aims[0].open() as opened:
        assert opened.target == "local"
        assert opened.store.name.endswith(".peru-media/store")
    assert desk.key() == b"a key of the whole unit"
