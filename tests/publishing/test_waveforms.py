"""The waveform of a recording is published beside its page, and stays what it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from peru_media.media.maker import Maker
from peru_media.model.release import Version, version_at
from peru_media.model.sound import waveform
from peru_media.publishing.live import read_live, unpack
from peru_media.publishing.publishing import publish
from peru_media.rendering import episode_value
from peru_media.server.app import create_app
from peru_media.server.settings import ServerSettings
from tests.media import samples
from tests.media.recordings import recording
from tests.newsroom import Newsroom

PAGE = "episodes/story-1/episode.md"
ADDRESS = "/stories/story-1/waveform.pmw"
TYPE = "application/vnd.peru-media.waveform"


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom.opened(tmp_path, episodes=2) as opened:
        yield opened


def held(newsroom: Newsroom, path: str = ADDRESS) -> Version | None:
    table = read_live(newsroom.store, {}).tables()["stories"]
    return version_at(table.get(path, ()), newsroom.clock.now())


def master(newsroom: Newsroom) -> Path:
    return newsroom.root / "episodes/story-1/audio.mp3"


def test_it_is_the_waveform_of_the_recording(newsroom: Newsroom) -> None:
    newsroom.publish()

    path = master(newsroom)
    sound = newsroom.maker.hear(newsroom.maker.facts([path]))[path].sound
    version = held(newsroom)
    assert version is not None
    assert sound is not None
    assert (version.type, version.cache, version.size) == (TYPE, "page", 1010)
    assert str(version.key).startswith("state/episodes/")
    assert unpack(newsroom.store, str(version.key)) == waveform(sound)


def test_any_player_may_read_it(newsroom: Newsroom) -> None:
    newsroom.publish()
    app = create_app(newsroom.store, clock=newsroom.clock, settings=ServerSettings())

    with TestClient(app) as client:
        answer = client.get(ADDRESS, headers={"origin": "https://player.example"})

    assert answer.status_code == 200
    assert answer.content.startswith(b"PMW1")
    assert answer.headers["content-type"] == TYPE
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "max-age=" in answer.headers["cache-control"]


def test_a_document_has_none(newsroom: Newsroom) -> None:
    master(newsroom).unlink()
    samples.pdf(master(newsroom).with_name("report.pdf"))
    (newsroom.root / "episodes/story-1/transcript.vtt").unlink()
    newsroom.publish()

    assert held(newsroom) is None
    assert held(newsroom, "/stories/story-2/waveform.pmw") is not None


def test_it_goes_with_its_episode(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(PAGE, "publish: 2026-03-03 09:00", "publish: draft")
    publish(newsroom.prepare(max_delete=1), newsroom.desk())

    version = held(newsroom)
    assert version is not None
    assert (version.key, version.gone) == (None, "removed")


def test_another_computer_keeps_it_without_the_recording(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    path = recording(master(newsroom), seconds=1)  # unlike that of the other story
    sha256 = newsroom.maker.facts([path])[path].sha256
    newsroom.edit(
        PAGE, "title: Story 1", f"media: {{sha256: {sha256}}}\ntitle: Story 1"
    )
    newsroom.publish()
    before = held(newsroom)
    path.unlink()

    with Maker(cache={}, copies=tmp_path / "others", workers=1) as maker:
        other = Newsroom(newsroom.root, maker)
        other.store = newsroom.store
        other.edit(PAGE, "title: Story 1", "title: Story one")
        other.publish()

    after = held(newsroom)
    assert before is not None
    assert after is not None
    assert before.same_content(after)


def test_what_was_published_without_one_gets_it_and_then_keeps_it(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(episode_value, "_waveform", lambda *_: None)
        newsroom.publish()
        assert held(newsroom) is None

    newsroom.publish()
    first = held(newsroom)
    with monkeypatch.context() as elsewhere:  # where a decoder rounds otherwise
        elsewhere.setattr(episode_value, "_waveform", lambda *_: "0" * 64)
        newsroom.publish()

    assert first is not None
    assert first == held(newsroom)
