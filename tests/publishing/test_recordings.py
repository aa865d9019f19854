"""A recording as it comes from a recorder or a phone, up to the subscriber's app."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from peru_media.errors import ContentError
from tests.media.recordings import decoded, judge, recording
from tests.media.samples import ID3
from tests.newsroom import Newsroom

SHOW = "feeds/stories/show.md"


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom.opened(tmp_path, episodes=2) as opened:
        yield opened


def replaced(newsroom: Newsroom, name: str) -> Path:
    """Put a recording of another kind in the place of the first story's MP3."""
    folder = newsroom.root / "episodes/story-1"
    (folder / "audio.mp3").unlink()
    return recording(folder / name, gain=-15, seconds=3)


def enclosure(newsroom: Newsroom) -> dict[str, str]:
    items = ET.fromstring(newsroom.feed()).iter("item")  # noqa: S314 - our own feed
    [found] = [one for one in items if one.findtext("title") == "Story 1"]
    element = found.find("enclosure")
    assert element is not None
    return dict(element.attrib)


def published(newsroom: Newsroom, folder: Path) -> Path:
    """The first story's medium, as it lies in the store."""
    [key] = [
        o.key for o in newsroom.store.list("public/") if o.key.endswith("story-1.mp3")
    ]
    fetched = newsroom.store.get(key)
    path = folder / "published.mp3"
    path.write_bytes(fetched.body)  # type: ignore[union-attr]  # no etag was given
    return path


@pytest.mark.parametrize("name", ["audio.wav", "audio.opus", "audio.3gp"])
def test_a_recording_of_any_kind_becomes_an_mp3_that_apps_play(
    name: str, newsroom: Newsroom, tmp_path: Path
) -> None:
    master = replaced(newsroom, name)

    newsroom.publish()

    copy = published(newsroom, tmp_path)
    told = enclosure(newsroom)
    assert (told["type"], told["length"]) == ("audio/mpeg", str(copy.stat().st_size))
    assert judge(copy).loudness == pytest.approx(-16, abs=0.5)
    assert decoded(copy) == pytest.approx(decoded(master), abs=0.001)
    assert str(ID3.ID3(copy)["TIT2"]) == "Story 1"


def test_what_is_published_already_is_not_encoded_again(newsroom: Newsroom) -> None:
    replaced(newsroom, "audio.wav")
    newsroom.publish()
    copies = newsroom.root.parent / "copies"
    for copy in copies.glob("*.mp3"):
        copy.unlink()

    newsroom.edit(SHOW, "explicit: false", "explicit: true")
    newsroom.publish()

    assert not list(copies.glob("*.mp3"))


def test_another_loudness_makes_new_copies_of_what_is_encoded_alone(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    replaced(newsroom, "audio.wav")
    newsroom.publish()
    before = {o.key for o in newsroom.store.list("public/")}

    newsroom.edit(SHOW, "title: Stories", "title: Stories\ndefaults: {loudness: -19}")
    newsroom.publish()

    new = {o.key for o in newsroom.store.list("public/")} - before
    assert [key.rsplit("/")[-1] for key in new] == ["story-1.mp3"]
    [key] = new
    fetched = newsroom.store.get(key)
    path = tmp_path / "new.mp3"
    path.write_bytes(fetched.body)  # type: ignore[union-attr]  # no etag was given
    assert judge(path).loudness == pytest.approx(-19, abs=0.5)


def test_what_cannot_be_heard_is_found_before_publishing(newsroom: Newsroom) -> None:
    master = replaced(newsroom, "audio.wav")
    recording(master, then=",volume=0")

    with pytest.raises(ContentError, match="E226 There is nothing to hear in it"):
        newsroom.prepare()
