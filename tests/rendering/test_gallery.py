"""Pictures that staff name by their files come out with address, type and pixels."""

from typing import Any

import pytest

from peru_media.model.alternate import ImageField
from peru_media.model.contents import images_of
from peru_media.model.files import ShowFile
from peru_media.model.live import LiveItemField
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.site import Written
from peru_media.model.source import Picture
from peru_media.rendering.gallery import hung_addresses, hung_episode, hung_show, rehung
from tests.rendering.samples import BASE, make_picture

WIDE = make_picture("banner").model_copy(update={"width": 1920, "height": 1080})


def _hang(name: str) -> Picture | None:
    return WIDE if name == "banner.png" else None


def _live(**change: Any) -> LiveItemField:
    fields = {
        "status": "live",
        "start": "2026-12-01 18:00",
        "title": "Ask us",
        "guid": "live-1",
        "enclosure": {"url": "https://live.example.ac.uk/a", "type": "audio/mpeg"},
        "content_link": {"href": "https://example.ac.uk/live", "text": "Watch"},
    }
    return LiveItemField.model_validate(fields | change)


def test_a_file_becomes_an_address_with_what_was_measured() -> None:
    named = ImageField(file="banner.png", alt="Two people", purpose="banner", width="7")

    (image,) = hung_episode(PodcastEpisode(image=(named,)), _hang, base_url=BASE).image

    assert image == ImageField(
        href=BASE + WIDE.address,
        alt="Two people",
        purpose="banner",
        aspect_ratio="16/9",
        width=1920,
        height=1080,
        type=WIDE.media_type,
    )


def test_what_is_elsewhere_stays_and_what_is_missing_goes() -> None:
    there = ImageField(href="https://example.org/a.png")
    said = PodcastShow(image=(there, ImageField(file="lost.png")))

    assert hung_show(said, _hang, base_url=BASE).image == (there,)


def test_a_ratio_that_staff_give_stands() -> None:
    said = PodcastEpisode(image=(ImageField(file="banner.png", aspect_ratio="2/1"),))

    (image,) = hung_episode(said, _hang, base_url=BASE).image

    assert image.aspect_ratio == "2/1"


def test_a_broadcast_has_pictures_of_its_own() -> None:
    said = PodcastShow(live_item=(_live(image={"file": "banner.png"}),))

    hung = hung_show(said, _hang, base_url=BASE)

    assert list(hung_addresses(hung, base_url=BASE)) == [WIDE.address]
    assert list(hung_addresses(None, base_url=BASE)) == []


@pytest.mark.parametrize("fields", [{}, {"href": "https://a.example/", "file": "a"}])
def test_a_picture_is_a_file_or_an_address(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="either a file or an address"):
        ImageField.model_validate(fields)


def test_every_picture_file_is_named_with_its_place() -> None:
    live = _live(image=[{"href": "https://a.example/"}, {"file": "live.png"}])
    said = PodcastShow(image=(ImageField(file="banner.png"),), live_item=(live,))
    show = ShowFile(title="Stories", language="en", podcast=said)
    written = Written(path="feeds/stories/show.md", slug="stories", value=show)

    assert dict(images_of(written)) == {
        ("podcast", "image", 0, "file"): "banner.png",
        ("podcast", "live_item", 0, "image", 1, "file"): "live.png",
    }


def test_pictures_of_ours_move_with_their_feed_and_others_stay() -> None:
    other = ImageField(href="https://cdn.example.org/a.png", alt="Two people")
    said = hung_show(
        PodcastShow(image=(ImageField(file="banner.png"), other), live_item=(_live(),)),
        _hang,
        base_url=BASE,
    )
    inside = f"{BASE}/private/marker"

    moved = rehung(said, base_url=BASE, to=inside)
    assert moved is not None
    assert [image.href for image in moved.image] == [
        f"{inside}{WIDE.address}",
        other.href,
    ]
    assert len(moved.live_item) == 1
    assert rehung(None, base_url=BASE, to=inside) is None
    assert rehung(PodcastEpisode(), base_url=BASE, to=inside) == PodcastEpisode()
