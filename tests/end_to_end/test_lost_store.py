"""A store that was lost: published again from the files, nothing is new to anybody."""

import re
import shutil
from pathlib import Path

from starlette.testclient import TestClient

from peru_media.model.release import version_at
from peru_media.publishing.live import read_live, unpack
from peru_media.storage.folder import FolderStore
from peru_media.wiring import SystemClock, create_app
from tests.projects import episode_files, write, write_project
from tests.served import run

_KEPT = re.compile(
    rb"<guid[^>]*>[^<]*</guid>|<pubDate>[^<]*</pubDate>|<enclosure [^>]*>|"
    rb"<podcast:guid>[^<]*</podcast:guid>|<link>[^<]*</link>"
)


def _store(project: Path) -> FolderStore:
    return FolderStore(project / ".peru-media/store", clock=SystemClock())


def _feed(project: Path) -> bytes:
    clock, store = SystemClock(), _store(project)
    versions = read_live(store, {}).tables()["stories"]["/stories/feed.xml"]
    held = version_at(versions, clock.now())
    assert held is not None
    return unpack(store, str(held.key))


def _addresses(project: Path) -> set[str]:
    tables = read_live(_store(project), {}).tables().values()
    rows = [row for table in tables for row in table.items()]
    return {path for path, versions in rows if any(version.key for version in versions)}


def test_guids_dates_and_addresses_come_back_and_what_was_withdrawn_does_not(
    tmp_path: Path,
) -> None:
    project = tmp_path / "project"
    write_project(project, episodes=3)
    write(project, episode_files(2, publish="now"))
    run("publish", "--yes", cwd=project)
    answers = _answers(project)
    withdrawn = {path for path in answers if "story-3" in path}
    run("withdraw", "story-3", "--confirm", "story-3", cwd=project, check=False)
    run("publish", "--yes", cwd=project)
    before, addresses = _KEPT.findall(_feed(project)), _addresses(project)
    assert len(before) >= 9

    shutil.rmtree(project / ".peru-media/store")
    run("publish", "--yes", cwd=project)

    assert _KEPT.findall(_feed(project)) == before
    assert _addresses(project) == addresses
    after = _answers(project, *withdrawn)
    assert {path: after[path] for path in withdrawn} == dict.fromkeys(withdrawn, 410)


def _answers(project: Path, *others: str) -> dict[str, int]:
    """What every address of the release answers, and some others."""
    with TestClient(create_app(_store(project)), base_url="http://127.0.0.1:9") as site:
        paths = {*_addresses(project), *others}
        return {path: site.get(path).status_code for path in paths}
