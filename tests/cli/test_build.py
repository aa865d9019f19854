import hashlib
import json
from pathlib import Path

import pytest

from peru_media.rendering.transcript_forms import transcript_form
from tests.cli.calls import edit
from tests.cli.conftest import Call


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "site"


def test_a_build_holds_every_page_feed_and_medium(
    call: Call, project: Path, out: Path
) -> None:
    called = call("build", "--out", str(out))

    assert called.code == 0, called.err
    files = _files(out)
    assert called.out.startswith(f"Built {out}: {len(files)} files, ")
    assert files["stories/feed.xml"].startswith(b"<?xml")
    assert b"<h1" in files["stories/story-1/index.html"]
    assert b"<html" in files["index.html"]
    words = (project / "episodes/story-1/transcript.vtt").read_bytes()
    assert files["stories/story-1/transcript.vtt"] == words
    for kind in ("srt", "json", "txt", "html"):
        made = transcript_form(words, media_type="text/vtt", kind=kind)
        assert files[f"stories/story-1/transcript.{kind}"] == made
    assert len([name for name in files if name.endswith(".mp3")]) == 2
    assert files["stories/story-1/waveform.pmw"].startswith(b"PMW1")


def test_the_same_files_give_the_same_bytes(
    call: Call, project: Path, tmp_path: Path
) -> None:
    builds = [tmp_path / name for name in ("first", "second")]
    call("build", "--out", str(builds[0]))
    for cache in (project / ".peru-media").glob("cache.sqlite*"):
        cache.unlink()
    call("publish", "--yes")

    call("build", "--out", str(builds[1]))

    assert _files(builds[0]) == _files(builds[1])


def test_a_build_is_replaced_where_that_is_wanted(
    call: Call, project: Path, out: Path
) -> None:
    call("build", "--out", str(out))
    edit(project / "episodes/story-1/episode.md", "2026-03-03 09:00", "draft")

    refused = call("build", "--out", str(out))
    replaced = call("build", "--out", str(out), "--clean", "--json")

    assert refused.code == 2
    assert "say --clean" in refused.err
    assert replaced.json["files"] == len(_files(out))
    assert "stories/story-1/index.html" not in _files(out)
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_what_is_no_build_is_never_replaced(call: Call, project: Path) -> None:
    called = call("build", "--out", str(project / "episodes"), "--clean")

    assert called.code == 2
    assert "it is left alone" in called.err
    assert (project / "episodes/story-1/episode.md").exists()


def test_a_build_with_errors_leaves_nothing_behind(
    call: Call, project: Path, out: Path
) -> None:
    (project / "episodes/story-1/transcript.vtt").unlink()

    called = call("build", "--out", str(out))

    assert called.code == 3
    assert not out.exists()


def test_what_is_scheduled_is_not_in_it(call: Call, project: Path, out: Path) -> None:
    edit(project / "episodes/story-1/episode.md", "2026-03-03", "2999-03-03")

    call("build", "--out", str(out))

    files = _files(out)
    assert "stories/story-1/index.html" not in files
    assert "stories/story-2/index.html" in files
    assert len([name for name in files if name.endswith(".mp3")]) == 1


def test_an_absent_master_is_taken_from_what_is_published(
    call: Call, project: Path, out: Path
) -> None:
    call("publish", "--yes")
    call("build", "--out", str(out))
    before = _files(out)
    master = project / "episodes/story-1/audio.mp3"
    sha256 = hashlib.sha256(master.read_bytes()).hexdigest()
    page = project / "episodes/story-1/episode.md"
    edit(page, "title: Story 1", f"title: Story 1\nmedia: {{sha256: {sha256}}}")
    master.unlink()

    called = call("build", "--out", str(out), "--clean")

    assert called.code == 0, called.err
    assert _files(out) == before


def test_another_address_is_everywhere_in_it(call: Call, out: Path) -> None:
    call("build", "--out", str(out), "--base-url", "https://media.example.ac.uk")

    files = _files(out)
    assert b"https://media.example.ac.uk/stories/feed.xml" in files["stories/feed.xml"]
    assert not [name for name, data in files.items() if b"127.0.0.1" in data]


def test_labels_beside_a_recording_become_its_chapters_everywhere(
    call: Call, project: Path, out: Path
) -> None:
    labels = "0.0\t0.0\tDechrau 🎙\n0.4\t0.4\tDiwedd\n"
    (project / "episodes/story-1/labels.txt").write_text(labels, "utf-8")

    told = call("check", "episodes/story-1")
    called = call("build", "--out", str(out))

    assert 'I237  Its chapters will be published: "Dechrau 🎙", "Diwedd".' in told.out
    assert called.code == 0, called.err
    files = _files(out)
    assert json.loads(files["stories/story-1/chapters.json"])["chapters"] == [
        {"startTime": 0, "title": "Dechrau 🎙"},
        {"startTime": 0.4, "title": "Diwedd"},
    ]
    assert "Dechrau 🎙".encode() in files["stories/story-1/index.html"]
    assert b"story-1/chapters.json" in files["stories/feed.xml"]
    (copy,) = (data for name, data in files.items() if name.endswith("story-1.mp3"))
    assert copy.count(b"CHAP") == 2
