"""What a real server of ours sends comes back as the same feed."""

import re
import shutil
from pathlib import Path

from tests.served import PROJECT, Served, published, run

_FILES = re.compile(r"/(?:media|assets)/[^\"<]*")
_MADE_ANEW = re.compile(r'<lastBuildDate>.*|(?<=length=)"\d+"')


def test_a_show_that_we_publish_can_be_imported_and_published_again(
    tmp_path: Path,
) -> None:
    (tmp_path / "first").mkdir()
    second = tmp_path / "second"
    with published(tmp_path / "first") as served:
        feed = served.get("/personalisation/feed.xml")
        _settings(second, served)
        done = run("import", served.feed_url, cwd=second)
        run("build", "--out", "out", cwd=second)

    again = (second / "out/personalisation/feed.xml").read_bytes()
    assert "6 GUIDs kept, 6 media files fetched" in done.stdout
    assert _comparable(again) == _comparable(feed)
    assert _folders(second) == _folders(PROJECT)


def _settings(project: Path, served: Served) -> None:
    (project / "feeds").mkdir(parents=True)
    shutil.copy(PROJECT / "feeds/site.yaml", project / "feeds/site.yaml")
    path = project / "feeds/site.yaml"
    text = path.read_text()
    path.write_text(text.replace("http://127.0.0.1:8000", served.url))


def _folders(project: Path) -> set[str]:
    return {path.parent.name for path in (project / "episodes").glob("*/episode.md")}


def _comparable(feed: bytes) -> list[str]:
    """Without what depends on bytes of copies, which are made of copies now."""
    return _MADE_ANEW.sub("", _FILES.sub("", feed.decode())).split("\n")
