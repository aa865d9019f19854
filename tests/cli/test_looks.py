import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from peru_media.cli.looks import fingerprint, keep, look, recall
from tests.cli.calls import age
from tests.factories import NOON

SOON = NOON + timedelta(hours=12)


def test_a_look_finds_episodes_at_any_depth(tmp_path: Path) -> None:
    for name in ("episodes/a/episode.md", "episodes/2026/b/episode.md"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds/episode.md").touch()

    assert look(tmp_path).episodes == ("episodes/2026/b/", "episodes/a/")


def test_an_empty_project_can_be_looked_at(tmp_path: Path) -> None:
    assert look(tmp_path).lines == ()


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds/link").symlink_to("nowhere")

    assert len(look(tmp_path).lines) == 1


def test_a_fingerprint_changes_with_time_size_and_name(tmp_path: Path) -> None:
    file = tmp_path / "feeds/site.yaml"
    file.parent.mkdir()
    file.write_text("a: 1")
    os.utime(file, (1, 1))
    seen = {fingerprint(tmp_path, look(tmp_path))}

    os.utime(file, (2, 2))
    seen.add(fingerprint(tmp_path, look(tmp_path)))
    file.write_text("a: 10")
    os.utime(file, (2, 2))
    seen.add(fingerprint(tmp_path, look(tmp_path)))
    file.rename(file.with_name("other.yaml"))
    seen.add(fingerprint(tmp_path, look(tmp_path)))

    assert len(seen) == 4


def test_a_fingerprint_changes_with_each_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program/templates"
    program.mkdir(parents=True)
    monkeypatch.setattr("peru_media.cli.looks._CODE", program.parent)
    files = look(tmp_path)
    seen = {fingerprint(tmp_path, files)}
    for name in ("page.html", "style.css", "player.js", "pages.py"):
        (program / name).touch()
        seen.add(fingerprint(tmp_path, files))

    assert len(seen) == 5


def test_a_memory_holds_for_its_time_and_its_target_alone(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds/site.yaml").touch()
    age(tmp_path)
    files = look(tmp_path)
    keep(tmp_path, "local", files, (), watched=[], valid=_now())
    since, until = _now()

    assert recall(tmp_path, "local", files, at=since) == ()
    assert recall(tmp_path, "other", files, at=since) is None
    assert recall(tmp_path, "local", files, at=until) is None
    early = since - timedelta(seconds=1)
    assert recall(tmp_path, "local", files, at=early) is None


def test_what_is_watched_counts_too(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    files = look(tmp_path)
    watched = tmp_path / "current.json"
    keep(tmp_path, "local", files, (), watched=[watched], valid=(NOON, SOON))
    assert recall(tmp_path, "local", files, at=NOON) == ()

    watched.touch()

    assert recall(tmp_path, "local", files, at=NOON) is None


def _now() -> tuple[datetime, datetime]:
    now = datetime.fromtimestamp(Path.cwd().stat().st_atime, UTC) + timedelta(days=1)
    return now, now + timedelta(hours=12)
