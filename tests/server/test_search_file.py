"""A search file is opened, leaves no trace, and is closed when nobody holds it."""

import gc
import sqlite3
import tempfile
from pathlib import Path

import pytest

from peru_media.errors import DamagedObjectError
from peru_media.rendering.findable import Findable
from peru_media.rendering.search_file import search_file
from peru_media.rendering.search_lines import Kind, Line
from peru_media.server.search_file import LANES, SearchFile

SHOW = Findable(
    id="0",
    kind="show",
    path="/stories",
    title="Stories",
    language="cy",
    timezone="Europe/London",
    shows=("stories",),
)


def _content() -> bytes:
    return search_file([SHOW], lambda page: [Line(Kind.TITLE, page.title)])


def _other(version: int) -> bytes:
    file = sqlite3.connect(":memory:")
    file.execute(f"PRAGMA user_version = {version}")
    file.execute("CREATE TABLE page (kind)")
    data = file.serialize()
    file.close()
    return data


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie for the moment."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_has_no_name_once_it_is_open(folder: Path) -> None:
    file = SearchFile(_content())

    assert list(folder.iterdir()) == []
    assert file.shows == (("/stories", "Stories", "cy"),)
    assert len(file.lanes) == LANES
    for lane in file.lanes:
        assert lane.execute("SELECT title FROM page").fetchall() == [("Stories",)]


def test_nothing_can_be_written_to_it() -> None:
    file = SearchFile(_content())

    for lane in file.lanes:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            lane.execute("DELETE FROM page")


def test_it_is_closed_when_nobody_holds_it_any_more() -> None:
    file = SearchFile(_content())
    lanes = file.lanes

    del file
    gc.collect()

    for lane in lanes:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            lane.execute("SELECT 1")


def test_it_can_be_closed_by_hand_and_again() -> None:
    file = SearchFile(_content())

    file.close()
    file.close()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        file.lanes[0].execute("SELECT 1")


@pytest.mark.parametrize(
    "content",
    [b"", b"no file", b"SQLite format 3\0" + bytes(4096), _other(7), _other(1)],
    ids=["empty", "words", "zeros", "another format", "another table"],
)
def test_what_is_none_is_refused_and_leaves_nothing(
    content: bytes, folder: Path
) -> None:
    with pytest.raises(DamagedObjectError, match="search file"):
        SearchFile(content)

    assert list(folder.iterdir()) == []
