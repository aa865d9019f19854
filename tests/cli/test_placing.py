from pathlib import Path

import pytest

from peru_media.cli.placing import keep_aside, replace_whole


def test_a_file_keeps_its_rights_and_nothing_is_left_over(tmp_path: Path) -> None:
    path, draft = tmp_path / "a.md", tmp_path / "draft"
    path.write_text("old")
    path.chmod(0o640)

    replace_whole(path, b"new", draft=draft)

    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert not draft.exists()


def test_a_new_file_may_be_read_by_all(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"

    replace_whole(path, b"new", draft=tmp_path / "draft")

    assert path.stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_written_leaves_all_as_it_was(tmp_path: Path) -> None:
    path, draft = tmp_path / "a folder", tmp_path / "draft"
    (path / "full").mkdir(parents=True)

    with pytest.raises(OSError, match="irectory"):
        replace_whole(path, b"new", draft=draft)

    assert (path / "full").is_dir()
    assert not draft.exists()


def test_what_is_kept_aside_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "story/transcript.vtt"
    path.parent.mkdir()
    kept = []
    for words in ("first", "second"):
        path.write_text(words)
        kept.append(keep_aside(path, tmp_path / "kept"))

    assert [place.name for place in kept] == ["story-1.vtt", "story-2.vtt"]
    assert [place.read_text() for place in kept] == ["first", "second"]
