"""What a published site gives to those who show a link to it."""

from collections.abc import Mapping
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from peru_media.model.release import version_at
from peru_media.model.source import Picture, Source
from peru_media.ports import Fetched
from peru_media.publishing import cards as drawing
from peru_media.publishing.live import read_live, unpack
from tests.newsroom import Newsroom

STORY = "episodes/story-1/episode.md"


def _source(newsroom: Newsroom) -> Source:
    found = read_live(newsroom.store, {}).source()
    assert found is not None
    return found


def _cards(newsroom: Newsroom) -> Mapping[str, Picture | None]:
    source = _source(newsroom)
    found = {show.slug: show.card for show in source.shows}
    return found | {one.slug: one.card for one in source.episodes}


def _page(newsroom: Newsroom, path: str) -> str:
    table = read_live(newsroom.store, {}).tables()["stories"]
    version = version_at(table[path], newsroom.clock.now())
    assert version is not None
    return unpack(newsroom.store, str(version.key)).decode()


def test_each_show_and_episode_has_a_card_of_its_own(newsroom: Newsroom) -> None:
    newsroom.publish()

    made = _cards(newsroom)

    assert set(made) == {"stories", "story-1", "story-2"}
    addresses = {card.address for card in made.values() if card}
    assert len(addresses) == 3
    site = read_live(newsroom.store, {}).tables()["site"]
    assert addresses <= set(site)
    card = made["story-1"]
    assert card is not None
    assert (card.width, card.height, card.media_type) == (1200, 630, "image/jpeg")
    page = _page(newsroom, "/stories/story-1")
    base = _source(newsroom).base_url
    assert f'<meta property="og:image" content="{base}{card.address}">' in page
    assert '<meta property="og:image:width" content="1200">' in page


def test_a_card_is_drawn_anew_with_its_title_alone(newsroom: Newsroom) -> None:
    newsroom.publish()
    before = _cards(newsroom)

    newsroom.edit(STORY, "title: ", "title: New ")
    newsroom.publish()

    after = _cards(newsroom)
    assert {name for name in after if after[name] != before[name]} == {"story-1"}


def _shouts(newsroom: Newsroom, slug: str) -> bool:
    """Whether the colour of a badge is among the words of a card."""
    card = _cards(newsroom)[slug]
    assert card is not None
    fetched = newsroom.store.get(card.address.removeprefix("/"))
    assert isinstance(fetched, Fetched)
    with Image.open(BytesIO(fetched.body)) as image:
        red, _, blue = image.convert("RGB").crop((540, 40, 1200, 600)).split()
    difference = ImageChops.subtract(red, blue).histogram()
    return sum(difference[120:]) > 200


def test_a_stand_in_says_so_on_its_card(newsroom: Newsroom) -> None:
    newsroom.edit(STORY, "title: ", "media: {stand_in: true}\ntitle: ")

    newsroom.publish()

    assert _shouts(newsroom, "story-1")
    assert not _shouts(newsroom, "story-2")


def test_a_long_show_has_one_card_for_all(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_MOST", 1)

    newsroom.publish()

    made = _cards(newsroom)
    assert [name for name, card in made.items() if card] == ["stories"]
    card = made["stories"]
    assert card is not None
    assert card.address in _page(newsroom, "/stories/story-1")
